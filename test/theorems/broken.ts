/** Guards with one thing left out, by which every theorem shows that it notices. */
import { kindOf, readFact } from '../../functions/core/facts/fact.ts';
import type { RawFact } from '../../functions/core/facts/view.ts';
import type { Label } from '../../functions/core/marking/label.ts';
import { AT } from '../core/decision/facts.ts';
import { type Asked, stored } from './case.ts';

/** True for a permit. */
export type Decide = (facts: readonly RawFact[], question: Asked) => boolean;
export type Broken = (core: Decide) => Decide;

const forgetting =
  (isForgotten: (f: RawFact) => boolean): Broken =>
  (core) =>
  (facts, q) =>
    core(
      facts.filter((f) => !isForgotten(f)),
      q,
    );

const misreading =
  (change: (l: Label) => Partial<Label>): Broken =>
  (core) =>
  (facts, q) =>
    core(facts, { ...q, label: { ...q.label, ...change(q.label) } });

function withFacts(change: (f: RawFact) => object): Broken {
  return (core) => (facts, q) => core(stored(facts.map((f) => ({ ...f, ...change(f) }))), q);
}

export const BROKEN: Readonly<Record<string, Broken>> = {
  'ignores compartments': misreading(() => ({ compartments: [] })),
  'ignores controls': misreading(() => ({ controls: [] })),
  'ignores the release list': misreading(() => ({ audience: null })),
  'hears only the marking nation': misreading((l) => ({ owners: [l.markedBy] })),
  'ignores holds': forgetting((f) => kindOf(f) === 'hold'),
  'ignores designations': forgetting((f) => kindOf(f) === 'designation'),
  'ignores adverse judgements': forgetting(
    (f) => kindOf(f) === 'assessment' && f['outcome'] === 'not-trusted',
  ),
  'leaves out what it cannot read': forgetting((f) => !readFact(f).sound),
  'grants every waiver to every network': (core) => (facts, q) =>
    ['net-a', 'net-b', 'net-c', 'net-d'].some((id) =>
      core(stored(facts.map((f) => (kindOf(f) === 'waiver' ? { ...f, network: id } : f))), q),
    ) || core(facts, q),
  'looks at the first hop only': (core) => (facts, q) =>
    core(facts, q.hops === undefined ? q : { ...q, hops: q.hops.slice(0, 1) }),
  'never lets a favourable fact expire': withFacts((f) => {
    const { sound } = readFact(f);
    return sound && ['accreditation', 'protection'].includes(kindOf(f) ?? '')
      ? { valid: { from: '2000-01-01', to: '2099-12-31', zone: 'UTC' } }
      : {};
  }),
  'lives in the present whatever is asked': (core) => (facts, q) => core(facts, { ...q, at: AT }),
  'accepts every citation': withFacts((f) => (kindOf(f) === 'mandate' ? { acceptUnverified: true } : {})),
  'believes any path': (core) => (facts, q) => core(facts, { ...q, assurance: 'pinned' }),
  'supposes every obligation supported': (core) => (facts, q) =>
    core(facts, {
      ...q,
      supports: ['use-tunnel', 'no-plaintext-fallback', 'hide-label', 're-evaluate-by'],
    }),
  'does not follow hosts': withFacts((f) =>
    kindOf(f) === 'network' && f['hostedOn'] !== null ? { hostedOn: null } : {},
  ),
  'does not follow ownership': withFacts((f) =>
    kindOf(f) === 'vendor' && readFact(f).sound ? { ownedBy: [] } : {},
  ),
  'ignores standards a request adds':
    (core) =>
    (facts, { standards: _standards, ...q }) =>
      core(facts, q),
};
