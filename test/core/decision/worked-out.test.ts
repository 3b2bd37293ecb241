/**
 * What is worked out of a document is kept with it, and equal documents are one, as the store has them: so of each thing that
 * a decision depends on there are two questions here about the same documents that differ in it and in nothing else.
 */
import { expect, it } from 'vitest';
import type { CoreDecision } from '../../../functions/core/decision/decide.ts';
import type { Json } from '../../../functions/core/facts/canonical.ts';
import { viewOf } from '../../../functions/core/facts/view.ts';
import { plainLabel } from '../../../functions/core/marking/label.ts';
import { approach } from '../../../functions/core/registry/input.ts';
import { registryOf } from '../../../functions/core/registry/registry.ts';
import { ask, asStored, codesOf, decideOver, labelFor, type Question, requestOf } from './ask.ts';
import { all, type Change, instead, plus, without } from './changes.ts';
import {
  AT,
  criteriaSet,
  deployment,
  designation,
  equivalence,
  FACTS,
  mandate,
  protection,
  READ,
  standard,
  TRUSTED,
  UNREAD,
} from './facts.ts';

/** Equal documents are one, whatever set of facts they are laid out from. */
function asOne(known: Map<string, Json>) {
  const one = <D extends Json>(doc: D): D => {
    const text = JSON.stringify(doc);
    const found = (known.get(text) as D | undefined) ?? (JSON.parse(text) as D);
    known.set(text, found);
    return found;
  };
  const each = (map: ReadonlyMap<string, Json>) => new Map([...map].map(([key, doc]) => [key, one(doc)]));
  return (facts: readonly unknown[], q: Question): CoreDecision => {
    const { law, entries, vendors } = viewOf([...asStored(facts)]);
    const registry = registryOf({ law: one(law as Json), entries: each(entries), vendors: each(vendors) });
    return ask(approach(registry, requestOf(q), q.at ?? AT, q.assurance ?? 'pinned'), labelFor(q));
  };
}

const same: Change = (facts) => facts;
const JULY = Date.parse('2024-07-02T12:00:00Z');
const UNTIL_JUNE = { from: '2019-01-01', to: '2024-06-30', zone: 'UTC' };
const FROM_JULY = { from: '2024-07-01', to: '2030-12-31', zone: 'UTC' };
const BRITISH: Question = { marking: 'UK SECRET', format: 'uk-gsc' };
const DUTIES = ['use-tunnel', 'no-plaintext-fallback', 'hide-label', 're-evaluate-by'];
const TUNNELLED: Question = { protection: 'tunnel', supports: DUTIES };

/** The mandate asks for a weighing by a set. */
const weighed = all(
  instead('standard', 'TRUSTED', {
    rules: TRUSTED.rules.map((r) =>
      r.rule === 'assessed'
        ? { ...r, subjects: ['network'], results: 'weighed', criteriaAuthority: 'us-office' }
        : r,
    ),
  }),
  instead('assessment', 'net-a-assessed', {
    items: [{ criterion: 'LAW', result: 'met', rationale: 'read', evidence: [READ] }],
  }),
  plus(criteriaSet({ id: 'TRUST' })),
);
const aging = instead('standard', 'TRUSTED', {
  rules: TRUSTED.rules.map((r) => (r.rule === 'inventory-complete' ? { ...r, maxAgeDays: 20 } : r)),
});
/** Two bases, of which only the tunnel serves: the network must carry what is in one. */
const SEALED = standard({
  id: 'SEALED',
  rules: [
    {
      rule: 'protection-required',
      id: 'sealed',
      cites: ['text'],
      accept: [{ scheme: 'csfc', leastLayers: 2, independentIn: [] }],
      obligations: [],
      reEvaluateWithinHours: null,
    },
  ],
});
const sealed = all(
  plus(SEALED, protection({ id: 'tunnel' })),
  instead('mandate', 'us-trusted', { standards: ['SEALED'] }),
  plus(mandate({ id: 'us-sealed', basis: 'encrypted-transport', standards: ['SEALED'] }), {
    ...FACTS.find((f) => (f as { id: string }).id === 'net-a-accredited'),
    id: 'tunnel-accredited',
    subject: { protection: 'tunnel' },
    audience: ['USA'],
  }),
);
/** Every text itself was read, but for two accreditations. */
const primary: Change = (facts) =>
  facts.map((f) => {
    const { kind, sources } = f as { readonly kind: string; readonly sources: readonly object[] };
    return kind === 'accreditation'
      ? f
      : { ...(f as object), sources: sources.map((s) => ({ ...s, primary: true })) };
  });

/** Nobody's word counts that is not of its text, for the one; any that was read, for the other. */
const graded = all(
  primary,
  instead('mandate', 'us-trusted', { acceptUnverified: false }),
  instead('mandate', 'gb-trusted', { acceptUnverified: false, acceptSecondary: false }),
);
const bound = all(
  instead('mandate', 'us-trusted', { acceptUnverified: false }),
  instead('mandate', 'gb-trusted', { acceptUnverified: false, acceptUnbound: false }),
);
const category = designation({ id: 'some-radios', subject: { category: 'network-equipment' } });
const owned = instead('vendor', 'maker-a', {
  ownedBy: [{ owner: 'maker-b', share: 10_000, valid: FROM_JULY }],
});
const US_OF_BOTH = { ...plainLabel('USA', 'US', 'SECRET', ['GBR', 'USA']), owners: ['GBR', 'USA'] };
const UK_OF_BOTH = { ...plainLabel('GBR', 'UK', 'SECRET', ['GBR', 'USA']), owners: ['GBR', 'USA'] };

