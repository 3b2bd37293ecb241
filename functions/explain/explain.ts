/** Decides like every door, and explains in full: the answer first, then what it would take and when it changes. */

import type { Answer } from '../core/decision/answer.ts';
import { labelOf } from '../core/decision/label-of.ts';
import { unreadable } from '../core/decision/unreadable.ts';
import { decideOn } from '../decide/decide-on.ts';
import type { Guard, Made } from '../decide/guard.ts';
import { parseRequestText } from '../decide/parse-text.ts';
import type { Trace } from '../decide/trace.ts';
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

async function explain({ input, decision, registry }: Made): Promise<Explanation> {
  const { request } = input;
  return explanationOf(input, decision, async (later) => {
    // Codes and schemes are dated: at another instant the same marking may say something else.
    const read = labelOf(request.message, later);
    return read.ok ? decideOn(registry, request, read, later) : unreadable(read.reasons, read.until);
  });
}

/** @param guard one whose answers may be full */
export function createExplainer(guard: Guard): Explainer {
  return {
    async explainText(text, trace) {
      const parsed = parseRequestText(text);
      // The guard itself says what is wrong with a text, in the form of every other answer.
      if (!parsed.ok) return guard.decideText(text, trace);
      const { answer, made } = await guard.decided(withFull(parsed.value), trace);
      if (made?.input.request.explain !== 'full') return answer;
      try {
        return { ...answer, explanation: await explain(made) };
      } catch {
        return answer;
      }
    },
  };
}
