/**
 * What a guard says of a minute, by its own code: the lines of real decisions, of a real probe and of a real watch; and what the
 * platform says of its functions, tables and door, by the names in AWS's documentation.
 */
import type { Answer } from '../../../functions/core/decision/answer.ts';
import type { ReasonCode } from '../../../functions/core/decision/reasons.ts';
import { decisionLine } from '../../../functions/decide/decision-line.ts';
import { newTrace } from '../../../functions/decide/trace.ts';
import { embedded, type MetricValues, namesOf } from '../../../functions/metrics/embedded.ts';
import { NAMESPACE } from '../../../functions/metrics/names.ts';
import type { News } from '../../../functions/metrics/news.ts';
import type { ProbeReply } from '../../../functions/probe/check.ts';
import { UNIVERSAL_ANSWERS } from '../../../functions/probe/known-answers.ts';
import { runProbe } from '../../../functions/probe/probe.ts';
import { runRehearsal } from '../../../functions/probe/rehearsal.ts';
import { createKeeping } from '../../../functions/standby/keeping.ts';
import type { StandbyRun } from '../../../functions/store/standby.ts';
import { StoreError, type StoreErrorCode } from '../../../functions/store/store-error.ts';
import { createHistoryAudit } from '../../../functions/watch/audit.ts';
import { createWatch, type WatchOptions } from '../../../functions/watch/watch.ts';
import { readSampleRegistry } from '../../../infra/local/sample-registry.ts';
import { stateOf } from '../../decide/rig.ts';
import { openRig } from '../../store/store-rig.ts';
import { type History, metricKey, readLine, type Said } from './history.ts';

export const GUARD = 'guard';
const MINUTE_MS = 60_000;

/** What the watch finds: figures in place of those of a sound registry that has been there for a while, or why it fails. */
type Watched = MetricValues | 'unpublished' | 'unaudited' | StoreErrorCode | 'stopped';

/** How the probe is answered. */
type Probed =
  | 'right'
  | 'wrong permit'
  | 'other words'
  | 'one wrong'
  | 'another wrong'
  | 'stopped'
  | 'failed'
  | ReasonCode;

export interface Minute {
  /** Questions of callers that are decided; a tenth of them by HTTP. */
  readonly asked?: number;
  /** How many of them by HTTP, where it is no tenth. */
  readonly byHttp?: number;
  /** How many of them are denied for which reason; the others are permitted. */
  readonly denied?: number;
  readonly code?: ReasonCode;
  /** Milliseconds. */
  readonly takes?: number;
  readonly watch?: Watched;
  readonly probe?: Probed;
  /** Whether the probe's process is a new one. */
  readonly probeBegins?: boolean;
  /** Questions of callers that die in, or are refused by, Lambda. */
  readonly died?: number;
  readonly throttled?: number;
  /** Requests to POST /v1/decide that API Gateway answers with 5XX. */
  readonly refused?: number;
  /** Requests that API Gateway answers by itself: 429, 403, and 5XX to AuthZEN. */
  readonly doorThrottled?: number;
  readonly forbidden?: number;
  readonly accessFailed?: number;
  /** Throttles of the state table. */
  readonly tableThrottled?: number;
  /** Whether a stop could be set, as the probe rehearses it: it could, unless this says otherwise. */
  readonly rehearsed?: 1 | 0 | 'died' | 'untold';
  /** Others' stops that died in Lambda, and that API Gateway turned away. */
  readonly stopDied?: number;
  readonly stopTurnedAway?: number;
  /** What died behind the door: of what was `refused`, and of `accessFailed`. */
  readonly diedBehind?: number;
  readonly accessDied?: number;
  /** What Lambda throttled behind it, in the same way. */
  readonly throttledBehind?: number;
  readonly accessThrottled?: number;
  /** Whether the door counts what it answers a minute after Lambda. */
  readonly isDoorLate?: boolean;
  /** Invocations of the registry's function that died. */
  readonly registryDied?: number;
  /** What a run of the standby comes to; nothing is said of it where there is none. */
  readonly standby?: StandbyRun | StoreErrorCode | 'stopped';
}

