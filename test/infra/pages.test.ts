/**
 * Who is woken, by what and how often: histories of a guard, as its own functions say them, against the synthesised alarms. Each
 * under every reading of what CloudWatch does not document (`cloudwatch/semantics.ts`).
 */
import { beforeAll, describe, expect, it } from 'vitest';
import { createNews, MAYBE, markOf } from '../../functions/metrics/news.ts';
import type { MonitoringProps } from '../../infra/monitoring/monitoring-props.ts';
import { stageProps } from '../../infra/stage-props.ts';
import { History } from './cloudwatch/history.ts';
import { GUARD, type Minute, say, type WatchLines, watchLines } from './cloudwatch/said.ts';
import { VARIANTS } from './cloudwatch/semantics.ts';
import { run } from './cloudwatch/world.ts';
import { synthesiseGuard } from './synthesised-guard.ts';
import { ofType, type Plain, plainResources, type Resources } from './template-rows.ts';

const HOUR = 60;
const DAY = 24 * HOUR;
/** A sound guard before each case: longer than the longest window that pages. */
const BEFORE = 7 * HOUR;
/** When the alarms were made: they look at what was said before that, too. */
const MADE = -HOUR;

let lines: WatchLines;
/** What a sound guard has said before each case. */
let sound: History;
beforeAll(async () => {
  lines = await watchLines();
  sound = await historyOf(() => ({}), -BEFORE, 0);
});

/** Those that can wake somebody, and what they rest on: what notifies has a case of its own. */
function pagingOf(resources: Resources): Resources {
  const composites = JSON.stringify(ofType(resources, 'AWS::CloudWatch::CompositeAlarm'));
  const pages = (id: string, each: Plain) =>
    JSON.stringify(each.Properties['AlarmActions'] ?? '').includes('Paging') ||
    composites.includes(`<${id}.Arn>`);
  return Object.fromEntries(
    Object.entries(resources).filter(
      ([id, each]) => /CompositeAlarm$/.test(each.Type) || (/::Alarm$/.test(each.Type) && pages(id, each)),
    ),
  );
}

function synthesised(monitoring: MonitoringProps = {}): Resources {
  return plainResources(
    synthesiseGuard(
      (stack) => ({ ...stageProps('prod', stack), serviceName: GUARD, headCopies: 4, monitoring }),
      undefined,
      false,
    ),
  );
}
const everything = synthesised();
const prod = pagingOf(everything);

/** By minute of the case. */
type Course = (minute: number) => Minute;

/** What happens in these minutes, and what is besides. */
const during =
  (from: number, to: number, what: Minute, besides: Minute = {}): Course =>
  (minute) =>
    minute >= from && minute < to ? { ...besides, ...what } : besides;

async function historyOf(course: Course, from: number, to: number, before?: History): Promise<History> {
  const history = new History(before);
  let news = createNews();
  for (let minute = from; minute < to; minute += 1) {
    const said = course(minute);
    if (said.probeBegins === true) news = createNews();
    await say(history, lines, news, minute, said);
  }
  return history;
}

const nameOf = (id: string) => id.replace(/^.*Alarms/, '').replace(/Page$/, '');

interface Heard {
  /** In the order in which they woke somebody. */
  readonly pages: readonly string[];
  /** Those that were said to be over after that. */
  readonly over: readonly string[];
  readonly notices: readonly string[];
  /** Those that page and are red at the end. */
  readonly red: readonly string[];
}

function hear(resources: Resources, history: History, from: number, to: number): readonly Heard[] {
  return VARIANTS.map((semantics) => {
    const { told, stateOf } = run(resources, history, semantics, { from, to });
    const heard = (topic: string, state: string) =>
      told.filter((each) => each.state === state && each.to.some((each_) => each_.includes(topic)));
    const pages = heard('Paging', 'ALARM');
    return {
      pages: pages.map(({ alarm }) => nameOf(alarm)),
      over: heard('Paging', 'OK')
        .filter(({ alarm, minute }) => pages.some((page) => page.alarm === alarm && page.minute < minute))
        .map(({ alarm }) => nameOf(alarm)),
      notices: [...new Set(heard('Notices', 'ALARM').map(({ alarm }) => nameOf(alarm)))],
      red: Object.keys(resources)
        .filter((id) => stateOf(id) === 'ALARM' && JSON.stringify(resources[id]).includes('Paging'))
        .map(nameOf),
    };
  });
}

/** A case in a guard that was sound before. */
async function afterAWhile(course: Course, minutes: number, resources = prod): Promise<readonly Heard[]> {
  return hear(resources, await historyOf(course, 0, minutes, sound), MADE, minutes);
}

const everyVariant = <T>(value: T): readonly T[] => VARIANTS.map(() => value);

/** A number for which of them there are. */
const listOf = (...ids: readonly string[]) => markOf(ids.map((id) => ({ id, since: 0 }))) ?? 0;

const wideHolds = (ids: readonly string[], news = 0): Minute =>
  ids.length === 0
    ? {}
    : {
        watch: {
          ...{ HoldsInForce: ids.length, WideHolds: ids.length },
          ...{ NewWideHolds: news, WideHoldsMark: listOf(...ids) },
        },
      };

const DOWN: Minute = {
  denied: 10,
  code: 'REGISTRY_UNAVAILABLE',
  watch: 'STORE_UNAVAILABLE',
  probe: 'REGISTRY_UNAVAILABLE',
};
const ALL_LOST: Minute = { ...DOWN, asked: 100, denied: 100 };
const NIGHT: Minute = { asked: 0 };
/** A hold within its authority and a route that goes dark tomorrow. */
const HELD: Minute = { watch: { HoldsInForce: 1, RoutesDarkIn1Day: 1 } };
const RESTORED: Minute = {
  ...{ denied: 10, code: 'REGISTRY_HELD', probe: 'REGISTRY_HELD' },
  watch: { HoldsInForce: 1, HeadBelowFloor: 1 },
};
const DEAD: Minute = { asked: 0, died: 10, probe: 'failed' };
/** A thousand a second. */
const BUSY: Minute = { asked: 60_000 };
const NO_CONCURRENCY: Minute = { asked: 0, throttled: 10, probe: 'stopped', watch: 'stopped' };

/** So many questions in a hundred are lost for three hours, and in the first of them something that does not come of it is the matter besides. */
const beside =
  (percent: number, what: Minute): Course =>
  (t) => {
    const lost = { asked: 100, denied: percent, code: 'BUDGET_EXHAUSTED' } as const;
    return t < 10 || t >= 190 ? {} : { ...lost, ...(t >= 60 && t < 110 && what) };
  };

/** So many questions in a hundred are lost for so long, and then everything for an hour. */
const inPartAndThenAll =
  (percent: number, minutes: number): Course =>
  (t) => {
    if (t < 10 || t >= 70 + minutes) return {};
    if (t < 10 + minutes) return { asked: 100, denied: percent, code: 'BUDGET_EXHAUSTED' };
    return ALL_LOST;
  };

