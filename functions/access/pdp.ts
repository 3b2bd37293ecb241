/** The guard as an AuthZEN decision point. One HTTP request is decided on one read of HEAD. */
import type { FoundPage, PageWindow, Pdp, Session } from '../authzen/pdp.ts';
import { HttpProblem } from '../authzen/problem.ts';
import type {
  ActionSearchRequest,
  EvaluationRequest,
  ResourceSearchRequest,
  SubjectSearchRequest,
} from '../authzen/requests.ts';
import type { ActionResult, Decision, EntityResult } from '../authzen/responses.ts';
import { boundTo } from '../core/decision/question-binding.ts';
import { classOfReason } from '../core/decision/reasons.ts';
import type { Guard } from '../decide/guard.ts';
import { oneHead } from '../decide/one-head.ts';
import type { DecisionRecording } from '../decide/record.ts';
import { newTrace } from '../decide/trace.ts';
import type { SnapshotReader } from '../store/registry-reader.ts';
import { decisionOf, misfitDecision, sentenceOfMisfit } from './authzen-decision.ts';
import { ACTION, OWN_MEMBERS, requestFor } from './authzen-request.ts';
import { catalogueOf } from './catalogue.ts';
import { permittedOf } from './listed.ts';
import { searchCarriers } from './search.ts';
import { readableLabel, refuseFault, refuseUnknownTunnel, searched } from './search-question.ts';
import { stepsOfQuestion } from './work.ts';

/** A message somebody may want to ask about: a published, finite list, so that subject search is complete. */
interface SearchProfile {
  readonly id: string;
  readonly marking: string;
  readonly markingFormat?: string;
  readonly originator?: string;
}

/** What a search came to, for the record: how much of the policy was shown, and nothing of the question. */
interface SearchRecord {
  readonly searched: 'subject' | 'resource' | 'action';
  readonly results: number;
  readonly complete: boolean;
}

export interface GuardPdpOptions {
  readonly guard: Guard;
  readonly reader: SnapshotReader;
  readonly profiles: readonly SearchProfile[];
  /** Epoch milliseconds. */
  readonly clock: () => number;
  /** Milliseconds a page of a search may take before it says where to go on. */
  readonly searchMs: number;
  /** Called once for each evaluation, before it; its line is written when the answer is there. */
  readonly startRecording: () => DecisionRecording;
  /** Called once for each search. */
  readonly searched: (what: SearchRecord) => void;
}

const NOTHING: FoundPage<never> = { results: [] };

export function guardPdp(options: GuardPdpOptions): Pdp {
  return { members: OWN_MEMBERS, stepsOf: stepsOfQuestion, open: () => sessionOf(options) };
}

function sessionOf(options: GuardPdpOptions): Session {
  const open = oneHead(options.reader);

  async function evaluate(question: EvaluationRequest): Promise<Decision> {
    const understood = requestFor(question);
    const recording = options.startRecording();
    if (!understood.ok) {
      const said = { nonce: question.context?.['nonce'], message: question.subject.properties };
      return misfitDecision(understood.misfit, boundTo(recording.trace.question, said));
    }
    const answer = await options.guard.decideValue(understood.value, recording.trace, open);
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
    const answer = await options.guard.decideValue(understood.value, trace, open);
    refuseFault(trace.reasons, question.context?.['standards']);
    const isUnanswered = trace.reasons.some(({ code }) => classOfReason(code) !== 'invalid');
    if (answer.registry === undefined && isUnanswered) throw new HttpProblem(500, 'the search failed');
    return decisionOf(answer).decision;
  }

  function windowOf(window: PageWindow) {
    const stopAt = options.clock() + options.searchMs;
    return { ...window, outOfTime: () => options.clock() >= stopAt };
  }

  /** A search that fails has shown nothing, and is noted like one that was cut short. */
  async function noted<R>(
    searched: SearchRecord['searched'],
    search: () => Promise<FoundPage<R>>,
  ): Promise<FoundPage<R>> {
    let found: FoundPage<R> | undefined;
    try {
      found = await search();
      return found;
    } finally {
      const complete = found !== undefined && found.next === undefined;
      options.searched({ searched, results: found?.results.length ?? 0, complete });
    }
  }

  async function carriers(
    search: ResourceSearchRequest,
    window: PageWindow,
  ): Promise<FoundPage<EntityResult>> {
    const { type, properties } = search.resource;
    // Whatever is searched for, the question is read as one about a route.
    const some = { type: 'route', id: 'any', ...(properties !== undefined && { properties }) };
    const request = searched({ ...search, resource: some });
    if (request === undefined || (type !== 'network' && type !== 'route')) return NOTHING;
    const at = options.clock();
    const read = readableLabel(request, at);
    const catalogue = await catalogueOf(await open(request.registry ?? {}));
    const page = searchCarriers(catalogue, { request, read, at }, type, windowOf(window));
    // What was permitted when the search began may be over at its end.
    if (!(options.clock() < page.until)) throw new HttpProblem(500, 'the search failed');
    if (page.hits.length === 0 && page.next === undefined && window.cursor === undefined)
      refuseUnknownTunnel(request, catalogue, at);
    return {
      results: page.hits.map((hit) => ({ ...hit })),
      ...(page.next !== undefined && { next: page.next }),
    };
  }

  async function actions(
    { subject, resource, context }: ActionSearchRequest,
    window: PageWindow,
  ): Promise<FoundPage<ActionResult>> {
    const asked = { subject, resource, ...(context !== undefined && { context }) };
    const request = searched({ ...asked, action: { name: ACTION } });
    if (request === undefined) return NOTHING;
    readableLabel(request, options.clock());
    const catalogue = await catalogueOf(await open(request.registry ?? {}));
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
    window: PageWindow,
  ): Promise<FoundPage<EntityResult>> {
    const asked = { action, resource, ...(context !== undefined && { context }) };
    if (subject.type !== 'message') return NOTHING;
    if (Object.keys(subject.properties ?? {}).length > 0)
      throw new HttpProblem(400, sentenceOfMisfit('PROPERTY_UNKNOWN'));
    const candidates = options.profiles.map(({ id, ...properties }) => ({
      type: 'message',
      id,
      properties,
    }));
    const [first] = candidates;
    if (first === undefined || searched({ subject: first, ...asked }) === undefined) return NOTHING;
    return permittedOf(candidates, windowOf(window), (candidate) => may({ subject: candidate, ...asked }));
  }

  return {
    evaluate,
    searchResource: (search, window) => noted('resource', () => carriers(search, window)),
    searchAction: (search, window) => noted('action', () => actions(search, window)),
    searchSubject: (search, window) => noted('subject', () => subjects(search, window)),
  };
}
