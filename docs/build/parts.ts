import { readFileSync, writeFileSync } from 'node:fs';
import * as z from 'zod/mini';
import { source } from '../../functions/core/facts/provenance.ts';
import { NETWORK_FUNCTIONS } from '../../functions/core/facts/taxonomy.ts';
import { FUNCTION_CLASS_NAMES } from '../../functions/core/rules/selection.ts';
import { sourceLine, tableRow } from './standards.ts';

/** Writes docs/parts.md (`npm run docs:parts`) from docs/parts.json: what each instrument calls the parts of a network. */
const text = z.string().check(z.minLength(1));

const part = z.strictObject({
  instrument: text,
  /** The classes of functions, as rules select them, that this heading makes up together with others. */
  classes: z.array(z.enum(FUNCTION_CLASS_NAMES as readonly [string, ...string[]])),
  /** In the instrument's own words, shortened. */
  heading: text,
  paragraph: text,
  functions: z.array(z.enum(NETWORK_FUNCTIONS as readonly [string, ...string[]])),
  note: z.optional(text),
  sources: z.array(source),
});
export type Part = z.infer<typeof part>;

export function networkParts(): readonly Part[] {
  const file = readFileSync(new URL('../parts.json', import.meta.url), 'utf8');
  return z.array(part).parse(JSON.parse(file));
}

function row({ heading, paragraph, classes, functions, note }: Part): string {
  const named = classes.map((c) => `\`${c}\``).join(', ');
  return tableRow([heading, paragraph, named, functions.join(' '), note ?? '']);
}

export function partsPage(): string {
  const groups = Map.groupBy(networkParts(), (p) => p.instrument);
  return [
    '<!-- Written by `npm run docs:parts` from docs/parts.json. Change it there. -->',
    '',
    '# Parts of networks',
    '',
    'What is core, access, transport or edge is said by each instrument in its own words. This page sets those words beside the',
    '[functions](rules.md#functions) of the guard, and names the class by which rules of [standards](standards.md) select them.',
    'Where no class stands, no rule asks for the heading yet. Which function falls under a heading is a reading of ours',
    'wherever the instrument does not name it; in doubt a class counts it, because that only restricts.',
    '',
    ...[...groups].flatMap(([instrument, parts]) => [
      `## ${instrument}`,
      '',
      '| heading | paragraph | class | functions | note |',
      '| --- | --- | --- | --- | --- |',
      ...parts.map(row),
      '',
      ...new Set(parts.flatMap((p) => p.sources.map(sourceLine))),
      '',
    ]),
  ].join('\n');
}

if (import.meta.main) writeFileSync(new URL('../parts.md', import.meta.url), partsPage());
