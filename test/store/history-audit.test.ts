/** The audit over every kind of bad ancestor at every depth: what it finds, where, and that it finds nothing else. */
import { beforeAll, describe, expect, it } from 'vitest';
import { type Digest, digestOf } from '../../functions/core/facts/canonical.ts';
import { encodeCommit, homeOf } from '../../functions/store/commit.ts';
import { commitMessage } from '../../functions/store/commit-signature.ts';
import { rawDigest } from '../../functions/store/digest-bytes.ts';
import { encodeHead, type Item } from '../../functions/store/head.ts';
import { type AuditCursor, type HistoryReport, verifyHistory } from '../../functions/store/history-verify.ts';
import { framed } from '../../functions/store/object-bytes.ts';
import { encodeRoot, type RegistryRoot } from '../../functions/store/registry-root.ts';
import { LOCAL_FOUNDERS } from '../../infra/local/identities.ts';
import { TEST_TABLES } from '../engine.ts';
import {
  type Alteration,
  type Chain,
  chainOf,
  floorOf,
  KEYS,
  packed,
  SIGNER,
  VERSIONS,
} from './memory-chain.ts';
import { newSigner } from './store-rig.ts';

/** A finding: its code, the version it names, and where the object it names is (a commit, where nothing is said). */
type Finding = readonly [code: string, version: number, place?: string | Digest];

const NOWHERE = digestOf(Buffer.from('nowhere'));
const DOWN = Array.from({ length: VERSIONS }, (_, index) => VERSIONS - index);
const restored: Alteration = ({ epoch }) => ({
  lineage: String(epoch).repeat(32),
  epoch: epoch + 1,
  confirmed: false,
});
const unconfirmed: Alteration = () => ({ confirmed: false });
const everywhere = (from: number, alteration: Alteration) =>
  Object.fromEntries(DOWN.filter((v) => v >= from).map((v) => [v, alteration]));

async function auditOf(
  { database: { client } }: Chain,
  more: { keepGoing?: () => boolean; cursor?: AuditCursor } = {},
): Promise<HistoryReport> {
  const signal = AbortSignal.timeout(60_000);
  return verifyHistory({
    // These documents are of no facts.
    isLaidOut: async () => true,
    client,
    tables: TEST_TABLES,
    publicKeys: KEYS,
    founders: LOCAL_FOUNDERS,
    signal,
    ...more,
  });
}

/** The same audit, stopped after each version and taken up again from its cursor as it comes back from storage. */
async function slicedAudit(chain: Chain): Promise<HistoryReport> {
  let report = await auditOf(chain, { keepGoing: () => false });
  while (report.cursor !== null) {
    expect(report.sound).toBe(false);
    const cursor = JSON.parse(JSON.stringify(report.cursor)) as AuditCursor;
    report = await auditOf(chain, { keepGoing: () => false, cursor });
  }
  return report;
}

/** What is wrong with a forger's signatures is told in `test/adversary/people.test.ts`. */
const ABOUT_PEOPLE = /^(?:APPROVAL|KEYRING|NOT_RESTRICTING)/;

/** @param also that an audit in slices finds the same */
async function expectFound(
  chain: Chain,
  found: readonly Finding[],
  { purged = [], sliced = false }: { purged?: readonly Finding[]; sliced?: boolean } = {},
) {
  const named = ([code, version, where = 'commit']: Finding) => ({
    code,
    version,
    digest: code === 'COMMIT_UNREACHABLE' ? null : digestIn(chain, version, where),
  });
  const report = await auditOf(chain);
  const problems = report.problems.filter(({ code }) => !ABOUT_PEOPLE.test(code));
  expect({ problems, purged: report.purged }).toEqual({
    problems: found.map(named),
    purged: purged.map(named).map(({ version, digest }) => ({ version, digest })),
  });
  expect([report.sound, report.head, report.cursor]).toEqual([report.problems.length === 0, VERSIONS, null]);
  if (sliced) expect(await slicedAudit(chain)).toEqual(report);
  return report;
}

function digestIn(chain: Chain, version: number, where: string | Digest): Digest {
  return where.startsWith('sha256:') ? (where as Digest) : chain.place(version, where);
}

