/**
 * One process of the revocation campaign: a decider, a revoker, a publisher or a spoiler, over the real engine. What it sees goes to
 * standard output as JSON lines. Configuration comes as JSON in CAMPAIGN.
 */
import { createPrivateKey } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { type DynamoDBClient, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { createGuard } from '../../functions/decide/guard.ts';
import { parseCommitKeys } from '../../functions/store/commit-signature.ts';
import type { StoreTables } from '../../functions/store/dynamodb.ts';
import { HEAD_KEY, headKey, type Item } from '../../functions/store/head.ts';
import { createLocalSigner } from '../../functions/store/local-signer.ts';
import { createRegistryReader } from '../../functions/store/registry-reader.ts';
import { LOCAL_FOUNDERS } from '../../infra/local/identities.ts';
import { engineClient } from '../engine.ts';
import { approvalOf, contextFor, type Person, personNamed, simulated, type Wire } from '../registry/rig.ts';
import { dyingClient, earlyClient } from '../store/dying-client.ts';
import { caching } from './caching-reader.ts';
import type { Broken } from './revocation-history.ts';

export interface WorkerConfiguration {
  readonly role: 'decider' | 'revoker' | 'publisher' | 'spoiler';
  readonly endpoint: string;
  readonly tables: StoreTables;
  readonly publicKey: string;
  /** PKCS #8, DER, base64; deciders have none. */
  readonly privateKey?: string;
  /** As a broken build would; null for a sound one. */
  readonly broken: Broken | null;
  /** Of HEAD. */
  readonly copies: number;
  /** Whether whoever publishes dies at each step in turn, and sends the same request again. */
  readonly dying: boolean;
  /** Revokers: the accreditation, and whose it is. */
  readonly fact?: string;
  readonly nation?: string;
  /** Tells processes of one role apart. */
  readonly number: number;
}

const configuration = JSON.parse(process.env['CAMPAIGN'] ?? '') as WorkerConfiguration;
const { endpoint, tables, copies, broken } = configuration;
/** For how long one look at the floor serves: longer than in production, so that only HEAD's copies tell of what is new. */
const FLOOR_FOR_MS = 2_000;
/** When a build that tells too early moves HEAD's other copies. */
const LATE_MS = 1_000;
const client = broken === 'early' ? earlyClient(endpoint, LATE_MS) : engineClient(endpoint);
const now = () => process.hrtime.bigint();

function say(line: object): void {
  process.stdout.write(`${JSON.stringify(line)}\n`);
}

async function decide(): Promise<never> {
  const publicKeys = parseCommitKeys(configuration.publicKey);
  const reader = createRegistryReader({
    client,
    tables,
    publicKeys,
    founders: LOCAL_FOUNDERS,
    budgetMs: 20_000,
    headCopies: copies,
    floorForMs: FLOOR_FOR_MS,
  });
  const guard = createGuard({
    reader: broken === 'caches' ? caching(reader) : reader,
    build: `sha256:${'0'.repeat(64)}`,
    budgetMs: 20_000,
    leaseMs: 5_000,
    clock: Date.now,
    newEvaluationId: () => 'campaign',
    mostExplained: 'codes',
  });
  const question = JSON.stringify({
    message: { id: 'm', marking: 'SECRET//REL TO USA, GBR' },
    // Both must be accredited, so that either revocation alone denies.
    path: { hops: [{ network: 'gb-b' }, { network: 'us-a' }] },
  });
  for (;;) {
    const batch: [string, string, boolean][] = [];
    for (let n = 0; n < 25; n += 1) {
      const started = now();
      const { decision } = await guard.decideText(question);
      batch.push([String(started), String(now()), decision]);
    }
    say({ decisions: batch });
  }
}

type Registry = (name: string) => Person;

function registry(over: DynamoDBClient = client): Registry {
  const der = Buffer.from(configuration.privateKey ?? '', 'base64');
  const signer = createLocalSigner(createPrivateKey({ key: der, format: 'der', type: 'pkcs8' }));
  const context = contextFor({ client: over, tables }, signer, { headCopies: copies });
  return (name: string) => personNamed(context, name);
}

/** The step at which the next publication dies. */
let step = 0;

/** A request that publishes, first by a process that dies on the way; its next one dies a step later. */
async function published(request: (as: Registry) => Promise<Answer>): Promise<Answer> {
  if (!configuration.dying) return request(registry());
  const { client: dying, isDead } = dyingClient(endpoint, step);
  const answer = await request(registry(dying)).catch(() => undefined);
  dying.destroy();
  if (isDead()) say({ died: step });
  step = isDead() ? step + 1 : 0;
  return answer === undefined || isDead() ? request(registry()) : answer;
}

type Answer = { readonly status: number; readonly body: Wire };

async function done(answer: Answer): Promise<Wire> {
  if (answer.status >= 300) throw new Error(JSON.stringify(answer.body));
  return answer.body;
}

/** Proposes and approves until it is in: another publication may change what flips in between. */
async function change(proposer: string, approver: string, changes: Wire, before: () => void): Promise<void> {
  const as = registry();
  const { id } = await done(await as(proposer).post('proposals', { reason: 'Campaign', changes }));
  for (;;) {
    const proposal = await simulated(as(proposer), id);
    before();
    for (;;) {
      const answer = await published((to) =>
        to(approver).post(`proposals/${id}/approve`, approvalOf(proposal)),
      );
      if (answer.status === 200) return;
      if (answer.body.error.code === 'FLIPS_CHANGED') break;
      // 503 says that the same request may be sent again.
      if (answer.body.error.code !== 'CONFLICT' && answer.status !== 503)
        throw new Error(JSON.stringify(answer.body));
    }
  }
}

/** Revokes the accreditation, waits, and has two people renew it; again and again. */
async function revokeAndRenew(): Promise<never> {
  const as = registry();
  const { nation = '', fact: first = '' } = configuration;
  let key = first;
  for (let round = 1; ; round += 1) {
    await wait(150);
    const revocation = { facts: [key], reason: 'Campaign' };
    await done(await published((to) => to(`${nation}-approver`).post('revoke', revocation)));
    say({ acknowledged: String(now()) });
    const { fact } = await done(await as(`${nation}-proposer`).get(`facts/${key}`));
    const id = `${first.replace('accreditation/', '')}-${round}`;
    const renewed = { ...fact, id, valid: { ...fact.valid, from: fact.valid.to, to: '2035-12-31' } };
    let begun = false;
    await change(`${nation}-proposer`, `${nation}-approver`, [{ op: 'add', fact: renewed }], () => {
      if (!begun) say({ restoring: String(now()) });
      begun = true;
    });
    key = `accreditation/${id}`;
  }
}

/** Keeps HEAD moving with changes that nobody's answer rests on. */
async function publish(): Promise<never> {
  for (let round = 1; ; round += 1) {
    const fact = {
      kind: 'vendor',
      id: `campaign-${configuration.number}-${round}`,
      name: 'Campaign',
      synthetic: true,
      ownedBy: [],
      valid: { from: '2020-01-01', to: null, zone: 'UTC' },
      sources: [{ citation: 'Campaign', verified: true }],
    };
    await change('proposer', 'approver', [{ op: 'add', fact }], () => undefined);
    say({ published: round });
    // An approval is simulated again on each HEAD: publishers without a pause would leave it none to be published on.
    await wait(1_500);
  }
}

/** For how long nobody has rested on a version any more, once the one after the next was seen. Milliseconds. */
const LONG_AGO_MS = 3 * FLOOR_FOR_MS;

/** Puts copies back to what nobody has rested on for a while: whoever reads one must read the first. */
async function spoil(): Promise<never> {
  const seen: { readonly item: Item; readonly at: number }[] = [];
  for (;;) {
    const state = { TableName: tables.state, ConsistentRead: true };
    const { Item: item = {} } = await client.send(new GetItemCommand({ ...state, Key: HEAD_KEY }));
    if (isOther(seen.at(-1)?.item, item)) seen.push({ item, at: performance.now() });
    const old = seen.filter(
      (_, index) => performance.now() - (seen[index + 2]?.at ?? Infinity) > LONG_AGO_MS,
    );
    const back = old[Math.floor(Math.random() * old.length)];
    if (back !== undefined && copies > 1) {
      const copy = 1 + Math.floor(Math.random() * (copies - 1));
      const Item = { ...back.item, ...headKey(copy) };
      await client.send(new PutItemCommand({ TableName: tables.state, Item }));
      say({ spoiled: copy });
    }
    await wait(20);
  }
}

function isOther(before: Item | undefined, now: Item): boolean {
  return Buffer.compare(before?.['digest']?.B ?? Buffer.alloc(0), now['digest']?.B ?? Buffer.alloc(0)) !== 0;
}

switch (configuration.role) {
  case 'decider':
    await decide();
    break;
  case 'revoker':
    await revokeAndRenew();
    break;
  case 'publisher':
    await publish();
    break;
  case 'spoiler':
    await spoil();
    break;
  default:
    throw new Error(`no such role: ${String(configuration.role satisfies never)}`);
}
