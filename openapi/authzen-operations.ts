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
  evaluationsResponse,
  metadataResponse,
} from '../functions/authzen/responses.ts';
import { authzenWords } from './authzen-words.ts';
import { EXAMPLE_QUESTIONS, SAID } from './decision-examples.ts';
import type { ApiOperation } from './operation.ts';
import { ANOTHER_METHOD, NOT_AUTHENTICATED, sentence } from './own-errors.ts';

const ERRORS = {
  '400': sentence(
    'The request is malformed: a required member is missing or wrong, or the body is not a JSON object. Or a member that is not read looks like one that is, a search asks what is wrong, or the request is more work than one may be.',
    'resource is missing or wrong',
  ),
  '401': NOT_AUTHENTICATED,
  '403': sentence('The caller may not ask. A denied decision is a 200.', 'this caller may not ask'),
  '405': ANOTHER_METHOD,
  '500': sentence('Nothing was decided. Never a permit.', 'the request could not be processed'),
} as const;

const common = {
  method: 'post',
  tag: 'AuthZEN',
  words: authzenWords,
  errors: ERRORS,
  gateway: ['401'],
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
    description:
      'A message, routed over a network, a route or a path: the same decision as `decide`, under another name.',
    request: { name: 'EvaluationRequest', schema: evaluationRequest, example: EXAMPLE_QUESTIONS.evaluate },
    responses: { '200': { name: 'Decision', schema: decision, example: SAID.evaluate } },
  },
  {
    ...common,
    path: APIS.evaluations.path,
    operationId: 'evaluateMany',
    summary:
      'Many evaluations at once. Without `evaluations`, or with none, a single evaluation and its answer.',
    description:
      'All on one version of the registry. What fails is denied in its place; nothing stops half way for it.',
    request: {
      name: 'EvaluationsRequest',
      schema: evaluationsRequestInFull,
      example: EXAMPLE_QUESTIONS.evaluateMany,
    },
    responses: {
      '200': {
        name: 'EvaluationsResponse',
        schema: z.union([evaluationsResponse, decision]),
        example: SAID.evaluateMany,
      },
    },
  },
  {
    ...common,
    path: APIS['subject-search'].path,
    operationId: 'searchSubjects',
    summary: 'Which subjects may do this action to this resource?',
    description:
      'Messages are nobody’s to list: what is found are the markings that the guard knows as examples, as messages.',
    request: {
      name: 'SubjectSearchRequest',
      schema: subjectSearchRequest,
      example: EXAMPLE_QUESTIONS.searchSubjects,
    },
    responses: {
      '200': { name: 'EntitySearchResponse', schema: entitySearchResponse, example: SAID.searchSubjects },
    },
  },
  {
    ...common,
    path: APIS['resource-search'].path,
    operationId: 'searchResources',
    summary: 'To which resources may this subject do this action?',
    description:
      'Networks or routes over which this message may be sent now, in pages. To send it, ask about one.',
    request: {
      name: 'ResourceSearchRequest',
      schema: resourceSearchRequest,
      example: EXAMPLE_QUESTIONS.searchResources,
    },
    responses: {
      '200': { name: 'EntitySearchResponse', schema: entitySearchResponse, example: SAID.searchResources },
    },
  },
  {
    ...common,
    path: APIS['action-search'].path,
    operationId: 'searchActions',
    summary: 'Which actions may this subject do to this resource?',
    description: '`route`, or nothing.',
    request: {
      name: 'ActionSearchRequest',
      schema: actionSearchRequest,
      example: EXAMPLE_QUESTIONS.searchActions,
    },
    responses: {
      '200': { name: 'ActionSearchResponse', schema: actionSearchResponse, example: SAID.searchActions },
    },
  },
  {
    ...common,
    method: 'get',
    path: WELL_KNOWN,
    operationId: 'discover',
    summary: 'What this decision point offers, and where.',
    description:
      'A deployment may open it to everybody: it says where things are and nothing of the registry.',
    responses: { '200': { name: 'Metadata', schema: metadataResponse, example: SAID.discover } },
    errors: {
      '401': NOT_AUTHENTICATED,
      '405': sentence('Another method than GET.', 'only GET is possible here'),
      '500': ERRORS['500'],
    },
  },
];
