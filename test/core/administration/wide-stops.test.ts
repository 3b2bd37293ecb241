/** Which stops are wide, which of them last too long or come again too soon, and which are in force. */
import { describe, expect, it } from 'vitest';
import { holdInWords } from '../../../functions/core/administration/hold-words.ts';
import { holdsInForce } from '../../../functions/core/administration/holds-in-force.ts';
import { registryProblems } from '../../../functions/core/administration/validate.ts';
import { isWide, outlastsItsReach, setLately } from '../../../functions/core/administration/wide-stops.ts';
import type { Hold } from '../../../functions/core/facts/hold.ts';
import { intervalOf } from '../../../functions/core/facts/moment.ts';
import type { RawFact } from '../../../functions/core/facts/view.ts';
import type { Members } from '../decision/facts.ts';
import * as make from './small-registry.ts';

const { withFacts } = make;
const NOON = '2026-06-01T12:00:00Z';
const AT = Date.parse(NOON);
const HOUR = 3_600_000;
const iso = (ms: number) => new Date(ms).toISOString();
const ENDING = { ending: make.SOURCES as never };
/** Hours before and after noon. */
const during = (from: number, to: number | null) => ({
  valid: { from: iso(AT + from * HOUR), to: to === null ? null : iso(AT + to * HOUR), zone: 'UTC' } as never,
  ...(to !== null && ENDING),
});
const stop = (scope: RawFact, more: Members = {}) => make.hold('h', scope, more) as RawFact & Hold;
const world = (...facts: readonly RawFact[]) => withFacts(make.authority('uk-gov', 'GBR'), ...facts);

const EVERYTHING = { everything: true };
it.each<[string, RawFact, Members, boolean]>([
  ['everything', EVERYTHING, {}, true],
  ['everything, by who speaks for two', EVERYTHING, { authority: 'both' }, true],
  ['its own information', { owner: 'USA' }, {}, false],
  ['its own second information', { owner: 'GBR' }, { authority: 'both' }, false],
  ['another’s information', { owner: 'GBR' }, {}, true],
  ['a network under its law', { network: 'net-one' }, {}, false],
  ['a network under another law', { network: 'net-two' }, { authority: 'uk-gov' }, true],
  ['a network nobody knows', { network: 'nowhere' }, {}, true],
  ['what the registrar stops', { network: 'net-one' }, { authority: 'registrar' }, true],
  ['what nobody who is known stops', { owner: 'USA' }, { authority: 'nobody' }, true],
])('wide or not: %s', (_what, scope, more, wide) => {
  const hold = stop(scope, more);
  const facts = world(make.authority('both', 'USA', { speaksFor: ['USA', 'GBR'] }));
  expect(isWide(hold, facts)).toBe(wide);
  const lasts = (hours: number | null) => {
    const { valid } = { ...hold, ...during(0, hours) };
    return outlastsItsReach({ fact: hold, interval: intervalOf(valid) }, facts);
  };
  expect([lasts(24), lasts(24.001), lasts(null)]).toEqual([false, wide, wide]);
});

it.each<[string, RawFact, Members, RawFact, boolean]>([
  ['the same, in force', EVERYTHING, during(-1, 23), EVERYTHING, true],
  ['the same, over for less than a day', EVERYTHING, during(-47, -23.9), EVERYTHING, true],
  ['the same, over for a day', EVERYTHING, during(-48, -24), EVERYTHING, false],
  ['the same, still to come', EVERYTHING, during(1, 2), EVERYTHING, false],
  ['everything after a part', { owner: 'GBR' }, during(-1, 23), EVERYTHING, false],
  ['everything after everything, and a part', EVERYTHING, during(-1, 23), EVERYTHING, true],
  ['a part after everything', EVERYTHING, during(-1, 23), { owner: 'GBR' }, true],
  ['a network after an owner', { owner: 'GBR' }, during(-1, 23), { network: 'net-far' }, true],
  ['an owner after a network', { network: 'net-far' }, during(-1, 23), { owner: 'GBR' }, true],
  ['one owner again', { owner: 'GBR' }, during(-1, 23), { owner: 'GBR' }, true],
  ['one network again', { network: 'net-far' }, during(-1, 23), { network: 'net-far' }, true],
  ['one owner after another', { owner: 'GBR' }, during(-1, 23), { owner: 'FRA' }, false],
  ['one network after another', { network: 'net-far' }, during(-1, 23), { network: 'net-off' }, false],
  ['a network after what was its own', { owner: 'USA' }, during(-1, null), { network: 'net-far' }, false],
  ['what was its own', { owner: 'USA' }, during(-1, null), EVERYTHING, false],
  ['another authority’s', EVERYTHING, { ...during(-1, 23), authority: 'uk-gov' }, EVERYTHING, false],
  [
    'another authority’s, which the role holds for too',
    EVERYTHING,
    { ...during(-1, 23), authority: 'us-other' },
    EVERYTHING,
    true,
  ],
  ['a drill', EVERYTHING, { ...during(-1, 23), cause: 'rehearsal' }, EVERYTHING, false],
])('again: %s', (_what, scope, more, again, lately) => {
  const claim = { authority: 'us-office', scope: again as never };
  const unread = { ...make.hold('a', EVERYTHING), scope: {} };
  const facts = world(unread, stop(scope, more), make.authority('us-other', 'USA'));
  const found = setLately(claim, 'usa-proposer', { facts, alone: [] }, AT);
  expect(found?.key).toBe(lately ? 'hold/h' : undefined);
});

