/**
 * Flips as people read and acknowledge them: by what comes of them, then by cause, worst marking first. A group has one
 * highest level and nothing of another, so that nothing high stands behind something low.
 */
import { canonicalBytes, canonicalText, digestOf } from '../facts/canonical.ts';
import { byHeight, type Height, heightOf, highestOf } from './marking-order.ts';
import type { Flip, RefusalCause } from './simulation.ts';

/** What comes of a flip: something is permitted that was not, or no longer; or a permit stays and its end moves. */
export const EFFECTS = ['gained', 'lost', 'sooner', 'later'] as const;
/** What a flip does to a permit: it is gained or lost, ends sooner or lasts longer. */
export type Effect = (typeof EFFECTS)[number];

/** A cause without its place: what tells one group from another. */
type SharedCause = Pick<RefusalCause, 'code' | 'standard' | 'rule' | 'statedIn' | 'vendor'>;

/** Flips that are read and acknowledged as one. */
export interface FlipGroup {
  /** `vendor-not-assessed-3f9a`: its first cause and the beginning of its digest, so that other flips have another. */
  readonly name: string;
  readonly effect: Effect;
  readonly causes: readonly SharedCause[];
  /** Keys of the facts of the change that any of them rests on. */
  readonly restsOn: readonly string[];
  /** The highest level of each frame, the highest of all first. */
  readonly highest: readonly string[];
  /** Worst marking first, then by number. */
  readonly flips: readonly Flip[];
}

/** More of either, and nobody acknowledges them but group by group, by name. */
export const MOST_AT_ONCE = { groups: 25, flips: 1_000 } as const;

function effectOf({ direction, ends }: Pick<Flip, 'direction' | 'ends'>): Effect {
  if (direction === 'to-permit') return ends === undefined ? 'gained' : 'later';
  return ends === undefined ? 'lost' : 'sooner';
}

function sharedOf({ code, standard, rule, statedIn, vendor }: RefusalCause): SharedCause {
  return {
    code,
    ...(standard !== undefined && { standard }),
    ...(rule !== undefined && { rule }),
    ...(statedIn !== undefined && { statedIn }),
    ...(vendor !== undefined && { vendor }),
  };
}

function distinct(causes: readonly RefusalCause[]): readonly SharedCause[] {
  const shared = causes.map(sharedOf).map((c) => [canonicalText({ ...c }), c] as const);
  return [...new Map(shared)].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, c]) => c);
}

interface Placed {
  readonly flip: Flip;
  readonly heights: readonly Height[];
  readonly causes: readonly SharedCause[];
}

const NOWHERE: Height = { frame: '', name: 'no marking', below: -1 };

function worstOf({ heights: [first = NOWHERE] }: Pick<Placed, 'heights'>): Height {
  return first;
}

function kindsOf(keys: readonly string[]): readonly string[] {
  return [...new Set(keys.map((key) => key.slice(0, key.indexOf('/'))))];
}

function grouped(placed: readonly Placed[]): readonly (readonly Placed[])[] {
  const groups = Map.groupBy(placed, ({ flip, causes, ...each }) =>
    canonicalText([effectOf(flip), causes, kindsOf(flip.restsOn), worstOf(each).name]),
  );
  return [...groups.values()].map((each) =>
    [...each].sort((a, b) => byHeight(worstOf(a), worstOf(b)) || a.flip.number - b.flip.number),
  );
}

/** Of the flips themselves: numbers move when something else flips too. */
function fingerprint(group: readonly Placed[]): string {
  const flips = group.map(({ flip: { number: _number, ...rest } }) => rest);
  return digestOf(canonicalBytes(flips)).slice('sha256:'.length);
}

const SHORTEST = 4;

/** As many digits as tell all of them apart. */
function namesOf(groups: readonly { readonly word: string; readonly print: string }[]): readonly string[] {
  for (let digits = SHORTEST; ; digits += 1) {
    const names = groups.map(({ word, print }) => `${word}-${print.slice(0, digits)}`);
    if (new Set(names).size === names.length || digits === 64) return names;
  }
}

function wordOf([first]: readonly SharedCause[], effect: Effect): string {
  return first === undefined ? effect : first.code.toLowerCase().replaceAll('_', '-');
}

/** All of the flips, each in one group: what is gained, lost, ends sooner, lasts longer; the worst of each first. */
export function flipGroups(flips: readonly Flip[]): readonly FlipGroup[] {
  const known = new Map<string, Height>();
  const height = (marking: string) => {
    const found = known.get(marking) ?? heightOf(marking);
    known.set(marking, found);
    return found;
  };
  const placed = flips.map((flip): Placed => {
    const heights = highestOf(flip.cases.map(({ marking }) => height(marking)));
    return { flip, heights, causes: distinct(flip.why) };
  });
  const groups = grouped(placed).flatMap((members) => {
    const [first] = members;
    if (first === undefined) return [];
    const effect = effectOf(first.flip);
    return [{ members, effect, word: wordOf(first.causes, effect), print: fingerprint(members), first }];
  });
  const names = namesOf(groups);
  const order = (effect: Effect) => EFFECTS.indexOf(effect);
  return groups
    .map((group, i) => ({ ...group, name: names[i] ?? group.print }))
    .sort(
      (a, b) =>
        order(a.effect) - order(b.effect) ||
        byHeight(worstOf(a.first), worstOf(b.first)) ||
        (a.name < b.name ? -1 : 1),
    )
    .map(
      ({ members, effect, name, first }): FlipGroup => ({
        name,
        effect,
        causes: first.causes,
        restsOn: [...new Set(members.flatMap(({ flip }) => flip.restsOn))].sort(),
        highest: highestOf(members.flatMap(({ heights }) => heights)).map((h) => h.name),
        flips: members.map(({ flip }) => flip),
      }),
    );
}

/** Those of which every flip is acknowledged. */
export function groupsToAcknowledge(groups: readonly FlipGroup[]): readonly FlipGroup[] {
  return groups.filter(({ effect }) => effect === 'gained' || effect === 'later');
}

/** Whether numbers alone are too little for so many: then each group is given by its name. */
export function mustBeNamed(toAcknowledge: readonly FlipGroup[]): boolean {
  const flips = toAcknowledge.reduce((sum, group) => sum + group.flips.length, 0);
  return toAcknowledge.length > MOST_AT_ONCE.groups || flips > MOST_AT_ONCE.flips;
}
