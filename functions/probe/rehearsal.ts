/** Whether somebody could stop something now: asked of the stop's own door, over the API, as a person would. */
import { member } from '../core/facts/fact.ts';
import type { Environment } from '../environment.ts';
import { embedded, type MetricValues, namesOf } from '../metrics/embedded.ts';
import { jsonIn } from './check.ts';
import { postSigned } from './signed-post.ts';

/** How one rehearsal ended. */
export type Rehearsal =
  /** `empty` and `held` have nothing to stop: nothing is permitted. */
  | { readonly standing: 'published' | 'empty' | 'held'; readonly steps: readonly unknown[] }
  /** The step that failed, `door` for none of them, and a code of ours or an HTTP status. */
  | { readonly failed: string; readonly code: string };

/** Longer than a first start takes, and short enough to be told of within the minute. Milliseconds. */
const TIMEOUT_MS = 10_000;

const STANDINGS = ['published', 'empty', 'held'] as const;
const STEP = /^[a-z]{1,16}$/;
const CODE = /^[A-Z_]{1,40}$/;

/** Asks the door at this address. Never throws: no answer is a stop that fails. */
export async function askForRehearsal(
  url: string,
  env: Environment = process.env,
  send: typeof fetch = fetch,
  timeoutMs: number = TIMEOUT_MS,
): Promise<Rehearsal> {
  const headers = { 'content-type': 'application/json' };
  try {
    const request = { service: 'execute-api', url: new URL(url), headers, body: '{}', timeoutMs };
    const answer = await postSigned(request, env, send);
    return told(answer.status, await answer.text());
  } catch {
    // A throttle of the network, a timeout, a refused connection: all of them are no answer.
    return { failed: 'door', code: 'NO_ANSWER' };
  }
}

function told(status: number, text: string): Rehearsal {
  const body = jsonIn(text);
  if (status === 200) {
    const standing = STANDINGS.find((each) => each === member(body, 'standing'));
    const steps = member(body, 'steps');
    const isWhole = Array.isArray(steps) && (standing !== 'published' || steps.length === STEPS);
    return standing !== undefined && isWhole ? { standing, steps } : { failed: 'door', code: 'MALFORMED' };
  }
  const details = member(member(body, 'error'), 'details');
  const [step, code] = [member(details, 'step'), member(details, 'code')].map(String);
  if (step !== undefined && STEP.test(step) && code !== undefined && CODE.test(code))
    return { failed: step, code };
  return { failed: 'door', code: `HTTP_${status}` };
}

/** Whether it was the function that gave no answer: a refusal names its step, and what the door turned away never came to it. */
const hasDied = (rehearsal: Rehearsal): boolean =>
  'failed' in rehearsal && rehearsal.failed === 'door' && /^HTTP_5/.test(rehearsal.code);

/** As many as a hold takes: an answer with fewer has rehearsed less. */
const STEPS = 7;

export interface RehearsalOptions {
  readonly ask: () => Promise<Rehearsal>;
  readonly service: string;
  /** Epoch milliseconds. */
  readonly clock: () => number;
  readonly write: (line: string) => void;
}

/** One rehearsal, one line, one metric. Whether it came to its end. */
export async function runRehearsal({ ask, service, clock, write }: RehearsalOptions): Promise<boolean> {
  // Of the minute in which it was asked: what Lambda says of it stands there.
  const at = clock();
  const rehearsal = await ask();
  const rehearsed = !('failed' in rehearsal);
  const values: MetricValues = {
    StopsRehearsed: rehearsed ? 1 : 0,
    RehearsalsDied: hasDied(rehearsal) ? 1 : 0,
  };
  const counted = [{ dimensions: ['Service'] as const, names: namesOf(values) }];
  write(
    JSON.stringify({
      ...embedded(at, counted),
      event: 'stop-rehearsal',
      schema: 1,
      Service: service,
      ...rehearsal,
      ...values,
    }),
  );
  return rehearsed;
}
