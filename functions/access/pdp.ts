/** The guard as an AuthZEN decision point. One HTTP request is decided on one read of HEAD. */
import type { Found, Pdp, Session, Window } from '../authzen/pdp.ts';
import { Problem } from '../authzen/problem.ts';
import type {
  ActionSearchRequest,
  EvaluationRequest,
  ResourceSearchRequest,
  SubjectSearchRequest,
} from '../authzen/requests.ts';
import type { ActionResult, Decision, EntityResult } from '../authzen/responses.ts';
import { isHypothetical } from '../core/decision/hypothetical.ts';
import { classOfReason } from '../core/decision/reasons.ts';
import type { Guard } from '../decide/guard.ts';
import { labelOf } from '../decide/label-of.ts';
import { oneHead } from '../decide/one-head.ts';
import type { Recording } from '../decide/record.ts';
import { newTrace } from '../decide/trace.ts';
import type { SnapshotReader } from '../store/registry-reader.ts';
import { decisionOf, misfitDecision, sentenceOfMisfit } from './authzen-decision.ts';
import { ACTION, type Misfit, openRequestFor, requestFor } from './authzen-request.ts';
import { catalogueOf } from './catalogue.ts';
import { permittedOf } from './listed.ts';
import { type OpenQuestion, searchCarriers } from './search.ts';
import { stepsOfQuestion } from './work.ts';

/** A message somebody may want to ask about: a published, finite list, so that subject search is complete. */
export interface MarkingProfile {
  readonly id: string;
  readonly marking: string;
  readonly markingFormat?: string;
  readonly originator?: string;
}

/** What a search came to, for the record: how much of the policy was shown, and nothing of the question. */
export interface Searched {
  readonly searched: 'subject' | 'resource' | 'action';
  readonly results: number;
  readonly complete: boolean;
}

export interface GuardPdpOptions {
  readonly guard: Guard;
  readonly reader: SnapshotReader;
  readonly profiles: readonly MarkingProfile[];
  /** Epoch milliseconds. */
  readonly clock: () => number;
  /** Milliseconds a page of a search may take before it says where to go on. */
  readonly searchMs: number;
  /** Called once for each evaluation, before it; its line is written when the answer is there. */
  readonly startRecording: () => Recording;
  /** Called once for each search. */
  readonly searched: (what: Searched) => void;
}

const NOTHING: Found<never> = { results: [] };

/**
 * What cannot be searched for at all. A type nobody has is an empty answer, as the specification wants it; a question
 * that is wrong is an error, because an empty list would read as "nothing may carry this".
 */
function refuseSearch(misfit: Misfit): Found<never> {
  switch (misfit) {
    case 'SUBJECT_TYPE_UNKNOWN':
    case 'ACTION_UNKNOWN':
    case 'RESOURCE_TYPE_UNKNOWN':
      return NOTHING;
    case 'CONTEXT_MEMBER_UNKNOWN':
    case 'QUESTION_INVALID':
      throw new Problem(400, sentenceOfMisfit(misfit));
    default:
      return misfit satisfies never;
  }
}

/** A hypothetical hit would not be true when asked singly. */
function refuseHypothetical(request: OpenQuestion['request']): void {
  if (isHypothetical(request))
    throw new Problem(400, 'a search is about now: at and registry.exact are for single questions');
}

export function guardPdp(options: GuardPdpOptions): Pdp {
  return { stepsOf: stepsOfQuestion, open: () => sessionOf(options) };
}

