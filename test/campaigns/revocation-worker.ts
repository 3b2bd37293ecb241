/**
 * One process of the revocation campaign: a decider, a revoker or a publisher, over the real engine. What it sees goes to
 * standard output as JSON lines. Configuration comes as JSON in CAMPAIGN.
 */
import { createPrivateKey } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { createGuard } from '../../functions/decide/guard.ts';
import { parseCommitKeys } from '../../functions/store/commit-signature.ts';
import type { StoreTables } from '../../functions/store/dynamodb.ts';
import { createLocalSigner } from '../../functions/store/local-signer.ts';
import { createRegistryReader } from '../../functions/store/registry-reader.ts';
import { LOCAL_FOUNDERS } from '../../infra/local/identities.ts';
import { engineClient } from '../engine.ts';
import { approvalOf, contextFor, personNamed, simulated, type Wire } from '../registry/rig.ts';
import { caching } from './caching-reader.ts';

export interface WorkerConfiguration {
  readonly role: 'decider' | 'revoker' | 'publisher';
  readonly endpoint: string;
  readonly tables: StoreTables;
  readonly publicKey: string;
  /** PKCS #8, DER, base64; deciders have none. */
  readonly privateKey?: string;
  /** Deciders: cache HEAD, as a broken build would. */
  readonly stale: boolean;
  /** Revokers: the accreditation, and whose it is. */
  readonly fact?: string;
  readonly nation?: string;
  /** Tells processes of one role apart. */
  readonly number: number;
}

const configuration = JSON.parse(process.env['CAMPAIGN'] ?? '') as WorkerConfiguration;
const { endpoint, tables } = configuration;
const client = engineClient(endpoint);
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
  });
  const guard = createGuard({
    reader: configuration.stale ? caching(reader) : reader,
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

function registry() {
  const der = Buffer.from(configuration.privateKey ?? '', 'base64');
  const signer = createLocalSigner(createPrivateKey({ key: der, format: 'der', type: 'pkcs8' }));
  const context = contextFor({ client, tables }, signer);
  return (name: string) => personNamed(context, name);
}

async function done(answer: { readonly status: number; readonly body: Wire }): Promise<Wire> {
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
      const answer = await as(approver).post(`proposals/${id}/approve`, approvalOf(proposal));
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
    await done(await as(`${nation}-approver`).post('revoke', { facts: [key], reason: 'Campaign' }));
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
  default:
    throw new Error(`no such role: ${String(configuration.role satisfies never)}`);
}
