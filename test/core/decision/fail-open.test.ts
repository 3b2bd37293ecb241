/** Ways in which a registry could say too little, or contradict itself, and be read as a permit. One row each. */
import { describe, expect, it, test } from 'vitest';
import { gateOf } from '../../../functions/core/decision/gate.ts';
import type { Json } from '../../../functions/core/facts/canonical.ts';
import { factProblems } from '../../../functions/core/facts/fact.ts';
import type { NetworkDoc, ProtectionDoc, RouteDoc, VendorDoc } from '../../../functions/core/facts/view.ts';
import { viewOf } from '../../../functions/core/facts/view.ts';
import { networksOf, protectionOf, routeOf, vendorOf } from '../../../functions/core/registry/evidence.ts';
import { pathOf } from '../../../functions/core/registry/path.ts';
import { SEALED } from '../../theorems/standards.ts';
import {
  approachTo,
  asStored,
  codesOf,
  decideOver,
  labelFor,
  type Question,
  registryWith,
  requestOf,
} from './ask.ts';
import { all, type Change, instead, plus, without } from './changes.ts';
import {
  AT,
  accreditation,
  assessment,
  authority,
  CAPPED,
  designation,
  equivalence,
  FACTS,
  FOREVER,
  hold,
  mandate,
  network,
  protection,
  standard,
  UNREAD,
  vendor,
} from './facts.ts';

const BRITISH: Question = { marking: 'UK SECRET', format: 'uk-gsc' };
const TUNNELLED: Question = {
  protection: 'tunnel',
  supports: ['use-tunnel', 'no-plaintext-fallback', 'hide-label', 're-evaluate-by'],
};
const tunnel = plus(
  protection({ id: 'tunnel' }),
  accreditation({ id: 'tunnel-accredited', subject: { protection: 'tunnel' }, audience: ['USA'] }),
  SEALED,
  mandate({ id: 'us-encrypted', basis: 'encrypted-transport', standards: ['SEALED'] }),
);
const onlyTunnel = all(tunnel, without('mandate', 'us-trusted'));

test('the registry of these tests is sound and permits', () => {
  for (const f of [...FACTS, ...onlyTunnel([])]) expect(factProblems(asStored([f])[0])).toEqual([]);
  const questions: readonly Question[] = [
    {},
    { hops: ['net-a', 'net-b'] },
    { route: 'a-to-b' },
    { hops: [{ plmn: '999-01' }] },
    BRITISH,
  ];
  for (const q of questions) expect(decideOver(FACTS, q)).toMatchObject({ outcome: 'permit', reasons: [] });
  expect(decideOver(onlyTunnel(FACTS), TUNNELLED)).toMatchObject({
    outcome: 'permit',
    basis: 'encrypted-transport',
  });
});

const raw = (fact: object, change: object) => ({ ...fact, ...change });