function sessionOf(options: GuardPdpOptions): Session {
  const open = oneHead(options.reader);
  const decisions = options.guard.session(open);

  async function evaluate(question: EvaluationRequest): Promise<Decision> {
    const understood = requestFor(question);
    if (!understood.ok) return misfitDecision(understood.misfit);
    const recording = options.startRecording();
    const answer = await decisions.decideValue(understood.value, recording.trace);
    recording.done(answer);
    return decisionOf(answer);
  }

  /**
   * Candidates of a search are asked about as anybody would, but nobody's traffic depends on them: no line each. One
   * that the registry could not be read for is no miss: the list would pass for complete.
   */
  async function may(question: EvaluationRequest): Promise<boolean> {
    const understood = requestFor(question);
    if (!understood.ok) return false;
    const trace = newTrace();
    const answer = await decisions.decideValue(understood.value, trace);
    const isUnanswered = trace.reasons.some(({ code }) => classOfReason(code) !== 'invalid');
    if (answer.registry === undefined && isUnanswered) throw new Problem(500, 'the search failed');
    return decisionOf(answer).decision;
  }

  function windowOf(window: Window) {
    const stopAt = options.clock() + options.searchMs;
    return { ...window, outOfTime: () => options.clock() >= stopAt };
  }

  /** A search that fails has shown nothing, and is noted like one that was cut short. */
  async function noted<R>(
    searched: Searched['searched'],
    search: () => Promise<Found<R>>,
  ): Promise<Found<R>> {
    let found: Found<R> | undefined;
    try {
      found = await search();
      return found;
    } finally {
      const complete = found !== undefined && found.next === undefined;
      options.searched({ searched, results: found?.results.length ?? 0, complete });
    }
  }

  async function carriers(search: ResourceSearchRequest, window: Window): Promise<Found<EntityResult>> {
    const { type } = search.resource;
    const read = openRequestFor(search);
    if (!read.ok) return refuseSearch(read.misfit);
    if (type !== 'network' && type !== 'route') return NOTHING;
    refuseHypothetical(read.request);
    const { request } = read;
    const at = options.clock();
    const label = labelOf(request.message, at);
    // What nobody can read may travel nowhere.
    if (!label.ok) return NOTHING;
    const catalogue = await catalogueOf(await open(request.registry ?? {}));
    const page = searchCarriers(catalogue, { request, read: label, at }, type, windowOf(window));
    return {
      results: page.hits.map((hit) => ({ ...hit })),
      ...(page.next !== undefined && { next: page.next }),
    };
  }

  async function actions(
    { subject, resource, context }: ActionSearchRequest,
    window: Window,
  ): Promise<Found<ActionResult>> {
    const asked = { subject, resource, ...(context !== undefined && { context }) };
    const read = openRequestFor({ ...asked, action: { name: ACTION } });
    if (!read.ok) return refuseSearch(read.misfit);
    refuseHypothetical(read.request);
    const catalogue = await catalogueOf(await open(read.request.registry ?? {}));
    const candidates: readonly ActionResult[] = [
      { name: ACTION },
      ...catalogue.ids.protection.flatMap((registration) => {
        const scheme = catalogue.protection(registration)?.protection.fact.scheme;
        if (scheme === undefined) return [];
        return [{ name: ACTION, properties: { protection: { scheme, registration } } }];
      }),
    ];
    return permittedOf(candidates, windowOf(window), (action) => may({ ...asked, action }));
  }

  async function subjects(
    { subject, action, resource, context }: SubjectSearchRequest,
    window: Window,
  ): Promise<Found<EntityResult>> {
    const asked = { action, resource, ...(context !== undefined && { context }) };
    if (subject.type !== 'message') return NOTHING;
    const candidates = options.profiles.map(({ id, ...properties }) => ({
      type: 'message',
      id,
      properties,
    }));
    const [first] = candidates;
    if (first !== undefined) {
      const read = openRequestFor({ subject: first, action, ...(context !== undefined && { context }) });
      if (!read.ok) return refuseSearch(read.misfit);
      refuseHypothetical(read.request);
    }
    return permittedOf(candidates, windowOf(window), (candidate) => may({ subject: candidate, ...asked }));
  }

  return {
    evaluate,
    searchResource: (search, window) => noted('resource', () => carriers(search, window)),
    searchAction: (search, window) => noted('action', () => actions(search, window)),
    searchSubject: (search, window) => noted('subject', () => subjects(search, window)),
  };
}
