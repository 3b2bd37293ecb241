/** How well what is cited is known, and what an owner may ask of it: of every kind of fact that an answer rests on. */
import { describe, expect, it } from 'vitest';
import { gradeAsked } from '../../../functions/core/decision/citations.ts';
import { repairsOf } from '../../../functions/core/decision/repair.ts';
import { factDigest } from '../../../functions/core/facts/canonical.ts';
import { readFact } from '../../../functions/core/facts/fact.ts';
import { type Grade, gradeOf, isOfGrade } from '../../../functions/core/facts/provenance.ts';
import { approachTo, codesOf, decideOver, labelFor } from './ask.ts';
import * as make from './facts.ts';

const PRIMARY = { citation: 'a text somebody read', verified: true, primary: true };
const REPORT = { citation: 'a report somebody read', verified: true };
const SAID_TO_BE = { citation: 'a report somebody read', verified: true, primary: false };
const UNREAD = make.UNREAD;

type Fact = (typeof make.FACTS)[number];
const named = (kind: string, id: string) => (f: Fact) => f.kind === kind && f.id === id;

/** The registry in which everything was read in its own text, but for the facts that are meant. */
const FACTS = make.FACTS;
function world(source: object, isMeant: (f: Fact) => boolean, mandate: object): readonly object[] {
  return FACTS.map((f) => {
    const cited = isMeant(f) ? source : PRIMARY;
    return {
      ...f,
      sources: f.kind === 'standard' ? [{ ...cited, key: 'text' }] : [cited],
      ...(f.kind === 'mandate' && { ...mandate }),
    };
  });
}

/** What each demand says of a source: the codes of a refusal, or nothing of a permit. */
const DEMANDS = {
  anything: { acceptUnverified: true },
  'reports too': { acceptUnverified: false },
  'reports, by name': { acceptUnverified: false, acceptSecondary: true },
  'its own text': { acceptUnverified: false, acceptSecondary: false },
} as const;

// biome-ignore format: one row a line
const SOURCES: readonly (readonly [name: string, source: object, reports: readonly string[], primary: readonly string[]])[] = [
  ['its own text was read', PRIMARY, [], []],
  ['a report was read', REPORT, [], ['CITATION_NOT_PRIMARY']],
  ['a report was read, and said to be one', SAID_TO_BE, [], ['CITATION_NOT_PRIMARY']],
  ['nobody read either', UNREAD, ['CITATION_UNVERIFIED'], ['CITATION_NOT_PRIMARY']],
];

/** Facts without which the first question has no permit: none may be left out. */
const NEEDED: readonly (readonly [kind: string, id: string])[] = [
  ['mandate', 'us-trusted'],
  ['standard', 'TRUSTED'],
  ['network', 'net-a'],
  ['vendor', 'maker-a'],
  ['vendor', 'operator'],
  ['designation', 'risky-b'],
  ['authority', 'us-office'],
  ['accreditation', 'net-a-accredited'],
  ['assessment', 'net-a-assessed'],
  ['assessment', 'maker-b-assessed'],
];

describe.each(NEEDED)('%s/%s', (kind, id) => {
  it.each(SOURCES)('of which %s', (_name, source, reports, primary) => {
    const expected = {
      anything: [],
      'reports too': reports,
      'reports, by name': reports,
      'its own text': primary,
    };
    for (const [name, demand] of Object.entries(DEMANDS)) {
      const d = decideOver(world(source, named(kind, id), demand));
      const codes = expected[name as keyof typeof DEMANDS];
      expect([name, d.outcome, codesOf(d)]).toEqual([name, codes.length === 0 ? 'permit' : 'deny', codes]);
    }
  });
});

describe('the criteria set that results are weighed by', () => {
  const weighed = { results: 'weighed', criteriaAuthority: 'us-office' };
  const items = [{ criterion: 'LAW', result: 'met', rationale: 'seen', evidence: [PRIMARY] }];
  const byCriteria = (source: object, demand: object) => [
    ...world(PRIMARY, () => false, demand).map((f) => {
      const { kind, rules = [] } = f as { kind: string; rules?: readonly { readonly rule: string }[] };
      if (kind === 'assessment') return { ...f, items };
      return {
        ...f,
        ...(kind === 'standard' && {
          rules: rules.map((r) => (r.rule === 'assessed' ? { ...r, ...weighed } : r)),
        }),
      };
    }),
    make.criteriaSet({ id: 'TRUST', sources: [source as typeof PRIMARY] }),
  ];

  it.each(SOURCES)('of which %s', (_name, source, reports, primary) => {
    const refused = (codes: readonly string[]) => (codes.length === 0 ? 'permit' : 'deny');
    const told = Object.entries(DEMANDS).map(([name, demand]) => [
      name,
      decideOver(byCriteria(source, demand)).outcome,
    ]);
    expect(told).toEqual([
      ['anything', 'permit'],
      ['reports too', refused(reports)],
      ['reports, by name', refused(reports)],
      ['its own text', refused(primary)],
    ]);
  });
});

