/** Faults in purges, as an outsider seeded them and no test saw. */
import { mutationsOf } from '../mutation.ts';

const SPILL = 'test/registry/spill.test.ts';
const SLICES = 'test/registry/slices.test.ts';

export const ERASING = mutationsOf('erasing', [
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
        'return reply(context, call, head, { places, next: at });',
        'return reply(context, call, head, { places, next: null });',
      ],
      [
        'a search cut short goes on where it began',
        '    at = { table: following, key: next };\n    if (context.clock() >= call.sliceEndsAt) return reply(context, call, head, { places, next: at });',
        '    if (context.clock() >= call.sliceEndsAt) return reply(context, call, head, { places, next: at });\n    at = { table: following, key: next };',
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
      ['JSON within JSON is not looked into', ', JSON.stringify(once).slice(1, -1)])', '])'],
      [
        'what nobody can read is not looked at',
        "return valuesOf(item).some(has) ? place('unreadable') : undefined;",
        'return undefined;',
      ],
      [
        'a note is of its oldest version',
        '[...(versions.get(commit.note) ?? []), commit.version]',
        '[commit.version]',
        'test/adversary/purges.test.ts > the same in a later version',
      ],
      ['a blob is told once for each piece', "if (sk !== '0000') return", "if (sk === '0001') return"],
      [
        'what lost a piece is nothing',
        'return bytes === undefined || [bytes',
        'return bytes !== undefined && [bytes',
        `${SLICES} > removal was interrupted`,
      ],
      ['a blob is looked at in its second piece', "if (sk !== '0000') return", "if (sk !== '0001') return"],
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
        'what an interrupted slice left stays',
        'if (previous !== undefined) await context.blobs.remove(previous, signal);',
        '',
        `${SLICES} > until they are gone`,
      ],
      [
        'what a slice has left is named by nothing',
        '...(cursor !== undefined && { previous: cursor })',
        '',
        `${SLICES} > until they are gone`,
      ],
      [
        'a slice that came second leaves where it would go on',
        'if (isLost && next.cursor',
        'if (!isLost && next.cursor',
        `${SLICES} > another was first`,
      ],
      [
        'two slices go on in the same bytes',
        '{ slice: randomUUID(), state }',
        '{ state }',
        `${SLICES} > another was first`,
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
    caughtBy: `${SLICES} > removal was interrupted`,
    faults: [
      [
        'the first piece goes first',
        'for (let piece = Math.min(pieces, MAX_PIECES) - 1; piece >= 0; piece -= 1) {\n        await items.remove',
        'for (let piece = 0; piece < Math.min(pieces, MAX_PIECES); piece += 1) {\n        await items.remove',
      ],
    ],
  },
  {
    file: 'functions/registry/purge-items.ts',
    caughtBy: 'test/registry/purge.test.ts > stay while they are',
    faults: [
      [
        'what is still coming is no proposal',
        '!isClosed(proposal.status) && blobsOf',
        "proposal.status === 'open' && blobsOf",
      ],
      ['a frozen publication keeps nothing', 'const named = [body, prepared, ', 'const named = [body, '],
      ['what a simulation asks again is nobody’s', 'prepared, simulation?.recent, ...', 'prepared, ...'],
      ['chunks are nobody’s', ', ...Object.values(upload?.received ?? {})]', ']'],
      ['a closed proposal keeps its bytes', '!isClosed(proposal.status) && blobsOf', 'blobsOf'],
    ],
  },
  {
    file: 'functions/registry/purge-request.ts',
    caughtBy: 'test/registry/purge.test.ts',
    faults: [
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
        'bytes go without everybody',
        'purged.objects.length + purged.blobs.length > 0',
        'purged.objects.length > 0',
        'test/registry/purge.test.ts > are everybody’s, whose they were',
      ],
      [
        'bytes that are nowhere are asked for',
        'if (!(await context.blobs.isThere(digest, call.signal)))\n',
        'if (digest.length === 0)\n',
        'test/registry/purge.test.ts > that are nowhere',
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
        'a version is judged by those it made',
        'wordOf(parent ?? at, head.objects)',
        'wordOf(at, head.objects)',
        'test/registry/purge.test.ts > took from an authority',
      ],
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
