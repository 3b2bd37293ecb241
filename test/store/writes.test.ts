/** What is written, on which condition, and what each answer of the database makes of it. */
import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { type Digest, digestOf } from '../../functions/core/facts/canonical.ts';
import { homeOf } from '../../functions/store/commit.ts';
import { rawDigest } from '../../functions/store/digest-bytes.ts';
import { encodeHead, type VerifiedHead, verifyHead } from '../../functions/store/head.ts';
import { moveHead } from '../../functions/store/move-head.ts';
import { type CommitMeta, nextCommit } from '../../functions/store/next-commit.ts';
import { framed } from '../../functions/store/object-bytes.ts';
import { insertObjects } from '../../functions/store/object-inserts.ts';
import { purgeObject } from '../../functions/store/purge.ts';
import { encodeWord } from '../../functions/store/purge-word.ts';
import { createRegistryReader } from '../../functions/store/registry-reader.ts';
import { stageState } from '../../functions/store/staging.ts';
import { LOCAL_FOUNDERS } from '../../infra/local/identities.ts';
import { TEST_TABLES } from '../engine.ts';
import { type Alteration, chainOf, KEYS, packed, SIGNER, VERSIONS } from './memory-chain.ts';
import { type Answered, memoryDatabase } from './memory-database.ts';
import { signingPublisher } from './signed.ts';
import { META, newSigner, sampleState } from './store-rig.ts';

afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

const contextOf = () => ({ signal: AbortSignal.timeout(60_000), meter: { readUnits: 0, batches: 0 } });
const named = (name: string) => Object.assign(new Error('no'), { name });

/** The code something ends with, or `done`; waits pass at once. */
async function outcome(attempt: () => Promise<unknown>): Promise<string> {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  const ending = attempt().then(
    () => 'done',
    (error: { code?: string }) => error.code ?? String(error),
  );
  await vi.advanceTimersByTimeAsync(60_000);
  const ended = await ending;
  vi.useRealTimers();
  return ended;
}

const WORD = {
  asked: {
    ...{ kind: 'purge' as const, authority: 'us-state', reason: 'A test', salt: '0'.repeat(32) },
    ...{ notes: [], proposals: [], objects: [], jobs: [] },
  },
  signed: [],
};

