/** Faults in the standby of a second Region: what it copies, when it stops, and what it says. */
import { mutationsOf } from '../mutation.ts';

const HOMES = 'test/store/homes.test.ts';
const COPY = 'test/store/standby.test.ts';

export const STANDBY = mutationsOf('standby', [
  {
    file: 'functions/store/standby.ts',
    caughtBy: COPY,
    faults: [
      [
        'a registry that was begun here is copied over',
        'if (own?.commit.home === homeOf(tables.state)) return true;',
        '',
      ],
      [
        'a floor with rows does not end it',
        'return rows.some((row) => row !== null);',
        'return rows.some((row) => row === undefined);',
      ],
      [
        'whoever publishes while it copies is not seen',
        'whileHolding(held));',
        "{ ConditionExpression: 'attribute_not_exists(nobody)' });",
      ],
      [
        'people’s word is not asked for',
        "  await there.load([head.commit.keyring], ['keyring']);\n",
        '',
        'test/store/standby.test.ts > of a first version',
      ],
      [
        'an older HEAD is copied',
        'if (problem !== null) throw new StoreError(problem, { version: head.commit.version });',
        '',
      ],
      [
        'another registry of a later epoch is copied',
        "if (past.digestAt(shared) !== ours) throw new StoreError('HISTORY_FORKED', { version: shared });",
        '',
      ],
      [
        'what HEAD needs is looked at last',
        '      await copyWhole(head, own?.root ?? null, copies);\n      await copyHistory(head, { to, copies, past, source: snapshot.objects, context });\n',
        '      await copyHistory(head, { to, copies, past, source: snapshot.objects, context });\n      await copyWhole(head, own?.root ?? null, copies);\n',
        `${COPY} > what decisions rest on again`,
      ],
      [
        'a HEAD without its history is written',
        '      await copyHistory(head, { to, copies, past, source: snapshot.objects, context });\n',
        '',
        `${COPY} > finds nothing, copies all`,
      ],
      ['a registry comes back under a name that it had', '    demandNeverAt(home, past);\n', '', HOMES],
      [
        'a registry comes back under a name that it had and gave up',
        'if (askedFor !== snapshot.commit.epoch)',
        'if (askedFor === snapshot.commit.epoch)',
        `${HOMES} > that was given up`,
      ],
      [
        'what this build cannot publish on top of is well',
        'snapshot.root.format > FORMAT',
        'snapshot.root.oldestReader > FORMAT',
        `${COPY} > copies what only a newer`,
      ],
      [
        'the same name of a table is taken',
        'if (homeOf(from.tables.state) === homeOf(to.tables.state))',
        'if (from.tables.floor === to.tables.state)',
      ],
      [
        'what the first Region itself holds is copied',
        'founders, clock, budgetMs });\n  const pastOf',
        'founders, clock, budgetMs, acceptUnconfirmed: true });\n  const pastOf',
      ],
      ['a run out of time fails', '!(context.signal.aborted && copies.written() > 0)', 'true'],
    ],
  },
  {
    file: 'functions/store/history-copy.ts',
    caughtBy: COPY,
    faults: [
      [
        'a commit is copied before what it refers to',
        '  const root = await rootOf(commit, copied);\n  const [parent]',
        "  await copied([digest], ['commit']);\n  const root = await rootOf(commit, copied);\n  const [parent]",
      ],
      [
        'only the newest version is copied',
        'version = (await copiedUpTo(head, copying)) + 1;',
        'version = Math.max((await copiedUpTo(head, copying)) + 1, head.commit.version);',
      ],
      [
        'everything is copied again',
        'if (isHere) low = version;\n    else high = version - 1;',
        'high = isHere ? version - 1 : version - 1;',
        `${COPY} > costs what it changed`,
      ],
      [
        'the law of before is not copied',
        "  await load([found.law], ['law']);\n",
        '',
        `${COPY} > finds nothing, copies all`,
      ],
      [
        'a hole in HEAD is copied around',
        "if (digest !== undefined) throw new StoreError('OBJECT_PURGED', { digest });\n    return found;",
        'return found;',
        `${COPY} > damage in the first Region`,
      ],
      [
        'any tombstone is copied',
        'if (facts.length > 0) {',
        'if (facts.length > 999) {',
        `${COPY} > damage in the first Region`,
      ],
      [
        'a reason that was purged stops the copy',
        'tombstones.filter(([digest]) => digest !== commit.note)',
        'tombstones',
        `${COPY} > takes over what was purged`,
      ],
      [
        'a tombstone is not taken over',
        '  await copies.bury(tombstones);\n',
        '',
        `${COPY} > takes over what was purged`,
      ],
    ],
  },
  {
    file: 'functions/store/purge-following.ts',
    caughtBy: 'test/store/purge-following.test.ts',
    faults: [
      ['a tombstone is followed whosoever made it', '!(await isMeant(ground, went, word)) || ', ''],
      ['what is in force here is purged', ' || (await isInForce(ground, went))', ''],
      [
        'any word about a note will do',
        'word.asked.notes.includes(at.commit.version) && isSince(',
        'isSince(',
      ],
      ['nobody’s voice is asked about a note', 'isSaidBy(word, await voicesOfVersion(head, at), by)', 'true'],
      ['notes are not looked at', "[...(await copies.here([note], ['note'])).keys()]", '[]'],
      ['the law is not looked at', 'if (root.law !== newer.law)', 'if (root.law === newer.law)'],
      ['every process begins with the newest', '(minute % slices) * A_RUN', '(slices - 1) * A_RUN'],
      [
        'every look begins with the same version',
        'const begins = Math.floor(minute / slices);',
        'const begins = 0;',
      ],
      [
        'a hole there keeps from judging',
        'head: { ...there, objects: loader.within(context) }',
        'head: there',
      ],
      [
        'what cannot be read stops the look',
        '!(error instanceof StoreError) || OF_THE_DATABASE.has(error.code)',
        'error !== undefined',
      ],
      [
        'what cannot be judged leaves out its whole version',
        '(await unlessUnreadable(() => follow(to, ground, went)))',
        '(await follow(to, ground, went))',
      ],
      ['what cannot be read is not counted', '?? [undefined];', '?? [];'],
      [
        'facts go before the reasons whose voices they tell',
        'for (; next <= there.version; next += reasons)',
        'for (; next < 0; next += reasons)',
        'test/store/purge-following.test.ts > goes before them',
      ],
      [
        'a word of an earlier epoch is about a number of now',
        'of >= epoch && ',
        '',
        'test/store/purge-following.test.ts > stays here where it bears a word of before',
      ],
      [
        'a word from before its version is about it',
        ' && Date.parse(at) >= recorded',
        '',
        'test/store/purge-following.test.ts > stays here where it bears a word of before',
      ],
      ['a right that is missing is nothing', 'return { ...told, stopped: error };', 'return told;'],
      [
        'a run that had no time for anything has looked',
        'if (!hasLooked)',
        'if (hasLooked)',
        'test/store/purge-following.test.ts > no time for anything',
      ],
      [
        'what stopped a look is forgotten at the next',
        '...versionsAt(clock(), there.version), ...again',
        '...versionsAt(clock(), there.version)',
        'test/store/purge-following.test.ts > until it has gone',
      ],
      [
        'what stopped a look is not said any more',
        'stopped === undefined ? {} : { stopped }',
        'stopped === undefined ? { stopped } : {}',
        'test/store/purge-following.test.ts > until it has gone',
      ],
      [
        'what waits for reasons is not said',
        'unproven: unproven + waiting.length',
        'unproven',
        'test/store/purge-following.test.ts > goes on where',
      ],
      [
        'every run begins anew with the first reason',
        '      if (waiting.length > 0) await followFacts();\n      [next',
        '      [next',
        'test/store/purge-following.test.ts > goes on where',
      ],
      [
        'what was seen in another history waits on',
        'isOnWay(begunUnder, there, past)) waiting = [];',
        'isOnWay(begunUnder, there, past)) next = 1;',
        'test/store/purge-following.test.ts > of another history',
      ],
    ],
  },
  {
    file: 'functions/store/standby.ts',
    caughtBy: 'test/store/purge-following.test.ts > that may not overwrite',
    faults: [
      [
        'HEAD is here, and a run fails for what it could not follow',
        'const { stopped: why, ...purges } = await followPurges(ground);',
        'const { stopped: why, ...purges } = await followPurges(ground);\n      if (why !== undefined) throw why;',
      ],
      ['what stopped a run that copied HEAD is forgotten', 'why === undefined ? null', 'why !== null ? null'],
      [
        'a right that is missing where nothing has moved is forgotten',
        'behindMs: 0, ...(await followed()) };\n',
        'behindMs: 0, ...(await followed()), stopped: null };\n',
      ],
    ],
  },
  {
    file: 'functions/store/object-copies.ts',
    caughtBy: 'test/store/purge-following.test.ts > says the word',
    faults: [
      [
        'whatever lies in a tombstone is copied',
        '([digest, item]) => tombstoneOf(digest, decodeWord(item))',
        '([, item]) => item',
      ],
    ],
  },
  {
    file: 'functions/store/purge-word.ts',
    caughtBy: 'test/store/purge-following.test.ts > says the word',
    faults: [
      [
        'a word in another spelling is one',
        '    if (Buffer.compare(canonicalBytes(read.data), bytes) !== 0) return undefined;\n',
        '',
      ],
      ['a salt is any text', 'reason: text, salt }', 'reason: text, salt: z.string() }'],
      ['an id is any text', 'z.string().check(z.regex(pattern))', 'z.string()'],
      [
        'a word is about any number of reasons',
        'notes: z.array(z.int()).check(z.maxLength(MOST_REASONS)),',
        'notes: z.array(z.int()),',
      ],
    ],
  },
  {
    file: 'functions/store/version-walk.ts',
    caughtBy: COPY,
    faults: [
      ['what lies deeper is not copied', '      pending.push(...differing(children, pair.depth + 1));\n', ''],
      [
        'what stands in the same place is copied again',
        'after === null || after === before',
        'after === null',
      ],
    ],
  },
  {
    file: 'functions/store/object-copies.ts',
    caughtBy: COPY,
    faults: [
      [
        'a commit loses its signature',
        'return { signature: { B: bytes } };',
        'return {};',
        `${COPY} > finds nothing, copies all`,
      ],
      [
        'any signature of a commit is copied',
        "  if (!isSigned(digest, bytes, publicKeys)) throw new StoreError('SIGNATURE_INVALID', { digest });\n",
        '',
        `${COPY} > damage in the first Region`,
      ],
      [
        'what was purged stops the copy',
        'if (one === undefined) tombstones.set(digest, item);',
        'if (one === undefined) demandAll(new Map(), [digest]);',
        `${COPY} > takes over what was purged`,
      ],
      [
        'a tombstone is copied where it is met',
        'if (one === undefined) tombstones.set(digest, item);',
        'if (one === undefined) others.push(() => insertItems(client, tables.objects, [item, `${COPY} > damage in the first Region`], context));',
      ],
    ],
  },
  {
    file: 'functions/store/homes.ts',
    caughtBy: `${HOMES} > is asked of everything`,
    faults: [
      [
        'only the first rows are looked at',
        'commit.home === home)',
        'commit.home === home && commit.epoch < 2)',
      ],
      [
        'what cannot be read was nowhere',
        "await source.load(beside, ['commit'])",
        "await source.load(beside, ['commit']).catch(() => new Map<Digest, { commit: Commit }>())",
      ],
      ['what is on the way is asked for again', '!past.has(digest)', 'digest.length > 0'],
    ],
  },
  {
    file: 'functions/store/homes.ts',
    caughtBy: `${HOMES} > what everybody purged`,
    faults: [
      [
        'a purge counts where its version was alone',
        '(past.newestAt(home) ?? 0) >=',
        'past.newestAt(home) ===',
      ],
      ['an audit knows where HEAD is alone', 'if (first.commit.version <= version ||', 'if (version > 0 ||'],
    ],
  },
  {
    file: 'functions/store/proven-past.ts',
    caughtBy: HOMES,
    faults: [
      [
        'only where it is now is looked at',
        'past.findLastIndex((each) => each.home === home)',
        'past.length - (past.at(-1)?.home === home ? 1 : past.length + 1)',
      ],
      [
        'a parent is any version',
        "    if (parent?.commit.version !== version) throw new StoreError('OBJECT_MALFORMED', { digest });\n",
        '',
      ],
      ['all is read again', ' || isKnown(version, digest)) return;', ') return;'],
      ['what was dropped stays', 'known.slice(0, head.commit.version - steps.length)', 'known'],
      [
        'what another history had is kept',
        'known[version - 1]?.digest === digest',
        'known[version - 1] !== undefined',
      ],
    ],
  },
  {
    file: 'functions/store/parents.ts',
    caughtBy: 'test/store/parents.test.ts',
    faults: [
      [
        'a link that leads nowhere ends the look',
        'if (!(error instanceof StoreError) || /^STORE_/.test(error.code)) throw error;',
        'if (error !== undefined) throw error;',
      ],
      ['after a look that lied there is no other', 'alone = skipped;', 'alone = 2 ** POWERS;'],
      [
        'a look that lied is had again at once',
        'skipped = Math.min(2 * skipped + 1, 2 ** POWERS);',
        'skipped = 0;',
      ],
    ],
  },
  {
    file: 'functions/store/ancestry.ts',
    caughtBy: 'test/recovery/given-up.test.ts > after every later one',
    faults: [
      [
        'a link that leads into another epoch is followed',
        'if (earlier.commit.epoch === from.commit.epoch) at = earlier;',
        'at = earlier;',
      ],
    ],
  },
  {
    file: 'cli/recover/proof.ts',
    caughtBy: 'test/recovery/restoring.test.ts > asks for a newer build',
    faults: [
      [
        'a HEAD of a newer build is another registry’s',
        "    if (error.code === 'FORMAT_UNKNOWN') throw ofNewer(`HEAD in ${tables.state}`);\n",
        '',
      ],
      [
        'what a newer build published is not sound',
        'if (isOfNewerFormat(problems.map(({ code }) => ({ code }))))',
        'if (isOfNewerFormat([]))',
      ],
    ],
  },
  {
    file: 'cli/recover/close-command.ts',
    caughtBy: 'test/recovery/restoring.test.ts > asks for a newer build',
    faults: [
      [
        'a floor that a newer build decides on is closed',
        "return error.code === 'FORMAT_UNKNOWN';",
        'return false;',
      ],
    ],
  },
  {
    file: 'functions/standby/keeping.ts',
    caughtBy: 'test/recovery/standby-drill.test.ts > says where the first Region',
    faults: [
      ['nobody is told that the standby is too old', "...(needsNewer && { code: 'FORMAT_UNKNOWN' })", ''],
      ['a standby that is too old pages nobody', 'needsNewer || stopped !== null', 'stopped !== null'],
    ],
  },
  {
    file: 'functions/standby/keeping.ts',
    caughtBy: 'test/standby/keeping.test.ts',
    faults: [
      ['what stops the look pages nobody', 'needsNewer || stopped !== null', 'needsNewer'],
      [
        'what stops the look stops the copy',
        'StandbyFailures: 0, ...shortcomings',
        'StandbyFailures: stopped === null ? 0 : 1, ...shortcomings',
      ],
      ['what stops the look is not said', '...(stopped !== null && { stopped })', ''],
      ['what stays unproven is no number', '{ StandbyUnproven: run.unproven }', '{ StandbyUnproven: 0 }'],
      ['what was not looked for is proven', 'LOOKS.has(run.outcome)', 'LOOKS.size > 0'],
    ],
  },
  {
    file: 'infra/monitoring/conditions.ts',
    caughtBy: 'test/infra/standby.test.ts > has alarms of its own',
    faults: [
      [
        'what stays unproven is forgotten before its turn comes again',
        "any(m.maximum('StandbyUnproven', hour), 24)",
        "any(m.maximum('StandbyUnproven', hour))",
      ],
    ],
  },
  {
    file: 'functions/standby/keeping.ts',
    caughtBy: 'test/recovery/standby-drill.test.ts',
    faults: [
      ['a run that fails is well', '{ StandbyFailures: 1 }', '{ StandbyFailures: 0 }'],
      [
        'a run that fails is not behind',
        '{ StandbyFailures: 1 }',
        '{ StandbyFailures: 1, StandbyBehind: 0 }',
      ],
      ['an end is no end', "run.outcome === 'ended' ? 1 : 0", "run.outcome === 'ended' ? 0 : 0"],
    ],
  },
  {
    file: 'cli/recover/check-command.ts',
    caughtBy: 'test/recovery/standby-drill.test.ts',
    faults: [
      [
        'nobody is told to stop the copying first',
        'options.madeFor === undefined ? [] : STOP_COPYING',
        '[]',
        'test/recovery/standby-drill.test.ts > half answers',
      ],
      [
        'nobody is told who signs for a standby',
        'options.madeFor ?? guard.tables.state',
        'guard.tables.state',
      ],
    ],
  },
]);