/** The finding for each version from HEAD down. */
const all = (code: string, from = 1, place?: string): Finding[] =>
  DOWN.filter((v) => v >= from).map((v) => (place === undefined ? [code, v] : [code, v, place]));

/** What no commit may be after the one before, said of every version at once; the next is judged by what this one says. */
const EVERYWHERE: readonly [name: string, Alteration, from?: number][] = [
  ['another lineage in the same epoch', ({ version }) => ({ lineage: String(version).repeat(32) }), 2],
  ['another epoch of the same lineage', ({ epoch }) => ({ epoch: epoch + 1, confirmed: false }), 2],
  ['a restoration that says it is confirmed', (...args) => ({ ...restored(...args), confirmed: true }), 2],
  ['another home in the same epoch', ({ version }) => ({ home: homeOf(`table-${version}`) }), 2],
  [
    'a time before, by a millisecond',
    ({ version }) => ({ recordedAt: `2026-11-23T12:00:00.00${7 - version}Z` }),
    2,
  ],
  ...['change', 'lift', 'rollback', 'confirm', 'holds', 'genesis'].flatMap((kind) =>
    [[], ['alice'], ['alice', 'alice']].map((approvers): [string, Alteration] => [
      `a ${kind} approved by ${JSON.stringify(approvers)}`,
      () => ({ kind, approvers }),
    ]),
  ),
];

const SOUND: readonly [name: string, Alteration][] = [
  ['a history of two people', () => ({})],
  ['restorations', restored],
  [
    'restorations of what was before another',
    (...args) => ({ ...restored(...args), epoch: args[0].epoch + 2 }),
  ],
  [
    'restorations elsewhere',
    (...args) => ({ ...restored(...args), home: homeOf(`table-${args[0].version}`) }),
  ],
  [
    'a restoration and its confirmation, again and again',
    (...args) => (args[0].version % 2 === 0 ? restored(...args) : { confirmed: true, kind: 'confirm' }),
  ],
  ['holds by one', () => ({ kind: 'hold', approvers: [] })],
  ['revocations by one', () => ({ kind: 'revoke', approvers: [] })],
  ['a second approver who is another', () => ({ approvers: ['alice', 'carol'] })],
  ['one time', () => ({ recordedAt: '2026-11-23T12:00:01.000Z' })],
];

interface Kind {
  readonly name: string;
  readonly alter: (v: number) => Readonly<Record<number, Alteration>>;
  /** The versions this can happen at. */
  readonly from: number;
  readonly to?: number;
}

/** What needs a certain past, at one version after the other. */
const SOMEWHERE: readonly Kind[] = [
  { name: 'a first epoch that is not 1', alter: (v) => ({ [v]: () => ({ epoch: 2 }) }), from: 1, to: 1 },
  { name: 'a genesis that is not confirmed', alter: (v) => ({ [v]: unconfirmed }), from: 1, to: 1 },
  { name: 'a confirmation taken back', alter: (v) => ({ [v]: unconfirmed }), from: 2 },
  {
    name: 'the epoch before',
    alter: (v) => ({ [v - 1]: restored, [v]: () => ({ lineage: 'a'.repeat(32), epoch: 1 }) }),
    from: 3,
  },
];

/** Confirmations by one, or as what is none: at odd versions of one history and at even ones of another, each after a restoration. */
const NO_CONFIRMATIONS = [
  ...['hold', 'revoke', 'confirm'].flatMap((kind) =>
    [[], ['alice'], ['alice', 'alice']].map((approvers) => ({ kind, approvers })),
  ),
  { kind: 'change', approvers: ['bob'] },
  { kind: 'hold', approvers: ['bob'] },
];

const replaced =
  (power: number, by: Digest): Alteration =>
  ({ ancestors }) => ({ ancestors: ancestors.map((honest, k) => (k === power ? by : honest)) });
const unreachable = (...versions: number[]) => versions.map((v): Finding => ['COMMIT_UNREACHABLE', v]);

