/**
 * T20: no member a caller may add turns a refusal into a permit, except those of one table, each for its reason. Asked
 * of the service over the sample registry: every member of a request × every class of value × every refusal. Nor does a
 * word that is misspelt permit what the word itself does not.
 */
import { beforeAll, expect, it } from 'vitest';
import { FLOW_WORDS } from '../../functions/core/facts/scope-words.ts';
import { OBLIGATION_TYPES } from '../../functions/core/obligation.ts';
import type { DecisionRequest } from '../../functions/core/request.ts';
import type { Guard } from '../../functions/decide/guard.ts';
import { readSampleRegistry } from '../../infra/local/sample-registry.ts';
import { memoryGuard, stateOf } from '../decide/rig.ts';

type Members<T> = keyof T & string;
type Member =
  | Exclude<Members<DecisionRequest>, 'message' | 'path'>
  | `message.${Exclude<Members<DecisionRequest['message']>, 'id' | 'marking'>}`;

/** `null`: it never makes a permit of a refusal. Otherwise why it may. Restated in docs/threats.md. */
const CLAIMS: Readonly<Record<Member, null | string>> = {
  'message.markingFormat': 'it says which grammar reads a marking that several could',
  'message.originator': 'it says who marked what several nations mark alike; that nation answers too',
  'message.protection': 'it names a registered tunnel, which is judged instead of what lies beneath it',
  'message.flow':
    'it says what the message is part of, for standards about some flows: only the caller knows',
  supportedObligations: 'it promises what a permit asks of the caller, who is held to it',
  'message.digest': null,
  nonce: null,
  at: null,
  registry: null,
  standards: null,
  explain: null,
};

const TUNNEL = { scheme: 'csfc', registration: 'synthetic-reg-1' };
const VALUES: Readonly<Record<Member, readonly unknown[]>> = {
  'message.markingFormat': [
    'us-banner',
    'us-portion',
    'uk-gsc',
    'nato-text',
    'label',
    'us-document',
    'none-such',
  ],
  'message.originator': ['USA', 'GBR', 'NATO', 'ZZZ', 'usa'],
  'message.protection': [
    { scheme: 'none' },
    TUNNEL,
    { ...TUNNEL, scheme: 'type-1' },
    { ...TUNNEL, registration: 'none-such' },
    { scheme: 'csfc' },
  ],
  'message.digest': [`sha256:${'0'.repeat(64)}`, `sha384:${'0'.repeat(96)}`, 'sha256:'],
  nonce: ['A'.repeat(24), 'A'.repeat(15), 0],
  'message.flow': [...FLOW_WORDS, 'none-such', 'federal-contract-servise', ''],
  at: [
    '2019-06-15T00:00:00Z',
    '2026-10-15T00:00:00Z',
    '2020-02-15T00:00:00Z',
    '2035-01-01T00:00:00Z',
    '2026-06-15',
    0,
  ],
  registry: [{ atLeast: 1 }, { exact: 1 }, { atLeast: 2 }, { exact: 2 }, {}, { atLeast: 0 }],
  standards: [[], ['UK-HRV-2020-01'], ['US-NDAA-889A'], ['none-such'], 'UK-HRV-2020-01'],
  explain: ['none', 'codes', 'full', 'all'],
  supportedObligations: [[], Object.keys(OBLIGATION_TYPES), ['pin-path', 'log-hops'], ['none-such']],
};
/** Members no request has; a caller may still try them. */
const UNKNOWN: readonly (readonly [at: '' | 'message' | 'path', name: string])[] = [
  ['', 'decision'],
  ['', 'label'],
  ['', 'mandates'],
  ['', 'waivers'],
  ['', 'constructor'],
  ['', '__proto__'],
  ['message', 'label'],
  ['message', 'owners'],
  ['message', 'classification'],
  ['path', 'basis'],
  ['path', 'accreditation'],
];

const MARKINGS: readonly unknown[] = [
  'SECRET//REL TO USA, GBR',
  'SECRET//NOFORN',
  'SECRET',
  '(S//NF)',
  'UK SECRET',
  'OFFICIAL',
];
const hops = (...networks: readonly string[]) => ({ hops: networks.map((network) => ({ network })) });
const PATHS = [
  { route: 'sms-gb-primary' },
  { route: 'sms-gb-aggregator' },
  { route: 'us-domestic' },
  { route: 'gb-a-alone' },
  ...['gb-a', 'us-a', 'none-such'].map((network) => hops(network)),
  hops('gb-b', 'us-b'),
];

