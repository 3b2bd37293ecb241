import type { Label } from '../marking/label.ts';
import type { Approach } from '../registry/input.ts';
import { type CoreDecision, decide } from './decide.ts';

/** @param labelUntil when the marking reads otherwise; left out for a label that was made and not read */
export function ask(from: Approach, label: Label, labelUntil: number | null = null): CoreDecision {
  return decide({ ...from, label, labelUntil });
}
