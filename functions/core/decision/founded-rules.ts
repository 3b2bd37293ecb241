/** The rules a standard asks: its own, and those it builds on, each once, with the standard that states it. */
import type { Sound } from '../facts/sound.ts';
import { type Foundation, isIncomplete, type Standard } from '../facts/standard.ts';
import { perObject } from '../per-object.ts';
import type { Rule } from '../rules/vocabulary.ts';

/** A rule, and the standard whose text it is. */
export interface StatedRule {
  readonly rule: Rule;
  /** The standard whose text it is: its days are days there, and its waivers name it. */
  readonly statedIn: Standard;
}

/** A standard that was asked, and whether it asks less than its instrument. */
export interface AskedSource {
  readonly standard: Sound<Standard>;
  readonly incomplete: boolean;
}

/** The rules of a standard together with those of every standard it builds on. */
export interface FoundedRules {
  readonly rules: readonly StatedRule[];
  /** Itself, and every standard it builds on, each once. */
  readonly asked: readonly AskedSource[];
  /** Standards it builds on of which something is not there, or that are too much to ask. */
  readonly lost: readonly string[];
}

/** How deep standards may build on each other, and the most rules that one may bring in all: more is refused. */
export const MOST_FOUNDED = { depth: 8, rules: 128 } as const;

type Library = ReadonlyMap<string, Sound<Standard>>;

const founded = perObject((library: Library) =>
  perObject((standard: Sound<Standard>) => foundedIn(library, standard)),
);

/**
 * What a standard builds on it asks for as long as it is in force itself, also after the other one has ended: a successor
 * carries what still stands. Put together once for a library, which never changes.
 */
export function foundedRules(standard: Sound<Standard>, library: Library): FoundedRules {
  return founded(library)(standard);
}

function foundedIn(library: Library, standard: Sound<Standard>): FoundedRules {
  const { interval } = standard;
  const known = new Map<string, FoundedRules>();
  const above: string[] = [];

  const found = (s: Sound<Standard>): FoundedRules => {
    const { fact } = s;
    above.push(fact.id);
    const parts = (fact.buildsOn ?? []).map((f) => picked(f, baseOf(f.standard)));
    above.pop();
    const rules = unique(
      [...fact.rules.map((rule) => ({ rule, statedIn: fact })), ...parts.flatMap((p) => p.rules)],
      ({ rule, statedIn }) => `${statedIn.id} ${rule.id}`,
    );
    const asks = new Set(rules.map(({ rule }) => rule.id));
    return {
      rules,
      asked: unique(
        [{ standard: s, incomplete: isIncomplete(fact, asks) }, ...parts.flatMap((p) => p.asked)],
        (a) => a.standard.fact.id,
      ),
      lost: [
        ...new Set([
          ...parts.flatMap((p) => p.lost),
          ...(rules.length > MOST_FOUNDED.rules ? [fact.id] : []),
        ]),
      ],
    };
  };

  const baseOf = (id: string): FoundedRules => {
    const base = library.get(id);
    // One that builds on itself, however far down, would have no first word.
    if (base === undefined || above.includes(id) || above.length >= MOST_FOUNDED.depth)
      return { rules: [], asked: [], lost: [id] };
    const before = known.get(id);
    if (before !== undefined) return before;
    const all = found({ ...base, interval });
    known.set(id, all);
    return all;
  };

  return found(standard);
}

function unique<T>(list: readonly T[], keyOf: (item: T) => string): readonly T[] {
  return [...new Map(list.map((item) => [keyOf(item), item])).values()];
}

function picked({ standard, rules }: Foundation, base: FoundedRules): FoundedRules {
  if (rules === null) return base;
  const found = base.rules.filter(({ rule }) => rules.includes(rule.id));
  const isLost = !rules.every((id) => found.some(({ rule }) => rule.id === id));
  return { ...base, rules: found, lost: [...base.lost, ...(isLost ? [standard] : [])] };
}
