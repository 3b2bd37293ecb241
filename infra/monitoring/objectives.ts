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
 * The share of bad decisions at which the budget burns this many times too fast, in hundredths of a percent. How fast and
 * over which windows is the usual advice (Google, "The Site Reliability Workbook", chapter 5,
 * https://sre.google/workbook/alerting-on-slos/): 14.4 times over an hour uses up two days' budget of thirty in it, 6 times
 * over six hours a day and a half, once over three days three. A short window beside the long one ends the page soon after
 * the fault.
 */
export function burnThreshold(target: number, times: number): number {
  return Math.round((WHOLE - target) * times);
}

export const FAST_BURN = 14.4;
export const SLOW_BURN = 6;
export const STEADY_BURN = 1;

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
