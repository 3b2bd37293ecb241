/** Random registries over a few ids, so that facts meet: hosts, shared vendors, owners, contested identifiers. */
import fc from 'fast-check';
import { applyChanges, type Operation } from '../../../functions/core/administration/change.ts';
import type { RawFact } from '../../../functions/core/facts/view.ts';
import {
  accreditation,
  add,
  assessment,
  authority,
  criteriaSet,
  deployment,
  designation,
  end,
  equivalence,
  type Facts,
  hold,
  mandate,
  network,
  protection,
  RULES,
  registry,
  replace,
  route,
  SOURCES,
  standard,
  UNVERIFIED,
  valid,
  vendor,
  waiver,
} from './small-registry.ts';

const NETS = ['net-one', 'net-two', 'net-three', 'net-four'] as const;
const MAKERS = ['maker-one', 'maker-two', 'holding', 'operator-one'] as const;

const net = fc.constantFrom(...NETS);
const maker = fc.constantFrom(...MAKERS);
const period = fc.constantFrom(
  valid('2020-01-01', '2030-12-31'),
  valid('2019-01-01', '2026-06-20'),
  valid('2026-06-10', '2028-12-31'),
  valid('2019-01-01', '2026-05-01'),
);
const openPeriod = fc.oneof({ weight: 3, arbitrary: fc.constant(valid()) }, { weight: 1, arbitrary: period });
const identifiers = fc.subarray([
  { scheme: 'plmn', value: '999-01' },
  { scheme: 'plmn', value: '999-02' },
  { scheme: 'asn', value: '64512' },
]);

const someNetwork = fc
  .record({
    id: net,
    hostedOn: fc.option(net, { freq: 4 }),
    identifiers,
    makers: fc.uniqueArray(maker, { minLength: 1, maxLength: 2 }),
    period: openPeriod,
  })
  .map((n) =>
    network(
      n.id,
      { hostedOn: n.hostedOn === n.id ? null : n.hostedOn, identifiers: n.identifiers, valid: n.period },
      n.makers.map((m) => deployment(m, { shares: { sites: 10_000 / n.makers.length } })),
    ),
  );

const someVendor = fc
  .record({ id: maker, owner: fc.option(maker, { freq: 3 }) })
  .map(({ id, owner }) =>
    vendor(id, { ownedBy: owner === null || owner === id ? [] : [{ owner, share: 6000, valid: valid() }] }),
  );

const subject = fc.oneof(
  net.map((network) => ({ network })),
  maker.map((vendor) => ({ vendor })),
);

const sources = fc.oneof(
  { weight: 4, arbitrary: fc.constant(SOURCES) },
  { weight: 1, arbitrary: fc.constant(UNVERIFIED) },
) as fc.Arbitrary<never>;

const carried = fc.constantFrom(
  [{ frame: 'US', level: 'SECRET', compartments: [], controls: [] }],
  [{ frame: 'US', level: 'TOP SECRET', compartments: ['SI'], controls: ['ORCON'] }],
  [{ frame: 'UK', level: 'SECRET', compartments: [], controls: [] }],
);

