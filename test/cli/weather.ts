/** Everything that can stand in a guard's or a registry's place, each with a body that would permit if it were believed. */
import type { ServerResponse } from 'node:http';
import { vi } from 'vitest';
import { type Heard, type LoopbackServer, loopbackServer } from '../client/loopback-server.ts';
import { boundText } from '../client/vectors.ts';

export type Weather = (response: ServerResponse, good: string) => void;

const says =
  (status: number, headers: Readonly<Record<string, string>> = {}): Weather =>
  (response, good) =>
    void response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(good);

const saysText =
  (text: string): Weather =>
  (response) =>
    void response.writeHead(200).end(text);

/** Statuses of a refusal, by what a caller may conclude: the request was wrong, or nobody answered. */
export const REFUSING = [400, 401, 403, 404, 409, 413, 422] as const;
export const UNAVAILABLE = [429, 500, 502, 503, 504] as const;

export const fair = says(200);
export const withStatus = says;

/** A 200, or no answer at all, that says nothing. */
export const NO_ANSWER: Readonly<Record<string, Weather>> = {
  'not JSON': saysText('<html>permit</html>'),
  nothing: saysText(''),
  'half an answer': (response, good) => saysText(good.slice(0, -1))(response, good),
  null: saysText('null'),
  'a list': (response, good) => saysText(`[${good}]`)(response, good),
  'a text': (response, good) => saysText(JSON.stringify(good))(response, good),
  'an empty object': saysText('{}'),
  'an answer in an envelope': (response, good) =>
    saysText(JSON.stringify({ statusCode: 200, body: good }))(response, good),
  'a body cut short': (response, good) => {
    response.writeHead(200, { 'content-length': String(good.length + 500) });
    response.write(good, () => response.destroy());
  },
  'a reset': (response) => void response.destroy(),
  'a redirect': says(307, { location: '/elsewhere' }),
  silence: () => {},
};

export interface Guard extends LoopbackServer {
  /** What it answers with, given what it heard; the weather is what becomes of it. */
  answer: (heard: Heard) => unknown;
  weather: Weather;
}

/** A guard on loopback whose answers and weather a test sets; what it is redirected to permits. */
export async function weatheredGuard(): Promise<Guard> {
  const guard: Guard = Object.assign(
    await loopbackServer((heard, response) => {
      const good = boundText(heard.body, JSON.stringify(guard.answer(heard)));
      (heard.path === '/elsewhere' ? fair : guard.weather)(response, good);
    }),
    { answer: (): unknown => ({}), weather: fair },
  );
  return guard;
}

/** Says how long each wait of a command was to be; in silence, which is waited for in vain, it ends at once. */
export function watchWaits(weather: Weather): { readonly asked: readonly number[]; restore(): void } {
  const asked: number[] = [];
  const real = AbortSignal.timeout.bind(AbortSignal);
  const spy = vi.spyOn(AbortSignal, 'timeout').mockImplementation((ms) => {
    asked.push(ms);
    return real(weather === NO_ANSWER['silence'] ? 50 : ms);
  });
  return { asked, restore: () => spy.mockRestore() };
}
