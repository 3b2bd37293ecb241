/**
 * What of a look is new since the last one, of each kind that pages: an alarm on how many there are is red already where one
 * goes as another comes.
 */
import type { HoldInForce } from '../core/administration/holds-in-force.ts';
import type { MetricValues } from '../metrics/embedded.ts';
import { createNews, type NewsItem, WHATEVER_IS_NEW } from '../metrics/news.ts';
import type { HistoryProblem } from '../store/audit-findings.ts';
import type { Commit } from '../store/commit.ts';
import type { Outlook } from './readings.ts';

/**
 * Nobody knows what a process before this one has told of what began so shortly before a first look: it is told, perhaps once more. As
 * long as the alarms look back (`COMPARES_OVER` in `infra/monitoring/conditions.ts`).
 */
const UNTOLD_MS = 15 * 60_000;

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

export interface WatchLook {
  readonly at: number;
  readonly head: Pick<Commit, 'epoch' | 'version' | 'recordedAt'>;
  readonly wide: readonly HoldInForce[];
  readonly outlook: Pick<Outlook, 'dark' | 'silences'>;
  readonly problems: readonly HistoryProblem[];
  /** Versions that the audit has not come to. */
  readonly unaudited: number;
}

type NewValues = Required<
  Pick<
    MetricValues,
    'NewHistoryProblems' | 'NewWideHolds' | 'NewRoutesDarkIn1Day' | 'NewNationsSilentIn7Days'
  >
>;

export function createWatchNews(): (looked: WatchLook) => NewValues {
  const [problems, holds, routes, nations] = [createNews(), createNews(), createNews(), createNews()];
  let hasLooked = false;
  /** From which version on a problem is news while the audit goes down to what was there before this process. */
  let audited: { readonly epoch: number; readonly from: number } | undefined;

  return ({ at, head, wide, outlook, problems: found, unaudited }) => {
    const { epoch, version, recordedAt } = head;
    // What a publication changed has no date of its own.
    const isFresh = at - Date.parse(recordedAt) < UNTOLD_MS;
    const from = hasLooked || isFresh ? WHATEVER_IS_NEW : at - UNTOLD_MS;
    if (!hasLooked) audited = { epoch, from: isFresh ? version : version + 1 };
    hasLooked = true;
    // A registry that was put back has another history under the same numbers.
    const values = {
      NewHistoryProblems: problems(
        found.map(problemListed),
        audited?.epoch === epoch ? audited.from : WHATEVER_IS_NEW,
      ),
      NewWideHolds: holds(wide.map(holdListed), from),
      NewRoutesDarkIn1Day: routes(
        // An outlook is an hour old at most.
        outlook.dark[1].map((dark) => ({
          id: JSON.stringify(dark.subject),
          since: dark.from - DAY_MS + HOUR_MS,
        })),
        from,
      ),
      NewNationsSilentIn7Days: nations(
        outlook.silences
          .filter((silence) => silence.from <= at + 7 * DAY_MS)
          .map((silence) => ({ id: silence.nation, since: silence.from - 7 * DAY_MS })),
        from,
      ),
    };
    // What the audit came to in this look was there before, too.
    if (unaudited === 0) audited = undefined;
    return values;
  };
}

const problemListed = ({ code, version, digest }: HistoryProblem): NewsItem => ({
  id: `${code} ${version} ${digest}`,
  since: version ?? Number.POSITIVE_INFINITY,
});

/** The same id may be set anew, and stop something else. */
function holdListed(hold: HoldInForce): NewsItem {
  if (!hold.readable) return { id: hold.id, since: 0 };
  const { id, authority, scope, since } = hold;
  return { id: JSON.stringify([id, authority, scope, since]), since: Date.parse(since) };
}
