/** What the revocation campaign counts, when it fails, and how it is called; it is run in test/registry. */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { countHistory, failuresOf } from './revocation-history.ts';

describe('the count of a history', () => {
  const window = { acknowledged: 10n, restoring: 20n };
  const unended = { acknowledged: 10n, restoring: null };
  const decided = (started: bigint, ended: bigint, permit: boolean) => ({ started, ended, permit });
  it.each([
    ['before the acknowledgement', decided(9n, 12n, true), window, 0, 0],
    ['at it', decided(10n, 12n, true), window, 0, 0],
    ['after it', decided(11n, 12n, true), window, 1, 1],
    ['denied after it', decided(11n, 12n, false), window, 1, 0],
    ['answered when the restoration began', decided(19n, 20n, true), window, 0, 0],
    ['answered just before', decided(18n, 19n, true), window, 1, 1],
    ['when nothing was restored again', decided(99n, 100n, true), unended, 1, 1],
  ] as const)('%s', (_what, decision, during, inWindows, violations) => {
    const permits = decision.permit ? 1 : 0;
    expect(countHistory([decision], [during])).toEqual({ decisions: 1, permits, inWindows, violations });
  });
});

describe('the campaign', () => {
  const sound = { decisions: 9, permits: 5, inWindows: 4, violations: 0 };
  const stale = { ...sound, violations: 1 };
  it.each([
    ['passes', sound, stale, []],
    [
      'fails on one permit after an acknowledgement',
      stale,
      stale,
      ['a revocation was not in force at its acknowledgement'],
    ],
    ['fails without a permit', { ...sound, permits: 0 }, stale, ['nothing was permitted']],
    [
      'fails where nothing was revoked',
      { ...sound, inWindows: 0 },
      stale,
      ['nothing was decided while something was revoked'],
    ],
    [
      'fails where the broken builds pass',
      sound,
      sound,
      [
        'the build that caches HEAD was not caught',
        'the build that tells before every copy of HEAD has moved was not caught',
      ],
    ],
  ])('%s', (_, one, other, failures) => {
    expect(failuresOf([sound, one], { caches: other, early: other })).toEqual(failures);
  });

  it.each([
    [['--help'], 0],
    [['--decision', '300'], 2],
    [['--decisions', '0'], 2],
    [['300'], 2],
  ])('called with %j ends with %i and the usage', (args, status) => {
    const script = fileURLToPath(new URL('revocation.ts', import.meta.url));
    const run = spawnSync(process.execPath, [script, ...args], { encoding: 'utf8' });
    expect([run.status, /--decisions N/.test(run.stdout + run.stderr)]).toEqual([status, true]);
  });
});
