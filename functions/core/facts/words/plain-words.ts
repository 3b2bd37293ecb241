/** Values in words where no sentence of a kind says them: nothing of a fact is left out, and none of it is JSON. */
import { citationInWords } from '../citation-words.ts';
import { member } from '../fact.ts';
import type { Validity } from '../moment.ts';
import type { Source } from '../provenance.ts';

/** Members that hold hundredths of a percent, wherever they stand. */
const PERCENT: ReadonlySet<string> = new Set([
  ...['share', 'max', 'passAt'],
  ...['sites', 'traffic', 'premises', 'capacity'],
]);

export function percent(hundredths: number): string {
  return `${hundredths / 100}%`;
}

/** Days are inclusive, in the zone of the fact: as the data means them. */
export function validInWords({ from, to, zone }: Validity): string {
  return `from ${from} ${to === null ? 'on, with no end known' : `until ${to}`} (${zone})`;
}

/** A text of other people's, in marks that it cannot close. */
export function quoted(text: string): string {
  return `“${text.replaceAll(/[“”]/g, '"')}”`;
}

/** Everything a source says of itself, how well it is known included. */
export function sourceInWords(source: Source): string {
  const { citation: _, verified, primary, uri, retrieved, ...more } = source;
  return [
    citationInWords(source),
    ...(uri === undefined ? [] : [uri]),
    ...(retrieved === undefined ? [] : [`read ${retrieved}`]),
    ...(verified && primary === false ? ['said to be a report'] : []),
    ...unsaid(more),
  ].join(', ');
}

/** Members that no sentence says, one a line: `member: value`. */
export function unsaid(members: object): readonly string[] {
  return Object.entries(members).flatMap(([name, value]: [string, unknown]) =>
    value === undefined ? [] : linesOf(name, value),
  );
}

function linesOf(name: string, value: unknown): readonly string[] {
  const isOfObjects = Array.isArray(value) && value.some((x) => typeof x === 'object' && x !== null);
  if (!isOfObjects) return [`${name}: ${valueInWords(value, name)}`];
  return value.map((each, index) => `${name} ${index + 1}: ${valueInWords(each, name)}`);
}

/**
 * A value on one line.
 *
 * @param name the member it stands in
 */
export function valueInWords(value: unknown, name: string): string {
  if (value === undefined) return 'nothing';
  if (value === null) return 'none';
  if (typeof value === 'number') return PERCENT.has(name) ? percent(value) : String(value);
  if (typeof value === 'string') return /^[\w.:/+-]+$/.test(value) ? value : quoted(value);
  if (Array.isArray(value)) return listInWords(value, name);
  if (typeof value === 'object') return objectInWords(value);
  return String(value);
}

function listInWords(list: readonly unknown[], name: string): string {
  return list.length === 0 ? 'none' : list.map((each) => valueInWords(each, name)).join(', ');
}

function objectInWords(value: object): string {
  const [frame, level] = [member(value, 'frame'), member(value, 'level')];
  if (typeof frame === 'string' && typeof level === 'string' && Object.keys(value).length === 2)
    return `${frame} ${level}`;
  return `(${Object.entries(value)
    .map(([name, each]) => `${name} ${valueInWords(each, name)}`)
    .join('; ')})`;
}
