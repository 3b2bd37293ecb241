/** Emergency stops in force: everything, one owner's information, or one network. */

import type { Hold } from '../facts/hold.ts';
import { holdsAt } from '../facts/moment.ts';
import type { Sound } from '../facts/sound.ts';
import type { Law } from '../registry/evidence.ts';
import { exemptionsFrom } from './exemptions.ts';
import type { HeldMessage } from './held-message.ts';
import type { Reason } from './reasons.ts';

/** What stops a message, what does not because every owner said so, and on which exemptions that rests. */
export interface Stops {
  readonly reasons: readonly Reason[];
  readonly notes: readonly Reason[];
  readonly exemptions: readonly string[];
}

/** Of every hold in force, whether it stops this message. */
export function stopsOf(law: Law, message: HeldMessage, at: number): Stops {
  const reasons: Reason[] = [];
  const notes: Reason[] = [];
  const exemptions = new Set<string>();
  for (const hold of law.holds) {
    const said = holdReasons([hold], message, at);
    if (said.length === 0) continue;
    const exempt = exemptionsFrom(hold, message, law, at);
    if (exempt.length === 0) reasons.push(...said);
    for (const { key, fact } of exempt) {
      exemptions.add(key);
      notes.push({ code: 'HOLD_SET_ASIDE', owner: fact.owner, fact: hold.key });
    }
  }
  return { reasons, notes, exemptions: [...exemptions].sort() };
}

/** One reason per hold that is about this message over these hops, whoever is exempt. */
export function holdReasons(
  holds: readonly Sound<Hold>[],
  { owners, hops }: HeldMessage,
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
        .filter((h) => h.networks.some((n) => n.id === scope.network))
        .map((h) => ({ code: 'HOLD_NETWORK', hop: h.index, fact: key }));
    });
}
