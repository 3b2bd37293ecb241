/**
 * Whose stop. An authority's hold has *reach*: information of an owner it speaks for, and a network under the law of one.
 * Everything wider (everything, another owner's information, another nation's network, whatever the registrar stops) is
 * somebody else's too. So it ends within 24 hours by an end of its own, each owner may exempt its information from it, and
 * one person does not set it again until 24 hours after it ended, whichever authority they hold for: two people may. A stop of
 * everything after one of less is no renewal.
 */

import type { FactOf } from '../facts/fact.ts';
import type { Hold } from '../facts/hold.ts';
import { holdsAt } from '../facts/moment.ts';
import { readingOf } from '../facts/reading.ts';
import type { Sound } from '../facts/sound.ts';
import type { RawFact } from '../facts/view.ts';
import type { Facts } from './change.ts';

/** The longest that a wide stop lasts. */
export const MOST_WIDE_MS = 24 * 3_600_000;
/** From the end of a wide stop until one person may set it again. */
const PAUSE_MS = 24 * 3_600_000;
/** From when one person set a wide stop until, at the latest, they may set it again. */
export const LATELY_MS = MOST_WIDE_MS + PAUSE_MS;

/** What is asked about a hold before it is one. */
export type StopClaim = Pick<Hold, 'authority' | 'scope'>;

function soundOf<K extends 'authority' | 'network'>(
  kind: K,
  id: string,
  facts: Facts,
): FactOf<K> | undefined {
  const reading = readingOf(facts.get(`${kind}/${id}`));
  return reading.sound && reading.fact.kind === kind ? (reading.fact as FactOf<K>) : undefined;
}

/** True where a hold goes beyond its authority's reach, or nobody can tell that it does not. */
export function isWide({ authority, scope }: StopClaim, facts: Facts): boolean {
  if ('everything' in scope) return true;
  const whose = 'owner' in scope ? scope.owner : soundOf('network', scope.network, facts)?.jurisdiction;
  const nations = soundOf('authority', authority, facts)?.speaksFor ?? [];
  return whose === undefined || !nations.includes(whose);
}

/** True where an owner may exempt its information: a wide hold, and not what is its authority's own. */
export function mayBeExempt(hold: StopClaim, owner: string, facts: Facts): boolean {
  const nations = soundOf('authority', hold.authority, facts)?.speaksFor;
  return nations !== undefined && !nations.includes(owner) && isWide(hold, facts);
}

/** True of a wide hold that outlasts what a wide hold may. */
export function outlastsItsReach({ fact, interval }: Omit<Sound<Hold>, 'key'>, facts: Facts): boolean {
  return interval.to - interval.from > MOST_WIDE_MS && isWide(fact, facts);
}

/** Two scopes apart from each other: two networks, or two owners. Anything else stops some of the same. */
function isApart(a: Hold['scope'], b: Hold['scope']): boolean {
  if ('network' in a && 'network' in b) return a.network !== b.network;
  return 'owner' in a && 'owner' in b && a.owner !== b.owner;
}

/** Everything, where what was stopped before is less. */
function isFurther(scope: Hold['scope'], before: Hold['scope']): boolean {
  return 'everything' in scope && !('everything' in before);
}

/** Of which authorities a stop is by whoever asks: of the one they name, and of any other that their role may hold for. */
export function isHolder(authority: string, role: string, facts: Facts): (id: string) => boolean {
  return (id) => id === authority || soundOf('authority', id, facts)?.holders.includes(role) === true;
}

/** What has been stopped, and what is known of whoever stopped it. */
interface StopHistory {
  readonly facts: Facts;
  /** Holds as one person set them, by key, since {@link LATELY_MS}. */
  readonly alone: readonly (readonly [string, RawFact])[];
}

function soundHold(key: string, raw: RawFact | undefined): Sound<Hold> | undefined {
  const reading = readingOf(raw);
  if (!reading.sound || reading.fact.kind !== 'hold') return undefined;
  return { fact: reading.fact, key, interval: reading.interval };
}

/**
 * The holds there are, and what one person has set, from when they set it and as they did: two people may since have put it
 * off, had it leave, or made less or a drill of it, and one person has stopped everybody all the same. It ended when it was
 * to, or when they had it end before.
 */
function* stopsIn({ facts, alone }: StopHistory): Generator<Sound<Hold>> {
  for (const [key, raw] of facts) {
    const hold = key.startsWith('hold/') ? soundHold(key, raw) : undefined;
    if (hold !== undefined) yield hold;
  }
  for (const [key, raw] of alone) {
    const hold = soundHold(key, raw);
    if (hold === undefined) continue;
    const { from, to } = hold.interval;
    const ends = soundHold(key, facts.get(key))?.interval.to ?? to;
    yield { ...hold, interval: { from, to: Math.min(to, ends) } };
  }
}

/**
 * A wide stop of the same authority, or of another that this role may hold for, in force or over for less than the pause, that
 * stops some of the same. Drills are left out: two people set them, and what was rehearsed must not be in the way of the
 * emergency.
 */
export function setLately(
  { authority, scope }: StopClaim,
  role: string,
  stopped: StopHistory,
  at: number,
): Sound<Hold> | undefined {
  const { facts } = stopped;
  const isTheirs = isHolder(authority, role, facts);
  for (const hold of stopsIn(stopped)) {
    const { fact, interval } = hold;
    if (
      isTheirs(fact.authority) &&
      fact.cause !== 'rehearsal' &&
      !isApart(fact.scope, scope) &&
      !isFurther(scope, fact.scope) &&
      holdsAt({ from: interval.from, to: interval.to + PAUSE_MS }, at) &&
      isWide(fact, facts)
    )
      return hold;
  }
  return undefined;
}