describe('objects inserted', () => {
  const bytes = framed('note', Buffer.from('{}'));
  const digest = digestOf(bytes);
  type Code = string | undefined;

  /** Inserts `count` objects; each round of each batch is answered by the codes given, the last for ever. */
  async function inserted(count: number, ...rounds: (readonly Code[] | 'nothing')[]) {
    const database = memoryDatabase();
    const statements: { Statement: string; Parameters: unknown[] }[][] = [];
    database.answer = (asked, honest): Answered => {
      if (asked.command !== 'BatchExecuteStatementCommand') return honest;
      const { Statements } = asked as unknown as { Statements: (typeof statements)[number] };
      const codes = rounds[Math.min(statements.length, rounds.length - 1)] ?? [];
      statements.push(Statements);
      if (codes === 'nothing') return {};
      return {
        Responses: Statements.map((_, i) => (codes[i] ? { Error: { Code: codes[i] } } : {})),
      } as never;
    };
    const objects = Array.from({ length: count }, (_, id): [Digest, Uint8Array] => {
      const one = id === 0 ? bytes : framed('note', Buffer.from(String(id)));
      return [digestOf(one), one];
    });
    const insert = () => insertObjects(database.client, TEST_TABLES.objects, objects, contextOf());
    return { database, statements, insert };
  }

  it('are inserted by statements that replace nothing, 25 at once', async () => {
    const { statements, insert } = await inserted(60);
    expect(await outcome(insert)).toBe('done');
    expect(statements.map((batch) => batch.length)).toEqual([25, 25, 10]);
    expect(statements[0]?.[0]).toEqual({
      Statement: `INSERT INTO "test-objects" VALUE {'digest': ?, 'z': ?, 'n': ?}`,
      Parameters: [{ S: digest }, packed(bytes)['z'], { N: String(bytes.length) }],
    });
  });

  it.each([
    'InternalServerError',
    'ProvisionedThroughputExceeded',
    'RequestLimitExceeded',
    'ThrottlingError',
    'TransactionConflict',
  ])('are sent again after %s, those alone, ten times', async (code) => {
    const again = await inserted(3, [undefined, code, undefined], []);
    expect([await outcome(again.insert), again.statements.map((batch) => batch.length)]).toEqual([
      'done',
      [3, 1],
    ]);
    const never = await inserted(1, [code]);
    expect([await outcome(never.insert), never.statements.length]).toEqual(['STORE_UNAVAILABLE', 10]);
  });

  it('are refused by any other answer, or one that leaves some out', async () => {
    for (const code of ['AccessDenied', 'ValidationError', 'ConditionalCheckFailed', 'anything'])
      expect(await outcome((await inserted(2, [undefined, code])).insert)).toBe('STORE_REFUSED');
    expect(await outcome((await inserted(2, 'nothing')).insert)).toBe('STORE_UNAVAILABLE');
  });

  it('that are there already must be there whole', async () => {
    const STORED: [object | undefined, string][] = [
      [packed(bytes), 'done'],
      [undefined, 'OBJECT_MISSING'],
      [{ purged: { BOOL: true } }, 'OBJECT_PURGED'],
      [packed(framed('note', Buffer.from('[]'))), 'DIGEST_MISMATCH'],
      [packed(Buffer.concat([bytes, bytes])), 'OBJECT_MALFORMED'],
      [{}, 'OBJECT_MALFORMED'],
    ];
    for (const [item, expected] of STORED) {
      const { database, insert } = await inserted(1, ['DuplicateItem']);
      if (item !== undefined) database.objects.set(digest, { digest: { S: digest }, ...item });
      expect(await outcome(insert)).toBe(expected);
    }
  });

  it('are what their digests name, fit an item, and go to a table', async () => {
    const noise = (length: number) => {
      const all = Array.from({ length: length / 32 }, (_, id) =>
        rawDigest(digestOf(Buffer.from(String(id)))),
      );
      return framed('law', Buffer.concat(all));
    };
    const CASES: [Uint8Array, Digest | undefined, string, string][] = [
      [bytes, undefined, 'test-objects', 'done'],
      [bytes, digestOf(Buffer.from('another')), 'test-objects', 'DIGEST_MISMATCH'],
      [noise(398_016), undefined, 'test-objects', 'done'],
      [noise(400_000), undefined, 'test-objects', 'TOO_LARGE'],
      ...['x"', 'ab', "x' y", 'x'.repeat(256)].map((table): [Uint8Array, undefined, string, string] => [
        bytes,
        undefined,
        table,
        'NOT_STORABLE',
      ]),
    ];
    for (const [one, as, table, expected] of CASES) {
      const { database } = await inserted(1);
      database.answer = () => ({ Responses: [{}] }) as never;
      const insert = () => insertObjects(database.client, table, [[as ?? digestOf(one), one]], contextOf());
      expect([table, await outcome(insert)]).toEqual([table, expected]);
    }
  });
});

