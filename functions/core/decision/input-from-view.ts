/** What a decision is made from, out of a view held in memory: for scenarios, timelines and simulations. */
import type { VendorDoc, View } from '../facts/view.ts';
import type { Label } from '../marking/label.ts';
import { lawOf, vendorOf } from './evidence.ts';
import { evidenceIn } from './evidence-in.ts';
import type { DecisionInput } from './input.ts';
import { keysOf } from './path.ts';
import type { DecisionRequest } from './request.ts';

/**
 * @param at the instant the answer is for, epoch ms
 * @param labelUntil when the marking reads otherwise; left out for a label that was made and not read
 */
export function inputFromView(
  view: View,
  request: DecisionRequest,
  label: Label,
  at: number,
  labelUntil: number | null = null,
): DecisionInput {
  const entries = new Map(
    keysOf(request).flatMap((key) => {
      const doc = view.entries.get(key);
      return doc === undefined ? [] : [[key, doc] as const];
    }),
  );
  const registry = {
    law: lawOf(view.law),
    entries,
    vendor: (id: string) => vendorOf(view.vendors.get(id) as VendorDoc | undefined),
  };
  return { request, label, labelUntil, at, ...evidenceIn(registry, request, at) };
}
