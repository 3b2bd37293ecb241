/** Faults between a request to the registry and its store, as an outsider seeded them and no test saw. */
import { mutationsOf } from '../mutation.ts';

const REGISTRY = 'test/registry';

const REVOKED = 'test/registry/undo-revoked.test.ts';

export const ADMINISTERING = mutationsOf('administering', [
  {
    file: 'functions/registry/finishing.ts',
    caughtBy: `${REGISTRY}/finishing.test.ts`,
    faults: [
      [
        'a HEAD that is held is acknowledged by whoever asks',
        '!snapshot.acknowledged && snapshot.held === null',
        '!snapshot.acknowledged',
      ],
      ['a HEAD is acknowledged whoever signed it', '        await head.approved();\n', ''],
    ],
  },
  {
    file: 'functions/registry/acting.ts',
    caughtBy: `${REGISTRY}/assemble.test.ts`,
    faults: [
      [
        'who may not publish opens what nobody acknowledged',
        'acceptUnacknowledged: isPublisher',
        'acceptUnacknowledged: true',
      ],
      [
        'history is shown from what a process has read before',
        'acceptUnconfirmed: true, cacheBytes: 0',
        'acceptUnconfirmed: true',
      ],
    ],
  },
  {
    file: 'functions/registry/assemble.ts',
    caughtBy: `${REGISTRY}/assemble.test.ts`,
    faults: [
      ['a proposal on its way expires', " || status === 'approving'", ''],
      ['jobs are kept for good', '      life: () => keptFrom(clock()),\n', ''],
      ['a registry that is not closed counts as closed', "=== 'yes'", '!== undefined'],
    ],
  },
  {
    file: 'functions/registry/kept.ts',
    caughtBy: `${REGISTRY}/assemble.test.ts > expires at`,
    faults: [['what nothing rests on is kept for twenty days', '90 * 24', '20 * 24']],
  },
  {
    file: 'functions/registry/state-items.ts',
    caughtBy: `${REGISTRY}/state.test.ts > a moment ago`,
    faults: [
      [
        'a record is read as it was a while ago',
        'Key: keyOf(key), ConsistentRead: true }',
        'Key: keyOf(key), ConsistentRead: false }',
      ],
    ],
  },
  {
    file: 'functions/registry/run-job.ts',
    caughtBy: `${REGISTRY}/jobs.test.ts > once and for all`,
    faults: [
      ['a job that failed is done again', "status !== 'waiting'", "status === 'done'"],
      [
        'what is not as it was published is waited for',
        "'OUT_OF_TIME', 'CONFLICT']",
        "'OUT_OF_TIME', 'CONFLICT', 'REGISTRY_INTEGRITY']",
      ],
    ],
  },
  {
    file: 'functions/registry/list-proposals.ts',
    caughtBy: `${REGISTRY}/list-proposals.test.ts`,
    faults: [
      [
        'a list of proposals ends with its first page',
        'proposalView(record, now)), next } }',
        'proposalView(record, now)), next: null } }',
      ],
      [
        'a store that is gone makes a publication doubtful',
        "    if (error instanceof StoreError && error.code === 'STORE_UNAVAILABLE') throw error;\n",
        '',
      ],
      ['operations are shown however many they are', ' && text.length <= MOST_SHOWN', ''],
    ],
  },
  {
    file: 'functions/registry/store-refusals.ts',
    caughtBy: `${REGISTRY}/publication.test.ts > whoever loses`,
    faults: [['who won is told by what it was', 'author, kind } }', 'author: kind, kind } }']],
  },
  {
    file: 'functions/registry/publication.ts',
    caughtBy: `${REGISTRY}/publication.test.ts > nobody’s word`,
    faults: [
      [
        'a frozen publication brings another approval',
        "  if (digestOf(bytes) !== named) throw new StoreError('DIGEST_MISMATCH', { digest: named });\n",
        '',
      ],
    ],
  },
  {
    file: 'functions/registry/approve.ts',
    caughtBy: `${REGISTRY}/approval.test.ts > an approval`,
    faults: [
      [
        'recent requests are not asked again',
        'held, head, simulation.recent)',
        'held, head)',
        `${REGISTRY}/approval.test.ts > whoever asks anew`,
      ],
    ],
  },
  {
    file: 'functions/registry/reject.ts',
    caughtBy: `${REGISTRY}/chunks.test.ts > another session`,
    faults: [
      [
        'whoever has the author’s role withdraws a proposal',
        'author.arn !== call.caller.arn',
        'author.roleName !== call.caller.roleName',
      ],
    ],
  },
  {
    file: 'functions/registry/chunks.ts',
    caughtBy: `${REGISTRY}/chunks.test.ts > another session`,
    faults: [
      [
        'whoever has the author’s role sends chunks',
        'held.record.author.arn !== call.caller.arn',
        'held.record.author.roleName !== call.caller.roleName',
      ],
      [
        'chunks are thrown away before the proposal has them',
        '  await context.proposals.update(held, record, call.signal);\n',
        '  if (complete) await discard(context, Object.values(received), call.signal);\n  await context.proposals.update(held, record, call.signal);\n',
        `${REGISTRY}/chunks.test.ts > somebody was faster`,
      ],
    ],
  },
  {
    file: 'functions/registry/propose.ts',
    caughtBy: `${REGISTRY}/chunks.test.ts > the last chunk`,
    faults: [
      [
        'what came in chunks is filed unsound',
        "if (proposal.kind === 'change') demandSound",
        "if (proposal.kind === 'change' && proposal.status !== 'uploading') demandSound",
      ],
      [
        'what came in chunks may be synthetic',
        '  checkSynthetic(changes, context.sample);\n',
        "  if (proposal.status !== 'uploading') checkSynthetic(changes, context.sample);\n",
      ],
    ],
  },
  {
    file: 'functions/registry/synthetic.ts',
    caughtBy: `${REGISTRY}/bad-input.test.ts > made synthetic`,
    faults: [['what is there may be made synthetic', "change.op !== 'end'", "change.op === 'add'"]],
  },
  {
    file: 'functions/registry/hold.ts',
    caughtBy: `${REGISTRY}/wide-stops.test.ts > for a day`,
    faults: [
      ...(
        [
          ['a stop with an end of its own is not recognised later', 'to - from'],
          ['a day that nobody named is another one later', 'to'],
        ] as const
      ).map(
        ([name, ends]) =>
          [
            name,
            '(until === undefined ? to - from : to)',
            ends,
            `${REGISTRY}/alone.test.ts > that is asked for again`,
          ] as const,
      ),
      ['a day is too long for a wide stop', '> MOST_WIDE_MS)\n', '>= MOST_WIDE_MS)\n'],
      [
        'a wide stop lasts a little longer than a day',
        '> MOST_WIDE_MS)\n',
        '> MOST_WIDE_MS + 2000)\n',
        `${REGISTRY}/wide-stops.test.ts > nobody stops alone`,
      ],
    ],
  },
  {
    file: 'functions/core/administration/statement.ts',
    caughtBy: `${REGISTRY}/bodies.test.ts > one is the last`,
    faults: [
      ['a salt may be guessed', "/^[0-9a-f]{32}$/, '32 hexadecimal", "/^[0-9a-f]{8,}$/, '32 hexadecimal"],
    ],
  },
  {
    file: 'functions/registry/bodies.ts',
    caughtBy: `${REGISTRY}/bodies.test.ts > one is the last`,
    faults: [
      [
        'a group is acknowledged twice',
        "      z.refine((names) => new Set(names).size === names.length, 'each group is given once'),\n",
        '',
      ],
      [
        'as much as one likes is taken back by its name',
        'z.array(keyOfFact).check(z.maxLength(100))',
        'z.array(keyOfFact)',
      ],
    ],
  },
  {
    file: 'functions/registry/stopped.ts',
    caughtBy: `${REGISTRY}/stopped.test.ts`,
    faults: [
      ['what a version stops is told of no matter which HEAD', 'held: snapshot.held', 'held: null'],
      ['stops in force are told of no matter which HEAD', 'holds, held }', 'holds, held: null }'],
      [
        'what is stopped is looked for beyond the time',
        '() => context.clock() < call.sliceEndsAt',
        '() => true',
      ],
      ['before the first version there was one', 'exact <= 1', 'exact < 1'],
    ],
  },
  {
    file: 'functions/registry/show-history.ts',
    caughtBy: `${REGISTRY}/stopped.test.ts > says so`,
    faults: [
      ['of a diff one side may be held', 'from.held ?? to.held', 'to.held'],
      [
        'a log is told of no matter which HEAD',
        'next: oldest > 1 ? oldest : null, held: snapshot.held',
        'next: oldest > 1 ? oldest : null, held: null',
      ],
    ],
  },
  {
    file: 'functions/registry/router.ts',
    caughtBy: `${REGISTRY}/router.test.ts`,
    faults: [
      [
        'a request goes on beyond its time',
        'AbortSignal.timeout(budgetMs)',
        'AbortSignal.timeout(10 * budgetMs)',
      ],
    ],
  },
  {
    file: 'functions/registry/list-facts.ts',
    caughtBy: `${REGISTRY}/list-facts.test.ts`,
    faults: [['a page leaves out the last one', 'left.length > page.length', 'left.length > most + 1']],
  },
  {
    file: 'functions/registry/rollback.ts',
    caughtBy: `${REGISTRY}/undo.test.ts > one answer shows`,
    faults: [
      [
        'stops that stay are counted as far as they are shown',
        'staying: stays.length',
        'staying: Math.min(stays.length, MOST_SHOWN)',
      ],
      [
        'what nobody speaks for waits for nothing',
        "  if (by === NOBODY)\n    return [{ check: 'spoken-for', key: '', path: '', message: 'nobody may speak for this any more' }];\n",
        '',
      ],
    ],
  },
  {
    file: 'functions/registry/revoked-since.ts',
    caughtBy: REVOKED,
    faults: [
      ['what was taken away before counts', 'at.commit.version <= version', 'at.commit.version < version'],
      ['what two people ended is taken away', 'if (!ALONE.has(at.commit.kind)) continue;', ''],
      [
        'the newest version alone is looked at',
        'revoked.add(key);\n  }',
        'revoked.add(key);\n    break;\n  }',
      ],
      [
        'what was purged was nothing',
        '() => endedIn(head.objects, at), among)',
        '() => endedIn(head.objects, at), [])',
      ],
      [
        'a purge of the past keeps everybody from going back',
        'await orIfPurged(() => endedIn(head.objects, at), among)',
        'await endedIn(head.objects, at)',
      ],
    ],
  },
  {
    file: 'functions/registry/rollback.ts',
    caughtBy: REVOKED,
    faults: [
      [
        'what has ended is told by another clock',
        'at: context.clock(), also',
        'at: context.clock() - 600_000_000, also',
      ],
      [
        'what was taken away is looked for in the version that it is written from',
        'await revokedSince(head, version, keys)',
        'await revokedSince(from, version, keys)',
      ],
    ],
  },
  {
    file: 'functions/registry/asked-operations.ts',
    caughtBy: REVOKED,
    faults: [['what was revoked since it was filed comes back', '{ from, head }', '{ from, head: from }']],
  },
  {
    file: 'functions/core/administration/losses.ts',
    caughtBy: 'test/core/administration/losses.test.ts',
    faults: [['of markings that are answered alike one is lost', 'of alike)', 'of alike.slice(0, 1))']],
  },
  {
    file: 'functions/registry/forecast-slice.ts',
    caughtBy: `${REGISTRY}/jobs.test.ts > put on top`,
    faults: [['a forecast rests on one person’s word', 'await context.factSets.of(approved)', 'facts']],
  },
]);
