/** Emergency stops in force: everything, one owner's information, or one network. */

import type { Authority } from '../facts/authority.ts';
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
  /** Whose facts tell that: of whoever exempts, and of whoever stops, which may exempt nothing of its own. */
  readonly authorities: readonly Sound<Authority>[];
}

/** Of every hold in force, whether it stops this message. */
export function stopsOf(law: Law, message: HeldMessage, at: number): Stops {
  const reasons: Reason[] = [];
  const notes: Reason[] = [];
  const exemptions = new Set<string>();
  const speaking = new Set<string>();
  for (const hold of law.holds) {
    const said = holdReasons([hold], message, at);
    if (said.length === 0) continue;
    const exempt = exemptionsFrom(hold, message, law, at);
    if (exempt.length === 0) reasons.push(...said);
    if (exempt.length > 0) speaking.add(hold.fact.authority);
    for (const { key, fact } of exempt) {
      exemptions.add(key);
      speaking.add(fact.authority);
      notes.push({ code: 'HOLD_SET_ASIDE', owner: fact.owner, fact: hold.key });
    }
  }
  const authorities = law.authorities.filter(({ fact }) => speaking.has(fact.id));
  return { reasons, notes, exemptions: [...exemptions].sort(), authorities };
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
