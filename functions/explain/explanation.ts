/** The full explanation, beside the answer: for auditors, through their own door. */
import type { CoreDecision, DecisionInput } from '../core/decision/decide.ts';
import { foundedRules } from '../core/decision/founded-rules.ts';
import { type HighestLabel, highestLabels } from '../core/decision/highest.ts';
import { type NextChange, type NextChanges, outlook } from '../core/decision/next-change.ts';
import { type Repair, repairsOf } from '../core/decision/repair.ts';
import { REPAIRS } from '../core/decision/repair-table.ts';

export interface ExplainedRepair extends Repair {
  /** The fixed sentence of the repair. */
  readonly text: string;
}

export interface Change {
  /** ISO 8601, UTC. */
  readonly at: string;
  readonly outcome: CoreDecision['outcome'];
}

export interface Explanation {
  /** Doing everything permits; leaving anything out does not. Empty for a permit. */
  readonly repairs: readonly ExplainedRepair[];
  /** False where something was not judged, so that these repairs may bring other reasons. */
  readonly repairsComplete: boolean;
  /** The highest label the path may carry at the answer's instant, for each owner and frame. */
  readonly highest: readonly HighestLabel[];
  /** The next instant with another answer, whatever differs in it; `null` where no date brings one. */
  readonly nextChange: Change | null;
  /** The next instant at which permit and refusal change places. */
  readonly nextFlip: Change | null;
  /** Set where the dates to look at were too many: up to here was looked. */
  readonly lookedUntil?: string;
  /** Keys of facts relied on whose citation nobody verified. */
  readonly unverified: readonly string[];
  /** What the instruments of the standards asked ask, and those do not: the first hundred. */
  readonly missing: readonly MissingRequirement[];
  /** How many more there are; absent where these are all. */
  readonly missingMore?: number;
}

interface MissingRequirement {
  readonly standard: string;
  /** Absent where nobody has listed what its instrument asks. */
  readonly paragraph?: string;
  readonly says?: string;
  /** Why it is not encoded, or that nothing is listed. */
  readonly missing: string;
}

const MOST_MISSING = 100;

/** Of the standards that the answer says are incomplete. */
function missingIn({ law }: DecisionInput, { reasons, notes }: CoreDecision): readonly MissingRequirement[] {
  const incomplete = [...reasons, ...notes].flatMap(({ code, standard, statedIn = standard }) =>
    code === 'STANDARD_INCOMPLETE' && statedIn !== undefined ? [statedIn] : [],
  );
  return [...new Set(incomplete)].flatMap((standard): readonly MissingRequirement[] => {
    const registered = law.standards.get(standard);
    const requirements = registered?.fact.requirements;
    if (registered === undefined || requirements === undefined)
      return [{ standard, missing: 'Nobody has listed what its instrument asks.' }];
    const asks = new Set(foundedRules(registered, law.standards).rules.map(({ rule }) => rule.id));
    return requirements.flatMap(({ paragraph, says, missing, encoded = [] }) => {
      const lost = encoded.filter((id) => !asks.has(id));
      const why =
        missing ?? (lost.length === 0 ? undefined : `There is no rule ${lost.join(', ')} any more.`);
      return why === undefined ? [] : [{ standard, paragraph, says, missing: why }];
    });
  });
}

function changeOf(change: NextChange | null): Change | null {
  return change === null ? null : { at: new Date(change.at).toISOString(), outcome: change.decision.outcome };
}

function dates({ changes, flips, lookedUntil }: NextChanges) {
  return {
    nextChange: changeOf(changes),
    nextFlip: changeOf(flips),
    ...(lookedUntil !== null && { lookedUntil: new Date(lookedUntil).toISOString() }),
  };
}

/**
 * @param decision of this input
 * @param decideAt the decision on the same request and registry at another instant, epoch ms
 */
export async function explanationOf(
  input: DecisionInput,
  decision: CoreDecision,
  decideAt: (at: number) => Promise<CoreDecision>,
): Promise<Explanation> {
  const repairs = repairsOf(input);
  const missing = missingIn(input, decision);
  return {
    repairs: repairs.groups.map((group) => ({ ...group, text: REPAIRS[group.repair] })),
    repairsComplete: repairs.complete,
    highest: highestLabels(input),
    ...dates(await outlook(decision, decideAt)),
    unverified: decision.unverified,
    missing: missing.slice(0, MOST_MISSING),
    ...(missing.length > MOST_MISSING && { missingMore: missing.length - MOST_MISSING }),
  };
}
