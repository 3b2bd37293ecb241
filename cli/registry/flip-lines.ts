/** What flips, for a terminal, group by group, worst first. What is cut says what it leaves out. */
import {
  EFFECTS,
  type Effect,
  type FlipGroup,
  flipGroups,
  groupsToAcknowledge,
  mustBeNamed,
} from '../../functions/core/administration/flip-groups.ts';
import {
  causeInWords,
  conditionsOf,
  stopsInWords,
  subjectInWords,
  timeInWords,
} from '../../functions/core/administration/flip-words.ts';
import { byHeight, heightOf, highestOf } from '../../functions/core/administration/marking-order.ts';
import type { Flip, RefusalCause, SimulationReport } from '../../functions/core/administration/simulation.ts';

/** Groups shown at once; more are shown where somebody asks for all. */
export const MOST_GROUPS = 50;
/** Of each group and of each flip: the group says how many there are, and none of them stands higher. */
const MOST_FLIPS = 20;
const MOST_MARKINGS = 8;

const SAID: Readonly<Record<Effect, readonly [one: string, more: string]>> = {
  gained: ['PERMIT GAINED', 'PERMITS GAINED'],
  lost: ['permit lost', 'permits lost'],
  sooner: ['permit that ends sooner', 'permits that end sooner'],
  later: ['PERMIT THAT LASTS LONGER', 'PERMITS THAT LAST LONGER'],
};

export function saidOf(effect: Effect, groups: readonly FlipGroup[]): string {
  const count = sumOf(groups);
  const [one, more] = SAID[effect];
  const waiting = groups.flatMap(({ flips }) => flips).filter(({ cases }) => cases.every((c) => c.lifted));
  const whichWait = waiting.length === count ? '' : `${waiting.length} of them `;
  const wait = waiting.length === 0 ? '' : `, ${whichWait}once what is stopped is lifted`;
  return `${count} ${count === 1 ? one : more}${wait}`;
}

/** What is said where there are none of them. */
const NOTHING: Readonly<Record<Effect, readonly string[]>> = {
  gained: ['Nothing becomes permit.'],
  lost: ['Nothing becomes deny.'],
  sooner: [],
  later: [],
};

function sumOf(groups: readonly FlipGroup[]): number {
  return groups.reduce((sum, { flips }) => sum + flips.length, 0);
}

export function highestAmong(groups: readonly FlipGroup[]): string {
  return highestOf(groups.flatMap(({ highest }) => highest.map(heightOf)))
    .map(({ name }) => name)
    .join(', ');
}

export function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}

/** Nothing of what is left out stands above this. */
export function noneAbove(markings: readonly string[]): string {
  const [worst] = markings.map(heightOf).sort(byHeight);
  return worst === undefined ? '' : `, none above ${worst.name}`;
}

/** `1-3, 7` */
function ranges(numbers: readonly number[]): string {
  const sorted = [...numbers].sort((a, b) => a - b);
  const found: [number, number][] = [];
  for (const number of sorted) {
    const last = found.at(-1);
    if (last !== undefined && last[1] === number - 1) last[1] = number;
    else found.push([number, number]);
  }
  return found.map(([from, to]) => (from === to ? String(from) : `${from}-${to}`)).join(', ');
}

function markingsInWords(markings: readonly string[], all: boolean): string {
  const most = all ? markings.length : MOST_MARKINGS;
  const more = markings.slice(most);
  const cut = more.length === 0 ? '' : `, and ${more.length} more${noneAbove(more)}`;
  return `${markings.slice(0, most).join('; ')}${cut}`;
}

/** Where on the way it is, unless that is the very network asked about. */
function placesOf({ subject, why }: Flip): readonly string[] {
  const own = 'network' in subject ? subject.network : undefined;
  const places = why.flatMap(({ network, hop, segment, owner }) => {
    const place = [
      network !== undefined && network !== own && `network ${network}`,
      hop !== undefined && `hop ${hop}`,
      segment !== undefined && `segment ${segment}`,
      owner !== undefined && `owner ${owner}`,
    ].filter((part) => typeof part === 'string');
    return place.length === 0 ? [] : [place.join(' ')];
  });
  return [...new Set(places)];
}

function flipInWords(flip: Flip, all: boolean): readonly string[] {
  const places = placesOf(flip);
  return [
    `  ${String(flip.number).padStart(6)}  ${subjectInWords(flip.subject)}, ${timeInWords(flip)}: ${flip.before} → ${flip.after}`,
    ...(places.length === 0 ? [] : [`          at ${places.join('; ')}`]),
    ...(flip.obliges.length === 0 ? [] : [`          if who sends can ${flip.obliges.join(', ')}`]),
    ...conditionsOf(flip.cases).map(({ ways, markings }) => {
      const asked = ways.filter((way) => way !== '');
      const only = asked.length === 0 ? '' : `${asked.join('; or ')}: `;
      return `          ${only}for ${markingsInWords(markings, all)}`;
    }),
  ];
}

