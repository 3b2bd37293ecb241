/** What the members of the AuthZEN Authorization API are, as the guard reads and writes them: docs/authzen.md. */
import { wordsFrom } from './words.ts';

export const AUTHZEN_WORDS = {
  subject: 'The message: `type` is `message`.',
  'SubjectSearchRequest.subject': 'What is looked for: `type` is `message`.',
  action: 'What is to be done: `name` is `route`.',
  resource: 'Over what: a `network`, a `route` or a `path`.',
  'ResourceSearchRequest.resource': 'What is looked for: `type` is `network` or `route`.',
  context:
    'What else the question says: `nonce`, `at`, `registry`, `standards`, `explain`, `supported_obligations`.',
  'Decision.context': 'The rest of the answer, named as in a decision but in snake case.',
  'EvaluationsResponse.context': 'The rest of the answer, named as in a decision but in snake case.',
  type: 'The kind of it.',
  id: 'The id of it.',
  name: 'The name of the action.',
  properties: 'More of it: of a message its `marking` and what goes with it, of a path its `hops`.',
  'page.properties': 'Nothing here is read.',
  'results.properties': 'More of it.',
  decision: 'True: it may be done, under the conditions in the context. False: it must not.',
  evaluations: 'The questions; what one leaves out it takes from the members beside this one.',
  'EvaluationsResponse.evaluations': 'The answers, in the order of the questions.',
  options: 'How the questions are gone through.',
  evaluations_semantic:
    '`execute_all` answers every one; the others stop after the first deny, or the first permit.',
  page: 'Which page.',
  token: 'The `next_token` of the page before; without it, the first page.',
  limit: 'The largest number of results on a page.',
  next_token: 'Where the next page begins; empty on the last.',
  count: 'How many results this page has.',
  total: 'How many there are on all pages, where that is known.',
  results: 'One page of what was found.',
  policy_decision_point: 'The address by which callers know this decision point.',
  access_evaluation_endpoint: 'Where one question is asked.',
  access_evaluations_endpoint: 'Where many are asked at once.',
  search_subject_endpoint: 'Where messages are searched for.',
  search_resource_endpoint: 'Where networks and routes are searched for.',
  search_action_endpoint: 'Where actions are searched for.',
  capabilities: 'What it can do besides, as URNs.',
} as const satisfies Readonly<Record<string, string>>;

export const authzenWords = wordsFrom('openapi/authzen-words.ts', AUTHZEN_WORDS);
