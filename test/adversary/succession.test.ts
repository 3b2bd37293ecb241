/**
 * Attempts to be permitted by the law of yesterday: with a successor that cannot be read, that is hidden behind another, that
 * binds part of the path, or that stands on what is not there. INVARIANT: what replaced a standard only restricts, and less
 * of it that can be read never permits more.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RawFact } from '../../functions/core/facts/view.ts';
import type { Members } from '../core/decision/facts.ts';
import * as make from '../core/decision/facts.ts';
import { OPEN_SAMPLE } from '../decide/rig.ts';
import { type Doors, startDoors } from '../doors/doors-rig.ts';

const OLD = 'US-STATE-TRUST';
const old = OPEN_SAMPLE.get(`standard/${OLD}`);
if (old === undefined) throw new Error('no such standard');

/** A standard of the same owner about the same information, that asks nothing of any path. */
function later(id: string, over: Members = {}): RawFact {
  const rules = [
    {
      rule: 'path-assurance' as const,
      id: 'any',
      cites: ['text'],
      accept: ['pinned' as const, 'observed' as const, 'assumed' as const],
    },
  ];
  const { owner, authority, scope, belowScope } = old as Members;
  return make.stored(make.standard({ id, rules }), { owner, authority, scope, belowScope, ...over });
}
const replacing = (id = OLD): Members => ({ replaces: [id] });
const bindingBritish: Members = {
  scope: {
    ...(old['scope'] as object),
    providers: { sets: ['uk-dvd-2022-10'], others: 'not-applicable' },
  } as never,
};
const lacking: Members = { requirements: [{ paragraph: '2', says: 'More.', missing: 'nobody read it' }] };
const hidden: readonly RawFact[] = [later('MIDDLE', replacing())];
const unread: Members = { rules: 'none' };

/** What is registered beside the sample, and what the answer comes to over a British hop, and over an American one beside it. */
// biome-ignore format: one row a line
const ATTACKS: readonly (readonly [name: string, facts: readonly RawFact[], british: string, both: string])[] = [
  ['a successor that asks nothing', [later('NEXT', replacing())], 'permit', 'permit'],
  ['one that lacks something', [later('NEXT', { ...replacing(), ...lacking })], 'deny', 'deny'],
  ['one that lacks something, for part of the path', [later('NEXT', { ...replacing(), ...lacking, ...bindingBritish })], 'deny', 'deny'],
  ['one that lacks something, behind another', [...hidden, later('NEXT', { ...replacing('MIDDLE'), ...lacking })], 'deny', 'deny'],
  ['one that nobody can read', [later('NEXT', { ...replacing(), ...unread })], 'indeterminate', 'indeterminate'],
  ['one that nobody can read, behind another', [...hidden, later('NEXT', { ...replacing('MIDDLE'), ...unread })], 'indeterminate', 'indeterminate'],
  ['one whose owner nobody can read', [later('NEXT', { ...replacing(), owner: 'usa' })], 'indeterminate', 'indeterminate'],
  ['one that says what it replaces in no list', [later('NEXT', { replaces: OLD })], 'indeterminate', 'indeterminate'],
  ['one that builds on what is not there', [later('NEXT', { ...replacing(), buildsOn: [{ standard: 'NOWHERE', rules: null }] })], 'indeterminate', 'indeterminate'],
  ['one that builds on what is not there, for part of the path', [later('NEXT', { ...replacing(), ...bindingBritish, buildsOn: [{ standard: 'NOWHERE', rules: null }] })], 'indeterminate', 'indeterminate'],
  ['one that builds on itself', [later('NEXT', { ...replacing(), buildsOn: [{ standard: 'NEXT', rules: null }] })], 'indeterminate', 'indeterminate'],
  ['one of another owner', [later('NEXT', { ...replacing(), ...lacking, owner: 'GBR', authority: 'uk-dsit' })], 'permit', 'permit'],
];

describe.each(ATTACKS)('%s', (_name, facts, british, both) => {
  let doors: Doors;
  beforeAll(async () => {
    const registry = new Map(OPEN_SAMPLE);
    for (const fact of facts) registry.set(make.keyOf(fact), fact);
    doors = await startDoors(['decide'], undefined, registry);
  });
  afterAll(() => doors.stop());

  it('is no way round it', async () => {
    const door = await doors.fresh('decide');
    const ask = (...hops: readonly string[]) =>
      door({
        request: JSON.stringify({
          message: { id: 'm', marking: 'SECRET//REL TO USA, GBR', flow: 'agency-internal' },
          path: { hops: hops.map((network) => ({ network })) },
        }),
      });
    expect(await ask('gb-b')).toMatchObject({ decision: british === 'permit', outcome: british });
    for (const hops of [
      ['gb-b', 'us-a'],
      ['us-a', 'gb-b'],
    ])
      expect(await ask(...hops)).toMatchObject({ decision: both === 'permit', outcome: both });
  });
});