it.each<[string, RawFact, Members, Members | null, boolean]>([
  ['stands', EVERYTHING, during(-1, 23), during(-1, 23), true],
  ['was put off', EVERYTHING, during(-1, 23), during(1, 2), true],
  ['was put off for long', EVERYTHING, during(-1, 23), during(1_000, 1_024), true],
  ['was put off, and would be over for a day', EVERYTHING, during(-48, -24), during(1, 2), false],
  ['was put off, and would be over for less', EVERYTHING, during(-47.9, -23.9), during(1, 2), true],
  ['has left', EVERYTHING, during(-1, 23), null, true],
  ['has left, and would be over for less', EVERYTHING, during(-30, -6), null, true],
  ['has left, and would be over for a day', EVERYTHING, during(-48, -24), null, false],
  ['was lifted for less than a day', EVERYTHING, during(-30, -6), during(-30, -23), true],
  ['was lifted for a day', EVERYTHING, during(-30, -6), during(-30, -24), false],
  ['was made a drill', EVERYTHING, during(-1, 23), { ...during(-1, 23), cause: 'rehearsal' }, true],
  ['was made less', EVERYTHING, during(-1, 23), { ...during(-1, 23), scope: { owner: 'USA' } }, true],
  ['was made another’s', EVERYTHING, during(-1, 23), { ...during(-1, 23), authority: 'uk-gov' }, true],
  ['was a part, and has left', { owner: 'GBR' }, during(-1, 23), null, false],
])('what one person set and %s', (_what, scope, then, since, lately) => {
  const claim = { authority: 'us-office', scope: EVERYTHING as never };
  const unread = { ...make.hold('h', EVERYTHING), scope: {} };
  const facts = world(...(since === null ? [] : [stop(scope, since)]));
  const alone = [['hold/h', unread] as const, ['hold/h', stop(scope, then)] as const];
  expect(setLately(claim, 'usa-proposer', { facts, alone }, AT)?.key).toBe(lately ? 'hold/h' : undefined);
});

describe('what may be registered', () => {
  const found = (after: RawFact, before?: RawFact) =>
    registryProblems(world(after), {
      sample: true,
      touched: ['hold/h'],
      before: before === undefined ? world() : world(before),
    }).map((p) => `${p.check} ${p.path}`);
  const old = { cause: undefined, reason: 'Words' } as unknown as Members;
  const stored = (fact: RawFact) => JSON.parse(JSON.stringify(fact)) as RawFact;
  const endless = stored(stop(EVERYTHING, old));

  it.each<[string, RawFact, RawFact | undefined, readonly string[]]>(
    // biome-ignore format: one row a line
    [
    ['a wide hold of a day', stop(EVERYTHING, during(0, 24)), undefined, []],
    ['one of more', stop(EVERYTHING, during(0, 25)), undefined, ['stops /valid/to']],
    ['one without an end', stop(EVERYTHING), undefined, ['stops /valid/to']],
    ['its own, without an end', stop({ owner: 'USA' }), undefined, []],
    ['one with words in place of a cause', stored(stop({ owner: 'USA' }, old)), undefined, ['stops /reason']],
    ['one with both', stop({ owner: 'USA' }, { reason: 'Words' }), undefined, ['soundness ']],
    ['one with neither', stored(stop({ owner: 'USA' }, { cause: undefined } as never)), undefined, ['soundness ']],
    ['one from before, as it was', endless, endless, []],
    ['one from before that ends', { ...endless, ...during(-1, 0), valid: { ...(endless['valid'] as RawFact), to: NOON } }, endless, []],
    ['one from before, in other words', { ...endless, reason: 'Others' }, endless, ['stops /reason']],
    ['one that lasts longer than it did', stop(EVERYTHING, during(0, 26)), stop(EVERYTHING, during(0, 25)), ['stops /valid/to']],
    ['one moved ahead', stop(EVERYTHING, during(-2, 24)), stop(EVERYTHING, during(-1, 24)), ['stops /valid/to']],
    ['one that comes to stop something else', stop({ owner: 'USA' }), stop({ network: 'net-one' }), ['stops /scope']],
    ['one that comes to be another’s', stop({ owner: 'USA' }, { authority: 'us-other' }), stop({ owner: 'USA' }), ['stops /scope']],
  ],
  )('%s', (_what, after, before, expected) => {
    expect(found(after, before)).toEqual(expected);
  });

  const exempting = (owner: string, scope: RawFact, more: Members = {}) =>
    registryProblems(
      world(
        stop(scope, { ...during(0, 24), ...more }),
        make.exemption('e', { owner, authority: owner === 'GBR' ? 'uk-gov' : 'us-office' }),
      ),
      { sample: true, touched: ['exemption/e'] },
    ).map((p) => `${p.check} ${p.path}`);
  it.each<[string, string, RawFact, Members, readonly string[]]>([
    ['a wide stop', 'GBR', EVERYTHING, {}, []],
    ['a stop of its own by another', 'GBR', { owner: 'GBR' }, {}, []],
    ['its own stop', 'USA', EVERYTHING, {}, ['stops /hold']],
    ['a stop by nobody who is known', 'USA', EVERYTHING, { authority: 'nobody' }, ['stops /hold']],
    ['a stop of what is the other’s', 'GBR', { owner: 'USA' }, {}, ['stops /hold']],
    ['a stop of a network of the other’s', 'GBR', { network: 'net-one' }, {}, ['stops /hold']],
    ['the registrar’s stop', 'USA', EVERYTHING, { authority: 'registrar' }, []],
  ])('an exemption from %s', (_what, owner, scope, more, expected) => {
    expect(exempting(owner, scope, more)).toEqual(expected);
  });
});

