/** What of a request the decision depends on: two that agree in it get the same one, of one version at one instant. */
import type { DecisionRequest } from '../request.ts';

type Members<T> = { readonly [M in keyof Required<T>]: boolean };

/** A new member does not compile until it is sorted. What is not certain to leave every decision as it is decides. */
const DECIDES = {
  message: true,
  path: true,
  standards: true,
  supportedObligations: true,
  // About who asks, and how it is told.
  nonce: false,
  explain: false,
  // Which version, and about when, is asked beside: see whoever keeps decisions.
  registry: false,
  at: false,
} as const satisfies Members<DecisionRequest>;

const MESSAGE_DECIDES = {
  marking: true,
  markingFormat: true,
  originator: true,
  protection: true,
  flow: true,
  id: false,
  digest: false,
} as const satisfies Members<DecisionRequest['message']>;

function namesOf<T extends object>(members: Members<T>): readonly (keyof T)[] {
  return (Object.keys(members) as (keyof T)[]).filter((m) => members[m]);
}

const REQUEST_MEMBERS = namesOf<DecisionRequest>(DECIDES).filter((m) => m !== 'message');
const MESSAGE_MEMBERS = namesOf<DecisionRequest['message']>(MESSAGE_DECIDES);

/** One text for all requests that ask the same; another for any that may not. */
export function decidingText(request: DecisionRequest): string {
  const { message } = request;
  return JSON.stringify([MESSAGE_MEMBERS.map((m) => message[m]), REQUEST_MEMBERS.map((m) => request[m])]);
}