/** Ancestors that are not those 1, 2, 4 … versions before: at 6 these are 5, 4, 2; at 5: 4, 3, 1; at 4: 3, 2 … */
const ANCESTRIES: readonly [name: string, v: number, Alteration, readonly Finding[]][] = [
  // HEAD's word is the first for these, so the next commit to name one of them contradicts it.
  ['HEAD names nothing as its parent', 6, replaced(0, NOWHERE), [['OBJECT_MISSING', 5, NOWHERE]]],
  [
    'HEAD names nothing two before',
    6,
    replaced(1, NOWHERE),
    [['ANCESTORS', 5], ['OBJECT_MISSING', 4, NOWHERE], ...unreachable(3)],
  ],
  [
    'HEAD names nothing four before',
    6,
    replaced(2, NOWHERE),
    [
      ['ANCESTORS', 4],
      ['ANCESTORS', 3],
      ['OBJECT_MISSING', 2, NOWHERE],
    ],
  ],
  // Named by a newer one already: the contradiction is theirs.
  ['5 names nothing as its parent', 5, replaced(0, NOWHERE), [['ANCESTORS', 5]]],
  [
    '5 names nothing two before',
    5,
    replaced(1, NOWHERE),
    [
      ['ANCESTORS', 4],
      ['OBJECT_MISSING', 3, NOWHERE],
    ],
  ],
  [
    '5 names nothing four before',
    5,
    replaced(2, NOWHERE),
    [
      ['ANCESTORS', 3],
      ['ANCESTORS', 2],
      ['OBJECT_MISSING', 1, NOWHERE],
    ],
  ],
  ['4 names nothing as its parent', 4, replaced(0, NOWHERE), [['ANCESTORS', 4]]],
  ['4 names nothing two before', 4, replaced(1, NOWHERE), [['ANCESTORS', 4]]],
  ['3 names nothing as its parent', 3, replaced(0, NOWHERE), [['ANCESTORS', 3]]],
  ['3 names nothing two before', 3, replaced(1, NOWHERE), [['ANCESTORS', 3]]],
  ['2 names nothing as its parent', 2, replaced(0, NOWHERE), [['ANCESTORS', 2]]],
];

describe('a bad ancestor', () => {
  it('none: each object is counted once', async () => {
    const report = await expectFound(await chainOf(), [], { sliced: true });
    // A version has of its own: commit, note, root, law, nodes 0 and 1 of facts, 1 of view, 0 of vendors, three leaves.
    // Of its own, too: its signatures. All share the constant leaf of facts and of view, the authority’s leaf and the
    // keyring; vendors keep both documents in one leaf.
    expect([report.commits, report.objects]).toEqual([VERSIONS, VERSIONS * 12 + 4]);
  });

  it.each(SOUND)('none: %s', async (_, alteration) => {
    await expectFound(await chainOf(everywhere(2, alteration)), []);
  });

  it.each(EVERYWHERE)('%s, at every depth', async (_, alteration, from = 1) => {
    const chain = await chainOf(everywhere(from, alteration));
    await expectFound(chain, all('SUCCESSION', from), { sliced: from > 1 });
  });

  it.each(SOMEWHERE)('$name, at each depth', async ({ alter, from, to = VERSIONS }) => {
    for (let v = from; v <= to; v += 1) await expectFound(await chainOf(alter(v)), [['SUCCESSION', v]]);
  });

  it.each(NO_CONFIRMATIONS)('a confirmation as $kind, approved by $approvers, at every depth', async (by) => {
    for (const parity of [0, 1]) {
      const confirms = (v: number) => v >= 3 && v % 2 === parity;
      const chain = await chainOf(
        everywhere(2 + ((parity + 1) % 2), (...args) =>
          confirms(args[0].version) ? { ...by, confirmed: true } : restored(...args),
        ),
      );
      await expectFound(
        chain,
        all('SUCCESSION').filter(([, v]) => confirms(v)),
      );
    }
  });

  it.each(ANCESTRIES)('%s', async (_, v, alteration, found) => {
    await expectFound(await chainOf({ [v]: alteration }), found, { sliced: true });
  });

  it('of another version than its place, at every depth', async () => {
    for (let v = 1; v < VERSIONS; v += 1) {
      for (const version of [v - 1, v + 1].filter((other) => other >= 1)) {
        const chain = await chainOf({
          [v]: (_, earlier) => ({ version, ancestors: ancestorsFor(version, earlier) }),
        });
        const found = (await auditOf(chain)).problems;
        expect(found[0], `${version} at ${v}`).toEqual({
          code: 'ANCESTORS',
          version: v,
          digest: chain.at(v).digest,
        });
        expect(found.slice(1).filter(({ code }) => code !== 'COMMIT_UNREACHABLE')).toEqual([]);
      }
    }
  });

  it('of a fork: two newer commits name different ones for one version, at every depth', async () => {
    for (let v = 1; v <= 3; v += 1) {
      const other = await chainOf({ [v]: () => ({ author: 'mallory' }) });
      const fork = other.at(v).digest;
      const chain = await chainOf({ [v + 1]: replaced(0, fork) });
      for (const [digest, item] of other.database.objects) chain.database.objects.set(digest, item);
      await expectFound(chain, [['ANCESTORS', v + 1]]);
    }
  });
});

