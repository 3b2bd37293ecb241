/** What `preflight` says of the registry in tables that a template adopts: read in the tables themselves, on a real engine. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type DynamoDBClient, ScanCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { FORMAT } from '../../functions/core/facts/format.ts';
import { parseCommitKeys } from '../../functions/store/commit-signature.ts';
import type { StoreTables } from '../../functions/store/dynamodb.ts';
import { stageAgain } from '../../functions/store/staging.ts';
import { tableIdOf } from '../../functions/store/table-id.ts';
import { LOCAL_FOUNDERS } from '../../infra/local/identities.ts';
import { type Engine, startEngine } from '../engine.ts';
import { stageTemplate } from '../infra/stage-template.ts';
import type { MutableTemplate } from '../infra/synthesised-guard.ts';
import { put } from '../recovery/recovery-rig.ts';
import { publishOfFormat } from '../store/newer-format.ts';
import { signingPublisher } from '../store/signed.ts';
import { META, openRig, type StoreRig, sampleState } from '../store/store-rig.ts';
import {
  type AccountAnswers,
  type AccountServer,
  answered,
  asCaller,
  jsonError,
  madeBy,
  readyAccount,
  stackOf,
  startAccount,
} from './aws-account.ts';
import { preflightFindings } from './preflight-findings.ts';

const OTHERS = [
  'MCowBQYDK2VwAyEA11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=',
  'MCowBQYDK2VwAyEAPUAXw+hDiVqStwqnTRt+vJyYLM8uxJaMwM1V8Sr0Zgw=',
].join();

const directory = mkdtempSync(join(tmpdir(), 'routeguard-adopted-'));
let account: AccountServer;
let engine: Engine;
const rigs: StoreRig[] = [];
/** By what it is: `first` and `other` were published where they are; the rest came from `first`, or of `split`. */
const at = new Map<string, StoreTables>();
let keys = '';

const opened = async (): Promise<StoreRig> => {
  const rig = await openRig(engine);
  rigs.push(rig);
  return rig;
};

async function copied(from: StoreRig, to: StoreRig): Promise<void> {
  for (const name of ['objects', 'state'] as const) {
    const { Items = [] } = await from.client.send(new ScanCommand({ TableName: from.tables[name] }));
    await put(to.client, to.tables[name], Items as Parameters<typeof put>[2]);
  }
}

/** All of `from` but HEAD, which stays older here; and a floor that is made up of what its floor has. */
async function shown(from: StoreRig, to: StoreRig): Promise<void> {
  const itemsOf = async (table: string) =>
    ((await from.client.send(new ScanCommand({ TableName: table }))).Items ?? []) as Parameters<
      typeof put
    >[2];
  const idOf = ({ client, tables }: StoreRig) => tableIdOf(client, tables.floor, AbortSignal.timeout(60_000));
  const [was, is] = [await idOf(from), await idOf(to)];
  const here = (text: string | undefined) => ({ S: (text ?? '').replace(was, is) });
  const rows = await itemsOf(from.tables.floor);
  await put(to.client, to.tables.objects, await itemsOf(from.tables.objects));
  await put(
    ...([to.client, to.tables.floor] as const),
    rows.map((row) => ({ ...row, pk: here(row['pk']?.S), table: here(row['table']?.S) })),
  );
  await confirmed(to, from, to.client);
}

/** As everybody confirms what came back. */
async function confirmed(rig: StoreRig, from: StoreRig, client: DynamoDBClient): Promise<void> {
  const publicKeys = parseCommitKeys([rig, from].map(({ signer }) => signer.publicKey).join());
  const { tables, signer } = rig;
  for (const kind of ['restore', 'confirm'] as const) {
    const base = await rig.reader({ publicKeys, acceptUnconfirmed: true }).open();
    await signingPublisher({ client, tables, signer, publicKeys }).commit({
      ...{ base, staged: stageAgain(base), note: null },
      meta: { ...META, kind, succession: kind },
    });
  }
}

