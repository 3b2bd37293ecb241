/** The check of what ties standards together: what they build on, what they replace, and mandates on what is replaced. */
import { describe, expect, it } from 'vitest';
import { registryProblems } from '../../../functions/core/administration/validate.ts';
import type { RawFact } from '../../../functions/core/facts/view.ts';
import { keyOf, type Members } from '../decision/facts.ts';
import * as make from './small-registry.ts';

const { standard, mandate, withFacts, valid } = make;

interface Asked {
  /** Keys that were changed; every fact where nobody says. */
  readonly touched?: readonly string[];
  readonly at?: number;
}

function problems(facts: readonly RawFact[], { touched, at }: Asked = {}) {
  const all = withFacts(...facts);
  return registryProblems(all, {
    sample: true,
    ...(touched !== undefined && {
      touched,
      before: new Map([...all].filter(([key]) => !touched.includes(key))),
    }),
    ...(at !== undefined && { at }),
  }).filter((p) => p.check === 'succession');
}
const finds = (facts: readonly RawFact[], asked?: Asked) =>
  problems(facts, asked).map((p) => `${p.key}${p.path}: ${p.message}`);

/** The scope of the small registry's standards, narrowed. */
const scope = (part: Members): Members => ({
  scope: { levels: [{ frame: 'US', level: 'UNCLASSIFIED' }], flows: null, providers: null, ...part } as never,
});
const on = (base: string, rules: readonly string[] | null = null) => ({ standard: base, rules }) as never;

describe('what a standard builds on', () => {
  const A = standard('A');
  const known = 'inventory, network-assessed, none-listed';
  // biome-ignore format: one row a line
  const ROWS: readonly (readonly [name: string, facts: readonly RawFact[], expected: readonly string[]])[] = [
    ['another, whole', [A, standard('X', { buildsOn: [on('A')] })], []],
    ['some of its rules', [A, standard('X', { buildsOn: [on('A', ['inventory', 'none-listed'])] })], []],
    ['a rule it builds on itself', [A, standard('B', { rules: [make.RULES[3] as never], buildsOn: [on('A')] }), standard('X', { buildsOn: [on('B', ['cap', 'inventory'])] })], []],
    ['a rule it does not have', [A, standard('X', { buildsOn: [on('A', ['inventory', 'other'])] })], [`standard/X/buildsOn/0/rules: standard/A has no rule other: its rules are ${known}`]],
    ['a rule that what it builds on leaves out', [A, standard('B', { rules: [make.RULES[3] as never], buildsOn: [on('A', ['inventory'])] }), standard('X', { buildsOn: [on('B', ['none-listed'])] })], ['standard/X/buildsOn/0/rules: standard/B has no rule none-listed: its rules are cap, inventory']],
    ['itself', [standard('X', { buildsOn: [on('X')] })], ['standard/X/buildsOn/0: the standard builds on itself this way']],
    ['itself through another', [standard('A', { buildsOn: [on('X')] }), standard('X', { buildsOn: [on('TEST-TRUST'), on('A')] })], ['standard/A/buildsOn/0: the standard builds on itself this way', 'standard/X/buildsOn/1: the standard builds on itself this way']],
    ['one of another owner', [standard('A', { owner: 'GBR', authority: 'uk-gov' }), standard('X', { buildsOn: [on('A')] })], []],
    ['one that is over', [standard('A', { valid: valid('2019-01-01', '2020-12-31') }), standard('X', { buildsOn: [on('A')] })], []],
  ];
  it.each(ROWS)('%s', (_name, facts, expected) => {
    expect(finds(facts)).toEqual(expected);
  });

  it('has to be there', () => {
    const dangling = (more: Members) =>
      registryProblems(withFacts(standard('X', more)), { sample: true }).map((p) => `${p.check} ${p.path}`);
    expect(dangling({ buildsOn: [on('NOWHERE')] })).toEqual(['dangling-references /buildsOn/0/standard']);
    expect(dangling({ replaces: ['NOWHERE'] })).toEqual(['dangling-references /replaces/0']);
  });

  it('cannot go while something builds on it, or replaces it', () => {
    const gone = (more: Members) =>
      registryProblems(
        withFacts({ remove: 'standard/TEST-TRUST' }, { remove: 'mandate/usa' }, standard('X', more)),
        {
          sample: true,
          touched: ['standard/TEST-TRUST'],
        },
      ).map((p) => `${p.check} ${p.key}`);
    expect(gone({ buildsOn: [on('TEST-TRUST')] })).toEqual(['dangling-references standard/X']);
    expect(gone({ replaces: ['TEST-TRUST'] })).toEqual(['dangling-references standard/X']);
    expect(gone({})).toEqual([]);
  });
});

