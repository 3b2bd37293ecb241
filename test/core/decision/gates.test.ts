/** Each gate of the decision alone: what it says of a permit in which one thing is changed, in exactly which words. */
import { describe, expect, it } from 'vitest';
import { type Envelope, refusingAnswer } from '../../../functions/core/decision/answer.ts';
import { judgeCited } from '../../../functions/core/decision/judge-basis.ts';
import { judgeStandard } from '../../../functions/core/decision/judge-standard.ts';
import { uniqueObligations } from '../../../functions/core/decision/obligations.ts';
import { type Outcome, worst } from '../../../functions/core/decision/outcome.ts';
import { REASON_CODES } from '../../../functions/core/decision/reasons.ts';
import { repairsOf } from '../../../functions/core/decision/repair.ts';
import type { Flow } from '../../../functions/core/facts/scope-words.ts';
import { viewOf } from '../../../functions/core/facts/view.ts';
import { claimedProtection, pathOf } from '../../../functions/core/registry/path.ts';
import { registryOf } from '../../../functions/core/registry/registry.ts';
import { approachTo, asStored, decideOver, labelFor, type Question, registryWith, requestOf } from './ask.ts';
import { all, type Change, instead, plus, without } from './changes.ts';
import {
  AT,
  accreditation,
  assessment,
  authority,
  deployment,
  designation,
  encodedBy,
  FACTS,
  FOREVER,
  hold,
  mandate,
  protection,
  READ,
  standard,
  TRUSTED,
  UNREAD,
  waiver,
} from './facts.ts';

const DUTIES = ['use-tunnel', 'no-plaintext-fallback', 'hide-label', 're-evaluate-by'];
const TUNNELLED: Question = { protection: 'tunnel', supports: DUTIES };
const PAST = { from: '2019-01-01', to: '2024-06-14', zone: 'UTC' };
const AHEAD = { from: '2024-06-16', to: null, zone: 'UTC' };
const obliging = (id: string, obligations: readonly string[], hours: number | null = null) => ({
  ...standard({ id, rules: [] }),
  requirements: encodedBy([{ id: 'does' }]),
  rules: [
    { rule: 'obligations-required', id: 'does', cites: ['text'], obligations, reEvaluateWithinHours: hours },
  ],
});
const sealed = all(
  without('mandate', 'us-trusted'),
  plus(
    protection({ id: 'tunnel' }),
    accreditation({ id: 't', subject: { protection: 'tunnel' }, audience: ['USA'] }),
    mandate({ id: 'us-sealed', basis: 'encrypted-transport', standards: ['FREE'] }),
    obliging('FREE', []),
  ),
);

const IN_SCOPE = ['permit'];
const OUT_OF_SCOPE = ['not-applicable', 'STANDARD_NOT_APPLICABLE TRUSTED'];
const NOBODY_KNOWS = ['indeterminate', 'FLOW_UNKNOWN TRUSTED'];
const FLOWS: readonly [string, readonly string[], Flow, readonly string[]][] = [
  ['one of them', ['private', 'federal-contract-service'], 'federal-contract-service', IN_SCOPE],
  ['another', ['federal-contract-service'], 'federal-contractor-own-use', OUT_OF_SCOPE],
  ['part of one', ['us-diplomatic-facility'], 'us-diplomatic-facility-4g', IN_SCOPE],
  ['another part', ['us-diplomatic-facility-5g'], 'us-diplomatic-facility-4g', OUT_OF_SCOPE],
  [
    'the whole, of which one is a part',
    ['us-diplomatic-facility-5g'],
    'us-diplomatic-facility',
    NOBODY_KNOWS,
  ],
  ['one beside a word nobody knows', ['private', 'federal-contract-servise'], 'private', IN_SCOPE],
  [
    'another beside a word nobody knows',
    ['federal-contract-servise'],
    'federal-contract-service',
    NOBODY_KNOWS,
  ],
];

