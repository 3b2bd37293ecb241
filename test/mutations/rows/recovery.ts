/** Faults in what restores tables, proves them and says what was lost; and in who says that a registry is held. */
import { type CaughtBy, type Fault, mutationsOf } from '../mutation.ts';

const DRILL = 'test/recovery/drill.test.ts';
const RESTORING = 'test/recovery/restoring.test.ts';
const AGREED = 'test/recovery/held.test.ts';

const file = (path: string, caughtBy: CaughtBy, ...faults: readonly Fault[]) => ({
  file: `cli/recover/${path}`,
  caughtBy,
  faults,
});

export const RECOVERY = mutationsOf('recovery', [
  file(
    'plan.ts',
    RESTORING,
    ['a floor that survives is restored', "lost.includes('floor') && found.floor.there !== null", 'false'],
    ['a point outside the window', 'then < window.from || then > window.to', 'then < window.from'],
    ['objects as old as HEAD', "(name === 'objects' ? OBJECTS_LATER_MS : 0)", '0'],
    [
      'a table that is gone has no backup',
      'backups.find((each) => each.at.getTime() <= latest)',
      'undefined',
      DRILL,
    ],
  ),
  file('restore-table.ts', RESTORING, [
    'whatever has the name is the restore',
    'if (!isSame)',
    'if (isSame === null)',
  ]),
  file(
    'protection.ts',
    RESTORING,
    [
      'what is put on last is the policy',
      "['policy', 'deletionProtection', 'recoveryDays', 'timeToLive']",
      "['deletionProtection', 'recoveryDays', 'timeToLive', 'policy']",
    ],
    ['no policy is put on', 'ResourceArn: arn, Policy: wanted.policy', "ResourceArn: arn, Policy: '{}'"],
  ),
  file(
    'wanted-protection.ts',
    RESTORING,
    ['protection that was taken off is copied', '    deletionProtection: true,\n', ''],
    ['no policy is protection enough', 'if (found.policy === null)', 'if (found.tags === null)'],
  ),
  file(
    'proof.ts',
    RESTORING,
    [
      'another registry’s HEAD will do',
      'head.commit.home !== homeOf(state) && ',
      "head.commit.home === '' && ",
    ],
    ['what is missing is not said', 'if (missing.length > 0)', 'if (missing.length < 0)'],
  ),
  file(
    'lost.ts',
    DRILL,
    [
      'a stop that was lost is not listed',
      "if (key.startsWith('hold/')) {",
      "if (key.startsWith('holds/')) {",
    ],
    [
      'a revocation that was lost is not listed',
      'isStanding(before, now) && !isStanding(after, now)',
      'false',
    ],
    ['nothing is lost', 'at.version > head.commit.version', 'at.version > head.commit.version + 9'],
  ),
  file(
    'words.ts',
    DRILL,
    ['a reason ends its argument', `replaceAll("'",`, `replaceAll('"',`],
    ['the hook is asked of what is held', ", '-c', 'release=none'", ''],
  ),
  {
    file: 'functions/board/board.ts',
    caughtBy: AGREED,
    faults: [
      [
        'a HEAD that is gone is not held on the board',
        "  if (code !== 'FAULT' && isHeld(code)) return heldFor(code);\n",
        '',
      ],
    ],
  },
  {
    file: 'functions/watch/watch.ts',
    caughtBy: AGREED,
    faults: [['a HEAD that is gone is no hold', ', HoldsInForce: 1 } as const', ' } as const']],
  },
]);