describe('what a standard replaces', () => {
  const british = standard('GB', { owner: 'GBR', authority: 'uk-gov' });
  // biome-ignore format: one row a line
  const ROWS: readonly (readonly [name: string, facts: readonly RawFact[], expected: readonly string[]])[] = [
    ['one of its owner', [standard('A'), standard('X', { replaces: ['A'] })], []],
    ['several', [standard('A'), standard('B'), standard('X', { replaces: ['A', 'B'] })], []],
    ['one that replaced another', [standard('A'), standard('B', { replaces: ['A'] }), standard('X', { replaces: ['B'] })], []],
    ['one of another owner', [british, standard('A'), standard('X', { replaces: ['A', 'GB'] })], ['standard/X/replaces/1: standard/GB is of GBR: an owner replaces its own standards']],
    ['one that replaces it', [standard('A', { replaces: ['X'] }), standard('X', { replaces: ['A'] })], ['standard/A/replaces/0: standard/X replaces this one: one of the two is the later', 'standard/X/replaces/0: standard/A replaces this one: one of the two is the later']],
    ['one that replaces it through another', [standard('A', { replaces: ['B'] }), standard('B', { replaces: ['X'] }), standard('X', { replaces: ['A'] })], ['standard/A/replaces/0: standard/B replaces this one: one of the two is the later', 'standard/B/replaces/0: standard/X replaces this one: one of the two is the later', 'standard/X/replaces/0: standard/A replaces this one: one of the two is the later']],
    ['one that only a proposal replaces', [standard('A', { replaces: ['X'], status: 'proposed' }), standard('X', { replaces: ['A'] })], ['standard/A/replaces/0: standard/X replaces this one: one of the two is the later']],
  ];
  it.each(ROWS)('%s', (_name, facts, expected) => {
    expect(finds(facts)).toEqual(expected);
  });
});

