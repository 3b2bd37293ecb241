/** T18: an operation one person may do alone never turns a refusal into a permit, at any time from now on. */
import { describe, expect, it } from 'vitest';
import { applyChanges, keyOf, type Operation } from '../../../functions/core/administration/change.ts';
import {
  answersOver,
  type CarriedMessage,
  type Inquiry,
  inquiry,
} from '../../../functions/core/administration/inquiry.ts';
import { isRestrictOnly, onlyRestricts } from '../../../functions/core/administration/polarity.ts';
import type { CoreDecision } from '../../../functions/core/decision/decide.ts';
import type { RawFact } from '../../../functions/core/facts/view.ts';
import type { Label } from '../../../functions/core/marking/label.ts';
import { OBLIGATION_TYPES, type ObligationType } from '../../../functions/core/obligation.ts';
import { registryFrom } from '../../../functions/core/registry/registry.ts';
import type { DecisionRequest } from '../../../functions/core/request.ts';
import {
  accreditation,
  add,
  assessment,
  authority,
  BASE,
  deployment,
  designation,
  end,
  equivalence,
  type Facts,
  hold,
  mandate,
  NOW,
  NOW_TEXT,
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

const label = (level: string, audience: readonly string[] | null): Label => ({
  frame: 'US',
  level,
  compartments: [],
  controls: [],
  owners: [],
  markedBy: 'USA',
  fgi: [],
  audience,
  displayOnly: [],
});
const LABELS = [label('SECRET', ['USA']), label('CONFIDENTIAL', ['GBR', 'USA'])];

const supportedObligations = Object.keys(OBLIGATION_TYPES) as ObligationType[];
const TUNNEL = { scheme: 'csfc', registration: 'tunnel' } as const;
const ask = (path: DecisionRequest['path'], tunnel: boolean): DecisionRequest => ({
  message: { id: 'm', marking: '', ...(tunnel && { protection: TUNNEL }) },
  path,
  supportedObligations,
});
const REQUESTS = [
  ask({ hops: [{ network: 'net-one' }] }, true),
  ask({ hops: [{ plmn: '999-01' }] }, false),
  ask({ route: 'main' }, true),
];

type Change = readonly (RawFact | { readonly remove: string })[];

/** What may or may not be so, each by itself: every combination is a registry. */
const TOGGLES: readonly (readonly [string, Change])[] = [
  [
    'accredited in another frame, with two translations that contradict each other',
    [
      accreditation(
        'one',
        { network: 'net-one' },
        {
          carries: [
            { frame: 'NATO', level: 'NATO RESTRICTED', compartments: [], controls: [] },
            { frame: 'UK', level: 'SECRET', compartments: [], controls: [] },
          ],
        },
      ),
      equivalence('a', { to: { frame: 'NATO', level: 'NATO SECRET' } }),
      equivalence('b'),
    ],
  ],
  ['a second mandate with another standard', [mandate('stricter', { standards: ['TEST-CAP'] })]],
  [
    'a mandate for tunnels, and one registered',
    [
      mandate('tunnel', { basis: 'encrypted-transport', standards: ['TEST-OPEN'] }),
      protection('tunnel'),
      accreditation('tunnel', { protection: 'tunnel' }),
    ],
  ],
  ['a mandate that refuses what nobody verified', [mandate('usa', { acceptUnverified: false })]],
  [
    'citations nobody verified',
    [
      accreditation(
        'spare',
        { network: 'net-one' },
        {
          carries: [{ frame: 'UK', level: 'SECRET', compartments: [], controls: [] }],
          sources: UNVERIFIED as never,
        },
      ),
      assessment('spare', { vendor: 'maker-one' }, { outcome: 'conditional', sources: UNVERIFIED as never }),
    ],
  ],
  [
    'an incomplete inventory, waived',
    [
      network('net-one', {
        identifiers: [{ scheme: 'plmn', value: '999-01' }],
        inventory: {
          complete: false,
          asOf: '2026-01-01',
          deployments: [deployment('maker-one', { shares: { sites: 10_000 } })],
        },
      }),
      waiver('w', 'net-one'),
    ],
  ],
  [
    'an identifier claimed twice',
    [
      network('net-two', { identifiers: [{ scheme: 'plmn', value: '999-01' }], valid: valid('2026-07-01') }, [
        deployment('maker-two'),
      ]),
    ],
  ],
];

const LIBRARY = [
  standard('TEST-CAP', { rules: RULES.slice(3) }),
  standard('TEST-OPEN', { rules: RULES.slice(0, 1) }),
  vendor('maker-one', { ownedBy: [{ owner: 'holding', share: 6000, valid: valid('2026-06-15') }] }),
  authority('uk-gov', 'GBR'),
];

function registryOf(choice: number): Facts {
  const facts = new Map(registry([...BASE, ...LIBRARY]));
  for (const [i, [, change]] of TOGGLES.entries()) {
    if ((choice & (1 << i)) === 0) continue;
    for (const f of change)
      facts.set(`${String((f as RawFact)['kind'])}/${String((f as RawFact)['id'])}`, f as RawFact);
  }
  return facts;
}

/** Every fact ended now and later, corrected, and every adverse fact that could be added. */
function operationsOn(facts: Facts): readonly Operation[] {
  const endings = [...facts.keys()].flatMap((key) =>
    ['2026-06-01T12:00:00Z', '2026-06-20', '2018-01-01'].map((on) => end(facts, key, on)),
  );
  const adverse = [
    hold('all', { everything: true }),
    hold('usa', { owner: 'USA' }, { valid: valid('2026-06-01', '2026-06-10'), ending: SOURCES as never }),
    hold('net', { network: 'net-one' }),
    designation('maker', 'maker-one'),
    designation('capped', 'maker-one', { class: 'capped', sources: UNVERIFIED as never }),
    designation('owner', 'holding'),
    assessment('bad-maker', { vendor: 'maker-one' }, { outcome: 'not-trusted', valid: valid() }),
    assessment('bad-net', { network: 'net-one' }, { outcome: 'not-trusted', valid: valid('2026-06-10') }),
  ].map(add);
  const favourable = [
    accreditation('more', { network: 'net-two' }),
    mandate('more'),
    route('more', ['net-one']),
  ].map(add);
  return [...endings, ...adverse, ...favourable, replace(facts, vendor('holding', { name: 'Other' }))];
}

interface Seen {
  operations: number;
  answers: number;
  permits: number;
  toDeny: number;
  readonly toPermit: string[];
}

type Predicate = (operation: Operation, current: RawFact | undefined) => boolean;

/** What a registry answers before it is changed: asked once, and compared with every change of it. */
function answering(facts: Facts): readonly Pick<Inquiry, 'answer'>[] {
  const world = registryFrom(facts.values());
  return REQUESTS.map((request) => {
    const asked = inquiry(world, { request, asked: { assurance: 'pinned' } });
    const known = new Map<CarriedMessage, Map<number, CoreDecision>>(LABELS.map((l) => [l, new Map()]));
    return {
      answer(each, at) {
        const answer = known.get(each)?.get(at) ?? asked.answer(each, at);
        known.get(each)?.set(at, answer);
        return answer;
      },
    };
  });
}

function watch(
  facts: Facts,
  before: readonly Pick<Inquiry, 'answer'>[],
  operation: Operation,
  seen: Seen,
): void {
  const applied = applyChanges(facts, [operation]);
  if (!applied.ok) return;
  const after = registryFrom(applied.facts.values());
  for (const [q, request] of REQUESTS.entries()) {
    const sides = [...before.slice(q, q + 1), inquiry(after, { request, asked: { assurance: 'pinned' } })];
    for (const [l, each] of LABELS.entries()) {
      for (const { from, answer } of answersOver(sides, each, NOW)) {
        const [was, is] = answer?.each.map((a) => a.outcome === 'permit') ?? [];
        seen.answers += 1;
        seen.permits += was === true ? 1 : 0;
        if (was === true && is === false) seen.toDeny += 1;
        if (was === false && is === true)
          seen.toPermit.push(
            `${operation.op} ${keyOf(operation)}, request ${q}, label ${l}, ${from - NOW} ms`,
          );
      }
    }
  }
}

/** Tries every allowed operation on every registry given. */
function exhaust(allowed: Predicate, registries: readonly Facts[]): Seen {
  const seen: Seen = { operations: 0, answers: 0, permits: 0, toDeny: 0, toPermit: [] };
  for (const facts of registries) {
    const before = answering(facts);
    for (const operation of operationsOn(facts)) {
      if (!allowed(operation, facts.get(keyOf(operation) ?? ''))) continue;
      seen.operations += 1;
      watch(facts, before, operation, seen);
    }
  }
  return seen;
}

const bits = (choice: number) => TOGGLES.filter((_, i) => (choice & (1 << i)) !== 0).length;
/** Every registry in which at most two things are so, and the one in which all are. */
const CHOICES = Array.from({ length: 1 << TOGGLES.length }, (_, choice) => choice).filter(
  (choice) => bits(choice) <= 2 || bits(choice) === TOGGLES.length,
);

const endOf =
  (kind: string): Predicate =>
  (operation, current) =>
    isRestrictOnly(operation, current) || (operation.op === 'end' && operation.key.startsWith(`${kind}/`));

describe('T18: what one person may do alone', () => {
  it('never turns a refusal into a permit, from now on', () => {
    const seen = exhaust(isRestrictOnly, CHOICES.map(registryOf));
    console.log(
      `T18: ${seen.operations} operations on ${CHOICES.length} registries, ` +
        `${seen.answers} answers, ${seen.permits} of them permits before, ${seen.toDeny} denied after`,
    );
    expect(CHOICES).toHaveLength(30);
    expect(seen.toPermit.slice(0, 20)).toEqual([]);
    expect(seen.operations).toBeGreaterThan(1100);
    expect(seen.permits).toBeGreaterThan(seen.answers / 20);
    expect(seen.toDeny).toBeGreaterThan(2000);
  }, 60_000);

  it.each(['mandate', 'hold', 'designation', 'assessment', 'network'])(
    'a rule that also let one person end any %s is caught',
    (kind) => {
      const held = new Map(
        [
          hold('h', { everything: true }),
          designation('d', 'maker-two'),
          assessment('bad', { network: 'net-one' }, { outcome: 'not-trusted', valid: valid() }),
        ].map((f) => [`${String(f['kind'])}/${String(f['id'])}`, f]),
      );
      // Second mandate and the identifier claimed twice; what is adverse, one at a time.
      const starts = [
        registryOf(2),
        registryOf(1 << 6),
        ...[...held].map(([k, f]) => new Map(registryOf(0)).set(k, f)),
      ];
      const ending: Predicate = (operation, current) =>
        operation.op === 'end' && endOf(kind)(operation, current);
      const seen = exhaust(ending, starts);
      expect(seen.toPermit.length).toBeGreaterThan(0);
    },
    60_000,
  );
});

describe('by what became of a fact', () => {
  const before = accreditation('one', { network: 'net-one' }, { valid: valid('2020-01-01', '2030-12-31') });
  const ended = { ...before, valid: valid('2020-01-01', NOW_TEXT) };
  const open = { ...before, valid: valid('2020-01-01') };
  it.each<[string, RawFact | undefined, RawFact | undefined, boolean]>([
    ['it ended', before, ended, true],
    ['it went', before, undefined, true],
    ['it came', undefined, before, false],
    ['it ended, and reaches more', before, { ...ended, audience: ['FRA', 'USA'] }, false],
    ['it ended, and carries more', before, { ...ended, carries: [] }, false],
    ['it ended, and began earlier', before, { ...ended, valid: valid('2019-01-01', NOW_TEXT) }, false],
    ['it has no end, and had none', open, { ...open, carries: [] }, false],
    ['it is another', before, { ...ended, id: 'two' }, false],
    ['nothing became of nothing', undefined, undefined, false],
    ['a stop came', undefined, hold('h', { everything: true }), true],
    ['a stop went', hold('h', { everything: true }), undefined, false],
  ])('%s', (_, was, is, alone) => {
    expect(onlyRestricts({ before: was, after: is })).toBe(alone);
  });
});

describe('by what an operation is', () => {
  const facts = new Map(registryOf(0b1101101));
  for (const f of [
    hold('h', { everything: true }),
    designation('d', 'maker-two'),
    assessment('bad', { network: 'net-two' }, { outcome: 'not-trusted', valid: valid() }),
  ])
    facts.set(`${String(f['kind'])}/${String(f['id'])}`, f);

  it.each<[string, boolean]>([
    ['accreditation/one', true],
    ['assessment/net-one', true],
    ['assessment/bad', false],
    ['authority/us-other', false],
    ['criteria-set/TRUST', false],
    ['designation/d', false],
    ['equivalence/a', true],
    ['hold/h', false],
    ['mandate/usa', false],
    ['network/net-one', true],
    ['protection/tunnel', true],
    ['route/main', true],
    ['standard/TEST-TRUST', false],
    ['vendor/maker-one', false],
    ['waiver/w', true],
  ])('ending %s alone: %s', (key, alone) => {
    expect(isRestrictOnly(end(facts, key), facts.get(key))).toBe(alone);
  });

  it.each<[string, Operation, boolean]>(
    // biome-ignore format: one row a line
    [
    ['a hold', add(hold('x', { everything: true })), true],
    ['a designation', add(designation('x', 'maker-one')), true],
    ['a judgement against', add(assessment('x', { vendor: 'maker-one' }, { outcome: 'not-trusted', valid: valid() })), true],
    ['a judgement for', add(assessment('x', { vendor: 'maker-one' })), false],
    ['a judgement for, on conditions', add(assessment('x', { vendor: 'maker-one' }, { outcome: 'conditional' })), false],
    ['a mandate', add(mandate('x')), false],
    ['a standard', add(standard('X')), false],
    ['an accreditation', add(accreditation('x', { network: 'net-one' })), false],
    ['an authority', add(authority('x', 'USA')), false],
    ['an unsound designation', add({ ...designation('x', 'maker-one'), sources: [] }), false],
    ['something of no kind', add({ id: 'x' }), false],
    ['a designation that is there already', add(designation('d', 'maker-two')), false],
    ['a correction, even to less', replace(facts, accreditation('two', { network: 'net-two' }, { valid: valid('2019-01-01', '2026-01-01') })), false],
    ['an end that prolongs', end(facts, 'accreditation/one', '2031-01-01'), false],
    ['a network that leaves with its identifiers', end(facts, 'network/net-two', '2018-01-01'), false],
  ],
  )('%s: %s', (_, operation, alone) => {
    expect(isRestrictOnly(operation, facts.get(keyOf(operation) ?? ''))).toBe(alone);
  });

  it('nothing is ended that is not there', () => {
    expect(isRestrictOnly(end(facts, 'accreditation/one'), undefined)).toBe(false);
  });
});
