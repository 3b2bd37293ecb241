/**
 * Why an answer is another one on two sides of a change: the reasons of the side that refuses, and the facts of the
 * change that either answer rests on. What the change never touched is no cause of anything.
 */
import type { CoreDecision } from '../decision/core-decision.ts';
import type { Reason } from '../decision/reasons.ts';
import { canonicalText } from '../facts/canonical.ts';
import type { Interval } from '../facts/moment.ts';
import type { Label } from '../marking/label.ts';
import type { Approach } from '../registry/input.ts';
import type { ResolvedPath } from '../registry/path.ts';
import { askedStandards, factsInSight } from './causes.ts';
import type { RefusalCause } from './simulation.ts';

/** An answer, and what it was made from. */
export interface AnsweredSide {
  readonly from: Approach;
  readonly answer: CoreDecision;
}

function causeOf(reason: Reason, path: ResolvedPath): RefusalCause {
  const { code, owner, standard, rule, statedIn, hop, segment, vendor, fact } = reason;
  const networks = path.known ? path.hops.find((h) => h.index === hop)?.networks : undefined;
  const [network, ...more] = networks ?? [];
  const place =
    network !== undefined && more.length === 0
      ? { network: network.network.fact.id }
      : hop !== undefined && { hop };
  return {
    code,
    ...(owner !== undefined && { owner }),
    ...(standard !== undefined && { standard }),
    ...(rule !== undefined && { rule }),
    ...(statedIn !== undefined && { statedIn }),
    ...place,
    ...(segment !== undefined && { segment }),
    ...(vendor !== undefined && { vendor }),
    ...(fact !== undefined && { fact }),
  };
}

/**
 * Why an answer refuses, each cause once, in code-unit order. A permit has no reason: where the other side is one, on the
 * same basis, these are what the change removed or brought.
 */
export function causesOf({ answer, from }: AnsweredSide): readonly RefusalCause[] {
  const causes = answer.reasons.map((reason) => causeOf(reason, from.path));
  const byText = new Map(causes.map((cause) => [canonicalText({ ...cause }), cause]));
  return [...byText].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, cause]) => cause);
}

/** What only counts where an answer names it: a hold that stops it, a waiver it used, a mandate it asked. */
function isNamed(key: string, { answer }: AnsweredSide): boolean {
  switch (key.slice(0, key.indexOf('/'))) {
    case 'hold':
      return answer.reasons.some((reason) => reason.fact === key);
    case 'waiver':
      return answer.waivers.includes(key);
    case 'mandate':
      return answer.mandates.includes(key);
    default:
      return true;
  }
}

/** What was over before an instant, or begins after it, decides nothing then. */
function isAbout({ from, to }: Interval, at: number): boolean {
  return from <= at && at <= to;
}

/** The keys of the change that either answer rests on, in code-unit order. */
export function restingOn(
  touched: ReadonlySet<string>,
  label: Label,
  sides: readonly AnsweredSide[],
): readonly string[] {
  const standards = askedStandards(
    sides.map(({ from }) => from),
    { standards: sides.flatMap(({ answer }) => answer.standards) },
  );
  const inSight = sides.flatMap(({ from }) =>
    factsInSight(from, label, standards).flatMap(({ key, interval }) =>
      touched.has(key) && isAbout(interval, from.at) ? [key] : [],
    ),
  );
  const named = inSight.filter((key) => sides.some((side) => isNamed(key, side)));
  return [...new Set(named.length > 0 ? named : inSight)].sort();
}