describe('HEAD', () => {
  const failed = new ConditionalCheckFailedException({ $metadata: {}, message: 'no' });
  const lost = named('TimeoutError');

  async function headOf(v: number, alteration?: Alteration): Promise<VerifiedHead> {
    const { database, at } = await chainOf(alteration && { [v]: alteration });
    const found = (x: Digest) => {
      const item = database.objects.get(x);
      return item?.['signature']?.B ?? new Uint8Array();
    };
    const link = at(v);
    const { encodeCommit } = await import('../../functions/store/commit.ts');
    const content = {
      commit: encodeCommit(link.commit),
      signature: found(link.digest),
      root: link.registry.rootBytes,
    };
    return verifyHead(content, KEYS);
  }

  /** Moves HEAD to version 4 while the database answers writes and reads as given, the last for ever. */
  async function moved(
    puts: readonly (Error | undefined)[],
    heads: readonly (VerifiedHead | undefined)[],
    ours = 4,
  ) {
    const chain = await chainOf();
    const sent: object[] = [];
    let reads = 0;
    chain.database.answer = (asked, honest) => {
      if (asked.command === 'PutItemCommand') {
        sent.push(asked);
        const failure = puts[Math.min(sent.length, puts.length) - 1];
        if (failure !== undefined) throw failure;
        return {};
      }
      if (asked.command !== 'GetItemCommand') return honest;
      const head = heads[Math.min(reads, heads.length - 1)];
      reads += 1;
      return head === undefined ? {} : { Item: encodeHead(head.content) };
    };
    const { client } = chain.database;
    const access = { client, tables: TEST_TABLES, publicKeys: KEYS, context: contextOf() };
    const target = await headOf(ours);
    return { result: await outcome(() => moveHead(access, target, 1)), sent, reads };
  }

  it('is moved on condition of its parent, or of there being none', async () => {
    const item = encodeHead((await headOf(4)).content);
    const parent = (await chainOf()).at(3).digest;
    const conditioned = await moved([undefined], []);
    expect([conditioned.result, conditioned.reads, conditioned.sent]).toEqual([
      'done',
      0,
      [
        {
          command: 'PutItemCommand',
          TableName: 'test-state',
          Item: { ...item, signature: expect.anything() },
          ConditionExpression: 'digest = :parent AND attribute_not_exists(copies)',
          ExpressionAttributeValues: { ':parent': { B: rawDigest(parent) } },
        },
      ],
    ]);
    expect((await moved([undefined], [], 1)).sent).toMatchObject([
      { ConditionExpression: 'attribute_not_exists(pk)' },
    ]);
  });

  it('says, after a write whose outcome is not clear, whether it has moved', async () => {
    const [ours, parent, later] = [await headOf(4), await headOf(3), await headOf(VERSIONS)];
    const fork = await headOf(4, () => ({ author: 'mallory' }));
    const past = await headOf(VERSIONS, ({ ancestors: [parent, , older] }) => ({
      ancestors: [parent, parent, older].filter((one) => one !== undefined),
    }));
    const CASES: [string, (Error | undefined)[], (VerifiedHead | undefined)[], string, number][] = [
      ['it is ours', [failed], [ours], 'done', 1],
      ['it came after ours', [lost], [later], 'done', 1],
      ['it is another of our version', [failed], [fork], 'CONFLICT', 1],
      ['it is older than our parent', [failed], [await headOf(2)], 'CONFLICT', 1],
      ['it is gone', [failed], [undefined], 'CONFLICT', 1],
      ['it came after, by links that are none', [failed], [past], 'OBJECT_MALFORMED', 1],
      ['it is our parent, then ours', [lost, lost], [parent, ours], 'done', 2],
      ['it is our parent, then moved', [lost, undefined], [parent], 'done', 2],
      ['it is our parent for ever', [lost], [parent], 'STORE_UNAVAILABLE', 5],
      ['the write was refused', [named('AccessDeniedException')], [ours], 'STORE_REFUSED', 1],
    ];
    for (const [what, puts, heads, result, writes] of CASES) {
      const found = await moved(puts, heads);
      expect([what, found.result, found.sent.length]).toEqual([what, result, writes]);
    }
  });
});

