/**
 * What of a look is new since the last one, of each kind that pages: an alarm on how many there are is red already where one
 * goes as another comes.
 */
import type { HoldInForce } from '../core/administration/holds-in-force.ts';
import type { MetricValues } from '../metrics/embedded.ts';
import { createNews, MAYBE, markOf, type NewsItem, NOBODY_KNOWS, WHATEVER_IS_NEW } from '../metrics/news.ts';
import type { HistoryProblem } from '../store/audit-findings.ts';
import type { Commit } from '../store/commit.ts';
import type { Outlook } from './readings.ts';

/** A forgery that was published so shortly before a first look is told, perhaps once more. */
const UNTOLD_MS = 15 * 60_000;

const DAY_MS = 86_400_000;

export interface StatesLook {
  readonly at: number;
  readonly wide: readonly HoldInForce[];
  readonly outlook: Pick<Outlook, 'dark' | 'silences'>;
  /** Numbers of HEAD's copies. */
  readonly astray: readonly number[];
}

export interface HistoryLook {
  readonly at: number;
  readonly head: Pick<Commit, 'epoch' | 'version' | 'recordedAt'>;
  readonly problems: readonly HistoryProblem[];
  /** Versions that the audit has not come to. */
  readonly unaudited: number;
}

type HistoryNews = Required<Pick<MetricValues, 'NewHistoryProblems'>> &
  Pick<MetricValues, 'HistoryProblemsMark'>;

type StatesNews = Required<
  Pick<MetricValues, 'NewWideHolds' | 'NewRoutesDarkIn1Day' | 'NewNationsSilentIn7Days'>
> &
  Pick<MetricValues, 'WideHoldsMark' | 'RoutesDarkIn1DayMark' | 'NationsSilentIn7DaysMark'>;

type CopiesNews = Required<Pick<MetricValues, 'NewHeadCopiesAstray'>> &
  Pick<MetricValues, 'HeadCopiesAstrayMark'>;

/**
 * By itself: a look that fails after the history has been looked at tells of it all the same.
 *
 * An audit that begins anew comes, version by version, to what was there before it: nobody here knows whether that was told. So a mark
 * is said of whole audits alone, and the end of the first is when lists are compared.
 */
export function createHistoryNews(): (looked: HistoryLook) => HistoryNews {
  const problems = createNews();
  let hasLooked = false;
  /** From which version on a problem is news while the audit goes down to what was there before this process. */
  let audited: { readonly epoch: number; readonly from: number } | undefined;

  return ({ at, head, problems: found, unaudited }) => {
    const isFresh = at - Date.parse(head.recordedAt) < UNTOLD_MS;
    if (!hasLooked) audited = { epoch: head.epoch, from: isFresh ? head.version : head.version + 1 };
    hasLooked = true;
    const list = found.map(problemListed);
    // A registry that was put back has another history under the same numbers.
    const news = problems(list, audited?.epoch === head.epoch ? audited.from : WHATEVER_IS_NEW);
    if (unaudited > 0) return { NewHistoryProblems: news };
    const isFirst = audited !== undefined && list.length > 0;
    audited = undefined;
    const HistoryProblemsMark = markOf(list);
    return {
      NewHistoryProblems: isFirst ? Math.max(news, MAYBE) : news,
      ...(HistoryProblemsMark !== undefined && { HistoryProblemsMark }),
    };
  };
}

export function createStatesNews(): (looked: StatesLook) => StatesNews & CopiesNews {
  const [holds, routes, nations, copies] = [createNews(), createNews(), createNews(), createNews()];
  let from = NOBODY_KNOWS;

  return ({ at, wide, outlook, astray }) => {
    const lists = {
      holds: wide.map(holdListed),
      routes: outlook.dark[1].map(({ subject }) => listed(JSON.stringify(subject))),
      nations: outlook.silences
        .filter((silence) => silence.from <= at + 7 * DAY_MS)
        .map(({ nation }) => listed(nation)),
      copies: astray.map((copy) => listed(String(copy))),
    };
    const marks = {
      WideHoldsMark: markOf(lists.holds),
      RoutesDarkIn1DayMark: markOf(lists.routes),
      NationsSilentIn7DaysMark: markOf(lists.nations),
      HeadCopiesAstrayMark: markOf(lists.copies),
    };
    const said = Object.entries(marks).filter(([, mark]) => mark !== undefined);
    const news = {
      NewWideHolds: holds(lists.holds, from),
      NewRoutesDarkIn1Day: routes(lists.routes, from),
      NewNationsSilentIn7Days: nations(lists.nations, from),
      NewHeadCopiesAstray: copies(lists.copies, from),
      ...(Object.fromEntries(said) as Partial<Record<keyof typeof marks, number>>),
    };
    from = WHATEVER_IS_NEW;
    return news;
  };
}

const listed = (id: string): NewsItem => ({ id, since: 0 });

const problemListed = ({ code, version, digest }: HistoryProblem): NewsItem => ({
  id: `${code} ${version} ${digest}`,
  since: version ?? Number.POSITIVE_INFINITY,
});

/** The same id may be set anew, and stop something else. */
function holdListed(hold: HoldInForce): NewsItem {
  if (!hold.readable) return listed(hold.id);
  const { id, authority, scope, since } = hold;
  return listed(JSON.stringify([id, authority, scope, since]));
}
