/** The sample registry on disk: `samples/registry/*.json` (lists of facts) and the library of standards. */
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { factKey, kindOf, readFact } from '../../functions/core/facts/fact.ts';
import { withoutSchemaName } from '../../functions/core/facts/schema-name.ts';
import type { RawFact } from '../../functions/core/facts/view.ts';

const ROOT = new URL('../../', import.meta.url);
/** Folders of files that hold one fact or a list of them. */
const FOLDERS = ['samples/registry', 'standards', 'standards/criteria'] as const;

/** A sample file cannot be published as it is; the message names the file, the fact and every problem. */
class SampleError extends Error {
  override readonly name = 'SampleError';
}

interface FoundFact {
  readonly file: string;
  readonly fact: RawFact;
}

function factsIn(folder: string): readonly FoundFact[] {
  const url = new URL(`${folder}/`, ROOT);
  let names: readonly string[];
  try {
    names = readdirSync(url).filter((name) => name.endsWith('.json'));
  } catch {
    return [];
  }
  return [...names].sort().flatMap((name) => {
    const file = `${folder}/${name}`;
    let content: unknown;
    try {
      content = JSON.parse(readFileSync(fileURLToPath(new URL(name, url)), 'utf8'));
    } catch (error) {
      throw new SampleError(`${file} is not JSON: ${error instanceof Error ? error.message : 'unreadable'}`);
    }
    const list: readonly RawFact[] = Array.isArray(content) ? content : [withoutSchemaName(content)];
    // A folder may hold a JSON Schema or the like beside its facts.
    return list
      .filter((fact) => kindOf(fact) !== undefined || Array.isArray(content))
      .map((fact) => ({ file, fact }));
  });
}

/**
 * Every fact of the sample, by its key.
 *
 * @throws SampleError that names every unsound or repeated fact at once
 */
export function readSampleRegistry(): ReadonlyMap<string, RawFact> {
  const facts = new Map<string, RawFact>();
  const problems: string[] = [];
  for (const { file, fact } of FOLDERS.flatMap(factsIn)) {
    const reading = readFact(fact);
    if (!reading.sound) {
      const id = typeof fact['id'] === 'string' ? fact['id'] : 'a fact without an id';
      problems.push(...reading.problems.map((p) => `${file}: ${id}${p.path}: ${p.message}`));
      continue;
    }
    const key = factKey(reading.fact);
    if (facts.has(key)) problems.push(`${file}: ${key} stands in more than one place`);
    facts.set(key, fact);
  }
  if (problems.length > 0)
    throw new SampleError(`The sample registry has problems:\n  ${problems.join('\n  ')}`);
  return facts;
}