/** The same maker, in the core besides, from a day on. */
const coreInJuly = instead('network', 'net-a', {
  inventory: {
    complete: true,
    asOf: '2024-06-01',
    deployments: [
      deployment('AMF', 'maker-a'),
      deployment('gNB-DU', 'maker-b', { shares: { sites: 3000, traffic: 2900 } }),
      deployment('AMF', 'maker-b', { installed: '2024-07-01' }),
    ],
  },
});
const trustedUntilJune = instead('assessment', 'maker-a-assessed', { valid: UNTIL_JUNE });
const trustedFromJuly = instead('assessment', 'maker-a-assessed', { valid: FROM_JULY });
const translated = plus(
  equivalence({
    id: 'e',
    authority: 'gb-office',
    from: { frame: 'UK', level: 'SECRET' },
    to: { frame: 'US', level: 'SECRET' },
    valid: UNTIL_JUNE,
  }),
);
const mandatesEnd = instead('mandate', 'gb-trusted', { valid: UNTIL_JUNE });
type Asked = readonly [change: Change, question?: Question];
const PAIRS: readonly (readonly [what: string, before: Asked, then: Asked])[] = [
  ['a vendor', [same], [without('assessment', 'maker-a-assessed')]],
  [
    'the network',
    [same],
    [
      instead('network', 'net-a', {
        inventory: { complete: true, asOf: '2024-06-01', deployments: [deployment('AMF', 'maker-b')] },
      }),
      BRITISH,
    ],
  ],
  ['how the path is known', [same], [same, { assurance: 'assumed' }]],
  ['the criteria', [weighed], [all(weighed, without('criteria-set', 'TRUST'))]],
  ['categories', [same, BRITISH], [plus(category), BRITISH]],
  ['time, on', [trustedUntilJune], [trustedUntilJune, { at: JULY }]],
  [
    'time, at the very end',
    [trustedUntilJune],
    [trustedUntilJune, { at: Date.parse('2024-07-01T00:00:00Z') }],
  ],
  ['time, back', [trustedFromJuly, { at: JULY }], [trustedFromJuly]],
  ['who owns a vendor', [owned, BRITISH], [owned, { ...BRITISH, at: JULY }]],
  ['what is in service', [coreInJuly, BRITISH], [coreInJuly, { ...BRITISH, at: JULY }]],
  ['a rule’s own date', [aging], [aging, { at: JULY }]],
  ['what it travels in', [sealed], [sealed, TUNNELLED]],
  ['the frame', [translated, { label: US_OF_BOTH }], [translated, { label: UK_OF_BOTH }]],
  ['the owners of one frame', [mandatesEnd], [mandatesEnd, { label: US_OF_BOTH }]],
  ['the owners', [mandatesEnd], [mandatesEnd, BRITISH]],
  ['how well citations must be known', [graded], [graded, BRITISH]],
  ['whether judgements must bind', [bound], [bound, BRITISH]],
];

it.each(PAIRS)(
  '%s: what was asked before changes nothing',
  (_, [before, first = {}], [then, second = {}]) => {
    const decideAsOne = asOne(new Map());
    const earlier = decideAsOne(before(FACTS), first);
    const anew = decideOver(then(FACTS), second);
    expect(JSON.stringify(earlier)).not.toBe(JSON.stringify(anew));
    expect(decideAsOne(then(FACTS), second)).toEqual(anew);
    // Nor does it the other way round.
    const backwards = asOne(new Map());
    backwards(then(FACTS), second);
    expect(backwards(before(FACTS), first)).toEqual(decideOver(before(FACTS), first));
  },
);

it('one decision with and without what nobody read: a law without its criteria is another', () => {
  const unread = instead('criteria-set', 'TRUST', { sources: [UNREAD] });
  const strict = instead('mandate', 'us-trusted', { acceptUnverified: false });
  expect(decideOver(all(weighed, unread)(FACTS)).outcome).toBe('permit');
  expect(codesOf(decideOver(all(weighed, unread, strict)(FACTS)))).toEqual(['CITATION_UNVERIFIED']);
});

it('one decision on two bases: what is judged without the tunnel is nothing about it', () => {
  expect(decideOver(sealed(FACTS), TUNNELLED)).toMatchObject({
    outcome: 'permit',
    basis: 'encrypted-transport',
  });
});

it('the pairs are about permits', () => {
  const permits = PAIRS.filter(([, [before, q]]) => decideOver(before(FACTS), q).outcome === 'permit');
  console.log(`worked out before: ${PAIRS.length} pairs, ${permits.length} begin with a permit`);
  expect(permits.length).toBeGreaterThan(PAIRS.length / 2);
});