const FAULTS: readonly (readonly [fault: string, pages: readonly string[], minutes: number, Course])[] = [
  ['the database is down', ['Unavailable'], 3 * HOUR, during(10, 50, DOWN)],
  ['the database is down for three minutes', ['Unavailable'], 3 * HOUR, during(10, 13, DOWN)],
  [
    'the database is down in an empty night, and until callers come',
    ['Unavailable'],
    5 * HOUR,
    (t) =>
      t < 10
        ? {}
        : t < 14
          ? NIGHT
          : t < 2 * HOUR
            ? { ...DOWN, ...NIGHT, denied: 0 }
            : t < 3 * HOUR
              ? DOWN
              : {},
  ],
  [
    'HEAD is signed by nobody',
    ['Unavailable'],
    3 * HOUR,
    during(10, 50, {
      denied: 10,
      code: 'REGISTRY_INTEGRITY',
      watch: 'SIGNATURE_INVALID',
      probe: 'REGISTRY_INTEGRITY',
    }),
  ],
  [
    'one decision meets a fault, in one minute',
    ['Fault'],
    2 * HOUR,
    during(10, 11, { denied: 1, code: 'FACT_UNSOUND' }),
  ],
  [
    'one question an hour meets a fault, and then all do',
    ['Fault', 'Fault', 'Unavailable'],
    6 * HOUR,
    (t) => ({ code: 'INTERNAL_FAULT', denied: t >= 130 && t < 170 ? 10 : t === 10 || t === 70 ? 1 : 0 }),
  ],
  ['a function dies once', ['FunctionError'], 2 * HOUR, during(10, 11, { died: 1 })],
  ['every question dies', ['Unavailable'], 3 * HOUR, during(10, 50, DEAD)],
  [
    'Lambda refuses every question',
    ['Unavailable'],
    3 * HOUR,
    during(10, 50, { asked: 0, throttled: 10, probe: 'failed' }),
  ],
  ['the account has no concurrency left', ['Unavailable'], 3 * HOUR, during(10, 50, NO_CONCURRENCY)],
  [
    'one question in a hundred is lost, for six hours',
    ['UnavailableSlowly'],
    8 * HOUR,
    (t) => (t > 10 && t < 6 * HOUR && t % 10 === 0 ? { denied: 1, code: 'BUDGET_EXHAUSTED' } : {}),
  ],
  [
    'one question in a hundred is lost, and then all are',
    ['UnavailableSlowly', 'Unavailable'],
    10 * HOUR,
    (t) =>
      t >= 6 * HOUR && t < 7 * HOUR
        ? DOWN
        : t < 6 * HOUR && t % 10 === 0
          ? { denied: 1, code: 'BUDGET_EXHAUSTED' }
          : {},
  ],
  ['the HTTP door is broken', ['HttpFailing'], 3 * HOUR, during(10, 60, { asked: 0, refused: 10 })],
  [
    'the HTTP door fails whoever asks, once in twelve minutes',
    ['HttpFailing'],
    4 * HOUR,
    (t) => ({ asked: t < 10 || t > 130 ? 10 : 0, refused: t >= 10 && t <= 130 && t % 12 === 0 ? 1 : 0 }),
  ],
  [
    'AuthZEN fails at the HTTP door, once in twelve minutes',
    ['HttpFailing'],
    4 * HOUR,
    (t) => (t >= 10 && t <= 130 && t % 12 === 0 ? { accessFailed: 1 } : {}),
  ],
  [
    'the HTTP door is broken in an outage, and for two hours after it',
    ['Unavailable', 'HttpFailing'],
    5 * HOUR,
    (t) => (t < 10 || t >= 170 ? {} : { ...(t < 50 && DOWN), asked: 5, refused: 5 }),
  ],
  ...[1, 3].flatMap((percent) => [
    [
      `the HTTP door fails ${percent} of a hundred requests for hours`,
      ['HttpFailingSlowly'],
      14 * HOUR,
      during(10, 6 * HOUR, { byHttp: 100 - percent, refused: percent }, { byHttp: 100 }),
    ] as const,
  ]),
  [
    'the HTTP door fails three of a hundred requests for hours, and then all',
    ['HttpFailingSlowly', 'HttpFailing'],
    14 * HOUR,
    (t) => {
      if (t < 10 || t >= 6 * HOUR) return { byHttp: 100 };
      return t < 5 * HOUR ? { byHttp: 97, refused: 3 } : { byHttp: 0, refused: 100 };
    },
  ],
  [
    'the HTTP door fails all that it is asked for an hour, and then none',
    ['HttpFailing'],
    10 * HOUR,
    during(10, 70, { byHttp: 0, refused: 100 }, { byHttp: 100 }),
  ],
  ...(
    [
      [
        'two direct questions in a hundred are lost for hours',
        ['UnavailableSlowly', 'Unavailable'],
        { denied: 20, code: 'BUDGET_EXHAUSTED' },
      ],
      ['the probe alone is unanswered', ['ProbeFailing'], { probe: 'failed' }],
    ] as const
  ).map(
    ([besides, pages, what]) =>
      [
        `${besides}, and the HTTP door fails three of a hundred requests`,
        [...pages, 'HttpFailingSlowly'],
        9 * HOUR,
        (t: number) => {
          if (t < 10 || t >= 6 * HOUR) return { asked: 1000, byHttp: 100 };
          return { asked: 1000, ...what, ...(t < HOUR ? { byHttp: 100 } : { byHttp: 97, refused: 3 }) };
        },
      ] as const,
  ),
  [
    'what is throttled behind the HTTP door for hours is told once',
    ['UnavailableSlowly'],
    14 * HOUR,
    during(
      10,
      6 * HOUR,
      { asked: 100, byHttp: 99, refused: 1, throttledBehind: 1 },
      { asked: 100, byHttp: 100 },
    ),
  ],
  ['the HTTP door throttles half of all', ['Unavailable'], 3 * HOUR, during(10, 50, { doorThrottled: 10 })],
  [
    'the HTTP door throttles all, and the night is empty besides',
    ['Unavailable'],
    3 * HOUR,
    during(10, 50, { asked: 0, doorThrottled: 3 }),
  ],
  [
    'all of a few questions are lost, one in twelve minutes',
    ['UnavailableSlowly'],
    12 * HOUR,
    (t) =>
      t < 10 || t >= 7 * HOUR ? {} : { asked: t % 12 === 0 ? 1 : 0, denied: 1, code: 'BUDGET_EXHAUSTED' },
  ],
  ...[2, 5, 20].flatMap((percent) =>
    (
      [
        ['nothing else is the matter', [], {}],
        ['the watch stops', ['WatchFailing'], { watch: 'stopped' }],
        ['watch and probe stop', ['WatchFailing'], { watch: 'stopped', probe: 'stopped' }],
        ['the HTTP door breaks', ['HttpFailing'], { refused: 10 }],
      ] as const
    ).map(
      ([besides, pages, what]) =>
        [
          `${percent} questions in a hundred are lost, and ${besides}`,
          ['Unavailable', ...pages],
          6 * HOUR,
          beside(percent, what),
        ] as const,
    ),
  ),
  ...[2, 5, 20].flatMap((percent) =>
    [30, 120].map(
      (minutes) =>
        [
          `${percent} questions in a hundred are lost, and all are ${minutes} minutes after that was told`,
          ['Unavailable', 'MoreLost'],
          8 * HOUR,
          inPartAndThenAll(percent, minutes + 10),
        ] as const,
    ),
  ),
  ...(
    [
      ['a fifth of a hundred questions a minute', 100, 20, 'nobody asks', 0],
      ['a fifth of a hundred questions a minute', 100, 20, 'one a minute is asked', 1],
      ['half of four questions a minute', 4, 2, 'nobody asks', 0],
    ] as const
  ).map(
    ([part, asked, denied, few, left]) =>
      [
        `${part} is lost for an hour, and then everything while ${few}`,
        ['Unavailable', 'MoreLost'],
        6 * HOUR,
        (t: number) => {
          if (t < 10 || t >= 130) return { asked };
          if (t < 70) return { asked, denied, code: 'BUDGET_EXHAUSTED' as const };
          return { ...ALL_LOST, asked: left, denied: left };
        },
      ] as const,
  ),
  ...(
    [
      ['two of 112 questions are', 14, 8, 0],
      ['two of 84 questions are', 28, 3, 7],
    ] as const
  ).map(
    ([part, rhythm, asked, last]) =>
      [
        `${part} lost every ${rhythm} minutes for hours, and all are ${last} minutes after the last`,
        ['Unavailable', 'MoreLost'],
        10 * HOUR,
        (t: number) => {
          if (t < 10 || t >= 250) return { asked };
          if (t >= 190) return { ...DOWN, asked, denied: asked };
          return {
            asked,
            denied: (190 - last - t) % rhythm === 0 ? 2 : 0,
            code: 'BUDGET_EXHAUSTED' as const,
          };
        },
      ] as const,
  ),
  ...[10, 15, 20].map(
    (rhythm) =>
      [
        `one question a minute is asked, and two in a row are lost every ${rhythm} minutes`,
        ['Unavailable'],
        5 * HOUR,
        (t: number) => ({
          asked: 1,
          denied: t >= 10 && t < 130 && t % rhythm < 2 ? 1 : 0,
          code: 'BUDGET_EXHAUSTED' as const,
        }),
      ] as const,
  ),
  [
    'a tenth of the questions is lost for five minutes, and then all',
    ['Unavailable'],
    5 * HOUR,
    inPartAndThenAll(10, 5),
  ],
  [
    'all are lost, then a fifth for half an hour, then all again',
    ['Unavailable'],
    6 * HOUR,
    (t) => {
      if (t < 10 || t >= 100) return { asked: 100 };
      if (t < 40 || t >= 70) return ALL_LOST;
      return { asked: 100, denied: 20, code: 'BUDGET_EXHAUSTED' };
    },
  ],
  [
    'one question in a hundred of many is lost for hours, and then all are',
    ['UnavailableSlowly', 'Unavailable'],
    10 * HOUR,
    inPartAndThenAll(1, 4 * HOUR),
  ],
  [
    'a fifth of the questions is lost for an hour, and all are when that was over',
    ['Unavailable', 'Unavailable'],
    6 * HOUR,
    (t) => {
      if (t >= 10 && t < 70) return { asked: 100, denied: 20, code: 'BUDGET_EXHAUSTED' };
      return t >= 115 && t < 150 ? ALL_LOST : { asked: 100 };
    },
  ],
  ...(['on time', 'a minute late'] as const).flatMap((when) => {
    const isDoorLate = when === 'a minute late';
    return [
      [
        `a quarter of the questions dies behind the HTTP door, in an outage that comes and goes, counted ${when}`,
        ['Unavailable'],
        4 * HOUR,
        (t: number) => ({
          isDoorLate,
          ...(t >= 10 && t < 100 && t % 15 < 7 && { refused: 4, diedBehind: 4 }),
        }),
      ],
      [
        `the HTTP door fails in an outage that comes and goes, counted ${when}`,
        ['Unavailable'],
        4 * HOUR,
        (t: number) => ({ isDoorLate, ...(t >= 10 && t < 100 && t % 15 < 7 && { ...DOWN, refused: 5 }) }),
      ],
      [
        `what AuthZEN asks dies behind the door, counted ${when}`,
        ['FunctionError'],
        4 * HOUR,
        (t: number) => ({
          isDoorLate,
          ...(t >= 10 && t < 130 && t % 12 === 0 && { accessFailed: 1, accessDied: 1 }),
        }),
      ],
    ] as const;
  }),
  [
    'Lambda throttles all that the HTTP door asks, beside direct callers who are answered',
    ['HttpFailing'],
    5 * HOUR,
    during(10, 130, { byHttp: 0, refused: 60, throttledBehind: 60 }, BUSY),
  ],
  [
    'Lambda throttles all that AuthZEN asks, beside direct callers who are answered',
    ['HttpFailing'],
    5 * HOUR,
    during(10, 130, { accessFailed: 60, accessThrottled: 60 }, BUSY),
  ],
  ...(['on time', 'a minute late'] as const).map(
    (when) =>
      [
        `the account has no concurrency left for either door, counted ${when}`,
        ['Unavailable'],
        4 * HOUR,
        during(10, 50, {
          ...NO_CONCURRENCY,
          refused: 10,
          throttledBehind: 10,
          isDoorLate: when !== 'on time',
        }),
      ] as const,
  ),
  ...(
    [
      ['AuthZEN breaks wholly beside one direct a minute that cannot be decided', 1, { accessFailed: 60 }],
      [
        'the HTTP door breaks wholly beside two direct a minute that cannot be decided',
        2,
        { refused: 60_000 },
      ],
    ] as const
  ).map(
    ([fault, lost, broken]) =>
      [
        fault,
        ['Fault', 'HttpFailing'],
        4 * HOUR,
        (t: number) => {
          if (t < 10 || t >= 90) return BUSY;
          const direct = { denied: lost, code: 'FACT_UNSOUND' } as const;
          return t < 60 ? { ...BUSY, ...direct } : { ...direct, asked: lost, ...broken };
        },
      ] as const,
  ),
  ...(
    [
      ['the watch stops', 'WatchFailing', { watch: 'stopped' }],
      ['the HTTP door breaks', 'HttpFailing', { byHttp: 0, refused: 60 }],
    ] as const
  ).map(
    ([besides, page, what]) =>
      [
        `the HTTP door throttles who asks too much, and ${besides}`,
        ['Unavailable', page],
        11 * HOUR,
        (t: number) => {
          if (t < 10 || t >= 190) return { asked: 600 };
          return { asked: 600, doorThrottled: 2000, ...(t >= 60 && t < 120 && what) };
        },
      ] as const,
  ),
  [
    'the HTTP door breaks wholly where few are lost direct, and when it is mended they are all that ask',
    ['Unavailable', 'HttpFailing', 'MoreLost'],
    12 * HOUR,
    (t) => {
      if (t < 10 || t >= 270) return { asked: 100 };
      const direct = { denied: 3, code: 'BUDGET_EXHAUSTED' } as const;
      if (t < 100) return { asked: 100, ...direct };
      return { asked: 3, ...direct, ...(t < 140 && { refused: 97 }) };
    },
  ],
  ...(['failed', 'FACT_UNSOUND'] as const).flatMap((probe) =>
    (
      [
        ['the watch stops', 'WatchFailing', { watch: 'stopped' }],
        ['the HTTP door breaks for everybody', 'HttpFailing', { asked: 0, refused: 1000 }],
        ['a function dies', 'FunctionError', { died: 1 }],
      ] as const
    ).map(
      ([besides, page, what]) =>
        [
          `only the probe is unanswered (${probe}), and ${besides}`,
          ['ProbeFailing', page],
          5 * HOUR,
          (t: number) => {
            if (t < 10 || t >= 190) return { asked: 1000 };
            return { asked: 1000, probe, ...(t >= 60 && t < (page === 'FunctionError' ? 61 : 120) && what) };
          },
        ] as const,
    ),
  ),
  [
    'the probe is broken, the HTTP door breaks for everybody, and then few ask who get no decision',
    ['ProbeFailing', 'HttpFailing', 'Unavailable'],
    12 * HOUR,
    (t) => {
      if (t < 10 || t >= 210) return { asked: 1000 };
      if (t < 60) return { asked: 1000, probe: 'failed' };
      if (t < 90) return { asked: 0, refused: 1000, probe: 'failed' };
      return { asked: 1, denied: 1, code: 'BUDGET_EXHAUSTED', probe: 'failed' };
    },
  ],
  [
    'all die behind the HTTP door in a night in which nobody else asks',
    ['Unavailable'],
    4 * HOUR,
    during(10, 50, { ...NIGHT, refused: 1, diedBehind: 1, probe: 'failed', watch: 'STORE_UNAVAILABLE' }, {}),
  ],
  [
    'what AuthZEN asks dies behind the door, and the door fails besides',
    ['FunctionError', 'HttpFailing'],
    4 * HOUR,
    (t) =>
      t >= 10 && t < 130 && t % 12 === 0
        ? { accessFailed: 1, accessDied: 1 }
        : t >= 60 && t < 90 && t % 12 === 6
          ? { accessFailed: 1 }
          : {},
  ],
  [
    'the HTTP door fails in an outage, and no longer than it',
    ['Unavailable'],
    4 * HOUR,
    during(10, 50, { ...DOWN, refused: 5 }),
  ],
  [
    'the probe is unanswered every other minute',
    ['ProbeFailing'],
    4 * HOUR,
    (t) => (t >= 10 && t < 130 && t % 2 === 0 ? { probe: 'failed' } : {}),
  ],
  ...(
    [
      ['everything is', 'Unavailable', ALL_LOST],
      ['a fifth of the questions is', 'Unavailable', { denied: 20, code: 'BUDGET_EXHAUSTED' }],
      ['one question in a hundred is', 'UnavailableSlowly', { denied: 1, code: 'BUDGET_EXHAUSTED' }],
      ['the one that is asked a minute is', 'Unavailable', { ...ALL_LOST, asked: 1, denied: 1 }],
    ] as const
  ).map(
    ([lost, page, what]) =>
      [
        `only the probe is unanswered, and then ${lost} lost`,
        ['ProbeFailing', page],
        8 * HOUR,
        (t: number) => {
          if (t < 10 || t >= 5 * HOUR) return { asked: 100 };
          return { asked: 100, probe: 'failed' as const, ...(t >= 70 && what) };
        },
      ] as const,
  ),
  [
    'the watch fails every other minute',
    ['WatchFailing'],
    4 * HOUR,
    (t) => (t >= 10 && t < 130 && t % 2 === 0 ? { watch: 'STORE_REFUSED' } : {}),
  ],
  [
    'the watch runs every other minute',
    ['WatchFailing'],
    4 * HOUR,
    (t) => (t >= 10 && t < 130 && t % 2 === 0 ? { watch: 'stopped' } : {}),
  ],
  ['something passes that must not', ['ProbeWrong'], 2 * HOUR, during(10, 40, { probe: 'wrong permit' })],
  [
    'something passes that must not, while the database is down now and then',
    ['Unavailable', 'ProbeWrong'],
    4 * HOUR,
    (t) => (t === 100 ? { probe: 'wrong permit' } : t >= 10 && t < 70 ? DOWN : {}),
  ],
  [
    'an answer is wrong for days, and then another is',
    ['ProbeWrong', 'MoreWrong'],
    4 * HOUR,
    (t) => (t < 10 || t >= 200 ? {} : { probe: t >= 150 && t < 153 ? 'wrong permit' : 'one wrong' }),
  ],
  [
    'an answer is put right as another goes wrong',
    ['ProbeWrong', 'MoreWrong'],
    4 * HOUR,
    (t) => (t < 10 || t >= 200 ? {} : { probe: t < 150 ? 'one wrong' : 'another wrong' }),
  ],
  [
    'an answer is put right by a deployment that makes another wrong',
    ['ProbeWrong', 'MoreWrong'],
    4 * HOUR,
    (t) =>
      t < 10 || t >= 200
        ? {}
        : { probe: t < 150 ? 'one wrong' : 'another wrong', ...(t === 150 && { probeBegins: true }) },
  ],
  [
    'one question in twenty is lost, one in every other minute',
    ['Unavailable'],
    6 * HOUR,
    (t) => (t >= 10 && t < 190 && t % 2 === 0 ? { denied: 1, code: 'BUDGET_EXHAUSTED' } : {}),
  ],
  [
    'the database is down for one minute in eight',
    ['Unavailable'],
    6 * HOUR,
    (t) => (t >= 10 && t < 190 && t % 8 === 0 ? DOWN : {}),
  ],
  [
    'something passes that must not, in the minute after another answer was put right',
    ['ProbeWrong', 'MoreWrong'],
    3 * HOUR,
    (t) => (t < 10 || t === 100 || t > 101 ? {} : { probe: t < 100 ? 'one wrong' : 'wrong permit' }),
  ],
  [
    'a denial is wrong by its words, and later it is a permit',
    ['ProbeWrong', 'MoreWrong'],
    4 * HOUR,
    (t) => (t < 10 || t >= 200 ? {} : { probe: t < 100 ? 'other words' : 'one wrong' }),
  ],
  [
    'an answer is wrong now and then',
    ['ProbeWrong'],
    3 * HOUR,
    (t) => (t >= 10 && t < 70 && t % 2 === 0 ? { probe: 'one wrong' } : {}),
  ],
  [
    'a wide hold begins in the minute after another was lifted',
    ['WideHold', 'MoreStopped'],
    3 * HOUR,
    (t) =>
      t < 10 || t === 100 || t >= 150
        ? {}
        : { watch: { HoldsInForce: 1, WideHolds: 1, NewWideHolds: t === 10 || t === 101 ? 1 : 0 } },
  ],
  [
    'a second forgery that says it is old, met by a watch that begins anew',
    ['HistoryUnsound', 'MoreUnsound'],
    3 * HOUR,
    (t) => {
      if (t < 10 || t >= 150) return {};
      const ids = t < 100 ? ['a'] : ['a', 'b'];
      const NewHistoryProblems = t === 10 ? 1 : t === 100 ? MAYBE : 0;
      return {
        watch: { HistoryProblems: ids.length, NewHistoryProblems, HistoryProblemsMark: listOf(...ids) },
      };
    },
  ],
  [
    'a second forgery that only the end of an audit comes to, by a watch that begins anew',
    ['HistoryUnsound', 'MoreUnsound'],
    3 * HOUR,
    (t) => {
      if (t < 10 || t >= 150) return {};
      const NewHistoryProblems = t === 10 ? 1 : t === 60 || t === 70 || t === 80 ? MAYBE : 0;
      if (t < 60 || t >= 80) {
        const ids = t < 60 ? ['a'] : ['a', 'b'];
        return {
          watch: { HistoryProblems: ids.length, NewHistoryProblems, HistoryProblemsMark: listOf(...ids) },
        };
      }
      return { watch: { HistoryProblems: t < 70 ? 1 : 2, NewHistoryProblems, VersionsUnaudited: 9 } };
    },
  ],
  [
    'a second forgery that a first audit comes to, an hour after it has found one',
    ['HistoryUnsound', 'MoreUnsound'],
    4 * HOUR,
    (t) => {
      if (t >= 150) return {};
      const NewHistoryProblems = t === 10 || t === 70 ? MAYBE : 0;
      if (t < 10) return { watch: 'unaudited' };
      return { watch: { HistoryProblems: t < 70 ? 1 : 2, NewHistoryProblems, VersionsUnaudited: 9 } };
    },
  ],
  [
    'two forgeries are come to again, one by one, by a watch that begins anew',
    ['HistoryUnsound'],
    3 * HOUR,
    (t) => {
      if (t < 10 || t >= 150) return {};
      const whole = { HistoryProblems: 2, HistoryProblemsMark: listOf('a', 'b') };
      if (t === 10) return { watch: { ...whole, NewHistoryProblems: 2 } };
      if (t === 100)
        return { watch: { HistoryProblems: 1, NewHistoryProblems: MAYBE, VersionsUnaudited: 9 } };
      return { watch: { ...whole, NewHistoryProblems: t === 101 ? MAYBE : 0 } };
    },
  ],
  [
    'a second wide hold begins while the watch does not look for an hour, and its process is another',
    ['WideHold', 'WatchFailing', 'MoreStopped'],
    4 * HOUR,
    (t) => {
      if (t < 10 || t >= 200) return {};
      if (t >= 50 && t < 110) return { watch: 'stopped' };
      return wideHolds(t < 50 ? ['a'] : ['a', 'b'], t === 10 ? 1 : t === 110 ? MAYBE : 0);
    },
  ],
  [
    'a wide hold takes the place of another while the watch may not read for an hour',
    ['WideHold', 'WatchFailing', 'MoreStopped'],
    4 * HOUR,
    (t) => {
      if (t < 10 || t >= 200) return {};
      if (t >= 50 && t < 110) return { watch: 'STORE_REFUSED' };
      return wideHolds(t < 50 ? ['a'] : ['b'], t === 10 || t === 110 ? 1 : 0);
    },
  ],
  [
    'a wide hold takes the place of another as the process of the watch becomes another',
    ['WideHold', 'MoreStopped'],
    3 * HOUR,
    (t) => (t < 10 || t >= 150 ? {} : wideHolds(t < 50 ? ['a'] : ['b'], t === 10 ? 1 : t === 50 ? MAYBE : 0)),
  ],
  [
    'a wide hold is told in turns by two processes of the watch, and then another',
    ['WideHold', 'MoreStopped'],
    4 * HOUR,
    (t) =>
      t < 10 || t >= 200
        ? {}
        : wideHolds(t < 100 ? ['a'] : ['a', 'b'], [10, 11, 100, 101].includes(t) ? 1 : 0),
  ],
  [
    'a second forgery that is found while the history is looked at anew',
    ['HistoryUnsound', 'MoreUnsound'],
    4 * HOUR,
    (t) => {
      if (t < 10 || t >= 150) return {};
      if (t < 60) {
        const NewHistoryProblems = t === 10 ? 1 : 0;
        return { watch: { HistoryProblems: 1, NewHistoryProblems, HistoryProblemsMark: listOf('a') } };
      }
      // Its mark is said at the end, when nothing is new.
      const said = { HistoryProblems: 2, NewHistoryProblems: t === 60 ? 1 : 0 };
      return {
        watch: {
          ...said,
          ...(t < 70 ? { VersionsUnaudited: 9 } : { HistoryProblemsMark: listOf('a', 'b') }),
        },
      };
    },
  ],
  [
    'a second route ends tomorrow while the watch does not look for an hour',
    ['DarkTomorrow', 'WatchFailing', 'MoreEndsSoon'],
    4 * HOUR,
    (t) => {
      if (t < 10 || t >= 200) return {};
      if (t >= 50 && t < 110) return { watch: 'stopped' };
      const ids = t < 50 ? ['a'] : ['a', 'b'];
      return {
        watch: {
          ...{ RoutesDarkIn1Day: ids.length, RoutesDarkIn1DayMark: listOf(...ids) },
          NewRoutesDarkIn1Day: t === 10 ? 1 : t === 110 ? MAYBE : 0,
        },
      };
    },
  ],
  [
    'the process of the watch is another, one wide hold is lifted, and nothing is new',
    ['WideHold'],
    3 * HOUR,
    (t) =>
      t < 10 || t >= 150
        ? {}
        : wideHolds(t < 80 ? ['a', 'b'] : ['b'], t === 10 ? 2 : t === 50 || t === 80 ? MAYBE : 0),
  ],
  [
    'a second copy of HEAD is put back beside a first',
    ['HeadCopyAstray', 'MoreAstray'],
    3 * HOUR,
    (t) => {
      if (t < 10 || t >= 100) return {};
      const ids = t < 50 ? ['1'] : ['1', '2'];
      return {
        watch: {
          ...{ HeadCopiesAstray: ids.length, HeadCopiesAstrayMark: listOf(...ids) },
          NewHeadCopiesAstray: t === 10 || t === 50 ? 1 : 0,
        },
      };
    },
  ],
  [
    'another copy of HEAD is put back in place of a first',
    ['HeadCopyAstray', 'MoreAstray'],
    3 * HOUR,
    (t) =>
      t < 10 || t >= 100
        ? {}
        : {
            watch: {
              ...{ HeadCopiesAstray: 1, HeadCopiesAstrayMark: listOf(t < 50 ? '1' : '2') },
              NewHeadCopiesAstray: t === 10 || t === 50 ? 1 : 0,
            },
          },
  ],
  [
    'the probe stops beside a watch that may not read',
    ['WatchFailing', 'ProbeSilent'],
    3 * HOUR,
    during(10, 70, { probe: 'stopped', watch: 'STORE_REFUSED' }),
  ],
  [
    'the HTTP door breaks a few minutes after an outage in which everything died behind it',
    ['Unavailable', 'HttpFailing'],
    4 * HOUR,
    (t) => {
      if (t >= 10 && t < 50) return { ...DEAD, refused: 10, diedBehind: 10 };
      return t >= 62 && t < 66 ? { refused: 5 } : {};
    },
  ],
  [
    'the HTTP door breaks minutes after an outage in which nothing could be read, and it failed too',
    ['Unavailable', 'HttpFailing'],
    4 * HOUR,
    (t) => {
      if (t >= 10 && t < 50) return { ...DOWN, refused: 5 };
      return t >= 58 && t < 60 ? { refused: 5 } : {};
    },
  ],
  ['the watch stops', ['WatchFailing'], 3 * HOUR, during(10, 70, { watch: 'stopped' })],
  ['the watch may not read', ['WatchFailing'], 3 * HOUR, during(10, 70, { watch: 'STORE_REFUSED' })],
  ['the probe stops', ['ProbeSilent'], 3 * HOUR, during(10, 70, { probe: 'stopped' })],
  ['both stop', ['WatchFailing'], 3 * HOUR, during(10, 70, { watch: 'stopped', probe: 'stopped' })],
  [
    'both stop, and only the watch comes back',
    ['WatchFailing', 'ProbeSilent'],
    4 * HOUR,
    (t) => (t < 10 || t >= 180 ? {} : { probe: 'stopped', watch: t < 70 ? 'stopped' : {} }),
  ],
  [
    'the watch stays down after an outage',
    ['Unavailable', 'WatchFailing'],
    5 * HOUR,
    (t) => (t < 10 || t >= 240 ? {} : t < 50 ? DOWN : { watch: 'STORE_REFUSED' }),
  ],
  [
    'one decision meets a fault, minutes after an outage',
    ['Unavailable', 'Fault'],
    3 * HOUR,
    (t) => (t >= 10 && t < 50 ? DOWN : t === 57 ? { denied: 1, code: 'INTERNAL_FAULT' } : {}),
  ],
  [
    'the watch stays down beside short outages, one each half hour',
    ['Unavailable', 'WatchFailing'],
    4 * HOUR,
    (t) => {
      if (t < 10 || t >= 120) return {};
      return t % 30 < 13 && t % 30 >= 10 ? DOWN : { watch: 'STORE_REFUSED' };
    },
  ],
  ['nobody asks', ['Silence'], 3 * HOUR, during(10, 70, NIGHT)],
  [
    'somebody put back a copy of HEAD, and the next rehearsal puts it right',
    ['HeadCopyAstray'],
    2 * HOUR,
    during(10, 11, { watch: { HeadCopiesAstray: 1 } }),
  ],
  ['somebody put HEAD back', ['HeadBelowFloor'], 3 * HOUR, during(10, 70, RESTORED)],
  ['HEAD is gone', ['HeadBelowFloor'], 3 * HOUR, during(10, 70, { ...RESTORED, watch: 'HEAD_BELOW_FLOOR' })],
  [
    'a forged version, while a restore waits for two people',
    ['HeadBelowFloor', 'HistoryUnsound'],
    5 * HOUR,
    (t) =>
      t < 10
        ? {}
        : t < 250
          ? { ...RESTORED, watch: { HoldsInForce: 1, HeadBelowFloor: 1, HistoryProblems: t < 150 ? 0 : 1 } }
          : {},
  ],
  [
    'a registry put back, while a hold is in force and after it',
    ['Hold', 'HeadBelowFloor'],
    5 * HOUR,
    (t) => {
      if (t < 10) return {};
      if (t < 100) return { watch: { HoldsInForce: 1 } };
      if (t < 150) return { ...RESTORED, watch: { HoldsInForce: 2, HeadBelowFloor: 1 } };
      return t < 250 ? { watch: { HoldsInForce: 1 } } : {};
    },
  ],
  [
    'a second forgery, after a first that nothing can undo',
    ['HistoryUnsound', 'MoreUnsound'],
    3 * HOUR,
    (t) => ({
      watch: {
        HistoryProblems: t < 10 || t >= 170 ? 0 : t < 100 ? 1 : 2,
        NewHistoryProblems: t === 10 || t === 100 ? 1 : 0,
      },
    }),
  ],
  [
    'a second wide hold beside a first, in a minute after one in which the watch failed',
    ['WideHold', 'MoreStopped'],
    3 * HOUR,
    (t) =>
      t === 99
        ? { watch: 'STORE_UNAVAILABLE' }
        : {
            watch: {
              HoldsInForce: t < 10 || t >= 150 ? 0 : t < 100 ? 1 : 2,
              WideHolds: t < 10 || t >= 150 ? 0 : t < 100 ? 1 : 2,
              NewWideHolds: t === 10 || t === 100 ? 1 : 0,
            },
          },
  ],
  [
    'a wide hold is lifted as another begins',
    ['WideHold', 'MoreStopped'],
    3 * HOUR,
    (t) =>
      t < 10 || t >= 150
        ? {}
        : { watch: { HoldsInForce: 1, WideHolds: 1, NewWideHolds: t === 10 || t === 100 ? 1 : 0 } },
  ],
  [
    'a route is renewed as another comes to end tomorrow',
    ['DarkTomorrow', 'MoreEndsSoon'],
    4 * HOUR,
    (t) =>
      t < 10 || t >= 200
        ? {}
        : { watch: { RoutesDarkIn1Day: 1, NewRoutesDarkIn1Day: t === 10 || t === 100 ? 1 : 0 } },
  ],
  [
    'a forgery is found again by a watch that begins anew, and does not page again',
    ['HistoryUnsound'],
    4 * HOUR,
    (t) => {
      if (t < 10 || t >= 200) return {};
      if (t === 10) return { watch: { HistoryProblems: 1, NewHistoryProblems: 1 } };
      return { watch: t >= 100 && t < 110 ? 'unaudited' : { HistoryProblems: 1 } };
    },
  ],
  [
    'a second wide hold beside a first, in an outage of ten minutes',
    ['WideHold', 'Unavailable', 'MoreStopped'],
    4 * HOUR,
    (t) => {
      if (t >= 100 && t < 110) return DOWN;
      const holds = t < 10 || t >= 180 ? 0 : t < 105 ? 1 : 2;
      const isNew = t === 10 || t === 110;
      return { watch: { HoldsInForce: holds, WideHolds: holds, NewWideHolds: isNew ? 1 : 0 } };
    },
  ],
  [
    'a second route ends tomorrow, and a nation falls silent, as another one is renewed',
    ['DarkTomorrow', 'MoreEndsSoon', 'SilentThisWeek', 'MoreEndsSoon'],
    4 * HOUR,
    (t) => {
      if (t < 10 || t >= 200) return {};
      const isNew = {
        NewRoutesDarkIn1Day: t === 10 || t === 60 ? 1 : 0,
        NewNationsSilentIn7Days: t === 100 || t === 150 ? 1 : 0,
      };
      if (t < 60) return { watch: { ...isNew, RoutesDarkIn1Day: 1 } };
      if (t < 100) return { watch: { ...isNew, RoutesDarkIn1Day: 2 } };
      if (t < 150) return { watch: { ...isNew, RoutesDarkIn1Day: 2, NationsSilentIn7Days: 1 } };
      return { watch: { ...isNew, RoutesDarkIn1Day: 1, NationsSilentIn7Days: 2 } };
    },
  ],
  [
    'a route ends tomorrow, and is renewed hours later',
    ['DarkTomorrow'],
    5 * HOUR,
    during(10, 200, { watch: { RoutesDarkIn1Day: 2 } }),
  ],
  [
    'a nation falls silent in a week',
    ['SilentThisWeek'],
    5 * HOUR,
    during(10, 200, { watch: { NationsSilentIn7Days: 1 } }),
  ],
  [
    'everybody is stopped, and a hold within its authority stays',
    ['WideHold', 'Hold'],
    6 * HOUR,
    (t) => {
      const stopped = { denied: 10, code: 'HOLD_EVERYTHING', probe: 'HOLD_EVERYTHING' } as const;
      if (t < 10 || t >= 5 * HOUR) return {};
      if (t < 3 * HOUR) return { ...stopped, watch: { HoldsInForce: 1, WideHolds: 1 } };
      return { watch: { HoldsInForce: 1, WideHolds: 0 } };
    },
  ],
];

