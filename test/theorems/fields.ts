/** Every field of a fact, at any depth, without it and with a value of another type. */
import type { RawFact } from '../../functions/core/facts/view.ts';

export interface Damaged {
  /** JSON Pointer of the field. */
  readonly path: string;
  readonly fact: RawFact;
}

type Node = { readonly [key: string]: unknown };

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A copy of a value for every member in it, at any depth, with that member put through `damage`. */
function* withEach(
  value: unknown,
  damage: (holder: Node, key: string) => readonly Node[],
  path = '',
): Generator<{ readonly path: string; readonly value: unknown }> {
  if (Array.isArray(value)) {
    for (const [i, item] of value.entries())
      for (const inner of withEach(item, damage, `${path}/${i}`))
        yield { path: inner.path, value: value.map((x: unknown, at) => (at === i ? inner.value : x)) };
  } else if (isNode(value)) {
    for (const key of Object.keys(value)) {
      for (const damaged of damage(value, key)) yield { path: `${path}/${key}`, value: damaged };
      for (const inner of withEach(value[key], damage, `${path}/${key}`))
        yield { path: inner.path, value: { ...value, [key]: inner.value } };
    }
  }
}

export function* deletions(fact: RawFact): Generator<Damaged> {
  const damage = (holder: Node, key: string) => {
    const { [key]: _gone, ...rest } = holder;
    return [rest];
  };
  for (const { path, value } of withEach(fact, damage)) yield { path, fact: value as RawFact };
}

/** One value of each JSON type the field does not have. */
export function* wrongTypes(fact: RawFact): Generator<Damaged> {
  const kindOfJson = (x: unknown) => (x === null ? 'null' : Array.isArray(x) ? 'list' : typeof x);
  const damage = (holder: Node, key: string) =>
    ['', 7, false, null, [], {}]
      .filter((other) => kindOfJson(other) !== kindOfJson(holder[key]))
      .map((other) => ({ ...holder, [key]: other }));
  for (const { path, value } of withEach(fact, damage)) yield { path, fact: value as RawFact };
}
