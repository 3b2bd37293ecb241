/** The holds in force: the one list that the board, the registry and the watch show. */

import type { Exemption } from '../facts/exemption.ts';
import { idOfKey } from '../facts/fact.ts';
import type { HoldCause, HoldScope } from '../facts/hold.ts';
import { holdsAt, iso } from '../facts/moment.ts';
import { readingOf } from '../facts/reading.ts';
import type { Facts } from './change.ts';
import { authorityInForce } from './speakers.ts';
import { isWide, mayBeExempt } from './wide-stops.ts';

/** Whose information a hold does not stop, and by which exemption. */
interface Exempted {
  readonly owner: string;
  readonly exemption: string;
}

interface ReadableHold {
  readonly id: string;
  readonly readable: true;
  /** On whose word. */
  readonly authority: string;
  readonly scope: HoldScope;
  /** Null where it was set before causes were a closed set. */
  readonly cause: HoldCause | null;
  /** ISO 8601; `until` is null where it ends only when two people lift it. */
  readonly since: string;
  readonly until: string | null;
  /** True where it stops more than its authority speaks for. */
  readonly wide: boolean;
  readonly exempt: readonly Exempted[];
}

/** One that cannot be read refuses everything, whatever it was meant to stop. */
interface UnreadableHold {
  readonly id: string;
  readonly readable: false;
}

/** A stop as everybody sees it: what, whose, since and until when, why, and who is exempt. */
export type HoldInForce = ReadableHold | UnreadableHold;

function exemptions(facts: Facts, at: number): readonly Exemption[] {
  return [...facts].flatMap(([key, raw]) => {
    const reading = key.startsWith('exemption/') ? readingOf(raw) : undefined;
    if (reading?.sound !== true || reading.fact.kind !== 'exemption' || !holdsAt(reading.interval, at))
      return [];
    const { fact } = reading;
    return authorityInForce(fact.authority, facts, at)?.speaksFor.includes(fact.owner) === true ? [fact] : [];
  });
}

/** True of what stops everybody's traffic: what says so, and what nobody can read. */
export function stopsEverything(hold: HoldInForce): boolean {
  return !hold.readable || 'everything' in hold.scope;
}

/** What stops most first. @param at epoch ms */
export function holdsInForce(facts: Facts, at: number): readonly HoldInForce[] {
  const exempting = exemptions(facts, at);
  const found = [...facts].flatMap(([key, raw]): readonly HoldInForce[] => {
    if (!key.startsWith('hold/')) return [];
    const id = idOfKey(key);
    const reading = readingOf(raw);
    if (!reading.sound || reading.fact.kind !== 'hold') return [{ id, readable: false }];
    const { fact, interval } = reading;
    if (!holdsAt(interval, at)) return [];
    const { authority, scope, cause = null } = fact;
    return [
      {
        ...{ id, readable: true, authority, scope, cause, since: iso(interval.from) },
        until: Number.isFinite(interval.to) ? iso(interval.to) : null,
        wide: isWide(fact, facts),
        exempt: exempting
          .filter((e) => e.hold === id && mayBeExempt(fact, e.owner, facts))
          .map(({ id: exemption, owner }) => ({ owner, exemption })),
      },
    ];
  });
  const rank = (hold: HoldInForce) => (stopsEverything(hold) ? 0 : 1);
  return found.sort((a, b) => rank(a) - rank(b) || (a.id < b.id ? -1 : 1));
}
