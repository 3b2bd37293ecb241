/** Who asks and where, from what API Gateway wrote and from nothing else. */
import { describe, expect, it } from 'vitest';
import { arrivalOf } from '../../functions/access/arrival.ts';
import { permittedOf } from '../../functions/access/listed.ts';
import { searchLine } from '../../functions/access/search-line.ts';
import { CALLER, REQUEST_ID, restEvent } from '../doors/rest-event.ts';

const SUB = { claims: { sub: 'subject-1' } };

function arrival(callerFrom: 'iam' | 'authorizer', userArn: string | null, authorizer?: object) {
  const event = restEvent('/access/v1/evaluation', { caller: userArn });
  const requestContext = { ...event.requestContext, authorizer } as typeof event.requestContext;
  return arrivalOf({ ...event, requestContext }, { callerFrom, identifier: undefined });
}

describe('the caller', () => {
  it.each([
    ['iam', CALLER, undefined, CALLER],
    ['iam', CALLER, { principalId: 'other' }, CALLER],
    ['iam', null, { principalId: 'other' }, undefined],
    ['iam', '', undefined, undefined],
    ['authorizer', CALLER, { principalId: 'principal-1' }, 'principal-1'],
    ['authorizer', CALLER, { principalId: 'principal-1', ...SUB }, 'principal-1'],
    ['authorizer', CALLER, SUB, 'subject-1'],
    ['authorizer', CALLER, { principalId: '', ...SUB }, 'subject-1'],
    ['authorizer', CALLER, { principalId: 7, claims: { sub: {} } }, undefined],
    ['authorizer', CALLER, undefined, undefined],
  ] as const)('from %s with %j and %j is %j', (from, arn, authorizer, caller) => {
    expect(arrival(from, arn, authorizer).caller).toBe(caller);
  });
});

describe('the place', () => {
  it.each([
    ['/guard/access/v1/evaluation', 'https://d.example/guard'],
    ['/access/v1/evaluation', 'https://d.example'],
    ['/elsewhere/and/quite/long/enough', 'https://d.example'],
  ])('of the path %s is %s', (path, identifier) => {
    const event = restEvent('/access/v1/evaluation', {});
    const requestContext = { ...event.requestContext, path, domainName: 'd.example' };
    const settings = { callerFrom: 'iam', identifier: undefined } as const;
    expect(arrivalOf({ ...event, requestContext }, settings).identifier).toBe(identifier);
  });

  it('is the resource under the address the caller used', () => {
    expect(arrival('iam', CALLER)).toEqual({
      path: '/access/v1/evaluation',
      caller: CALLER,
      requestId: REQUEST_ID,
      identifier: 'https://abc.execute-api.eu-west-2.amazonaws.com/guard',
    });
  });

  it('is what the deployment says, where it says so', () => {
    const identifier = 'https://pdp.example/tenant';
    const event = restEvent('/access/v1/evaluation');
    expect(arrivalOf(event, { callerFrom: 'iam', identifier }).identifier).toBe(identifier);
  });
});

describe('a search over a list', () => {
  const all = [1, 2, 3, 4, 5, 6];
  const even = async (n: number) => n % 2 === 0;

  it.each([
    [undefined, 9, false, [2, 4, 6], undefined],
    [undefined, 2, false, [2, 4], '4'],
    [undefined, 3, false, [2, 4, 6], undefined],
    ['4', 9, false, [6], undefined],
    ['6', 9, false, [], undefined],
    ['canary', 9, false, [2, 4, 6], undefined],
    ['-1', 9, false, [2, 4, 6], undefined],
    ['x4', 9, false, [2, 4, 6], undefined],
    ['4x', 9, false, [2, 4, 6], undefined],
    [undefined, 9, true, [], '1'],
    ['1', 9, true, [2], '2'],
  ])('from %j, at most %i, out of time %j: %j and on from %j', async (cursor, limit, late, results, next) => {
    const window = { limit, outOfTime: () => late, ...(cursor !== undefined && { cursor }) };
    expect(await permittedOf(all, window, even)).toEqual({ results, ...(next !== undefined && { next }) });
  });
});

it.each(['x y', 'a b-1', 'ok!', '', 'a'.repeat(65)])('a line of a search holds nothing like %j', (odd) => {
  const what = { searched: 'resource', results: 1, complete: true } as const;
  expect(searchLine(what, { caller: odd, requestId: odd }, {})).toEqual({
    event: 'search',
    schema: 1,
    Service: 'routeguard',
    ...what,
    caller: 'unrecognised',
  });
});
