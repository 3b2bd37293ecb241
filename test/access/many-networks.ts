/** A registry of many networks, each a copy of one of the sample's with what is said about it, some of it taken away. */
import type { RawFact } from '../../functions/core/facts/view.ts';
import { OPEN_SAMPLE } from '../decide/rig.ts';

function subjectOf(fact: RawFact): string | undefined {
  const subject = fact['subject'] as { readonly network?: string } | undefined;
  return fact['kind'] === 'waiver' ? String(fact['network']) : subject?.network;
}

/** Deterministic, and not aligned with the order of the sample's networks. */
function chance(n: number, one: number): boolean {
  return (n * 2654435761) % 4294967296 < 4294967296 / one;
}

/** Vendors, law and everything else as in the sample; `count` networks with ids `net-000000` and on. */
export function manyNetworks(count: number): ReadonlyMap<string, RawFact> {
  const sample = OPEN_SAMPLE;
  const facts = new Map<string, RawFact>();
  const networks: RawFact[] = [];
  const about = new Map<string, RawFact[]>();
  for (const [key, fact] of sample) {
    const network = subjectOf(fact);
    if (fact['kind'] === 'network') networks.push(fact);
    else if (network !== undefined) about.set(network, [...(about.get(network) ?? []), fact]);
    else if (fact['kind'] !== 'route') facts.set(key, fact);
  }
  for (let n = 0; n < count; n += 1) {
    const original = networks[n % networks.length];
    if (original === undefined) throw new Error('the sample has no networks');
    const id = `net-${String(n).padStart(6, '0')}`;
    // An identifier names one network; an operator's host is not copied along.
    facts.set(`network/${id}`, { ...original, id, identifiers: [], hostedOn: null });
    for (const [i, fact] of (about.get(String(original['id'])) ?? []).entries()) {
      if (chance(n * 8 + i, 10)) continue;
      const kind = String(fact['kind']);
      const copy = { ...fact, id: `${id}-${i}` };
      facts.set(
        `${kind}/${id}-${i}`,
        kind === 'waiver' ? { ...copy, network: id } : { ...copy, subject: { network: id } },
      );
    }
  }
  return facts;
}