describe('adverse facts that cannot be read refuse', () => {
  const rows: readonly [string, Change, Question?][] = [
    [
      'a designation whose vendor is no id',
      plus(raw(designation({ id: 'd' }), { subject: { vendor: 'Maker A' } })),
    ],
    [
      'a designation of two subjects, of which the wrong one is met first',
      plus(raw(designation({ id: 'd' }), { subject: { vendor: 'maker-z', network: 'net-a' } })),
    ],
    [
      'a judgement of a vendor that also names a network',
      plus(
        raw(assessment({ id: 'x', outcome: 'not-trusted' }), {
          subject: { vendor: 'maker-z', network: 'net-a' },
        }),
      ),
    ],
    [
      'a designation of a tunnel',
      all(onlyTunnel, plus(raw(designation({ id: 'd' }), { subject: { protection: 'tunnel' } }))),
      TUNNELLED,
    ],
    [
      'a mandate whose owner is no owner, beside a readable one',
      plus(raw(mandate({ id: 'stricter', standards: ['CAPPED'] }), { owner: 'usa' })),
    ],
    [
      'a mandate from a level its frame does not have, beside a readable one',
      plus(mandate({ id: 'stricter', from: [{ frame: 'US', level: 'SECERT' }] })),
    ],
    [
      'a mandate from two levels, of which its frame has one, beside a readable one',
      plus(
        mandate({
          id: 'stricter',
          from: [
            { frame: 'US', level: 'TOP SECRET' },
            { frame: 'US', level: 'SECERT' },
          ],
        }),
      ),
    ],
  ];
  it.each(rows)('%s', (_, change, question) => {
    expect(decideOver(change(FACTS), question)).toMatchObject({ outcome: 'indeterminate' });
  });

  it('a hop of which one vendor is unknown is not judged, whatever cannot be read of another', () => {
    const facts = all(
      without('vendor', 'maker-a'),
      plus(raw(designation({ id: 'd' }), { class: 'risky' })),
    )(FACTS);
    expect(decideOver(facts)).toMatchObject({
      outcome: 'deny',
      dominance: 'not-evaluated',
      reasons: [
        { code: 'VENDOR_UNKNOWN', hop: 0 },
        { code: 'FACT_UNSOUND', hop: 0, vendor: 'maker-b' },
      ],
    });
  });

  it('a tunnel that cannot be judged keeps nothing from a trusted network', () => {
    const facts = all(
      tunnel,
      plus(raw(designation({ id: 'd' }), { subject: { protection: 'tunnel' } })),
    )(FACTS);
    expect(decideOver(facts, TUNNELLED)).toMatchObject({ outcome: 'permit', basis: 'trusted-transport' });
  });
});

describe('a standard of which it is not sure where it begins', () => {
  const rows = [
    ['highest first', ['TOP SECRET', 'CONFIDENTIAL']],
    ['lowest first', ['CONFIDENTIAL', 'TOP SECRET']],
  ] as const;
  it.each(rows)('begins at the lowest level it names, %s', (_, levels) => {
    const twice = standard({
      ...CAPPED,
      belowScope: 'satisfied',
      scope: { levels: levels.map((level) => ({ frame: 'US', level })), flows: null, providers: null },
    });
    const facts = all(
      without('standard', 'CAPPED'),
      plus(twice, designation({ id: 'banned', class: 'excluded' })),
      instead('mandate', 'us-trusted', { standards: ['CAPPED'] }),
    )(FACTS);
    expect(codesOf(decideOver(facts))).toContain('DESIGNATED_VENDOR_PRESENT');
  });
});

describe('a mandate that refuses what nobody verified', () => {
  const strict = instead('mandate', 'us-trusted', { acceptUnverified: false });
  const unread = { sources: [UNREAD] };
  const refused: readonly [string, Change, Question?][] = [
    ['the network', instead('network', 'net-a', unread)],
    ['the only accreditation', instead('accreditation', 'net-a-accredited', unread)],
    ['the only assessment of the network', instead('assessment', 'net-a-assessed', unread)],
    ['the only assessment of a vendor', instead('assessment', 'maker-a-assessed', unread)],
    ['a vendor', instead('vendor', 'maker-a', unread)],
    ['the mandate', instead('mandate', 'us-trusted', unread)],
    ['the authority', instead('authority', 'us-office', unread)],
    ['the standard', instead('standard', 'TRUSTED', { sources: [{ ...UNREAD, key: 'text' }] })],
    ['the route', instead('route', 'a-to-b', unread), { route: 'a-to-b' }],
    [
      'the end of a designation',
      plus(
        designation({
          id: 'ended',
          subject: { vendor: 'maker-a' },
          valid: { from: '2019-01-01', to: '2021-12-31', zone: 'UTC' },
          ending: [UNREAD],
        }),
      ),
    ],
  ];
  it.each(refused)('refuses: %s', (_, change, question) => {
    expect(decideOver(change(FACTS), question).outcome).toBe('permit');
    const decision = decideOver(all(strict, change)(FACTS), question);
    expect(decision.outcome).not.toBe('permit');
    expect(codesOf(decision)).toContain('CITATION_UNVERIFIED');
  });

  const disregarded: readonly [string, Change, Question?][] = [
    ['a second accreditation', plus(accreditation({ id: 'second', ...unread }))],
    [
      'an accreditation nobody recognises',
      plus(accreditation({ id: 'x', authority: 'gb-office', ...unread })),
    ],
    ['a second assessment', plus(assessment({ id: 'second', ...unread }))],
    ['an equivalence nobody needs', plus(equivalence({ id: 'e', ...unread }))],
    ['a second authority', plus(authority({ id: 'us-second', ...unread }))],
    ['a hold on another network', plus(hold({ id: 'h', scope: { network: 'net-b' }, ...unread }))],
    ['a tunnel that is not needed', all(tunnel, instead('protection', 'tunnel', unread)), TUNNELLED],
  ];
  it.each(disregarded)('disregards, so that ending it never permits: %s', (_, change, question) => {
    expect(decideOver(all(strict, change)(FACTS), question).outcome).toBe('permit');
  });

  it('keeps to its own basis', () => {
    const facts = all(tunnel, strict, instead('accreditation', 'net-a-accredited', unread))(FACTS);
    expect(decideOver(facts, TUNNELLED)).toMatchObject({ outcome: 'permit', basis: 'encrypted-transport' });
  });
});

