/** Whose stop: an owner's people take its information out of somebody else's stop, and nobody takes out anything else. */
import { describe, expect, it } from 'vitest';
import { codesOf, decideOver, type Question } from './ask.ts';
import { all, type Change, instead, plus, without } from './changes.ts';
import * as make from './facts.ts';
import { authority, exemption, FACTS, FOREVER, hold, mandate, READ } from './facts.ts';

const PAST = { from: '2019-01-01', to: '2024-06-14', zone: 'UTC' };
const AHEAD = { from: '2024-06-16', to: null, zone: 'UTC' };

/** France stops everything; the networks are under British and American law, the information is America's. */
const FRANCE = authority({ id: 'fr-office', speaksFor: ['FRA'] });
const stop = (part: object = {}) => plus(FRANCE, hold({ id: 'h', authority: 'fr-office', ...part }));
const usa = (part: object = {}) => plus(exemption({ id: 'usa', ...part }));
const gbr = (part: object = {}) =>
  plus(exemption({ id: 'gbr', authority: 'gb-office', owner: 'GBR', ...part }));
const JOINT: Question = { marking: '//JOINT SECRET GBR USA//REL TO USA, GBR' };

/** Outcome, codes, and what it rests on. */
const told = (change: Change, question?: Question) => {
  const answer = decideOver(change(FACTS), question);
  return [answer.outcome, ...codesOf(answer), ...answer.exemptions];
};
const STOPPED = ['deny', 'HOLD_EVERYTHING'];

it.each<[string, Change, readonly string[], Question?]>(
  // biome-ignore format: one row a line
  [
  ['nobody is exempt', stop(), STOPPED],
  ['the owner is', all(stop(), usa()), ['permit', 'exemption/usa']],
  ['from a stop of its information by somebody else', all(stop({ scope: { owner: 'USA' } }), usa()), ['permit', 'exemption/usa']],
  ['from a stop of a network by somebody else', all(stop({ scope: { network: 'net-a' } }), usa()), ['permit', 'exemption/usa']],
  ['after a stop of what is not asked', plus(hold({ id: 'a', scope: { network: 'net-z' } }), hold({ id: 'h' })), STOPPED],
  ['from one of two stops', all(stop(), usa(), plus(hold({ id: 'other', authority: 'fr-office' }))), [...STOPPED, 'exemption/usa']],
  ['another owner is', all(stop(), gbr()), STOPPED],
  ['another owner is, by an authority that speaks for both', all(stop(), instead('authority', 'gb-office', { speaksFor: ['GBR', 'USA'] }), gbr()), STOPPED],
  ['one of two owners is', all(stop(), usa()), STOPPED, JOINT],
  ['both owners are', all(stop(), usa(), gbr()), ['permit', 'exemption/gbr', 'exemption/usa'], JOINT],
  ['one owner is, twice', all(stop(), usa(), plus(exemption({ id: 'usa-2' }))), STOPPED, JOINT],
  ['by an authority that speaks for somebody else', all(stop(), usa({ authority: 'gb-office' })), STOPPED],
  ['by an authority nobody knows', all(stop(), usa({ authority: 'nobody' })), STOPPED],
  ['by an authority that has lapsed', all(stop(), usa({ authority: 'us-old' }), plus(authority({ id: 'us-old', valid: PAST }))), STOPPED],
  ['by another authority of the owner', all(stop(), usa({ authority: 'us-new' }), plus(authority({ id: 'us-new' }))), ['permit', 'exemption/usa']],
  ['no longer', all(stop(), usa({ valid: PAST })), STOPPED],
  ['no longer by one exemption, and still by another', all(stop(), usa({ id: 'a-old', valid: PAST }), usa()), ['permit', 'exemption/usa']],
  ['not yet', all(stop(), usa({ valid: AHEAD })), STOPPED],
  ['from another stop', all(stop(), usa({ hold: 'other' })), STOPPED],
  ['by what nobody read', all(stop(), usa({ sources: [{ ...READ, primary: false }] })), ['permit', 'exemption/usa']],
  // What is the stop's own.
  ['from its own nation’s stop', all(stop({ authority: 'us-office' }), usa()), STOPPED],
  ['from the stop of another authority of its nation', all(stop({ authority: 'us-other' }), plus(authority({ id: 'us-other' })), usa()), STOPPED],
  ['from a stop by an authority that speaks for it, too', all(instead('authority', 'gb-office', { speaksFor: ['GBR', 'USA'] }), stop({ authority: 'gb-office' }), usa()), STOPPED],
  ['over a network of the stop’s own nation', all(stop({ authority: 'gb-office' }), usa()), STOPPED],
  ['over one beside it', all(stop({ authority: 'gb-office' }), usa()), STOPPED, { hops: ['net-b', 'net-a'] }],
  ['over another', all(stop({ authority: 'gb-office' }), usa()), ['permit', 'exemption/usa'], { hops: ['net-b'] }],
  ['over one it is hosted on', all(stop({ authority: 'gb-office', scope: { owner: 'USA' } }), instead('network', 'net-b', { hostedOn: 'net-a' }), usa()), ['deny', 'HOLD_OWNER'], { hops: ['net-b'] }],
  ['over a network that the stop is not about', all(stop({ authority: 'gb-office', scope: { network: 'net-b' } }), usa()), ['permit', 'exemption/usa'], { hops: ['net-b', 'net-a'] }],
  ['over the network that the stop’s own nation stops', all(stop({ authority: 'gb-office', scope: { network: 'net-a' } }), usa()), ['deny', 'HOLD_NETWORK']],
  ['from a stop by an authority that has lapsed', all(stop(), instead('authority', 'fr-office', { valid: PAST }), usa()), ['permit', 'exemption/usa']],
  ['over its network, though it has lapsed', all(stop({ authority: 'gb-old' }), plus(authority({ id: 'gb-old', speaksFor: ['GBR'], valid: PAST })), usa()), STOPPED],
  ['from a stop by nobody who is known', all(stop({ authority: 'nobody' }), usa()), STOPPED],
  ['from a stop by one who cannot be read', all(stop(), instead('authority', 'fr-office', { speaksFor: [] }), usa()), STOPPED],
  // A hold that cannot be read is nobody's to set aside.
  ['from a stop that cannot be read', all(stop({ scope: {} }), usa()), ['indeterminate', 'FACT_UNSOUND']],
  ['over a hop nobody knows', all(stop(), usa()), ['deny', 'HOLD_EVERYTHING', 'HOP_UNKNOWN'], { hops: ['net-a', 'net-z'] }],
  ['where something else refuses', all(stop(), usa(), without('mandate', 'us-trusted')), ['not-applicable', 'OWNER_WITHOUT_MANDATE', 'exemption/usa']],
],
)('exempt: %s', (_what, change, expected, question) => {
  expect(told(change, question)).toEqual(expected);
});

