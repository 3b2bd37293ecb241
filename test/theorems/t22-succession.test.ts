/**
 * T22: what ties standards together only restricts. A refusal stays one with one more standard, foundation, successor,
 * requirement that is missing, category of products or demand on citations; an answer ends no later than any of these
 * begins or ends; and each of them is needed by some refusal.
 */
import { expect, it } from 'vitest';
import { kindOf, member, readFact } from '../../functions/core/facts/fact.ts';
import type { RawFact } from '../../functions/core/facts/view.ts';
import * as make from '../core/decision/facts.ts';
import { stored } from './case.ts';
import { type Judged, judgedCases, report } from './cases.ts';
import { core, decisionOf } from './core.ts';
import { SEED } from './random.ts';
import { searched } from './search.ts';
import { theorem } from './theorem.ts';
import { caseOf } from './world.ts';

const NAMED = [
  'TRUSTED',
  'CAPPED',
  'PLACED',
  'DATED',
  'BUILT',
  'NEWER',
  'NARROW',
  'SEALED',
  'LICENCE',
] as const;
const path = (...accept: ('pinned' | 'observed' | 'assumed')[]) => ({
  rule: 'path-assurance' as const,
  id: 'path',
  cites: ['text'],
  accept,
});
const EASY = [path('pinned', 'observed', 'assumed')];
const IMPOSSIBLE = [{ rule: 'inventory-complete' as const, id: 'never', cites: ['text'], maxAgeDays: 0 }];

const successor = (of: string, part: object = {}) =>
  make.standard({ id: 'FRESH', replaces: [of], rules: EASY, owner: make.CAPPED.owner, ...part });

/** A registry with one thing more in it that can only restrict. */
interface Stricter {
  readonly name: string;
  readonly facts: readonly RawFact[];
}

const MORE: readonly (readonly [string, readonly object[]])[] = [
  ...NAMED.flatMap((of) =>
    (['USA', 'GBR'] as const).map((owner) => [`a successor of ${of}`, [successor(of, { owner })]] as const),
  ),
  ['a standard', [make.standard({ id: 'FRESH', rules: EASY })]],
  ['a successor without a list', [successor('TRUSTED', { owner: 'USA', requirements: undefined })]],
  [
    'a successor on nothing',
    [successor('PLACED', { owner: 'USA', buildsOn: [{ standard: 'NOWHERE', rules: null }] })],
  ],
  ['a successor nobody can read', [{ ...successor('CAPPED'), rules: 'none' }]],
  [
    'one that only some are bound by',
    [
      successor('CAPPED', {
        scope: { ...make.TRUSTED.scope, providers: { sets: ['uk-dvd-2022-10'], others: 'not-applicable' } },
      }),
    ],
  ],
  ['routers', [make.designation({ id: 'fresh', subject: { category: 'consumer-router' } })]],
  [
    'routers from elsewhere',
    [
      make.designation({
        id: 'fresh',
        class: 'excluded',
        subject: { category: 'consumer-router' },
        scope: { producedOutside: ['USA'] },
      }),
    ],
  ],
  ['drones', [make.designation({ id: 'fresh', class: 'excluded', subject: { category: 'drone' } })]],
  ['what nobody knows', [make.designation({ id: 'fresh', subject: { category: 'made-anywhere' } })]],
  [
    'what a maker makes elsewhere',
    [make.designation({ id: 'fresh', subject: { vendor: 'maker-a' }, scope: { producedOutside: ['USA'] } })],
  ],
];

/** Changes of one fact, by kind. */
const TIGHTER: Readonly<Record<string, readonly (readonly [string, (f: RawFact) => object])[]>> = {
  standard: [
    [
      'replacing more',
      (f) => ({ replaces: [...((member(f, 'replaces') ?? []) as string[]), 'TRUSTED', 'DATED'] }),
    ],
    [
      'built on more',
      (f) => ({
        buildsOn: [...((member(f, 'buildsOn') ?? []) as object[]), { standard: 'TRUSTED', rules: null }],
      }),
    ],
    [
      'built on what is not there',
      (f) => ({
        buildsOn: [...((member(f, 'buildsOn') ?? []) as object[]), { standard: 'NOWHERE', rules: null }],
      }),
    ],
    [
      'built on itself',
      (f) => ({
        buildsOn: [
          ...((member(f, 'buildsOn') ?? []) as object[]),
          { standard: String(f['id']), rules: null },
        ],
      }),
    ],
    [
      'lacking something',
      (f) => ({
        requirements: [
          ...((member(f, 'requirements') ?? []) as object[]),
          { paragraph: '9', says: 'More.', missing: 'unread' },
        ],
      }),
    ],
    ['without a list', () => ({ requirements: undefined })],
  ],
  mandate: [
    ['accepting nothing that lacks something', () => ({ acceptIncomplete: [] })],
    ['saying nothing of what lacks something', () => ({ acceptIncomplete: undefined })],
    ['asking that texts were read', () => ({ acceptUnverified: false, acceptSecondary: false })],
  ],
};