/** Outcome, and each reason as its code with what it is about. */
function told(change: Change, question?: Question): readonly string[] {
  const { outcome, reasons } = decideOver(change(FACTS), question);
  const about = reasons.map((r) =>
    [r.code, r.owner, r.standard, r.hop === undefined ? undefined : `hop ${r.hop}`, r.vendor, r.fact]
      .filter((x) => x !== undefined)
      .join(' '),
  );
  return [outcome, ...about];
}

const stop = (part: object) => plus({ ...hold({ id: 'h' }), ...part });
const two: Question = { hops: ['net-b', 'net-a'] };
/** The standard binds the providers of one set. */
const binding = (others: 'satisfied' | 'not-applicable') =>
  instead('standard', 'TRUSTED', {
    scope: { ...TRUSTED.scope, providers: { sets: ['uk-dvd-2022-10'], others } },
  });

const BRITISH: Question = { marking: 'UK SECRET', format: 'uk-gsc' };
const shareless = instead('network', 'net-a', {
  inventory: {
    complete: true,
    asOf: '2024-06-01',
    deployments: [deployment('AMF', 'maker-a'), deployment('gNB-DU', 'maker-b')],
  },
});

const ROWS: readonly [string, Change, readonly string[], Question?][] = [
  ['nothing', (f) => f, ['permit']],
  // Holds
  ['a hold on everything', stop({}), ['deny', 'HOLD_EVERYTHING hold/h']],
  ['a hold on the owner', stop({ scope: { owner: 'USA' } }), ['deny', 'HOLD_OWNER USA hold/h']],
  ...['GBR', 'USA'].map((owner): [string, Change, readonly string[], Question] => [
    `a hold on one of two owners, ${owner}`,
    stop({ scope: { owner } }),
    ['deny', `HOLD_OWNER ${owner} hold/h`],
    { marking: '//JOINT SECRET GBR USA//REL TO USA, GBR' },
  ]),
  ['a hold on another owner', stop({ scope: { owner: 'GBR' } }), ['permit']],
  ['a hold on a network', stop({ scope: { network: 'net-a' } }), ['deny', 'HOLD_NETWORK hop 1 hold/h'], two],
  [
    'a hold on the host of a network',
    all(stop({ scope: { network: 'net-b' } }), instead('network', 'net-a', { hostedOn: 'net-b' })),
    ['deny', 'HOLD_NETWORK hop 0 hold/h'],
  ],
  [
    'a hold on an alternate of the route',
    all(
      stop({ scope: { network: 'net-b' } }),
      instead('route', 'a-to-b', { hops: ['net-a'], alternates: ['net-b'] }),
    ),
    ['deny', 'HOLD_NETWORK hop 1 hold/h'],
    { route: 'a-to-b' },
  ],
  ['a hold on another network', stop({ scope: { network: 'net-b' } }), ['permit']],
  ['a hold that was lifted', stop({ valid: PAST, ending: [UNREAD] }), ['permit']],
  ['a hold that ended without a word', stop({ valid: PAST }), ['indeterminate', 'FACT_UNSOUND']],
  ['a hold that is coming', stop({ valid: AHEAD }), ['permit']],
  ['a hold of no scope', stop({ scope: {} }), ['indeterminate', 'FACT_UNSOUND']],
  ['a fact of no kind', stop({ kind: 'rumour' }), ['indeterminate', 'FACT_UNSOUND']],
  ['a category nobody can read', stop({ kind: 'designation' }), ['indeterminate', 'FACT_UNSOUND']],
  // Shares
  [
    'a share that nobody states',
    shareless,
    ['indeterminate', ...Array(2).fill('SHARE_UNKNOWN CAPPED hop 0 maker-b')],
    BRITISH,
  ],
  [
    'a share that nobody states, and a waiver',
    all(shareless, plus(waiver({ id: 'w' }))),
    ['permit'],
    BRITISH,
  ],
  // The path
  ['a hop nobody knows', (f) => f, ['deny', 'HOP_UNKNOWN hop 1'], { hops: ['net-a', 'net-z'] }],
  ['an identifier nobody has', (f) => f, ['deny', 'HOP_UNKNOWN hop 0'], { hops: [{ plmn: '999-77' }] }],
  [
    'a route nobody knows',
    (f) => f,
    ['deny', 'ROUTE_UNKNOWN', 'PATH_ASSURANCE_INSUFFICIENT USA'],
    { route: 'b-to-a' },
  ],
  [
    'a route that is over',
    instead('route', 'a-to-b', { valid: PAST }),
    ['deny', 'ROUTE_UNKNOWN', 'PATH_ASSURANCE_INSUFFICIENT USA'],
    { route: 'a-to-b' },
  ],
  [
    'an alternate nobody knows',
    instead('route', 'a-to-b', { alternates: ['net-z'] }),
    ['deny', 'HOP_UNKNOWN hop 2'],
    { route: 'a-to-b' },
  ],
  [
    'a network that is over',
    instead('network', 'net-a', { valid: PAST }),
    ['deny', 'HOP_UNKNOWN hop 1'],
    two,
  ],
  [
    'a host that is over',
    all(instead('network', 'net-a', { hostedOn: 'net-b' }), instead('network', 'net-b', { valid: PAST })),
    ['deny', 'HOP_UNKNOWN hop 0'],
  ],
  ['an operator nobody knows', without('vendor', 'operator'), ['deny', 'VENDOR_UNKNOWN hop 0']],
  ['a vendor nobody knows', without('vendor', 'maker-b'), ['deny', 'VENDOR_UNKNOWN hop 0']],
  [
    'a vendor that is over',
    instead('vendor', 'maker-c', { valid: PAST }),
    ['deny', 'VENDOR_UNKNOWN hop 0'],
    two,
  ],
  [
    'a vendor of which something unreadable is said',
    plus({ ...designation({ id: 'd', subject: { vendor: 'maker-a' } }), class: 'odd' }),
    ['indeterminate', 'FACT_UNSOUND hop 0 maker-a'],
  ],
  [
    'a network of which something unreadable is said',
    plus({ ...assessment({ id: 'j', outcome: 'not-trusted' }), sources: [] }),
    ['indeterminate', 'FACT_UNSOUND hop 0'],
  ],
  // Owners
  [
    'an owner without a mandate',
    without('mandate', 'us-trusted'),
    ['not-applicable', 'OWNER_WITHOUT_MANDATE USA'],
  ],
  [
    'two owners, one without a mandate',
    without('mandate', 'gb-trusted'),
    ['not-applicable', 'OWNER_WITHOUT_MANDATE GBR'],
    { marking: '//JOINT SECRET GBR USA//REL TO USA, GBR' },
  ],
  [
    'a mandate over',
    instead('mandate', 'us-trusted', { valid: PAST }),
    ['not-applicable', 'OWNER_WITHOUT_MANDATE USA'],
  ],
  [
    'a mandate of another authority',
    instead('mandate', 'us-trusted', { authority: 'gb-office' }),
    ['indeterminate', 'MANDATE_UNSOUND USA'],
  ],
  [
    'a second mandate of another authority',
    plus(mandate({ id: 'm', authority: 'gb-office' })),
    ['indeterminate', 'MANDATE_UNSOUND USA'],
  ],
  [
    'a mandate of an authority that is over',
    instead('authority', 'us-office', { valid: PAST }),
    ['indeterminate', 'MANDATE_UNSOUND USA'],
  ],
  [
    'a second mandate nobody can read',
    plus({ ...mandate({ id: 'm' }), standards: [] }),
    ['indeterminate', 'MANDATE_UNSOUND USA'],
  ],
  [
    'a mandate of France nobody can read',
    plus({ ...mandate({ id: 'm', owner: 'FRA' }), standards: [] }),
    ['permit'],
  ],
  [
    'a second mandate that is stricter',
    plus(mandate({ id: 'm', accreditors: ['gb-office'] })),
    ['deny', 'FRAME_NOT_ACCREDITED USA hop 0 accreditation/net-a-british'],
  ],
  ...['us-trusted', 'gb-trusted'].map((id): [string, Change, readonly string[], Question] => [
    `two owners, of whom ${id} recognises nobody here`,
    instead('mandate', id, { accreditors: ['fr-office'] }),
    ['deny', `NOT_ACCREDITED ${id === 'us-trusted' ? 'USA' : 'GBR'} hop 0`],
    { marking: '//JOINT SECRET GBR USA//REL TO USA, GBR' },
  ]),
  [
    'a path assured less than the mandate asks',
    (f) => f,
    ['deny', 'PATH_ASSURANCE_INSUFFICIENT USA', 'PATH_NOT_ASSURED TRUSTED hop 0'],
    { assurance: 'assumed' },
  ],
  [
    'a path assured less than one of two mandates asks',
    plus(mandate({ id: 'm', assurances: ['pinned'] })),
    ['deny', 'PATH_ASSURANCE_INSUFFICIENT USA'],
    { assurance: 'observed' },
  ],
  [
    'a route assured less',
    instead('route', 'a-to-b', { assurance: 'assumed' }),
    [
      'deny',
      'PATH_ASSURANCE_INSUFFICIENT USA',
      'PATH_NOT_ASSURED TRUSTED hop 0',
      'PATH_NOT_ASSURED TRUSTED hop 1',
    ],
    { route: 'a-to-b' },
  ],
  // Standards
  ['a standard nobody wrote', without('standard', 'TRUSTED'), ['indeterminate', 'STANDARD_UNKNOWN TRUSTED']],
  [
    'a standard asked for that nobody wrote',
    (f) => f,
    ['indeterminate', 'STANDARD_UNKNOWN NONE'],
    { standards: ['NONE'] },
  ],
  [
    'a standard that is over',
    instead('standard', 'TRUSTED', { valid: PAST }),
    ['not-applicable', 'STANDARD_NOT_IN_FORCE TRUSTED'],
  ],
  [
    'a standard that is proposed',
    instead('standard', 'TRUSTED', { status: 'proposed' }),
    ['not-applicable', 'STANDARD_NOT_IN_FORCE TRUSTED'],
  ],
  [
    'a standard about purchases',
    instead('standard', 'TRUSTED', { about: 'procurement-ban' }),
    ['not-applicable', 'STANDARD_NOT_ABOUT_CARRIAGE TRUSTED'],
  ],
  [
    'a standard of a flow the message does not name',
    instead('standard', 'TRUSTED', {
      scope: {
        levels: [{ frame: 'US', level: 'CONFIDENTIAL' }],
        flows: ['federal-contract-service'],
        providers: null,
      },
    }),
    ['indeterminate', 'FLOW_UNKNOWN TRUSTED'],
  ],
  ...FLOWS.map(([what, flows, flow, expected]): [string, Change, readonly string[], Question] => [
    `a standard of flows, and ${what}`,
    instead('standard', 'TRUSTED', { scope: { ...TRUSTED.scope, flows } }),
    expected,
    { flow },
  ]),
  [
    'a host nobody assessed under a network that is',
    all(instead('network', 'net-a', { hostedOn: 'net-b' }), without('assessment', 'net-b-assessed')),
    ['deny', 'NETWORK_NOT_ASSESSED TRUSTED hop 0'],
  ],
  [
    'a host that a standard binds, under a network it does not',
    all(
      instead('network', 'net-a', { hostedOn: 'net-b' }),
      instead('network', 'net-b', { providerSets: ['x'] }),
      instead('standard', 'TRUSTED', {
        scope: { ...TRUSTED.scope, providers: { sets: ['x'], others: 'satisfied' } },
      }),
      without('assessment', 'net-b-assessed'),
    ),
    ['deny', 'NETWORK_NOT_ASSESSED TRUSTED hop 0'],
  ],
  [
    'a standard of other providers',
    instead('standard', 'TRUSTED', {
      scope: {
        levels: [{ frame: 'US', level: 'CONFIDENTIAL' }],
        flows: null,
        providers: { sets: ['x'], others: 'not-applicable' },
      },
    }),
    ['not-applicable', 'STANDARD_NOT_APPLICABLE TRUSTED hop 0', 'STANDARD_NOT_APPLICABLE TRUSTED hop 1'],
    two,
  ],
  [
    'a network of other providers, by a set the guard knows',
    all(instead('network', 'net-a', { providerSets: ['de-5g-2024-07'] }), binding('satisfied')),
    ['permit'],
  ],
  [
    'a network of providers in a set nobody knows',
    all(instead('network', 'net-a', { providerSets: ['uk-dvd-2022-1o'] }), binding('satisfied')),
    ['indeterminate', 'SCOPE_UNKNOWN TRUSTED hop 0'],
  ],
  [
    'the same, of a standard that says nothing of others',
    all(instead('network', 'net-a', { providerSets: ['constructor'] }), binding('not-applicable')),
    ['indeterminate', 'SCOPE_UNKNOWN TRUSTED hop 0'],
  ],
  [
    'the same, beside a set that is bound',
    all(instead('network', 'net-a', { providerSets: ['other', 'uk-dvd-2022-10'] }), binding('satisfied')),
    ['permit'],
  ],
  [
    'the same, of a network that the standard would refuse',
    all(
      instead('network', 'net-a', { providerSets: ['other'] }),
      binding('satisfied'),
      without('assessment', 'net-a-assessed'),
    ),
    ['deny', 'SCOPE_UNKNOWN TRUSTED hop 0', 'NETWORK_NOT_ASSESSED TRUSTED hop 0'],
  ],
  [
    'a standard asked for that is over',
    instead('standard', 'CAPPED', { valid: PAST }),
    ['permit'],
    { standards: ['CAPPED'] },
  ],
  [
    'a standard asked for that refuses',
    instead('designation', 'risky-b', { class: 'excluded' }),
    ['deny', 'DESIGNATED_VENDOR_PRESENT CAPPED hop 0 maker-b designation/risky-b'],
    { standards: ['CAPPED'] },
  ],
  // The tunnel
  ['a tunnel', sealed, ['permit'], TUNNELLED],
  [
    'a tunnel nobody registered',
    all(sealed, without('protection', 'tunnel')),
    ['deny', 'PROTECTION_UNKNOWN'],
    TUNNELLED,
  ],
  [
    'a tunnel that is over',
    all(sealed, instead('protection', 'tunnel', { valid: PAST })),
    ['deny', 'PROTECTION_UNKNOWN'],
    TUNNELLED,
  ],
  [
    'a tunnel of another scheme',
    all(sealed, instead('protection', 'tunnel', { scheme: 'type-1' })),
    ['deny', 'PROTECTION_UNKNOWN'],
    TUNNELLED,
  ],
  [
    'a tunnel nobody accredited',
    all(sealed, without('accreditation', 't')),
    ['deny', 'NOT_ACCREDITED USA'],
    TUNNELLED,
  ],
  [
    'a tunnel that ends where nobody was cleared',
    all(sealed, instead('protection', 'tunnel', { endpointCountries: ['FRA'] })),
    ['deny', 'AUDIENCE_INCOMPLETE USA accreditation/t'],
    TUNNELLED,
  ],
  ['a tunnel without a claim', sealed, ['not-applicable', 'OWNER_WITHOUT_MANDATE USA']],
  [
    'a tunnel over a hop nobody knows',
    sealed,
    ['deny', 'HOP_UNKNOWN hop 1'],
    { ...TUNNELLED, hops: ['net-a', 'net-z'] },
  ],
  ...DUTIES.map((duty): [string, Change, readonly string[], Question] => [
    `a tunnel whose caller cannot ${duty}`,
    sealed,
    ['deny', 'OBLIGATION_UNSUPPORTED'],
    { ...TUNNELLED, supports: DUTIES.filter((d) => d !== duty) },
  ]),
];

