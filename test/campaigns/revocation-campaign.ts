import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { stageChanges } from '../../functions/store/staging.ts';
import { type RegistryRig, startRegistryRig } from '../registry/rig.ts';
import { signingPublisher } from '../store/signed.ts';
import { META } from '../store/store-rig.ts';
import {
  type Broken,
  countHistory,
  type Decided,
  type HistoryCount,
  type Window,
} from './revocation-history.ts';
import type { WorkerConfiguration } from './revocation-worker.ts';

export interface CampaignOptions {
  /** How many decisions to see, at least. */
  readonly decisions: number;
  /** How many revocations to see from their acknowledgement to the beginning of the restoration, at least. */
  readonly windows: number;
  /** A build that must be caught; null for a sound one, whose publishers die at every step and whose copies are put back. */
  readonly broken: Broken | null;
  /** Of HEAD. */
  readonly copies: number;
  /** Processes that decide. @default 3 */
  readonly deciders?: number;
  /** Processes that publish what no answer rests on. @default 2 */
  readonly publishers?: number;
}

export interface CampaignResult extends HistoryCount {
  readonly revocations: number;
  readonly publications: number;
  /** How often somebody died while publishing, and at how many different steps. */
  readonly deaths: number;
  readonly steps: number;
  /** How often a copy was put back. */
  readonly spoiled: number;
  readonly version: number;
}

const WORKER = fileURLToPath(new URL('revocation-worker.ts', import.meta.url));

/** Publishers, revokers and deciders in processes of their own, over one real engine, until enough was decided. */
export async function runCampaign(options: CampaignOptions): Promise<CampaignResult> {
  const rig = await startRegistryRig();
  const { engine, tables, signer, privateKey } = rig.store;
  const { broken, copies } = options;
  await makeCopies(rig, copies);
  const common = {
    ...{ endpoint: engine.endpoint, tables, publicKey: signer.publicKey },
    ...{ broken, copies, dying: broken === null },
  };
  const decisions: Decided[] = [];
  const windows: Window[] = [];
  const counts = { revocations: 0, publications: 0, deaths: 0, spoiled: 0 };
  const steps = new Set<number>();
  const enough = Promise.withResolvers<void>();
  const permitted = Promise.withResolvers<void>();
  const children: ChildProcess[] = [];

  function start(configuration: Omit<WorkerConfiguration, keyof typeof common>): void {
    const child = spawn(process.execPath, [WORKER], {
      env: { ...process.env, CAMPAIGN: JSON.stringify({ ...common, ...configuration }) },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    children.push(child);
    let complaint = '';
    child.stderr.on('data', (chunk) => {
      complaint += String(chunk);
    });
    child.once('exit', (code) => {
      if (code !== null) enough.reject(new Error(`${configuration.role} ended with ${code}: ${complaint}`));
    });
    let open: { acknowledged: bigint } | undefined;
    createInterface({ input: child.stdout }).on('line', (text) => {
      const line = JSON.parse(text) as Line;
      if (line.decisions !== undefined) {
        for (const [started, ended, permit] of line.decisions)
          decisions.push({ started: BigInt(started), ended: BigInt(ended), permit });
        permitted.resolve();
      } else if (line.acknowledged !== undefined) {
        counts.revocations += 1;
        open = { acknowledged: BigInt(line.acknowledged) };
      } else if (line.restoring !== undefined && open !== undefined) {
        windows.push({ ...open, restoring: BigInt(line.restoring) });
        open = undefined;
      } else if (line.published !== undefined) counts.publications += 1;
      else if (line.spoiled !== undefined) counts.spoiled += 1;
      else if (line.died !== undefined) {
        counts.deaths += 1;
        steps.add(line.died);
      }
      if (decisions.length >= options.decisions && windows.length >= options.windows) enough.resolve();
    });
  }

  try {
    for (let number = 1; number <= (options.deciders ?? 3); number += 1) start({ role: 'decider', number });
    // Nothing is revoked before something was permitted.
    await Promise.race([permitted.promise, enough.promise]);
    start({ role: 'revoker', number: 1, privateKey, nation: 'usa', fact: 'accreditation/us-on-gb-b' });
    start({ role: 'revoker', number: 2, privateKey, nation: 'usa', fact: 'accreditation/us-on-us-a' });
    for (let number = 1; number <= (options.publishers ?? 2); number += 1)
      start({ role: 'publisher', number, privateKey });
    if (broken === null && copies > 1) start({ role: 'spoiler', number: 1 });
    await enough.promise;
  } finally {
    for (const child of children) child.removeAllListeners('exit');
    await Promise.all(children.map(end));
  }
  // Whoever was killed may have moved HEAD and told nobody.
  const { version } = await rig.store.reader({ acceptUnacknowledged: true }).open();
  await rig.stop();
  return { ...countHistory(decisions, windows), ...counts, steps: steps.size, version };
}

/** Copies are made by a publication: from then on everybody reads among them. */
async function makeCopies({ store }: RegistryRig, headCopies: number): Promise<void> {
  const { client, tables, signer, keys } = store;
  const base = await store.reader().open();
  const publication = { base, staged: await stageChanges(base, {}), meta: META, note: null };
  await signingPublisher({ client, tables, signer, publicKeys: keys, headCopies }).commit(publication);
}

interface Line {
  readonly decisions?: readonly (readonly [started: string, ended: string, permit: boolean])[];
  readonly acknowledged?: string;
  readonly restoring?: string;
  readonly published?: number;
  readonly died?: number;
  readonly spoiled?: number;
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, 'exit');
  child.kill('SIGKILL');
  await exited;
}
