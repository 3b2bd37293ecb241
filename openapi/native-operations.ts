import { bestPathRequest, bestPathResponse, reasonsResponse } from '../functions/access/best-path-request.ts';
import { answer } from '../functions/core/decision/answer-schema.ts';
import { decisionRequest } from '../functions/core/request.ts';
import { explainedAnswer } from '../functions/explain/answer-schema.ts';
import type { ApiOperation } from './document.ts';

const UNREADABLE = 'The request could not be read. An answer that denies, with the reasons.';

/** The guard's own operations, beside AuthZEN. Requests are strict: an unknown member is refused. */
export const NATIVE_OPERATIONS: readonly ApiOperation[] = [
  {
    method: 'post',
    tag: 'Decisions',
    path: '/v1/decide',
    operationId: 'decide',
    summary: 'May this message be routed over this path?',
    request: { name: 'DecisionRequest', schema: decisionRequest },
    responses: { '200': { name: 'Answer', schema: answer } },
    errors: { '400': UNREADABLE },
    errorBody: { name: 'Answer', schema: answer },
  },
  {
    method: 'post',
    tag: 'Decisions',
    path: '/v1/best-path',
    operationId: 'bestPath',
    summary:
      'Which of these paths, or of all registered routes, may carry this message, and what is missing on the others? Advice: no part of it is a permit.',
    request: { name: 'BestPathRequest', schema: bestPathRequest },
    responses: { '200': { name: 'BestPathResponse', schema: bestPathResponse } },
    errors: {
      '400': 'The question is malformed, or more work than one request may ask for.',
      '401': 'The caller is not authenticated.',
      '405': 'Another method than POST.',
      '503': 'There is no complete answer.',
    },
    errorBody: { name: 'Reasons', schema: reasonsResponse },
  },
  {
    method: 'post',
    tag: 'Decisions',
    path: '/v1/audit/explain',
    operationId: 'explain',
    summary: 'A decision explained in full, for auditors: repairs, the highest label, the next change.',
    request: { name: 'DecisionRequest', schema: decisionRequest },
    responses: { '200': { name: 'ExplainedAnswer', schema: explainedAnswer } },
    errors: { '400': UNREADABLE },
    errorBody: { name: 'Answer', schema: answer },
  },
];