it.each(ROWS)('%s', (_, change, expected, question) => {
  expect(told(change, question)).toEqual(expected);
});

describe('obligations', () => {
  const LISTED = [
    'use-tunnel',
    'no-plaintext-fallback',
    'hide-label',
    'pin-path',
    'no-roaming',
    'no-sms',
    'log-hops',
    'check-recipient-release',
    'two-person-release',
  ];
  it.each(LISTED)('%s of a standard is told, and refuses a caller who cannot', (type) => {
    const change = all(plus(obliging('DO', [type])), instead('mandate', 'us-trusted', { standards: ['DO'] }));
    expect(told(change)).toEqual(['deny', 'OBLIGATION_UNSUPPORTED']);
    expect(told(change, { supports: LISTED.filter((t) => t !== type) })).toEqual([
      'deny',
      'OBLIGATION_UNSUPPORTED',
    ]);
    const decision = decideOver(change(FACTS), { supports: [type] });
    expect([decision.outcome, decision.obligations]).toEqual(['permit', [{ type }]]);
  });

  it('of a tunnel are those of every tunnel', () => {
    expect(decideOver(sealed(FACTS), TUNNELLED).obligations).toEqual([
      { type: 'use-tunnel', ref: 'tunnel' },
      { type: 'no-plaintext-fallback' },
      { type: 'hide-label' },
      { type: 're-evaluate-by' },
    ]);
  });

  it.each([[[8, 2, 24]], [[2, 8, 24]], [[24, 8, 2]], [[null, 2]], [[2, null]]])(
    'of several hours %j, the fewest',
    (hours) => {
      const each = hours.map((h) => ({
        type: 're-evaluate-by' as const,
        ...(h !== null && { withinHours: h }),
      }));
      expect(uniqueObligations(each)).toEqual([{ type: 're-evaluate-by', withinHours: 2 }]);
    },
  );

  it('about two tunnels are two', () => {
    const each = (ref: string) => ({ type: 'use-tunnel' as const, ref });
    expect(uniqueObligations([each('a'), each('b'), each('a')])).toEqual([each('a'), each('b')]);
  });
});

