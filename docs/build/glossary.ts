/** Writes docs/types.md (`npm run docs:glossary`): every type that the core exports, with the first sentence its code says of it. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tableRow } from './standards.ts';

const CORE = new URL('../../functions/core/', import.meta.url);

export interface CoreType {
  readonly name: string;
  /** From the folder of the core. */
  readonly file: string;
  /** Undefined where its code says nothing of it. */
  readonly sentence: string | undefined;
}

/** What one file exports, in its order. */
export function typesIn(file: string, text: string): readonly CoreType[] {
  const exported = text.matchAll(/^export (?:type|interface|class|abstract class) (\w+)/gm);
  return [...exported].map((found) => ({
    name: found[1] ?? '',
    file,
    sentence: sentenceBefore(text.slice(0, found.index)),
  }));
}

/** The first sentence of the comment that ends where this text does. */
function sentenceBefore(text: string): string | undefined {
  if (!text.trimEnd().endsWith('*/')) return undefined;
  const comment = text.slice(text.lastIndexOf('/**') + 3, text.lastIndexOf('*/'));
  const said = comment
    .replaceAll(/^ ?\* ?/gm, '')
    .replaceAll(/\{@link ([^}]+)\}/g, '`$1`')
    .replaceAll(/\s+/g, ' ')
    .trim();
  return /^.*?[.?!](?= |$)/.exec(said)?.[0];
}

export function coreTypes(): readonly CoreType[] {
  return readdirSync(CORE, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts'))
    .sort()
    .flatMap((path) => typesIn(path, readFileSync(new URL(path, CORE), 'utf8')));
}

export function typesPage(types: readonly CoreType[] = coreTypes()): string {
  const rows = [...types]
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .map(({ name, file, sentence = '' }) =>
      tableRow([`\`${name}\``, sentence, `[${file}](../functions/core/${file})`]),
    );
  return [
    '<!-- Written by `npm run docs:glossary` from functions/core. Change it there. -->',
    '',
    '# Types of the core',
    '',
    'What the words of the [glossary](glossary.md) are in the code: every type that `functions/core` exports, and where.',
    '',
    '| type | what it is | file |',
    '| --- | --- | --- |',
    ...rows,
    '',
  ].join('\n');
}

if (import.meta.main) writeFileSync(new URL('../types.md', import.meta.url), typesPage());
