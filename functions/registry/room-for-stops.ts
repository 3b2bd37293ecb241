import type { Facts, Operation } from '../core/administration/change.ts';
import { isHolder, type StopClaim } from '../core/administration/wide-stops.ts';
import { readingOf } from '../core/facts/reading.ts';
import { lawDocumentOf } from '../store/history.ts';
import type { OpenSnapshot } from '../store/open-snapshot.ts';
import { lawLeavesRoomForStops, leavesRoomForEnds, leavesRoomForStops } from '../store/room.ts';
import type { StagedRegistry } from '../store/staging.ts';
import { Refusal } from './refusal.ts';

/**
 * Passes for what two people may fill the law with. What only ends facts, as lifting a stop does, always passes: nobody may
 * be kept from making room.
 *
 * @throws Refusal TOO_LARGE
 */
export function demandRoomForStops({ root, objects }: StagedRegistry, changes: readonly Operation[]): void {
  if (changes.every(({ op }) => op === 'end')) return;
  const full = [...objects.values()].some((object) => !leavesRoomForEnds(object));
  if (full)
    throw new Refusal(
      'TOO_LARGE',
      'what is said of one network, vendor or route would leave no room to revoke any of it: say it in fewer words',
    );
  const law = objects.get(root.law);
  if (law === undefined || leavesRoomForStops(law)) return;
  throw new Refusal(
    'TOO_LARGE',
    'the law would leave no room for stops: say what it says in fewer words, or in fewer facts',
  );
}

/** What one revocation may lay into a fact where the law is full: the note says why, and by whom. Characters. */
const BRIEF = 256;

/**
 * Passes for ends by one person that take little of the room for stops, once the law reaches into that: each lies in it for
 * good, and everybody's stops need it.
 *
 * @throws Refusal TOO_LARGE
 */
export function demandBriefEnds({ root, objects }: StagedRegistry, changes: readonly Operation[]): void {
  const law = objects.get(root.law);
  if (law === undefined || leavesRoomForStops(law)) return;
  const isBrief = (each: Operation) => each.op !== 'end' || JSON.stringify(each.ending).length <= BRIEF;
  if (changes.every(isBrief)) return;
  throw new Refusal(
    'TOO_LARGE',
    'the law is full but for the room that is kept for stops: revoke it without sources of your own, the reason stands in the note',
    { path: '/sources' },
  );
}

/** As many stops of one person as leave most of the room to others: it holds some hundreds. */
const MOST_OF_ONE = 50;
/** From the end of a stop until it counts no more: time for two people to have what is over leave. */
const COUNTED_MS = 30 * 24 * 3_600_000;

/**
 * Passes for a stop by one person, until the law reaches into the room for stops and those whom their role may hold for have
 * many in it: or one person would fill it, and no nation could stop anything. Before that nobody is counted; a stop of everything
 * is never refused, because one person sets the next only days later.
 *
 * @throws Refusal HOLDS_TOO_MANY
 */
export async function demandShareOfRoom(
  { authority, scope }: StopClaim,
  role: string,
  { facts, head }: { readonly facts: Facts; readonly head: OpenSnapshot },
  now: number,
): Promise<void> {
  if ('everything' in scope || countOf(authority, role, facts, now) < MOST_OF_ONE) return;
  if (lawLeavesRoomForStops(await lawDocumentOf(head))) return;
  throw new Refusal(
    'HOLDS_TOO_MANY',
    `the law is full but for the room that is kept for stops, and ${MOST_OF_ONE} stops in it that are in force, or were less than 30 days ago, are of ${authority} or of another that your role may hold for`,
    { path: '/scope' },
  );
}

function countOf(authority: string, role: string, facts: Facts, now: number): number {
  const isTheirs = isHolder(authority, role, facts);
  return [...facts].filter(([key, raw]) => {
    const reading = key.startsWith('hold/') ? readingOf(raw) : undefined;
    if (reading?.sound !== true || reading.fact.kind !== 'hold') return false;
    return isTheirs(reading.fact.authority) && reading.interval.to + COUNTED_MS > now;
  }).length;
}