describe('the worst of outcomes', () => {
  const ORDER: readonly Outcome[] = ['permit', 'not-applicable', 'indeterminate', 'deny'];
  const pairs = ORDER.flatMap((a, i) => ORDER.map((b, j) => [a, b, ORDER[Math.max(i, j)]] as const));
  it.each(pairs)('%s and %s', (a, b, expected) => {
    expect(worst([a, b])).toBe(expected);
  });
  it('of none is a refusal', () => {
    expect(worst([])).toBe('deny');
  });
});

describe('an answer without a decision', () => {
  const AGAIN = ['REGISTRY_UNAVAILABLE', 'REGISTRY_BEHIND', 'BUDGET_EXHAUSTED'];
  const envelope: Envelope = {
    question: {},
    evaluationId: 'e',
    evaluatedAt: AT,
    build: 'b',
    explain: 'codes',
    hypothetical: false,
  };
  it.each(REASON_CODES)('for %s refuses', (code) => {
    const { decision, outcome, enforceable, retry } = refusingAnswer(envelope, [{ code }]);
    expect([decision, outcome === 'permit', enforceable, retry]).toEqual([
      false,
      false,
      true,
      AGAIN.includes(code) ? 'after' : 'never',
    ]);
  });
  it('for no reason at all refuses', () => {
    expect(refusingAnswer(envelope, [])).toMatchObject({ decision: false, outcome: 'deny', retry: 'never' });
  });
});

