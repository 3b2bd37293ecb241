/** A sound permit broken in every member, in every way of one list: nothing but the value that permits does. */
import { describe, expect, it } from 'vitest';
import { readInstant } from '../../client/instant.ts';
import { readObject } from '../../client/json-text.ts';
import { readObligations } from '../../client/obligations.ts';
import { replyForStatus } from '../../client/reply.ts';
import { type Cause, refusal } from '../../client/result.ts';
import { judged, SOUND } from './judged.ts';
import { BOUND } from './vectors.ts';

const ODD: readonly unknown[] = [
  ...[
    null,
    true,
    false,
    0,
    1,
    -1,
    12,
    1e308,
    '',
    ' ',
    'true',
    'permit',
    'PERMIT',
    'deny',
    'never',
    'after',
    'e-1',
    'e 1',
  ],
  ...['2026-03-01', '2026-03-01T12:00:00.010Z', '2026-03-01T12:00:05.010Z', '9999-12-31T23:59:59Z', '\u0000'],
  ...[[], [[]], [null], ['permit'], [true], [{}], [{ type: 7 }], {}, { permit: true }, { decision: true }],
];

/** What is as good as the value it replaces. */
const AS_GOOD: Readonly<Record<string, readonly unknown[]>> = {
  // Its own members are in questions.json of the vectors.
  question: [],
  decision: [true],
  outcome: ['permit'],
  enforceable: [true],
  retry: ['never'],
  evaluationId: [
    'true',
    'permit',
    'PERMIT',
    'deny',
    'never',
    'after',
    'e-1',
    '2026-03-01',
    '2026-03-01T12:00:00.010Z',
    '2026-03-01T12:00:05.010Z',
    '9999-12-31T23:59:59Z',
  ],
  evaluatedAt: ['2026-03-01T12:00:00.010Z'],
  useBy: ['2026-03-01T12:00:05.010Z'],
  obligations: [[]],
};
const OTHERS = Object.keys(SOUND).filter((member) => !Object.hasOwn(AS_GOOD, member));

describe('one member replaced', () => {
  it.each(Object.entries(AS_GOOD))('%s', async (member, good) => {
    const permits: unknown[] = [];
    for (const value of ODD)
      if ((await judged({ ...SOUND, [member]: value })).kind === 'permit') permits.push(value);
    expect(permits).toEqual(good);
    const { [member]: _, ...without } = SOUND;
    const kind = member === 'retry' ? 'permit' : 'deny';
    expect((await judged(without)).kind).toBe(kind);
    // What every object inherits is no member of the answer.
    Object.defineProperty(Object.prototype, member, { value: SOUND[member], configurable: true });
    const inherited = await judged(without).finally(() => Reflect.deleteProperty(Object.prototype, member));
    expect(inherited.kind).toBe(kind);
  });

  it.each(OTHERS)('%s does not matter', async (member) => {
    for (const value of ODD) expect((await judged({ ...SOUND, [member]: value })).kind).toBe('permit');
  });
});

it('an answer that was cut short permits at no length', async () => {
  const text = JSON.stringify(SOUND);
  for (let length = 0; length < text.length; length += 1)
    expect((await judged(text.slice(0, length))).kind).toBe('deny');
  expect((await judged(text)).kind).toBe('permit');
});

it('only 200 carries a permit, and 400 no more than a deny', async () => {
  const DENY = { decision: false, question: BOUND, retry: 'after' };
  for (let status = 0; status < 700; status += 1) {
    const permit = await judged(SOUND, status);
    const retry = status >= 400 && status < 500 ? 'never' : 'after';
    const bad = { kind: 'unavailable', cause: 'bad-status', retry };
    expect(permit, `${status}`).toMatchObject(status === 200 ? { kind: 'permit' } : bad);
    const deny = await judged(DENY, status);
    expect(deny, `${status}`).toMatchObject(
      status === 200 || status === 400 ? { kind: 'deny', cause: 'denied', retry: 'after' } : bad,
    );
  }
});

it('an evaluation id holds letters, digits and four signs, and nothing else', async () => {
  const accepted: string[] = [];
  for (let code = 0; code < 256; code += 1) {
    const character = String.fromCharCode(code);
    if ((await judged({ ...SOUND, evaluationId: `e${character}` })).kind === 'permit')
      accepted.push(character);
  }
  expect(accepted.join('')).toBe('-.0123456789:ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz');
});

it('the reasons of a deny are its codes, the first 64 places, and nothing of its text', async () => {
  const codes = (reasons: unknown) => judged({ ...SOUND, decision: false, outcome: 'deny', reasons });
  const odd = [
    null,
    'HELD',
    7,
    {},
    { code: 7 },
    { code: 'held' },
    { code: '9A' },
    { code: `A${'B'.repeat(64)}` },
    Object.create({ code: 'X' }),
  ];
  expect(
    await codes([{ code: 'HELD', text: 'x' }, ...odd, { code: 'A'.repeat(64) }, { code: 'A_1' }]),
  ).toEqual({
    kind: 'deny',
    retry: 'never',
    cause: 'denied',
    sentence: 'The guard does not permit this message on this path.',
    evaluationId: 'e-1',
    reasons: ['HELD', 'A'.repeat(64), 'A_1'],
  });
  expect(await codes(Array(70).fill({ code: 'HELD' }))).toMatchObject({ reasons: Array(64).fill('HELD') });
  expect(await codes({ code: 'HELD' })).toMatchObject({ reasons: [] });
  // Reasons explain a deny; beside a permit nobody may act on they explain nothing.
  expect(await judged({ ...SOUND, enforceable: false, reasons: [{ code: 'HELD' }] })).toMatchObject({
    reasons: [],
  });
});

