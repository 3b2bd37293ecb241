/** A registry as it would be if somebody did what a repair says. Written from the words of the repairs, not from the code that groups reasons. */
import type { Repair } from '../../../functions/core/decision/repair.ts';
import type { Label } from '../../../functions/core/marking/label.ts';
import { accreditation, assessment } from './facts.ts';

// biome-ignore lint/suspicious/noExplicitAny: facts of every kind are edited here, as JSON
type Loose = any;

export interface Situation {
  readonly facts: readonly Loose[];
  readonly label: Label;
  readonly assurance: 'pinned' | 'assumed';
}

const OFFICES = ['us-office', 'gb-office'];
const REMOVALS = ['DESIGNATED_VENDOR_PRESENT', 'DESIGNATED_VENDOR_AT_SENSITIVE_SITE'];

function edit(
  facts: readonly Loose[],
  id: string | undefined,
  change: (network: Loose) => Loose,
): readonly Loose[] {
  return facts.map((f) => (f.kind === 'network' && f.id === id ? { ...f, ...change(f) } : f));
}

function deployments(network: Loose, change: (d: Loose) => readonly Loose[]): Loose {
  return { inventory: { ...network.inventory, deployments: network.inventory.deployments.flatMap(change) } };
}

function designated(facts: readonly Loose[]): readonly string[] {
  return facts.filter((f) => f.kind === 'designation').map((f) => f.subject.vendor);
}

function assessed(facts: readonly Loose[], subject: Loose): readonly Loose[] {
  const about = JSON.stringify(subject);
  return [
    ...facts.filter((f) => f.kind !== 'assessment' || JSON.stringify(f.subject) !== about),
    assessment({ id: `repaired-${Object.values(subject)}`, subject }),
  ];
}

export function repaired(s: Situation, r: Repair): Situation {
  const { facts, label } = s;
  switch (r.repair) {
    case 'lift-hold':
      return { ...s, facts: facts.filter((f) => `hold/${f.id}` !== r.fact) };
    case 'assure-path':
      return { ...s, assurance: 'pinned' };
    case 'accredit': {
      const { frame, level, compartments, controls } = label;
      const carries = [{ frame, level, compartments: [...compartments], controls: [...controls] }];
      const audience = [...(label.audience ?? ['GBR', 'USA'])];
      const subject = { network: String(r.network) };
      const added = OFFICES.map((authority) =>
        accreditation({ id: `repaired-${r.network}-${authority}`, authority, subject, carries, audience }),
      );
      return { ...s, facts: [...facts, ...added] };
    }
    case 'assess-network':
      return { ...s, facts: assessed(facts, { network: r.network }) };
    case 'assess-vendor':
      return { ...s, facts: assessed(facts, { vendor: r.vendor }) };
    case 'state-inventory':
      return {
        ...s,
        facts: edit(facts, r.network, ({ inventory }) => ({ inventory: { ...inventory, complete: true } })),
      };
    case 'restrict-reach':
      return {
        ...s,
        facts: edit(facts, r.network, (n) => ({
          jurisdiction: 'USA',
          physicalCountries: ['USA'],
          remoteAccessCountries: [],
          ...deployments(n, (d) => [{ ...d, remoteAccessFrom: [] }]),
        })),
      };
    case 'change-equipment': {
      const risky = designated(facts);
      const removes = r.codes.some((c) => REMOVALS.includes(c));
      const change = (d: Loose) => {
        if (!risky.includes(d.vendor)) return [d];
        return removes ? [] : [{ ...d, shares: { sites: 0, traffic: 0 } }];
      };
      return { ...s, facts: edit(facts, r.network, (n) => deployments(n, change)) };
    }
    case 'verify-citations':
      return {
        ...s,
        facts: facts.map((f) => ({ ...f, sources: f.sources.map((x: Loose) => ({ ...x, verified: true })) })),
      };
    default:
      throw new Error(`nobody said how to do ${r.repair}`);
  }
}
