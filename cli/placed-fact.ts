/** A fact with the place in a file where it stands, so that what is wrong with it can be found there. */
import type { RawFact } from '../functions/core/facts/view.ts';
import { factsInFile, isYaml } from './fact-files.ts';
import { problemsWritten } from './fact-problems.ts';
import { JsonPositions } from './json-position.ts';
import { readText } from './read-json-file.ts';
import { YamlPositions } from './yaml-position.ts';

export interface PlacedFact {
  readonly file: string;
  readonly line: (pointer: string) => number;
  readonly fact: RawFact;
  readonly key: string;
  /** Its key, or where it stands, where it has none. */
  readonly name: string;
  /** Nothing else is in its file. */
  readonly alone: boolean;
}

export function keyWritten(fact: RawFact): string {
  return `${String(fact['kind'])}/${String(fact['id'])}`;
}

function nameOf(fact: RawFact, pointer: string): string {
  const isNamed = typeof fact['kind'] === 'string' && typeof fact['id'] === 'string';
  return isNamed ? keyWritten(fact) : `the fact at ${pointer || 'the top'}: `;
}

/** On which line of a file something stands. @throws DataFileError */
export function positionsIn(file: string): JsonPositions | YamlPositions {
  const text = readText(file);
  return isYaml(file) ? new YamlPositions(text) : new JsonPositions(text);
}

/** The facts of one file. @throws DataFileError */
export function placedIn(file: string): readonly PlacedFact[] {
  const facts = factsInFile(file);
  const positions = positionsIn(file);
  return facts.map(({ fact, pointer }) => ({
    file,
    fact,
    key: keyWritten(fact),
    name: nameOf(fact, pointer),
    alone: pointer === '',
    line: (p) => positions.lineOf(pointer + p),
  }));
}

/** What is wrong with the fact by itself: `file:line: fact/path: what it is`. */
export function problemsIn(p: PlacedFact): readonly string[] {
  return problemsWritten(p.fact).map((x) => `${p.file}:${p.line(x.path)}: ${p.name}${x.path}: ${x.message}`);
}

/** Facts that stand in these files a second time. */
export function repeats(placed: readonly PlacedFact[]): readonly string[] {
  const seen = new Map<string, PlacedFact>();
  return placed.flatMap((p) => {
    const before = seen.get(p.key);
    seen.set(p.key, p);
    if (before === undefined) return [];
    return [
      `${p.file}:${p.line('/id')}: ${p.key}: already in ${before.file}:${before.line('/id')}; give it another id`,
    ];
  });
}
