/** What was acknowledged and is not in what came back, version by version; and whether anybody can tell that this is all. */
import type { Digest } from '../../functions/core/facts/canonical.ts';
import type { NamedCommit } from '../../functions/store/ancestry.ts';
import type { AcknowledgedVersion } from '../../functions/store/epochs.ts';
import { comparePlaces, type Place } from '../../functions/store/floor.ts';
import { floorRows } from '../../functions/store/floor-rows.ts';
import { readingWithin } from '../../functions/store/object-items.ts';
import { rowsLeft } from '../../functions/store/rows-left.ts';
import { fewAtOnce } from '../registry/few-at-once.ts';
import type { Tables } from '../registry/tables.ts';
import { eitherTable } from './either-table.ts';
import { type FloorGround, type FloorWalk, givenUpBy, lostAbove, type ToldBy } from './floor-walk.ts';
import { type HeadsWay, wayOf } from './heads-way.ts';
import { confirmedBy, type GivenUp, type LostStep, type LostVersion, versionAt } from './lost-version.ts';
import { signedRows, unsignedIn } from './signed-rows.ts';
import { besideWay } from './written.ts';

export interface Lost {
  /** Of what is lost above HEAD, and of what HEAD's own epoch gave up. */
  readonly told: ToldBy;
  /** What was acknowledged last, as this floor says, or said when it was backed up; null where it has no row. */
  readonly acknowledged: AcknowledgedVersion | null;
  /** Newest first. */
  readonly versions: readonly LostVersion[];
  /** Of which earlier confirmations nobody can tell all that they gave up, as nobody could when they were signed; newest first. */
  readonly earlier: readonly { readonly told: ToldBy; readonly givenUp: GivenUp }[];
  /** In HEAD, and given up by a confirmation since: they come back with it. Newest first. */
  readonly revived: readonly NamedPlace[];
  /** In the objects, not in HEAD, and by no word of this floor never acknowledged. Newest first. */
  readonly written: readonly LostVersion[];
  /** In the floor, and signed by no key that counts in any table there is: made up, or its signature was taken. Where its rows say that it is; newest first. */
  readonly unsigned: readonly NamedPlace[];
  /** In the objects, and as far as anybody can tell never HEAD: they lost the race for their place. Newest first. */
  readonly raced: readonly NamedPlace[];
  /** In the objects, signed by keys that are not among those that count. Newest first. */
  readonly unnamed: readonly NamedPlace[];
  /** In the objects, with a commit's signature or named by the floor, and not to be read. */
  readonly damaged: readonly Digest[];
}

type NamedPlace = Place & { readonly digest: Digest };

const BUDGET_MS = 600_000;

/** Rows of the floor that one way down asks for: those of versions that no table holds, and a few for each epoch. */
const MOST_ROWS = 10_000;

/**
 * From what the registry itself says it had come to, down to where HEAD comes from: by epochs, because a confirmation gives up
 * versions whose numbers are given again. What each epoch on HEAD's way gave up where it began is lost as well, confirmed or half so.
 *
 * @param damaged the table of objects as it was before, where it may still hold what the new one does not; null where it is gone
 */
export async function lostSince(
  registry: Pick<Tables, 'client' | 'publicKeys' | 'tables'>,
  head: NamedCommit,
  damaged: string | null,
  mostRows = MOST_ROWS,
): Promise<Lost> {
  const { client, tables } = registry;
  const context = readingWithin(AbortSignal.timeout(BUDGET_MS));
  const objects = [tables.objects, damaged ?? tables.objects];
  const source = eitherTable({ client }, objects, context);
  const way = await wayOf(head, source);
  const floor = floorRows(client, tables.floor, Date.now);
  const altered = new Set<Digest>();
  const unsignedAmong = unsignedIn(registry, objects, (digest) => altered.add(digest));
  const unsigned = new Map<string, NamedPlace>();
  const by = (): FloorGround => {
    let isForged = false;
    const leftOut = ({ epoch, version, digest }: NamedPlace) => {
      isForged = true;
      unsigned.set([epoch, version, digest].join(), { epoch, version, digest });
    };
    const rows = signedRows(rowsLeft(floor, mostRows), unsignedAmong, leftOut);
    return { floor: rows, isForged: () => isForged, source, context };
  };
  const [above, ...given] = await Promise.all([
    lostAbove(head, by()),
    ...way.begun.map((begun) => givenUpBy(begun, by())),
  ]);
  const walks = [...above, ...given.flat()];
  const last = above[0]?.last ?? null;
  const steps = new Map<Digest, LostStep>();
  // What was given up more than once, by the last who did.
  for (const step of walks.flatMap((each) => each.lost))
    if (!steps.has(step.digest)) steps.set(step.digest, step);
  const beside = await besideWay(registry, objects, way, { floor, source, context });
  const untold = (of: readonly NamedCommit[]) => of.filter(({ digest }) => !steps.has(digest));
  const versions = (of: readonly LostStep[]) => fewAtOnce(of, (each) => versionAt(source, each));
  const written = await versions(untold(beside.written).map((each) => stepBeside(each, way)));
  return {
    ...gapsIn(walks, written, way),
    acknowledged: last,
    versions: (await versions([...steps.values()])).toSorted((a, b) => comparePlaces(b, a)),
    revived: above
      .flatMap(({ own, last: to }) =>
        own.filter(({ commit }) => commit.confirmed && to !== null && commit.epoch < to.epoch),
      )
      .map(placeOf),
    written,
    unsigned: [...unsigned.values()].toSorted((a, b) => comparePlaces(b, a)),
    raced: untold(beside.raced).map(placeOf),
    unnamed: beside.unnamed.map(placeOf),
    damaged: [...new Set([...altered, ...beside.damaged])],
  };
}

function gapsIn(
  walks: readonly FloorWalk[],
  written: Lost['written'],
  { head, begun: [own, ...earlier] }: HeadsWay,
): Pick<Lost, 'told' | 'earlier'> {
  const toldOf = (is: (walk: FloorWalk) => boolean): ToldBy =>
    walks.find((walk) => is(walk) && walk.told !== 'complete')?.told ?? 'complete';
  const told = toldOf(({ begun }) => begun === null || begun === own);
  // What an earlier epoch gave up was shown to those who confirmed the next.
  const isSilent = written.some(({ givenUp }) => givenUp === null || givenUp.epoch === head.commit.epoch);
  return {
    told: told === 'complete' && isSilent ? 'silent' : told,
    earlier: earlier.flatMap((one) => {
      const [told, givenUp] = [toldOf(({ begun }) => begun === one), confirmedBy(one)];
      return told === 'complete' || givenUp === null ? [] : [{ told, givenUp }];
    }),
  };
}

/** With the first confirmation after it that went on without it. */
function stepBeside({ digest, commit }: NamedCommit, way: HeadsWay): LostStep {
  const { epoch, version, recordedAt } = commit;
  const begun = way.begun.findLast(
    ({ epoch: later, confirmation }) =>
      later > epoch && confirmation !== null && confirmation.commit.recordedAt >= recordedAt,
  );
  return { digest, commit, epoch, version, begun: begun ?? null };
}

function placeOf({ digest, commit: { epoch, version } }: NamedCommit): NamedPlace {
  return { epoch, version, digest };
}
