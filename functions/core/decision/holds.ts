/** Emergency stops in force: everything, one owner's information, or one network. */

import type { Hold } from '../facts/hold.ts';
import { holdsAt } from '../facts/moment.ts';
import type { Sound } from '../facts/sound.ts';
import type { ResolvedPath } from '../registry/path.ts';
import type { Reason } from './reasons.ts';

/** A hop, as a hold on a network sees it. */
export interface HeldHop {
  readonly index: number;
  readonly networkIds: readonly string[];
}

/** One reason per hold that stops this message over these hops. Empty owners or hops only leave the wider holds. */
export function holdReasons(
  holds: readonly Sound<Hold>[],
  owners: readonly string[],
  hops: readonly HeldHop[],
  at: number,
): readonly Reason[] {
  return holds
    .filter((h) => holdsAt(h.interval, at))
    .flatMap(({ fact: { scope }, key }): readonly Reason[] => {
      if ('everything' in scope) return [{ code: 'HOLD_EVERYTHING', fact: key }];
      if ('owner' in scope) {
        return owners.includes(scope.owner) ? [{ code: 'HOLD_OWNER', owner: scope.owner, fact: key }] : [];
      }
      return hops
        .filter((h) => h.networkIds.includes(scope.network))
        .map((h) => ({ code: 'HOLD_NETWORK', hop: h.index, fact: key }));
    });
}

/** The hops of a path as holds see them; a hop nobody knows is only held by what holds everything. */
export function heldHops(path: ResolvedPath): readonly HeldHop[] {
  if (!path.known) return [];
  return path.hops.map((h) => ({
    index: h.index,
    networkIds: (h.networks ?? []).map((n) => n.network.fact.id),
  }));
}