describe('what an answer does not rest on', () => {
  it.each<readonly [string, string]>([
    ['mandate', 'gb-trusted'],
    ['standard', 'CAPPED'],
    ['network', 'net-b'],
    ['assessment', 'maker-c-assessed'],
    ['accreditation', 'net-a-british'],
    ['route', 'a-to-b'],
  ])('%s/%s may be as it is', (kind, id) => {
    expect(decideOver(world(UNREAD, named(kind, id), DEMANDS['its own text'])).outcome).toBe('permit');
  });

  it.each<readonly [string, object, object]>([
    ['a tunnel', UNREAD, PRIMARY],
    ['who makes a tunnel', PRIMARY, UNREAD],
  ])('%s that the caller claims may be as it is where the network suffices', (_name, tunnel, maker) => {
    const claimed = [
      ...world(PRIMARY, () => false, DEMANDS['its own text']),
      { ...make.protection({ id: 'tunnel', layers: make.layers('maker-a', 'maker-x') }), sources: [tunnel] },
      { ...make.vendor({ id: 'maker-x' }), sources: [maker] },
    ];
    const d = decideOver(claimed, { protection: 'tunnel' });
    expect([d.outcome, d.basis, codesOf(d)]).toEqual(['permit', 'trusted-transport', []]);
  });

  it('another fact that says the same will do', () => {
    const facts = world(REPORT, named('assessment', 'net-a-assessed'), DEMANDS['its own text']);
    const second = make.assessment({ id: 'again', subject: { network: 'net-a' }, sources: [PRIMARY] });
    expect([codesOf(decideOver(facts)), codesOf(decideOver([...facts, second]))]).toEqual([
      ['CITATION_NOT_PRIMARY'],
      [],
    ]);
  });

  it('the evidence of a judgement is asked as it is', () => {
    const item = (source: object) => [
      { criterion: 'LAW', result: 'met' as const, rationale: 'seen', evidence: [source as typeof PRIMARY] },
    ];
    const judged = (source: object) => [
      ...world(PRIMARY, () => false, DEMANDS['its own text']).filter(
        (f) => (f as Fact).id !== 'net-a-assessed',
      ),
      make.assessment({ id: 'net-a-assessed', sources: [PRIMARY], items: item(source) }),
    ];
    expect(codesOf(decideOver(judged(PRIMARY)))).toEqual([]);
    for (const source of [REPORT, UNREAD])
      expect(codesOf(decideOver(judged(source)))).toEqual(['CITATION_NOT_PRIMARY']);
  });

  it.each<readonly [string, object]>([
    [
      'a designation',
      make.designation({
        id: 'gone',
        subject: { vendor: 'maker-a' },
        sources: [PRIMARY],
        valid: { from: '2019-01-01', to: '2020-12-31', zone: 'UTC' },
      }),
    ],
    [
      'a hold',
      make.hold({
        id: 'gone',
        sources: [PRIMARY],
        valid: { from: '2019-01-01', to: '2020-12-31', zone: 'UTC' },
      }),
    ],
  ])('the end of %s is a statement of its own', (_name, fact) => {
    const over = (demand: object, ending: object) =>
      codesOf(decideOver([...world(PRIMARY, () => false, demand), { ...fact, ending: [ending] }]));
    expect(over(DEMANDS['its own text'], PRIMARY)).toEqual([]);
    expect(over(DEMANDS['its own text'], REPORT)).toEqual(['CITATION_NOT_PRIMARY']);
    expect(over(DEMANDS['reports too'], REPORT)).toEqual([]);
    expect(over(DEMANDS['reports too'], UNREAD)).toEqual(['CITATION_UNVERIFIED']);
  });
});