export interface WatchLines {
  readonly of: (watched: Exclude<Watched, 'stopped'>) => string;
}

const at = (minute: number) => minute * MINUTE_MS;

/** One line of the watch for each thing it may find, written by the watch itself over a registry in the engine. */
export async function watchLines(): Promise<WatchLines> {
  const rig = await openRig();
  const lines: string[] = [];
  const audit = () =>
    createHistoryAudit({
      client: rig.client,
      tables: rig.tables,
      publicKeys: rig.keys,
      founders: rig.founders,
      clock: () => performance.now(),
      sliceMs: 15_000,
      budgetMs: 40_000,
    });
  const over = (reader: WatchOptions['reader'], audited: WatchOptions['audit'] = audit()) =>
    createWatch({
      reader,
      audit: audited,
      copies: async () => ({ copies: 4, astray: [] }),
      proposalsWaiting: async () => 0,
      service: GUARD,
      clock: Date.now,
      elapsed: () => performance.now(),
      write: (line) => lines.push(line),
    });
  const written = async (look: () => Promise<unknown>): Promise<string> => {
    await look();
    return lines.at(-1) ?? '';
  };
  try {
    const unpublished = await written(over(rig.reader({ acceptUnconfirmed: true })));
    await rig.genesis(stateOf(readSampleRegistry()));
    const reader = rig.reader({ acceptUnconfirmed: true });
    const sound = JSON.parse(await written(over(reader))) as object;
    /** An audit that has just begun, and found nothing yet. */
    const begun = JSON.parse(
      await written(over(reader, async () => ({ problems: [], unaudited: 9 }))),
    ) as object;
    const failed = new Map<StoreErrorCode, string>();
    for (const code of [
      'STORE_UNAVAILABLE',
      'STORE_REFUSED',
      'SIGNATURE_INVALID',
      'HEAD_BELOW_FLOOR',
    ] as const) {
      const open = async () => {
        throw new StoreError(code);
      };
      failed.set(code, await written(over({ ...rig.reader(), open })));
    }
    const calm: MetricValues = {
      ...{ RegistryAge: 86_400, HeadMoved: 0, HoldsInForce: 0, WideHolds: 0, WaiversInForce: 0 },
      ...{ RoutesDarkIn1Day: 0, RoutesDarkIn7Days: 0, RoutesDarkIn30Days: 0 },
      ...{ NationsSilentIn7Days: 0, NationsSilentIn30Days: 0, NationsSilentIn90Days: 0 },
      ...{ NewRoutesDarkIn1Day: 0, NewNationsSilentIn7Days: 0, NewWideHolds: 0, NewHistoryProblems: 0 },
    };
    return {
      of: (watched) => {
        if (watched === 'unpublished') return unpublished;
        if (watched === 'unaudited') return JSON.stringify({ ...begun, ...calm });
        if (typeof watched === 'object') {
          const values = { ...sound, ...calm, ...watched };
          const counted = [{ dimensions: ['Service'] as const, names: namesOf(values) }];
          return JSON.stringify({ ...values, ...embedded(0, counted) });
        }
        const line = failed.get(watched);
        if (line === undefined) throw new Error(`the watch was not asked about ${watched}`);
        return line;
      },
    };
  } finally {
    await rig.stop();
  }
}

const ANSWER: Answer = {
  decision: true,
  question: {},
  outcome: 'permit',
  enforceable: true,
  retry: 'never',
  evaluationId: 'e',
  evaluatedAt: '',
  build: 'sha256:0',
  dominance: 'satisfied',
  standards: [],
  reasons: [],
  obligations: [],
};

