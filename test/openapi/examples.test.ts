/** What the document shows of a decision is what the deployed functions say to it, over the sample registry, to the last member. */
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { readSampleRegistry } from '../../infra/local/sample-registry.ts';
import { SAID, UNREADABLE } from '../../openapi/decision-examples.ts';
import { type Door, type Doors, startDoors } from '../doors/doors-rig.ts';
import { NOW } from '../doors/expected.ts';
import { restEvent } from '../doors/rest-event.ts';
import { PUBLISHED_OPERATIONS, publishedResponse, wrongInAnswer } from './in-document.ts';

let doors: Doors;
let access: Door;
let audit: Door;
let decide: Door;
beforeAll(async () => {
  vi.useFakeTimers({ toFake: ['Date'], now: Date.parse(NOW) });
  doors = await startDoors(['access', 'decide-http', 'explain'], 2_000, readSampleRegistry());
  access = await doors.fresh('access');
  audit = await doors.fresh('explain');
  decide = await doors.fresh('decide-http');
});
afterAll(async () => {
  await doors.stop();
  vi.useRealTimers();
});

const doorOf = (operationId: string) =>
  operationId === 'decide' ? decide : operationId === 'explain' ? audit : access;

/** An answer, but for what is another in every process: names of answers and of pages, of the build, of a registry by its content. */
function steady(answer: unknown): unknown {
  const names = /^(?:evaluationId|evaluation_id|next_token|build)$/;
  return JSON.parse(JSON.stringify(answer), (key, value: unknown) => {
    if (names.test(key)) return typeof value;
    const isVersion = typeof value === 'object' && value !== null && 'version' in value;
    return isVersion ? { ...value, digest: 'string' } : value;
  });
}

async function asked(operationId: string, path: string, method: string, body: unknown) {
  const event = restEvent(path, { method: method.toUpperCase(), ...(body !== undefined && { body }) });
  const sent = (await doorOf(operationId)(event)) as { readonly statusCode: number; readonly body: string };
  return { status: sent.statusCode, answer: JSON.parse(sent.body) as unknown };
}

const ASKING = PUBLISHED_OPERATIONS.filter(({ tags: [tag] }) => tag === 'AuthZEN' || tag === 'Decisions');

it.each(ASKING.map((operation) => [operation.operationId, operation] as const))(
  '%s',
  async (id, operation) => {
    const { method, path, requestBody } = operation;
    const question = requestBody?.content['application/json'].example;
    const { status, answer } = await asked(id, path, method, question);
    expect(status).toBe(200);
    expect(wrongInAnswer(operation, status, answer)).toBeUndefined();
    const shown = publishedResponse(operation, '200').content['application/json'].example;
    expect(steady(answer)).toEqual(steady(shown));
  },
);

it.each([
  ['decide', '/v1/decide', 'unread'],
  ['bestPath', '/v1/best-path', 'noPaths'],
] as const)('%s, asked what nobody can read', async (id, path, said) => {
  const { status, answer } = await asked(id, path, 'post', UNREADABLE[said]);
  expect([status, steady(answer)]).toEqual([400, steady(SAID[said])]);
});
