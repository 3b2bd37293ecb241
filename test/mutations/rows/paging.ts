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

const pages = (caughtBy: string, ...faults: readonly Fault[]) => ({
  ...conditions(caughtBy, ...faults),
  file: 'infra/monitoring/pages.ts',
});

export const PAGING = mutationsOf('paging', [
  conditions('in the minute after another', [
    'what begins just after another ended wakes nobody',
    'IF(${one} + ${two} + ${three} > 0',
    'IF(${one} > 0',
  ]),
  conditions('a second forgery that says it is old', [
    'what a new process finds is what was there',
    '${isOther} * ${isNoShorter}',
    '0',
  ]),
  conditions('two forgeries are come to again', [
    'what an audit comes to again is more',
    '${isOther} * ${isNoShorter}',
    '(${news} > 0) * ${isNoShorter}',
  ]),
  conditions('a second forgery that a first audit comes to', [
    'what a first audit comes to later was told',
    ' + (${apart} == 0)',
    '',
  ]),
  conditions('the process of the watch is another', [
    'a list that is shorter has something new',
    ' * ${isNoShorter}',
    '',
  ]),
  conditions('in turns by two processes', [
    'what another process has told of is new',
    '(${news} >= 1) * ${isUntold}',
    '(${news} >= 1)',
  ]),
  conditions('found while the history is looked at anew', [
    'news of an audit that is under way is old',
    ' + (${orNone(`k${i}`)} == 0) > 0)',
    ' > 0)',
  ]),
  conditions('questions in a hundred are lost, and the watch stops', [
    'a part that is lost is most',
    'MOST_PERCENT = 50',
    'MOST_PERCENT = 10',
  ]),
  conditions('copies, and cannot look for what was purged', [
    'what a standby cannot do besides wakes nobody',
    "failingNowAndThen(m.sum('StandbyShortcomings'))",
    "failingNowAndThen(m.sum('StandbyEnded'))",
  ]),
  conditions('does not look for an hour, and its process is another', [
    'an outage of the watch hides what began in it',
    'COMPARES_OVER = 180',
    'COMPARES_OVER = 15',
  ]),
  conditions('a second copy of HEAD is put back', [
    'a second copy that was put back is nobody’s business',
    "more([listed('HeadCopiesAstray', 'NewHeadCopiesAstray', 'HeadCopiesAstrayMark')])\n        : undefined",
    'undefined\n        : undefined',
  ]),
  conditions('comes and goes every so many minutes', [
    'what is red for as long as two are near pages each time',
    'Math.max(2 * within, GONE_FOR)',
    'within',
  ]),
  conditions('turned away at the door, once', [
    'a stop that the door turns away is nobody’s business',
    "[...refusals, m.sum('StopsTurnedAway')]",
    '[...refusals]',
  ]),
  conditions('dies once while it is rehearsed', [
    'a rehearsal that dies is somebody’s stop',
    "refused - ${orNone('rehearsals')}",
    "refused + 0 * ${orNone('rehearsals')}",
  ]),
  {
    file: 'infra/monitoring/pages.ts',
    caughtBy: `${PAGES} > is behind when the first Region is back, and catches up`,
    faults: [
      [
        'a standby pages twice for one cause',
        "  StandbyBehind: explained('StandbyBehind', 'StandbyFailing'),\n",
        '',
      ],
    ],
  },
  {
    file: 'functions/probe/rehearsal.ts',
    caughtBy: 'test/probe/rehearsal.test.ts',
    faults: [
      ['a rehearsal that was refused has died', "rehearsal.failed === 'door' && /^HTTP_5/", '/^[A-Z]/'],
    ],
  },
  conditions(
    'two in a row are lost',
    ['each burning window is an outage of its own', 'OUTAGE_GOES_ON = 30', 'OUTAGE_GOES_ON = 5'],
    [
      'an outage of few questions ends with each window that parts two of them',
      'any(twoAreLost(sources), OUTAGE_GOES_ON)',
      "{ ...burns(sources, 'now', FAST_BURN, STILL_LOST), evaluationPeriods: 6, datapointsToAlarm: 1 }",
    ],
  ),
  pages('questions in a hundred are lost, and the watch stops', [
    'a part that is lost hides a watch that stops',
    "[['WatchFailing'], ['WatchNowAndThen']], explainedBy: MAJOR_OUTAGE }",
    "[['WatchFailing'], ['WatchNowAndThen']], explainedBy: OUTAGE }",
  ]),
  pages('questions in a hundred are lost, and the HTTP door breaks', [
    'a part that is lost hides a door that breaks',
    "explained('HttpFailing', MAJOR_OUTAGE)",
    "explained('HttpFailing', OUTAGE)",
  ]),
  pages('fails while 2 questions in a hundred are lost', [
    'a part that is lost hides a standby that fails',
    "[['StandbyFailing'], ['StandbyNowAndThen']], explainedBy: MAJOR_OUTAGE }",
    "[['StandbyFailing'], ['StandbyNowAndThen']], explainedBy: OUTAGE }",
  ]),
  pages('the account has no concurrency left', [
    'where all is throttled the watch pages, too',
    "  ['UnavailableHour', 'UnavailableNow', 'MostLost'],\n",
    '',
  ]),
  pages('only the probe is unanswered', [
    'a broken probe hides what is the matter besides',
    "'MostLost'],\n  ['NoAnswers', 'MostLost'],\n",
    "'MostLost'],\n  ['NoAnswers'],\n",
  ]),
  pages('only the probe is unanswered', [
    'a broken probe hides a function that dies',
    "'UnavailableNow'],\n  ['NoAnswers', 'MostLost'],\n",
    "'UnavailableNow'],\n  ['NoAnswers'],\n",
  ]),
  conditions('only the probe is unanswered, and then', [
    'a probe that was broken before hides all that is lost after it',
    'NoAnswersLately: recurring(nobodyAnswered(sources, refusals)',
    'NoAnswersLately: recurring(probeUnanswered(sources)',
  ]),
  pages('the database is down', [
    'an outage pages as a probe that fails, too',
    "explained('ProbeFailing', MAJOR_OUTAGE)",
    "{ when: [['ProbeFailing']] }",
  ]),
  pages('is lost for an hour, and then everything while', [
    'a part that is lost hides that nobody is answered',
    "      ['NoAnswersBegin', 'LostBefore'],\n",
    '',
  ]),
  conditions('the probe is broken, the HTTP door breaks for everybody', [
    'whoever the door refuses was asked by nobody',
    '- undecided >= 1)${isDoor})',
    '- undecided >= 1))',
  ]),
  conditions('the database is down in an empty night', [
    'an outage in the night pages as a watch that fails, too',
    "alone > ((${orNone('asked')}",
    "0 * alone > ((${orNone('asked')}",
  ]),
  pages('then copies nothing for an hour, and goes on as before', [
    'a standby that fails meanwhile is impaired anew',
    "explained('StandbyImpaired', 'StandbyFailing')",
    "{ when: [['StandbyImpaired']] }",
  ]),
  {
    file: 'infra/monitoring/pages.ts',
    caughtBy: `${PAGES} > one decision meets a fault, minutes after`,
    faults: [
      [
        'an outage that is still told hides what comes after it',
        "  ['UnavailableHour', 'UnavailableNow'],\n",
        "  ['UnavailableHour', 'UnavailableLately'],\n",
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
  conditions('fails every third minute', [
    'a stop that fails now and then is fine',
    'STOP_WITHIN = 10',
    'STOP_WITHIN = 3',
  ]),
  conditions('all of a few questions', [
    'a slow burn pages with each question',
    "burns(sources, 'halfHour', SLOW_BURN, STILL_LOST),\n      evaluationPeriods: BURNS_ON,",
    "burns(sources, 'halfHour', SLOW_BURN),\n      evaluationPeriods: 1,",
  ]),
  conditions('of a hundred requests for hours', [
    'a door that fails a few for hours wakes nobody',
    'IF(${byItself} >= ${least}, 10000',
    'IF(${byItself} < 0, 10000',
  ]),
  conditions('what is throttled behind the HTTP door for hours', [
    'what is held back behind the door burns there, too',
    "`(${orNone('refused')} - behind)`",
    "`(${orNone('refused')} + 0 * behind)`",
  ]),
  pages(
    'and the HTTP door fails three of a hundred requests',
    [
      'a part that is lost hides a door that fails slowly',
      "[...MAJOR_OUTAGE_NOW, ['HttpFailing']]",
      "[['UnavailableHour', 'UnavailableLately'], ['HttpFailing']]",
    ],
    [
      'a broken probe hides a door that fails slowly',
      "[...MAJOR_OUTAGE_NOW, ['HttpFailing']]",
      "[...MAJOR_OUTAGE_NOW, ['NoAnswers'], ['HttpFailing']]",
    ],
  ),
  pages('fails all that it is asked for an hour', [
    'a door that broke fails slowly when it is mended',
    'explainedBy: DOOR_TOLD, settles',
    'explainedBy: MAJOR_OUTAGE, settles',
  ]),
  conditions('the database is down', [
    'what never said a word swallows what is added up',
    'IF(TIME_SERIES(1), FILL(${metric}, 0), 0)',
    'FILL(${metric}, 0)',
  ]),
  conditions('the HTTP door fails whoever asks', [
    'a door that few use may fail',
    'DOOR_WITHIN = 30',
    'DOOR_WITHIN = 10',
  ]),
  conditions('AuthZEN fails', ['AuthZEN is nobody’s business', ' + (${ofAccess} > 0)', '']),
  conditions('dies behind the HTTP door, in an outage that comes and goes, counted on time', [
    'the door fails where what is behind it dies',
    "(${orNone('refused')} - died - ${before('died')})",
    "(${orNone('refused')})",
  ]),
  conditions('dies behind the HTTP door, in an outage that comes and goes, counted a minute late', [
    'a door that counts late fails after each death',
    "(${orNone('refused')} - died - ${before('died')})",
    "(${orNone('refused')} - died)",
  ]),
  conditions('Lambda throttles all that the HTTP door asks', [
    'what is throttled behind the door wakes nobody',
    "`(${orNone('refused')} - died - ${before('died')})`",
    "`(${orNone('refused')} - behind - ${before('behind')})`",
  ]),
  conditions('the account has no concurrency left for either door', [
    'where all is throttled the door fails, too',
    "'died + held'",
    "'died + 0 * held'",
  ]),
  conditions('AuthZEN breaks wholly beside one direct', [
    'one that is lost is most',
    '+ ${elsewhere} >= ${STILL_LOST}, 10000',
    '+ ${elsewhere} >= 1, 10000',
  ]),
  conditions('the HTTP door breaks wholly beside two direct', [
    'what a broken door refused was asked by nobody',
    ' + ${elsewhere} + ${REFUSED_BY_ITSELF}), 0)',
    ' + ${elsewhere} + 0 * refused), 0)',
  ]),
  conditions('questions in a hundred are lost, and all are', [
    'what grows to be most wakes nobody anew',
    "`(again > 0) > ${wasWithin(MOST_AGAIN, 'again')}`",
    "`(again > 0) > ${wasWithin(MOST_AGAIN, 'again')} + 1`",
  ]),
  conditions('a tenth of the questions is lost for five minutes', [
    'an outage that grows in its first minutes pages twice',
    'HOUR_OF_PERIODS = 4',
    'HOUR_OF_PERIODS = 0',
  ]),
  conditions('all are lost, then a fifth', [
    'an outage that begins whole and is so again has grown',
    'MOST_AGAIN = 60',
    'MOST_AGAIN = 10',
  ]),
  conditions('what is lost in part for an hour, is over for a while', [
    'what was over for nearly as long as it is told hides an outage',
    'LOST_BEFORE = Duration.minutes(15)',
    'LOST_BEFORE = Duration.minutes(9)',
  ]),
  conditions('all are when that was over', [
    'what was lost in part and is over makes an outage worse',
    "${before(before('lost'))} >= ${STILL_LOST}) * (",
    "${before(before('lost'))} >= 0) * (",
  ]),
  conditions(
    'lost every',
    [
      'few that are lost now and then hide that all are',
      "${before(before('lost'))} >= ${STILL_LOST}) * (",
      "${before(before('lost'))} >= 4) * (",
    ],
    [
      'what was lost before the last quarter of an hour is forgotten',
      "${before('lost')} + ${before(before('lost'))} >=",
      "${before('lost')} >=",
    ],
  ),
  conditions('the HTTP door breaks wholly where few are lost direct', [
    'the few that are lost beside a broken door explain it',
    'behind + ${elsewhere} + ${REFUSED_BY_ITSELF}), 0)',
    'behind + ${elsewhere} + 0 * refused), 0)',
  ]),
  conditions('the HTTP door throttles who asks too much', [
    'who asks too much hides a watch that stops',
    '...any(mostLostShare(sources, refusals), UNANSWERED_WITHIN)',
    '...any(lostShare(sources, minute, STILL_LOST), UNANSWERED_WITHIN)',
  ]),
  conditions('what AuthZEN asks dies behind the door, counted on time', [
    'the door fails where AuthZEN dies',
    " - failed - ${before('failed')}",
    '',
  ]),
  conditions('what AuthZEN asks dies behind the door, counted a minute late', [
    'a door that counts late fails after AuthZEN has died',
    " - ${before('failed')}",
    '',
  ]),
  conditions('the HTTP door fails in an outage that comes and goes, counted a minute late', [
    'a door that counts late fails after an outage',
    "(most + ${before('most')} > 0)",
    '(most > 0)',
  ]),
  conditions('the HTTP door fails in an outage, and no longer than it', [
    'an outage is the door’s fault',
    "${isDoor} > (most + ${before('most')} > 0)",
    '${isDoor} + 0 * most',
  ]),
  conditions('the HTTP door throttles half', [
    'what the door throttles is no question',
    "platform.hasDoor ? [own.sum('HttpThrottled', period)] : []",
    'platform.hasDoor ? [] : []',
  ]),
  conditions('somebody put back a copy', [
    'a copy that was put back is nobody’s business',
    'sources.headCopies > 1 ? state(',
    'sources.headCopies > 64 ? state(',
  ]),
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
      ['what is there is news each time', '!known.has(id)', 'id !== undefined'],
      ['what nobody knows is known', ': MAYBE;', ': 0;'],
      ['a longer list is as good as a shorter one', '* ONE_MORE + which', '+ which'],
      ['a list in another order is another', '.sort()', ''],
      ['what comes and goes is news each time', 'REMEMBERED = 3', 'REMEMBERED = 2'],
      ['what began at the instant is known', 'since >= from', 'since > from'],
      ['whatever was ever there is known', 'REMEMBERED = 3', 'REMEMBERED = 99'],
    ],
  },
  {
    file: 'functions/watch/news.ts',
    caughtBy: NEWS,
    faults: [
      ['a first look tells everything anew', 'let from = NOBODY_KNOWS;', 'let from = WHATEVER_IS_NEW;'],
      ['a later look knows nothing', '    from = WHATEVER_IS_NEW;\n', ''],
      ['the end of an audit compares nothing', 'isFirst ? Math.max(news, MAYBE) : news', 'news'],
      [
        'an audit that has not come to the end has its mark',
        '    if (unaudited > 0) return { NewHistoryProblems: news };\n',
        '',
      ],
      ['a hold is its name', 'JSON.stringify([id, authority, scope, since])', 'id'],
      ['an audit never comes to an end', '    audited = undefined;\n', ''],
      [
        'another history under the same numbers is known',
        'audited?.epoch === head.epoch ?',
        'audited !== undefined ?',
      ],
      ['a HEAD published just now is known', 'isFresh ? head.version : head.version + 1', 'head.version + 1'],
      ['what an audit comes to again is news', 'isFresh ? head.version : head.version + 1', '0'],
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
      ['what passes is known to a probe that begins', 'passes`, since: TOLD_ANEW }', 'passes`, since: 0 }'],
    ],
  },
  {
    file: 'functions/probe/probe.ts',
    caughtBy: 'test/probe/probe.test.ts > what was denied in other words',
    faults: [['what was wrong and passes now is no news', '`${id} passes`', 'id']],
  },
  {
    file: 'functions/probe/handler.ts',
    caughtBy: 'test/probe/rehearsal.test.ts > the probe',
    faults: [['each line has a minute of its own', 'clock: () => at', 'clock: Date.now']],
  },
]);
