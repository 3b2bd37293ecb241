import { type Person, personOf } from '../core/administration/person.ts';
import { member } from '../core/facts/fact.ts';
import type { EventPlace } from './context.ts';
import { Refusal } from './refusal.ts';

/**
 * The caller, as the event claims it: API Gateway writes it, and so can whoever may invoke the function. It admits to
 * what can only refuse; whatever could permit takes a signature besides.
 *
 * @throws Refusal CALLER_UNKNOWN for anybody but a session of a role of the guard's own account, through its own API
 */
export function callerOf(requestContext: unknown, place: EventPlace): Person {
  const identity = member(requestContext, 'identity');
  const isHere =
    member(requestContext, 'accountId') === place.account && member(requestContext, 'apiId') === place.api;
  const person = isHere
    ? personOf({ userArn: member(identity, 'userArn'), user: member(identity, 'user') }, place.account)
    : undefined;
  if (person === undefined)
    throw new Refusal(
      'CALLER_UNKNOWN',
      'the registry is administered by sessions of IAM roles of its account only',
    );
  return person;
}

/** How commits name a person: `role/session`. */
export function nameOf(person: Person): string {
  return `${person.roleName}/${person.session}`;
}
