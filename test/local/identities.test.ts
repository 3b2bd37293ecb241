/** Who may sign at the local guard and what each may do: the whole closed table, by hand. */
import { expect, it } from 'vitest';
import {
  identities,
  identityByAccessKey,
  mayCall,
  mayInvoke,
  userArn,
} from '../../infra/local/identities.ts';
import { proxyEvent } from '../../infra/local/proxy-event.ts';

const asks = ['/v1/decide', '/v1/best-path', '/access', '/.well-known'];
const administers = ['/v1/registry', '/v1/registry-purge'];

it.each([
  ['caller', 'CALLER', 'message-switch', asks],
  ['auditor', 'AUDITOR', 'olive', [...asks, '/v1/registry', '/v1/audit']],
  ['proposer', 'PROPOSER', 'pat', administers],
  ['approver', 'APPROVER', 'alex', administers],
  ['usa-proposer', 'USAPROPOSER', 'uma', administers],
  ['usa-approver', 'USAAPPROVER', 'ulysses', administers],
  ['gbr-proposer', 'GBRPROPOSER', 'gwen', administers],
  ['gbr-approver', 'GBRAPPROVER', 'george', administers],
  ['releaser', 'RELEASER', 'rosa', []],
])('%s is told apart and may call its own paths alone', (name, key, session, may: readonly string[]) => {
  const who = identities.find((each) => each.name === name);
  if (who === undefined) throw new Error(`there is no ${name}`);
  expect(identityByAccessKey(`LOCAL${key}`)).toBe(who);
  expect(who).toMatchObject({ secretAccessKey: `local-only-${name}`, roleId: `AROALOCAL${key}`, session });
  expect(userArn(who)).toBe(`arn:aws:sts::000000000000:assumed-role/routeguard-${name}/${session}`);
  const paths = [...asks, ...administers, '/v1/audit', '/v1', '/v1/explain', '/'];
  const called = (suffix: string) => paths.filter((path) => mayCall(who, `${path}${suffix}`));
  expect([called('').sort(), called('/x').sort(), called('x')]).toEqual([
    [...may].sort(),
    [...may].sort(),
    [],
  ]);
  const invoked = may.includes('/v1/decide') ? ['decide'] : name === 'releaser' ? ['release-hook'] : [];
  const all = ['decide', 'explain', 'board', 'release-hook', ''];
  expect(all.filter((fn) => mayInvoke(who, fn))).toEqual(invoked);
});

it('there is nobody else', () => {
  expect(identities).toHaveLength(9);
});

it('an event repeats every value of a header or parameter, the last alone, and no empty query or body', () => {
  const [who] = identities;
  if (who === undefined) throw new Error('there are no identities');
  const route = { method: 'GET', path: '/a/{id}', target: '', bodyIsObject: false };
  const event = (query: string) =>
    JSON.parse(
      JSON.stringify(
        proxyEvent(
          { route, pathParameters: { id: '7' } },
          {
            method: 'GET',
            path: '/a/7',
            query: new URLSearchParams(query),
            rawHeaders: ['a', '1', 'a', '2', '__proto__', 'x'],
            body: Buffer.alloc(0),
            sourceIp: '127.0.0.9',
          },
          who,
        ),
      ),
    );
  expect(event('q=1&q=2')).toMatchObject({
    pathParameters: { id: '7' },
    multiValueHeaders: { a: ['1', '2'] },
    queryStringParameters: { q: '2' },
    multiValueQueryStringParameters: { q: ['1', '2'] },
    body: null,
    requestContext: { identity: { sourceIp: '127.0.0.9', userAgent: null } },
  });
  expect(Object.entries(event('').headers)).toEqual([
    ['a', '2'],
    ['__proto__', 'x'],
  ]);
  expect([event('').queryStringParameters, event('').multiValueQueryStringParameters]).toEqual([null, null]);
});
