/**
 * The watch: once a minute, what no decision can say. How old the registry is, whether HEAD has moved, which holds and
 * waivers are in force, how many proposals wait for a second person, and what the clock will take away.
 */
import { iso } from '../core/facts/moment.ts';
import { embedded, type MetricValues, namesOf } from '../metrics/embedded.ts';
import type { NamedCommit } from '../store/ancestry.ts';
import type { CopiesFound } from '../store/astray-copies.ts';
import { keptByKey } from '../store/kept.ts';
import type { SnapshotReader } from '../store/registry-reader.ts';
import { isHeld, StoreError, type StoreErrorCode } from '../store/store-error.ts';
import { createWholeLoader } from '../store/whole-registry.ts';
import type { HistoryAudit } from './audit.ts';
import { createHistoryNews, createStatesNews } from './news.ts';
import { inForce, type Outlook, outlookOf } from './readings.ts';

export interface WatchOptions {
  readonly reader: SnapshotReader;
  /** Whether two people made what HEAD has come to. */
  readonly audit: HistoryAudit;
  /** How HEAD's copies stand, where it is acknowledged. */
  readonly copies: (acknowledged: NamedCommit) => Promise<CopiesFound>;
  /** How many proposals wait for a second person. */
  readonly proposalsWaiting: () => Promise<number>;
  readonly service: string;
  /** Epoch milliseconds. */
  readonly clock: () => number;
  /** Milliseconds from any instant on, of a clock that only goes forward. */
  readonly elapsed: () => number;
  readonly write: (line: string) => void;
}

/** Ids listed in a line; the figures are always whole. */
const MAX_LISTED = 50;
/** Markings listed of a route; `markings` says how many there are. */
const MAX_MARKINGS = 10;

/**
 * From the start of a look until the outlook stops: what it did not reach counts as dark. Well within what the function
 * has, so that the line is written whatever a registry holds.
 */
const OUTLOOK_UNTIL_MS = 40_000;

/** Longer than the minute between two looks: a HEAD moved just before one, and seen only by the next, still counts. */
const MOVED_WITHIN_MS = 130_000;

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** Counted as nothing each minute, so that "no decision" is a figure and an alarm on it is never without data. */
const NO_DECISIONS = { Decisions: 0, Permits: 0, Faults: 0 } as const satisfies MetricValues;

/** In the list of holds: a registry that came back is held until people confirm it, though no hold says so. */
const UNCONFIRMED = 'registry/unconfirmed';

const NO_COPIES: CopiesFound = { copies: 1, astray: [] };

/** A HEAD that is not what was acknowledged is no failure of the watch, which has just seen it. */
const FOUND_BELOW = { WatchFailures: 0, HeadBelowFloor: 1, HoldsInForce: 1 } as const satisfies MetricValues;

type HistoryValues = Pick<
  MetricValues,
  'HistoryProblems' | 'NewHistoryProblems' | 'HistoryProblemsMark' | 'VersionsUnaudited'
>;

export type Watch = () => Promise<{ readonly ok: boolean }>;