it('a stop of a network is told of every hop over it', () => {
  const stopped = plus(hold({ id: 'h', scope: { network: 'net-a' } }))(FACTS);
  expect(decideOver(stopped, { hops: ['net-a', 'net-b', 'net-a'] }).reasons).toEqual([
    { code: 'HOLD_NETWORK', hop: 0, fact: 'hold/h' },
    { code: 'HOLD_NETWORK', hop: 2, fact: 'hold/h' },
  ]);
});

describe('an answer that rests on an exemption', () => {
  it('says whose information goes on, in spite of which hold', () => {
    const { notes } = decideOver(all(stop(), usa(), gbr())(FACTS), JOINT);
    expect(notes.filter((n) => n.code === 'HOLD_SET_ASIDE')).toEqual([
      { code: 'HOLD_SET_ASIDE', owner: 'GBR', fact: 'hold/h' },
      { code: 'HOLD_SET_ASIDE', owner: 'USA', fact: 'hold/h' },
    ]);
  });

  it.each<[string, Change]>([
    ['it ends', usa({ valid: { ...FOREVER, to: '2024-07-01T00:00:00Z' } })],
    [
      'its authority ends',
      all(usa(), instead('authority', 'us-office', { valid: { ...FOREVER, to: '2024-07-01T00:00:00Z' } })),
    ],
    ['another begins', all(usa(), gbr(), usa({ id: 'later', valid: { ...AHEAD, from: '2024-07-01' } }))],
  ])('lasts no longer than until %s', (_what, change) => {
    expect(decideOver(all(stop(), change)(FACTS)).validUntil).toBe(Date.parse('2024-07-01T00:00:00Z'));
  });

  it('counts where a mandate refuses what nobody read in its own text', () => {
    const strict = instead('mandate', 'us-trusted', { acceptUnverified: false, acceptSecondary: false });
    const without = decideOver(strict(FACTS));
    const { exemptions: _, notes: __, ...rest } = decideOver(all(strict, stop(), usa())(FACTS));
    expect(rest).toMatchObject({ outcome: 'deny', reasons: without.reasons });
  });
});

