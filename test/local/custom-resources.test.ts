/** A custom resource that is not made stops the start, with what CloudFormation would say. */
import { expect, it } from 'vitest';
import { type FixtureOptions, startFixtureGuard } from './guard-fixture.ts';

const NOTHING = 'CloudFormation did not receive a response from your Custom Resource';
const PUT = "method: 'PUT'";

it.each<[what: string, fixture: FixtureOptions, said: string]>([
  [
    'it fails',
    { answer: { Status: 'FAILED', Reason: 'no such key' } },
    'Received response status [FAILED] from custom resource. Message returned: no such key',
  ],
  ['nobody answers', { source: ['return answer(event)', 'return'] }, NOTHING],
  ['its function throws', { source: ['return answer(event)', "throw new Error('x')"] }, NOTHING],
  ['it answers another request', { answer: { RequestId: 'another' } }, NOTHING],
  ['it answers for another resource', { answer: { LogicalResourceId: 'another' } }, NOTHING],
  ['it answers another stack', { answer: { StackId: 'another' } }, NOTHING],
  ['the answer is too long', { answer: { Data: { PublicKey: 'x'.repeat(4096) } } }, NOTHING],
  ['the answer is sent otherwise', { source: [PUT, "method: 'POST'"] }, NOTHING],
  [
    'the answer has a type that was not signed',
    { source: ["'content-type': ''", "'content-type': 'x'"] },
    NOTHING,
  ],
  ['it has no name', { answer: { PhysicalResourceId: '' } }, 'Invalid PhysicalResourceId'],
  ['it says nothing of the attribute', { answer: { Data: {} } }, 'PublicKey has no local value'],
])('when %s', async (_what, fixture, said) => {
  const start = startFixtureGuard({ ...fixture, empty: true });
  await expect(start).rejects.toThrow(said);
});