export function createWatch(options: WatchOptions): Watch {
  const load = createWholeLoader();
  // It moves by the day: computing it once an hour and version is enough.
  const outlook = keptByKey<Parameters<typeof outlookOf>, Outlook>(
    outlookOf,
    (registry, at) => `${registry.digest} ${Math.floor(at / HOUR_MS)}`,
  );
  const newInHistory = createHistoryNews();
  const newOf = createStatesNews();
  let hasLooked = false;
  /** HEAD's digest at the last look that came to an end. */
  let seen: string | undefined;

  async function look(
    at: number,
    audited: (found: HistoryValues) => void,
    keepGoing: () => boolean,
  ): Promise<{ values: MetricValues; details: Record<string, unknown> }> {
    const snapshot = await options.reader.open();
    // Before anything of it is believed: a HEAD that nobody signed does not load.
    const { problems, unaudited } = await options.audit(snapshot);
    audited({
      // Nothing found is no word yet while there is more to look at: what was red stays red until somebody has looked.
      ...((problems.length > 0 || unaudited === 0) && { HistoryProblems: problems.length }),
      ...newInHistory({ at, head: snapshot.commit, problems, unaudited }),
      VersionsUnaudited: unaudited,
    });
    const registry = await load(snapshot);
    // Of one that nobody was told of, or that was put back, copies are what HeadBelowFloor is about.
    const { copies, astray } = snapshot.held === null ? await options.copies(snapshot) : NO_COPIES;
    const waiting = await options.proposalsWaiting();
    const { waivers, holds: stops } = inForce(registry, at);
    const placed = stops.map(({ id }) => `hold/${id}`);
    const holds = snapshot.held === null ? placed : [UNCONFIRMED, ...placed];
    const { dark, endings, silences } = outlook(registry, at, keepGoing);
    const silent = (days: number) => silences.filter((s) => s.from <= at + days * DAY_MS).length;
    const recordedAt = Date.parse(registry.recordedAt);
    // When a version was recorded is its own word; that it is another than before is seen.
    const moved = at - recordedAt < MOVED_WITHIN_MS || (seen !== undefined && seen !== registry.digest);
    seen = registry.digest;
    // What cannot be read stops everybody, too.
    const wide = stops.filter((hold) => !hold.readable || hold.wide);
    const { NewHeadCopiesAstray, HeadCopiesAstrayMark, ...news } = newOf({
      at,
      wide,
      outlook: { dark, silences },
      astray,
    });
    return {
      values: {
        ...NO_DECISIONS,
        WatchFailures: 0,
        // Whatever it is held for: a hold that lasts must not hide it.
        HeadBelowFloor: snapshot.held === null ? 0 : 1,
        RegistryVersion: registry.version,
        RegistryAge: Math.max(0, (at - recordedAt) / 1000),
        HeadMoved: moved ? 1 : 0,
        HoldsInForce: holds.length,
        WideHolds: wide.length,
        WaiversInForce: waivers.length,
        ProposalsWaiting: waiting,
        RoutesDarkIn1Day: dark[1].length,
        RoutesDarkIn7Days: dark[7].length,
        RoutesDarkIn30Days: dark[30].length,
        FactsEndingIn1Day: endings[1].length,
        FactsEndingIn7Days: endings[7].length,
        FactsEndingIn30Days: endings[30].length,
        NationsSilentIn7Days: silent(7),
        NationsSilentIn30Days: silent(30),
        NationsSilentIn90Days: silent(90),
        ...news,
        ...(copies > 1 && {
          HeadCopiesAstray: astray.length,
          NewHeadCopiesAstray,
          ...(HeadCopiesAstrayMark !== undefined && { HeadCopiesAstrayMark }),
        }),
      },
      details: {
        registry: { version: registry.version, digest: registry.digest, recordedAt: registry.recordedAt },
        held: snapshot.held,
        author: snapshot.commit.author,
        kind: snapshot.commit.kind,
        ...(copies > 1 && { copies, astray }),
        history: problems.slice(0, MAX_LISTED).map(({ code, version }) => ({ code, version })),
        holds: holds.slice(0, MAX_LISTED),
        stops: stops.slice(0, MAX_LISTED),
        waivers: waivers.slice(0, MAX_LISTED),
        dark: dark[30].slice(0, MAX_LISTED).map(({ subject, from, markings, looked }) => ({
          ...subject,
          from: iso(from),
          for: markings.slice(0, MAX_MARKINGS),
          markings: markings.length,
          ...(!looked && { unlooked: true }),
        })),
        ending: endings[30].slice(0, MAX_LISTED).map((e) => ({ fact: e.key, at: iso(e.at) })),
        silent: silences.slice(0, MAX_LISTED).map((s) => ({ nation: s.nation, from: iso(s.from) })),
      },
    };
  }

  return async () => {
    const at = options.clock();
    const begun = options.elapsed();
    let values: MetricValues;
    let details: Record<string, unknown>;
    let history: HistoryValues | undefined;
    let ok = true;
    try {
      ({ values, details } = await look(
        at,
        (found) => {
          history = found;
        },
        () => options.elapsed() - begun < OUTLOOK_UNTIL_MS,
      ));
      values = { ...values, ...history };
      hasLooked = true;
    } catch (error) {
      const code: StoreErrorCode | 'FAULT' = error instanceof StoreError ? error.code : 'FAULT';
      // Before the first publication there is nothing to watch, and nothing wrong; after it, HEAD does not go away.
      ok = code === 'HEAD_MISSING' && !hasLooked;
      const held = code !== 'FAULT' && isHeld(code);
      values = ok
        ? { ...NO_DECISIONS, WatchFailures: 0, RegistryVersion: 0 }
        : { ...(held ? FOUND_BELOW : { WatchFailures: 1 }), ...history };
      details = { code, ...(held && { held: code, holds: [UNCONFIRMED] }) };
    }
    const counted = [{ dimensions: ['Service'] as const, names: namesOf(values) }];
    options.write(
      JSON.stringify({
        ...embedded(at, counted),
        event: 'watch',
        schema: 1,
        Service: options.service,
        ...details,
        ...values,
      }),
    );
    return { ok };
  };
}
