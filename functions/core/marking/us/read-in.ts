/** Markings of the Alliance that take a read-in of their own beside the one for NATO information. */
const NATO_CATEGORIES: ReadonlySet<string> = new Set(['ATOMAL', 'BALK', 'BOHEMIA']);

/**
 * Access to NATO information takes a NATO read-in, whoever marked what it stands in: inside US markings it is a
 * compartment, which a network must be accredited for by name.
 *
 * @param owners and sources the label names; `compartments` it has otherwise
 */
export function natoReadIn(
  owners: readonly string[],
  sources: readonly string[],
  compartments: readonly string[],
): readonly string[] {
  const inside =
    owners.includes('NATO') ||
    sources.includes('NATO') ||
    compartments.some((node) => NATO_CATEGORIES.has(node) || node.startsWith('NATO '));
  return inside ? ['NATO'] : [];
}
