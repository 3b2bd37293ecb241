/** What one run of the standby says, as an alarm reads it. */
import { expect, it } from 'vitest';
import { createKeeping } from '../../functions/standby/keeping.ts';
import type { StandbyRun } from '../../functions/store/standby.ts';
import { StoreError } from '../../functions/store/store-error.ts';

const PLACE = { epoch: 1, version: 2 };
const COPIED: StandbyRun = {
  ...{ outcome: 'copied', here: PLACE, there: PLACE, objects: 3, purged: 1, unproven: 0 },
  ...{ stopped: null, needsNewer: false, behindMs: 0 },
};

it.each<[string, Partial<StandbyRun> | StoreError, ok: boolean, says: object, leavesOut: readonly string[]]>([
  [
    'a run that copied',
    {},
    true,
    { StandbyFailures: 0, StandbyShortcomings: 0, StandbyUnproven: 0 },
    ['stopped', 'code'],
  ],
  ['what stays unproven', { unproven: 2 }, true, { StandbyFailures: 0, StandbyUnproven: 2 }, ['stopped']],
  [
    'what stays unproven where nothing was copied',
    { outcome: 'current', unproven: 2 },
    true,
    { StandbyUnproven: 2 },
    [],
  ],
  [
    'a run that copied, and could not look for what was purged',
    { stopped: 'STORE_REFUSED' },
    true,
    { outcome: 'copied', stopped: 'STORE_REFUSED', StandbyFailures: 0, StandbyShortcomings: 1 },
    ['code'],
  ],
  [
    'a run that had nothing to copy, and could not look',
    { outcome: 'current', stopped: 'FAULT' },
    true,
    { outcome: 'current', stopped: 'FAULT', StandbyFailures: 0, StandbyShortcomings: 1, StandbyBehind: 0 },
    ['code'],
  ],
  [
    'one that needs a newer build',
    { needsNewer: true },
    true,
    { code: 'FORMAT_UNKNOWN', StandbyFailures: 0, StandbyShortcomings: 1 },
    ['stopped'],
  ],
  [
    'one that is on its way has not looked',
    { outcome: 'copying' },
    true,
    { StandbyFailures: 0 },
    ['StandbyUnproven'],
  ],
  [
    'one that ended',
    { outcome: 'ended', behindMs: null },
    true,
    { StandbyEnded: 1 },
    ['StandbyUnproven', 'StandbyBehind'],
  ],
  [
    'one that failed',
    new StoreError('STORE_REFUSED'),
    false,
    { outcome: 'failed', code: 'STORE_REFUSED', StandbyFailures: 1 },
    ['StandbyUnproven', 'StandbyBehind', 'StandbyEnded', 'StandbyShortcomings'],
  ],
])('%s', async (_case, came, ok, says, leavesOut) => {
  const lines: string[] = [];
  const keep = createKeeping({
    standby: async () => {
      if (came instanceof StoreError) throw came;
      return { ...COPIED, ...came };
    },
    ...{ service: 'standby', clock: () => 0, write: (line: string) => lines.push(line) },
  });
  expect(await keep()).toEqual({ ok });
  const [line] = lines.map((each) => JSON.parse(each));
  expect(line).toMatchObject(says);
  for (const name of leavesOut) expect(line).not.toHaveProperty(name);
});
