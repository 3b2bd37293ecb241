/**
 * The whole matrix some days ahead, with nothing changed by anybody: which networks and routes stop being permitted,
 * when, and because what expires. Asked at every boundary of validity inside the window.
 */
import { canonicalBytes, canonicalText, digestOf } from '../facts/canonical.ts';
import { iso } from '../facts/moment.ts';
import { registryFrom } from '../registry/registry.ts';
import type { Facts } from './change.ts';
import { holdsInForce } from './holds-in-force.ts';
import { type OutageScope, outagesOf, watched } from './outages.ts';
import { questionsAbout } from './questions.ts';
import { idsOfKind, indexOf } from './registry-index.ts';
import { DEFAULT_LIMIT, SimulationStateError, SimulationTooLargeError } from './simulate.ts';
import type { Forecast, ForecastInput, ForecastState, Outage, Subject } from './simulation.ts';

/** A forecast, ready to be asked slice by slice. */
export interface PreparedForecast extends OutageScope {
  readonly digest: ForecastState['plan'];
  readonly questions: number;
  readonly subjects: number;
  readonly days: number;
  readonly stopped: Forecast['stopped'];
  readonly asked: readonly Exclude<Subject, { readonly recent: number }>[];
}

/** @throws SimulationTooLargeError before anything is asked */
export function planForecast(input: ForecastInput): PreparedForecast {
  const { facts, signed, at, days, only, limit = DEFAULT_LIMIT } = input;
  const index = indexOf(facts);
  const asked = [
    ...(only === 'routes' ? [] : idsOfKind(index, 'network').map((network) => ({ network }))),
    ...idsOfKind(index, 'route').map((route) => ({ route })),
  ];
  const registry = { ...registryFrom(facts.values()), signed: signed && registryFrom(signed.values()) };
  const all = watched(index, registry, at, days);
  const questions = asked.reduce(
    (sum, subject) => sum + questionsAbout(subject, all.variations).length * all.markings.length,
    0,
  );
  if (questions > limit) throw new SimulationTooLargeError(questions, limit);
  const plan = [at, days, asked, all.markings.map((m) => m.id)];
  return {
    ...all,
    digest: digestOf(canonicalBytes(plan)),
    questions,
    subjects: asked.length,
    days,
    stopped: [...new Set([facts, signed ?? new Map()].flatMap((each) => stopsAt(each, at)))].sort(),
    asked,
  };
}

function stopsAt(facts: Facts, at: number): readonly string[] {
  return holdsInForce(facts, at).map(({ id }) => `hold/${id}`);
}

/**
 * Does the next slice, of at least one subject; `keepGoing` is asked between subjects.
 *
 * @throws SimulationStateError for a state of another plan
 */
export function runForecast(
  plan: PreparedForecast,
  state: ForecastState | undefined,
  keepGoing: (done: number, total: number) => boolean,
): ForecastState {
  if (state !== undefined && (state.plan !== plan.digest || state.done > plan.subjects))
    throw new SimulationStateError('the stored state belongs to another forecast');
  const outages = [...(state?.outages ?? [])];
  let done = state?.done ?? 0;
  let evaluations = state?.evaluations ?? 0;
  for (const subject of plan.asked.slice(done)) {
    const result = outagesOf(plan, subject);
    outages.push(...result.outages);
    evaluations += result.evaluations;
    done += 1;
    if (!keepGoing(done, plan.subjects)) break;
  }
  return { plan: plan.digest, done, evaluations, outages };
}

/** @throws SimulationStateError unless every subject was asked about */
export function finishForecast(plan: PreparedForecast, state: ForecastState): Forecast {
  if (state.plan !== plan.digest || state.done !== plan.subjects)
    throw new SimulationStateError('the forecast is not complete');
  const unlooked = state.outages.flatMap((o) => (o.unlooked === true ? [o.from] : []));
  const order = (o: Outage) => canonicalText([o.from, o.subject, o]);
  return {
    at: iso(plan.at),
    until: iso(plan.horizon),
    days: plan.days,
    complete: unlooked.length === 0,
    lookedUntil: unlooked.sort()[0] ?? null,
    questions: plan.questions,
    evaluations: state.evaluations,
    markings: plan.markings.map((m) => m.id),
    stopped: plan.stopped,
    outages: state.outages
      .map((outage) => ({ outage, key: order(outage) }))
      .sort((a, b) => (a.key < b.key ? -1 : 1))
      .map(({ outage }) => outage),
  };
}
