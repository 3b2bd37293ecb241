/** Decides like every door, and explains in full: the answer first, then what it would take and when it changes. */

import type { Answer } from '../core/decision/answer.ts';
import { decide } from '../core/decision/decide.ts';
import { labelOf } from '../core/decision/label-of.ts';
import { readRequest } from '../core/decision/read-request.ts';
import { unreadable } from '../core/decision/unreadable.ts';
import { instantOf } from '../core/facts/moment.ts';
import type { DecisionRequest } from '../core/request.ts';
import { decideOn, inputOn } from '../decide/decide-on.ts';
import type { Guard } from '../decide/guard.ts';
import { oneHead } from '../decide/one-head.ts';
import { parseRequestText } from '../decide/parse-text.ts';
import type { Trace } from '../decide/trace.ts';
import type { OpenSnapshot, SnapshotReader } from '../store/registry-reader.ts';
import { type Explanation, explanationOf } from './explanation.ts';

/** An answer with `explain: full`; `explanation` is absent where nothing was decided. */
export type ExplainedAnswer = Answer & { readonly explanation?: Explanation };

export interface Explainer {
  /** Explains the JSON text of a request. Never throws: a fault inside leaves the explanation out. */
  explainText(text: string, trace: Trace): Promise<ExplainedAnswer>;
}

/** Full is what this door is for; a caller may still ask for less. */
function withFull(value: unknown): unknown {
  const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
  return isObject && !Object.hasOwn(value, 'explain') ? { ...value, explain: 'full' } : value;
}

async function explain(
  request: DecisionRequest,
  at: number,
  registry: OpenSnapshot,
): Promise<Explanation | undefined> {
  const reading = labelOf(request.message, at);
  if (!reading.ok) return undefined;
  const input = await inputOn(registry, request, reading, at);
  return explanationOf(input, decide(input), async (later) => {
    // Codes and schemes are dated: at another instant the same marking may say something else.
    const read = labelOf(request.message, later);
    return read.ok ? decideOn(registry, request, read, later) : unreadable(read.reasons, read.until);
  });
}

/** @param guard one whose answers may be full */
export function createExplainer(guard: Guard, reader: SnapshotReader): Explainer {
  return {
    async explainText(text, trace) {
      const parsed = parseRequestText(text);
      // The guard itself says what is wrong with a text, in the form of every other answer.
      if (!parsed.ok) return guard.decideText(text, trace);
      const value = withFull(parsed.value);
      const open = oneHead(reader);
      const answer = await guard.decideValue(value, trace, open);
      const read = readRequest(value);
      const at = answer.at === undefined ? undefined : instantOf(answer.at);
      if (!read.ok || at === undefined || read.request.explain !== 'full') return answer;
      try {
        // The version the answer rests on: opened once, read again from the same snapshot.
        const explanation = await explain(read.request, at, await open(read.request.registry ?? {}));
        return explanation === undefined ? answer : { ...answer, explanation };
      } catch {
        return answer;
      }
    },
  };
}
