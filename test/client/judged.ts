/** One answer, judged by a client whose clocks stand still. */
import { RouteGuard, type RouteResult } from '../../client/index.ts';
import { boundText, REQUEST, VECTORS } from './vectors.ts';

const plain = VECTORS.find(({ name }) => name === 'plain permit');
if (plain === undefined) throw new Error('no such vector');

export const PLAIN = plain;
/** The answer of the vector `plain permit`. */
export const SOUND = PLAIN.reply.answer as Readonly<Record<string, unknown>>;

export function judged(answer: object | string, status = 200): Promise<RouteResult> {
  const text = typeof answer === 'string' ? answer : JSON.stringify(answer);
  return new RouteGuard({
    attempts: 1,
    transport: {
      send: async (sent) => ({
        ...{ kind: 'answered', status, functionError: null },
        text: boundText(sent, text),
      }),
    },
    surroundings: { now: () => Date.parse(PLAIN.timing.sentAt), monotonic: () => 0 },
  }).decide(REQUEST);
}
