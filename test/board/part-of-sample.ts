/** The sample with few places: whoever looks ahead asks about each, and most cases are about two or three. */
import type { RawFact } from '../../functions/core/facts/view.ts';

/** @param places ids of the networks and routes that are kept; of what is no place everything is */
export function withPlaces(
  facts: ReadonlyMap<string, RawFact>,
  places: readonly string[],
): ReadonlyMap<string, RawFact> {
  return new Map(
    [...facts].filter(
      ([, { kind, id }]) => (kind !== 'network' && kind !== 'route') || places.includes(String(id)),
    ),
  );
}