/** Every combination of a few of everything, against the rule said again in other words. */
it('an exemption changes only what every owner of the information exempts, and nothing that is the stop’s own', () => {
  const NATIONS = ['USA', 'GBR', 'FRA'] as const;
  const offices = { USA: 'us-office', GBR: 'gb-office', FRA: 'fr-office' } as const;
  const at = { 'net-a': 'GBR', 'net-b': 'USA' } as const;
  type Asked = Omit<Question, 'hops'> & {
    readonly owners: readonly string[];
    readonly hops: readonly (keyof typeof at)[];
  };
  const questions: readonly Asked[] = [
    { owners: ['USA'], hops: ['net-a'] },
    { owners: ['USA'], hops: ['net-b'] },
    { ...JOINT, owners: ['GBR', 'USA'], hops: ['net-b'] },
    { ...JOINT, owners: ['GBR', 'USA'], hops: ['net-a', 'net-b'] },
  ];
  const scopes = [{ everything: true }, { owner: 'USA' }, { network: 'net-b' }] as const;
  let [moved, kept] = [0, 0];
  for (const by of NATIONS)
    for (const scope of scopes)
      for (const sayers of [[], ['USA'], ['GBR'], ['USA', 'GBR'], ['FRA']] as const)
        for (const { owners, ...question } of questions) {
          const world = all(
            plus(FRANCE, mandate({ id: 'gb-too', authority: 'gb-office', owner: 'GBR', standards: [] })),
            plus(hold({ id: 'h', authority: offices[by], scope: scope as { everything: true } })),
          );
          const exempt = plus(
            ...sayers.map((owner) =>
              exemption({ id: owner.toLowerCase(), owner, authority: offices[owner] }),
            ),
          );
          const codes = (change: Change) =>
            codesOf(decideOver(change(FACTS), question)).filter((c) => c.startsWith('HOLD'));
          const [before, after] = [codes(world), codes(all(world, exempt))];
          const crossed = question.hops.filter((h) => !('network' in scope) || scope.network === h);
          const isOwn = owners.includes(by) || crossed.some((h) => at[h] === by);
          const goesOn = !isOwn && owners.every((o) => (sayers as readonly string[]).includes(o));
          expect([by, scope, sayers, question, after]).toEqual([
            by,
            scope,
            sayers,
            question,
            goesOn ? [] : before,
          ]);
          if (after.length < before.length) moved += 1;
          else kept += 1;
        }
  expect([moved > 5, kept > 100]).toEqual([true, true]);
});

describe('an exemption is no better than the authorities it rests on', () => {
  const strict = instead('mandate', 'us-trusted', { acceptUnverified: false });
  const primary = instead('mandate', 'us-trusted', { acceptUnverified: false, acceptSecondary: false });
  const away = (sources: readonly object[]) =>
    plus({ ...make.authority({ id: 'fr-office', speaksFor: ['FRA'] }), sources });
  const stopped = plus(make.hold({ id: 'h', authority: 'fr-office' }));
  const exempting = (sources: readonly object[]) =>
    all(
      plus({ ...make.authority({ id: 'us-new' }), sources }),
      plus(make.exemption({ id: 'usa', authority: 'us-new', hold: 'h', owner: 'USA' })),
    );
  it.each<[string, Change, readonly object[], readonly object[], string, readonly string[]]>([
    ['both read', strict, [make.READ], [make.READ], 'permit', []],
    ['the exempting one unread', strict, [make.READ], [make.UNREAD], 'deny', ['CITATION_UNVERIFIED']],
    ['the stopping one unread', strict, [make.UNREAD], [make.READ], 'deny', ['CITATION_UNVERIFIED']],
    [
      'both read, and it is itself unread',
      all(strict, instead('exemption', 'usa', { sources: [make.UNREAD] })),
      [make.READ],
      [make.READ],
      'deny',
      ['CITATION_UNVERIFIED'],
    ],
    ['either unread, and nobody minds', (facts) => facts, [make.UNREAD], [make.UNREAD], 'permit', []],
    [
      'reports, where their own text is asked',
      primary,
      [{ citation: 'a report', verified: true }],
      [make.READ],
      'deny',
      ['CITATION_NOT_PRIMARY'],
    ],
  ])('%s', (_, demands, stopping, speaking, outcome, codes) => {
    const said = decideOver(all(away(stopping), stopped, exempting(speaking), demands)(make.FACTS));
    expect([said.outcome, codesOf(said)]).toEqual([outcome, codes]);
    const unread = [
      ...(stopping[0] === make.UNREAD ? ['authority/fr-office'] : []),
      ...(speaking[0] === make.UNREAD ? ['authority/us-new'] : []),
    ];
    expect(said.unverified.filter((key) => unread.includes(key))).toEqual(unread);
  });
});
