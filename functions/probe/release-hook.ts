/**
 * The pre-traffic hook of a release: CodeDeploy calls it before a new version of `decide` gets any traffic, and waits
 * for its word. It asks the new version the known questions, and both versions about every route and network of the
 * registry: one wrong answer, one flip to permit that nobody acknowledged, or one question there was no time for stops
 * the release.
 */
import type { Context } from 'aws-lambda';
import { serviceName } from '../metrics/service-name.ts';
import { createDynamoClient } from '../store/dynamodb.ts';
import type { OpenSnapshot } from '../store/open-snapshot.ts';
import { createRegistryReader } from '../store/registry-reader.ts';
import { demandBuildable } from '../store/registry-root.ts';
import { readStoreSettings } from '../store/store-settings.ts';
import { loadWhole } from '../store/whole-registry.ts';
import { askThrough } from './ask.ts';
import { type HookExecution, reportToCodeDeploy } from './codedeploy.ts';
import { releaseVerdict } from './release-verdict.ts';
import { readLiveTarget, readProbeSettings } from './settings.ts';

/** Longer than CodeDeploy needs to be told, shorter than the function's own timeout. Milliseconds. */
const READ_BUDGET_MS = 20_000;

const { target, known } = readProbeSettings(process.env);
const registry = readStoreSettings(process.env);
const reader = createRegistryReader({
  client: createDynamoClient({ connectMs: 1000, readMs: 5000 }),
  ...registry,
  budgetMs: READ_BUDGET_MS,
});

/** Kept of the function's time for telling CodeDeploy, which would else wait for an hour. Milliseconds. */
const REPORT_MS = 12_000;
/** Longer than a chunk of questions takes where no build hangs. Milliseconds. */
const CHUNK_MS = 10_000;

/** Rejects when only the time for the report is left: a build that hangs is not fit. */
function untilReport(context: Pick<Context, 'getRemainingTimeInMillis'>): Promise<never> {
  const { promise, reject } = Promise.withResolvers<never>();
  setTimeout(
    () => reject(new Error('the comparison took too long')),
    context.getRemainingTimeInMillis() - REPORT_MS,
  ).unref();
  return promise;
}

/**
 * A build that may only decide on what is published, and not publish on top of it, could not stop anything: it is not put in
 * service, whatever it would answer.
 */
function toBuildOn(snapshot: OpenSnapshot): OpenSnapshot {
  demandBuildable(snapshot.root);
  return snapshot;
}

export async function handler(
  event: HookExecution,
  context: Pick<Context, 'getRemainingTimeInMillis'>,
): Promise<void> {
  let status: 'Succeeded' | 'Failed' = 'Failed';
  try {
    const verdict = releaseVerdict({
      known,
      before: askThrough(readLiveTarget(process.env, target)),
      after: askThrough(target),
      registry: async () => loadWhole(toBuildOn(await reader.open())),
      acknowledged: process.env['ACKNOWLEDGED_FLIPS'],
      service: `${serviceName(process.env)}-release`,
      clock: Date.now,
      write: console.log,
      keepGoing: () => context.getRemainingTimeInMillis() > REPORT_MS + CHUNK_MS,
    });
    if (await Promise.race([verdict, untilReport(context)])) status = 'Succeeded';
  } finally {
    await reportToCodeDeploy(event, status);
  }
}
