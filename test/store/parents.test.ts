/** How many reads it takes to go from a HEAD to its first version, where longer links are true and where they are not. */
import { describe, expect, it } from 'vitest';
import { type Digest, digestOf } from '../../functions/core/facts/canonical.ts';
import type { NamedCommit } from '../../functions/store/ancestry.ts';
import { ancestorCount, type Commit } from '../../functions/store/commit.ts';
import { parentsIn } from '../../functions/store/parents.ts';
import { StoreError } from '../../functions/store/store-error.ts';
import type { ObjectSource } from '../../functions/store/stored-object.ts';

const NEWEST = 5000;
const named = (name: string | number): Digest => digestOf(Buffer.from(`${name}`));

/** What a version's longer links are, in place of those there would be; the parent stays. */
type Lie = (version: number, links: readonly Digest[]) => readonly Digest[];

function historyOf(lie: Lie) {
  const commits = new Map<Digest, Commit>();
  for (let version = 1; version <= NEWEST; version += 1) {
    const links = Array.from({ length: ancestorCount(version) }, (_, power) => named(version - 2 ** power));
    const [parent, ...longer] = links;
    const ancestors = parent === undefined ? [] : [parent, ...lie(version, longer)];
    commits.set(named(version), { version, ancestors } as unknown as Commit);
  }
  let reads = 0;
  const load = async (digests: readonly Digest[]) => {
    reads += 1;
    const found = digests.map((digest) => {
      const commit = commits.get(digest);
      if (commit === undefined) throw new StoreError('OBJECT_MISSING', { digest });
      return [digest, { type: 'commit', commit }] as const;
    });
    return new Map(found);
  };
  return {
    source: { load } as unknown as ObjectSource,
    at: (version: number) => commits.get(named(version)),
    reads: () => reads,
  };
}

const nowhere: Lie = (version, links) => links.map((_, k) => named(`nowhere ${version} ${k}`));
const first: Lie = (_, links) => links.map(() => named(1));
const only =
  (versions: readonly number[], lie: Lie): Lie =>
  (version, links) =>
    versions.includes(version) ? lie(version, links) : links;
const MIDDLE = [2500];
const SOME = [4990, 4000, 3000, 2000, 1000];

describe('the way to the first version', () => {
  it.each<[string, Lie, number]>([
    ['is read by thousands at once', (_, links) => links, 40],
    ['where HEAD’s links lead nowhere', only([NEWEST], nowhere), 60],
    ['where HEAD’s links lead to the first', only([NEWEST], first), 60],
    ['where one commit’s in the middle lead nowhere', only(MIDDLE, nowhere), 60],
    ['where one commit’s in the middle lead to the first', only(MIDDLE, first), 60],
    ['where some lead nowhere', only(SOME, nowhere), 150],
    ['where some lead to the first', only(SOME, first), 150],
    ['where all lead nowhere, one by one', nowhere, NEWEST + 500],
    ['where all lead to the first, one by one', first, NEWEST + 500],
  ])('%s', async (_what, lie, most) => {
    const { source, at, reads } = historyOf(lie);
    const parentOf = parentsIn(source);
    const seen: number[] = [];
    for (let commit = at(NEWEST); commit !== undefined; ) {
      seen.push(commit.version);
      const parent: NamedCommit | undefined = await parentOf(commit);
      commit = parent?.commit;
    }
    expect(seen).toEqual(Array.from({ length: NEWEST }, (_, index) => NEWEST - index));
    expect(reads()).toBeLessThan(most);
  });

  it('reads a few at first, where few are wanted', async () => {
    const { source, at, reads } = historyOf((_, links) => links);
    const parentOf = parentsIn(source, 2);
    let commit = at(NEWEST);
    for (let step = 0; step < 3; step += 1) commit = commit && (await parentOf(commit))?.commit;
    expect([commit?.version, reads()]).toEqual([NEWEST - 3, 2]);
  });
});
