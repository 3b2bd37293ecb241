/** The rules a standard asks: its own, and those it builds on, each with the standard that states it. */
import type { Sound } from '../facts/sound.ts';
import type { Foundation, Standard } from '../facts/standard.ts';
import type { Rule } from '../rules/vocabulary.ts';

export interface StatedRule {
  readonly rule: Rule;
  /** The standard whose text it is: its days are days there, and its waivers name it. */
  readonly statedIn: Standard;
}

interface Founded {
  readonly rules: readonly StatedRule[];
  /** Itself, and every standard it builds on. */
  readonly asked: readonly Sound<Standard>[];
  /** Standards it builds on of which something is not there. */
  readonly lost: readonly string[];
}

/**
 * What a standard builds on it asks for as long as it is in force itself, also after the other one has ended: a successor
 * carries what still stands.
 */
export function foundedRules(
  standard: Sound<Standard>,
  library: ReadonlyMap<string, Sound<Standard>>,
  above: readonly string[] = [],
): Founded {
  const { fact, interval } = standard;
  const within = [...above, fact.id];
  const parts = (fact.buildsOn ?? []).map((f) => {
    const base = library.get(f.standard);
    // One that builds on itself, however far down, would have no first word.
    if (base === undefined || within.includes(f.standard))
      return { rules: [], asked: [], lost: [f.standard] };
    return picked(f, foundedRules({ ...base, interval }, library, within));
  });
  return {
    rules: [...fact.rules.map((rule) => ({ rule, statedIn: fact })), ...parts.flatMap((p) => p.rules)],
    asked: [standard, ...parts.flatMap((p) => p.asked)],
    lost: parts.flatMap((p) => p.lost),
  };
}

function picked({ standard, rules }: Foundation, base: Founded): Founded {
  if (rules === null) return base;
  const found = base.rules.filter(({ rule }) => rules.includes(rule.id));
  const isLost = !rules.every((id) => found.some(({ rule }) => rule.id === id));
  return { ...base, rules: found, lost: [...base.lost, ...(isLost ? [standard] : [])] };
}
