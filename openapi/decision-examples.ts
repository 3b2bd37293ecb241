/**
 * One question for each operation that asks about the sample registry, and what a guard over it says: `decision-answers.json`.
 * A test sends each question to the functions as they are deployed, and finds that answer.
 */
import { sentenceOf } from '../functions/core/decision/reasons.ts';
import said from './decision-answers.json' with { type: 'json' };

const message = { id: 'm-1', marking: 'SECRET//REL TO USA, GBR' };
const nonce = 'fQ3n0w9C2mVb7xKpZt5aLg';
const subject = { type: 'message', id: message.id, properties: { marking: message.marking } };
const action = { name: 'route' };
const PERMITTED = { type: 'route', id: 'sms-gb-primary' };
const REFUSED = { type: 'route', id: 'sms-gb-secondary' };

/** By operation. */
export const EXAMPLE_QUESTIONS = {
  decide: { message, path: { route: PERMITTED.id }, nonce },
  bestPath: { message, paths: [{ route: PERMITTED.id }, { route: REFUSED.id }] },
  explain: { message, path: { route: REFUSED.id }, nonce },
  evaluate: { subject, action, resource: PERMITTED, context: { nonce } },
  evaluateMany: { subject, action, evaluations: [{ resource: PERMITTED }, { resource: REFUSED }] },
  searchSubjects: { subject: { type: 'message' }, action, resource: PERMITTED },
  searchResources: { subject, action, resource: { type: 'route' }, page: { limit: 2 } },
  searchActions: { subject, resource: PERMITTED },
} as const;

/** Questions that nobody can read, by the name of what is said to them. */
export const UNREADABLE = {
  unread: { message, nonce },
  noPaths: { message, paths: [] },
} as const;

export const SAID: Readonly<
  Record<keyof typeof EXAMPLE_QUESTIONS | keyof typeof UNREADABLE | 'discover', object>
> = said;

/** Where there is no complete answer. */
export const UNAVAILABLE = {
  reasons: [{ code: 'REGISTRY_UNAVAILABLE', text: sentenceOf('REGISTRY_UNAVAILABLE') }],
};