const someFact: fc.Arbitrary<RawFact> = fc.oneof(
  { weight: 4, arbitrary: someNetwork },
  { weight: 2, arbitrary: someVendor },
  fc
    .tuple(fc.constantFrom('main', 'other'), fc.uniqueArray(net, { minLength: 1, maxLength: 3 }), openPeriod)
    .map(([id, hops, period]) => route(id, hops, { valid: period })),
  {
    weight: 3,
    arbitrary: fc
      .record({
        id: fc.constantFrom('one', 'two', 'three'),
        net,
        carried,
        period,
        sources,
        audience: fc.constantFrom(['USA'], ['GBR', 'USA']),
      })
      .map((a) =>
        accreditation(
          a.id,
          { network: a.net },
          { carries: a.carried, valid: a.period, sources: a.sources, audience: a.audience },
        ),
      ),
  },
  {
    weight: 2,
    arbitrary: fc
      .record({
        id: fc.constantFrom('a', 'b', 'c'),
        subject,
        outcome: fc.constantFrom('trusted', 'not-trusted', 'conditional'),
        period,
      })
      .map((a) =>
        assessment(a.id, a.subject, { outcome: a.outcome, valid: a.period, ending: SOURCES as never }),
      ),
  },
  fc.tuple(fc.constantFrom('d', 'e'), maker).map(([id, m]) => designation(id, m)),
  fc
    .tuple(fc.constantFrom('d', 'e'))
    .map(([id]) => designation(id, 'x', { subject: { category: 'radios' } })),
  fc.tuple(fc.constantFrom('d', 'e')).map(([id]) => ({ ...designation(id, 'maker-one'), subject: {} })),
  fc.tuple(fc.constantFrom('w', 'v'), net).map(([id, n]) => waiver(id, n, { rule: 'cap' })),
  fc
    .tuple(
      fc.constantFrom('h', 'g'),
      fc.oneof(
        net.map((network) => ({ network })),
        fc.constant({ owner: 'USA' }),
      ),
      sources,
    )
    .map(([id, scope, s]) =>
      hold(id, scope, { sources: s, valid: valid('2026-06-05', '2026-06-15'), ending: SOURCES as never }),
    ),
  fc.tuple(fc.constantFrom('tunnel', 'pipe')).map(([id]) => protection(id)),
  fc
    .tuple(fc.constantFrom('t', 'p'), fc.constantFrom('tunnel', 'pipe'))
    .map(([id, p]) => accreditation(id, { protection: p })),
  fc.tuple(fc.constantFrom('x', 'y')).map(([id]) => equivalence(id)),
  fc
    .record({
      basis: fc.constantFrom('trusted-transport', 'encrypted-transport'),
      acceptUnverified: fc.boolean(),
      standards: fc.subarray(['TEST-TRUST', 'TEST-CAP'], { minLength: 1 }),
    })
    .map((m) => mandate(m.basis, m)),
  fc.subarray([...RULES], { minLength: 1 }).map((rules) => standard('TEST-CAP', { rules })),
);

/** Something is permitted in most of these; then random facts are laid over it. */
const START: readonly RawFact[] = [
  authority('registrar', 'ZZZ'),
  authority('us-office', 'USA'),
  criteriaSet(),
  ...MAKERS.map((id) => vendor(id)),
  ...NETS.map((id, i) => network(id, {}, [deployment(MAKERS[i % 2] ?? 'maker-one')])),
  route('main', ['net-one', 'net-two']),
  standard('TEST-TRUST'),
  standard('TEST-CAP', { rules: RULES.slice(3) }),
  mandate('trusted-transport'),
  ...NETS.map((id) => accreditation(`base-${id}`, { network: id })),
  ...NETS.map((id) => assessment(`base-${id}`, { network: id })),
  ...MAKERS.map((id) => assessment(`base-${id}`, { vendor: id })),
];

export interface RandomChange {
  readonly before: Facts;
  readonly after: Facts;
  readonly touched: readonly string[];
}

function operationFor(facts: Facts, fact: RawFact, ending: boolean, on: string): Operation | undefined {
  const key = `${String(fact['kind'])}/${String(fact['id'])}`;
  const current = facts.get(key);
  if (current === undefined) return add(fact);
  return ending ? end(facts, key, on) : replace(facts, fact);
}

/** A registry and a change of it that can be applied; operations that cannot are left out. */
export const randomChange: fc.Arbitrary<RandomChange> = fc
  .record({
    laid: fc.array(someFact, { maxLength: 12 }),
    changes: fc.array(
      fc.record({
        fact: fc.oneof(someFact, fc.constantFrom(...START)),
        ending: fc.boolean(),
        on: fc.constantFrom('2026-06-01T12:00:00Z', '2026-06-25', '2018-01-01'),
      }),
      { minLength: 1, maxLength: 3 },
    ),
  })
  .map(({ laid, changes }) => {
    const before = registry([...START, ...laid]);
    const operations = new Map<string, Operation>();
    for (const { fact, ending, on } of changes) {
      const operation = operationFor(before, fact, ending, on);
      if (operation !== undefined && applyChanges(before, [operation]).ok)
        operations.set(`${String(fact['kind'])}/${String(fact['id'])}`, operation);
    }
    const applied = applyChanges(before, [...operations.values()]);
    if (!applied.ok) throw new Error('the operations were tried one by one');
    return { before, after: applied.facts, touched: applied.touched };
  });
