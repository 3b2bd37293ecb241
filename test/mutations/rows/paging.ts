/** Faults in who is woken: what is new beside what is red, what comes and goes, what happens at the HTTP door. */
import { type Fault, mutationsOf } from '../mutation.ts';

const PAGES = 'test/infra/pages.test.ts';
const NEWS = 'test/watch/news.test.ts';
const WATCH = 'test/watch/watch.test.ts';
const COPIES = 'test/store/head-copies.test.ts > whoever looks at all copies';

const conditions = (caughtBy: string, ...faults: readonly Fault[]) => ({
  file: 'infra/monitoring/conditions.ts',
  caughtBy: `${PAGES} > ${caughtBy}` as const,
  faults,
});

export const PAGING = mutationsOf('paging', [
  conditions('a route is renewed as another', [
    'what takes another’s place wakes nobody',
    'FILL(n${i}, 0)${risen}',
    '0 * FILL(n${i}, 0)${risen}',
  ]),
  conditions('in the minute after another', [
    'what begins just after another ended wakes nobody',
    'IF(${one} + ${two} + ${three} > 0',
    'IF(${one} > 0',
  ]),
  conditions('a second forgery that says it is old', [
    'that there are more forgeries is nobody’s business',
    "[counted('HistoryProblems', 'NewHistoryProblems')],\n      true,",
    "[counted('HistoryProblems', 'NewHistoryProblems')],\n      false,",
  ]),
  conditions('two forgeries are come to again', [
    'what an audit comes to again is more',
    'const whole = unaudited === undefined ?',
    'const whole = unaudited !== undefined ?',
  ]),
  conditions('one question in twenty', [
    'each burning window is an outage of its own',
    'OUTAGE_GOES_ON = 6',
    'OUTAGE_GOES_ON = 1',
  ]),
  {
    file: 'infra/monitoring/pages.ts',
    caughtBy: `${PAGES} > one decision meets a fault, minutes after`,
    faults: [
      [
        'an outage that is still told hides what comes after it',
        "[['UnavailableHour', 'UnavailableNow'], ['NoAnswers']]",
        "[['UnavailableHour', 'UnavailableLately'], ['NoAnswers']]",
      ],
    ],
  },
  {
    file: 'infra/monitoring/door-metrics.ts',
    caughtBy: 'test/infra/stages.test.ts',
    faults: [
      ['a registry’s throttle is a question lost', ' && $.resource != "/v1/registry*"', ''],
      ['a refusal of the registry is a stranger', '403" && $.refusal != "-"', '403"'],
    ],
  },
  {
    file: 'functions/watch/watch.ts',
    caughtBy: `${WATCH} > what is new in the history`,
    faults: [
      [
        'what is new in the history is told a look later',
        '      ...newInHistory({ at, head: snapshot.commit, problems, unaudited }),\n',
        '',
      ],
    ],
  },
  conditions('the watch fails every other minute', [
    'a watch that fails every other minute only notifies',
    'any(metric, 10), datapointsToAlarm: 3',
    'any(metric, 5), datapointsToAlarm: 3',
  ]),
  conditions('fails every third minute', [
    'a stop that fails now and then is fine',
    '        10,\n      ),\n      datapointsToAlarm: 2,\n      treatMissingData: IGNORE,',
    '        3,\n      ),\n      datapointsToAlarm: 2,\n      treatMissingData: IGNORE,',
  ]),
  conditions('all of a few questions', [
    'a slow burn pages with each question',
    "burns(sources, 'halfHour', SLOW_BURN, STILL_LOST),\n      evaluationPeriods: BURNS_ON,",
    "burns(sources, 'halfHour', SLOW_BURN),\n      evaluationPeriods: 1,",
  ]),
  conditions('the HTTP door fails whoever asks', [
    'a door that few use may fail',
    'DOOR_MINUTES = 30',
    'DOOR_MINUTES = 10',
  ]),
  conditions('AuthZEN fails', ['AuthZEN is nobody’s business', ' + (FILL(access, 0) > 0)', '']),
  conditions('the HTTP door throttles half', [
    'what the door throttles is no question',
    "platform.hasDoor ? [own.sum('HttpThrottled', period)] : []",
    'platform.hasDoor ? [] : []',
  ]),
  conditions('the probe is unanswered every other', [
    'each minute without an answer is an outage of its own',
    '        6,\n      ),\n      threshold: UNANSWERED_PERCENT',
    '        3,\n      ),\n      threshold: UNANSWERED_PERCENT',
  ]),
  conditions('somebody put back a copy', [
    'a copy that was put back is nobody’s business',
    'sources.headCopies > 1 ? state(',
    'sources.headCopies > 64 ? state(',
  ]),
  conditions('has no alarm where there is none', [
    'a stop that nobody rehearses may die',
    'refusals &&\n      any(\n        rehearsed === undefined',
    'refusals &&\n      rehearsed &&\n      any(\n        rehearsed === undefined',
  ]),
  {
    file: 'infra/monitoring/pages.ts',
    caughtBy: `${PAGES} > the HTTP door fails in an outage`,
    faults: [['a door that failed in an outage pages after it', '    settles: Duration.minutes(35),\n', '']],
  },
  {
    file: 'infra/traffic-routing-guard.ts',
    caughtBy: `${PAGES} > has no alarm where there is none`,
    faults: [
      [
        'nobody is told that no stop is rehearsed',
        'if (stop !== undefined && !isStopRehearsed)',
        'if (stop === undefined)',
      ],
    ],
  },
  {
    file: 'infra/monitoring/platform-metrics.ts',
    caughtBy: 'test/infra/standby.test.ts > a standby',
    faults: [
      [
        'a standby that dies is nobody’s business',
        ', ...(standby === undefined ? [] : [standby])]',
        ', ...(standby === undefined ? [] : [])]',
      ],
    ],
  },
  {
    file: 'functions/metrics/news.ts',
    caughtBy: NEWS,
    faults: [
      ['what is there is news each time', '!known.has(id) && ', ''],
      ['what comes and goes is news each time', 'REMEMBERED = 3', 'REMEMBERED = 2'],
      ['what began at the instant is known', 'since >= from', 'since > from'],
      ['whatever was ever there is known', 'REMEMBERED = 3', 'REMEMBERED = 99'],
    ],
  },
  {
    file: 'functions/watch/news.ts',
    caughtBy: NEWS,
    faults: [
      ['a publication before a first look is known', 'hasLooked || isFresh(looked) ?', 'hasLooked ?'],
      ['a first look tells everything anew', ': at - UNTOLD_MS;', ': WHATEVER_IS_NEW;'],
      ['what began minutes before a first look is known', 'UNTOLD_MS = 15 *', 'UNTOLD_MS = 5 *'],
      ['an outlook is of this minute', 'since: dark.from - DAY_MS + HOUR_MS', 'since: dark.from - DAY_MS'],
      ['a hold is its name', 'JSON.stringify([id, authority, scope, since])', 'id'],
      ['an audit never comes to an end', '    if (looked.unaudited === 0) audited = undefined;\n', ''],
      [
        'another history under the same numbers is known',
        'audited?.epoch === epoch ?',
        'audited !== undefined ?',
      ],
      ['a HEAD published just now is known', 'isFresh(looked) ? version : version + 1', 'version + 1'],
      ['what an audit comes to again is news', 'isFresh(looked) ? version : version + 1', '0'],
      ['a problem of no version is an old one', 'version ?? Number.POSITIVE_INFINITY', 'version ?? 0'],
      [
        'a nation silent in a quarter is silent in a week',
        'silence.from <= at + 7 * DAY_MS',
        'silence.from <= at + 90 * DAY_MS',
      ],
    ],
  },
  {
    file: 'functions/watch/watch.ts',
    caughtBy: `${WATCH} > nothing found is no word`,
    faults: [
      ['what nobody has looked at is sound', '...((problems.length > 0 || unaudited === 0) && {', '...({'],
    ],
  },
  {
    file: 'functions/watch/watch.ts',
    caughtBy: `${WATCH} > of a HEAD that is held`,
    faults: [
      [
        'copies of a HEAD that is held are astray',
        'snapshot.held === null ? await options.copies(snapshot) : NO_COPIES',
        'await options.copies(snapshot)',
      ],
    ],
  },
  {
    file: 'functions/watch/handler.ts',
    caughtBy: `${WATCH} > says every reading exactly`,
    faults: [
      [
        'the watch looks at as many copies as HEAD says',
        '      acknowledged,\n      copies,',
        '      acknowledged,\n      1,',
      ],
    ],
  },
  {
    file: 'functions/store/astray-copies.ts',
    caughtBy: COPIES,
    faults: [
      ['a copy that is gone is no matter', 'return copy < named;', 'return false;'],
      ['a copy that was never made is gone', 'return copy < named;', 'return true;'],
      ['HEAD is believed how many copies it has', 'Math.max(named, configured)', 'named'],
      ['a publication on its way is a fault', ' && !isAfter(head, acknowledged)', ''],
      ['a copy that was put back is newer', 'commit.version > before.version', 'true'],
      [
        'a copy that is not sound is no matter',
        ' return true;\n      throw error;',
        ' return false;\n      throw error;',
      ],
    ],
  },
  {
    file: 'functions/probe/probe.ts',
    caughtBy: 'test/probe/probe.test.ts > the probe, of a build that',
    faults: [
      ['a denial in other words may pass', "because !== 'codes' && ", ''],
      ['a permit that is not given passes', 'known[i]?.expect.decision !== true', 'true'],
      [
        'what passes is known to a probe that begins',
        '[{ id, since: mayPass ? TOLD_ANEW : 0 }]',
        '[{ id, since: 0 }]',
      ],
    ],
  },
  {
    file: 'functions/probe/handler.ts',
    caughtBy: 'test/probe/rehearsal.test.ts > the probe',
    faults: [['each line has a minute of its own', 'clock: () => at', 'clock: Date.now']],
  },
]);
