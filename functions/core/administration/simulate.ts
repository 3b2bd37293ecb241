/**
 * The blast radius of a change: which answers flip, in which direction, when and why. Asked are networks and routes ×
 * markings × how the path is known × tunnels × flows, for every owner with a mandate, now and at every future
 * boundary of validity. Complete, or an error that says how much it would have been. While something is stopped, asked
 * twice: as it is, and as if the stop were lifted, because whoever approves today approves for the time after it.
 *
 * Only what the change can reach is asked about; `affected.ts` says what that is, and a test compares it with asking
 * about everything.
 */

import type { CoreDecision } from '../decision/core-decision.ts';
import { canonicalBytes, digestOf, factDigest } from '../facts/canonical.ts';
import { entries, idOfKey, kindOf, member } from '../facts/fact.ts';
import { readingOf } from '../facts/reading.ts';
import type { RawFact } from '../facts/view.ts';
import { type Registry, registryFrom } from '../registry/registry.ts';
import type { DecisionRequest } from '../request.ts';
import type { Span } from '../time/spans.ts';
import { answersReached, type Reach } from './affected.ts';
import { claimedKey } from './change.ts';
import { factsFor } from './closure.ts';
import { hasEnded } from './ending.ts';
import { causesOf, restingOn } from './flip-causes.ts';
import {
  AlikeCases,
  changesOver,
  digestOfFlips,
  type FlipExplainer,
  type FlipExplanation,
  numbered,
  type UnnumberedFlip,
} from './flips.ts';
import {
  type Answers,
  answersOver,
  asPermitted,
  type CarriedMessage,
  type Inquiry,
  inquiry,
  readAt,
} from './inquiry.ts';
import { permittableClasses } from './label-classes.ts';
import { leftBehind } from './left-behind.ts';
import { type ChangesOfQuestion, type Lifting, spanOnceLifted, withSooner } from './lifted.ts';
import { type MarkingProfile, markingProfiles } from './marking-profiles.ts';
import { type Question, questionsAbout, type Variations, variationsIn } from './questions.ts';
import { readRecent } from './recent.ts';
import { indexAfter, indexOf, type RegistryIndex } from './registry-index.ts';
import type {
  SimulationInput,
  SimulationPlan,
  SimulationReport,
  SimulationState,
  Subject,
} from './simulation.ts';

export { UnfinishedWalkError } from './flips.ts';

/** Another where a question comes to something else than it did: what an earlier build began is begun anew. */
const WALK = 2;

/** Questions a simulation takes on where the input sets no limit. */
export const DEFAULT_LIMIT = 5_000_000;

/** Thrown where a simulation or forecast would ask more than it may: it is whole or it is not made. */
export class SimulationTooLargeError extends Error {
  override readonly name = 'SimulationTooLargeError';
  readonly questions: number;
  readonly limit: number;

  constructor(questions: number, limit: number) {
    super(
      `the simulation asks ${questions} questions; at most ${limit} are taken on: divide the change or raise the limit`,
    );
    this.questions = questions;
    this.limit = limit;
  }
}

/** Thrown for a stored state of another plan: it would be continued with answers to other questions. */
export class SimulationStateError extends Error {
  override readonly name = 'SimulationStateError';
}

type Asked = { readonly question: Question } & (
  | { readonly markings: readonly MarkingProfile[] }
  /** Asked with the marking of its own message, and called so. */
  | { readonly name: string }
);

/** What is carried, and the names of all the markings it stands for. */
interface AskedAlike {
  readonly carried: CarriedMessage;
  readonly names: readonly string[];
}

/** One subject with everything asked about it. */
interface SimulationTask {
  readonly subject: Subject;
  readonly size: number;
  ask(): readonly Asked[];
}

type Registered = Exclude<Subject, { readonly recent: number }>;

function byText<T>(items: readonly T[], text: (item: T) => string): readonly T[] {
  return [...items].sort((a, b) => (text(a) < text(b) ? -1 : 1));
}

