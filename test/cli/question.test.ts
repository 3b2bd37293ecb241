/** What a command asks is what was written: an entry that is empty and a label that says two things ask nothing. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { requestOf } from '../../cli/question.ts';
import { readMarking } from '../../functions/core/marking/read.ts';
import { routeguard } from './command.ts';
import { type Guard, weatheredGuard } from './weather.ts';

let guard: Guard;
beforeAll(async () => {
  guard = await weatheredGuard();
});
afterAll(() => guard.close());
afterEach(() => {
  guard.heard.length = 0;
});

const MARKING = ['--marking', 'SECRET//NOFORN'];
const SPAN = ['--from', '2026-01-01', '--to', '2027-01-01'];
const DOOR = () => ['--url', guard.url];

/** Each option that takes a list, by the command that has it, with what else that needs to ask anything. */
const LISTS: readonly (readonly [command: string, option: string, others: readonly string[]])[] = [
  ...['decide', 'explain'].flatMap((command): (typeof LISTS)[number][] => [
    [command, '--network', MARKING],
    [command, '--standard', [...MARKING, '--route', 'r']],
    [command, '--supports', [...MARKING, '--route', 'r']],
  ]),
  ['timeline', '--network', [...MARKING, ...SPAN]],
  ['timeline', '--standard', [...MARKING, ...SPAN, '--route', 'r']],
  ['timeline', '--supports', [...MARKING, ...SPAN, '--route', 'r']],
  ['timeline', '--facts', [...MARKING, ...SPAN, '--route', 'r']],
  ['search', '--standard', MARKING],
  ['search', '--supports', MARKING],
  ['best-path', '--standard', MARKING],
  ['best-path', '--supports', MARKING],
  ['best-path', '--path', MARKING],
];
const EMPTY = ['', ' ', 'gb-a,', ',gb-a', 'gb-a,,gb-b', 'gb-a, ,gb-b'] as const;

describe.each(LISTS)('%s %s', (command, option, others) => {
  it.each(EMPTY)('of %j asks nothing', async (list) => {
    const { code, out, err } = await routeguard(command, ...others, option, list, ...DOOR());
    expect([code, out, guard.heard.length]).toEqual([2, '', 0]);
    expect(err).toMatch(new RegExp(`^routeguard: ${option} (?:is empty|has an empty entry): `));
  });
});

it.each<[option: string, args: readonly string[]]>([
  ['--route', ['best-path', ...MARKING, '--route', '']],
  ['--note-of', ['registry', 'purge', 'request', '--note-of', '', '--authority', 'a', '--reason', 'r']],
  ['--proposal', ['registry', 'purge', 'request', '--proposal', ' ', '--authority', 'a', '--reason', 'r']],
])('%s that is empty asks nothing', async (option, args) => {
  const { code, out, err } = await routeguard(...args);
  expect([code, out]).toEqual([2, '']);
  expect(err).toMatch(new RegExp(`^routeguard: ${option} is empty: `));
});

const LABEL = '{"frame":"US","level":"TOP SECRET","owners":["USA"],"markedBy":"USA","noforn":true';
const NOT_STRICT: readonly (readonly [what: string, marking: string, code: string])[] = [
  ['a level written twice', `${LABEL},"level":"CONFIDENTIAL"}`, 'DUPLICATE_KEY'],
  ['an owner written twice', `${LABEL},"owners":["GBR"]}`, 'DUPLICATE_KEY'],
  ['the same with an escape', `${LABEL},"leve\\u006c":"CONFIDENTIAL"}`, 'DUPLICATE_KEY'],
  ['a member of a prototype', `${LABEL},"__proto__":{}}`, 'FORBIDDEN_KEY'],
  ['two of a portion', '{"portions":["(S//NF)"],"portions":["(U)"]}', 'DUPLICATE_KEY'],
  ['a broken character', `${LABEL},"x":"\\ud800"}`, 'LONE_SURROGATE'],
  ['a comma too many', `${LABEL},}`, 'SYNTAX'],
  ['half of one', LABEL, 'SYNTAX'],
];
const ASKING = ['decide', 'explain', 'search', 'best-path', 'timeline'] as const;

describe.each(NOT_STRICT)('a marking with %s', (_what, marking, code) => {
  it.each(ASKING)('is not asked about by %s, as the guard would not read it', async (command) => {
    const path = command === 'search' ? [] : ['--route', 'r'];
    const span = command === 'timeline' ? SPAN : [];
    const asked = await routeguard(command, '--marking', marking, ...path, ...span, ...DOOR());
    expect([asked.code, asked.out, guard.heard.length]).toEqual([2, '', 0]);
    expect(asked.err).toContain(`(${code} at `);
    expect(readMarking(marking, { on: '2026-01-01' }).ok).toBe(false);
  });
});

it('a label written once is asked about as it is, and any other text as text', () => {
  const others = { supports: [], standard: [], network: [], messageId: 'm', route: 'r' };
  const sent = (marking: string) =>
    (requestOf({ ...others, marking })['message'] as { marking: unknown }).marking;
  expect(sent(`${LABEL}}`)).toEqual(JSON.parse(`${LABEL}}`));
  expect(sent(` ${LABEL}}`)).toBe(` ${LABEL}}`);
  expect(sent('SECRET')).toBe('SECRET');
});