/** Stopped since, and in the second version alone: asking about then, or about the first, would permit. */
const HOLD = {
  kind: 'hold',
  id: 'us-a',
  authority: 'us-accreditor',
  scope: { network: 'us-a' },
  reason: 'Synthetic.',
  valid: { from: '2026-11-01', to: null, zone: 'UTC' },
  sources: [{ citation: 'Synthetic: a test.', verified: true }],
};

let guard: Guard;
beforeAll(async () => {
  const sample = readSampleRegistry();
  const first = stateOf(sample);
  const { law } = stateOf(new Map([...sample, [`hold/${HOLD.id}`, HOLD]]));
  guard = await memoryGuard(first, { ...first, law });
});

/** Sets one member by its dotted name; `__proto__` becomes a member like any other. */
function withMember(request: object, name: string, value: unknown): object {
  const [first = '', ...rest] = name.split('.');
  const [inner] = rest;
  const members = Object.entries(request);
  const old = members.find(([key]) => key === first)?.[1] as object | undefined;
  const next = inner === undefined ? value : withMember(old ?? {}, inner, value);
  return Object.fromEntries([...members.filter(([key]) => key !== first), [first, next]]);
}

/** What stands beside the claim: two claims together may do what neither does alone. */
const BESIDE: readonly (readonly (readonly [Member, unknown])[])[] = [
  [],
  [['message.protection', TUNNEL]],
  [['supportedObligations', Object.keys(OBLIGATION_TYPES)]],
  [['standards', ['US-NDAA-889B']]],
];

it('T20: no claim makes a permit of a refusal but for those that are listed', async () => {
  const permits = async (request: object) => (await guard.decideText(JSON.stringify(request))).decision;
  const claims = [
    ...Object.entries(VALUES).flatMap(([name, values]) => values.map((value) => [name, value] as const)),
    ...UNKNOWN.map(([at, name]) => [at === '' ? name : `${at}.${name}`, true] as const),
  ];
  const turned = new Map<string, number>();
  let [refusals, asked] = [0, 0];
  for (const marking of MARKINGS) {
    for (const path of PATHS) {
      for (const beside of BESIDE) {
        const question = { message: { id: 'm', marking }, path };
        const base = beside.reduce<object>(
          (request, [name, value]) => withMember(request, name, value),
          question,
        );
        if (await permits(base)) continue;
        refusals += 1;
        for (const [name, value] of claims) {
          // Saying it otherwise takes the first away: only what is added is asked.
          if (beside.some(([said]) => said === name)) continue;
          asked += 1;
          if (await permits(withMember(base, name, value))) turned.set(name, (turned.get(name) ?? 0) + 1);
        }
      }
    }
  }
  console.info(`T20: ${asked} claims over ${refusals} refusals; made permits:`, Object.fromEntries(turned));
  const listed = Object.entries(CLAIMS).flatMap(([name, reason]) => (reason === null ? [] : [name]));
  expect([...turned.keys()].sort()).toEqual(listed.sort());
  expect(refusals).toBeGreaterThan(100);
});

/** What a hand that slips makes of a word: a letter less, one twice, two the other way round, another, and case. */
function slipsOf(word: string): readonly string[] {
  const places = [...new Set([0, 1, Math.floor(word.length / 2), word.length - 2, word.length - 1])];
  const slips = places.flatMap((i) => {
    const [before, letter, after] = [word.slice(0, i), word.slice(i, i + 1), word.slice(i + 1)];
    const swapped = before + after.slice(0, 1) + letter + after.slice(1);
    return [before + after, before + letter + letter + after, swapped, `${before}z${after}`];
  });
  const whole = [word.toLowerCase(), word.toUpperCase(), word.replaceAll('-', '_'), `${word}-`, ` ${word}`];
  return [...new Set([...slips, ...whole])].filter((slip) => slip !== word);
}

interface FreeWord {
  readonly what: string;
  readonly words: readonly string[];
  /** Where it stands, and what must be there for it to matter. */
  readonly say: (word: string) => readonly (readonly [name: string, value: unknown])[];
}

const REL = 'SECRET//REL TO USA, GBR';
const labelled = (over: object) =>
  [
    [
      'message.marking',
      {
        frame: 'US',
        level: 'SECRET',
        owners: ['USA'],
        markedBy: 'USA',
        releasableTo: ['USA', 'GBR'],
        ...over,
      },
    ],
    ['message.markingFormat', 'label'],
  ] as const;
