/** What may be what a change says that it renews: everything registered of the kind about the same. */
import type { EarlierFacts, RenewalToFind } from '../../functions/core/administration/renewals.ts';
import type { RawFact } from '../../functions/core/facts/view.ts';
import { factShape, keys as keysShape } from '../../functions/registry/answers.ts';
import type { RegistryClient } from './connection.ts';
import { fewAtOnce } from './few-at-once.ts';
import { readAs } from './read-answer.ts';

/** More subjects, or more facts about them, take too long to read: whoever renews so many is told which nobody looked for. */
const MOST = { subjects: 1_000, facts: 5_000 } as const;

/** @returns undefined for what nobody looked for, or not all of */
export async function earlierFacts(
  registry: RegistryClient,
  wanted: readonly RenewalToFind[],
  version: number,
): Promise<EarlierFacts> {
  const listed = new Map<string, readonly string[]>();
  await fewAtOnce(wanted.slice(0, MOST.subjects), async (each) => {
    listed.set(nameOf(each), await keysAbout(registry, each, version));
  });
  const facts = new Map<string, RawFact>();
  const keys = [...new Set([...listed.values()].flat())].slice(0, MOST.facts);
  await fewAtOnce(keys, async (key) => {
    const query = { version: String(version) };
    const { fact } = readAs(factShape, await registry({ method: 'GET', path: `facts/${key}`, query }));
    facts.set(key, fact as RawFact);
  });
  return (each) => {
    const about = listed.get(nameOf(each));
    const found = about?.map((key) => facts.get(key)).filter((fact) => fact !== undefined);
    return found?.length === about?.length ? found : undefined;
  };
}

function nameOf({ kind, about }: RenewalToFind): string {
  return `${kind} ${about}`;
}

async function keysAbout(
  registry: RegistryClient,
  { kind, about }: RenewalToFind,
  version: number,
): Promise<readonly string[]> {
  const found: string[] = [];
  let after: string | null = '';
  while (after !== null) {
    const at: string = after;
    const query = { version: String(version), about, ...(at !== '' && { after: at }) };
    const page = readAs(keysShape, await registry({ method: 'GET', path: `facts/${kind}`, query }));
    found.push(...page.keys);
    after = page.next ?? null;
  }
  return found;
}
