import { describe, expect, it } from 'vitest';
import type { CoreDecision } from '../../../functions/core/decision/decide.ts';
import { coreAnswer, outlook } from '../../../functions/core/decision/next-change.ts';
import { approach } from '../../../functions/core/registry/input.ts';
import { registryFrom } from '../../../functions/core/registry/registry.ts';
import { ask, asStored, decideOver, labelFor, requestOf } from './ask.ts';
import { AT, FACTS, hold, UNREAD, waiver } from './facts.ts';

const DAY = 86_400_000;
const day = (text: string) => Date.parse(`${text}T00:00:00Z`);

/** The answers over one registry by instant; the registry is laid out once. */
function answersOver(facts: readonly unknown[]): (t: number) => CoreDecision {
  const world = registryFrom(asStored(facts));
  return (t) => ask(approach(world, requestOf({}), t, 'pinned'), labelFor({ at: t }));
}

function looked(facts: readonly unknown[], at = AT) {
  const decideAt = answersOver(facts);
  return outlook(decideAt(at), decideAt);
}

/** The first instant with another answer, by looking at every date until after the last of any fact. */
function exhaustively(differs: (t: number) => boolean): number | null {
  for (let t = day('2024-06-16'); t < day('2031-02-01'); t += DAY) if (differs(t)) return t;
  return null;
}

const passing = { from: '2026-01-01', to: '2026-01-31', zone: 'UTC' };
const CASES: readonly (readonly [string, readonly unknown[]])[] = [
  ['a permit that ends with its facts', FACTS],
  ['a hold that comes and goes', [...FACTS, hold({ id: 'later', valid: passing })]],
  [
    'a hold that ends',
    [...FACTS, hold({ id: 'now', valid: { from: '2024-01-01', to: '2025-03-31', zone: 'UTC' } })],
  ],
  ['a refusal without end', [...FACTS, hold({ id: 'for-ever' })]],
  ['a date that changes nothing', [...FACTS, waiver({ id: 'idle', valid: passing })]],
  [
    'a date that changes a citation alone',
    FACTS.map((f) => (f.id === 'net-a-british' ? { ...f, valid: passing, sources: [UNREAD] } : f)),
  ],
  [
    'a reason that changes and not the answer',
    [...FACTS, hold({ id: 'for-ever' }), hold({ id: 'more', valid: passing })],
  ],
];

describe('the next change', () => {
  it.each(CASES)('%s', async (_what, facts) => {
    const decideAt = answersOver(facts);
    const now = decideAt(AT);
    const { changes, flips, lookedUntil } = await looked(facts);
    const core = coreAnswer(now);
    const another = exhaustively((t) => coreAnswer(decideAt(t)) !== core);
    const flipped = exhaustively((t) => {
      const { outcome } = decideAt(t);
      return (outcome === 'permit') !== (now.outcome === 'permit');
    });
    expect([changes?.at ?? null, flips?.at ?? null, lookedUntil]).toEqual([another, flipped, null]);
  });

  it('is at the instant itself, and not a millisecond before', async () => {
    const { changes } = await looked(FACTS);
    const at = changes?.at ?? 0;
    const now = coreAnswer(decideOver(FACTS, { at: AT }));
    expect(coreAnswer(decideOver(FACTS, { at: at - 1 }))).toBe(now);
    expect(coreAnswer(decideOver(FACTS, { at }))).not.toBe(now);
  });

  it('is a change of any member but how long it lasts and what nobody verified', () => {
    const now = decideOver(FACTS, { at: AT });
    const same = Object.keys(now).filter((m) => coreAnswer({ ...now, [m]: ['another'] }) === coreAnswer(now));
    expect(same.sort()).toEqual(['unverified', 'validUntil']);
  });

  it('says so where it gives up', async () => {
    const first = { ...decideOver(FACTS, { at: AT }), validUntil: AT + 1 };
    const restless = (at: number) => ({ ...first, validUntil: at + 1 });
    expect(await outlook(first, restless)).toEqual({ changes: null, flips: null, lookedUntil: AT + 257 });
  });

  it('is the same whatever the order of the reasons', () => {
    const held = decideOver([...FACTS, hold({ id: 'one' }), hold({ id: 'two' })], { at: AT });
    expect(coreAnswer({ ...held, reasons: held.reasons.toReversed() })).toBe(coreAnswer(held));
  });
});