beforeAll(async () => {
  account = await startAccount();
  engine = await startEngine();
  const [first, other, held, going, empty, split, apart, early, all, heldEarly, heldOther, newer, heldNewer] =
    [
      await opened(),
      await opened(),
      await opened(),
      await opened(),
      await opened(),
      await opened(),
      await opened(),
      await opened(),
      await opened(),
      await opened(),
      await opened(),
      await opened(),
      await opened(),
    ];
  for (const rig of [first, other, split, newer]) await rig.genesis(sampleState(2));
  await publishOfFormat(newer, { format: FORMAT + 1, oldestReader: FORMAT });
  await copied(first, heldEarly);
  for (const value of [1, 2]) await first.change({ facts: new Map([['network/net-0', { value }]]) });
  for (const [from, to] of [
    [first, held],
    [first, going],
    [split, apart],
    [split, early],
    [split, all],
    [other, heldOther],
    [newer, heldNewer],
  ] as const)
    await copied(from, to);
  await confirmed(going, first, going.client);
  await confirmed(apart, split, apart.client);
  await split.change({ facts: new Map([['network/net-0', { value: 1 }]]) });
  await shown(split, early);
  await split.change({ facts: new Map([['network/net-0', { value: 2 }]]) });
  await shown(split, all);
  const named = {
    ...{ first, other, held, going, empty, split, apart, early, all },
    ...{ heldEarly, heldOther, newer, heldNewer },
  };
  for (const [name, { tables }] of Object.entries(named)) at.set(name, tables);
  at.set('shut', { ...split.tables, floor: empty.tables.floor });
  at.set('headless', { ...empty.tables, floor: first.tables.floor });
  at.set('gone', { objects: 'no-objects', state: 'no-state', floor: 'no-floor' });
  keys = rigs.map(({ signer }) => signer.publicKey).join();
});
afterAll(async () => {
  account.stop();
  for (const rig of rigs) await rig.stop();
  await engine.stop();
  rmSync(directory, { recursive: true, force: true });
  vi.unstubAllEnvs();
});
beforeEach(() => asCaller(account));

const prod = stageTemplate('prod');
const NAMES = { objects: 'OBJECTS_TABLE', state: 'STATE_TABLE', floor: 'FLOOR_TABLE' } as const;

interface Given {
  readonly founders?: string;
  readonly commitKeys?: string;
  /** Which of the three it adopts. */
  readonly only?: readonly (keyof StoreTables)[];
  /** Where the database is asked. */
  readonly database?: string;
  readonly answers?: AccountAnswers;
}

const told = ({ objects, state, floor }: StoreTables, { founders, commitKeys, only }: Given = {}) => {
  const names = Object.entries({ objects, state, floor }).filter(
    ([name]) => only === undefined || only.some((each) => each === name),
  );
  return {
    ...Object.fromEntries(names.map(([name, table]) => [NAMES[name as keyof StoreTables], table])),
    FOUNDER_KEYS: founders ?? LOCAL_FOUNDERS.join(),
    COMMIT_PUBLIC_KEYS: commitKeys ?? keys,
  };
};

function adopting(name: string, given: Given): MutableTemplate {
  const copy = structuredClone(prod);
  for (const { Type, Properties } of Object.values(copy.Resources)) {
    const { Variables } = (Properties?.['Environment'] ?? {}) as { Variables?: Record<string, unknown> };
    if (Type === 'AWS::Lambda::Function' && Variables?.['OBJECTS_TABLE'] !== undefined)
      Object.assign(Variables, told(at.get(name) as StoreTables, given));
  }
  return copy;
}