describe('a fault wakes somebody once, by exactly these, and is said to be over', () => {
  it.each(FAULTS)('%s', async (_fault, pages, minutes, course) => {
    const heard = await afterAWhile(course, minutes);
    expect(heard.map((each) => each.pages)).toEqual(everyVariant(pages));
    expect(heard.map((each) => each.over.toSorted())).toEqual(everyVariant(pages.toSorted()));
    expect(heard.map(({ red }) => red)).toEqual(everyVariant([]));
  });
});

describe('what is lost in part for an hour, is over for a while, and is lost in all', () => {
  const those = new Set([
    ...['Unavailable', 'UnavailableHour', 'UnavailableLately', 'NoAnswersLately'],
    ...['MoreLost', 'MostBegins', 'NoAnswersBegin', 'LostBefore'],
  ]);
  const alone = Object.fromEntries(Object.entries(prod).filter(([id]) => those.has(nameOf(id))));
  const BREAKS = [20, 26, 27, 28, 29, 30, 31, 32, 38, 42, 43, 44, 45, 50];

  it('wakes somebody again however long it was over, and once as a rule', async () => {
    const told = new Map<number, readonly number[]>();
    for (const over of BREAKS) {
      const course: Course = (t) => {
        if (t >= 10 && t < 70) return { asked: 100, denied: 20, code: 'BUDGET_EXHAUSTED' };
        return t >= 70 + over && t < 110 + over ? ALL_LOST : { asked: 100 };
      };
      const heard = await afterAWhile(course, 110 + over, alone);
      told.set(
        over,
        heard.map(({ pages }) => pages.slice(1).length),
      );
    }
    const times = (fits: (pages: number) => boolean) => BREAKS.filter((over) => told.get(over)?.some(fits));
    expect(times((pages) => pages < 1)).toEqual([]);
    // What is over for as long as Unavailable goes on, or a little longer, may be told by both.
    expect(times((pages) => pages > 1)).toEqual([28, 29, 30, 31, 32, 38, 42]);
  });
});