describe('the next commit', () => {
  const parentWith = async (alteration: Alteration = () => ({})) => {
    const { database, at } = await chainOf({ 1: alteration });
    const { objects } = await createRegistryReader({
      founders: LOCAL_FOUNDERS,
      client: database.client,
      tables: TEST_TABLES,
      publicKeys: KEYS,
      acceptUnconfirmed: true,
    }).open();
    return { ...at(1), objects };
  };
  const HERE = homeOf(TEST_TABLES.state);
  const place = {
    home: HERE,
    root: digestOf(Buffer.from('r')),
    approval: digestOf(Buffer.from('a')),
    keyring: digestOf(Buffer.from('k')),
    note: digestOf(Buffer.from('n')),
  };
  const THERE: Alteration = () => ({ home: homeOf('elsewhere') });
  const HELD: Alteration = () => ({ confirmed: false });
  const CASES: [string, Alteration | 'none', Partial<CommitMeta>, string][] = [
    ['a first', 'none', {}, 'done'],
    ['a first that continues', 'none', { succession: 'continue' }, 'NOT_STORABLE'],
    ['a first that restores', 'none', { succession: 'restore' }, 'NOT_STORABLE'],
    ['a first at no instant', 'none', { recordedAt: '2026-11-23' }, 'NOT_STORABLE'],
    ['a second', () => ({}), {}, 'done'],
    ['a second at no instant', () => ({}), { recordedAt: '2026-11-23' }, 'NOT_STORABLE'],
    ['a second first', () => ({}), { succession: 'genesis' }, 'NOT_STORABLE'],
    ['one elsewhere', THERE, {}, 'LINEAGE_CHANGED'],
    ['a confirmation elsewhere', THERE, { succession: 'confirm' }, 'LINEAGE_CHANGED'],
    ['a restoration elsewhere', THERE, { succession: 'restore' }, 'done'],
    ['a confirmation of what is confirmed', () => ({}), { succession: 'confirm' }, 'NOT_STORABLE'],
    ['a confirmation by two', HELD, { succession: 'confirm' }, 'done'],
    ['a confirmation by nobody else', HELD, { succession: 'confirm', approvers: [] }, 'NOT_STORABLE'],
    ['a confirmation by its author', HELD, { succession: 'confirm', approvers: ['alice'] }, 'NOT_STORABLE'],
    ['a change of what is held', HELD, {}, 'done'],
  ];
  it.each(CASES)('%s', async (_, parent, meta, expected) => {
    const before = parent === 'none' ? null : await parentWith(parent);
    const made = await nextCommit(before, place, { ...META, ...meta }).catch(
      (error: { code: string }) => error.code,
    );
    if (typeof made === 'string') return expect(made).toBe(expected);
    const was = before?.commit;
    const fresh = was === undefined || meta.succession === 'restore';
    expect('done').toBe(expected);
    expect(made).toMatchObject({
      version: (was?.version ?? 0) + 1,
      epoch: fresh ? (was?.epoch ?? 0) + 1 : was.epoch,
      confirmed: was === undefined || meta.succession === 'confirm' || (!fresh && was.confirmed),
      ancestors: before === null ? [] : [before.digest],
    });
    expect(made.lineage === was?.lineage).toBe(!fresh);
    return expect(made.lineage).toMatch(/^[0-9a-f]{32}$/);
  });

  it('is recorded at its time, or at its parent’s where that is later', async () => {
    const before = await parentWith();
    for (const [said, recorded] of [
      ['2026-11-23T12:00:00.999Z', '2026-11-23T12:00:01.000Z'],
      ['2026-11-23T12:00:01.001Z', '2026-11-23T12:00:01.001Z'],
    ] as const)
      expect((await nextCommit(before, place, { ...META, recordedAt: said })).recordedAt).toBe(recorded);
  });
});

