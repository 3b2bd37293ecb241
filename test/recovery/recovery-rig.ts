/** A guard whose tables can be lost: deployed bundles, the registry's functions, the command line, one engine, and backups. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  DeleteTableCommand,
  PutItemCommand,
  PutResourcePolicyCommand,
  UpdateContinuousBackupsCommand,
  UpdateTableCommand,
  UpdateTimeToLiveCommand,
} from '@aws-sdk/client-dynamodb';
import { vi } from 'vitest';
import type { RegistryContext } from '../../functions/registry/context.ts';
import type { StoreTables } from '../../functions/store/dynamodb.ts';
import type { Item } from '../../functions/store/head.ts';
import type { LocalSigner } from '../../functions/store/local-signer.ts';
import { testBundles } from '../bundles.ts';
import { routeguard } from '../cli/command.ts';
import { BUILD, stateOf } from '../decide/rig.ts';
import { type Engine, engineClient, startEngine } from '../engine.ts';
import { type MutableTemplate, unheldGuard } from '../infra/synthesised-guard.ts';
import { contextFor, type Person, personNamed, type Wire } from '../registry/rig.ts';
import { smallSample } from '../registry/small-sample.ts';
import { openRig, type StoreRig } from '../store/store-rig.ts';
import { type BackupStandIn, startBackupStandIn } from './backup-stand-in.ts';
import { inFreshProcess } from './fresh-process.ts';

type BundleName = 'decide' | 'watch' | 'board';

/** In a table's policy; what it says is AWS's business. */
export const POLICY = {
  Version: '2012-10-17',
  Statement: [
    { Sid: 'Denied', Effect: 'Deny' },
    { Sid: 'GrowthDenied', Effect: 'Deny', Action: 'dynamodb:PartiQLInsert' },
  ],
};

export const DATA_KEY = 'arn:aws:kms:us-east-1:000000000000:key/data';

/** What a deployment tells the functions: the tables it adopts, and the keys. */
export interface Deployed {
  readonly tables: StoreTables;
  readonly signer: LocalSigner;
  /** Public halves that count, the newest first. */
  readonly commitKeys: readonly string[];
}

export interface RecoveryRig {
  readonly store: StoreRig;
  readonly backups: BackupStandIn;
  /** As the stack was deployed first. */
  readonly first: Deployed;
  /** What a fresh process of a deployed bundle answers, and the lines it writes. */
  ask(
    name: BundleName,
    deployed: Deployed,
  ): Promise<{ readonly answer: unknown; readonly lines: readonly Wire[] }>;
  /** The outcome of the one question, and the code of its first reason. */
  decided(deployed: Deployed): Promise<readonly [outcome: unknown, code: unknown]>;
  /** Somebody at the registry's functions, as deployed. */
  as(name: string, deployed: Deployed): Person;
  /** Two founders and two people of every authority sign HEAD. */
  confirmed(deployed: Deployed): Promise<Wire>;
  recover(
    ...args: readonly string[]
  ): Promise<{ readonly code: number; readonly json: Wire; readonly err: string }>;
  /** `--template` and `--resources` of the stack, as files. */
  files(): readonly string[];
  lose(...tables: readonly (keyof StoreTables)[]): Promise<void>;
  stop(): Promise<void>;
}

/** One engine and one set of bundles for several guards. */
export interface Ground {
  readonly engine: Engine;
  readonly backups: BackupStandIn;
  readonly directoryOf: (name: BundleName) => Promise<string>;
  /** As a stack was deployed from: what says how a table that is gone has to be protected. */
  readonly template: () => MutableTemplate;
  readonly folder: string;
  stop(): Promise<void>;
}

