/** A registry and a question. */
import type { RawFact } from '../../functions/core/facts/view.ts';
import type { Label } from '../../functions/core/marking/label.ts';
import type { Question } from '../core/decision/ask.ts';

export type Asked = Question & { readonly label: Label };

/** Equal facts are one object, so that what was read of one is known of all. */
const interned = new Map<string, RawFact>();

export function stored(facts: readonly object[]): readonly RawFact[] {
  return facts.map((f) => {
    const text = JSON.stringify(f);
    const known = interned.get(text) ?? (JSON.parse(text) as RawFact);
    interned.set(text, known);
    return known;
  });
}

export interface Case {
  readonly facts: readonly RawFact[];
  readonly question: Asked;
  /** What was broken; `nothing` for a case that must permit. */
  readonly broke: string;
}
