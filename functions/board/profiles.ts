/**
 * The markings a view of the registry is drawn for. Derived from the mandates in force, so that a registry needs no
 * configuration: for every owner, each level its mandates cover, once without and once with the narrowest audience.
 */
import type { Law } from '../core/decision/evidence.ts';
import { holdsAt } from '../core/facts/moment.ts';
import type { Label } from '../core/marking/label.ts';
import { ladderOf, levelRank } from '../core/marking/order.ts';

export interface Profile {
  /** `USA · US SECRET`, `USA · US SECRET, own nation only` */
  readonly name: string;
  /** For a narrow column: `S`, `TS`, `S own`. */
  readonly short: string;
  readonly label: Label;
}

/** Most columns a view is drawn with; the highest levels are kept. */
export const MAX_PROFILES = 12;

function initials(level: string): string {
  return level
    .split(/[\s-]+/)
    .map((word) => word[0] ?? '')
    .join('');
}

function labelOf(owner: string, frame: string, level: string, audience: readonly string[] | null): Label {
  const none: readonly string[] = [];
  return {
    frame,
    level,
    compartments: none,
    controls: none,
    owners: [owner],
    markedBy: owner,
    fgi: none,
    audience,
    displayOnly: none,
  };
}

/** Profiles for the mandates in force at an instant, by owner, lowest level first. */
export function profilesOf(law: Law, at: number): readonly Profile[] {
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
  const own = [...least.values()].filter(({ owner, frame }) => isOwnFrame(owner, frame, least));
  const profiles = own
    .sort((a, b) => (`${a.owner} ${a.frame}` < `${b.owner} ${b.frame}` ? -1 : 1))
    .flatMap(({ owner, frame, rank }) =>
      (ladderOf(frame) ?? []).slice(rank).flatMap((level): (Profile & { readonly rank: number })[] => {
        const place = levelRank(frame, level) ?? 0;
        const open = { name: `${owner} · ${level}`, short: initials(level) };
        return [
          { ...open, rank: place, label: labelOf(owner, frame, level, null) },
          {
            name: `${open.name}, own nation only`,
            short: `${open.short}·${owner}`,
            rank: place,
            label: labelOf(owner, frame, level, [owner]),
          },
        ];
      }),
    );
  const kept = new Set([...profiles].sort((a, b) => b.rank - a.rank).slice(0, MAX_PROFILES));
  return profiles.filter((p) => kept.has(p));
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
