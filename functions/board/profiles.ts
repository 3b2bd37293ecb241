/**
 * The columns a view of the registry is drawn with: a choice among core's marking profiles, which are what alarms,
 * forecasts and comparisons ask about. A person may choose others; what is not drawn is said.
 *
 * Without a choice they follow the mandates in force, so that a registry needs no configuration: for every owner, each
 * level its mandates cover as a bare marking means it (for the owner alone), and SECRET once more as releasable to
 * every nation that an accreditation names.
 */
import { isDeepStrictEqual } from 'node:util';
import { type MarkingProfile, markingProfiles } from '../core/administration/marking-profiles.ts';
import { dayOf, holdsAt } from '../core/facts/moment.ts';
import { ownerOfFrame } from '../core/marking/frame-owners.ts';
import { type Label, labelFrom, responsibleOwners } from '../core/marking/label.ts';
import { ladderOf, levelRank } from '../core/marking/ladders.ts';
import { readMarking } from '../core/marking/read.ts';
import { ownerAudience } from '../core/marking/scheme.ts';
import type { WholeRegistry } from '../store/whole-registry.ts';

export interface Profile extends MarkingProfile {
  /** `USA · SECRET`, `USA · SECRET, shared`; of a marking that a person chose, its id. */
  readonly name: string;
  /** For a narrow column: `S`, `TS`, `S shared`. */
  readonly short: string;
  /** Whose information it is. */
  readonly owner: string;
  /** `shared`: releasable to every nation that an accreditation names. */
  readonly kind: 'bare' | 'shared' | 'chosen';
}

export interface Columns {
  readonly drawn: readonly Profile[];
  /** Ids of the markings not drawn. */
  readonly left: readonly string[];
  /** How many of those a person chose are none of this registry's, or more than there is room for. */
  readonly refused: number;
}

/** Most columns a view is drawn with. */
export const MAX_PROFILES = 18;

function initials(level: string): string {
  return level
    .split(/[\s-]+/)
    .map((word) => word[0] ?? '')
    .join('');
}

function ownersOf({ label }: MarkingProfile): readonly string[] {
  return label.owners.length === 0 ? [label.markedBy] : label.owners;
}

/** Nothing is said but a level, an owner and an audience: it takes the read-ins of its owner and no other. */
function isPlain({ label }: MarkingProfile): boolean {
  const bare = labelFrom({ ...label, compartments: [], controls: [] });
  return label.controls.length === 0 && label.compartments.join() === bare.compartments.join();
}

interface Candidate extends Profile {
  /** What is kept first: SECRET, then the highest level, then SECRET for the own nation, then what lies below. */
  readonly priority: number;
}

/** Whose mandates cover what, from which rank of the frame's ladder on. */
interface Covered {
  readonly owner: string;
  readonly frame: string;
  readonly rank: number;
}

function candidatesOf(
  { owner, frame, rank: least }: Covered,
  on: string,
  markings: readonly MarkingProfile[],
): readonly Candidate[] {
  const ladder = ladderOf(frame) ?? [];
  const own = ownerAudience(ownerOfFrame(frame), on);
  return ladder.flatMap((level, rank): readonly Candidate[] => {
    if (rank < least) return [];
    const asked = markings.filter(
      (m) => m.label.frame === frame && m.label.level === level && isPlain(m) && ownersOf(m).join() === owner,
    );
    const fromTop = ladder.length - 1 - rank;
    const name = `${owner} · ${level}`;
    const short = initials(level);
    // The lowest level of a frame is open; what lies above it is for its owner unless it says more.
    const bare = asked.find((m) => m.label.audience?.join() === (rank === 0 ? undefined : own.join()));
    const priority = fromTop === 1 ? 0 : fromTop === 0 ? 1 : 2 + fromTop;
    const column = bare && ({ ...bare, name, short, owner, priority, kind: 'bare' } as const);
    // Of the audiences asked about the longest is everybody.
    const widest = (m: MarkingProfile) => m.label.audience?.length ?? 0;
    const wide = fromTop === 1 ? [...asked].sort((a, b) => widest(b) - widest(a))[0] : undefined;
    return [
      ...(column === undefined ? [] : [column]),
      ...(wide === undefined || wide.id === bare?.id
        ? []
        : [
            {
              ...wide,
              ...{ name: `${name}, shared`, short: `${short} shared`, owner, priority: 2 },
              kind: 'shared' as const,
            },
          ]),
    ];
  });
}

