import { type Person, personOf } from '../core/administration/person.ts';
import { Refusal } from './refusal.ts';

/**
 * The caller, from the request context that API Gateway wrote: the one place a caller cannot write to.
 *
 * @throws Refusal CALLER_UNKNOWN for anybody but a session of a role of this API's own account
 */
export function callerOf(requestContext: unknown): Person {
  const identity = member(requestContext, 'identity');
  const account = member(requestContext, 'accountId');
  const person =
    typeof account === 'string'
      ? personOf({ userArn: member(identity, 'userArn'), user: member(identity, 'user') }, account)
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

function member(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? (value as Readonly<Record<string, unknown>>)[name]
    : undefined;
}