function idsOfKind(sides: readonly RegistryIndex[], kind: string): ReadonlySet<string> {
  return new Set(sides.flatMap((i) => i.keysOfKind(kind).map((key) => idOfKey(key))));
}

/** What an identifier names: one network, or none. */
function resolved(index: RegistryIndex, identifier: string): string | undefined {
  const claimants = index.claimants(identifier);
  return claimants.length === 1 ? claimants[0] : undefined;
}

/** Everything in both registries; used where the law changes, and to test the smaller set against. */
function everySubject(sides: readonly RegistryIndex[]): readonly Registered[] {
  return [
    ...[...idsOfKind(sides, 'network')].map((network) => ({ network })),
    ...[...idsOfKind(sides, 'route')].map((route) => ({ route })),
  ];
}

/**
 * The subjects a change can reach. An identifier is asked about only where it comes to name another network: as long
 * as it names the same one, its answers are that network's, which is asked about itself.
 */
function subjectsOf(was: RegistryIndex, is: RegistryIndex, reach: Reach): readonly Registered[] {
  const all = reach.law || reach.protections.size > 0;
  const moved = [...reach.identifiers].filter((i) => resolved(was, i) !== resolved(is, i));
  const places = all
    ? everySubject([was, is])
    : [
        ...[...reach.networks].map((network) => ({ network })),
        ...[...reach.routes].map((route) => ({ route })),
      ];
  return byText([...places, ...moved.map((identifier) => ({ identifier }))], (s) => JSON.stringify(s));
}

/** A subject that is reached only through a tunnel is asked about in that tunnel only. */
function variationsFor(subject: Registered, reach: Reach, all: Variations): Variations {
  const reached =
    reach.law ||
    'identifier' in subject ||
    ('network' in subject ? reach.networks.has(subject.network) : reach.routes.has(subject.route));
  if (reached) return all;
  return {
    flows: all.flows,
    protections: all.protections.filter((p) => p !== undefined && reach.protections.has(p.id)),
  };
}

function pathsIn(requests: readonly DecisionRequest[]) {
  const hops = requests.flatMap(({ path }) => ('hops' in path ? path.hops : []));
  const entries = hops.flatMap((h) => Object.entries(h) as [string, string][]);
  return {
    routes: requests.flatMap(({ path }) => ('route' in path ? [path.route] : [])),
    networks: entries.flatMap(([scheme, value]) => (scheme === 'network' ? [value] : [])),
    identifiers: entries.flatMap(([scheme, value]) => (scheme === 'network' ? [] : [`${scheme}:${value}`])),
  };
}

/** The holds that stand after a change and are not over: whoever approves it approves for the time after them, too. */
function stopsAfter(is: RegistryIndex, at: number): readonly string[] {
  const lasts = (raw: RawFact | undefined) => raw !== undefined && stands(raw, at);
  return is
    .keysOfKind('hold')
    .filter((key) => lasts(is.facts.get(key)))
    .sort();
}

function factsAround(
  index: RegistryIndex,
  subjects: readonly Registered[],
  recent: readonly DecisionRequest[],
): readonly RawFact[] {
  const paths = pathsIn(recent);
  return factsFor(index, {
    networks: new Set([...subjects.flatMap((s) => ('network' in s ? [s.network] : [])), ...paths.networks]),
    routes: new Set([...subjects.flatMap((s) => ('route' in s ? [s.route] : [])), ...paths.routes]),
    identifiers: new Set([
      ...subjects.flatMap((s) => ('identifier' in s ? [s.identifier] : [])),
      ...paths.identifiers,
    ]),
    protections: idsOfKind([index], 'protection'),
    vendors: new Set(),
    law: true,
    withVendors: true,
  });
}

/** No hold has this key. */
const NO_HOLD = '';

/** A registry on the two sides of a change. */
interface Sides {
  readonly before: Registry;
  readonly after: Registry;
}