function decided(minute: number, code: ReasonCode | undefined, totalMs: number): string {
  const refused = { decision: false, outcome: 'deny' } as const;
  const answer = {
    ...ANSWER,
    ...(code !== undefined && refused),
    evaluatedAt: new Date(at(minute)).toISOString(),
  };
  const trace = newTrace();
  if (code !== undefined) trace.reasons = [{ code } as (typeof trace.reasons)[number]];
  return JSON.stringify(
    decisionLine(answer, trace, { service: GUARD, door: 'direct', probe: false, totalMs }),
  );
}

function reply(probed: Probed, expected: readonly string[]): ProbeReply {
  if (probed === 'failed') return { failed: 'no answer' };
  // The question that is 'one wrong', denied for a reason that is not known.
  if (probed === 'other words')
    return reply(expected.includes('HOP_UNKNOWN') ? 'MARKING_INVALID' : 'right', expected);
  // What nobody can read is refused without a registry.
  const asExpected: readonly Probed[] = ['right', 'one wrong', 'another wrong'];
  const codes = asExpected.includes(probed) || expected.includes('MARKING_INVALID') ? expected : [probed];
  const wrong: Partial<Record<Probed, string>> = {
    'one wrong': 'HOP_UNKNOWN',
    'another wrong': 'MARKING_INVALID',
  };
  const permitted = probed === 'wrong permit' || expected.some((code) => code === wrong[probed]);
  return {
    payload: JSON.stringify({
      decision: permitted,
      outcome: permitted ? 'permit' : 'deny',
      enforceable: true,
      reasons: permitted ? [] : codes.map((code) => ({ code })),
    }),
  };
}

async function probed(minute: number, how: Exclude<Probed, 'stopped'>, news: News): Promise<string> {
  let line = '';
  let asked = 0;
  await runProbe({
    known: UNIVERSAL_ANSWERS,
    ask: async () => {
      const known = UNIVERSAL_ANSWERS[asked % UNIVERSAL_ANSWERS.length];
      asked += 1;
      return reply(how, known?.expect.codes ?? []);
    },
    news,
    service: GUARD,
    clock: () => at(minute),
    write: (text) => {
      line = text;
    },
  });
  return line;
}

/** The line of one rehearsal of a stop. */
async function rehearsal(minute: number, came: 1 | 0 | 'died'): Promise<string> {
  let line = '';
  await runRehearsal({
    ask: async () =>
      came === 1
        ? { standing: 'held', steps: [] }
        : came === 0
          ? { failed: 'sign', code: 'STORE_UNAVAILABLE' }
          : { failed: 'door', code: 'HTTP_502' },
    service: GUARD,
    clock: () => at(minute),
    write: (text) => {
      line = text;
    },
  });
  return line;
}

/** The line of one run of the standby, by itself. */
async function kept(minute: number, came: StandbyRun | StoreErrorCode): Promise<string> {
  let line = '';
  const keep = createKeeping({
    standby: async () => {
      if (typeof came === 'string') throw new StoreError(came);
      return came;
    },
    service: GUARD,
    clock: () => at(minute),
    write: (text) => {
      line = text;
    },
  });
  await keep();
  return line;
}

const ofFunction = (metric: string, name: string, alias = true) =>
  metricKey('AWS/Lambda', metric, {
    FunctionName: `<Guard${name}Function>`,
    ...(alias && { Resource: `<Guard${name}Function>:live` }),
  });
const DOOR = (metric: string) =>
  metricKey('AWS/ApiGateway', metric, {
    ApiName: GUARD,
    Method: 'POST',
    Resource: '/v1/decide',
    Stage: '<GuardHttpApiDeploymentStageguard>',
  });

/** What whoever remembers nothing says each time that it is the same. */
const SAID = new Map<string, readonly Said[]>();

async function once(
  what: readonly unknown[],
  write: () => string | Promise<string>,
): Promise<readonly Said[]> {
  const name = JSON.stringify(what);
  const said = SAID.get(name) ?? readLine(await write());
  SAID.set(name, said);
  return said;
}

