/** What `verify` says of a report, and how it ends. */
import { describe, expect, it } from 'vitest';
import { isOfNewerFormat, verifyInWords } from '../../cli/registry/words.ts';

const report = (...codes: readonly string[]) => ({
  ...{ sound: codes.length === 0, held: false, commits: 2, objects: 9, purged: [] },
  problems: codes.map((code) => ({ code, version: 2, digest: 'sha256:0' })),
});

describe('a history that', () => {
  it.each<[string, readonly string[], RegExp, boolean]>([
    ['is sound', [], /^Sound: 2 versions/, false],
    [
      'a newer build published',
      ['FORMAT_UNKNOWN', 'FORMAT_UNKNOWN'],
      /^NOT VERIFIED: .* this one reads format 1 at most/,
      true,
    ],
    ['is unsound', ['OBJECT_ALTERED'], /^NOT SOUND: 1 problems/, false],
    [
      'is of a newer build and unsound besides',
      ['FORMAT_UNKNOWN', 'OBJECT_ALTERED'],
      /^NOT SOUND: 2 problems/,
      false,
    ],
  ])('%s', (_what, codes, first, newer) => {
    const said = report(...codes);
    expect(verifyInWords(said)[0]).toMatch(first);
    expect(isOfNewerFormat(said.problems)).toBe(newer);
  });
});