/** A simulation, ready to be asked slice by slice. */
export interface PreparedSimulation extends SimulationPlan {
  readonly at: number;
  readonly tasks: readonly SimulationTask[];
  readonly stopped: Sides;
  /** The same with this hold alone of those that stand, or {@link NO_HOLD}; undefined where none does after the change. */
  readonly leaving: ((hold: string) => Sides) | undefined;
  /** Keys of the holds on each side that nobody can read, and of those whose end not everybody would take for one. */
  readonly unsure: Pick<Lifting, 'unreadable' | 'endUnproven'>;
  /** Keys of the holds that stand after the change, sorted. */
  readonly stops: readonly string[];
  /** Keys of the facts that change. */
  readonly touched: ReadonlySet<string>;
  readonly unreadable: readonly number[];
  readonly changedSinceJudged: readonly string[];
  readonly exhaustive: boolean;
}

/** How much a simulation asks beyond what the change can reach. */
export interface PlanOptions {
  /** Ask about everything, every marking by itself, whether or not the change can reach it or an answer tell. */
  readonly exhaustive?: boolean;
}

/**
 * Works out what is to be asked. The same input gives the same plan, in any process.
 *
 * @throws SimulationTooLargeError before anything is asked
 */
export function planSimulation(input: SimulationInput, options: PlanOptions = {}): PreparedSimulation {
  const { before, after, touched, at, limit = DEFAULT_LIMIT } = input;
  const was = indexOf(before);
  const is = indexAfter(before, after, touched);
  const found = answersReached(was, is, touched);
  const reach = options.exhaustive === true ? { ...found, law: true } : found;
  const profiles = markingProfiles(at, was, is);
  const variations = variationsIn(was, is);
  const stops = stopsAfter(is, at);
  const times = stops.length === 0 ? 1 : 2;
  const recent = readRecent(input.recent ?? [], at);
  const subjects = subjectsOf(was, is, reach);
  const tasks: readonly SimulationTask[] = [
    ...subjects.map((subject): SimulationTask => {
      const varied = variationsFor(subject, reach, variations);
      return {
        subject,
        size: questionsAbout(subject, varied).length * profiles.length * times,
        ask: () => questionsAbout(subject, varied).map((question) => ({ question, markings: profiles })),
      };
    }),
    ...recent.readable.map(
      ({ position, request, asked, name }): SimulationTask => ({
        subject: { recent: position },
        size: times,
        ask: () => [{ question: { request, asked }, name }],
      }),
    ),
  ];
  const questions = tasks.reduce((sum, t) => sum + t.size, 0);
  // A stop does not make a change too large.
  if (questions > limit * times) throw new SimulationTooLargeError(questions / times, limit);
  const requests = recent.readable.map((r) => r.request);
  const markings = profiles.map((p) => p.id);
  const asked = {
    walk: WALK,
    at,
    touched: touched.map((key) => [
      key,
      ...[before, after].map((facts) => {
        const fact = facts.get(key);
        return fact === undefined ? null : factDigest(fact);
      }),
    ]),
    subjects: tasks.map((t) => [t.subject, t.size]),
    markings,
    stops,
  };
  const around = { before: factsAround(was, subjects, requests), after: factsAround(is, subjects, requests) };
  return {
    questions,
    subjects: tasks.length,
    markings,
    digest: digestOf(canonicalBytes(asked)),
    at,
    tasks,
    stopped: sidesOf(around, () => true),
    leaving:
      stops.length === 0
        ? undefined
        : remembered((hold) => sidesOf(around, (fact) => claimedKey(fact) === hold || !stands(fact, at))),
    unsure: {
      unreadable: { before: unreadableHolds(around.before), after: unreadableHolds(around.after) },
      endUnproven: [...around.before, ...around.after].flatMap((fact) =>
        stands(fact, at) && entries(fact['ending']).some((source) => !isOwnText(source))
          ? [claimedKey(fact) ?? '']
          : [],
      ),
    },
    stops,
    touched: new Set(touched),
    unreadable: recent.unreadable,
    changedSinceJudged: leftBehind(is, touched, at),
    exhaustive: options.exhaustive === true,
  };
}