describe('of several mandates', () => {
  const asks = (...demands: readonly (keyof typeof DEMANDS)[]) => gradeAsked(demands.map((d) => DEMANDS[d]));
  it('the strictest counts, in whatever order', () => {
    expect(asks()).toBe('unverified');
    expect(asks('anything')).toBe('unverified');
    expect(asks('anything', 'reports too')).toBe('secondary');
    expect(asks('reports too', 'anything')).toBe('secondary');
    expect(asks('anything', 'its own text')).toBe('primary');
    expect(asks('its own text', 'reports too')).toBe('primary');
  });

  it('one that asks for more refuses what the other accepts', () => {
    const strict = make.mandate({ id: 'strict', sources: [PRIMARY], ...DEMANDS['its own text'] });
    const facts = world(REPORT, named('network', 'net-a'), DEMANDS.anything);
    expect([codesOf(decideOver(facts)), codesOf(decideOver([...facts, strict]))]).toEqual([
      [],
      ['CITATION_NOT_PRIMARY'],
    ]);
  });

  it('one that takes no report takes nothing that nobody read', () => {
    const sound = (part: object) =>
      readFact(JSON.parse(JSON.stringify({ ...make.mandate({ id: 'm' }), ...part }))).sound;
    expect(sound({ acceptUnverified: true, acceptSecondary: false })).toBe(false);
    for (const demand of Object.values(DEMANDS)) expect(sound(demand)).toBe(true);
  });
});

describe('together with what asks that a judgement binds', () => {
  const demand = { ...DEMANDS['its own text'], acceptUnbound: false };
  const facts = world(PRIMARY, () => false, demand);
  const judgements = make.FACTS.filter((f) => f.kind === 'assessment' || f.kind === 'accreditation');
  /** The judgement as another made it, of the very fact that is registered. */
  const bound = (source: object) =>
    judgements.map((f) => {
      const [[kind, id] = ['', '']] = Object.entries(f.subject);
      const subject = facts.find((fact) => named(kind, id)(fact as Fact));
      const judged = factDigest(JSON.parse(JSON.stringify(subject)));
      return { ...f, id: `${f.id}-again`, judged, sources: [source] };
    });
  const without = facts.filter((f) => !['assessment', 'accreditation'].includes((f as Fact).kind));

  it.each<readonly [string, readonly object[], readonly string[]]>([
    ['one that was read and binds is', [...without, ...bound(PRIMARY)], []],
    ['one that binds nothing is not', facts, ['JUDGEMENT_NOT_BOUND']],
    ['one that nobody read is not', [...without, ...bound(UNREAD)], ['CITATION_NOT_PRIMARY']],
    [
      'two judgements, each good enough for one demand, are not for both',
      [...facts, ...bound(UNREAD)],
      ['CITATION_NOT_PRIMARY', 'JUDGEMENT_NOT_BOUND'],
    ],
  ])('%s', (_name, registered, codes) => {
    const d = decideOver(registered);
    expect([d.outcome, codesOf(d)]).toEqual([codes.length === 0 ? 'permit' : 'deny', codes]);
  });
});

it('grades are three, and what is not said is no better', () => {
  const grades: readonly (readonly [object, Grade])[] = [
    [PRIMARY, 'primary'],
    [REPORT, 'secondary'],
    [SAID_TO_BE, 'secondary'],
    [UNREAD, 'unverified'],
    [{ ...UNREAD, primary: true }, 'unverified'],
  ];
  const least = (source: object) =>
    (['primary', 'secondary', 'unverified'] as const).filter((g) => isOfGrade(source as typeof PRIMARY, g));
  for (const [source, grade] of grades) expect(gradeOf(source as typeof PRIMARY)).toBe(grade);
  expect(grades.map(([source]) => least(source).length)).toEqual([3, 2, 2, 1, 1]);
  const sound = (source: object) =>
    readFact(JSON.parse(JSON.stringify({ ...make.vendor({ id: 'v' }), sources: [source] }))).sound;
  expect(grades.map(([source]) => sound(source))).toEqual([true, true, true, true, false]);
});

it('the citations to verify are asked for before a permit is promised', () => {
  const facts = world(REPORT, named('network', 'net-a'), DEMANDS['its own text']);
  const refused = [...facts, make.hold({ id: 'stop', scope: { network: 'net-a' }, sources: [PRIMARY] })];
  const found = (all: readonly object[]) => {
    const { groups, complete } = repairsOf({ ...approachTo(all), label: labelFor({}), labelUntil: null });
    return [groups.map((r) => r.repair), complete];
  };
  expect(found(facts)).toEqual([['verify-citations'], true]);
  // A hold keeps nobody from asking what else is wrong; whether reports suffice is not judged where nothing permits.
  expect(found(refused)).toEqual([['lift-hold', 'verify-citations'], true]);
  const lacking = facts.filter((f) => (f as Fact).id !== 'net-a-accredited');
  expect(found(lacking)).toEqual([['accredit', 'verify-citations'], true]);
  const judged = world(REPORT, named('assessment', 'net-a-assessed'), DEMANDS['its own text']);
  expect(found(judged)).toEqual([['verify-citations'], true]);
  expect(found(judged.filter((f) => (f as Fact).id !== 'net-a-accredited'))).toEqual([['accredit'], false]);
});