function ancestorsFor(version: number, earlier: Chain['links']): Digest[] {
  const digests: Digest[] = [];
  for (let step = 1; step < version; step *= 2) digests.push(earlier[version - step - 1]?.digest ?? NOWHERE);
  return digests;
}

describe('a signature of an ancestor, at every depth', () => {
  const foreign = newSigner();
  const SIGNATURES: [string, (chain: Chain, v: number) => Promise<Uint8Array | undefined>][] = [
    ['missing', async () => undefined],
    ['empty', async () => new Uint8Array()],
    ['of zeros', async () => new Uint8Array(96)],
    ['by a foreign key', (chain, v) => foreign.sign(commitMessage(chain.at(v).digest))],
    ['over another commit', (chain, v) => SIGNER.sign(commitMessage(chain.at((v % VERSIONS) + 1).digest))],
    ['outside the domain', (chain, v) => SIGNER.sign(rawDigest(chain.at(v).digest))],
    ['cut short', async (chain, v) => (await SIGNER.sign(commitMessage(chain.at(v).digest))).subarray(0, 95)],
  ];
  it.each(SIGNATURES)('%s', async (_, signed) => {
    const chain = await chainOf();
    const { objects } = chain.database;
    for (const { digest, commit } of chain.links) {
      const signature = await signed(chain, commit.version);
      const item = unsigned(objects.get(digest) ?? {});
      objects.set(digest, signature === undefined ? item : { ...item, signature: { B: signature } });
    }
    await expectFound(chain, all('COMMIT_UNSIGNED'), { sliced: true });
  });

  function unsigned({ signature: _, ...rest }: Item): Item {
    return rest;
  }
});

const PLACES = [
  'note',
  'root',
  'law',
  'facts/0',
  'facts/1',
  'facts/2',
  'view/1',
  'view/2',
  'vendors/0',
  'vendors/1',
];

describe('an object of an ancestor, at every depth', () => {
  const chain = chainOf();
  const DAMAGES: [string, Item | undefined, string][] = [
    ['missing', undefined, 'OBJECT_MISSING'],
    ['without bytes', {}, 'OBJECT_ALTERED'],
    ['with other bytes', packed(Buffer.from('other')), 'OBJECT_ALTERED'],
    ['with no bytes to unpack', { z: { B: Uint8Array.of(1, 2, 3) }, n: { N: '3' } }, 'OBJECT_ALTERED'],
    ['with a tombstone', { purged: { BOOL: true } }, 'purged'],
  ];
  it.each(DAMAGES)('%s', async (_, item, code) => {
    const sound = await chain;
    const { objects } = sound.database;
    const honest = new Map(objects);
    const damage = (digest: Digest) => {
      if (item === undefined) objects.delete(digest);
      else objects.set(digest, { digest: { S: digest }, ...item });
    };
    const repair = () => {
      for (const [digest, good] of honest) objects.set(digest, good);
    };
    const found = (findings: Finding[], name: string, others: Finding[] = []) =>
      code === 'purged' && name === 'note'
        ? expectFound(sound, others, { purged: findings, sliced: findings.length > 1 })
        : expectFound(sound, [...findings, ...others]);
    for (const name of PLACES) {
      for (const v of DOWN) damage(sound.place(v, name));
      // Notes alone are ever purged.
      await found(all(code === 'purged' && name !== 'note' ? 'OBJECT_ALTERED' : code, 1, name), name);
      repair();
    }
    for (const v of DOWN) {
      damage(sound.at(v).digest);
      // HEAD's commit is where all others are named.
      await found(
        [[code === 'purged' ? 'OBJECT_ALTERED' : code, v]],
        'commit',
        v === VERSIONS ? unreachable(5) : [],
      );
      repair();
    }
  });

  it('shared by all versions is found once, in the newest', async () => {
    const sound = await chainOf();
    const shared = [...sound.database.objects].find(([, { z }]) =>
      sound.links.every(({ registry }) => [...registry.objects.keys()].includes(digestOfPacked(sound, z?.B))),
    )?.[0] as Digest;
    sound.database.objects.delete(shared);
    await expectFound(sound, [['OBJECT_MISSING', VERSIONS, shared]]);
  });

  function digestOfPacked({ database }: Chain, bytes: Uint8Array | undefined): Digest {
    return [...database.objects].find(([, { z }]) => z?.B === bytes)?.[0] as Digest;
  }
});

