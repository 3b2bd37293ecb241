/** Compares what a standard said with what a scenario expects. */
import type { StandardJudgement } from '../../functions/core/decision/judge-standard.ts';
import type { Reason } from '../../functions/core/decision/reasons.ts';
import { dayOf, instantOf, isDay } from '../../functions/core/facts/moment.ts';
import { type Expectation, type ExpectedReason, segmentOf } from './format.ts';
import { hundredthsOf } from './percent.ts';

function matchesReason(expected: ExpectedReason, actual: Reason): boolean {
  if (typeof expected === 'string') return actual.code === expected;
  const { segment, share, ownedShare, ...rest } = expected;
  const wanted: Partial<Reason> = {
    ...(rest as Partial<Reason>),
    ...(segment !== undefined && { segment: segmentOf(segment) }),
    ...(share !== undefined && { share: hundredthsOf(share) ?? -1 }),
    ...(ownedShare !== undefined && { ownedShare: hundredthsOf(ownedShare) ?? -1 }),
  };
  return Object.entries(wanted).every(([name, value]) => actual[name as keyof Reason] === value);
}

/** A reason on one line: `SHARE_OVER_CAP cap35-mobile access-mobile 35.1 %`. */
export function expectedReason(r: Reason): string {
  const percent = (h: number | undefined) => (h === undefined ? '' : `${h / 100} %`);
  return [
    r.code,
    r.rule ?? '',
    r.hop === undefined || r.hop === 0 ? '' : `hop ${r.hop}`,
    r.segment ?? '',
    r.vendor ?? '',
    percent(r.share),
    r.ownedShare === undefined ? '' : `owned ${percent(r.ownedShare)}`,
  ]
    .filter((part) => part !== '')
    .join(' ');
}

function expectedLine(r: ExpectedReason): string {
  return typeof r === 'string' ? r : Object.values(r).join(' ');
}

/** A day means the last day on which the answer holds, in the standard's zone. */
function validUntilMatches(expected: string | null, actual: number | null, zone: string): boolean {
  if (expected === null || actual === null) return expected === null && actual === null;
  return isDay(expected) ? dayOf(actual - 1, zone) === expected : instantOf(expected) === actual;
}

function obligationMatches(
  expected: NonNullable<Expectation['obligations']>[number],
  actual: StandardJudgement['obligations'][number],
  zone: string,
  at: number,
): boolean {
  if (typeof expected === 'string') return actual.type === expected;
  if (expected.type !== actual.type) return false;
  if (expected.ref !== undefined && expected.ref !== actual.ref) return false;
  if (expected.by === undefined) return true;
  if (actual.withinHours === undefined) return false;
  const by = at + actual.withinHours * 3_600_000;
  return isDay(expected.by) ? dayOf(by, zone) === expected.by : instantOf(expected.by) === by;
}

/** One sentence for each difference; empty where everything expected is so. */
export function mismatches(
  e: Expectation,
  j: StandardJudgement,
  zone: string,
  at: number,
): readonly string[] {
  const found: string[] = [];
  const said = [...j.reasons, ...j.notes];
  if (e.outcome !== j.outcome) found.push(`outcome is ${j.outcome}, expected ${e.outcome}`);
  for (const expected of e.reasons ?? []) {
    if (!said.some((r) => matchesReason(expected, r)))
      found.push(`reason missing: ${expectedLine(expected)}`);
  }
  for (const code of e.absent ?? []) {
    if (said.some((r) => r.code === code)) found.push(`reason not expected: ${code}`);
  }
  for (const expected of e.obligations ?? []) {
    if (!j.obligations.some((o) => obligationMatches(expected, o, zone, at)))
      found.push(
        `obligation missing: ${typeof expected === 'string' ? expected : Object.values(expected).join(' ')}`,
      );
  }
  if (e.validUntil !== undefined && !validUntilMatches(e.validUntil, j.validUntil, zone)) {
    const actual = j.validUntil === null ? 'open' : new Date(j.validUntil).toISOString();
    found.push(`valid until ${actual}, expected ${e.validUntil ?? 'open'}`);
  }
  if (e.designationMatch !== undefined) {
    const matched = said.some((r) => r.fact?.startsWith('designation/') === true);
    if (matched !== e.designationMatch)
      found.push(matched ? 'a designation matched, none expected' : 'no designation matched, one expected');
  }
  if (found.length > 0 && said.length > 0) found.push(`said: ${said.map(expectedReason).join('; ')}`);
  return found;
}