/** With the fact that the answers themselves name, where it is one: what has ended need not be what the change is about. */
function withFact({ code, ...cause }: FlipGroup['causes'][number], { flips }: FlipGroup): RefusalCause {
  const facts = flips.flatMap(({ why }) =>
    why.filter((each) => each.code === code && each.vendor === cause.vendor).map(({ fact }) => fact),
  );
  const [fact, ...others] = new Set(facts);
  return { code, ...cause, ...(fact !== undefined && others.length === 0 && { fact }) };
}

const NONE: ReadonlyMap<string, string> = new Map();

function groupInWords(group: FlipGroup, all: boolean, moved: ReadonlyMap<string, string>): readonly string[] {
  const { name, effect, flips, causes, restsOn, highest } = group;
  const isGain = effect === 'gained' || effect === 'later';
  const shown = all ? flips : flips.slice(0, MOST_FLIPS);
  const more = flips.slice(shown.length);
  return [
    `${name}: ${counted(flips.length, 'answer')}, up to ${highest.join(', ')} (${flips.length === 1 ? 'number' : 'numbers'} ${ranges(flips.map((f) => f.number))})`,
    ...causes.map((cause) => `    ${isGain ? 'no longer' : 'now'} ${causeInWords(withFact(cause, group))}`),
    restsOn.length === 0
      ? '    rests on the change as a whole'
      : `    rests on ${all ? restsOn.join(', ') : inPart(restsOn)}`,
    ...restsOn.filter((key) => moved.has(key)).map((key) => `    ${key} is ${moved.get(key)}`),
    ...shown.flatMap((flip) => flipInWords(flip, all)),
    ...(more.length === 0
      ? []
      : [
          `          … and ${more.length} more of this group (${ranges(more.map((f) => f.number))}), none above ${highest[0]}: --all shows them`,
        ]),
  ];
}

function inPart(keys: readonly string[]): string {
  const more = keys.length - MOST_MARKINGS;
  return `${keys.slice(0, MOST_MARKINGS).join(', ')}${more > 0 ? `, and ${more} more` : ''}`;
}

/** How what becomes or stays permitted is acknowledged. */
function acknowledgingInWords(groups: readonly FlipGroup[]): readonly string[] {
  const asked = groupsToAcknowledge(groups);
  if (asked.length === 0) return [];
  return [
    mustBeNamed(asked)
      ? `To acknowledge: ${counted(asked.length, 'group')}, each by its name, because they are so many: approve --acknowledge all-of:NAME,…`
      : `To acknowledge: ${counted(asked.length, 'group')}, by name or number: approve --acknowledge all-of:NAME,… (or 1-4,7)`,
  ];
}

/** Whether all groups are among what {@link simulationInWords} shows. */
export function showsEveryGroup(groups: readonly FlipGroup[], all: boolean): boolean {
  return all || groups.length <= MOST_GROUPS;
}

/** How flips are told. */
interface Telling {
  /** Every group, flip and marking, however many. */
  readonly all?: boolean;
  /** What became of facts that are another's from now on, by key. */
  readonly moved?: ReadonlyMap<string, string>;
  /** Whether nobody acknowledges them any more. */
  readonly decided?: boolean;
}

export function simulationInWords(
  report: SimulationReport,
  groups: readonly FlipGroup[] = flipGroups(report.flips),
  { all = false, moved = NONE, decided = false }: Telling = {},
): readonly string[] {
  const shown = new Set(showsEveryGroup(groups, all) ? groups : groups.slice(0, MOST_GROUPS));
  const hidden = groups.slice(shown.size);
  return [
    `Asked ${report.questions} questions, ${report.evaluations} evaluations; complete.`,
    ...(report.stops.length === 0 ? [] : [stopsInWords(report.stops)]),
    ...EFFECTS.flatMap((effect) => {
      const found = groups.filter((group) => group.effect === effect);
      if (found.length === 0) return NOTHING[effect];
      return [
        `${saidOf(effect, found)}, up to ${highestAmong(found)}, in ${counted(found.length, 'group')}:`,
        ...found.filter((group) => shown.has(group)).flatMap((group) => groupInWords(group, all, moved)),
      ];
    }),
    ...(hidden.length === 0
      ? []
      : [
          `… and ${counted(hidden.length, 'group')} more (${counted(sumOf(hidden), 'answer')})${noneAbove(hidden.flatMap((g) => g.highest))}, which are not shown: --all shows them`,
        ]),
    ...(decided ? [] : acknowledgingInWords(groups)),
    ...(report.changedSinceJudged.length === 0
      ? []
      : [`To be judged anew, because what they judged changes: ${report.changedSinceJudged.join(', ')}.`]),
    `Flips ${report.flipsDigest}`,
  ];
}