/** Adds a minute to a history. @param news what the process of the probe remembers */
export async function say(
  history: History,
  lines: WatchLines,
  news: News,
  minute: number,
  said: Minute,
): Promise<void> {
  const { asked = 10, denied = 0, code, takes = 12, watch = {}, probe = 'right' } = said;
  const refused = code === undefined ? 0 : Math.min(denied, asked);
  const decisions = (why: ReasonCode | undefined) =>
    once(['decided', why, takes], () => decided(minute, why, takes));
  if (refused > 0) history.line(await decisions(code), refused, minute);
  if (asked > refused) history.line(await decisions(undefined), asked - refused, minute);
  if (watch !== 'stopped') {
    history.line(await once(['watch', watch], () => lines.of(watch)), 1, minute);
    history.add(ofFunction('Errors', 'Watch', false), minute, 0);
    history.add(ofFunction('Duration', 'Watch', false), minute, 900);
  }
  if (probe !== 'stopped') {
    history.line(await probed(minute, probe, news));
    history.add(ofFunction('Errors', 'Probe', false), minute, 0);
  }
  const { died = 0, throttled = 0, refused: failed = 0, tableThrottled = 0, registryDied = 0 } = said;
  // Errors and throttles are said, as zeros too, with each invocation; none where nobody asks.
  if (asked + died + throttled > 0) {
    history.add(ofFunction('Errors', 'Decide'), minute, 0, asked);
    if (died > 0) history.add(ofFunction('Errors', 'Decide'), minute, 1, died);
    if (throttled > 0) history.add(ofFunction('Throttles', 'Decide'), minute, 1, throttled);
    history.add(ofFunction('Duration', 'Decide', false), minute, takes);
  }
  const atTheDoor = said.isDoorLate === true ? minute + 1 : minute;
  if (asked + failed > 0) {
    const { byHttp = Math.max(1, Math.floor(asked / 10)) } = said;
    if (byHttp > 0) history.add(DOOR('5XXError'), atTheDoor, 0, byHttp);
    if (failed > 0) history.add(DOOR('5XXError'), atTheDoor, 1, failed);
    history.add(DOOR('Latency'), atTheDoor, takes + 40);
  }
  for (const [metric, name, count] of [
    ['Errors', 'DecideHttp', said.diedBehind],
    ['Errors', 'Access', said.accessDied],
    ['Throttles', 'DecideHttp', said.throttledBehind],
    ['Throttles', 'Access', said.accessThrottled],
  ] as const)
    if (count !== undefined) history.add(ofFunction(metric, name), minute, 1, count);
  if (tableThrottled > 0)
    history.add(
      metricKey('AWS/DynamoDB', 'ReadThrottleEvents', { TableName: '<GuardTablesState>' }),
      minute,
      1,
      tableThrottled,
    );
  if (registryDied > 0) history.add(ofFunction('Errors', 'Registry', false), minute, 1, registryDied);
  for (const [metric, count] of [
    ['HttpThrottled', said.doorThrottled],
    ['HttpForbidden', said.forbidden],
    ['AccessErrors', said.accessFailed],
    ['StopsTurnedAway', said.stopTurnedAway],
  ] as const)
    if (count !== undefined)
      history.add(metricKey(NAMESPACE, metric, { Service: GUARD }), atTheDoor, 1, count);
  if (said.standby !== undefined && said.standby !== 'stopped')
    history.line(await kept(minute, said.standby));
  const { rehearsed = 1 } = said;
  if (said.probe !== 'stopped' && rehearsed !== 'untold')
    history.line(await once(['rehearsal', rehearsed], () => rehearsal(minute, rehearsed)), 1, minute);
  if (rehearsed === 'died') history.add(ofFunction('Errors', 'Stop'), minute, 1);
  if (said.stopDied !== undefined) history.add(ofFunction('Errors', 'Stop'), minute, 1, said.stopDied);
}