function* stricter({ facts }: Pick<Judged, 'facts'>): Generator<Stricter> {
  for (const [name, more] of MORE) yield { name, facts: [...facts, ...stored(more)] };
  for (const [i, fact] of facts.entries()) {
    // What says nothing now may say something once it can be read.
    if (!readFact(fact).sound) continue;
    for (const [name, change] of TIGHTER[kindOf(fact) ?? ''] ?? []) {
      const [changed] = stored([{ ...fact, ...change(fact) }]);
      if (changed !== undefined)
        yield { name: `${String(fact['id'])} ${name}`, facts: facts.with(i, changed) };
    }
  }
}

let turned = 0;
theorem({
  name: 'T22',
  cases: 30,
  *violations(decide, c) {
    for (const { name, facts } of stricter(c)) {
      const after = decide(facts, c.question);
      if (c.permits && !after) turned += 1;
      if (!c.permits && after) yield name;
    }
  },
});
it('T22: the same turns permits into refusals', () => {
  console.info(`T22: ${turned} permits refused by one thing more`);
  expect(turned).toBeGreaterThan(100);
});

it('T22: an answer ends no later than a successor begins or ends, or a mandate', () => {
  const cases = judgedCases(30).filter((c) => c.permits);
  const found: string[] = [];
  let bounded = 0;
  for (const { facts, question, seed } of cases) {
    const at = question.at ?? make.AT;
    const soon = at + 30 * 86_400_000;
    const text = new Date(soon).toISOString().replace('.000Z', 'Z');
    const later = { from: text, to: null, zone: 'UTC' };
    const until = { from: '2010-01-01T00:00:00Z', to: text, zone: 'UTC' };
    for (const of of NAMED)
      for (const part of [
        { valid: later, rules: IMPOSSIBLE },
        { valid: later, requirements: undefined },
        { valid: later, sources: [{ ...make.UNREAD, key: 'text' }] },
        { valid: until, rules: EASY },
      ])
        for (const owner of ['USA', 'GBR']) {
          const all = [...facts, ...stored([successor(of, { owner, ...part })])];
          const now = decisionOf(all, question);
          const then = decisionOf(all, { ...question, at: soon });
          const same = now.outcome === then.outcome && now.notes.length === then.notes.length;
          if (same) continue;
          bounded += 1;
          if (now.validUntil === null || now.validUntil > soon)
            found.push(`case ${seed}: ${of} ${JSON.stringify(part)}`);
        }
  }
  report('T22 time', cases, bounded);
  expect(found).toEqual([]);
  expect(bounded).toBeGreaterThan(50);
});

const dropping = (id: string, member: string) => (facts: readonly RawFact[]) =>
  stored(facts.map((f) => (kindOf(f) === 'standard' && f['id'] === id ? { ...f, [member]: undefined } : f)));
const accepting = (facts: readonly RawFact[]) =>
  stored(
    facts.map((f) =>
      kindOf(f) === 'mandate'
        ? { ...f, acceptIncomplete: [...NAMED, 'LATER', 'LATER-2', 'MIDDLE', 'ENDED'] }
        : f,
    ),
  );
const without = (is: (f: RawFact) => boolean) => (facts: readonly RawFact[]) => facts.filter((f) => !is(f));
const isCategory = (f: RawFact) =>
  kindOf(f) === 'designation' && member(f['subject'], 'category') !== undefined;

/** What a refusal may hang on alone. */
const NEEDED: readonly (readonly [string, (facts: readonly RawFact[]) => readonly RawFact[]])[] = [
  ['what BUILT is built on', dropping('BUILT', 'buildsOn')],
  ['what MIDDLE is built on', dropping('MIDDLE', 'buildsOn')],
  ['that NEWER replaces', dropping('NEWER', 'replaces')],
  ['that LICENCE replaces', dropping('LICENCE', 'replaces')],
  ['a successor', without((f) => f['id'] === 'LATER')],
  ['a successor of a successor', without((f) => f['id'] === 'LATER-2')],
  ['a category of products', without(isCategory)],
  ['that nobody accepted what is incomplete', accepting],
  [
    'that reports do not count',
    (facts) => stored(facts.map((f) => (kindOf(f) === 'mandate' ? { ...f, acceptSecondary: undefined } : f))),
  ],
];
const MOST = 8000;
const FOUND = {
  'what MIDDLE is built on': 147,
  'that LICENCE replaces': 93,
  'a successor': 323,
  'a successor of a successor': 344,
  'that nobody accepted what is incomplete': 93,
};

it.each(NEEDED)('T13: some refusal hangs on %s', (name, loosened) => {
  const hangs = (seed: number) => {
    const { facts, question } = caseOf(seed);
    return !core(facts, question) && core(loosened(facts), question);
  };
  expect(searched(name, hangs, MOST, FOUND), `no case from seed ${SEED} on`).toBeDefined();
});
