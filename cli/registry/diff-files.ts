/** What facts in files would change of the registry as it stands, if they were proposed. */

import type { Facts, Operation } from '../../functions/core/administration/change.ts';
import { factDigest } from '../../functions/core/facts/canonical.ts';
import { FACT_KINDS } from '../../functions/core/facts/fact.ts';
import type { RawFact } from '../../functions/core/facts/view.ts';
import { factShape, keys as keysShape, standShape } from '../../functions/registry/answers.ts';
import { factFilesAt } from '../fact-files.ts';
import { type PlacedFact, placedIn, problemsIn, repeats } from '../placed-fact.ts';
import { DataFileError } from '../read-json-file.ts';
import { UsageError } from '../usage-error.ts';
import type { RegistryClient } from './connection.ts';
import { readAs } from './read-answer.ts';
import { progress } from './run.ts';

export interface FileDifferences {
  /** Against which version; null for an empty registry. */
  readonly version: number | null;
  /** Facts that are not registered, and those that are registered otherwise. */
  readonly changes: readonly Operation[];
  /** How many are registered as they are here. */
  readonly same: number;
  /** Registered, and in none of the files; only where they claim to be all there is. */
  readonly missing: readonly string[];
  /** The facts that would be replaced, as they stand. */
  readonly standing: Facts;
}

/** Facts asked for at a time. */
const AT_ONCE = 8;

/**
 * @param all whether the files claim to be all there is
 * @throws UsageError where a fact of them is not sound, or stands there twice
 */
export async function differencesOf(
  registry: RegistryClient,
  paths: readonly string[],
  all: boolean,
): Promise<FileDifferences> {
  const placed = soundIn(paths);
  const { base } = readAs(standShape, await registry({ method: 'GET', path: 'signing' }));
  const kinds = all
    ? FACT_KINDS
    : FACT_KINDS.filter((kind) => placed.some(({ fact }) => fact['kind'] === kind));
  const registered = base === null ? [] : await registeredKeys(registry, kinds, base.version);
  const written = new Set(placed.map(({ key }) => key));
  const known = registered.filter((key) => written.has(key));
  const standing = base === null ? new Map() : await factsAt(registry, known, base.version);
  const changes = placed.flatMap(({ key, fact }) => changeTo(fact, standing.get(key)));
  return {
    version: base?.version ?? null,
    changes,
    same: placed.length - changes.length,
    missing: all ? registered.filter((key) => !written.has(key)) : [],
    standing,
  };
}

function soundIn(paths: readonly string[]): readonly PlacedFact[] {
  let placed: readonly PlacedFact[];
  try {
    placed = [...new Set(paths.flatMap(factFilesAt))].flatMap(placedIn);
  } catch (error) {
    if (error instanceof DataFileError) throw new UsageError(error.message);
    throw error;
  }
  const problems = [...placed.flatMap(problemsIn), ...repeats(placed)];
  for (const problem of problems) progress(problem);
  if (problems.length > 0)
    throw new UsageError(`nothing is compared: ${problems.length} problems in these files`);
  return placed;
}

function changeTo(fact: RawFact, standing: RawFact | undefined): readonly Operation[] {
  if (standing === undefined) return [{ op: 'add', fact }];
  const was = factDigest(standing);
  return factDigest(fact) === was ? [] : [{ op: 'replace', fact, was }];
}

async function registeredKeys(
  registry: RegistryClient,
  kinds: readonly string[],
  version: number,
): Promise<readonly string[]> {
  const found: string[] = [];
  for (const kind of kinds)
    for (let after: string | null = ''; after !== null; ) {
      const query: Record<string, string> = { version: String(version), ...(after !== '' && { after }) };
      const page = readAs(keysShape, await registry({ method: 'GET', path: `facts/${kind}`, query }));
      found.push(...page.keys);
      after = page.next ?? null;
    }
  return found;
}

async function factsAt(registry: RegistryClient, keys: readonly string[], version: number): Promise<Facts> {
  const facts = new Map<string, RawFact>();
  const query = { version: String(version) };
  for (let start = 0; start < keys.length; start += AT_ONCE)
    await Promise.all(
      keys.slice(start, start + AT_ONCE).map(async (key) => {
        const answer = await registry({ method: 'GET', path: `facts/${key}`, query });
        facts.set(key, readAs(factShape, answer).fact as RawFact);
      }),
    );
  return facts;
}
