import type { Answer } from '../core/decision/answer.ts';
import { classOfReason, type Reason } from '../core/decision/reasons.ts';

/**
 * A deny is an answer (200). Only a request that could not be read at all is the caller's error (400).
 *
 * @param reasons every one there was, whatever the caller asked to have explained
 */
export function statusOf(answer: Pick<Answer, 'registry'>, reasons: readonly Reason[]): 200 | 400 {
  const isInvalid = reasons.some((r) => classOfReason(r.code) === 'invalid');
  return isInvalid && answer.registry === undefined ? 400 : 200;
}