describe('what nobody verified', () => {
  const UNREADABLE = { sources: [UNREAD] };
  const rows: readonly [string, Change, readonly string[], Question?][] = [
    ['the mandate', instead('mandate', 'us-trusted', UNREADABLE), ['mandate/us-trusted']],
    ['the authority', instead('authority', 'us-office', UNREADABLE), ['authority/us-office']],
    ['the network', instead('network', 'net-a', UNREADABLE), ['network/net-a']],
    [
      'an accreditation',
      instead('accreditation', 'net-a-accredited', UNREADABLE),
      ['accreditation/net-a-accredited'],
    ],
    ['an assessment', instead('assessment', 'maker-a-assessed', UNREADABLE), ['assessment/maker-a-assessed']],
    ['a vendor', instead('vendor', 'maker-a', UNREADABLE), ['vendor/maker-a']],
    [
      'the standard',
      instead('standard', 'TRUSTED', { sources: [{ ...UNREAD, key: 'text' }] }),
      ['standard/TRUSTED'],
    ],
    ['the route', instead('route', 'a-to-b', UNREADABLE), ['route/a-to-b'], { route: 'a-to-b' }],
    ['a designation', instead('designation', 'risky-b', UNREADABLE), ['designation/risky-b']],
    ['the end of a hold', stop({ valid: PAST, ending: [UNREAD] }), ['hold/h']],
    ['the end of a hold elsewhere', stop({ valid: PAST, ending: [UNREAD], scope: { network: 'net-b' } }), []],
    ['an accreditation that is over', plus(accreditation({ id: 'x', valid: PAST, ...UNREADABLE })), []],
    ['another network', instead('network', 'net-b', UNREADABLE), []],
    ['a mandate of another owner', instead('mandate', 'gb-trusted', UNREADABLE), []],
    ['a second authority', plus(authority({ id: 'a', valid: FOREVER, ...UNREADABLE })), ['authority/a']],
  ];
  it.each(rows)('is listed: %s', (_, change, keys, question) => {
    const { outcome, unverified } = decideOver(change(FACTS), question);
    expect([outcome, unverified]).toEqual(['permit', keys]);
  });

  const strict = instead('mandate', 'us-trusted', { acceptUnverified: false });
  const items = [{ criterion: 'C-1', result: 'met', rationale: 'seen', evidence: [UNREAD] }];
  it.each([
    ['one of several sources', instead('network', 'net-a', { sources: [READ, UNREAD] })],
    ['the evidence of a result', instead('assessment', 'net-a-assessed', { items })],
    [
      'by one of two mandates',
      all(plus(mandate({ id: 'm', acceptUnverified: true })), instead('network', 'net-a', UNREADABLE)),
    ],
  ])('is refused: %s', (_, change: Change) => {
    const { outcome, reasons } = decideOver(all(strict, change)(FACTS));
    expect([outcome, reasons]).toEqual(['deny', [{ code: 'CITATION_UNVERIFIED' }]]);
  });
  it('is refused of a tunnel', () => {
    const refusing = all(sealed, instead('mandate', 'us-sealed', { acceptUnverified: false }));
    expect(told(refusing, TUNNELLED)).toEqual(['permit']);
    for (const id of ['accreditation/t', 'protection/tunnel']) {
      const [kind = '', name = ''] = id.split('/');
      expect(told(all(refusing, instead(kind, name, UNREADABLE)), TUNNELLED)).toEqual([
        'deny',
        'CITATION_UNVERIFIED',
      ]);
    }
  });
});

