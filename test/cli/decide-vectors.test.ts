/** `routeguard decide` is held to the vectors of the client: it prints a permit and ends with 0 where the client would send. */
import type { ServerResponse } from 'node:http';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { PROCESS_SURROUNDINGS } from '../../client/surroundings.ts';
import { boundText, VECTORS, type Vector } from '../client/vectors.ts';
import { routeguard } from './command.ts';
import { type Guard, weatheredGuard } from './weather.ts';

let guard: Guard;
beforeAll(async () => {
  guard = await weatheredGuard();
  vi.stubEnv('AWS_ENDPOINT_URL_LAMBDA', guard.url);
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'A').stubEnv('AWS_SECRET_ACCESS_KEY', 'B');
});
afterAll(() => {
  vi.unstubAllEnvs();
  return guard.close();
});

/** What the command has no part in: it gives no digest of a message, asks once, over HTTP, with one skew, and its obligations are a person's to perform. */
const asksOnce = ({ asks, client, timing, reply }: Vector) =>
  asks === undefined &&
  client.skewMs === 1_000 &&
  client.alreadySeen.length === 0 &&
  timing.obligationsDoneAt === undefined &&
  reply.failure !== 'unconfigured' &&
  reply.status !== 0;
/** The command prints the text of a reason, and believes no answer that has none. */
const STRICTER: ReadonlySet<string> = new Set(['reasons beside a permit']);
/** Why nothing came that decides this question: exit code 4. */
const NOBODY_DECIDED: ReadonlySet<string> = new Set([
  ...['unreadable', 'duplicate-member', 'another-question', 'unknown-decision'],
  ...['function-error', 'bad-status', 'throttled', 'timed-out', 'unreachable'],
]);
/** True where somebody said no, or gave what may not be acted on. The SDK tells a status of the door before its text. */
function saysNo({ expect: { cause }, reply: { failure, status = 0 } }: Vector): boolean {
  if (failure === undefined && status >= 400) return status < 500 && ![408, 429].includes(status);
  return !NOBODY_DECIDED.has(cause ?? 'denied');
}
const ASKED = VECTORS.filter(asksOnce);

const FAILURES = { throttled: 429, 'timed-out': 504, refused: 403 } as const;

function answers(response: ServerResponse, { reply }: Vector, sent: string): void {
  const { failure, status = 0, functionError, text } = reply;
  if (failure === 'unreachable') return void response.destroy();
  if (failure === 'unconfigured') throw new Error('no guard answers so');
  if (failure !== undefined) return void response.writeHead(FAILURES[failure]).end('{}');
  const crash = typeof functionError === 'string' ? { 'x-amz-function-error': functionError } : {};
  response.writeHead(status, crash).end(boundText(sent, text ?? JSON.stringify(reply.answer)));
}

it.each(ASKED)('$name', async (vector) => {
  const { client, timing, expect: expected } = vector;
  guard.weather = (response) => answers(response, vector, guard.heard.at(-1)?.body ?? '');
  const able = Object.keys(client.performs).filter((type) => client.performs[type] === 'done');
  vi.spyOn(PROCESS_SURROUNDINGS, 'now')
    .mockReturnValueOnce(Date.parse(timing.sentAt))
    .mockReturnValue(Date.parse(timing.receivedAt));
  vi.spyOn(PROCESS_SURROUNDINGS, 'monotonic').mockReturnValueOnce(0).mockReturnValue(timing.elapsedMs);
  const { code, out } = await routeguard(
    ...[
      'decide',
      '--marking',
      'SECRET//NOFORN',
      '--route',
      'sms-gb-primary',
      '--json',
      ...['--function', 'decide', '--region', 'us-east-1'],
    ],
    // An obligation without a name is none that anybody could say they discharge.
    ...able.filter((type) => type !== '').flatMap((type) => ['--supports', type]),
    ...(client.maxLeaseSeconds === undefined ? [] : ['--max-lease', String(client.maxLeaseSeconds)]),
  ).finally(() => vi.restoreAllMocks());
  const send = expected.send && !STRICTER.has(vector.name);
  const said = JSON.parse(out) as { decision: unknown; retry: unknown };
  const noCode = saysNo(vector) ? 3 : 4;
  expect([code, said.decision]).toEqual([send ? 0 : noCode, send]);
  // A denial is printed as it came; what nobody may act on says whether asking again helps.
  const { status, functionError } = vector.reply;
  if (!expected.send && expected.cause !== 'denied' && status === 200 && functionError === null)
    expect(said.retry).toBe(expected.retry);
});

it('leaves out few vectors, and asks about permits', () => {
  expect(VECTORS.length - ASKED.length).toBeLessThan(23);
  expect(ASKED.filter((vector) => vector.expect.send).length).toBeGreaterThan(20);
});