const PLANNED: readonly (readonly [planned: string, pages: readonly string[], minutes: number, Course])[] = [
  ['nothing happens', [], 4 * HOUR, () => ({})],
  [
    'a hold is in force for a day',
    ['Hold'],
    DAY,
    during(10, DAY, { watch: { HoldsInForce: 1 }, denied: 3, code: 'HOLD_NETWORK', probe: 'HOLD_NETWORK' }),
  ],
  [
    'holds come and go beside one that stays',
    ['Hold'],
    5 * HOUR,
    (t) => ({ watch: { HoldsInForce: 1 + (t % 100 > 50 ? 1 : 0) } }),
  ],
  ['a version is published', [], 3 * HOUR, during(10, 13, { watch: { HeadMoved: 1, RegistryAge: 60 } })],
  ['a waiver is in force', [], 3 * HOUR, () => ({ watch: { WaiversInForce: 2 } })],
  [
    'a canary: cold starts, a throttle of the database',
    [],
    3 * HOUR,
    during(10, 25, { takes: 900, tableThrottled: 3 }),
  ],
  [
    'one question of a few is lost in a quiet hour',
    [],
    6 * HOUR,
    (t) => (t % 12 === 0 ? { asked: 1, denied: t === 120 ? 1 : 0, code: 'BUDGET_EXHAUSTED' } : NIGHT),
  ],
  ['the registry’s own function dies', [], 3 * HOUR, during(10, 20, { registryDied: 1 })],
  [
    'an alarm of something that ends next month',
    [],
    3 * HOUR,
    () => ({ watch: { RoutesDarkIn7Days: 1, RoutesDarkIn30Days: 3, NationsSilentIn30Days: 1 } }),
  ],
];

