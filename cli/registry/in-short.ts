/** A change in short, for the first screen: what flips, which facts it rests on, and in which ways it lets more pass. */
import { keyOf } from '../../functions/core/administration/change.ts';
import { EFFECTS, type Effect, type FlipGroup } from '../../functions/core/administration/flip-groups.ts';
import { byHeight, heightOf, highestOf } from '../../functions/core/administration/marking-order.ts';
import { calledByKey, movedAway } from '../../functions/core/administration/moves.ts';
import { tellingOf } from '../../functions/core/administration/told.ts';
import { type FactKind, kindOfKey } from '../../functions/core/facts/fact.ts';
import { contradictionsAsData } from './contradiction-lines.ts';
import { counted, highestAmong, noneAbove, saidOf } from './flip-lines.ts';
import { type PlacedOperation, placedOperations } from './placed-operations.ts';
import type { ChangeToShow } from './shown-change.ts';
import { operationsCounted } from './words.ts';

/** Groups of each effect. */
const MOST_GROUPS = 3;
/** Ways in which it lets more pass, and in which what is gained comes about. */
const MOST_WAYS = 20;
/** Facts of one way that are named, and of whom they are about; the others are counted. */
const MOST_KEYS = 3;
const MOST_NAMED = 40;

/** What is done alike to facts of one kind. */
interface Way {
  /** `changes assurance from assumed to pinned`, of one; of many, what they share. */
  readonly does: string;
  readonly operations: readonly PlacedOperation[];
}

/** A way that something gained rests on. */
interface GainingWay extends Way {
  readonly answers: number;
  /** Levels, the highest of each frame. */
  readonly upTo: readonly string[];
}

/** A few lines: how many of each, how high, the causes of the worst, and every fact that a gain rests on. */
export function flipsInShort(groups: readonly FlipGroup[], change: ChangeToShow): readonly string[] {
  const moved = movedAway(change.changes, change.facts, change.names);
  const lines = EFFECTS.flatMap((effect) => {
    const found = groups.filter((group) => group.effect === effect);
    if (found.length === 0) return [];
    const more = found.slice(MOST_GROUPS);
    return [
      `  ${saidOf(effect, found)}, up to ${highestAmong(found)}:`,
      ...found
        .slice(0, MOST_GROUPS)
        .map(
          (group) =>
            `    ${group.highest[0]}: ${counted(group.flips.length, 'answer')}, ${causesInShort(group, moved)}`,
        ),
      ...(more.length === 0
        ? []
        : [
            `    … and ${counted(more.length, 'group')} more${noneAbove(more.flatMap((g) => g.highest.slice(0, 1)))}: see below`,
          ]),
      ...gainingInWords(gainingWays(found, change), change),
    ];
  });
  return lines.length === 0
    ? ['In short: no answer flips.']
    : ['In short, what flips, worst first:', ...lines];
}

function causesInShort({ causes, restsOn }: FlipGroup, moved: ReadonlyMap<string, string>): string {
  const because = causes.map(({ code, vendor }) => (vendor === undefined ? code : `${code} (${vendor})`));
  const [first = '', ...more] = restsOn.toSorted((a, b) => Number(moved.has(b)) - Number(moved.has(a)));
  const away = moved.has(first) ? `, ${moved.get(first)}` : '';
  const on = first === '' ? '' : `, by ${first}${away}${more.length === 0 ? '' : ` and ${more.length} more`}`;
  return `${[...new Set(because)].join(', ')}${on}`;
}

const GAINS: ReadonlySet<Effect> = new Set(['gained', 'later']);

/** How the facts were changed that gains rest on: corrections first, then ends, then what is new; of each, the rarest way first. */
function gainingWays(groups: readonly FlipGroup[], change: ChangeToShow): readonly GainingWay[] {
  const placed = new Map(placedOperations(change).map((each) => [keyOf(each.operation) ?? '', each]));
  const found = new Map<string, { keys: Set<string>; flips: Set<number>; levels: Set<string> }>();
  for (const { effect, flips, highest } of groups) {
    if (!GAINS.has(effect)) continue;
    for (const { number, restsOn } of flips)
      for (const key of restsOn) {
        const way = wayOf(key, placed.get(key));
        const of = found.get(way) ?? { keys: new Set(), flips: new Set(), levels: new Set() };
        found.set(way, of);
        of.keys.add(key);
        of.flips.add(number);
        for (const level of highest) of.levels.add(level);
      }
  }
  return [...found.values()]
    .map(({ keys, flips, levels }) => {
      const operations = [...keys].flatMap((key) => placed.get(key) ?? []).sort((a, b) => a.index - b.index);
      const upTo = highestOf([...levels].map(heightOf)).map(({ name }) => name);
      return { does: doneBy(operations), operations, answers: flips.size, upTo };
    })
    .filter(({ operations }) => operations.length > 0)
    .sort(
      (a, b) =>
        rankOf(a) - rankOf(b) ||
        a.operations.length - b.operations.length ||
        byHeight(heightOf(a.upTo[0] ?? ''), heightOf(b.upTo[0] ?? '')),
    );
}

const RANKS = { replace: 0, end: 1, add: 2 } as const;

function rankOf({ operations: [first] }: Way): number {
  return first === undefined ? 0 : RANKS[first.operation.op];
}

function wayOf(key: string, placed: PlacedOperation | undefined): string {
  return `${placed?.operation.op} ${kindOfKey(key)} ${placed?.loosens?.way}`;
}

