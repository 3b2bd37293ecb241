/** Faults in what restores tables, proves them and says what was lost; and in who says that a registry is held. */
import { type CaughtBy, type Fault, mutationsOf } from '../mutation.ts';

const DRILL = 'test/recovery/drill.test.ts';
const LOST = 'test/recovery/lost.test.ts';
const GIVEN_UP = 'test/recovery/given-up.test.ts';
const RESTORING = 'test/recovery/restoring.test.ts';
const UNDONE = 'test/recovery/undone.test.ts';
const FORGED = 'test/recovery/forged-floor.test.ts';
const FORGED_WAY = 'test/recovery/forged-way.test.ts';
const WAY = 'test/store/way-down.test.ts';
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
  file('damaged-objects.ts', `${LOST} > objects of before`, [
    'a table that is not there has nothing to say',
    'named === undefined ||',
    'named !== null ||',
  ]),
  file(
    'next-lines.ts',
    RESTORING,
    ['tables are not said again', "...option('--tables', tables),", ''],
    [
      'the look afterwards has no objects of before',
      "...option('--damaged-objects', found.objects.there === null ? undefined : before('objects')),",
      '',
    ],
    [
      'the look afterwards names objects that are gone',
      "found.objects.there === null ? undefined : before('objects')",
      "before('objects')",
      LOST,
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
    [
      'what was proven is another HEAD than what is told',
      '  if (opened.digest !== digest)',
      "  if (opened.digest === '')",
      `${GIVEN_UP} > what was proven`,
    ],
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
    [
      'what was ended anew is to be looked at for ever',
      'return !isStanding(is, now);',
      'return is === null;',
      UNDONE,
    ],
    ['whatever ended once is dealt with', 'return !isStanding(is, now);', 'return true;', UNDONE],
    ['any hold of that name is as good', "'everything' in scope ||", 'true ||', UNDONE],
    ['a hold of any authority is as good', 'authority === lost.fact.authority &&', '', UNDONE],
    [
      'a hold that ends sooner is as good',
      'held.interval.to >= lost.interval.to',
      'held.interval.to > now',
      UNDONE,
    ],
    [
      'a hold that is still to begin is as good',
      'held.interval.from <= Math.max(now, lost.interval.from) &&',
      '',
      UNDONE,
    ],
    [
      'a hold that was set anew is to be looked at for ever',
      'return isHeldAsMuch(is, was, now);',
      'return false;',
      UNDONE,
    ],
    [
      'what nobody could read was nothing',
      'filter(({ said }) => (said?.changes ?? null) === null)',
      'filter(() => false)',
      LOST,
    ],
  ),
  file(
    'floor-walk.ts',
    LOST,
    [
      'versions are compared without their epochs',
      'if (ours.digest === at.digest)',
      'if (ours.commit.version >= at.version)',
      `${LOST} > gave up and somebody brings back`,
    ],
    [
      'a floor from a backup tells all',
      "isOwn ? 'complete' : 'older'",
      "'complete'",
      `${LOST} > of the newest backup`,
    ],
    ['no floor tells all', "told: 'empty', last", "told: 'complete', last", `${LOST} > that is empty`],
    [
      'what is not finished cannot be read',
      'if (last === null && !isHead)',
      'if (last === null)',
      `${LOST} > that is empty`,
    ],
    [
      'two registries have all in common',
      'if (ours.commit.version === at.version && !(await goDown())) return UNRELATED;',
      'if (ours.commit.version === at.version && !(await goDown())) break;',
      `${LOST} > two registries`,
    ],
    [
      'what was not looked at says nothing else',
      "if (rows.isSpent()) return 'crowded';",
      '',
      `${LOST} > somebody has written`,
    ],
    [
      'whatever names HEAD comes after nothing',
      ' && comparePlaces(newest, head.commit) <= 0',
      '',
      `${FORGED} > HEAD above its place`,
    ],
    [
      'what has nothing in common with HEAD ends the list',
      "if (walk.told !== 'unrelated' || telling.last === null) return walks;",
      'return walks;',
      `${FORGED} > of another registry, signed`,
    ],
    [
      'a floor that names what nobody signed is as good as any',
      "(told === 'complete' || told === 'empty') && isForged() ? 'unsigned' : told",
      'told',
      `${FORGED} > that nobody signed`,
    ],
    [
      'of an epoch that nobody confirmed nothing is lost',
      'if (epoch > at.epoch && (await',
      'if (epoch < 0 && (await',
      `${LOST} > of epochs that nobody began`,
    ],
    [
      'only the last epoch before is asked',
      'before = telling.newest?.epoch ?? 0;',
      'before = 0;',
      `${GIVEN_UP} > is all told`,
    ],
  ),
  file(
    'lost-version.ts',
    LOST,
    [
      'what a newer build wrote is gone',
      "isNewer = error instanceof StoreError && error.code === 'FORMAT_UNKNOWN';",
      '',
      `${LOST} > what a newer build wrote`,
    ],
    [
      'half of the changes are all',
      'const changes = await orMissing(async () => {',
      'const changes = await (async (ask: () => Promise<LostChange[]>) => (await orMissing(ask)) ?? [])(async () => {',
      `${LOST} > are read one by one`,
    ],
    [
      'whose confirmation gave it up is not told',
      'if (confirmation == null) return null;',
      'if (confirmation !== undefined) return null;',
      `${GIVEN_UP} > after every later one`,
    ],
  ),
  file(
    'lost.ts',
    LOST,
    [
      'what stands in the objects is no matter',
      "told === 'complete' && isSilent ? 'silent' : told",
      'told',
      `${LOST} > that is made up`,
    ],
    [
      'whatever a confirmation gave up is no matter at once',
      'givenUp === null || givenUp.epoch === head.commit.epoch',
      'givenUp === null',
      `${LOST} > that is made up`,
    ],
    [
      'the exit code is red for ever',
      'givenUp === null || givenUp.epoch === head.commit.epoch',
      'givenUp === null || givenUp.epoch <= head.commit.epoch',
      `${GIVEN_UP} > where no floor could tell`,
    ],
    [
      'any number of lost versions is read at once',
      'fewAtOnce(of, (each) => versionAt(source, each));',
      'Promise.all(of.map((each) => versionAt(source, each)));',
      `${LOST} > a long way`,
    ],
    [
      'what an epoch gave up is forgotten',
      '...way.begun.map((begun)',
      '...[].map((begun: EpochBegun)',
      `${GIVEN_UP} > is all told`,
    ],
    [
      'only what the last epoch gave up is told',
      '...way.begun.map((begun)',
      '...way.begun.slice(0, 1).map((begun)',
      `${GIVEN_UP} > after every later one`,
    ],
    [
      'what no floor could tell of an earlier epoch is forgotten',
      "return told === 'complete' || givenUp === null ?",
      "return told !== 'older' || givenUp === null ?",
      `${GIVEN_UP} > where no floor could tell`,
    ],
    [
      'whatever stands beside was given up by nobody',
      'return { digest, commit, epoch, version, begun: begun ?? null };',
      'return { digest, commit, epoch, version, begun: begun === null ? null : null };',
      `${GIVEN_UP} > where no floor could tell`,
    ],
  ),
  file(
    'heads-way.ts',
    `${GIVEN_UP} > after every later one`,
    [
      'the way ends where the last epoch began',
      '    at = from;\n',
      '    if (at !== from) return { head, begun };\n',
    ],
    ['whatever was published first is the confirmation', 'if (at.commit.confirmed) return at;', 'return at;'],
  ),
  {
    file: 'functions/store/rows-left.ts',
    caughtBy: `${LOST} > somebody has written`,
    faults: [
      [
        'a page is one row',
        'left -= Math.max(kept.length - 1, 0);',
        '',
        `${LOST} > more of those than are looked at`,
      ],
      ['any number of rows is followed', 'isSpent ||= left <= 0;', 'isSpent ||= left < -9_999;'],
      [
        'what was not read is not there',
        "if (isSpent) throw new StoreError('FLOOR_MALFORMED');",
        'if (isSpent) return null as T;',
        `${FORGED} > more than anybody follows`,
      ],
    ],
  },
  {
    file: 'functions/store/epochs.ts',
    caughtBy: `${FORGED} > more than anybody follows`,
    faults: [
      [
        'who is to sign is looked for among any number of rows',
        'const MOST_ROWS_FOLLOWED = 500;',
        'const MOST_ROWS_FOLLOWED = 1_000_000;',
      ],
    ],
  },
  file(
    'signed-rows.ts',
    `${FORGED} > that nobody signed`,
    ['whatever a row names was acknowledged', 'if (is) leftOut(row);\n    return is;', 'return false;'],
    ['what nobody signed is passed over in silence', 'if (is) leftOut(row);', ''],
    [
      'what is in no table was signed by nobody',
      'const there = new Set<Digest>();',
      'const there = new Set<Digest>(digests);',
      `${LOST} > of versions that are nowhere`,
    ],
    [
      'whatever stands under a digest is what it names',
      '(isOf(digest, item) ? there : altered)',
      '(isOf(digest, item) || true ? there : altered)',
      `${FORGED_WAY} > under its digest`,
    ],
    [
      'what stands in its stead is not named',
      'if (!there.has(digest)) damaged(digest);',
      'if (there.has(digest)) damaged(digest);',
      `${FORGED_WAY} > under its digest`,
    ],
    ['what gave way took no place', "line === 'COMMIT' && (await", '(await', `${FORGED} > that gave way`],
  ),
  file('words-of-loss.ts', 'test/recovery/words-of-loss.test.ts', [
    'what stands in a version’s stead is a point to leave',
    "    case 'DIGEST_MISMATCH':\n",
    '',
  ]),
  file('either-table.ts', LOST, [
    'all of a batch is in one table',
    'return one ?? second.load([digest], allowed);',
    'return one ?? second.load(digests, allowed);',
  ]),
  file('damaged-objects.ts', `${LOST} > objects of before`, [
    'a table that is gone before anything begins is looked for',
    'named || (await',
    'named || true || (await',
  ]),
  file(
    'written.ts',
    LOST,
    [
      'a table that goes meanwhile has nothing more to say',
      'await scanPage(client, table, after, signal);',
      'await scanPage(client, table, after, signal).catch(() => ({ items: [], next: null }));',
      `${LOST} > objects of before > that go`,
    ],
    [
      'what the floor does not know was never written',
      'return row?.table === own && row.digest === there.digest;',
      'return true;',
      `${GIVEN_UP} > lost a race`,
    ],
    [
      'a place is of whatever line',
      '!isSameKind || there.commit.ancestors[0]',
      'there.commit.ancestors[0]',
      `${GIVEN_UP} > lost a race`,
    ],
    [
      'nothing is on HEAD’s way',
      'way) === digest) continue;',
      "way) === '') continue;",
      `${GIVEN_UP} > lost a race`,
    ],
    ['what was built on was never HEAD', '|| builtOn.has(at.digest)', '', `${GIVEN_UP} > built on`],
    [
      'a place is had after whatever parent',
      '!isSameKind || there.commit.ancestors[0] !== ancestors[0]',
      '!isSameKind',
      `${GIVEN_UP} > built on`,
    ],
    [
      'who began second was HEAD',
      ' || !(confirmed || there.commit.confirmed);',
      ';',
      `${GIVEN_UP} > who began an epoch at once`,
    ],
    [
      'whatever lost a race was HEAD',
      'comparePlaces(at.commit, last.commit) < 0) return true;',
      'comparePlaces(at.commit, last.commit) < 0) return false;',
      `${GIVEN_UP} > lost a race`,
    ],
    [
      'any key’s signature counts',
      '(isNamed ? signed : unnamed)',
      '(isNamed ? signed : signed)',
      `${GIVEN_UP} > a key nobody names`,
    ],
    [
      'what cannot be read was never signed',
      'commit !== null || isRead.get(digest) === true',
      'true',
      `${GIVEN_UP} > a key nobody names`,
    ],
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
      'if (isBeside && head != null && (await isAcknowledged(guard, head))) return;',
      'if (isBeside) return;',
      `${LOST} > in a state of another guard`,
    ],
    [
      'what acknowledged another HEAD is this guard’s',
      '(await isAcknowledged(guard, head))',
      'true',
      `${LOST} > another floor knows nothing of`,
    ],
    [
      'whatever floor has this HEAD is this guard’s',
      'if (isBeside && head != null',
      'if (head != null',
      `${LOST} > not the one that is named`,
    ],
    [
      'whatever floor a copy can read is its own',
      'if (isBeside && last?.home === homeOf(state)) return;',
      'if (last !== null) return;',
      `${LOST} > made by copying it`,
    ],
    [
      'a floor beside is this guard’s, whatever state its last version was made for',
      'isBeside && last?.home === homeOf(state)',
      'isBeside && last !== null',
      `${LOST} > whose it is by the state`,
    ],
    [
      'what nobody signed was acknowledged',
      '? null : commit;',
      '? commit : commit;',
      `${LOST} > of what nobody signed`,
    ],
    [
      'what is no row keeps a floor open for ever',
      'await orMalformed(floorRows(guard.client, floor, Date.now).newest',
      'await (floorRows(guard.client, floor, Date.now).newest',
      `${LOST} > in a state that came back, beneath`,
    ],
  ),
  file('proof.ts', `${FORGED} > what is no row`, [
    'of a floor that nobody can read nothing is told',
    "if (error instanceof StoreError && error.code === 'FLOOR_MALFORMED') return null;",
    '',
  ]),
  file('confirmable.ts', LOST, [
    'only who came back signs',
    "...(last === null ? [] : setsIn(last.people, 'acknowledged last'))",
    '...(last === null ? [] : [])',
  ]),
  file(
    'check-report.ts',
    LOST,
    [
      'where the database does not say who signs, nothing is told',
      'if (error instanceof StoreError) return { ok: false',
      'if (error === null) return { ok: false',
      `${FORGED} > asked for once more`,
    ],
    [
      'versions by keys that nobody names are no matter',
      '    lost.unnamed.length === 0 &&\n',
      '',
      `${GIVEN_UP} > a key nobody names`,
    ],
    [
      'versions that nobody can read are no matter',
      ' &&\n    lost.damaged.length === 0;',
      ';',
      `${GIVEN_UP} > a key nobody names`,
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
    [
      'what is published while it looks is called lost',
      '  await demandUnmoved(registry, proof.head);\n',
      '',
      `${GIVEN_UP} > however late`,
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
  {
    file: 'cli/recover/floor-walk.ts',
    caughtBy: `${FORGED_WAY} > in its place`,
    faults: [['what the floor has besides on a way is no matter', 'isFaulty ||= fault !== null;', '']],
  },
  {
    file: 'functions/store/store-error.ts',
    caughtBy: `${FORGED} > what is no row`,
    faults: [
      [
        'what is no row ends the list',
        "if (error instanceof StoreError && error.code === 'FLOOR_MALFORMED') return 'malformed';",
        '',
      ],
    ],
  },
  {
    file: 'functions/store/lineage.ts',
    caughtBy: FORGED_WAY,
    faults: [
      [
        'people sign for a way that nobody followed',
        'demandWay: (top, below) => demandWayDown(top, below, { floor, source: objects, context }),',
        '',
      ],
    ],
  },
  {
    file: 'functions/store/beginning.ts',
    caughtBy: FORGED_WAY,
    faults: [['the way is not asked for', 'await rules.demandWay?.(last, from);', '']],
  },
  {
    file: 'functions/store/way-down.ts',
    caughtBy: WAY,
    faults: [
      [
        'another version in the same place is no matter',
        'row.version === version && row.digest !== digest',
        'row.version === version && row.digest === null',
      ],
      [
        'a version may be left out of a way',
        'parent.version === version - 1 && parent.epoch <= epoch',
        'parent.epoch <= epoch',
        `${WAY} > leaves out`,
      ],
      [
        'a way goes through whatever epoch',
        ' && parent.epoch <= epoch',
        '',
        `${WAY} > epoch that came later`,
      ],
      [
        'only its own epoch has the place of a version',
        'epoch === epochAbove ? null : await',
        'epoch !== 0 ? null : await',
        `${WAY} > through an epoch before`,
      ],
      [
        'an epoch begins wherever it is said to',
        '(row) => epoch < epochAbove || isOther(row)',
        '(row) => isOther(row)',
        `${WAY} > what is older in it`,
      ],
      [
        'what is no row says nothing',
        ": !isSound\n          ? 'malformed'",
        ": isSound && !isSound\n          ? 'malformed'",
        `${WAY} > with what is no row`,
      ],
      ['a contradiction is let by', 'if (fault !== null)\n      throw', 'if (fault === null)\n      throw'],
      [
        'what cannot be read is let by',
        'if (commit === null) {',
        'if (commit === null) return;\n    if (commit === null) {',
        `${WAY} > with one that is gone`,
      ],
      [
        'publishers die by the thousand, one after another',
        'const MOST_ROWLESS = 100;',
        'const MOST_ROWLESS = 1_000_000;',
        `${WAY} > without a row`,
      ],
      [
        'what was signed under one row is followed for ever',
        '(row !== undefined && isRowless)',
        'false',
        `${WAY} > without a row`,
      ],
      [
        'what came back is not held against the floor',
        'version <= from.commit.version)',
        'version <= from.commit.version + 1)',
        `${WAY} > place of what came back`,
      ],
      [
        'what is in no place is asked for',
        'if (version < 1) return { rows: [], downTo: 0, isSound: true };',
        '',
        `${WAY} > what is no version`,
      ],
      [
        'a row knows which version it names',
        'version: commit?.version ?? version',
        'version',
        `${LOST} > somebody has written`,
      ],
      [
        'what was acknowledged is read one by one',
        '() => parentOf(commit)',
        '() => parentsIn(source, 0)(commit)',
        `${LOST} > a long way`,
      ],
    ],
  },
  {
    file: 'cli/recover/signed-rows.ts',
    caughtBy: `${FORGED_WAY} > of what nobody signed`,
    faults: [
      [
        'what nobody signed is in the way',
        'rows: below.rows.filter(({ digest }) => !unsigned.has(digest))',
        'rows: below.rows',
      ],
    ],
  },
]);
