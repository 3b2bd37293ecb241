/** What of a lost change is still to be done, by what HEAD has in its place. */
import { describe, expect, it } from 'vitest';
import { undone } from '../../cli/recover/undone.ts';
import { digestOf, type Json } from '../../functions/core/facts/canonical.ts';
import { readFact } from '../../functions/core/facts/fact.ts';
import { stateOf } from '../decide/rig.ts';
import { smallSample } from '../registry/small-sample.ts';

const NOW = Date.parse('2026-11-30T12:00:00Z');
const GRANTED = 'accreditation/us-on-gb-b';
const SAID = [{ citation: 'A test', verified: true, primary: true }];

interface Span {
  readonly from?: string;
  readonly to?: string | null;
}
type Members = Readonly<Record<string, Json>>;

function hold(scope: Json, { from = '2026-11-30T10:00:00Z', to = null }: Span = {}, authority = 'us-state') {
  const fact = {
    ...{ kind: 'hold', id: 'later', authority, scope, cause: 'doubt', valid: { from, to, zone: 'UTC' } },
    ...(to !== null && { ending: SAID }),
    sources: SAID,
  };
  expect(readFact(fact)).toMatchObject({ sound: true });
  return fact;
}

const granted = stateOf(smallSample()).facts.get(GRANTED) as Members;
const endedOn = (to: string): Json => ({ ...granted, valid: { ...(granted['valid'] as Members), to } });
const USA = { owner: 'USA' };

function left(key: string, [before, after]: readonly [Json | null, Json | null], is: Json | null) {
  const said = { kind: 'revoke', author: 'pat', approvers: [], recordedAt: '', reason: null, isNewer: false };
  const changes = [{ key, change: 'replaced', before, after }] as const;
  const at = { version: 2, epoch: 1, digest: digestOf(new Uint8Array()), givenUp: null };
  const { again, otherwise } = undone(
    [{ ...at, said: { ...said, changes } }],
    new Map(is === null ? [] : [[key, is]]),
    NOW,
  );
  return [...again.map(({ kind }) => kind), ...otherwise.map(({ change }) => `otherwise: ${change}`)];
}

describe('a hold that was lost', () => {
  it.each<[string, Json | null, readonly string[]]>([
    ['does not stand', null, ['hold']],
    ['was set anew, later', hold(USA, { from: '2026-11-30T11:59:00Z' }), []],
    ['was set anew over everything', hold({ everything: true }), []],
    ['stands over another owner', hold({ owner: 'GBR' }), ['otherwise: replaced']],
    ['stands over a network alone', hold({ network: 'gb-b' }), ['otherwise: replaced']],
    ['is another authority’s', hold(USA, {}, 'gb-state'), ['otherwise: replaced']],
    ['ends by itself', hold(USA, { to: '2026-12-01T10:00:00Z' }), ['otherwise: replaced']],
    ['has ended', hold(USA, { to: '2026-11-30T11:00:00Z' }), ['otherwise: replaced']],
    ['begins tomorrow', hold(USA, { from: '2026-12-01T10:00:00Z' }), ['otherwise: replaced']],
  ])('%s', (_, is, expected) => {
    expect(left('hold/later', [null, hold(USA)], is)).toEqual(expected);
  });
});

describe('a fact that was ended, and the end was lost', () => {
  it.each<[string, Json | null, readonly string[]]>([
    ['stands again', granted, ['revoke']],
    ['was ended anew, another day', endedOn('2026-11-29'), []],
    ['is gone', null, []],
    ['ends in time to come', endedOn('2026-12-24'), ['revoke']],
  ])('%s', (_, is, expected) => {
    expect(left(GRANTED, [granted, endedOn('2026-11-28')], is)).toEqual(expected);
  });

  it('is otherwise where it was renewed since, and is ended now', () => {
    const ended = endedOn('2026-11-28');
    expect(left(GRANTED, [ended, granted], ended)).toEqual(['otherwise: replaced']);
  });
});

it('a hold that was lifted, and stands again, is otherwise', () => {
  const lifted = hold(USA, { to: '2026-11-30T11:00:00Z' });
  expect(left('hold/later', [hold(USA), lifted], hold(USA))).toEqual(['otherwise: replaced']);
});
