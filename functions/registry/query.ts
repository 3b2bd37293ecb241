import { Refusal } from './refusal.ts';

/**
 * Refuses every query parameter but those named: a misspelt one would silently ask something else.
 *
 * @throws Refusal REQUEST_INVALID
 */
export function onlyParameters(query: ReadonlyMap<string, string>, names: readonly string[]): void {
  for (const name of query.keys()) {
    if (!names.includes(name))
      throw new Refusal('REQUEST_INVALID', `the query takes ${names.join(', ') || 'nothing'}`);
  }
}

/**
 * A whole number from 1, or undefined where it is not given.
 *
 * @throws Refusal REQUEST_INVALID
 */
export function numberOf(
  query: ReadonlyMap<string, string>,
  name: string,
  most = 0x7fff_ffff,
): number | undefined {
  const given = query.get(name);
  if (given === undefined) return undefined;
  const number = /^[1-9]\d{0,9}$/.test(given) ? Number(given) : Number.NaN;
  if (!(number <= most))
    throw new Refusal('REQUEST_INVALID', `"${name}" is a whole number from 1 to ${most}`);
  return number;
}
