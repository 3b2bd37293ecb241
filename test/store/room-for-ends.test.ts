/** What two people say of one thing leaves room to end it: whoever must revoke at night is not kept from it by how much there is. */
import { expect, it } from 'vitest';
import { framed, MAX_OBJECT_BYTES } from '../../functions/store/object-bytes.ts';
import { leavesRoomForEnds } from '../../functions/store/room.ts';

const KEPT = 16 * 1024;
const leaf = (bytes: number) => {
  const { length: header } = framed('leaf', Buffer.from('a')).subarray(1);
  return framed('leaf', Buffer.alloc(bytes - header, 'a'));
};

it.each([
  [MAX_OBJECT_BYTES.leaf - KEPT, true],
  [MAX_OBJECT_BYTES.leaf - KEPT + 1, false],
  [MAX_OBJECT_BYTES.leaf, false],
])('a document of %i bytes: %s', (bytes, leaves) => {
  const object = leaf(bytes);
  expect(object).toHaveLength(bytes);
  expect(leavesRoomForEnds(object)).toBe(leaves);
});

it('other objects have a room of their own', () => {
  expect(leavesRoomForEnds(framed('law', Buffer.alloc(MAX_OBJECT_BYTES.leaf, 'a')))).toBe(true);
});
