/** Where the rules of a standard adopt designations; how far an adoption reaches is `adoption.ts`. */
import type { Adoption } from './adoption.ts';
import type { Rule } from './vocabulary.ts';

/** What a rule adopts, each with its path inside the rule: the members of every rule that hold adoptions. */
export function adoptedBy(r: Rule): readonly (readonly [path: string, adopted: Adoption])[] {
  if ('adopt' in r) return r.adopt.map((a, i) => [`adopt/${i}`, a] as const);
  return 'beside' in r ? (r.beside ?? []).map((a, i) => [`beside/${i}`, a] as const) : [];
}