describe('a publisher', () => {
  const publication = () => ({ base: null, staged: stageState(sampleState(1)), meta: META, note: 'why' });
  const publisherWith = (signer = SIGNER) =>
    signingPublisher({ client: memoryDatabase().client, tables: TEST_TABLES, signer, publicKeys: KEYS });

  it('prepares nothing that its readers would refuse', async () => {
    await expect(publisherWith(newSigner()).prepare(publication())).rejects.toMatchObject({
      code: 'SIGNATURE_INVALID',
    });
  });

  it('publishes only what was prepared and signed, on its own parent, within a minute', async () => {
    const prepared = await publisherWith().prepare(publication());
    const timeout = vi.spyOn(AbortSignal, 'timeout');
    const forged = { ...prepared.head, signature: new Uint8Array(96) };
    await expect(publisherWith().publish({ ...prepared, head: forged })).rejects.toMatchObject({
      code: 'SIGNATURE_INVALID',
    });
    await expect(
      publisherWith().publish({ ...prepared, expected: digestOf(Buffer.from('x')) }),
    ).rejects.toMatchObject({
      code: 'NOT_STORABLE',
    });
    expect(timeout.mock.calls).toEqual([[60_000], [60_000]]);
  });

  it('writes what a commit refers to, the commit with its signature, HEAD, and then the floor', async () => {
    const database = memoryDatabase();
    const written: string[] = [];
    database.answer = (asked, honest) => {
      const { Statements = [] } = asked as { Statements?: { Statement: string }[] };
      written.push(
        Statements.some(({ Statement }) => /'signature'/.test(Statement)) ? 'commit' : asked.command,
      );
      return (Statements.length === 0 ? honest : { Responses: Statements.map(() => ({})) }) as never;
    };
    const { client } = database;
    const publisher = signingPublisher({ client, tables: TEST_TABLES, signer: SIGNER, publicKeys: KEYS });
    const prepared = await publisher.prepare(publication());
    for (const [digest, bytes] of prepared.objects)
      database.objects.set(digest, { digest: { S: digest }, ...packed(bytes) });
    await publisher.publish(prepared);
    const writing = written.filter((command) => !/^(Query|Describe|BatchGet)/.test(command));
    const [start, keyring, approval, acknowledgement] = new Array(4).fill('ExecuteStatementCommand');
    expect(writing).toEqual([
      'BatchExecuteStatementCommand',
      'commit',
      'PutItemCommand',
      start,
      keyring,
      approval,
      acknowledgement,
    ]);
  });

  it('salts every note, so that a purged one cannot be guessed', async () => {
    const [one, other] = [
      await publisherWith().prepare(publication()),
      await publisherWith().prepare(publication()),
    ];
    const noteOf = ({ objects }: typeof one) =>
      [...objects.values()]
        .map((bytes) => Buffer.from(bytes).toString())
        .filter((text) => /^routeguard note/.test(text));
    expect(noteOf(one)).toEqual([
      expect.stringMatching(/^routeguard note 1\n\{"note":"why","salt":"[0-9a-f]{32}"\}$/),
    ]);
    expect(noteOf(one)).not.toEqual(noteOf(other));
  });
});

describe('a tombstone', () => {
  it('is put only where the object still is', async () => {
    const chain = await chainOf();
    const { client } = chain.database;
    const digest = chain.place(2, 'note');
    const outcomes = [];
    for (const failure of [
      undefined,
      new ConditionalCheckFailedException({ $metadata: {}, message: 'no' }),
    ]) {
      chain.database.answer = (asked, honest) => {
        if (asked.command !== 'PutItemCommand') return honest;
        if (failure !== undefined) throw failure;
        return {};
      };
      outcomes.push(
        await purgeObject({ client, tables: TEST_TABLES, signal: contextOf().signal }, digest, WORD),
      );
      expect(chain.database.asked.at(-1)).toEqual({
        command: 'PutItemCommand',
        TableName: 'test-objects',
        Item: { digest: { S: digest }, purged: { BOOL: true }, ...encodeWord(WORD) },
        ConditionExpression: 'attribute_exists(digest)',
      });
    }
    expect(outcomes).toEqual(['purged', 'missing']);
  });
});
