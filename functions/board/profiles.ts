/**
 * The markings a view of the registry is drawn for. Derived from the mandates in force, so that a registry needs no
 * configuration: for every owner, each level its mandates cover as a bare marking means it (for the owner alone), and
 * SECRET once more as releasable to every nation that an accreditation names.
 */
import { kindOf, readFact } from '../core/facts/fact.ts';
import { dayOf, holdsAt } from '../core/facts/moment.ts';
import type { RawFact } from '../core/facts/view.ts';
import { type Label, plainLabel } from '../core/marking/label.ts';
import { ladderOf, levelRank } from '../core/marking/order.ts';
import { ownerAudience } from '../core/marking/scheme.ts';
import type { WholeRegistry } from './whole-registry.ts';

export interface Profile {
  /** `USA · SECRET`, `USA · SECRET, shared` */
  readonly name: string;
  /** For a narrow column: `S`, `TS`, `S shared`. */
  readonly short: string;
  /** Releasable to every nation that an accreditation names. */
  readonly shared: boolean;
  readonly label: Label;
}

/** Most columns a view is drawn with. */
export const MAX_PROFILES = 18;

function initials(level: string): string {
  return level
    .split(/[\s-]+/)
    .map((word) => word[0] ?? '')
    .join('');
}

interface Candidate extends Profile {
  /** What is kept first: SECRET, then the highest level, then SECRET for the own nation, then what lies below. */
  readonly priority: number;
}

function candidatesOf(
  owner: string,
  frame: string,
  least: number,
  on: string,
  everybody: readonly string[],
): readonly Candidate[] {
  const ladder = ladderOf(frame) ?? [];
  const own = ownerAudience(owner, on);
  return ladder.flatMap((level, rank): readonly Candidate[] => {
    if (rank < least) return [];
    const fromTop = ladder.length - 1 - rank;
    const name = `${owner} · ${level}`;
    const short = initials(level);
    const priority = fromTop === 1 ? 0 : fromTop === 0 ? 1 : 2 + fromTop;
    // The lowest level of a frame is open; what lies above it is for its owner unless it says more.
    const label = plainLabel(owner, frame, level, rank === 0 ? null : own);
    const column = { name, short, priority, shared: false, label };
    if (fromTop !== 1) return [column];
    const wide = plainLabel(owner, frame, level, [...new Set([...own, ...everybody])].sort());
    return [
      column,
      { name: `${name}, shared`, short: `${short} shared`, priority: 2, shared: true, label: wide },
    ];
  });
}

/** Every nation that an accreditation in force names. */
function everybodyNamed(facts: readonly RawFact[], at: number): readonly string[] {
  const named = new Set<string>();
  for (const raw of facts) {
    if (kindOf(raw) !== 'accreditation') continue;
    const reading = readFact(raw);
    if (!reading.sound || reading.fact.kind !== 'accreditation' || !holdsAt(reading.interval, at)) continue;
    for (const nation of reading.fact.audience) named.add(nation);
  }
  return [...named].sort();
}

/** The level below a frame's highest: SECRET, by whatever name the frame calls it. */
export function isSecret({ label, shared }: Profile): boolean {
  return !shared && ladderOf(label.frame)?.at(-2) === label.level;
}

/** Profiles for the mandates in force at an instant, by owner, lowest level first. */
export function profilesOf(
  { law, facts }: Pick<WholeRegistry, 'law' | 'facts'>,
  at: number,
): readonly Profile[] {
  const least = new Map<string, { owner: string; frame: string; rank: number }>();
  for (const { fact: m, interval } of law.mandates) {
    if (!holdsAt(interval, at)) continue;
    for (const { frame, level } of m.from) {
      const rank = levelRank(frame, level);
      const key = `${m.owner} ${frame}`;
      if (rank !== undefined && rank < (least.get(key)?.rank ?? Number.POSITIVE_INFINITY))
        least.set(key, { owner: m.owner, frame, rank });
    }
  }
  const on = dayOf(at, 'UTC');
  const everybody = everybodyNamed(facts, at);
  const candidates = [...least.values()]
    .filter(({ owner, frame }) => isOwnFrame(owner, frame, least))
    .sort((a, b) => (`${a.owner} ${a.frame}` < `${b.owner} ${b.frame}` ? -1 : 1))
    .flatMap(({ owner, frame, rank }) => candidatesOf(owner, frame, rank, on, everybody));
  const kept = new Set([...candidates].sort((a, b) => a.priority - b.priority).slice(0, MAX_PROFILES));
  return candidates.filter((c) => kept.has(c));
}

/** An owner's mandate may cover foreign frames too; a column for each would only repeat the owner's own. */
function isOwnFrame(
  owner: string,
  frame: string,
  all: ReadonlyMap<string, { readonly owner: string; readonly frame: string }>,
): boolean {
  const frames = [...all.values()].filter((x) => x.owner === owner).map((x) => x.frame);
  const own = frames.find((f) => owner.startsWith(f) || f.startsWith(owner)) ?? OWN_FRAME[owner];
  return frames.length === 1 || own === undefined || !frames.includes(own) || frame === own;
}

/** Frames whose name is not the beginning of their nation's code. */
const OWN_FRAME: Readonly<Record<string, string>> = { GBR: 'UK', USA: 'US' };
