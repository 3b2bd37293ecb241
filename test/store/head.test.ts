import { describe, expect, it } from 'vitest';
import { digestOf } from '../../functions/core/facts/canonical.ts';
import {
  ancestorCount,
  type Commit,
  decodeCommit,
  encodeCommit,
  homeOf,
} from '../../functions/store/commit.ts';
import { SIGNATURE_BYTES } from '../../functions/store/commit-signature.ts';
import { decodeHead, encodeHead, itemBytes, MAX_HEAD_BYTES } from '../../functions/store/head.ts';
import { frame, unframe } from '../../functions/store/object-bytes.ts';
import { encodeRoot, VIEW_SLOTS } from '../../functions/store/registry-root.ts';

const digest = digestOf(Buffer.from('x'));

/** The longest commit there can be at a version. */
function longest(version: number): Commit {
  return {
    version,
    lineage: 'f'.repeat(32),
    epoch: 0x7fff_ffff,
    confirmed: false,
    home: homeOf('x'.repeat(255)),
    root: digest,
    note: digest,
    kind: 'k'.repeat(32),
    author: 'a'.repeat(176),
    approvers: ['b'.repeat(176), 'c'.repeat(176)],
    recordedAt: '2026-11-23T12:00:00.000Z',
    ancestors: new Array(ancestorCount(version)).fill(digest),
  };
}

function headOf(commit: Commit) {
  const view = new Array(VIEW_SLOTS).fill(digest);
  return {
    commit: encodeCommit(commit),
    signature: new Uint8Array(SIGNATURE_BYTES),
    root: encodeRoot({ law: digest, facts: digest, vendors: digest, view }),
  };
}

describe('HEAD', () => {
  it('stays within one read unit for four million versions, whatever a commit says', () => {
    const item = encodeHead(headOf(longest(2 ** 22)));
    expect(itemBytes(item)).toBeLessThanOrEqual(MAX_HEAD_BYTES);
    expect(decodeHead(item)).toEqual(headOf(longest(2 ** 22)));
  });

  it('is refused where it would cost more', () => {
    expect(() => encodeHead(headOf(longest(2 ** 30)))).toThrow('TOO_LARGE');
  });
});

describe('a commit', () => {
  it.each([1, 2, 3, 4, 5, 8, 9, 1000])('of version %i comes back as it was', (version) => {
    const commit = longest(version);
    expect(decodeCommit(unframe(encodeCommit(commit), ['commit']).body)).toEqual(commit);
  });

  const json = (commit: object): string => JSON.stringify(commit);
  const { ancestors: _, ...fields } = longest(1);
  const sorted = Object.fromEntries(Object.entries(fields).sort(([a], [b]) => (a < b ? -1 : 1)));
  const MALFORMED: [string, string][] = [
    ['nothing', ''],
    ['no line feed', json(sorted)],
    ['members out of order', `${json(fields)}\n`],
    ['an unknown member', `${json({ ...sorted, z: 1 })}\n`],
    ['a missing member', `${json({ ...sorted, author: undefined })}\n`],
    ['a duplicate member', `${json(sorted).replace('"version":1', '"version":2,"version":1')}\n`],
    ['a fraction', `${json({ ...sorted, version: 1.5 })}\n`],
    ['a version of the wrong type', `${json({ ...sorted, version: '1' })}\n`],
    ['a truth value of the wrong type', `${json({ ...sorted, confirmed: 1 })}\n`],
    ['an instant of another form', `${json({ ...sorted, recordedAt: '2026-11-23' })}\n`],
    ['an ancestor too many', `${json(sorted)}\n${'x'.repeat(32)}`],
    ['half an ancestor', `${json(sorted)}\n${'x'.repeat(16)}`],
    ['null', 'null\n'],
    ['a list', '[]\n'],
  ];
  it('has one form', () => {
    expect(decodeCommit(Buffer.from(`${json(sorted)}\n`)).version).toBe(1);
  });
  it.each(MALFORMED)('is refused with %s', (_, text) => {
    expect(() => decodeCommit(Buffer.from(text))).toThrow('OBJECT_MALFORMED');
  });
});

describe('an object', () => {
  it('of one type is not one of another', () => {
    const law = frame('law', Buffer.from('{}'));
    expect(unframe(law, ['leaf', 'law']).type).toBe('law');
    expect(() => unframe(law, ['leaf', 'node'])).toThrow('OBJECT_MALFORMED');
  });
});