describe('an object in the place of another, at every depth', () => {
  const TYPES = ['note', 'root', 'law', 'facts/0', 'facts/2'];

  /** Versions whose root, or whose commit, refers to what is somewhere in the sound one, in the place `name`. */
  async function misplaced(name: string, wrong: (v: number) => Digest): Promise<Chain> {
    const roots = DOWN.map((v): [number, Uint8Array] => {
      const root: RegistryRoot = sound.at(v).registry.root;
      if (name === 'law') return [v, encodeRoot({ ...root, law: wrong(v) })];
      if (name === 'facts/0') return [v, encodeRoot({ ...root, facts: wrong(v) })];
      return [v, encodeRoot({ ...root, vendors: wrong(v) })];
    });
    const alterations = roots.map(([v, bytes]): [number, Alteration] => [
      v,
      () => {
        if (name === 'note') return { note: wrong(v) };
        return { root: name === 'root' ? wrong(v) : digestOf(bytes) };
      },
    ]);
    // HEAD has its root in itself.
    const chain = await chainOf(Object.fromEntries(alterations.filter(([v]) => v < VERSIONS)));
    for (const [, bytes] of roots) chain.put(bytes);
    return chain;
  }
  let sound: Chain;
  beforeAll(async () => {
    sound = await chainOf();
  });
  const below = (code: string, digest: (v: number) => Digest): Finding[] =>
    DOWN.slice(1).map((v) => [code, v, digest(v)]);

  it.each(['note', 'root', 'law', 'facts/0', 'vendors/0'])('%s', async (name) => {
    const isTree = name.includes('/');
    for (const source of TYPES.filter((other) => other !== name && !(isTree && other.includes('/')))) {
      const wrong = (v: number) => sound.place(v, source);
      await expectFound(await misplaced(name, wrong), below('OBJECT_ALTERED', wrong));
    }
  });

  it('a document without canonical form, which only a foreign publisher can have written', async () => {
    const leaf = (v: number) => framed('leaf', Buffer.from(`{"vendor-${v}":0.5}`));
    const wrong = (v: number) => digestOf(leaf(v));
    const chain = await misplaced('vendors/0', wrong);
    for (const v of DOWN) chain.put(leaf(v));
    await expectFound(chain, below('OBJECT_MISPLACED', wrong));
  });

  it('a sound node in two tries at once, judged in each', async () => {
    const wrong = (v: number) => sound.place(v, 'facts/0');
    await expectFound(await misplaced('vendors/0', wrong), below('OBJECT_MISPLACED', wrong));
  });
});

