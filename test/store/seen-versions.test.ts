import { describe, expect, it } from 'vitest';
import { digestOf } from '../../functions/core/facts/canonical.ts';
import { ancestorCount, homeOf } from '../../functions/store/commit.ts';
import type { VerifiedHead } from '../../functions/store/head.ts';
import { createSeenVersions } from '../../functions/store/seen-versions.ts';

const named = (name: string) => digestOf(Buffer.from(name));

/** A HEAD of a history called `branch`. */
function head(version: number, branch = 'a', epoch = 1): VerifiedHead {
  const digest = named(`${branch}${version}`);
  const bytes = Buffer.from(digest);
  const root = { format: 1, oldestReader: 1, law: digest, facts: null, vendors: null, view: [] };
  return {
    digest,
    root,
    content: { commit: bytes, signature: bytes, root: bytes },
    commit: {
      version,
      lineage: named(`${branch} ${epoch}`).slice(7, 39),
      epoch,
      confirmed: true,
      home: homeOf('state'),
      root: digest,
      note: digest,
      approval: digest,
      keyring: digest,
      kind: 'approve',
      author: 'alice',
      approvers: ['bob'],
      recordedAt: '2026-11-23T12:00:00.000Z',
      ancestors: Array.from({ length: ancestorCount(version) }, (_, k) =>
        named(`${branch}${version - 2 ** k}`),
      ),
    },
  };
}

describe('what a process has seen', () => {
  const CASES: [string, VerifiedHead, VerifiedHead, string][] = [
    ['the same', head(5), head(5), 'ok'],
    ['the next', head(5), head(6), 'ok'],
    ['one some versions later', head(5), head(8), 'ok'],
    ['one four versions later', head(5), head(9), 'ok'],
    ['an older one', head(5), head(4), 'VERSION_REGRESSION'],
    ['the same version of another branch', head(5), fork(5), 'HISTORY_FORKED'],
    ['the next version of another branch', head(5), fork(6), 'HISTORY_FORKED'],
    ['a branch four versions later', head(5), fork(9), 'HISTORY_FORKED'],
    ['another lineage in the same epoch', head(5), head(6, 'b'), 'LINEAGE_CHANGED'],
    ['a restored lineage, at an older version', head(5), head(3, 'b', 2), 'ok'],
    ['the lineage before the restore', head(3, 'b', 2), head(9), 'VERSION_REGRESSION'],
  ];
  it.each(CASES)('%s', (_, before, after, result) => {
    const seen = createSeenVersions();
    seen.admit(before, undefined);
    const admit = () => seen.admit(after, seen.newest());
    expect(admit()).toBe(result === 'ok' ? null : result);
    expect(seen.newest()?.digest).toBe(result === 'ok' ? after.digest : before.digest);
  });

  it('a read that another overtook is no regression, and does not lower what was seen', () => {
    const seen = createSeenVersions();
    seen.admit(head(4), undefined);
    const knownBefore = seen.newest();
    seen.admit(head(6), knownBefore);
    expect(seen.admit(head(5), knownBefore)).toBeNull();
    expect(seen.newest()?.commit.version).toBe(6);
    expect(seen.admit(head(5), seen.newest())).toBe('VERSION_REGRESSION');
  });
});

/** A HEAD of the same lineage whose past is another. */
function fork(version: number): VerifiedHead {
  const other = head(version, 'b');
  return { ...other, commit: { ...other.commit, lineage: head(1).commit.lineage } };
}
