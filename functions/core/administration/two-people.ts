/** Two people of one authority, told by their keys alone: what a reader of a commit can judge without any event. */
import { type Authority, nameOfKey } from '../facts/authority.ts';
import type { RawFact } from '../facts/view.ts';
import type { Facts } from './change.ts';
import { authoritiesInForce, authorityInForce, speakersOf } from './speakers.ts';

/** The keys of whoever proposed and of whoever approved. */
export type TwoKeys = readonly [author: string, approver: string];

/** True where the keys are those of two different people of this authority. */
export function areTwoOf(authority: Pick<Authority, 'people'>, [author, approver]: TwoKeys): boolean {
  const names = [nameOfKey(authority, author), nameOfKey(authority, approver)];
  return author !== approver && !names.includes(undefined) && names[0] !== names[1];
}

/** True where the keys are those of two different people of some authority in force at an instant (epoch ms). */
export function areTwoOfAny(keys: TwoKeys, facts: Facts, at: number): boolean {
  return authoritiesInForce(facts, at).some((authority) => areTwoOf(authority, keys));
}

/** A fact as it was and as it becomes; either may be absent. */
export interface FactChange {
  readonly before: RawFact | undefined;
  readonly after: RawFact | undefined;
}

/**
 * True where the keys are those of two people of an authority that must speak, for every one of these changes. Of no
 * change at all nobody can tell whose it is.
 */
export function maySay(keys: TwoKeys, changes: readonly FactChange[], facts: Facts, at: number): boolean {
  const isSaid = (anyOf: readonly string[]) =>
    anyOf.some((id) => {
      const authority = authorityInForce(id, facts, at);
      return authority !== undefined && areTwoOf(authority, keys);
    });
  return (
    changes.length > 0 &&
    changes.every((change) => {
      const speakers = speakersOf(change, facts, at);
      return speakers.length > 0 && speakers.every(isSaid);
    })
  );
}

/** True where two of the founders' keys are these. */
export function areTwoFounders([author, approver]: TwoKeys, founders: readonly string[]): boolean {
  return author !== approver && founders.includes(author) && founders.includes(approver);
}

/** True where some two of these keys are such a pair. */
export function someTwo(keys: readonly string[], areTwo: (pair: TwoKeys) => boolean): boolean {
  return keys.some((a, i) => keys.slice(i + 1).some((b) => areTwo([a, b])));
}

/** True where two of these keys are those of two people of an authority that is in force. */
export function twoSpeak(keys: readonly string[], id: string, facts: Facts, at: number): boolean {
  const authority = authorityInForce(id, facts, at);
  return authority !== undefined && someTwo(keys, (pair) => areTwoOf(authority, pair));
}