/** The level below a frame's highest, for its owner alone: SECRET, by whatever name the frame calls it. */
export function isSecret({ label, kind }: Profile): boolean {
  return kind === 'bare' && ladderOf(label.frame)?.at(-2) === label.level;
}

/** Columns for the mandates in force at an instant, by owner, lowest level first. */
function mandated({ law }: Pick<WholeRegistry, 'law'>, at: number, markings: readonly MarkingProfile[]) {
  const covered = new Map<string, Covered>();
  for (const { fact: m, interval } of law.mandates) {
    if (!holdsAt(interval, at)) continue;
    for (const { frame, level } of m.from) {
      const rank = levelRank(frame, level);
      const key = `${m.owner} ${frame}`;
      if (rank !== undefined && rank < (covered.get(key)?.rank ?? Number.POSITIVE_INFINITY))
        covered.set(key, { owner: m.owner, frame, rank });
    }
  }
  const on = dayOf(at, 'UTC');
  const all = [...covered.values()];
  return all
    .filter((c) => isOwnFrame(c, all))
    .sort((a, b) => (`${a.owner} ${a.frame}` < `${b.owner} ${b.frame}` ? -1 : 1))
    .flatMap((c) => candidatesOf(c, on, markings));
}

/** A list that is asked about leaves its own nation out among the owners, and a reader names it. */
function withOwners(label: Label): Label {
  return { ...label, owners: responsibleOwners(label) };
}

/** By its id, or as it stands on a message where every door reads it in one way. */
function markingCalled(
  text: string,
  markings: readonly MarkingProfile[],
  at: number,
): MarkingProfile | undefined {
  const named = markings.find((m) => m.id === text);
  if (named !== undefined) return named;
  const reading = readMarking(text, { on: dayOf(at, 'UTC') });
  return reading.ok
    ? markings.find((m) => isDeepStrictEqual(withOwners(m.label), withOwners(reading.label)))
    : undefined;
}

function chosenColumn(m: MarkingProfile): Profile {
  const [owner = m.label.markedBy] = ownersOf(m);
  const short = [initials(m.label.level), ...m.id.split('//').slice(1)].join(' ');
  return { ...m, name: m.id, short, owner, kind: 'chosen' };
}

/**
 * @param chosen names of columns, ids of markings or markings as written, in the order they are to be drawn; where it is empty, the
 * registry's mandates choose
 */
export function columnsOf(
  registry: Pick<WholeRegistry, 'law' | 'index'>,
  at: number,
  chosen: readonly string[] = [],
): Columns {
  const markings = markingProfiles(at, registry.index);
  const candidates = mandated(registry, at, markings);
  const kept = new Set([...candidates].sort((a, b) => a.priority - b.priority).slice(0, MAX_PROFILES));
  const found = [...new Set(chosen)].flatMap((text) => {
    const marking = markingCalled(text, markings, at);
    const column = candidates.find((c) => c.name === text) ?? (marking && chosenColumn(marking));
    return column === undefined ? [] : [column];
  });
  const picked = [...new Map(found.map((column) => [column.id, column])).values()];
  const drawn: readonly Profile[] =
    chosen.length === 0 ? candidates.filter((c) => kept.has(c)) : picked.slice(0, MAX_PROFILES);
  const ids = new Set(drawn.map((p) => p.id));
  return {
    drawn,
    left: markings.flatMap(({ id }) => (ids.has(id) ? [] : [id])),
    refused: new Set(chosen).size - found.length + Math.max(0, picked.length - MAX_PROFILES),
  };
}

/** An owner's mandate may cover foreign frames too, or several of its own; a column for each would only repeat. */
function isOwnFrame({ owner, frame }: Covered, all: readonly Covered[]): boolean {
  const frames = all.filter((x) => x.owner === owner).map((x) => x.frame);
  const [own] = frames.filter((f) => ownerOfFrame(f) === owner).sort();
  return own === undefined || frame === own;
}
