/** The operations of AuthZEN over a decision point that somebody else is: what is read, what is answered. */
import * as z from 'zod/mini';
import type { Api } from './apis.ts';
import { evaluateOne } from './evaluation.ts';
import { evaluateMany, isSingle, questionsOf, withoutSlips } from './evaluations.ts';
import type { Caller, Session } from './pdp.ts';
import { HttpProblem } from './problem.ts';
import { inShape, type Members } from './read-body.ts';
import {
  actionSearchRequest,
  evaluationRequest,
  evaluationsRequest,
  resourceSearchRequest,
  subjectSearchRequest,
} from './requests.ts';
import { actionResult, entityResult } from './responses.ts';
import { type PageSettings, searchPage } from './search.ts';
import { slipIn } from './slips.ts';
import { boundWork, type WorkSettings } from './work.ts';

export interface CallSettings {
  readonly maxEvaluations: number;
  /** What whoever decides reads in `context` and `properties`. */
  readonly members: readonly string[];
  readonly work: WorkSettings;
  readonly pages: PageSettings;
}

/** What is left to do once the request has been read: the value of a 200. */
type ProtocolCall = (session: Session) => Promise<unknown>;

type Prepare = (body: Members, caller: Caller, settings: CallSettings) => ProtocolCall;

const evaluation: Prepare = (body, _caller, { work, members }) => {
  boundWork([body], work);
  noSlip(body, members);
  const request = inShape(evaluationRequest, body);
  return (session) => evaluateOne(session, request);
};

const evaluations: Prepare = (body, caller, settings) => {
  if (isSingle(body)) return evaluation(body, caller, settings);
  const request = inShape(evaluationsRequest, body);
  if (request.evaluations.length > settings.maxEvaluations) {
    throw new HttpProblem(400, 'evaluations has too many items');
  }
  const asked = questionsOf(request);
  boundWork(
    asked.flatMap((question) => (question instanceof HttpProblem ? [] : [question])),
    settings.work,
    body,
  );
  noSlip(body, settings.members);
  const questions = withoutSlips(asked, request.evaluations, settings.members);
  const semantic = request.options?.evaluations_semantic ?? 'execute_all';
  return async (session) => ({ evaluations: await evaluateMany(session, questions, semantic) });
};

const subjectSearch: Prepare = (body, caller, { pages, work, members }) => {
  boundWork([body], work);
  noSlip(body, members);
  const request = inShape(subjectSearchRequest, body);
  return (session) =>
    searchPage(
      (window) => offered(session.searchSubject?.(request, window)),
      onlyOfType(request.subject.type),
      body,
      { api: 'subject-search', caller: caller.id },
      pages,
    );
};

const resourceSearch: Prepare = (body, caller, { pages, work, members }) => {
  boundWork([body], work);
  noSlip(body, members);
  const request = inShape(resourceSearchRequest, body);
  return (session) =>
    searchPage(
      (window) => offered(session.searchResource?.(request, window)),
      onlyOfType(request.resource.type),
      body,
      { api: 'resource-search', caller: caller.id },
      pages,
    );
};

const actionSearch: Prepare = (body, caller, { pages, work, members }) => {
  boundWork([body], work);
  noSlip(body, members);
  const request = inShape(actionSearchRequest, body);
  return (session) =>
    searchPage(
      (window) => offered(session.searchAction?.(request, window)),
      actionResult,
      body,
      { api: 'action-search', caller: caller.id },
      pages,
    );
};

/** Reads as much of a request as can be wrong as a whole (a 400), and returns what is left to do. */
export const PREPARE: { readonly [A in Api]: Prepare } = {
  evaluation,
  evaluations,
  'subject-search': subjectSearch,
  'resource-search': resourceSearch,
  'action-search': actionSearch,
};

/** @throws Problem where a member was meant to be read and is not */
function noSlip(body: Members, members: readonly string[]): void {
  const slip = slipIn(body, members);
  if (slip !== undefined) throw slip;
}

/** Results hold the searched type and no other. */
function onlyOfType(type: string) {
  return entityResult.check(z.refine((result) => result.type === type));
}

function offered<F>(found: F | undefined): F {
  if (found === undefined) throw new HttpProblem(500, 'the search failed');
  return found;
}
