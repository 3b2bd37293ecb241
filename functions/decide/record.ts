/**
 * One line per decision, from a closed schema: what was decided and on what, never what was said. Message ids,
 * markings and anything else a caller wrote have no member here to be in.
 */
import type { Answer } from '../core/decision/answer.ts';

export type Door = 'direct' | 'http';

/** Writes the line. `caller` is the identity as the door verified it, where it can. */
export function recordDecision(
  answer: Answer,
  door: Door,
  caller: string | undefined,
  write: (line: string) => void,
): void {
  write(
    JSON.stringify({
      event: 'decision',
      door,
      ...(caller !== undefined && { caller }),
      evaluationId: answer.evaluationId,
      evaluatedAt: answer.evaluatedAt,
      outcome: answer.outcome,
      decision: answer.decision,
      enforceable: answer.enforceable,
      retry: answer.retry,
      registry: answer.registry,
      build: answer.build,
      basis: answer.basis,
      dominance: answer.dominance,
      standards: answer.standards,
      mandates: answer.mandates,
      waivers: answer.waivers,
      codes: [...new Set(answer.reasons.map((r) => r.code))],
    }),
  );
}
