/** Which read-ins and controls information takes beside those it names: what only the readers of markings once knew. */

/** Markings of the Alliance that take a read-in of their own beside the one for NATO information. */
const NATO_CATEGORIES: ReadonlySet<string> = new Set(['ATOMAL', 'BALK', 'BOHEMIA']);

/** The parts of a label that say which read-ins it takes. */
export interface ReadInTerms {
  readonly frame: string;
  readonly owners: readonly string[];
  readonly fgi: readonly string[];
  readonly compartments: readonly string[];
}

/** Every compartment named, its ancestors, and `NATO` for information of the Alliance in another system; sorted. */
export function readIns(terms: ReadInTerms): readonly string[] {
  const closed = terms.compartments.flatMap((node) => [node, ...ancestorsOf(node)]);
  return [...new Set([...closed, ...natoReadIn({ ...terms, compartments: closed })])].sort();
}

/**
 * Controls that another takes with it, by frame. ORCON-USGOV is ORCON whose originator has approved further dissemination
 * within the government (MAN p136, p140): a banner writes it alone, ISM beside ORCON (ISM-ID-00302).
 */
const TAKES: ReadonlyMap<string, ReadonlyMap<string, string>> = new Map([
  ['US', new Map([['ORCON-USGOV', 'ORCON']])],
]);

/** Every control named, and those they take with them; sorted. */
export function controlsIn(frame: string, controls: readonly string[]): readonly string[] {
  const taken = TAKES.get(frame);
  return [...new Set(controls.flatMap((control) => [control, taken?.get(control) ?? control]))].sort();
}

/** Those of some compartments that information can have and take no read-in that is not among them. */
export function completeAmong(frame: string, compartments: readonly string[]): readonly string[] {
  return compartments.filter((node) =>
    readIns({ frame, owners: [], fgi: [], compartments: [node] }).every((each) =>
      compartments.includes(each),
    ),
  );
}

/**
 * Access to NATO information takes a NATO read-in, whoever marked what it stands in: inside markings of another system
 * it is a compartment, which a network must be accredited for by name.
 */
function natoReadIn({ frame, owners, fgi, compartments }: ReadInTerms): readonly string[] {
  const inside =
    owners.includes('NATO') ||
    fgi.includes('NATO') ||
    compartments.some((node) => NATO_CATEGORIES.has(node) || node.startsWith('NATO '));
  return inside && frame !== 'NATO' ? ['NATO'] : [];
}

/** `SI-G ABCD`: `SI`, `SI-G`. `SAR-BP-J12 K15`: `SAR-BP`, `SAR-BP-J12`. `CUI:SP-CTI`: `CUI`. */
function ancestorsOf(node: string): readonly string[] {
  if (node.startsWith('CUI:')) return ['CUI'];
  // The first dash after `SAR-` ends the programme's name.
  const dash = node.indexOf('-', node.startsWith('SAR-') ? 'SAR-'.length : 0);
  if (dash < 0) return [];
  const space = node.indexOf(' ', dash);
  // `RD-SIGMA 20` is one node under RD, not a sub-compartment of a compartment called SIGMA.
  const middle = space > 0 && !node.startsWith('-SIGMA ', dash) ? [node.slice(0, space)] : [];
  return [node.slice(0, dash), ...middle];
}