describe('a mandate on what was replaced', () => {
  const NEW = { replaces: ['TEST-TRUST'] };
  const message = (from = '2019-01-01', by = 'NEW') =>
    `mandate/usa/standards/0: standard/TEST-TRUST is replaced by standard/${by} from ${from} on: name that one, or end the mandate before`;
  const until = (to: string) => mandate('usa', { valid: valid('2019-01-01', to) });
  const from = (day: string, to: string | null = null) => ({ ...NEW, valid: valid(day, to) });
  const JUNE = Date.parse('2026-06-01T12:00:00Z');
  // biome-ignore format: one row a line
  const ROWS: readonly (readonly [name: string, facts: readonly RawFact[], expected: readonly string[]])[] = [
    ['nothing replaced it', [mandate('usa')], []],
    ['something did', [mandate('usa'), standard('NEW', NEW)], [message()]],
    ['something did through another', [mandate('usa'), standard('MID', { ...NEW, valid: valid('2019-01-01', '2020-12-31') }), standard('NEW', { replaces: ['MID'] })], [message('2019-01-01', 'NEW')]],
    ['another owner’s does not', [mandate('usa'), standard('NEW', { ...NEW, owner: 'GBR', authority: 'uk-gov' })], []],
    ['a proposal does not', [mandate('usa'), standard('NEW', { ...NEW, status: 'proposed' })], []],
    ['it ends the day before', [until('2027-12-31'), standard('NEW', from('2028-01-01'))], []],
    ['it ends that day', [until('2028-01-01'), standard('NEW', from('2028-01-01'))], [message('2028-01-01')]],
    ['it begins when that is over', [mandate('usa', { valid: valid('2028-01-01') }), standard('NEW', from('2027-01-01', '2027-12-31'))], []],
    ['it begins on the last day of that', [mandate('usa', { valid: valid('2027-12-31') }), standard('NEW', from('2027-01-01', '2027-12-31'))], [message('2027-01-01')]],
    ['the time of both is over', [until('2026-05-31'), standard('NEW', NEW)], []],
    ['the time of both ends today', [until('2026-06-01'), standard('NEW', NEW)], [message()]],
    ['that was over before', [mandate('usa'), standard('NEW', from('2019-01-01', '2026-05-31'))], []],
    ['only some providers are bound', [mandate('usa'), standard('NEW', { ...NEW, ...scope({ providers: { sets: ['uk-dvd-2022-10'], others: 'not-applicable' } }) })], []],
    ['only some providers are bound, and others satisfy it', [mandate('usa'), standard('NEW', { ...NEW, ...scope({ providers: { sets: ['uk-dvd-2022-10'], others: 'satisfied' } }) })], []],
    ['only some flows are meant', [mandate('usa'), standard('NEW', { ...NEW, ...scope({ flows: ['private'] }) })], []],
    ['another frame is meant', [mandate('usa'), standard('NEW', { ...NEW, ...scope({ levels: [{ frame: 'UK', level: 'OFFICIAL' }] }) })], []],
    ['only higher levels are meant, and it is satisfied below', [mandate('usa'), standard('NEW', { ...NEW, ...scope({ levels: [{ frame: 'US', level: 'SECRET' }] }) })], [message()]],
    ['more is meant', [mandate('usa'), standard('NEW', { ...NEW, ...scope({ levels: [{ frame: 'US', level: 'UNCLASSIFIED' }, { frame: 'UK', level: 'OFFICIAL' }] }) })], [message()]],
    ['it is about purchases', [mandate('usa'), standard('NEW', { ...NEW, about: 'procurement-ban' })], []],
    ['the second of two was', [mandate('usa', { standards: ['A', 'TEST-TRUST'] }), standard('A'), standard('NEW', NEW)], [message().replace('/0:', '/1:')]],
  ];
  it.each(ROWS)('%s', (_name, facts, expected) => {
    const asked = facts.filter((f) => f['kind'] === 'mandate').map(keyOf);
    expect(finds(facts, { touched: asked, at: JUNE })).toEqual(expected);
  });

  it('may be named beside its successor, and where it was named before', () => {
    const successor = standard('NEW', NEW);
    expect(
      finds([mandate('usa', { standards: ['TEST-TRUST', 'NEW'] }), successor], {
        touched: ['mandate/usa'],
        at: JUNE,
      }),
    ).toEqual([]);
    const stricter = mandate('usa', { acceptUnbound: false });
    const change = { sample: true, touched: ['mandate/usa'], at: JUNE } as const;
    const before = withFacts(successor);
    expect(registryProblems(withFacts(successor, stricter), { ...change, before })).toEqual([]);
    const unnamed = withFacts(successor, mandate('usa', { standards: ['NEW'] }));
    const [flaw] = registryProblems(withFacts(successor, stricter), { ...change, before: unnamed });
    expect(`${flaw?.key}${flaw?.path}: ${flaw?.message}`).toBe(message());
  });

  it('refuses everything where that has ended', () => {
    const over = standard('OLD', { valid: valid('2019-01-01', '2026-05-31') });
    const naming = mandate('usa', { standards: ['OLD'] });
    const says =
      'mandate/usa/standards/0: standard/OLD has ended: a mandate that names it refuses everything';
    expect(finds([over, naming], { touched: ['mandate/usa'], at: JUNE })).toEqual([says]);
    const today = standard('OLD', { valid: valid('2019-01-01', '2026-06-01') });
    expect(finds([today, naming], { touched: ['mandate/usa'], at: JUNE })).toEqual([]);
  });

  it('is told where the mandate is written, and not where the successor is', () => {
    const facts = [mandate('usa'), standard('NEW', NEW)];
    expect(finds(facts, { touched: ['standard/NEW'], at: JUNE })).toEqual([]);
    expect(finds(facts, { touched: ['standard/NEW', 'mandate/usa'], at: JUNE })).toEqual([message()]);
    expect(finds(facts, { touched: ['network/net-one'], at: JUNE })).toEqual([]);
    // Whoever corrects the older one has not named it, whether or not it is known what stood there before.
    expect(finds(facts, { touched: ['standard/TEST-TRUST'], at: JUNE })).toEqual([]);
    const alone = { sample: true, touched: ['standard/TEST-TRUST'], at: JUNE };
    expect(registryProblems(withFacts(...facts), alone)).toEqual([]);
  });
});