describe('what is planned', () => {
  it.each(PLANNED)('pages nothing more: %s', async (_planned, pages, minutes, course) => {
    const heard = await afterAWhile(course, minutes);
    expect(heard.map((each) => each.pages)).toEqual(everyVariant(pages));
  });

  it('notifies of what is to be known', async () => {
    const found = await afterAWhile(
      (t) => ({
        ...(t === 10 && { watch: { HeadMoved: 1 }, tableThrottled: 3, registryDied: 1, throttled: 1 }),
        ...(t >= 10 && t < 40 && t % 12 === 0 && { forbidden: 1 }),
      }),
      HOUR,
      everything,
    );
    expect(found.map(({ notices }) => notices.toSorted())).toEqual(
      everyVariant(['DatabaseThrottled', 'HeadMoved', 'HttpForbidden', 'SupportErrors', 'Throttled']),
    );
  });

  it.each<[string, Minute]>([
    ['ProbeWrong', { probe: 'wrong permit' }],
    ['Fault', { denied: 1, code: 'FACT_UNSOUND' }],
    ['Unavailable', { ...DOWN, watch: 'STORE_UNAVAILABLE' }],
    ['FunctionError', { died: 1 }],
    ['HeadBelowFloor', { ...RESTORED, watch: { HoldsInForce: 2, HeadBelowFloor: 1, RoutesDarkIn1Day: 1 } }],
    ['HistoryUnsound', { watch: { HoldsInForce: 1, RoutesDarkIn1Day: 1, HistoryProblems: 1 } }],
    ['WideHold', { watch: { HoldsInForce: 2, WideHolds: 1, RoutesDarkIn1Day: 1 } }],
    ['Silence', { asked: 0 }],
    ['ProbeSilent', { probe: 'stopped' }],
    ['WatchFailing', { watch: 'stopped' }],
  ])(
    'does not hide a page: a hold and a route that ends have been red for hours, and %s',
    async (name, what) => {
      const isOnce = name === 'Fault' || name === 'FunctionError';
      const course = during(3 * HOUR, 3 * HOUR + (isOnce ? 1 : 60), what, HELD);
      const heard = await afterAWhile(course, 5 * HOUR);
      expect(heard.map(({ pages }) => pages)).toEqual(everyVariant(['Hold', 'DarkTomorrow', name]));
    },
  );

  it('is an empty night, for a guard whose callers rest', async () => {
    const quiet = pagingOf(synthesised({ silence: false }));
    const heard = await afterAWhile(during(10, 6 * HOUR, NIGHT), 7 * HOUR, quiet);
    expect(heard.map(({ pages }) => pages)).toEqual(everyVariant([]));
  });
});