describe('documents that hold what is not theirs', () => {
  const view = viewOf(asStored(onlyTunnel(FACTS)));
  const netA = view.entries.get('network/net-a') as NetworkDoc;
  const netB = view.entries.get('network/net-b') as NetworkDoc;
  const makerA = view.vendors.get('maker-a') as VendorDoc;
  const makerB = view.vendors.get('maker-b') as VendorDoc;
  const tunnelDoc = view.entries.get('protection/tunnel') as ProtectionDoc;
  const routeDoc = view.entries.get('route/a-to-b') as RouteDoc;
  const adverse = asStored([
    assessment({ id: 'x', subject: { network: 'net-b' }, outcome: 'not-trusted', valid: FOREVER }),
  ]);

  it('favourable facts about another network are absent', () => {
    const [evidence] =
      networksOf({ ...netA, accreditations: netB.accreditations, assessments: netB.assessments }) ?? [];
    expect(evidence).toMatchObject({ accreditations: [], assessments: [], taints: [] });
  });
  it('adverse facts about another network taint', () => {
    expect(networksOf({ ...netA, assessments: adverse })?.[0]?.taints).toHaveLength(1);
  });
  it('assessments of another vendor are absent, designations of another taint', () => {
    const said = { ...makerA, assessments: makerB.assessments, designations: makerB.designations };
    expect(vendorOf(said)?.evidence.assessments).toEqual([]);
    expect(vendorOf(said)?.taints).toHaveLength(1);
  });
  it('accreditations of something else are not the tunnel’s', () => {
    const said = { ...tunnelDoc, accreditations: netA.accreditations };
    expect(protectionOf(said)?.accreditations).toEqual([]);
  });
  it('a host that is another network than the one named is unknown', () => {
    const hosted = { ...netA, network: { ...netA.network, hostedOn: 'net-c' }, host: netB };
    expect(networksOf(hosted)).toBeUndefined();
    expect(networksOf({ ...netA, host: netB })).toBeUndefined();
  });

  const places: readonly [string, Question, [string, Json]][] = [
    ['by id', { hops: ['net-a'] }, ['network/net-a', netB]],
    ['by identifier', { hops: [{ plmn: '999-01' }] }, ['identifier/plmn:999-01', netB]],
    [
      'on a route',
      { route: 'a-to-b' },
      ['route/a-to-b', { ...routeDoc, networks: { 'net-a': netB, 'net-b': netB } }],
    ],
  ];
  it.each(places)('a network found under another’s name is unknown, %s', (_, question, entry) => {
    const path = pathOf(requestOf(question), registryWith(entry), AT);
    expect(path).toMatchObject({ known: true });
    expect(path.known && path.hops[0]?.networks).toBeUndefined();
  });
  it('a route found under another’s name is unknown', () => {
    expect(routeOf(routeDoc)).toBeDefined();
    const path = pathOf(requestOf({ route: 'other' }), registryWith(['route/other', routeDoc]), AT);
    expect(path.known).toBe(false);
  });
  it('a vendor found under another’s name is unknown', () => {
    const from = approachTo(FACTS, { hops: ['net-b'] });
    const label = labelFor({});
    expect(gateOf({ ...from, label, labelUntil: null }).reasons).toEqual([]);
    const swapped = new Map(from.vendors).set('maker-c', vendorOf(makerB) ?? expect.fail());
    expect(gateOf({ ...from, vendors: swapped, label, labelUntil: null }).reasons).toContainEqual({
      code: 'VENDOR_UNKNOWN',
      hop: 0,
    });
  });
});