/** A hold that is not over; one that nobody can read never is. */
function stands(fact: RawFact, at: number): boolean {
  return kindOf(fact) === 'hold' && !hasEnded(fact, at);
}

/** A source that was read in its own text: what no mandate refuses. */
function isOwnText(source: unknown): boolean {
  return member(source, 'verified') === true && member(source, 'primary') === true;
}

function unreadableHolds(facts: readonly RawFact[]): readonly string[] {
  return facts.flatMap((fact) =>
    kindOf(fact) === 'hold' && !readingOf(fact).sound ? [claimedKey(fact) ?? ''] : [],
  );
}

function sidesOf(
  { before, after }: Readonly<Record<keyof Sides, readonly RawFact[]>>,
  isAsked: (fact: RawFact) => boolean,
): Sides {
  return { before: registryFrom(before.filter(isAsked)), after: registryFrom(after.filter(isAsked)) };
}

function askedAlike(plan: PreparedSimulation, asked: Asked): readonly AskedAlike[] {
  const { question } = asked;
  if ('name' in asked) return [{ carried: question.request, names: [asked.name] }];
  const { markings } = asked;
  const classes = plan.exhaustive
    ? markings.map((m) => [m])
    : permittableClasses(markings, [plan.stopped.before, plan.stopped.after], question);
  return classes.flatMap((alike) => {
    const [first] = alike;
    return first === undefined ? [] : [{ carried: first.label, names: alike.map(({ id }) => id) }];
  });
}

/** Says of the flips of one question why, and on what of the change they rest. */
function explainer(
  { touched }: Pick<PreparedSimulation, 'touched'>,
  { before, after }: Sides,
  question: Question,
  asked: readonly Inquiry[],
) {
  const bare = asPermitted(question, { basis: 'trusted-transport' });
  let open = bare === question ? asked : undefined;
  const inTheOpen = () => {
    open ??= [inquiry(before, bare), inquiry(after, bare)];
    return open;
  };
  return (
    carried: CarriedMessage,
    at: number,
    permit: Pick<CoreDecision, 'basis'>,
    isGained: boolean,
  ): FlipExplanation => {
    const on = permit.basis === 'trusted-transport' ? inTheOpen() : asked;
    const sides = on.map((each) => ({ from: each.approach(at), answer: each.answer(carried, at) }));
    const [was, is] = sides;
    if (was === undefined || is === undefined) throw new Error('a flip has two sides');
    const read = readAt(carried, at);
    if (!read.ok) throw new Error('what nobody can read flips nothing');
    const refused = isGained ? was : is;
    return {
      refused: refused.answer.outcome,
      why: causesOf(refused),
      restsOn: restingOn(touched, read.label, sides),
    };
  };
}

function* counted(spans: Iterable<Span<Answers>>, count: { evaluations: number }): Iterable<Span<Answers>> {
  for (const span of spans) {
    count.evaluations += span.answer?.each.length ?? 0;
    yield span;
  }
}

/** Made once for each hold, when it is first asked for. */
function remembered<T>(make: (hold: string) => T): (hold: string) => T {
  const made = new Map<string, T>();
  return (hold) => {
    const one = made.get(hold) ?? make(hold);
    made.set(hold, one);
    return one;
  };
}

/** Both sides of a registry, asked one question. */
function asking(plan: PreparedSimulation, sides: Sides, question: Question) {
  const each = [inquiry(sides.before, question), inquiry(sides.after, question)] as const;
  const explain = explainer(plan, sides, question, each);
  return {
    each,
    explaining:
      (carried: CarriedMessage): FlipExplainer =>
      (at, before, after) =>
        before.outcome === 'permit' ? explain(carried, at, before, false) : explain(carried, at, after, true),
  };
}

