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

interface Looked {
  readonly at: number;
  readonly head: Pick<Commit, 'epoch' | 'version' | 'recordedAt'>;
}

export interface StatesLook extends Looked {
  readonly wide: readonly HoldInForce[];
  readonly outlook: Pick<Outlook, 'dark' | 'silences'>;
}

export interface HistoryLook extends Looked {
  readonly problems: readonly HistoryProblem[];
  /** Versions that the audit has not come to. */
  readonly unaudited: number;
}

type NewStates = Required<
  Pick<MetricValues, 'NewWideHolds' | 'NewRoutesDarkIn1Day' | 'NewNationsSilentIn7Days'>
>;

/** What a publication changed has no date of its own. */
const isFresh = ({ at, head }: Looked) => at - Date.parse(head.recordedAt) < UNTOLD_MS;

/** By itself: a look that fails after the history has been looked at tells of it all the same. */
export function createHistoryNews(): (
  looked: HistoryLook,
) => Required<Pick<MetricValues, 'NewHistoryProblems'>> {
  const problems = createNews();
  let hasLooked = false;
  /** From which version on a problem is news while the audit goes down to what was there before this process. */
  let audited: { readonly epoch: number; readonly from: number } | undefined;

  return (looked) => {
    const { epoch, version } = looked.head;
    if (!hasLooked) audited = { epoch, from: isFresh(looked) ? version : version + 1 };
    hasLooked = true;
    // A registry that was put back has another history under the same numbers.
    const from = audited?.epoch === epoch ? audited.from : WHATEVER_IS_NEW;
    const NewHistoryProblems = problems(looked.problems.map(problemListed), from);
    // What the audit came to in this look was there before, too.
    if (looked.unaudited === 0) audited = undefined;
    return { NewHistoryProblems };
  };
}

export function createStateNews(): (looked: StatesLook) => NewStates {
  const [holds, routes, nations] = [createNews(), createNews(), createNews()];
  let hasLooked = false;

  return (looked) => {
    const { at, wide, outlook } = looked;
    const from = hasLooked || isFresh(looked) ? WHATEVER_IS_NEW : at - UNTOLD_MS;
    hasLooked = true;
    return {
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
