import { keyOf, type Operation } from '../../functions/core/administration/change.ts';
import { factDigest } from '../../functions/core/facts/canonical.ts';
import type { RawFact } from '../../functions/core/facts/view.ts';
import { factShape } from '../../functions/registry/answers.ts';
import { UsageError } from '../usage-error.ts';
import type { RegistryClient } from './connection.ts';
import { fewAtOnce } from './few-at-once.ts';
import { readAs } from './read-answer.ts';

/**
 * The facts that operations are made to, as the registry shows them in a version.
 *
 * @throws UsageError where one is not what an operation was written against: nobody can tell what it changes
 */
export async function factsTouched(
  registry: RegistryClient,
  changes: readonly Operation[],
  version: number,
): Promise<ReadonlyMap<string, RawFact>> {
  const made = changes.flatMap((each) =>
    each.op === 'add' ? [] : [{ key: keyOf(each) ?? '', was: each.was }],
  );
  const facts = new Map<string, RawFact>();
  await fewAtOnce(made, async ({ key, was }) => {
    const query = { version: String(version) };
    const { fact } = readAs(factShape, await registry({ method: 'GET', path: `facts/${key}`, query }));
    if (factDigest(fact as RawFact) !== was)
      throw new UsageError(
        `the registry shows another ${key} than the change was written against: do not sign it`,
      );
    facts.set(key, fact as RawFact);
  });
  return facts;
}