describe('the holds in force', () => {
  const named = (id: string, scope: RawFact, more: Members = {}) => make.hold(id, scope, more);
  const exempt = (id: string, more: Members = {}) =>
    make.exemption(id, { hold: 'b', owner: 'GBR', authority: 'uk-gov', ...more });
  const facts = world(
    named('a', { owner: 'USA' }, during(-1, null)),
    named('b', EVERYTHING, during(-1, 23)),
    named('lifted', EVERYTHING, during(-2, 0)),
    named('later', EVERYTHING, during(1, 2)),
    { ...named('unsound', EVERYTHING), scope: {} },
    exempt('e'),
    exempt('other', { owner: 'USA' }),
    exempt('over', { valid: during(-2, -1).valid }),
    exempt('of-another', { hold: 'a' }),
    exempt('by-nobody', { authority: 'nobody' }),
    exempt('by-one-that-lapsed', { authority: 'uk-old' }),
    make.authority('uk-old', 'GBR', { valid: make.valid('2019-01-01', '2025-12-31') }),
  );

  it('are those that stop now, what stops most first, with who is exempt and what cannot be read', () => {
    expect(holdsInForce(facts, AT)).toEqual([
      {
        ...{ id: 'b', readable: true, authority: 'us-office', scope: EVERYTHING, cause: 'doubt', wide: true },
        ...{ since: iso(AT - HOUR), until: iso(AT + 23 * HOUR) },
        exempt: [{ owner: 'GBR', exemption: 'e' }],
      },
      { id: 'unsound', readable: false },
      {
        ...{ id: 'a', readable: true, authority: 'us-office', scope: { owner: 'USA' }, cause: 'doubt' },
        ...{ since: iso(AT - HOUR), until: null, wide: false, exempt: [] },
      },
    ]);
  });

  it('are said so that nobody misses that everything is stopped', () => {
    const words = holdsInForce(facts, AT).map(holdInWords);
    expect(words.map(({ what }) => what)).toEqual([
      'EVERYTHING STOPPED by us-office since 2026-06-01T11:00:00.000Z (hold/b)',
      'EVERYTHING STOPPED: hold/unsound cannot be read',
      'Stopped: information of USA by us-office since 2026-06-01T11:00:00.000Z (hold/a)',
    ]);
    const doubt = 'Why: doubt: what the registry says of it may be wrong, and somebody is looking.';
    expect(words.map(({ says }) => says)).toEqual([
      [
        doubt,
        'It ends by itself at 2026-06-02T11:00:00.000Z.',
        'Exempt from it: GBR (exemption/e).',
        'To lift it, two people of us-office: routeguard registry lift b --reason …',
        'It stops more than us-office speaks for: two people of any other owner may exempt their own information: routeguard registry exempt b --authority ID --owner OWNER --reason …',
      ],
      ['What it was meant to stop nobody can tell, so everything is refused: two people replace it.'],
      [
        doubt,
        'It has no end of its own.',
        'To lift it, two people of us-office: routeguard registry lift a --reason …',
      ],
    ]);
  });
});
