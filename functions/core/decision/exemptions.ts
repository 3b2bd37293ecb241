/**
 * Whose stop: an owner sets a wide stop aside for its own information, and for nobody else's.
 *
 * A hold is set aside for a label where every responsible owner has an exemption from it, in force, from an authority in force
 * that speaks for that owner. INVARIANT: never what the hold's own authority may stop for as long as it takes: information of
 * a nation it speaks for, and whatever crosses a network under that nation's law. So nobody lifts what protects somebody else.
 */
import type { Exemption } from '../facts/exemption.ts';
import type { Hold } from '../facts/hold.ts';
import { holdsAt } from '../facts/moment.ts';
import type { Sound } from '../facts/sound.ts';
import type { Law } from '../registry/evidence.ts';
import type { HeldMessage } from './held-message.ts';

/** One exemption for every owner, where that sets the hold aside; empty where it stops the message. */
export function exemptionsFrom(
  hold: Sound<Hold>,
  { owners, hops }: HeldMessage,
  law: Pick<Law, 'authorities' | 'exemptions'>,
  at: number,
): readonly Sound<Exemption>[] {
  if (stopsItsOwn(hold.fact, { owners, hops }, law)) return [];
  const found = owners.map((owner) =>
    law.exemptions.find(
      (e) =>
        e.fact.hold === hold.fact.id &&
        e.fact.owner === owner &&
        holdsAt(e.interval, at) &&
        speaksFor(e.fact.authority, owner, law, at),
    ),
  );
  return found.every((e) => e !== undefined) ? found : [];
}

/**
 * Whether the hold stops what is its authority's own. An authority that has lapsed set it all the same; of one that cannot be
 * read, and of a hop that nobody knows, it may be.
 */
function stopsItsOwn(
  { authority, scope }: Hold,
  { owners, hops }: HeldMessage,
  { authorities }: Pick<Law, 'authorities'>,
): boolean {
  const nations = authorities.find((a) => a.fact.id === authority)?.fact.speaksFor;
  if (nations === undefined || owners.some((o) => nations.includes(o))) return true;
  return hops.some(
    ({ networks }) =>
      networks.length === 0 ||
      networks.some(
        ({ id, jurisdiction }) =>
          nations.includes(jurisdiction) && (!('network' in scope) || scope.network === id),
      ),
  );
}

function speaksFor(
  id: string,
  owner: string,
  { authorities }: Pick<Law, 'authorities'>,
  at: number,
): boolean {
  return authorities.some(
    (a) => a.fact.id === id && a.fact.speaksFor.includes(owner) && holdsAt(a.interval, at),
  );
}
