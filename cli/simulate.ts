/** `routeguard simulate`: which answers a new build of `decide` would change, over the registry as it is. */
import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { Worker } from 'node:worker_threads';
import { Command } from 'commander';
import { digestOf } from '../functions/core/facts/canonical.ts';
import type { DecisionRequest } from '../functions/core/request.ts';
import type { AskBuild } from '../functions/probe/ask.ts';
import type { ProbeReply } from '../functions/probe/check.ts';
import { type BuildFlip, buildQuestions, compareBuilds } from '../functions/probe/flips.ts';
import { createDynamoClient } from '../functions/store/dynamodb.ts';
import { createRegistryReader, type SnapshotReader } from '../functions/store/registry-reader.ts';
import { StoreError } from '../functions/store/store-error.ts';
import { readStoreSettings } from '../functions/store/store-settings.ts';
import { loadWhole } from '../functions/store/whole-registry.ts';
import { EXIT } from './exit.ts';
import { aligned, complain, sayAligned } from './terminal.ts';
import { UsageError } from './usage-error.ts';

/**
 * A build in a thread of its own: its bundle reads the same environment as the function does. What it logs is dropped,
 * because these decisions are nobody's.
 */
const SOURCE = `
  const { parentPort, workerData } = require('node:worker_threads');
  console.log = () => {};
  import(workerData).then(({ handler }) => {
    if (typeof handler !== 'function') throw new Error('it exports no handler');
    parentPort.postMessage('ready');
    parentPort.on('message', async ({ id, event }) => {
      try {
        const context = { awsRequestId: 'simulate', invokedFunctionArn: '', getRemainingTimeInMillis: () => 30000 };
        parentPort.postMessage({ id, payload: JSON.stringify(await handler(event, context)) });
      } catch (error) { parentPort.postMessage({ id, why: String(error?.message ?? error) }); }
    });
  });
`;

interface Build {
  /** Why it cannot be loaded, once that is known; null where it can. */
  readonly fault: Promise<string | null>;
  /** Why it did not answer last. */
  readonly silence: () => string;
  readonly ask: AskBuild;
  readonly stop: () => Promise<unknown>;
}

/** What a thread says of one question: what was answered, or why nothing was. */
interface Said {
  readonly id: number;
  readonly payload?: string;
  readonly why?: string;
}

/** Settings of the function that say how fast it must be and what it is called: here nobody waits for it. */
function settingsOf(bundle: string): NodeJS.ProcessEnv {
  return {
    BUILD_DIGEST: existsSync(bundle) ? digestOf(readFileSync(bundle)) : '',
    DYNAMODB_CONNECT_MS: '2000',
    DYNAMODB_READ_MS: '10000',
    DECIDE_BUDGET_MS: '28000',
    LEASE_SECONDS: '1',
    HEAD_COPIES: '1',
    ...process.env,
  };
}

function loadBuild(bundle: string): Build {
  const file = resolve(bundle);
  const worker = new Worker(SOURCE, { eval: true, workerData: file, env: settingsOf(file) });
  const waiting = new Map<number, (reply: ProbeReply) => void>();
  const settle = (id: number, reply: ProbeReply) => {
    waiting.get(id)?.(reply);
    waiting.delete(id);
  };
  let ended = false;
  const { promise: fault, resolve: started } = Promise.withResolvers<string | null>();
  let silence = 'it gives no JSON';
  worker.on('message', (said: 'ready' | Said) => {
    if (said === 'ready') return started(null);
    silence = said.why ?? silence;
    settle(said.id, said.payload === undefined ? { failed: 'threw' } : { payload: said.payload });
  });
  const end = (why: string) => {
    if (!ended) silence = why;
    ended = true;
    started(why);
    for (const id of [...waiting.keys()]) settle(id, { failed: 'stopped' });
  };
  worker.on('error', (error) => end(error instanceof Error ? error.message : 'it throws'));
  worker.on('exit', () => end('it ends its own process'));
  let last = 0;
  return {
    fault,
    silence: () => silence,
    ask: (request) => {
      if (ended) return Promise.resolve({ failed: 'stopped' });
      last += 1;
      const { promise, resolve: done } = Promise.withResolvers<ProbeReply>();
      waiting.set(last, done);
      worker.postMessage({ id: last, event: { request: JSON.stringify(request) } });
      return promise;
    },
    stop: () => worker.terminate(),
  };
}

/** A longer lease is in no question by itself. */
const LOOSER = {
  marking: 'reads as less',
  obligations: 'obliges to less',
  validity: 'lasts longer',
} as const;