describe('the first deployment', () => {
  /** Alarms are made at minute 0; the schedules begin then or later. */
  async function deployed(course: Course, minutes: number, resources = prod) {
    return hear(resources, await historyOf(course, 0, minutes), 0, minutes);
  }
  const nothing: Minute = { asked: 0, watch: 'stopped', probe: 'stopped' };
  const unpublished: Minute = { asked: 0, watch: 'unpublished', probe: 'REGISTRY_EMPTY' };

  it('is calm until something is published, and after it', async () => {
    const heard = await deployed((t) => {
      if (t < 12) return nothing;
      if (t < 2 * HOUR) return unpublished;
      return t < 2 * HOUR + 3
        ? { ...unpublished, probe: 'right', watch: { HeadMoved: 1, RegistryAge: 60 } }
        : {};
    }, 4 * HOUR);
    expect(heard.map(({ pages }) => pages)).toEqual(everyVariant([]));
    expect(heard.map(({ red }) => red)).toEqual(everyVariant([]));
  });

  it.each<[string, readonly string[], Minute]>([
    ['the watch', ['WatchFailing'], { ...unpublished, watch: 'stopped' }],
    ['the probe', ['ProbeSilent'], { ...unpublished, probe: 'stopped' }],
    ['either', ['WatchFailing'], nothing],
  ])('pages where %s never begins', async (_what, pages, said) => {
    const heard = await deployed(() => said, 3 * HOUR);
    expect(heard.map((each) => each.pages)).toEqual(everyVariant(pages));
  });
});