const DONE = { replace: 'is corrected', end: 'ends', add: 'is new' } as const;

/** One thing, where all of them do it. */
function doneBy(operations: readonly PlacedOperation[]): string {
  const said = (how: 'phrase' | 'way') => [
    ...new Set(
      operations.map(({ operation: { op }, loosens }) =>
        op === 'add' ? DONE.add : (loosens?.[how] ?? DONE[op]),
      ),
    ),
  ];
  const phrases = said('phrase');
  return (phrases.length === 1 ? phrases : said('way')).join('; ');
}

function gainingInWords(ways: readonly GainingWay[], change: ChangeToShow): readonly string[] {
  if (ways.length === 0) return [];
  const left = ways.slice(MOST_WAYS).flatMap(({ operations }) => operations);
  return [
    '    They rest on:',
    ...ways.slice(0, MOST_WAYS).map((way) => {
      const { does, operations, answers, upTo } = way;
      const named = operations
        .slice(0, MOST_KEYS)
        .map(({ operation, index }) => `${keyOf(operation)} (operation ${index})`);
      const more = operations.length - named.length;
      const facts = `${named.join(', ')}${more > 0 ? ` and ${more} more` : ''}${aboutInWords(operations, change)}`;
      return `      ${facts}: ${does}; ${counted(answers, 'answer')}, up to ${upTo.join(', ')}`;
    }),
    ...(left.length > 0
      ? [`      … and ${operationsCounted(left.length)} in ${ways.length - MOST_WAYS} other ways: see below`]
      : []),
  ];
}

/** What is seen to let more pass, a line for each way, that of the fewest operations first: one hides among hundreds of another. */
export function looseningInShort(change: ChangeToShow): readonly string[] {
  const rarest = looseningWays(change);
  const left = rarest.slice(MOST_WAYS).flatMap(({ operations }) => operations);
  return [
    ...rarest.slice(0, MOST_WAYS).map(({ does, operations: [first, ...others] }) => {
      const [key, index] = [first === undefined ? '' : keyOf(first.operation), first?.index ?? 0];
      if (first === undefined || others.length === 0)
        return `  ${String(index).padStart(4)}  ${key} ${does}${aboutInWords(first === undefined ? [] : [first], change)}`;
      const about = aboutInWords([first, ...others], change);
      return `  ${operationsCounted(others.length + 1)}, the first of them ${index} (${key}): ${does}${about}`;
    }),
    ...(left.length > 0
      ? [
          `  … and ${operationsCounted(left.length)} in ${rarest.length - MOST_WAYS} other ways, each under What it does`,
        ]
      : []),
  ];
}

/** Whom or what they are about, by what that is called: an id is whatever its author chose. */
function aboutInWords(operations: readonly PlacedOperation[], change: ChangeToShow): string {
  const names = new Set(
    operations.flatMap(({ operation, index }) => {
      if (!OF_OTHERS.has(kindOfKey(keyOf(operation) ?? ''))) return [];
      const { about } = tellingOf(operation, index, change.facts);
      return about
        .slice(1)
        .flatMap((key) => (ABOUT.has(kindOfKey(key)) ? calledByKey(change.names, key) : []));
    }),
  );
  const [shown, more] = [[...names].slice(0, MOST_NAMED), names.size - MOST_NAMED];
  if (shown.length === 0) return '';
  return `, about ${shown.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}

/** Kinds whose id does not say whom they are about. */
const OF_OTHERS: ReadonlySet<FactKind | undefined> = new Set([
  'accreditation',
  'assessment',
  'designation',
  'hold',
  'route',
  'waiver',
]);

/** What facts are about; who speaks and by what it is judged is said elsewhere. */
const ABOUT: ReadonlySet<FactKind | undefined> = new Set(['network', 'protection', 'vendor']);

function looseningWays(change: ChangeToShow): readonly Way[] {
  const ways = Map.groupBy(placedOperations(change), ({ loosens }) => loosens?.way);
  return [...ways]
    .flatMap(([way, operations]): readonly Way[] => {
      const phrases = new Set(operations.map(({ loosens }) => loosens?.phrase));
      const [phrase] = phrases;
      if (way === undefined || phrase === undefined) return [];
      return [{ does: phrases.size === 1 ? phrase : way, operations }];
    })
    .toSorted((a, b) => a.operations.length - b.operations.length);
}

/** The same for a program, cut nowhere. */
export function inShort(groups: readonly FlipGroup[], change: ChangeToShow, decisive: ReadonlySet<string>) {
  return {
    contradictions: contradictionsAsData(change, decisive),
    flips: EFFECTS.flatMap((effect) => {
      const found = groups.filter((group) => group.effect === effect);
      if (found.length === 0) return [];
      return [
        {
          effect,
          answers: found.reduce((sum, { flips }) => sum + flips.length, 0),
          upTo: highestOf(found.flatMap(({ highest }) => highest.map(heightOf))).map(({ name }) => name),
          restsOn: gainingWays(found, change).map(({ does, operations, answers, upTo }) => ({
            ...{ ...asData({ does, operations }), answers, upTo },
          })),
        },
      ];
    }),
    loosens: looseningWays(change).map(asData),
  };
}

function asData({ does, operations }: Way) {
  const facts = operations.map(({ operation }) => keyOf(operation));
  return { does, operations: operations.map(({ index }) => index), facts };
}
