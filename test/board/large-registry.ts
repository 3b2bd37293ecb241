/** Two thousand networks made from the sample's: same kinds, other names, some of them about to lose something. */
import type { RawFact } from '../../functions/core/facts/view.ts';
import { readSampleRegistry } from '../../infra/local/sample-registry.ts';

const DAY_MS = 86_400_000;

type Facts = Map<string, RawFact>;

function valid(fact: RawFact): RawFact {
  return fact['valid'] as RawFact;
}

/** Every so many copies, what the copy rests on ends within the month. */
const SOON_EVERY = 97;

/** @param at epoch ms: the instant relative to which things end soon */
export function largeRegistry(count: number, at: number): ReadonlyMap<string, RawFact> {
  const sample = readSampleRegistry();
  const facts: Facts = new Map(sample);
  const networks = [...sample.values()].filter((f) => f['kind'] === 'network');
  const about = Map.groupBy(
    [...sample.values()].filter((f) => f['kind'] === 'accreditation' || f['kind'] === 'assessment'),
    (f) => (f['subject'] as { network?: string }).network ?? '',
  );
  for (let i = 0; networks.length + i < count; i += 1) {
    const source = networks[i % networks.length] as RawFact;
    const id = `${String(source['id'])}-${String(i).padStart(4, '0')}`;
    facts.set(`network/${id}`, { ...source, id, name: `${String(source['name'])} ${i}`, identifiers: [] });
    for (const fact of about.get(String(source['id'])) ?? []) {
      const soon = fact['kind'] === 'accreditation' && i % SOON_EVERY === 5;
      const to = new Date(at + (1 + (i % 29)) * DAY_MS).toISOString();
      const copy = {
        ...fact,
        id: `${String(fact['id'])}-${i}`,
        subject: { network: id },
        ...(soon && { valid: { ...valid(fact), to } }),
      };
      facts.set(`${String(fact['kind'])}/${copy.id}`, copy);
    }
  }
  return facts;
}

/** The sample with three of its facts about to end, so that there is a cliff to see. */
export function sampleWithCliff(at: number): ReadonlyMap<string, RawFact> {
  const facts: Facts = new Map(readSampleRegistry());
  const soon: Readonly<Record<string, number>> = { 'us-a': 6, 'gb-b': 19, 'au-a': 27 };
  for (const [key, fact] of facts) {
    const network = (fact['subject'] as { network?: string } | undefined)?.network ?? '';
    const days = soon[network];
    if (fact['kind'] !== 'accreditation' || days === undefined) continue;
    facts.set(key, { ...fact, valid: { ...valid(fact), to: new Date(at + days * DAY_MS).toISOString() } });
  }
  return facts;
}
