/**
 * Service level objectives as data. Alarm thresholds follow from them, so that a promise and what wakes somebody cannot
 * drift apart. A refusal by policy is good service; only unavailability and faults count against it.
 */

/** All shares in hundredths of a percent. */
const WHOLE = 10_000;

export const OBJECTIVES = {
  /** Decisions that were made, not denied for want of a registry or for a fault, over thirty days. */
  availability: { target: 9_990, days: 30 },
  /** Decisions faster than `milliseconds`, over thirty days. */
  latency: { target: 9_900, days: 30, milliseconds: 250 },
} as const;

/**
 * The share of bad decisions at which the budget burns this many times too fast. 14.4 over an hour uses up two days'
 * budget of thirty in it: the usual figure for waking somebody (Google, "The Site Reliability Workbook", chapter 5).
 */
export function burnThreshold(target: number, times: number): number {
  return Math.round((WHOLE - target) * times);
}

export const FAST_BURN = 14.4;

/** For people, on the dashboard. */
export function objectivesText(): string {
  const { availability, latency } = OBJECTIVES;
  return [
    '### Objectives',
    '',
    `- ${availability.target / 100} % of decisions in ${availability.days} days are made: neither unavailable nor a fault. A refusal by policy counts as made.`,
    `- ${latency.target / 100} % of decisions in ${latency.days} days take less than ${latency.milliseconds} ms.`,
    '- The probe is never wrong, and a revocation is in force everywhere after the lease and the clock skew.',
  ].join('\n');
}