describe('the emergency stop', () => {
  it.each<[string, readonly string[], Course]>([
    ['that can be set wakes nobody', [], () => ({})],
    ['is rehearsed in vain', ['StopFailing'], during(10, 70, { rehearsed: 0 })],
    ['fails once', [], during(10, 11, { rehearsed: 0 })],
    [
      'fails every third minute',
      ['StopFailing'],
      (t) => ({ rehearsed: t >= 10 && t < 100 && t % 3 === 0 ? 0 : 1 }),
    ],
    [
      'fails every other minute',
      ['StopFailing'],
      (t) => ({ rehearsed: t >= 10 && t < 100 && t % 2 === 0 ? 0 : 1 }),
    ],
    ['dies for whoever sets it', ['StopRefused'], during(10, 40, { stopDied: 1 })],
    ['dies for one person, once', ['StopRefused'], during(10, 11, { stopDied: 1 })],
    [
      'dies for one person in the minute of a rehearsal that dies',
      ['StopRefused'],
      during(10, 11, { stopDied: 1, rehearsed: 'died' }),
    ],
    [
      'dies for one person in the minute of a rehearsal that is refused',
      ['StopRefused'],
      during(10, 11, { stopDied: 1, rehearsed: 0 }),
    ],
    ['dies once while it is rehearsed', [], during(10, 11, { rehearsed: 'died' })],
    ['is turned away at the door, once', ['StopRefused'], during(10, 11, { stopTurnedAway: 1 })],
    [
      'is turned away at the door in the minute of a rehearsal that dies',
      ['StopRefused'],
      during(10, 11, { stopTurnedAway: 1, rehearsed: 'died' }),
    ],
    ['is not rehearsed by a probe that runs', ['StopFailing'], during(11, 70, { rehearsed: 'untold' })],
    ['is not rehearsed because the probe is silent', ['ProbeSilent'], during(11, 70, { probe: 'stopped' })],
    [
      'cannot be set while everything else is unavailable',
      ['Unavailable', 'StopFailing'],
      during(10, 70, { ...DOWN, rehearsed: 0 }),
    ],
  ])('%s', async (_case, pages, course) => {
    const history = await historyOf((t) => (t < 0 ? {} : course(t)), MADE, 3 * HOUR);
    const heard = hear(prod, history, MADE, 3 * HOUR);
    expect(heard.map((each) => each.pages.toSorted())).toEqual(everyVariant(pages.toSorted()));
  });

  it('has no alarm where there is none; where the probe cannot reach it one on those that die', async () => {
    const named = (resources: Resources) =>
      ofType(resources, 'AWS::CloudWatch::Alarm')
        .map(([id]) => nameOf(id))
        .filter((name) => name.startsWith('Stop'));
    const without = plainResources(synthesiseGuard({ httpAccess: 'none' }, undefined, false));
    const said: string[] = [];
    const unreached = pagingOf(
      plainResources(
        synthesiseGuard(
          (stack) => ({ vpc: stageProps('prod', stack).vpc, serviceName: GUARD }) as object,
          (guard) => {
            said.push(...guard.node.metadata.map(({ type, data }) => `${type} ${String(data)}`));
          },
          false,
        ),
      ),
    );
    expect([named(without), named(unreached), named(prod)]).toEqual([
      [],
      ['StopRefused'],
      ['StopFailing', 'StopRefused'],
    ]);
    expect(said.filter((each) => each.startsWith('aws:cdk:warning'))).toEqual([
      expect.stringContaining('There is no alarm StopFailing'),
    ]);
    const heard = await afterAWhile(
      during(10, 11, { stopDied: 1, rehearsed: 'untold' }),
      2 * HOUR,
      unreached,
    );
    expect(heard.map(({ pages }) => pages)).toEqual(everyVariant(['StopRefused']));
  });
});