describe('second guards, which others stand before', () => {
  const inputOf = (change: Change, question: Question = {}) => ({
    ...approachTo(change(FACTS), question),
    label: labelFor({}),
    labelUntil: null,
  });

  it('a path of which the caller names the hops is assumed', () => {
    expect(pathOf(requestOf({}), registryWith(), AT)).toMatchObject({ known: true, assurance: 'assumed' });
  });

  it('a protection found under another’s name is none', () => {
    const view = viewOf(asStored(sealed(FACTS)));
    const doc = view.entries.get('protection/tunnel') ?? expect.fail();
    const asked = requestOf({ protection: 'other' });
    expect(claimedProtection(asked, registryWith(['protection/other', doc]), AT)).toBeUndefined();
    expect(claimedProtection(requestOf(TUNNELLED), registryOf(view), AT)).toBeDefined();
  });

  it('over no hop that could be judged there is no permit', () => {
    const { outcome, dominance } = judgeCited(
      'trusted-transport',
      inputOf((f) => f),
      [],
    );
    expect([outcome, dominance]).toEqual(['deny', 'not-evaluated']);
  });

  it.each(['aa-second', 'zz-second'])('every mandate of an owner names its own accreditors: %s', (id) => {
    const { outcome } = decideOver(plus(mandate({ id, accreditors: ['gb-office'] }))(FACTS));
    expect(outcome).toBe('deny');
  });

  it('what nobody can read about a host stands against its guest', () => {
    const hosted = instead('network', 'net-a', { hostedOn: 'net-b' });
    const unread = {
      ...assessment({ id: 'bad', subject: { network: 'net-b' } }),
      outcome: 'not-trusted',
      sources: [],
    };
    const said = (change: Change) => decideOver(change(FACTS)).reasons.map((r) => r.code);
    expect(said(all(hosted, plus(unread)))).toContain('FACT_UNSOUND');
    expect(said(hosted)).not.toContain('FACT_UNSOUND');
  });

  it('an accreditation is there from its first instant', () => {
    const from = (ms: number) => ({ from: new Date(AT + ms).toISOString(), to: '2030-12-31', zone: 'UTC' });
    const at = (ms: number) =>
      decideOver(instead('accreditation', 'net-a-accredited', { valid: from(ms) })(FACTS)).outcome;
    expect([at(0), at(1)]).toEqual(['permit', 'deny']);
  });

  it('every end of a tunnel can reach what it carries', () => {
    const ends = (countries: readonly string[]) =>
      decideOver(
        all(sealed, instead('protection', 'tunnel', { endpointCountries: countries }))(FACTS),
        TUNNELLED,
      ).outcome;
    expect([ends(['USA']), ends(['USA', 'ZAF']), ends(['ZAF', 'USA'])]).toEqual(['permit', 'deny', 'deny']);
  });

  it('dominance over some of the hops was not evaluated', () => {
    expect(decideOver(FACTS, { hops: ['net-a', 'nowhere'] }).dominance).toBe('not-evaluated');
  });

  it('a standard that nobody can read, nor name, may be about anything; a stop beside it still denies', () => {
    const unnamed = plus({ ...TRUSTED, id: undefined });
    const said = (change: Change) => {
      const { outcome, reasons } = decideOver(change(FACTS));
      return [outcome, ...reasons.map((r) => r.code)];
    };
    // It may be the one that took the place of what the mandate names.
    const twice = ['FACT_UNSOUND', 'FACT_UNSOUND'];
    expect(said(unnamed)).toEqual(['indeterminate', ...twice]);
    expect(said(all(unnamed, stop({})))).toEqual(['deny', 'HOLD_EVERYTHING', ...twice]);
  });

  it('an answer by tunnel ends when the transport comes to be trusted', () => {
    const both = all(
      sealed,
      plus(mandate({ id: 'us-trusted' })),
      instead('assessment', 'net-a-assessed', {
        valid: { from: '2025-01-01', to: '2030-12-31', zone: 'UTC' },
      }),
    );
    const { outcome, basis, validUntil } = decideOver(both(FACTS), TUNNELLED);
    expect([outcome, basis, validUntil]).toEqual(['permit', 'encrypted-transport', Date.parse('2025-01-01')]);
  });

  it('a network found under an identifier of another scheme is unknown', () => {
    const change = instead('network', 'net-a', { identifiers: [{ scheme: 'spid', value: '12AB' }] });
    const doc = viewOf(asStored(change(FACTS))).entries.get('network/net-a') ?? expect.fail();
    const known = (scheme: string) => {
      const places = registryWith([`identifier/${scheme}:12AB`, doc]);
      const path = pathOf(requestOf({ hops: [{ [scheme]: '12AB' }] }), places, AT);
      return path.known && path.hops[0]?.networks !== undefined;
    };
    expect([known('spid'), known('ocn')]).toEqual([true, false]);
  });

  it('what one standard says hears the gate', () => {
    expect(judgeStandard(inputOf(stop({})), 'TRUSTED')).toMatchObject({
      outcome: 'deny',
      reasons: [{ code: 'HOLD_EVERYTHING' }],
    });
  });

  it('repairs are not said to be all while unread citations may be among them', () => {
    const change = all(
      instead('mandate', 'us-trusted', { acceptUnverified: false }),
      without('assessment', 'net-a-assessed'),
    );
    const unread = all(change, instead('accreditation', 'net-a-accredited', { sources: [UNREAD] }));
    expect([change, unread].map((c) => repairsOf(inputOf(c)).complete)).toEqual([true, false]);
  });
});
