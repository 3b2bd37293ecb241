/**
 * What a correction moves: a fact that spoke of one and speaks of another. Whatever its reason says, that is another fact
 * under an old id, and whoever relied on the old one has it no more.
 */
import { idOfKey, kindOfKey, member } from '../facts/fact.ts';
import type { RawFact } from '../facts/view.ts';
import { called, type FactNames } from '../facts/words/names.ts';
import { type Facts, keyOf, type Operation } from './change.ts';
import { referencesOf } from './references.ts';

/** From whom to whom, by what they are called. */
export interface Move {
  readonly from: string;
  readonly to: string;
}

/** The members that name the one that a fact is of, and no list: a hop more is no move. */
const PLACE =
  /^\/(authority|criteriaSet|hold|network|scope|standard|subject)(?:\/(?:network|protection|vendor))?$/;

export function movesOf(before: RawFact, after: RawFact, names: FactNames): readonly Move[] {
  const [was, is] = [before, after].map((fact) => placesIn(fact, names));
  return [...(was ?? [])].flatMap(([place, from]) => {
    const to = is?.get(place);
    return to === undefined || to === from ? [] : [{ from, to }];
  });
}

/** What became of each fact that is moved, by key: an answer that misses it calls it expired, or never there. */
export function movedAway(
  changes: readonly Operation[],
  facts: Facts,
  names: FactNames,
): ReadonlyMap<string, string> {
  return new Map(
    changes.flatMap((operation) => {
      const key = keyOf(operation) ?? '';
      const before = facts.get(key);
      if (operation.op !== 'replace' || before === undefined) return [];
      const away = movesOf(before, operation.fact, names).map(({ from }) => from);
      return away.length === 0 ? [] : [[key, `no longer about ${away.join(', ')}`] as const];
    }),
  );
}

function placesIn(fact: RawFact, names: FactNames): ReadonlyMap<string, string> {
  const named = referencesOf(fact).flatMap(({ path, key }): readonly (readonly [string, string])[] => {
    const [, place] = PLACE.exec(path) ?? [];
    return place === undefined ? [] : [[place, calledByKey(names, key)]];
  });
  const scope = member(fact, 'scope');
  const owners: readonly (readonly [string, unknown])[] = [
    ['owner', member(fact, 'owner')],
    ['scope', member(scope, 'everything') === true ? 'everything' : member(scope, 'owner')],
  ];
  return new Map([
    ...named,
    ...owners.flatMap(([place, of]) => (typeof of === 'string' ? [[place, of] as const] : [])),
  ]);
}

/** What a key is called: `Maker One Ltd. (vendor maker-one)`. */
export function calledByKey(names: FactNames, key: string): string {
  const kind = kindOfKey(key);
  return kind === undefined ? key : called(names, kind, idOfKey(key));
}