function cells(flip: BuildFlip): readonly string[] {
  const { subject, marking, protection, flow, format, before, after, looser = [] } = flip;
  const what = 'route' in subject ? `route ${subject.route}` : `network ${subject.network}`;
  const how = [
    marking,
    format && `as ${format}`,
    protection && `in ${protection}`,
    flow && `as ${flow}`,
  ].filter((part) => part);
  const turned = before === after ? before : `${before} → ${after}`;
  return ['', what, how.join(' · '), [turned, ...looser.map((l) => LOOSER[l])].join(', ')];
}

/** @throws UsageError with the cause, for a build that does not run */
async function demandRunning({ fault }: Build, option: string, bundle: string): Promise<void> {
  const why = await fault;
  if (why !== null) throw notRunning(option, bundle, why);
}

/** Nothing can be said of the other build either: two that answer nothing do not differ in anything. */
function notRunning(option: string, bundle: string, why: string): UsageError {
  return new UsageError(`${option} ${bundle} answers nothing: ${why}`);
}

/** Asks a build, and counts what it answers. */
function counted(ask: AskBuild) {
  let answers = 0;
  return {
    answers: () => answers,
    ask: async (request: DecisionRequest) => {
      const reply = await ask(request);
      if ('payload' in reply) answers += 1;
      return reply;
    },
  };
}

async function simulate(options: { readonly build: string; readonly against: string }): Promise<number> {
  const registry = await loadWhole(await readerOf(process.env).open());
  const questions = buildQuestions(registry, Date.now());
  const [before, after] = [loadBuild(options.against), loadBuild(options.build)];
  try {
    await demandRunning(after, '--build', options.build);
    await demandRunning(before, '--against', options.against);
    const [asked, against] = [counted(after.ask), counted(before.ask)];
    const found = await compareBuilds(against.ask, asked.ask, questions, () => true);
    if (asked.answers() === 0) throw notRunning('--build', options.build, after.silence());
    if (against.answers() === 0) throw notRunning('--against', options.against, before.silence());
    const lines = (flips: readonly BuildFlip[]) => aligned(flips.map(cells), [0, 36, 28, 0]);
    sayAligned([
      `Registry version ${registry.version}: ${found.questions} questions, ${found.permits} permitted by the new build.`,
      ...(found.lease.after > found.lease.before && found.lease.before > 0
        ? [`Permits may be acted on for ${found.lease.after} seconds, and were for ${found.lease.before}.`]
        : []),
      ...(found.unasked > 0
        ? [`${found.unasked} more that a build did not judge: nobody knows what it would say.`]
        : []),
      `${found.toPermit.length} become permit, or let more pass:`,
      ...lines(found.toPermit),
      `${found.toRefusal.length} stop being permitted or answered:`,
      ...lines(found.toRefusal),
      `Digest of what is let pass: ${found.digest}`,
    ]);
    return found.alike && found.unasked === 0 ? 0 : EXIT.refused;
  } finally {
    await Promise.all([before.stop(), after.stop()]);
  }
}

function readerOf(environment: NodeJS.ProcessEnv): SnapshotReader {
  try {
    return createRegistryReader({
      client: createDynamoClient({ connectMs: 2000, readMs: 10_000 }),
      ...readStoreSettings(environment),
      budgetMs: 120_000,
    });
  } catch (error) {
    const problem = error instanceof Error ? error.message : 'no settings';
    throw new UsageError(`${problem}: give the environment of the function decide`);
  }
}

export function simulateBuildsCommand(): Command {
  return new Command('simulate')
    .description('which answers a new build of decide would change, over the registry as it is')
    .requiredOption('--build <bundle>', 'index.mjs of the new build')
    .requiredOption('--against <bundle>', 'index.mjs of the build in service')
    .addHelpText(
      'after',
      '\nReads the tables with your AWS credentials, AWS_REGION and the environment of decide: OBJECTS_TABLE, STATE_TABLE,\nFLOOR_TABLE, COMMIT_PUBLIC_KEYS and FOUNDER_KEYS. BUILD_DIGEST, DYNAMODB_CONNECT_MS, DYNAMODB_READ_MS, DECIDE_BUDGET_MS,\nLEASE_SECONDS and HEAD_COPIES may be given, and need not be. Exit code 0 where nothing more is let pass, 3 where something is, or a build\ndid not judge a question, 4 where the registry cannot be read, 2 usage, and a build that does not run.',
    )
    .action(async (options: { build: string; against: string }) => {
      try {
        process.exitCode = await simulate(options);
      } catch (error) {
        if (!(error instanceof StoreError)) throw error;
        complain(`the registry cannot be read: ${error.message}`);
        process.exitCode = EXIT.unavailable;
      }
    });
}