describe('a standby', () => {
  const FIRST = { region: 'eu-west-2', objects: 'objects-1', state: 'state-1', floor: 'floor-1' };
  const copying = pagingOf(
    plainResources(
      synthesiseGuard(
        (stack) => ({
          ...{ ...stageProps('prod', stack), serviceName: GUARD },
          additionalCommitPublicKeys: ['A'.repeat(160)],
          standbyOf: { ...FIRST, encryptionKeyArn: 'arn:aws:kms:eu-west-2:123456789012:key/mrk-1' },
        }),
        undefined,
        false,
      ),
    ),
  );
  /** Held, and asked by nobody. */
  const HELD_COPY: Minute = {
    ...{ asked: 0, probe: 'REGISTRY_HELD', rehearsed: 1 },
    watch: { HeadBelowFloor: 1, HoldsInForce: 1 },
  };
  const copied = (behindMs: number, outcome: 'copied' | 'current' | 'ended' = 'copied') =>
    ({
      outcome,
      behindMs,
      here: null,
      there: null,
      objects: 0,
      purged: 0,
      unproven: 0,
      stopped: null,
      needsNewer: false,
    }) as const;
  const SOUND: Minute = { ...HELD_COPY, standby: copied(0) };
  const SHORT = { standby: { ...copied(0), stopped: 'STORE_REFUSED' } } as const;
  const FAILED = { standby: 'STORE_UNAVAILABLE' } as const;

  it.each<[string, readonly string[], Course]>([
    ['that is held, and copies, wakes nobody', [], () => SOUND],
    ['is behind', ['StandbyBehind'], during(10, 70, { standby: copied(16 * 60_000) }, SOUND)],
    ['is behind for less than may be lost', [], during(10, 70, { standby: copied(14 * 60_000) }, SOUND)],
    [
      'finds there what nobody signed',
      ['StandbyFailing'],
      during(10, 70, { standby: 'SIGNATURE_INVALID' }, SOUND),
    ],
    ['copies, and cannot look for what was purged', ['StandbyImpaired'], during(10, 70, SHORT, SOUND)],
    [
      'has nothing to copy, and a build that is too old for what is there',
      ['StandbyImpaired'],
      during(10, 70, { standby: { ...copied(0, 'current'), needsNewer: true } }, SOUND),
    ],
    ['cannot look for what was purged, once', [], during(10, 11, SHORT, SOUND)],
    [
      'cannot look for what was purged every fourth minute',
      ['StandbyImpaired'],
      (t) => ({ ...SOUND, ...(t >= 10 && t < 150 && t % 4 === 0 && SHORT) }),
    ],
    [
      'cannot look for what was purged, then copies nothing for an hour, and goes on as before',
      ['StandbyImpaired', 'StandbyFailing'],
      (t) => {
        if (t < 10) return SOUND;
        return { ...SOUND, ...(t >= 80 && t < 140 ? { standby: 'STORE_UNAVAILABLE' } : SHORT) };
      },
    ],
    [
      'cannot look for what was purged, and then falls behind',
      ['StandbyImpaired', 'StandbyBehind'],
      (t) => {
        if (t < 10) return SOUND;
        return {
          ...SOUND,
          ...SHORT,
          ...(t >= 80 && { standby: { ...SHORT.standby, behindMs: 16 * 60_000 } }),
        };
      },
    ],
    ...[2, 5, 20].map(
      (percent) =>
        [
          `fails while ${percent} questions in a hundred are lost`,
          ['Unavailable', 'StandbyFailing'],
          (t) => ({ ...SOUND, ...beside(percent, FAILED)(t) }),
        ] satisfies [string, readonly string[], Course],
    ),
    ['is silent', ['StandbyFailing'], during(10, 70, { standby: 'stopped' }, SOUND)],
    [
      'fails every other minute',
      ['StandbyFailing'],
      (t) => ({ ...SOUND, ...(t >= 10 && t < 70 && t % 2 === 0 && { standby: 'STORE_UNAVAILABLE' }) }),
    ],
    [
      'is behind when the first Region is back, and catches up',
      ['StandbyFailing'],
      (t) => {
        if (t >= 10 && t < 60) return { ...SOUND, standby: 'STORE_UNAVAILABLE' };
        return { ...SOUND, ...(t >= 60 && t < 65 && { standby: copied(50 * 60_000) }) };
      },
    ],
    [
      'is behind when the first Region is back, and stays so',
      ['StandbyFailing', 'StandbyBehind'],
      (t) => {
        if (t >= 10 && t < 50) return { ...SOUND, standby: 'STORE_UNAVAILABLE' };
        return { ...SOUND, ...(t >= 50 && t < 130 && { standby: copied(50 * 60_000) }) };
      },
    ],
    [
      'cannot read its own tables',
      ['Unavailable'],
      during(
        10,
        50,
        { standby: 'STORE_UNAVAILABLE', watch: 'STORE_UNAVAILABLE', probe: 'REGISTRY_UNAVAILABLE' },
        SOUND,
      ),
    ],
    ['has been published to', ['StandbyEnded'], during(10, 3 * HOUR, { standby: copied(0, 'ended') }, SOUND)],
  ])('%s', async (_case, pages, course) => {
    const history = await historyOf((t) => (t < 0 ? SOUND : course(t)), MADE, 3 * HOUR);
    const heard = hear(copying, history, MADE, 3 * HOUR);
    expect(heard.map((each) => each.pages)).toEqual(everyVariant(pages));
  });
});

describe('what comes and goes every so many minutes for three hours', () => {
  /** What a page may be kept back by. */
  const MAJOR = [
    'MajorOutage',
    'UnavailableNow',
    'UnavailableHour',
    'MostLost',
    'NoAnswers',
    'NoAnswersToAnybody',
  ];
  const ANY = [...MAJOR, 'Outage'];
  /** By fault: what a bad minute is, the longest rhythm that is one fault, and the alarms that its page rests on. */
  const BAD: readonly (readonly [name: string, bad: Minute, longest: number, rests: readonly string[]])[] = [
    ['StopFailing', { rehearsed: 0 }, 9, []],
    [
      'Unavailable',
      { ...NIGHT, probe: 'failed' },
      5,
      ['UnavailableHour', 'UnavailableLately', 'NoAnswersLately'],
    ],
    ['ProbeFailing', { probe: 'failed' }, 5, MAJOR],
    ['WatchFailing', { watch: 'STORE_REFUSED' }, 4, ['WatchNowAndThen', ...MAJOR]],
    ['HttpFailing', { ...NIGHT, refused: 1 }, 20, MAJOR],
    ['Fault', { denied: 1, code: 'INTERNAL_FAULT' }, 20, ANY],
    ['FunctionError', { died: 1 }, 20, ANY],
  ];
  const RHYTHMS = Array.from({ length: 20 }, (_, i) => i + 1);

  it.each(BAD)('%s pages once, however far apart: %o', async (name, bad, longest, rests) => {
    const those = Object.fromEntries(
      Object.entries(prod).filter(([id]) => [name, ...rests].includes(nameOf(id))),
    );
    const counted = [];
    for (const rhythm of RHYTHMS) {
      const course: Course = (t) => (t >= 10 && t < 190 && (t - 10) % rhythm === 0 ? bad : {});
      const heard = await afterAWhile(course, 200, those);
      counted.push(heard.map(({ pages }) => pages.filter((page) => page === name).length));
    }
    // What is more seldom is no such fault, where the newest minutes are late perhaps one.
    expect(counted.slice(0, longest)).toEqual(RHYTHMS.slice(0, longest).map(() => everyVariant(1)));
    expect(Math.max(0, ...counted.slice(longest).flat())).toBeLessThanOrEqual(1);
  });
});