export async function startGround(): Promise<Ground> {
  const folder = mkdtempSync(join(tmpdir(), 'routeguard-recovery-'));
  const engine = await startEngine();
  const backups = await startBackupStandIn(engine.endpoint);
  let template: MutableTemplate | undefined;
  return {
    engine,
    backups,
    folder,
    template: () => (template ??= unheldGuard()),
    async directoryOf(wanted) {
      const [bundle] = await testBundles([wanted]);
      return bundle?.directory ?? '';
    },
    async stop() {
      vi.unstubAllEnvs();
      await backups.stop();
      await engine.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

export async function startRecoveryRig(ground: Ground): Promise<RecoveryRig> {
  const { engine, backups, directoryOf } = ground;
  const store = await openRig(engine);
  await store.genesis(stateOf(smallSample()));
  const first: Deployed = {
    tables: store.tables,
    signer: store.signer,
    commitKeys: [store.signer.publicKey],
  };
  const client = engineClient(backups.endpoint);
  for (const table of Object.values(store.tables)) {
    await protectedAsDeployed(client, table);
    backups.encrypt(table, DATA_KEY);
  }
  backups.changes();

  const variables = ({ tables, commitKeys }: Deployed) => ({
    OBJECTS_TABLE: tables.objects,
    STATE_TABLE: tables.state,
    FLOOR_TABLE: tables.floor,
    COMMIT_PUBLIC_KEYS: commitKeys.join(','),
    FOUNDER_KEYS: store.founders.join(','),
  });
  const stub = (more: Readonly<Record<string, string>>) => {
    for (const [name, value] of Object.entries(more)) vi.stubEnv(name, value);
  };
  const AWS = {
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
    AWS_REGION: 'us-east-1',
    AWS_ENDPOINT_URL_DYNAMODB: backups.endpoint,
    AWS_ENDPOINT_URL_LAMBDA: backups.endpoint,
  };
  const processes = new Map<Deployed, RegistryContext>();
  const rig: RecoveryRig = {
    store,
    backups,
    first,
    async ask(name, deployed) {
      stub({
        ...AWS,
        AWS_ENDPOINT_URL_DYNAMODB: engine.endpoint,
        ...variables(deployed),
        ...{ BUILD_DIGEST: BUILD, SERVICE_NAME: 'recovery', LEASE_SECONDS: '60', HEAD_COPIES: '1' },
        ...{ DYNAMODB_CONNECT_MS: '5000', DYNAMODB_READ_MS: '5000', DECIDE_BUDGET_MS: '20000' },
      });
      return inFreshProcess(name, await directoryOf(name));
    },
    async decided(deployed) {
      const { answer } = await rig.ask('decide', deployed);
      const { outcome, reasons } = answer as Wire;
      return [outcome, outcome === 'permit' ? null : reasons[0]?.code];
    },
    as: (name, deployed) => {
      const { tables, signer, commitKeys } = deployed;
      const context =
        processes.get(deployed) ??
        contextFor({ tables, client: store.client }, { ...signer, publicKey: commitKeys.join(',') });
      processes.set(deployed, context);
      return personNamed(context, name);
    },
    async confirmed(deployed) {
      const [entry] = (await rig.as('auditor', deployed).get('log')).body.entries;
      const asked = { version: entry.version, digest: entry.digest, reason: 'Compared' };
      const filed = await rig.as('usa-proposer', deployed).post('confirm', asked);
      if (filed.status !== 201) throw new Error(JSON.stringify(filed.body));
      const { id, digest } = filed.body;
      let answer = filed;
      for (const who of ['usa-approver', 'gbr-proposer', 'gbr-approver', 'proposer', 'approver'])
        answer = await rig
          .as(who, deployed)
          .post(`proposals/${id}/approve`, { proposal: digest, permits: [] });
      if (answer.status !== 200) throw new Error(JSON.stringify(answer.body));
      return answer.body;
    },
    async recover(...args) {
      stub({ ...AWS, ...variables(first), AWS_REGION: 'us-east-1' });
      const { code, out, err } = await routeguard('recover', ...args, '--json');
      return { code, json: out === '' ? null : JSON.parse(out), err };
    },
    files() {
      const [template, resources] = [
        join(ground.folder, 'template.json'),
        join(ground.folder, 'resources.json'),
      ];
      writeFileSync(template, JSON.stringify(ground.template()));
      writeFileSync(
        resources,
        JSON.stringify({ StackResourceSummaries: madeOf(ground.template(), store.tables) }),
      );
      return ['--template', template, '--resources', resources];
    },
    async lose(...names) {
      for (const name of names) {
        const TableName = store.tables[name];
        await client.send(new UpdateTableCommand({ TableName, DeletionProtectionEnabled: false }));
        await client.send(new DeleteTableCommand({ TableName }));
      }
      backups.changes();
    },
    async stop() {
      client.destroy();
      await store.stop();
    },
  };
  return rig;
}

/** Items as they are, in another table. */
export async function put(client: Client, TableName: string, items: readonly Item[]): Promise<void> {
  for (const each of items) await client.send(new PutItemCommand({ TableName, Item: each }));
}

/** What the stack made, as CloudFormation tells it: names for tables and roles, and an id for anything else. */
function madeOf({ Resources }: MutableTemplate, tables: StoreTables) {
  const named = Object.entries(tables);
  return Object.keys(Resources).map((id) => {
    const table = named.find(([name]) => id.toLowerCase().startsWith(`guardtables${name}`));
    const key = id.startsWith('GuardKeysData') ? 'data' : undefined;
    return { LogicalResourceId: id, PhysicalResourceId: table?.[1] ?? key ?? `made-${id}` };
  });
}

type Client = ReturnType<typeof engineClient>;

async function protectedAsDeployed(client: Client, TableName: string): Promise<void> {
  const ResourceArn = `arn:aws:dynamodb:us-east-1:000000000000:table/${TableName}`;
  await client.send(new PutResourcePolicyCommand({ ResourceArn, Policy: JSON.stringify(POLICY) }));
  await client.send(new UpdateTableCommand({ TableName, DeletionProtectionEnabled: true }));
  await client.send(
    new UpdateContinuousBackupsCommand({
      TableName,
      PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
    }),
  );
  if (TableName.startsWith('state'))
    await client.send(
      new UpdateTimeToLiveCommand({
        TableName,
        TimeToLiveSpecification: { Enabled: true, AttributeName: 'expires' },
      }),
    );
}
