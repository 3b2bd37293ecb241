/**
 * Room for stops. One document holds the whole law, stops too, and an item of the store ends at a size: what two people may
 * fill ends before that, so that whoever must stop something at night still can.
 */
import type { Json } from '../core/facts/canonical.ts';
import { compress } from './compression.ts';
import { documentText } from './document.ts';
import { framed, MAX_OBJECT_BYTES, unframe } from './object-bytes.ts';
import { MAX_ITEM_BYTES } from './object-inserts.ts';

/** Some hundreds of stops, each of a few hundred bytes: as text, and as stored. */
const KEPT_FOR_STOPS = { bytes: 256 * 1024, packed: 32 * 1024 } as const;

export function lawLeavesRoomForStops(law: Json): boolean {
  return leavesRoomForStops(framed('law', Buffer.from(documentText(law), 'utf8')));
}

/** @param law its canonical bytes */
export function leavesRoomForStops(law: Uint8Array): boolean {
  return (
    law.length <= MAX_OBJECT_BYTES.law - KEPT_FOR_STOPS.bytes &&
    compress(law).length <= MAX_ITEM_BYTES - KEPT_FOR_STOPS.packed
  );
}

/** In every document of something: an end of each fact in it, of some hundred bytes. */
const KEPT_FOR_ENDS = 16 * 1024;

/** @param object any framed object; only leaves hold what somebody revokes beside the law */
export function leavesRoomForEnds(object: Uint8Array): boolean {
  return !isLeaf(object) || object.length <= MAX_OBJECT_BYTES.leaf - KEPT_FOR_ENDS;
}

function isLeaf(object: Uint8Array): boolean {
  try {
    return unframe(object, ['leaf']).type === 'leaf';
  } catch {
    return false;
  }
}
