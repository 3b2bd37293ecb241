/**
 * The whole matrix some days ahead, with nothing changed by anybody: which networks and routes stop being permitted,
 * when, and because what expires. Asked at every boundary of validity inside the window.
 */
import type { ReasonCode } from '../decision/reasons.ts';
import { canonicalBytes, canonicalText, digestOf, type Json } from '../facts/canonical.ts';
import { causesAt } from './causes.ts';
import { labelClasses } from './label-classes.ts';
import { type MarkingProfile, markingProfiles } from './marking-profiles.ts';
import { type Question, questionsAbout, type Variations, variationsIn } from './questions.ts';
import { indexOf } from './registry-index.ts';
import { DEFAULT_LIMIT, SimulationStateError, SimulationTooLargeError } from './simulate.ts';
import type { Case, Forecast, ForecastInput, ForecastState, Outage, Subject } from './simulation.ts';
import { inquiry, timeline } from './timeline.ts';
import { approach, type World, worldOf } from './world.ts';

const DAY_MS = 86_400_000;

export interface PreparedForecast {
  readonly digest: ForecastState['plan'];
  readonly questions: number;
  readonly subjects: number;
  readonly at: number;
  readonly days: number;
  readonly horizon: number;
  readonly asked: readonly Exclude<Subject, { readonly recent: number }>[];
  readonly variations: Variations;
  readonly markings: readonly MarkingProfile[];
  readonly world: World;
}

/** @throws SimulationTooLargeError before anything is asked */
export function planForecast(input: ForecastInput): PreparedForecast {
  const { facts, at, days, only, limit = DEFAULT_LIMIT } = input;
  const index = indexOf(facts);
  const ids = (kind: string) =>
    index
      .keysOfKind(kind)
      .map((key) => key.slice(kind.length + 1))
      .sort();
  const asked = [
    ...(only === 'routes' ? [] : ids('network').map((network) => ({ network }))),
    ...ids('route').map((route) => ({ route })),
  ];
  const variations = variationsIn(index);
  const markings = markingProfiles(index);
  const questions = asked.reduce(
    (sum, subject) => sum + questionsAbout(subject, variations).length * markings.length,
    0,
  );
  if (questions > limit) throw new SimulationTooLargeError(questions, limit);
  const plan = [at, days, asked, markings.map((m) => m.id)];
  return {
    digest: digestOf(canonicalBytes(plan as unknown as Json)),
    questions,
    subjects: asked.length,
    at,
    days,
    horizon: at + days * DAY_MS,
    asked,
    variations,
    markings,
    world: worldOf(facts.values()),
  };
}

type Change = Pick<Outage, 'from' | 'until' | 'because' | 'why'>;

function iso(ms: number): string {
  return new Date(ms).toISOString();
}

/** The times one question is dark after it was not. */
function outagesOf(
  plan: PreparedForecast,
  question: Question,
  { label }: MarkingProfile,
  count: { evaluations: number },
): readonly Change[] {
  const dark: Change[] = [];
  let permitted = false;
  let open: Change | undefined;
  for (const { from, answers } of timeline([inquiry(plan.world, question)], label, plan.at, plan.horizon)) {
    const [answer] = answers;
    if (answer === undefined) throw new Error('a forecast asks one world');
    count.evaluations += 1;
    const permits = answer.outcome === 'permit';
    if (permitted && !permits) {
      const sides = [from - 1, from].map((t) =>
        approach(plan.world, question.request, t, question.asked.assurance),
      );
      const why: readonly ReasonCode[] = [...new Set(answer.reasons.map((r) => r.code))].sort();
      open = { from: iso(from), until: null, because: causesAt(from, sides, label, answer), why };
    } else if (permits && open !== undefined) {
      dark.push({ ...open, until: iso(from) });
      open = undefined;
    }
    permitted = permits;
  }
  return open === undefined ? dark : [...dark, open];
}

function forecastSubject(
  plan: PreparedForecast,
  subject: PreparedForecast['asked'][number],
): { readonly outages: readonly Outage[]; readonly evaluations: number } {
  const groups = new Map<string, { readonly change: Change; readonly cases: Case[] }>();
  const count = { evaluations: 0 };
  for (const question of questionsAbout(subject, plan.variations)) {
    for (const alike of labelClasses(plan.markings, [plan.world], question.request)) {
      const [first] = alike;
      if (first === undefined) continue;
      for (const change of outagesOf(plan, question, first, count)) {
        const key = canonicalText(change as unknown as Json);
        const group = groups.get(key) ?? { change, cases: [] };
        groups.set(key, group);
        group.cases.push(...alike.map(({ id }) => ({ marking: id, ...question.asked })));
      }
    }
  }
  const outages = [...groups.values()].map(({ change, cases }) => ({
    subject,
    cases: cases.sort((a, b) => (canonicalText({ ...a }) < canonicalText({ ...b }) ? -1 : 1)),
    ...change,
  }));
  return { outages, evaluations: count.evaluations };
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
    const result = forecastSubject(plan, subject);
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
  const order = (o: Outage) => canonicalText([o.from, o.subject, o as unknown as Json]);
  return {
    at: iso(plan.at),
    until: iso(plan.horizon),
    days: plan.days,
    complete: true,
    questions: plan.questions,
    evaluations: state.evaluations,
    markings: plan.markings.map((m) => m.id),
    outages: state.outages
      .map((outage) => ({ outage, key: order(outage) }))
      .sort((a, b) => (a.key < b.key ? -1 : 1))
      .map(({ outage }) => outage),
  };
}