describe('contradictions name nothing', () => {
  const plmn = [{ scheme: 'plmn', value: '999-01' }] as const;
  const copy = (id: string, times = 1) =>
    raw(network({ id }, []), { identifiers: Array.from({ length: times }, () => plmn[0]) });
  const rows: readonly [string, Change][] = [
    ['an identifier of two networks', plus(copy('net-x'))],
    ['an identifier of three networks', plus(copy('net-x'), copy('net-y'))],
    ['an identifier that one of two claims twice', plus(copy('net-x', 2))],
  ];
  it.each(rows)('%s', (_, change) => {
    const question = { hops: [{ plmn: '999-01' }] };
    expect(codesOf(decideOver(change(FACTS), question))).toEqual(['HOP_UNKNOWN']);
    expect(viewOf(asStored(change(FACTS))).entries.has('identifier/plmn:999-01')).toBe(false);
  });
  it('two facts of one name', () => {
    expect(decideOver(plus(mandate({ id: 'us-trusted', standards: ['CAPPED'] }))(FACTS)).outcome).toBe(
      'indeterminate',
    );
    expect(decideOver(plus(vendor({ id: 'maker-a' }))(FACTS)).outcome).toBe('deny');
  });
  it('the order of the facts is not in the view', () => {
    const odd = [{ kind: 'designation', id: 'x' }, { kind: 'designation', id: 'y' }, { id: 'z' }, { a: 1 }];
    const facts = asStored([...FACTS, ...odd]);
    const one = viewOf(facts);
    const other = viewOf([...facts].reverse());
    expect(JSON.stringify(other.law)).toBe(JSON.stringify(one.law));
  });
});

describe('nothing follows from nothing', () => {
  it('a network without equipment that nobody hosts has no complete inventory', () => {
    const empty = instead('network', 'net-a', {
      inventory: { complete: true, asOf: '2024-01-01', deployments: [] },
    });
    expect(codesOf(decideOver(empty(FACTS)))).toContain('INVENTORY_INCOMPLETE');
  });
  it('one that is hosted has what its host has', () => {
    const hosted = instead('network', 'net-a', {
      hostedOn: 'net-b',
      inventory: { complete: true, asOf: '2024-01-01', deployments: [] },
    });
    expect(decideOver(hosted(FACTS)).outcome).toBe('permit');
  });
  it('dominance over no carrier was not evaluated', () => {
    const decision = decideOver(all(onlyTunnel, without('protection', 'tunnel'))(FACTS), TUNNELLED);
    expect(decision).toMatchObject({ outcome: 'deny', dominance: 'not-evaluated' });
  });
  it('hosts that go round in a circle are no network', () => {
    const circle = all(
      instead('network', 'net-a', { hostedOn: 'net-b' }),
      instead('network', 'net-b', { hostedOn: 'net-a' }),
    );
    expect(codesOf(decideOver(circle(FACTS)))).toEqual(['HOP_UNKNOWN']);
  });
});
