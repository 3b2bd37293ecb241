/** Faults in purges, as an outsider seeded them and no test saw. */
import { mutationsOf } from '../mutation.ts';

const SPILL = 'test/registry/spill.test.ts';
const SLICES = 'test/registry/slices.test.ts';
const WAY = 'test/registry/on-its-way.test.ts';
const WHOLE = 'test/registry/erased-whole.test.ts';

export const ERASING = mutationsOf('erasing', [
  {
    file: 'functions/registry/purge-items.ts',
    caughtBy: WAY,
    faults: [
      ['what somebody may be publishing goes', 'return isAtRest && (now', 'return (now'],
      [
        'what may still be published goes',
        '(now >= expiresAt(proposal.createdAt) || (await isMade(context, proposal, signal)))',
        'true',
      ],
      ['what is in the history stays', ' || (await isMade(context, proposal, signal))', ''],
      ['what was approved never ends', 'now >= expiresAt(proposal.createdAt) || ', ''],
      ['the salt stays', "    salt: '',\n", '', `${WHOLE} > could be guessed`],
      ['digests of chunks stay', 'upload: _upload, ...rest', '...rest', `${WHOLE} > could be guessed`],
      [
        'the digest of the operations stays',
        '{ ...marked.record, body: null }',
        'marked.record',
        `${WHOLE} > could be guessed`,
      ],
      [
        'a digest that is left is nothing left',
        'if (held !== undefined && held.record.body !== null) return null;',
        '',
        `${WHOLE} > died before the last`,
      ],
    ],
  },
  {
    file: 'functions/registry/purge-voices.ts',
    caughtBy: `${WHOLE} > never stood`,
    faults: [['who never spoke is asked', 'before === undefined &&', 'before !== undefined &&']],
  },
  {
    file: 'functions/registry/search-words.ts',
    caughtBy: `${WHOLE} > in whatever order`,
    faults: [
      ['an upload is looked through for the text alone', ', inUploads: JSON.stringify(id)', ''],
      ['letters of full width are others', "text.normalize('NFKC')", 'text', `${WHOLE} > full width`],
    ],
  },
  {
    file: 'functions/store/room.ts',
    caughtBy: 'test/store/room-for-ends.test.ts',
    faults: [['no room is kept for ends', 'MAX_OBJECT_BYTES.leaf - KEPT_FOR_ENDS', 'MAX_OBJECT_BYTES.leaf']],
  },
  {
    file: 'functions/core/administration/mentions.ts',
    caughtBy: 'test/core/administration/contradictions.test.ts',
    faults: [['short words are an id', 'return isWritten ? this.#phrases', 'return true ? this.#phrases']],
  },
  {
    file: 'cli/registry/contradiction-lines.ts',
    caughtBy: 'test/cli/in-short.test.ts',
    faults: [['a move stands among careless words', 'Number(isMove(b)) - Number(isMove(a)) || ', '']],
  },
  {
    file: 'functions/registry/purge-contents.ts',
    caughtBy: `${WHOLE} > who signs reads`,
    faults: [
      ['a law stands nowhere', 'if (laws.includes(law)) ', 'if (!laws.includes(law)) '],
      ['what a leaf holds is not told', 'keys.slice(0, MOST_NAMED)', '[]'],
    ],
  },
  {
    file: 'functions/registry/purge-facts.ts',
    caughtBy: 'test/registry/audited-before.test.ts',
    faults: [
      ['an older audit counts', 'throw faultFound({ job: job.id });', 'continue;'],
      ['an audit counts for ever', 'if (!(clock() - Date.parse(job.createdAt) <= AUDIT_MS)) break;', ''],
      [
        'an audit that found something counts',
        'if (job.faulty.every((at) => at !== null && at < below)) return;',
        'return;',
      ],
      ['an audit of another history counts', 'digests.get(version) !== digest', '!digests.has(version)'],
      ['an audit that began below counts', 'version < newest ||', 'version < newest - 2 ||'],
    ],
  },
  {
    file: 'functions/registry/purge-facts.ts',
    caughtBy: `${WHOLE} > approved and is on its way`,
    faults: [
      [
        'a change on its way is not looked for',
        "status !== 'approving' || prepared === undefined",
        'prepared === undefined || true',
      ],
    ],
  },
  {
    file: 'functions/registry/approve.ts',
    caughtBy: WAY,
    faults: [
      [
        'anybody goes on with an approval',
        'await demandWordOf(context, call, { head, record }, signed);',
        '',
      ],
      [
        'an approval is gone on with for ever',
        'if (!(now < expiresAt(record.createdAt))) throw tooOld(record);',
        '',
      ],
      ['whatever state is signed, it goes on', ' && isOfSame(frozen, signed);', ';'],
      ['what was signed days ago goes on', "now - Date.parse(approval?.at ?? '') < SIMULATION_MS && ", ''],
      [
        'what is opened again may be published at that moment',
        '  demandAtRest(record, now);\n  return',
        '  return',
      ],
      ['what was purged is approved', ' || proposal.purged === true', ''],
      ['nobody looks whether it is in', 'wasTried ? await madeOf(head, record) : undefined', 'undefined'],
      ['a signature is read and not proven', "demandSigned(context, given, 'approve', said);", ''],
      [
        'what is lost stays approved',
        'if (!bytes) return { held: await openAgain(context, call, held) };',
        "if (!bytes) throw new Refusal('RESULT_GONE', 'gone');",
      ],
      ['who goes on with it is not noted', '{ ...record, triedAt: now }', 'record'],
      ['nothing says that it is being published', 'approval, triedAt: context.clock() }', 'approval }'],
    ],
  },
  {
    file: 'functions/registry/reject.ts',
    caughtBy: WAY,
    faults: [
      ['what somebody may be publishing is rejected', '  demandAtRest(record, context.clock());\n', ''],
      ['what is in the history is rejected', 'if (made !== undefined) {', 'if (made === null) {'],
      ['what was approved is never rejected', "['open', 'uploading', 'approving']", "['open', 'uploading']"],
      ['what was frozen stays', 'if (prepared !== undefined) await', 'if (prepared === undefined) await'],
    ],
  },
  {
    file: 'functions/registry/proposal.ts',
    caughtBy: WAY,
    faults: [
      ['an attempt of any instant counts', '!(triedAt <= now + ATTEMPT_MS) || ', ''],
      ['an attempt is over at once', 'const ATTEMPT_MS = 90_000;', 'const ATTEMPT_MS = 0;'],
      ['an attempt is over a moment early', 'const ATTEMPT_MS = 90_000;', 'const ATTEMPT_MS = 89_999;'],
    ],
  },
  {
    file: 'functions/registry/own-publication.ts',
    caughtBy: WAY,
    faults: [
      [
        'it is looked for in the newest version alone',
        'continue;\n    const { version, lineage',
        'return undefined;\n    const { version, lineage',
      ],
    ],
  },
  {
    file: 'functions/registry/simulate.ts',
    caughtBy: 'test/registry/proposal-states.test.ts',
    faults: [
      [
        'whoever asks changes what two people signed',
        'return mayReject(by, { author, changes }, facts, context.clock()).ok;',
        'return true;',
      ],
      [
        'nobody but its author may',
        'return mayReject(by, { author, changes }, facts, context.clock()).ok;',
        'return false;',
      ],
    ],
  },
  {
    file: 'functions/registry/purge-request.ts',
    caughtBy: `${WHOLE} > told at once`,
    faults: [
      [
        'what is open is told later',
        'if (left !== null) outcomes[item.name] = left;\n    // Of a job',
        '// Of a job',
      ],
    ],
  },
  {
    file: 'functions/registry/records.ts',
    caughtBy: 'test/registry/state.test.ts > every record is read',
    faults: [
      [
        'a page of forged records is the last',
        '} while (before !== null);',
        '  if (found.length === 0) return;\n  } while (before !== null);',
      ],
      [
        'a page that is not full is the last',
        '} while (before !== null);',
        '  if (found.length < PAGE) return;\n  } while (before !== null);',
      ],
      ['records say where to go on', 'before = next;', 'before = found.at(-1)?.id ?? null;'],
    ],
  },
  {
    file: 'functions/registry/purge-facts.ts',
    caughtBy: 'test/registry/purged-in-force.test.ts > no object of it',
    faults: [
      [
        'what people signed is purged under a stop',
        'approved === undefined ? [head.root] : [head.root, approved.root]',
        '[head.root]',
      ],
      [
        'the version above is not audited',
        'Math.min(Math.max(...numbers) + 1, head.version)',
        'Math.max(...numbers)',
        `${SPILL} > version above`,
      ],
      [
        'the version below is not audited',
        'Math.min(...numbers) - 1',
        'Math.min(...numbers)',
        `${SPILL} > version below`,
      ],
      [
        'who spoke then is told by now',
        'Date.parse(at.commit.recordedAt)));',
        'context.clock()));',
        `${SPILL} > whoever spoke in a version`,
      ],
      [
        'one version that held it speaks for all',
        'of versions) {',
        'of versions.slice(0, 1)) {',
        `${SPILL} > whoever spoke in a version`,
      ],
      [
        'what is gone without a word was purged',
        "error.code === 'OBJECT_PURGED') return undefined",
        "['OBJECT_PURGED', 'OBJECT_MISSING'].includes(error.code)) return undefined",
        `${SPILL} > went without a word`,
      ],
    ],
  },
  {
    file: 'functions/registry/purge-ground.ts',
    caughtBy: 'test/adversary/purges.test.ts > in the place of an acknowledged one',
    faults: [
      [
        'facts are of the versions whose reasons go',
        'objects.length > 0 ? 1 : Math.min(...notes)',
        'notes.length > 0 ? Math.min(...notes) : 1',
      ],
      ['the newest reason is told from all', 'Math.min(...notes)', 'Math.max(...notes)'],
      ['one object is of no version', 'objects.length > 0 ? 1', 'objects.length > 1 ? 1'],
    ],
  },
  {
    file: 'functions/store/purge-word.ts',
    caughtBy: 'test/store/purge.test.ts > a word',
    faults: [
      ['words are good for ever', ' || !(last - first <= PROPOSAL_MS)', ''],
      [
        'who spoke when the first signed',
        'haveConsented(keys, voice, people, last)',
        'haveConsented(keys, voice, people, first)',
      ],
      ['no clock is behind', 'at - CLOCK_TOLERANCE_MS < ends', 'at < ends'],
      ['no clock is ahead', 'begins <= at + CLOCK_TOLERANCE_MS', 'begins <= at'],
      [
        'a word has no bound',
        "  if (bytes.length > MOST_WORD_BYTES) throw new StoreError('TOO_LARGE');\n",
        '',
      ],
    ],
  },
  {
    file: 'functions/registry/purge-search.ts',
    caughtBy: `${SPILL} > a search`,
    faults: [
      [
        'what people signed is searched for under a stop',
        '[await textAt(head), approved && (await textAt(approved))]',
        '[await textAt(head)]',
        'test/registry/purged-in-force.test.ts > not searched for',
      ],
      [
        'a search cut short says that it is done',
        'return reply(head, { places, next: at });',
        'return reply(head, { places, next: null });',
      ],
      [
        'a search cut short goes on where it began',
        '    at = { table: following, key: next };\n    if (context.clock() >= call.sliceEndsAt) return reply(head, { places, next: at });',
        '    if (context.clock() >= call.sliceEndsAt) return reply(head, { places, next: at });\n    at = { table: following, key: next };',
      ],
      [
        'the oldest version asked for is left out',
        'if (version < from) break;',
        'if (version <= from) break;',
      ],
      [
        'the newest version asked for is left out',
        'if (version > to) continue;',
        'if (version >= to) continue;',
      ],
      [
        'a leaf is said to have it in every fact',
        'has(Buffer.from(canonicalText(document)))',
        'canonicalText(document).length > 0',
      ],
      [
        'what nobody can read is not looked at',
        "return isSaid || valuesOf(item).some(has) ? place('unreadable') : undefined;",
        "return isSaid ? place('unreadable') : undefined;",
      ],
      [
        'a note is of its oldest version',
        '[...(versions.get(commit.note) ?? []), commit.version]',
        '[commit.version]',
        'test/adversary/purges.test.ts > the same in a later version',
      ],
      [
        'a blob is told once for each piece',
        'if (!isFirst && (await kept.isThere(digest, signal))) return false;',
        'if (isFirst && (await kept.isThere(digest, signal))) return false;',
      ],
      [
        'what nobody knows the type of is nowhere',
        'return isSaid || valuesOf(item).some(has)',
        'return valuesOf(item).some(has)',
        `${WHOLE} > nobody knows its type`,
      ],
      ['a view has facts', 'isFactAt(key, document) && has(', 'has(', `${WHOLE} > by their own keys`],
      [
        'one damaged piece stops a search',
        'isFirst ? await orIfDamaged(kept.get(digest, signal))',
        'isFirst ? await kept.get(digest, signal)',
        `${WHOLE} > one damaged piece`,
      ],
      [
        'what an upload cut in two is not put together',
        'has(Buffer.concat(parts))',
        'parts.some(has)',
        `${WHOLE} > cut in two`,
      ],
      [
        'chunks come together as they are called',
        'Number(a) - Number(b)',
        'a < b ? -1 : 1',
        `${WHOLE} > cut in two`,
      ],
      [
        'the words of a tombstone are nowhere',
        'if (word !== undefined && has(',
        'if (word === undefined && has(',
        `${WHOLE} > in its tombstones`,
      ],
      [
        'what lost a piece is nothing',
        'return bytes === undefined || [bytes',
        'return bytes !== undefined && [bytes',
        'test/registry/purge.test.ts > one of its pieces',
      ],
      [
        'what lost its first piece is looked for nowhere',
        'if (!isFirst && (await kept.isThere(digest, signal))) return false;',
        'if (!isFirst) return false;',
        'test/registry/purge.test.ts > one of its pieces',
      ],
    ],
  },
  {
    file: 'functions/registry/search-words.ts',
    caughtBy: `${SPILL} > finds words`,
    faults: [
      ['capitals are other letters', '.toUpperCase()', ''],
      ['composed letters are other letters', ".toUpperCase().normalize('NFC')", '.toUpperCase()'],
      ['two blanks are not one', ".replace(/\\s+/g, ' ')", ''],
      ['a line is no blank', '(CONTROLS[letter] ?? letter)', 'letter'],
      ['JSON is other words', 'at = unescaped(at);', 'return;'],
      ['JSON within JSON is not looked into', 'depth <= DEEPEST', 'depth < 2'],
      [
        'a text is not read as it is',
        '    yield asSaid(at);\n    if (!at',
        '    if (depth > 0) yield asSaid(at);\n    if (!at',
      ],
      [
        'a backslash hides the letter behind it',
        '(CONTROLS[letter] ?? letter)',
        "(CONTROLS[letter] ?? '')",
        `${WHOLE} > a backslash hides nothing`,
      ],
      ['an escape is no letter', 'String.fromCharCode(Number.parseInt(code, 16))', "' '"],
      [
        'blanks are words',
        'asSaid(text).trim().length >= FEWEST',
        'text.length >= FEWEST',
        `${SPILL} > which may be anywhere`,
      ],
      [
        'facts are looked for as words are',
        'forms: texts.flatMap(formsOf), readingsOf: (text) => [text],',
        'forms: texts.flatMap(formsOf), readingsOf: readings,',
        SPILL,
      ],
    ],
  },
  {
    file: 'functions/registry/purge-facts.ts',
    caughtBy: `${WHOLE} > what a change holds`,
    faults: [
      [
        'what is on its way is not looked at',
        'if (objects.length > 0) await demandNotOnItsWay(context, head, objects, signal);',
        '',
      ],
      [
        'what can never happen keeps what it held',
        'if (bytes === undefined) return undefined;\n    const frozen',
        "if (bytes === undefined) throw new StoreError('STORE_UNAVAILABLE');\n    const frozen",
        `${WHOLE} > nothing of it can happen`,
      ],
      [
        'the note of a version goes by its digest',
        'if (!isNamed && (await',
        'if ((await',
        `${WHOLE} > another overtook`,
      ],
      [
        'what history hangs by goes by its digest',
        ".get(digest)?.type === 'note'",
        '.get(digest) !== undefined',
        `${WHOLE} > another overtook`,
      ],
    ],
  },
  {
    file: 'functions/registry/simulate.ts',
    caughtBy: `${WHOLE} > of what is closed`,
    faults: [
      ['what is refused keeps what it was to ask', '  demandOpen(held.record, context.clock());\n', ''],
    ],
  },
  {
    file: 'functions/registry/job-cursor.ts',
    caughtBy: SLICES,
    faults: [
      [
        'where a slice began stays',
        'if (cursor !== undefined && cursor !== next.cursor) await',
        'if (cursor === next.cursor && cursor !== undefined) await',
      ],
      [
        'a slice that came second leaves where it would go on',
        'for (const digest of [next.cursor, isOwn',
        'for (const digest of [isOwn',
        `${SLICES} > another was first`,
      ],
      [
        'a slice that may have been filed takes away where it goes on',
        'digest !== filed?.cursor && ',
        '',
        `${SLICES} > whether they were filed`,
      ],
      [
        'the last slice of what was purged leaves what it found',
        '[next.cursor, isOwn ? next.result : undefined]',
        '[next.cursor]',
        `${SLICES} > of an audit that was purged`,
      ],
      [
        'two slices go on in the same bytes',
        '{ slice: randomUUID(), state }',
        '{ state }',
        `${SLICES} > in bytes that no other job has`,
      ],
    ],
  },
  {
    file: 'functions/core/administration/consent.ts',
    caughtBy: 'test/core/administration/consent.test.ts > is told after',
    faults: [
      ['whoever has consented is asked for more', 'if (haveConsented(keys, voice, facts, at)) continue;', ''],
      ['whoever has signed is not counted', '.some(hasSigned) ? 1 : 2', '.some(hasSigned) ? 2 : 2'],
    ],
  },
  {
    file: 'cli/registry/purge-words.ts',
    caughtBy: 'test/cli/registry.test.ts > signs a purge once more',
    faults: [
      ['one more is two', "needed[id] === 1 ? 'one more", "needed[id] === 2 ? 'one more"],
      ['nobody is told that they signed', 'missing.length === 0 ? [] :', 'missing.length > 0 ? [] :'],
    ],
  },
  {
    file: 'functions/registry/blobs.ts',
    caughtBy: 'test/registry/state.test.ts > bytes are one record',
    faults: [
      ['bytes that say the same are anybody’s', '`${BLOB_PREFIX}${keeper}`', '`${BLOB_PREFIX}`'],
      ['what is named last goes with the rest', 'names.filter((name) => !isLast(name))', 'names'],
      ['what is named last stays', 'await removeEach(names.filter(isLast), signal);', ''],
      [
        'what lost its first piece is none of it',
        'isAnything: async (signal) => (await items.names(pk, signal)).length > 0',
        "isAnything: async (signal) => (await items.names(pk, signal)).some((name) => name.endsWith('0000'))",
        'test/registry/purge.test.ts > one of its pieces',
      ],
    ],
  },
  {
    file: 'functions/registry/state-items.ts',
    caughtBy: 'test/registry/state.test.ts > every name of a partition',
    faults: [
      ['the first page is all there is', 'after = LastEvaluatedKey;', 'after = undefined;'],
      [
        'every name begins so',
        "'pk = :pk AND begins_with(sk, :beginning)'",
        "'pk = :pk AND sk > :beginning'",
      ],
    ].map(([name = '', search = '', replace = '']) => [name, search, replace] as const),
  },
  {
    file: 'functions/registry/kept-for.ts',
    caughtBy: `${SLICES} > on its way`,
    faults: [
      [
        'what came after a purge stays',
        'if (held?.record.purged === true) await',
        'if (held?.record.purged === false) await',
      ],
      [
        'what failed leaves what it kept',
        '} finally {',
        '} catch (error) {\n    throw error;\n  } finally {\n    if (Date.now() > 0) return undefined as T;',
      ],
      [
        'the jobs of what was purged stay',
        'await context.jobs.remove(job.id, signal);',
        ';',
        `${SLICES} > leave no word`,
      ],
      [
        'the jobs of every proposal go',
        "job.kind === 'simulate' && job.proposal === proposal",
        "job.kind === 'simulate'",
        `${SLICES} > leave no word`,
      ],
    ],
  },
  {
    file: 'functions/registry/purge-items.ts',
    caughtBy: 'test/registry/purge.test.ts',
    faults: [
      [
        'what nobody named stays where a proposal went',
        'if (await context.blobs.of(id).isAnything(signal)) return null;',
        '',
        'test/registry/purge.test.ts > died before a record',
      ],
      [
        'what a simulation was to ask again stays',
        '[job.cursor, job.result, job.recent]',
        '[job.cursor, job.result]',
        `${WHOLE} > to ask again and what it found`,
      ],
      [
        'what waited too long is open',
        'return isAtRest && isExpired(proposal, now);',
        'return false;',
        `${WHOLE} > waited too long`,
      ],
      [
        'the record of a job stays',
        'await context.jobs.remove(id, signal);\n',
        '\n',
        `${SLICES} > that were interrupted`,
      ],
      [
        'what a job left stays',
        'await context.blobs.of(id).removeAll(signal);\n  return',
        'return',
        `${SLICES} > that were interrupted`,
      ],
      [
        'a job that nobody names is gone',
        '(await context.jobs.isThere(id, signal)) || (await context.blobs.of(id).isAnything(signal))',
        'await context.jobs.isThere(id, signal)',
        'test/registry/purge.test.ts > died before a record',
      ],
      [
        'a publication on its way is closed',
        "    case 'published':\n      return true;",
        "    case 'published':\n    case 'approving':\n      return true;",
        'test/registry/alone.test.ts > never one that could still be published',
      ],
    ],
  },
  {
    file: 'functions/registry/purge-request.ts',
    caughtBy: 'test/registry/purge.test.ts',
    faults: [
      [
        'a proposal is asked for as if it were a job',
        "z.regex(JOB_PATTERN, 'the id of a job')",
        "z.regex(ID_PATTERN, 'the id of a job')",
        'test/registry/purge.test.ts > before anybody signs in vain',
      ],
      [
        'what another request did is done by this one',
        "let isDone = record.status === 'done';",
        'let isDone = true;',
        'test/registry/purge.test.ts > said to be by what there is',
      ],
      [
        'some of it done is all of it',
        'Object.values(outcomes).every(',
        'Object.values(outcomes).some(',
        'test/registry/alone.test.ts > never one that could still be published',
      ],
      [
        'what was signed at an open door is forgotten',
        "    await context.purges.update(held, { ...record, status: 'open', consents }, call.signal);\n    throw",
        '    throw',
        `${SPILL} > on the word of any of them`,
      ],
      [
        'a job goes without everybody',
        'purged.objects.length + purged.jobs.length > 0',
        'purged.objects.length > 0',
        'test/registry/purge.test.ts > is everybody’s, whose it was',
      ],
      [
        'a job that is nowhere is asked for',
        "if (left !== 'missing' && !(left === 'already-purged' && item.path === '/jobs')) continue;",
        "if (left !== 'missing') continue;",
        'test/registry/purge.test.ts > before anybody signs in vain',
      ],
      [
        'whoever asks may have nobody left',
        'const silent = voices.find(',
        'const silent = voices.slice(1).find(',
        'test/registry/purge.test.ts > nor what they themselves',
      ],
      [
        'one silent voice among several is no matter',
        'if (silent !== undefined)',
        'if (silent !== undefined && voices.length === 1)',
        'test/registry/purge.test.ts > nobody speaks any more',
      ],
    ],
  },
  {
    file: 'functions/registry/purge-voices.ts',
    caughtBy: 'test/registry/purge.test.ts > of a proposal',
    faults: [
      [
        'whom a fact was to move to is not asked',
        "each.op === 'end' ? undefined : each.fact",
        "each.op === 'add' ? each.fact : undefined",
      ],
      [
        'an upload is whose key it names',
        'const isTheirs = isSignedByItsKey(signed);',
        'const isTheirs = true;',
      ],
      [
        'what a proposal was written against is not looked for',
        '    ...(base === null ? [] : await factsOfBase(context, head, base.version)),\n',
        '',
      ],
      [
        'what was purged is everybody’s',
        'proposal === undefined || proposal.purged',
        'proposal === undefined',
        'test/registry/purge.test.ts > whose facts it would have changed',
      ],
    ],
  },
]);
