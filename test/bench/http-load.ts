/** Requests at a steady rate, whoever answers however slowly: what waits is counted from when it should have been sent. */
import { Agent, request as send } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ReceivedRequest } from '../../infra/local/sigv4.ts';
import { percentile } from './timing.ts';

export interface Loaded {
  /** Milliseconds. */
  readonly p99: number;
  readonly failed: number;
}

/** @param requests sent in turn */
export async function load(
  port: number,
  requests: readonly ReceivedRequest[],
  { perSecond, seconds }: { readonly perSecond: number; readonly seconds: number },
): Promise<Loaded> {
  const agent = new Agent({ keepAlive: true, maxSockets: 256 });
  const started = performance.now();
  const times: number[] = [];
  let failed = 0;
  const all: Promise<void>[] = [];
  const count = Math.round(perSecond * seconds);
  for (let sent = 0; sent < count; sent += 1) {
    const due = started + (sent * 1000) / perSecond;
    const wait = due - performance.now();
    if (wait > 1) await sleep(wait);
    const request = requests[sent % requests.length];
    if (request === undefined) throw new Error('there is nothing to send');
    all.push(
      answered(port, agent, request).then((isAnswered) => {
        times.push(performance.now() - due);
        if (!isAnswered) failed += 1;
      }),
    );
  }
  await Promise.all(all);
  agent.destroy();
  return { p99: percentile(times, 99), failed };
}

/** True for an answer with 200. */
function answered(
  port: number,
  agent: Agent,
  { method, target, rawHeaders, body }: ReceivedRequest,
): Promise<boolean> {
  return new Promise((resolve) => {
    const headers = Object.fromEntries(
      Array.from({ length: rawHeaders.length / 2 }, (_, n) => [
        rawHeaders[2 * n] ?? '',
        rawHeaders[2 * n + 1] ?? '',
      ]),
    );
    const request = send({ host: '127.0.0.1', port, method, path: target, headers, agent }, (response) => {
      response.resume();
      response.once('end', () => resolve(response.statusCode === 200));
    });
    request.once('error', () => resolve(false));
    request.end(body);
  });
}
