/** Writes the one line per decision. What is in it, and what never is: `decision-line.ts`. */
import type { Answer } from '../core/decision/answer.ts';
import type { QuestionBinding } from '../core/decision/question-binding.ts';
import { serviceName } from '../metrics/service-name.ts';
import { type Door, decisionLine } from './decision-line.ts';
import { PROBE_ALIAS } from './probe-alias.ts';
import { newTrace, type Trace } from './trace.ts';

/** What a door knows about a request, gathered from its arrival on. One per request. */
export interface DecisionRecording {
  readonly trace: Trace;
  /** Writes the line and returns the answer. Only the first answer is written: it is the one that was sent. */
  done<A extends Answer>(answer: A): A;
}

export interface Arrival {
  readonly door: Door;
  /** What the answer is bound to, as far as it is known on arrival. */
  readonly question?: QuestionBinding;
  readonly caller?: string | undefined;
  readonly requestId?: string | undefined;
  /** Of the Lambda context. */
  readonly invokedFunctionArn?: string | undefined;
}

/** Starts the record of one request. `write` gets exactly one line, however often `done` is called. */
export function startRecording(
  arrival: Arrival,
  write: (line: string) => void = console.log,
  now: () => number = () => performance.now(),
): DecisionRecording {
  const arrivedAt = now();
  const trace = newTrace(arrival.question);
  let isWritten = false;
  return {
    trace,
    done(answer) {
      if (isWritten) return answer;
      isWritten = true;
      const line = decisionLine(answer, trace, {
        service: serviceName(process.env),
        door: arrival.door,
        probe: arrival.invokedFunctionArn?.split(':')[7] === PROBE_ALIAS,
        caller: arrival.caller,
        requestId: arrival.requestId,
        totalMs: now() - arrivedAt,
      });
      write(JSON.stringify(line));
      return answer;
    },
  };
}