function changesBetween(
  plan: PreparedSimulation,
  question: Question,
  count: { evaluations: number },
): (carried: CarriedMessage) => ChangesOfQuestion {
  const stopped = asking(plan, plan.stopped, question);
  const { leaving } = plan;
  if (leaving === undefined)
    return (carried) => {
      const walk = counted(answersOver(stopped.each, carried, plan.at), count);
      return { asStopped: changesOver(walk, plan.at, stopped.explaining(carried)), lifted: [] };
    };
  const free = asking(plan, leaving(NO_HOLD), question);
  const alone = remembered((hold) => asking(plan, leaving(hold), question));
  return (carried) => {
    const explain = { stopped: stopped.explaining(carried), free: free.explaining(carried) };
    // Both are walked at once, so that what is lifted begins and ends on its own dates.
    const walk = [...counted(answersOver([...stopped.each, ...free.each], carried, plan.at), count)];
    const lifting: Lifting = {
      ...{ ...plan.unsure, explain },
      leaving(hold, at) {
        const { each, explaining } = alone(hold);
        const [before, after] = [each[0].answer(carried, at), each[1].answer(carried, at)];
        return { before, after, explain: explaining(carried) };
      },
    };
    const spans = walk.map((span) => spanOnceLifted(span, lifting));
    return withSooner({
      asStopped: changesOver(walk, plan.at, explain.stopped),
      lifted: changesOver(spans, plan.at, explain.free),
    });
  };
}

function simulateTask(
  plan: PreparedSimulation,
  task: SimulationTask,
): { readonly flips: readonly UnnumberedFlip[]; readonly evaluations: number } {
  const alikeCases = new AlikeCases();
  const count = { evaluations: 0 };
  for (const asked of task.ask()) {
    const { question } = asked;
    const changesIn = changesBetween(plan, question, count);
    for (const { carried, names } of askedAlike(plan, asked)) {
      const { asStopped, lifted } = changesIn(carried);
      for (const marking of names) {
        for (const change of asStopped) alikeCases.add(change, { marking, ...question.asked });
        for (const change of lifted) alikeCases.add(change, { marking, ...question.asked, lifted: true });
      }
    }
  }
  return { flips: alikeCases.of(task.subject), evaluations: count.evaluations };
}

/**
 * Does the next slice: at least one subject, and as many more as `keepGoing` allows, which is asked between subjects.
 *
 * @throws SimulationStateError for a state of another plan
 * @throws UnfinishedWalkError where an answer changes on more dates than are followed
 */
export function runSimulation(
  plan: PreparedSimulation,
  state: SimulationState | undefined,
  keepGoing: (done: number, total: number) => boolean,
): SimulationState {
  if (state !== undefined && (state.plan !== plan.digest || state.done > plan.tasks.length))
    throw new SimulationStateError('the stored state belongs to another simulation');
  const flips = [...(state?.flips ?? [])];
  let done = state?.done ?? 0;
  let evaluations = state?.evaluations ?? 0;
  for (const task of plan.tasks.slice(done)) {
    const result = simulateTask(plan, task);
    flips.push(...result.flips);
    evaluations += result.evaluations;
    done += 1;
    if (!keepGoing(done, plan.tasks.length)) break;
  }
  return { plan: plan.digest, done, evaluations, flips };
}

/** @throws SimulationStateError unless every subject was asked about: a report is complete or it is none. */
export function finishSimulation(plan: PreparedSimulation, state: SimulationState): SimulationReport {
  if (state.plan !== plan.digest || state.done !== plan.tasks.length)
    throw new SimulationStateError('the simulation is not complete');
  const flips = numbered(state.flips);
  const toPermit = flips.filter((f) => f.direction === 'to-permit').length;
  return {
    at: new Date(plan.at).toISOString(),
    complete: true,
    questions: plan.questions,
    evaluations: state.evaluations,
    markings: plan.markings,
    unreadable: plan.unreadable,
    changedSinceJudged: plan.changedSinceJudged,
    stops: plan.stops,
    flips,
    toPermit,
    toDeny: flips.length - toPermit,
    flipsDigest: digestOfFlips(flips),
  };
}