describe('a HEAD that cannot be audited', () => {
  const problem = (code: string, digest: Digest | null = null) => [{ code, version: null, digest }];
  it('is missing, malformed or not signed', async () => {
    const chain = await chainOf();
    const { database } = chain;
    const whole = database.head ?? {};
    const CASES: [Item | undefined, ReturnType<typeof problem>][] = [
      [undefined, problem('HEAD_MISSING')],
      [{}, problem('HEAD_UNSOUND')],
      [
        { ...whole, signature: { B: new Uint8Array(96) } },
        problem('HEAD_UNSOUND', chain.at(VERSIONS).digest),
      ],
    ];
    for (const [head, problems] of CASES) {
      database.head = head;
      expect(await auditOf(chain)).toEqual({
        sound: false,
        held: false,
        cursor: null,
        head: null,
        commits: 0,
        objects: 0,
        problems,
        purged: [],
      });
    }
  });

  it.each([
    ['ProvisionedThroughputExceededException', 'STORE_UNAVAILABLE'],
    ['AccessDeniedException', 'STORE_REFUSED'],
  ])('a database that answers %s is no finding, at HEAD or below', async (name, code) => {
    for (const command of ['GetItemCommand', 'BatchGetItemCommand', 'QueryCommand', 'DescribeTableCommand']) {
      const chain = await chainOf();
      chain.database.answer = (asked, honest) => {
        if (asked.command === command) throw Object.assign(new Error('no'), { name });
        return honest;
      };
      await expect(auditOf(chain)).rejects.toMatchObject({ code });
    }
  });

  const ROWS: [string, (chain: Chain) => Item | undefined, Finding[]][] = [
    ['of HEAD', (chain) => floorOf({ epoch: 1, version: VERSIONS }, chain.at(VERSIONS).digest), []],
    [
      'of a version before',
      (chain) => floorOf({ epoch: 1, version: 2 }, chain.at(2).digest),
      [['FLOOR', VERSIONS]],
    ],
    ['missing', () => undefined, [['FLOOR', VERSIONS]]],
    ['garbled', () => ({ sk: { S: '~' } }), [['FLOOR', VERSIONS]]],
    ['after HEAD', (chain) => floorOf({ epoch: 1, version: 9 }, chain.at(2).digest), [['FLOOR', VERSIONS]]],
    [
      'of another commit than HEAD',
      (chain) => floorOf({ epoch: 1, version: VERSIONS }, chain.at(2).digest),
      [
        ['FLOOR', VERSIONS],
        ['FLOOR', VERSIONS],
      ],
    ],
    [
      'of another commit than the version before',
      (chain) => floorOf({ epoch: 1, version: 2 }, chain.at(1).digest),
      [
        ['FLOOR', VERSIONS],
        ['FLOOR', 2],
      ],
    ],
  ];
  it.each(ROWS)('the newest row of the floor is %s', async (_, row, found) => {
    const chain = await chainOf();
    chain.database.floor = row(chain);
    await expectFound(chain, found);
  });

  it('a publication between reading HEAD and the floor is no finding', async () => {
    const chain = await chainOf();
    const { commit, digest, registry } = chain.at(VERSIONS - 1);
    const signature = new Uint8Array(chain.database.objects.get(digest)?.['signature']?.B ?? []);
    const before = encodeHead({ commit: encodeCommit(commit), signature, root: registry.rootBytes });
    for (let old = 0; old <= 2; old += 1) {
      let reads = 0;
      chain.database.answer = (asked, honest) => {
        if (asked.command !== 'GetItemCommand') return honest;
        reads += 1;
        return reads <= old ? { ...honest, Item: before } : honest;
      };
      const { problems } = await auditOf(chain);
      expect(problems, `HEAD of before, ${old} times`).toEqual([]);
    }
  });

  it('a HEAD whose keyring nobody acknowledged so is found, where all else is sound', async () => {
    const chain = await chainOf();
    chain.database.keyrings = [];
    await expectFound(chain, [['FLOOR', VERSIONS]], { sliced: true });
  });

  it('reads everything strongly consistent', async () => {
    const { database } = await chainOf().then(async (chain) => {
      await auditOf(chain);
      return chain;
    });
    expect(database.asked.length).toBeGreaterThan(VERSIONS);
    const reads = database.asked.filter(({ command }) => command !== 'DescribeTableCommand');
    for (const { ConsistentRead, RequestItems } of reads)
      expect(ConsistentRead ?? RequestItems?.[TEST_TABLES.objects]?.ConsistentRead).toBe(true);
  });
});
