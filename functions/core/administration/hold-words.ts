/** A hold in force, in words: the same on the board and at a terminal. */
import { CAUSES, type HoldScope } from '../facts/hold.ts';
import type { HoldInForce } from './holds-in-force.ts';

/** `everything`, `information of GBR`, `network gb-a`. */
function scopeInWords(scope: HoldScope): string {
  if ('everything' in scope) return 'everything';
  return 'owner' in scope ? `information of ${scope.owner}` : `network ${scope.network}`;
}

/** What is stopped, by whom, since and until when, why, and who is exempt: a heading and sentences. */
export function holdInWords(hold: HoldInForce): { readonly what: string; readonly says: readonly string[] } {
  if (!hold.readable)
    return {
      what: `EVERYTHING STOPPED: hold/${hold.id} cannot be read`,
      says: ['What it was meant to stop nobody can tell, so everything is refused: two people replace it.'],
    };
  const { id, authority, scope, cause, since, until, wide, exempt } = hold;
  const what = 'everything' in scope ? 'EVERYTHING STOPPED' : `Stopped: ${scopeInWords(scope)}`;
  const why = cause === null ? 'its cause stands in words of its own' : `${cause}: ${CAUSES[cause]}`;
  return {
    what: `${what} by ${authority} since ${since} (hold/${id})`,
    says: [
      `Why: ${why}.`,
      until === null ? 'It has no end of its own.' : `It ends by itself at ${until}.`,
      ...(exempt.length === 0
        ? []
        : [`Exempt from it: ${exempt.map((e) => `${e.owner} (exemption/${e.exemption})`).join(', ')}.`]),
      `To lift it, two people of ${authority}: routeguard registry lift ${id} --reason …`,
      ...(wide
        ? [
            `It stops more than ${authority} speaks for: two people of any other owner may exempt their own information: routeguard registry exempt ${id} --authority ID --owner OWNER --reason …`,
          ]
        : []),
    ],
  };
}