/** @param now what the functions that are there have; undefined for a stack that is yet to be made */
async function found(name: string, now: string | undefined, given: Given = {}) {
  const template = adopting(name, given);
  account.become({
    ...readyAccount(template),
    ...(now !== undefined && {
      'cloudformation.DescribeStacks': stackOf('UPDATE_COMPLETE'),
      'cloudformation.ListStackResources': madeBy(prod),
      'lambda.concurrency': answered({}),
      'lambda.configuration': answered({
        FunctionName: 'f',
        Environment: { Variables: told(at.get(now) as StoreTables) },
      }),
    }),
    ...given.answers,
  });
  vi.stubEnv('AWS_ENDPOINT_URL_DYNAMODB', given.database ?? engine.endpoint);
  const findings = await preflightFindings(directory, template);
  const those = findings.filter(({ check }) => check === 'adopted-registry');
  return {
    said: those.map(({ outcome, says }) => `${outcome}: ${says}`),
    todo: those.map(({ todo }) => todo ?? '').join(),
  };
}

const SHUT = 'must-fix: the registry in .* does not open for what the deployment is given';

describe('a new stack over tables that it adopts', () => {
  it.each<[string, string, Given, readonly string[]]>([
    ['opens what it is given the founders of', 'first', {}, ['^ok: version 3 in .* opens for the founders']],
    [
      'has other founders than the registry was begun with',
      'first',
      { founders: OTHERS },
      [`^${SHUT} \\(APPROVAL_INVALID\\), and everything would be denied: nobody whom its founders prove`],
    ],
    [
      'has none of the keys that signed',
      'first',
      { commitKeys: 'other' },
      [`^${SHUT} \\(SIGNATURE_INVALID\\), and everything would be denied: none of its keys`],
    ],
    [
      'has what came back, and its founders',
      'held',
      {},
      ['^ok: version 3 in .* is held \\(FLOOR_MISSING\\)'],
    ],
    [
      'has what came back, and other founders',
      'held',
      { founders: OTHERS },
      [`^${SHUT} \\(APPROVAL_INVALID\\)`],
    ],
    [
      'has what a newer build published, on which this one could publish nothing',
      'newer',
      {},
      [
        '^must-fix: version 2 in .* opens .*; but a newer build published it .*: nothing could be published on it',
      ],
    ],
    [
      'has what came back of a newer build',
      'heldNewer',
      {},
      ['^must-fix: version 2 in .* is held .*; but a newer build published it .*, not even a stop$'],
    ],
    ['has tables in which nothing is', 'empty', {}, ['^ok: nothing is in .* yet: no version was published']],
    [
      'has a floor and no HEAD',
      'headless',
      {},
      [`^${SHUT} \\(HEAD_BELOW_FLOOR\\), .* the state table has no HEAD$`],
    ],
    [
      'has tables that are not there',
      'gone',
      {},
      ['^could-not-ask: what is in .*: not all of these are there'],
    ],
    [
      'adopts a part, beside tables that are yet to be made',
      'first',
      { only: ['state'] },
      [
        '^could-not-ask: what the adopted tables come to beside a table that is yet to be made \\(objects, floor\\)',
      ],
    ],
    [
      'cannot be asked about by whom a right is missing',
      'first',
      { database: 'the account', answers: { 'dynamodb.GetItem': jsonError('AccessDeniedException') } },
      [
        '^could-not-ask: what is in the tables .* could not be read: these credentials may not \\(AccessDenied',
      ],
    ],
    [
      'cannot be asked about where nothing answers',
      'first',
      { database: 'http://127.0.0.1:1' },
      ['^could-not-ask: what is in the tables .* could not be read: DynamoDB did not answer'],
    ],
  ])('%s', async (_what, name, given, said) => {
    const { commitKeys, database } = given;
    const is = await found(name, undefined, {
      ...given,
      ...(commitKeys !== undefined && { commitKeys: rigs[1]?.signer.publicKey ?? '' }),
      ...(database === 'the account' && { database: account.url }),
    });
    expect(is.said).toEqual(said.map((each) => expect.stringMatching(new RegExp(each))));
  });

  it('is told whose keys open it', async () => {
    expect((await found('first', undefined, { founders: OTHERS })).todo).toMatch(
      /-c founderKeys=….*FounderPublicKeys/,
    );
  });
});