it.each<[unknown, number | null]>([
  [{ version: 12, digest: 'sha256:0' }, 12],
  [{ version: '12' }, null],
  [{ version: 1.5 }, null],
  [{ version: 2 ** 53 }, null],
  [{}, null],
  ['12', null],
  [null, null],
  [undefined, null],
])('the registry %j has the version %s', async (registry, registryVersion) => {
  expect(await judged({ ...SOUND, registry })).toMatchObject({ kind: 'permit', registryVersion });
});

/** Every cause: whether somebody decided, and whether asking again can help. */
const CAUSES: Readonly<Record<Cause, readonly ['deny' | 'unavailable', 'never' | 'after']>> = {
  denied: ['deny', 'never'],
  unreadable: ['deny', 'never'],
  'duplicate-member': ['deny', 'never'],
  'another-question': ['deny', 'after'],
  'unknown-decision': ['deny', 'never'],
  'unknown-outcome': ['deny', 'never'],
  'not-enforceable': ['deny', 'never'],
  'unknown-retry': ['deny', 'never'],
  'no-evaluation-id': ['deny', 'never'],
  'repeated-answer': ['deny', 'after'],
  'no-evaluation-time': ['deny', 'never'],
  'clocks-disagree': ['deny', 'never'],
  'no-lease': ['deny', 'never'],
  'lease-expired': ['deny', 'after'],
  'lease-outlived': ['deny', 'after'],
  'lease-too-long': ['deny', 'never'],
  'unknown-obligation': ['deny', 'never'],
  'obligation-failed': ['deny', 'never'],
  'unusable-request': ['deny', 'never'],
  'function-error': ['unavailable', 'after'],
  'bad-status': ['unavailable', 'after'],
  throttled: ['unavailable', 'after'],
  'timed-out': ['unavailable', 'after'],
  unreachable: ['unavailable', 'after'],
  unconfigured: ['unavailable', 'never'],
  refused: ['unavailable', 'never'],
};

it.each(Object.entries(CAUSES))('%s is %s', (cause, [kind, retry]) => {
  expect(refusal(cause as Cause)).toMatchObject({ cause, kind, retry });
});

it('a status without an answer says whether to ask again', () => {
  const known: Readonly<Record<number, string>> = { 408: 'timed-out', 429: 'throttled', 504: 'timed-out' };
  for (let status = 0; status < 700; status += 1) {
    const kind = known[status] ?? (status >= 400 && status < 500 ? 'refused' : 'unreachable');
    expect(replyForStatus(status)).toEqual({ kind });
  }
});

describe('an instant', () => {
  it.each([
    ['2026-03-01T12:00:05Z', 1_772_366_405_000],
    ['2026-03-01T12:00:05.010Z', 1_772_366_405_010],
    ['2026-03-01T12:00:05.010999999Z', 1_772_366_405_010],
    ['2028-02-29T23:59:59Z', 1_835_481_599_000],
    ['1970-01-01T00:00:00Z', 0],
  ])('%s', (text, milliseconds) => {
    expect(readInstant(text)).toBe(milliseconds);
  });

  it.each(
    // biome-ignore format: one row a line
    [
    ...['2027-02-29T00:00:00Z', '2026-04-31T00:00:00Z', '2026-00-01T00:00:00Z', '2026-13-01T00:00:00Z'],
    ...['2026-01-00T00:00:00Z', '2026-01-32T00:00:00Z', '2026-01-01T24:00:00Z', '2026-01-01T00:60:00Z'],
    ...['2026-01-01T00:00:60Z', '2026-01-01T00:00:00.Z', '2026-01-01T00:00:00.0000000000Z', '2026-01-01T00:00Z'],
    ...['2026-01-01', '2026-01-01T00:00:00', '2026-01-01T00:00:00+00:00', '2026-01-01t00:00:00Z', '2026-1-1T00:00:00Z'],
    ...['2026-01-01T00:00:00z', ' 2026-01-01T00:00:00Z', '2026-01-01T00:00:00Z\n', '26-01-01T00:00:00Z', '+012026-01-01T00:00:00Z', '', 0, null, undefined],
    ...[1_772_366_405_000, ['2026-03-01T12:00:05Z'], new Date(0)],
  ],
  )('is not %j', (value) => {
    expect(readInstant(value)).toBeNull();
  });
});

it.each([
  ...['', '-a', 'a-', 'a--b', 'a_b', 'a b', 'Aa', 'aA', 'a\n', 'é'].map((type) => ({ type })),
  ...[{}, [], null, 'a', { type: 7 }, { type: null }, Object.create({ type: 'a' })],
])('no obligation is %j', (obligation) => {
  const SPELT = [{ type: 'a' }, { type: 'use-tunnel-2' }, { type: '0', more: [] }];
  expect([readObligations(SPELT), readObligations([...SPELT, obligation])]).toEqual([SPELT, null]);
});

it.each([
  ['{}', false],
  ['{"a":{"b":[{"c":1},{"c":2}]},"d":"x:\\"y\\":"}', false],
  ['{"a" :1,"b"\n:[[{"a":2}]]}', false],
  ['{"d":"x\\":"}', false],
  ['{"a":1,"a":2}', true],
  ['{"a":"\\"","a":1}', true],
  ['{"a":1,"\\u0061":1}', true],
  ['{"x":[[{"a":1,"a":1}]]}', true],
  ['{"x":{"a":{"b":1,"b":1}}}', true],
  [`{"a":${'['.repeat(5_000)}${']'.repeat(5_000)}}`, false],
])('%.60s names a member twice: %s', (text, repeats) => {
  expect(readObject(text)).toMatchObject({ ok: true, repeats });
});