const LISTS = [
  ['compartments', ['SI', 'TK'], []],
  ['controls', ['ORCON', 'FOUO'], []],
  ['owners', ['GBR', 'NATO'], ['USA']],
  ['releasableTo', ['AUS', 'FRA'], ['USA']],
] as const;
const SUPPORTED = ['supportedObligations', Object.keys(OBLIGATION_TYPES)] as const;
const FREE_WORDS: readonly FreeWord[] = [
  ...['US-NDAA-889A', 'US-NDAA-889B', 'US-5G-CLEAN-PATH'].map(
    (standard): FreeWord => ({
      what: `the flow that ${standard} asks for`,
      words: FLOW_WORDS,
      say: (word) => [
        ['message.flow', word],
        ['standards', [standard]],
      ],
    }),
  ),
  {
    what: 'a standard',
    words: ['US-NDAA-889A', 'UK-HRV-2020-01', 'UK-HRV-2020-07', 'US-STATE-TRUST', 'AU-5G-2018-08'],
    say: (word) => [
      ['standards', [word]],
      ['message.flow', 'federal-contract-service'],
    ],
  },
  {
    what: 'a tunnel',
    words: ['synthetic-reg-1'],
    say: (registration) => [['message.protection', { scheme: 'csfc', registration }], SUPPORTED],
  },
  {
    what: 'the scheme of a tunnel',
    words: ['csfc', 'type-1', 'none'],
    say: (scheme) => [['message.protection', { scheme, registration: TUNNEL.registration }], SUPPORTED],
  },
  {
    what: 'a format',
    words: ['us-banner', 'us-portion', 'uk-gsc'],
    say: (w) => [['message.markingFormat', w]],
  },
  { what: 'who marked it', words: ['USA', 'GBR', 'AUS', 'NATO'], say: (w) => [['message.originator', w]] },
  {
    what: 'an obligation',
    words: Object.keys(OBLIGATION_TYPES),
    say: (word) => [
      ['supportedObligations', [word]],
      ['message.protection', TUNNEL],
    ],
  },
  { what: 'a route', words: ['us-domestic', 'sms-gb-aggregator'], say: (route) => [['path', { route }]] },
  { what: 'a network', words: ['us-a', 'gb-a', 'gb-d'], say: (network) => [['path', hops(network)]] },
  {
    what: 'a marking',
    words: [
      'SECRET//NOFORN',
      'TOP SECRET//SI//REL TO USA, GBR',
      'SECRET//REL TO USA, AUS',
      'UK SECRET',
      '(S//NF)',
    ],
    say: (marking) => [['message.marking', marking]],
  },
  ...LISTS.map(
    ([member, words, beside]): FreeWord => ({
      what: `one of a label’s ${member}`,
      words,
      say: (word) => labelled({ [member]: [...beside, word] }),
    }),
  ),
  {
    what: 'the level of a label',
    words: ['TOP SECRET', 'SECRET'],
    say: (level) => labelled({ level }),
  },
];

const ABOUT = [
  { message: { id: 'm', marking: REL }, path: { route: 'gb-a-alone' } },
  { message: { id: 'm', marking: REL }, path: { route: 'sms-gb-primary' } },
  { message: { id: 'm', marking: 'SECRET//NOFORN' }, path: { route: 'us-domestic' } },
  { message: { id: 'm', marking: 'UK SECRET' }, path: { route: 'gb-a-alone' } },
  { message: { id: 'm', marking: 'UK SECRET' }, path: hops('us-a') },
  {
    message: { id: 'm', marking: 'UNCLASSIFIED', markingFormat: 'us-banner', originator: 'USA' },
    path: { route: 'gb-a-alone' },
  },
];

it.each(FREE_WORDS)(
  'T20: $what, misspelt, permits nothing that the word itself does not',
  async ({ words, say }) => {
    const permits = async (request: object) => (await guard.decideText(JSON.stringify(request))).decision;
    const wrong: string[] = [];
    const asked = new Set<string>();
    let [refusals, permitted] = [0, 0];
    for (const about of ABOUT) {
      for (const word of words) {
        const saying = (said: string) =>
          say(said).reduce<object>((request, [name, value]) => withMember(request, name, value), about);
        const question = JSON.stringify(saying(word));
        if (asked.has(question)) continue;
        asked.add(question);
        if (await permits(saying(word))) {
          permitted += 1;
          continue;
        }
        refusals += 1;
        for (const slip of slipsOf(word))
          if (!words.includes(slip) && (await permits(saying(slip)))) wrong.push(`${slip} in ${question}`);
      }
    }
    console.info(`T20, misspelt: ${permitted} permits, ${refusals} refusals`);
    expect(wrong).toEqual([]);
    expect(refusals).toBeGreaterThan(0);
  },
);