describe('a stack that goes to other tables', () => {
  const WAY = 'the deployment goes from state-\\d+ to state-\\d+';
  const DENIED = 'everything would be denied';
  const APART =
    'which people confirmed without what serves now .*: decisions are made now, on version 3, and what was revoked or held there and not shown to them would be permitted again';
  it.each<[string, string, string, readonly string[]]>([
    ['and does not', 'first', 'first', ['^ok: version 3 .* opens']],
    [
      'of another history',
      'first',
      'other',
      [
        '^ok: version 1',
        `^must-fix: ${WAY}, which holds another history .*: decisions would be made on other facts`,
      ],
    ],
    [
      'in which nothing is',
      'first',
      'empty',
      [
        '^ok: nothing is in',
        `^must-fix: ${WAY}, in which nothing was published: decisions are made now, on version 3, and ${DENIED}`,
      ],
    ],
    [
      'that are held, while decisions are made',
      'first',
      'held',
      [
        '^ok: version 3 .* is held',
        `^must-fix: ${WAY}, .*, held: decisions are made now, on version 3, and ${DENIED} until people confirm`,
      ],
    ],
    ['that are held, where none are', 'gone', 'held', ['^ok: version 3 .* is held']],
    [
      'that are held, with less than those that are held now',
      'held',
      'heldEarly',
      [
        '^ok: version 1 .* is held',
        `^ok: ${WAY}, which holds an older version .*, held as what is there now is: what was revoked or held since is not in what people would confirm`,
      ],
    ],
    ['that are held, with more than those', 'heldEarly', 'held', ['^ok: version 3 .* is held']],
    [
      'that are held, of another history than those',
      'held',
      'heldOther',
      [
        '^ok: version 1 .* is held',
        `^must-fix: ${WAY}, which holds another history .*, held as what is there now is: people would confirm other facts`,
      ],
    ],
    [
      'of before people had confirmed',
      'going',
      'first',
      [
        '^ok: version 3',
        `^must-fix: ${WAY}, which holds an older version .*: what was revoked or held since would be permitted again`,
      ],
    ],
    ['in which people confirmed what serves', 'first', 'going', ['^ok: version 5 .* opens']],
    [
      'in which people confirmed something earlier, over all that serves',
      'split',
      'all',
      [
        '^ok: version 3',
        `^ok: ${WAY}, which people confirmed after it had come back .*: what the tables of now have above that is given up`,
      ],
    ],
    [
      'in which people had confirmed before something was published where decisions are made',
      'split',
      'early',
      ['^ok: version 3', `^must-fix: ${WAY}, ${APART}`],
    ],
    [
      'in which people confirmed and no floor told them of anything, as in a drill',
      'split',
      'apart',
      ['^ok: version 3', `^must-fix: ${WAY}, ${APART}`],
    ],
    [
      'in which people confirmed once, where no decisions are made',
      'shut',
      'apart',
      [
        '^ok: version 3',
        `^ok: ${WAY}, .*: what the tables of now have is given up, and nothing decides on it`,
      ],
    ],
    [
      'from which people have gone on elsewhere',
      'apart',
      'split',
      ['^ok: version 3', `^must-fix: ${WAY}, which holds another history`],
    ],
    [
      'where what serves is not there to compare',
      'gone',
      'other',
      [
        '^ok: version 1',
        '^could-not-ask: the deployment goes from no-state to state-\\d+, and whether that is one history could not be compared',
      ],
    ],
  ])('%s', async (_what, now, next, said) => {
    expect((await found(next, now)).said).toEqual(
      said.map((each) => expect.stringMatching(new RegExp(each))),
    );
  });
});
