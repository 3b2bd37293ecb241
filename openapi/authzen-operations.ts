import * as z from 'zod/mini';
import { APIS, WELL_KNOWN } from '../functions/authzen/apis.ts';
import {
  actionSearchRequest,
  evaluationRequest,
  evaluationsRequest,
  resourceSearchRequest,
  subjectSearchRequest,
} from '../functions/authzen/requests.ts';
import {
  actionSearchResponse,
  decision,
  entitySearchResponse,
  errorMessage,
  evaluationsResponse,
  metadataResponse,
} from '../functions/authzen/responses.ts';
import type { ApiOperation } from './document.ts';

const ERRORS = {
  '400':
    'The request is malformed: a required member is missing or wrong, or the body is not a JSON object. Or a member that is not read looks like one that is, a search asks what is wrong, or the request is more work than one may be.',
  '401': 'The caller is not authenticated.',
  '403': 'The caller may not ask. A denied decision is a 200.',
  '405': 'Another method than POST.',
  '500': 'Nothing was decided. Never a permit.',
};

const common = {
  method: 'post',
  tag: 'AuthZEN',
  errors: ERRORS,
  errorBody: { name: 'ErrorMessage', schema: errorMessage },
  echoes: ['X-Request-ID'],
} as const;

/** The code reads the items of a batch one by one, so that each can fail alone; this is what each should be. */
const evaluationsRequestInFull = z.union([
  z.extend(evaluationsRequest, { evaluations: z.array(z.partial(evaluationRequest)) }),
  evaluationRequest,
]);

/** The operations of the AuthZEN binding. */
export const AUTHZEN_OPERATIONS: readonly ApiOperation[] = [
  {
    ...common,
    path: APIS.evaluation.path,
    operationId: 'evaluate',
    summary: 'May this subject do this action to this resource?',
    request: { name: 'EvaluationRequest', schema: evaluationRequest },
    responses: { '200': { name: 'Decision', schema: decision } },
  },
  {
    ...common,
    path: APIS.evaluations.path,
    operationId: 'evaluateMany',
    summary:
      'Many evaluations at once. Without `evaluations`, or with none, a single evaluation and its answer.',
    request: { name: 'EvaluationsRequest', schema: evaluationsRequestInFull },
    responses: { '200': { name: 'EvaluationsResponse', schema: z.union([evaluationsResponse, decision]) } },
  },
  {
    ...common,
    path: APIS['subject-search'].path,
    operationId: 'searchSubjects',
    summary: 'Which subjects may do this action to this resource?',
    request: { name: 'SubjectSearchRequest', schema: subjectSearchRequest },
    responses: { '200': { name: 'EntitySearchResponse', schema: entitySearchResponse } },
  },
  {
    ...common,
    path: APIS['resource-search'].path,
    operationId: 'searchResources',
    summary: 'To which resources may this subject do this action?',
    request: { name: 'ResourceSearchRequest', schema: resourceSearchRequest },
    responses: { '200': { name: 'EntitySearchResponse', schema: entitySearchResponse } },
  },
  {
    ...common,
    path: APIS['action-search'].path,
    operationId: 'searchActions',
    summary: 'Which actions may this subject do to this resource?',
    request: { name: 'ActionSearchRequest', schema: actionSearchRequest },
    responses: { '200': { name: 'ActionSearchResponse', schema: actionSearchResponse } },
  },
  {
    ...common,
    method: 'get',
    path: WELL_KNOWN,
    operationId: 'discover',
    summary: 'What this decision point offers, and where.',
    responses: { '200': { name: 'Metadata', schema: metadataResponse } },
    errors: { '405': 'Another method than GET.' },
  },
];
