/** Faults in what restores tables, proves them and says what was lost; and in who says that a registry is held. */
import { type CaughtBy, type Fault, mutationsOf } from '../mutation.ts';

const DRILL = 'test/recovery/drill.test.ts';
const LOST = 'test/recovery/lost.test.ts';
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
    [
      'objects as old as HEAD',
      "wholeSecond(at).getTime() + (name === 'objects' ? OBJECTS_LATER_MS : 0)",
      'wholeSecond(at).getTime()',
    ],
    [
      'a backup is as old as its second',
      'return backups[0]?.at.getTime() ?? Number.NaN;',
      'return backups[0] === undefined ? Number.NaN : wholeSecond(backups[0].at).getTime();',
    ],
    [
      'a table that is gone has no backup',
      'backups.find((each) => each.at.getTime() <= latest)',
      'undefined',
      DRILL,
    ],
  ),
  file(
    'restore-table.ts',
    RESTORING,
    ['whatever has the name is the restore', 'if (!isSame)', 'if (isSame === null)'],
    [
      'a key that is gone is waited for',
      "now.TableStatus === 'INACCESSIBLE_ENCRYPTION_CREDENTIALS'",
      "now.TableStatus === 'ARCHIVED'",
    ],
  ),
  file(
    'template-protection.ts',
    RESTORING,
    ['any stack’s files will do', 'demandSameStack(made, guard);', ''],
    ['any key will do', "key: typeof key === 'string' ? key : null,", 'key: null,'],
  ),
  file('lost-options.ts', RESTORING, [
    'a day that is none',
    '!Number.isNaN(time) && instantOption',
    '!Number.isNaN(time) || instantOption',
  ]),
  file(
    'audit-progress.ts',
    'test/recovery/audit-progress.test.ts',
    ['an audit of another HEAD is gone on with', "noted['of'] === of ?", 'of !== file ?'],
    [
      'an audit that was stopped begins anew',
      'file === undefined ? undefined : notedIn(file, of)',
      'undefined as AuditCursor | undefined',
    ],
    ['any file is a note of an audit', ' || !isCursor(', ' && !isCursor('],
  ),
  file(
    'next-lines.ts',
    RESTORING,
    ['tables are not said again', "...option('--tables', tables),", ''],
    [
      'the look afterwards has no objects of before',
      "...option('--damaged-objects', before('objects')),",
      '',
    ],
    ['the look afterwards takes another registry for none', "...option('--made-for', before('state')),", ''],
  ),
  file('plan.ts', RESTORING, [
    'the newest point is one that the objects have not',
    "(name === 'objects' ? OBJECTS_LATER_MS : 0));\n}\n\nfunction wholeSecond",
    "(name === 'objects' ? 0 : 0));\n}\n\nfunction wholeSecond",
  ]),
  file('words.ts', RESTORING, [
    'why objects come later is not said',
    "name === 'objects' && origin.at > at",
    "name === 'objects' && origin.at < at",
  ]),
  file(
    'protection.ts',
    RESTORING,
    [
      'what is put on last is the policy',
      "['policy', 'deletionProtection', 'recoveryDays', 'timeToLive']",
      "['deletionProtection', 'recoveryDays', 'timeToLive', 'policy']",
    ],
    ['a floor may expire', 'Enabled: wanted.timeToLive !== null', 'Enabled: true'],
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
    'undone.ts',
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
    ['what the registry does not have is to be revoked', 'isStanding(is, now) && isEnding', 'isEnding', LOST],
    ['what nobody could read was nothing', '(said?.changes ?? null) === null', 'false', LOST],
  ),
  file(
    'lost.ts',
    LOST,
    [
      'versions are compared without their epochs',
      'while (theirs.digest !== ours.digest) {',
      'while (theirs.version > ours.commit.version) {',
    ],
    ['a floor from a backup tells all', "isOwn ? 'complete' : 'older'", "'complete'"],
    ['no floor tells all', "told: 'empty', last", "told: 'complete', last"],
    [
      'what a newer build wrote is gone',
      "isNewer = error instanceof StoreError && error.code === 'FORMAT_UNKNOWN';",
      '',
    ],
    ['what an epoch gave up is forgotten', '[epoch, began + 1]', '[]'],
    ['what came in between is forgotten', '[epoch, began + 1]', '[began + 1]'],
    [
      'what is not finished cannot be read',
      'if (last === null && digest !== head.digest)',
      'if (last === null)',
    ],
    [
      'half of the changes are all',
      'const changes = await orMissing(async () => {',
      'const changes = await (async (ask: () => Promise<LostChange[]>) => (await orMissing(ask)) ?? [])(async () => {',
    ],
    [
      'two registries have all in common',
      'if (digest === undefined) throw unrelated(last, head);',
      'if (digest === undefined) break;',
    ],
  ),
  file('either-table.ts', LOST, [
    'all of a batch is in one table',
    'return one ?? second.load([digest], allowed);',
    'return one ?? second.load(digests, allowed);',
  ]),
  file(
    'written.ts',
    LOST,
    [
      'what the floor does not know was never written',
      'return comparePlaces(commit, beside.commit) >= 0;',
      'return false;',
    ],
    [
      'a line is known by its number',
      'each.commit.lineage === commit.lineage',
      'each.commit.epoch === commit.epoch',
    ],
    [
      'a place is of whatever line',
      'row.digest === there.digest && there.commit.lineage === commit.lineage',
      'row.digest === there.digest',
    ],
    ['nothing is on HEAD’s way', 'if (there.digest === digest) return true;', ''],
  ),
  file(
    'close-command.ts',
    LOST,
    [
      'whatever is empty is a floor',
      'if (newest === null) throw',
      'if (newest === null) return; else if (false) throw',
    ],
    [
      'a floor is this guard’s by its name',
      "=== null)\n    throw refused('NOT_ITS_FLOOR', `what",
      "=== undefined)\n    throw refused('NOT_ITS_FLOOR', `what",
    ],
  ),
  file('confirmable.ts', LOST, [
    'only who came back signs',
    "...(last === null ? [] : setsIn(last.people, 'acknowledged last'))",
    '...(last === null ? [] : [])',
  ]),
  file(
    'check-report.ts',
    LOST,
    [
      'what stands in the objects is no matter',
      "lost.told === 'complete' && lost.written.length === 0 && ",
      "lost.told === 'complete' && ",
    ],
    [
      'what nobody can confirm is offered',
      'asked?.ok === true && leftOpen === null',
      'asked !== null && leftOpen === null',
    ],
    [
      'a floor that is left open is no matter',
      'asked?.ok === true && leftOpen === null',
      'asked?.ok === true',
    ],
  ),
  file(
    'closing.ts',
    LOST,
    [
      'a floor is closed at its beginning',
      'epoch: LAST_PLACE, version: LAST_PLACE',
      'epoch: 1, version: LAST_PLACE',
    ],
    ['its policy stays open', 'if (open !== null && policy !== null) await put(policy);', ''],
  ),
  file('close-command.ts', LOST, [
    'the floor in use is closed',
    'inUse !== true && floor',
    'inUse === undefined && !floor',
  ]),
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
