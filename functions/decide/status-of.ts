import type { Answer } from '../core/decision/answer.ts';
import { classOfReason } from '../core/decision/reasons.ts';

/** A deny is an answer (200). Only a request that could not be read at all is the caller's error (400). */
export function statusOf(answer: Answer): number {
  const invalid =
    answer.standards.length === 0 && answer.reasons.some((r) => classOfReason(r.code) === 'invalid');
  return invalid && answer.label === undefined && answer.at === undefined ? 400 : 200;
}
