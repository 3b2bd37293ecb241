/** A day by which something must be so. It is inclusive, in the standard's zone: "by 2027-12-31" binds from 2028-01-01. */
import { endOfDay } from '../facts/moment.ts';
import type { RuleContext } from './context.ts';

/** Whether a rule’s day has come, and the instants at which that changes. */
export interface Deadline {
  readonly passed: boolean;
  readonly boundaries: readonly number[];
}

/** A deadline of `null` has always passed. */
export function deadlineOf(by: string | null, ctx: Pick<RuleContext, 'at' | 'zone'>): Deadline {
  if (by === null) return { passed: true, boundaries: [] };
  const end = endOfDay(by, ctx.zone);
  return { passed: !(ctx.at < end), boundaries: [end] };
}
