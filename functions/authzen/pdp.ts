import type { Members } from './read-body.ts';
import type {
  ActionSearchRequest,
  EvaluationRequest,
  ResourceSearchRequest,
  SubjectSearchRequest,
} from './requests.ts';
import type { ActionResult, Decision, EntityResult } from './responses.ts';

/** Which part of all results is wanted. */
export interface PageWindow {
  /** Where the page before ended, in the searcher's own words; absent for the first page. */
  readonly cursor?: string;
  /** At most this many; at least 1. */
  readonly limit: number;
}

/** One page. A search has a stable order, and never leaves out a result without saying so in `next`. */
export interface FoundPage<R> {
  readonly results: readonly R[];
  /** Where to go on; absent where these were the last. */
  readonly next?: string;
  /** Results in all pages, where it is known. */
  readonly total?: number;
}

/** What decides, for the length of one HTTP request. A callback that throws is a 500, or a denied item of a batch. */
export interface Session {
  evaluate(request: EvaluationRequest): Promise<Decision> | Decision;
  searchSubject?(
    request: SubjectSearchRequest,
    window: PageWindow,
  ): Promise<FoundPage<EntityResult>> | FoundPage<EntityResult>;
  searchResource?(
    request: ResourceSearchRequest,
    window: PageWindow,
  ): Promise<FoundPage<EntityResult>> | FoundPage<EntityResult>;
  searchAction?(
    request: ActionSearchRequest,
    window: PageWindow,
  ): Promise<FoundPage<ActionResult>> | FoundPage<ActionResult>;
}

/** Who is asking, as far as the door knows. */
export interface Caller {
  /** Pages belong to the caller they were made for. Empty where the door knows nobody. */
  readonly id: string;
}

/** A policy decision point. */
export interface Pdp {
  /** Members it reads in `context` and `properties`: what looks like one elsewhere is refused. @default none */
  readonly members?: readonly string[];
  /** Steps of work a question takes, from its members as they came and with shapes nobody has checked. @default 1 */
  readonly stepsOf?: (question: Members) => number;
  /**
   * Called once for each well-formed HTTP request, before anything is decided: a batch is decided on one state of
   * the world, in one read of it.
   */
  open(caller: Caller): Promise<Session> | Session;
}

/**
 * Cuts one page out of a complete list in a stable order. The cursor is the key of the last result, so that a
 * result that appears or goes between two pages moves no other.
 *
 * @param keyOf unique, and ascending over the list in code-unit order
 */
export function pageOf<R>(
  all: readonly R[],
  keyOf: (result: R) => string,
  { cursor, limit }: PageWindow,
): FoundPage<R> {
  const rest = cursor === undefined ? all : all.filter((result) => keyOf(result) > cursor);
  const results = rest.slice(0, limit);
  const last = results.at(-1);
  const more = rest.length > results.length && last !== undefined;
  return { results, total: all.length, ...(more ? { next: keyOf(last) } : {}) };
}
