import { bestPathRequest, bestPathResponse, reasonsResponse } from '../functions/access/best-path-request.ts';
import { answer } from '../functions/core/decision/answer-schema.ts';
import { decisionRequest } from '../functions/core/request.ts';
import { explainedAnswer } from '../functions/explain/answer-schema.ts';
import { EXAMPLE_QUESTIONS, SAID, UNAVAILABLE } from './decision-examples.ts';
import { decisionWords } from './decision-words.ts';
import type { ApiOperation } from './operation.ts';
import { ANOTHER_METHOD, NOT_AUTHENTICATED, TOO_LARGE } from './own-errors.ts';

const ANSWER = { name: 'Answer', schema: answer };
const REASONS = { name: 'Reasons', schema: reasonsResponse };
const common = { method: 'post', tag: 'Decisions', words: decisionWords } as const;
const deciding = {
  errors: {
    '400': {
      ...ANSWER,
      means: 'The request could not be read. An answer that denies, with the reasons.',
      example: SAID.unread,
    },
    '500': TOO_LARGE,
  },
} as const;

/** The guard's own operations, beside AuthZEN. Requests are strict: an unknown member is refused. */
export const NATIVE_OPERATIONS: readonly ApiOperation[] = [
  {
    ...common,
    ...deciding,
    path: '/v1/decide',
    operationId: 'decide',
    summary: 'May this message be routed over this path?',
    description:
      'A refusal is an answer, and a 200. Whoever acts on an answer keeps the contract of docs/pep-contract.md; every other status is a refusal.',
    request: { name: 'DecisionRequest', schema: decisionRequest, example: EXAMPLE_QUESTIONS.decide },
    responses: { '200': { ...ANSWER, example: SAID.decide } },
    gateway: ['400', '401'],
  },
  {
    ...common,
    path: '/v1/best-path',
    operationId: 'bestPath',
    summary:
      'Which of these paths, or of all registered routes, may carry this message, and what is missing on the others?',
    description: 'Advice: no part of it is a permit. An incomplete answer is never given.',
    request: { name: 'BestPathRequest', schema: bestPathRequest, example: EXAMPLE_QUESTIONS.bestPath },
    responses: {
      '200': { name: 'BestPathResponse', schema: bestPathResponse, example: SAID.bestPath },
    },
    errors: {
      '400': {
        ...REASONS,
        means: 'The question is malformed, or more work than one request may ask for.',
        example: SAID.noPaths,
      },
      '401': NOT_AUTHENTICATED,
      '405': ANOTHER_METHOD,
      '500': TOO_LARGE,
      '503': { ...REASONS, means: 'There is no complete answer.', example: UNAVAILABLE },
    },
    gateway: ['401'],
  },
  {
    ...common,
    ...deciding,
    path: '/v1/audit/explain',
    operationId: 'explain',
    summary: 'A decision explained in full, for auditors: repairs, the highest label, the next change.',
    description:
      'It names vendors, facts and figures, which no other door does. It decides as every other door.',
    request: { name: 'DecisionRequest', schema: decisionRequest, example: EXAMPLE_QUESTIONS.explain },
    responses: {
      '200': { name: 'ExplainedAnswer', schema: explainedAnswer, example: SAID.explain },
    },
    gateway: [],
  },
];
