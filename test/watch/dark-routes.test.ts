/**
 * What goes dark, told alike by everybody who tells it: the watch, the forecast, the board and its page of one
 * question, the timeline and an explanation's next change.
 */
import { describe, expect, it } from 'vitest';
import { darkWithin, networkSubjects, routeSubjects } from '../../functions/board/outlook.ts';
import { columnsOf } from '../../functions/board/profiles.ts';
import { questionOf } from '../../functions/board/question.ts';
import { finishForecast, planForecast, runForecast } from '../../functions/core/administration/forecast.ts';
import { markingProfiles } from '../../functions/core/administration/marking-profiles.ts';
import { questionsAbout } from '../../functions/core/administration/questions.ts';
import type { Forecast } from '../../functions/core/administration/simulation.ts';
import { outlook } from '../../functions/core/decision/next-change.ts';
import { timelineOf } from '../../functions/core/decision/timeline.ts';
import type { RawFact } from '../../functions/core/facts/view.ts';
import { approach } from '../../functions/core/registry/input.ts';
import { wholeRegistry } from '../../functions/store/whole-registry.ts';
import { outlookOf } from '../../functions/watch/readings.ts';
import { readSampleRegistry } from '../../infra/local/sample-registry.ts';
import { sampleWithCliff } from '../board/large-registry.ts';
import { ask } from '../core/decision/ask.ts';

const AT = Date.parse('2026-11-23T12:00:00Z');
const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const END = AT + 30 * DAY;

const iso = (ms: number) => new Date(ms).toISOString();
const sources = [{ citation: 'Synthetic: a test.', verified: true }];

/** So many stops of a network, of ten minutes each, one an hour. */
function holdsOn(network: string, count: number): readonly RawFact[] {
  return Array.from({ length: count }, (_, i) => ({
    ...{
      kind: 'hold',
      id: `${network}-${i}`,
      authority: 'uk-dsit',
      scope: { network },
      cause: 'doubt',
    },
    valid: { from: iso(AT + (i + 1) * HOUR), to: iso(AT + (i + 1) * HOUR + HOUR / 6), zone: 'UTC' },
    ending: sources,
    sources,
  }));
}

function withFacts(
  facts: ReadonlyMap<string, RawFact>,
  more: readonly RawFact[],
): ReadonlyMap<string, RawFact> {
  return new Map([...facts, ...more.map((f) => [`${f['kind']}/${f['id']}`, f] as const)]);
}

function registryOf(facts: ReadonlyMap<string, RawFact>, at = AT) {
  return wholeRegistry({ version: 1, digest: 'sha256:0', recordedAt: iso(at) }, [...facts.values()]);
}

function everyView(facts: ReadonlyMap<string, RawFact>) {
  const registry = registryOf(facts);
  const plan = planForecast({ facts, at: AT, days: 30, only: 'routes' });
  const forecast = finishForecast(
    plan,
    runForecast(plan, undefined, () => true),
  );
  return { registry, forecast, watch: outlookOf(registry, AT) };
}

/** Routes and the hours to the first instant at which each is dark. */
const toldBy = {
  forecast({ outages }: Forecast) {
    const firsts = new Map<string, number>();
    for (const { subject, from } of outages)
      if ('route' in subject && !firsts.has(subject.route))
        firsts.set(subject.route, (Date.parse(from) - AT) / HOUR);
    return [...firsts].sort();
  },
  outlook: (dark: ReturnType<typeof darkWithin>) =>
    dark.map((d) => [Object.values(d.subject)[0], (d.from - AT) / HOUR]).sort(),
};

const CLIFF = [
  ['gb-b-alone', 19 * 24],
  ['pacific', 27 * 24],
  ['sms-gb-primary', 19 * 24],
  ['us-domestic', 6 * 24],
  ['us-domestic-failover', 6 * 24],
] as const;

describe.each<[string, ReadonlyMap<string, RawFact>, readonly (readonly [string, number])[]]>([
  ['the sample', readSampleRegistry(), []],
  ['a cliff', sampleWithCliff(AT), CLIFF],
  [
    'a cliff and 32 short stops of another network',
    withFacts(sampleWithCliff(AT), holdsOn('gb-c', 32)),
    CLIFF,
  ],
  [
    'a cliff and 32 short stops of a network on the way',
    withFacts(sampleWithCliff(AT), holdsOn('us-b', 32)),
    [
      ['gb-b-alone', 19 * 24],
      ['pacific', 1],
      ['sms-gb-primary', 1],
      ['sms-gb-secondary', 1],
      ['us-b-alone', 1],
      ['us-domestic', 6 * 24],
      ['us-domestic-failover', 6 * 24],
    ],
  ],
])('%s', (_what, facts, expected) => {
  const { registry, forecast, watch } = everyView(facts);

  it('the watch, the forecast and the board name the same routes, from the same instants', () => {
    const sorted = [...expected].sort();
    expect(toldBy.forecast(forecast)).toEqual(sorted);
    expect(toldBy.outlook(watch.dark[30])).toEqual(sorted);
    expect(toldBy.outlook(darkWithin(registry, routeSubjects(registry), AT, 30))).toEqual(sorted);
    expect([forecast.complete, forecast.lookedUntil]).toEqual([true, null]);
    expect(watch.dark[30].every((d) => d.looked)).toBe(true);
    for (const days of [1, 7] as const)
      expect(watch.dark[days].length).toBe(sorted.filter(([, hours]) => hours <= days * 24).length);
  });

  it('and so do a timeline, an explanation and the page of the question', async () => {
    const markings = new Map(markingProfiles(AT, registry.index).map((m) => [m.id, m]));
    for (const [route, hours] of expected) {
      const cases = forecast.outages.flatMap((o) =>
        'route' in o.subject && o.subject.route === route && Date.parse(o.from) === AT + hours * HOUR
          ? o.cases
          : [],
      );
      const asked = cases.find((c) => c.protection === undefined);
      const marking = markings.get(asked?.marking ?? '');
      const [question] = questionsAbout({ route }, { protections: [undefined], flows: [undefined] });
      if (marking === undefined || question === undefined)
        throw new Error(`${route} is asked without a tunnel`);
      const answerAt = (at: number) => ask(approach(registry, question.request, at), marking.label);
      const dark = AT + hours * HOUR;
      const { entries, lookedUntil } = await timelineOf(answerAt, AT, END + 1);
      const first = entries.find((e) => e.answer.outcome !== 'permit');
      expect([first?.from, lookedUntil], route).toEqual([dark, null]);
      expect((await outlook(answerAt(AT), answerAt)).flips?.at, route).toBe(dark);
      const [column] = columnsOf(registry, AT, [marking.id]).drawn;
      if (column === undefined) throw new Error('a marking asked about can be drawn');
      const page = questionOf(registry, { route }, column, AT);
      expect(page.stretches.find((s) => s.outcome !== 'permit')?.from, route).toBe(dark);
    }
  });

  it('a route that none of them names keeps every column it has, by its timeline', async () => {
    const named = new Set<string>(expected.map(([route]) => route));
    let permits = 0;
    for (const subject of routeSubjects(registry)) {
      if (!('route' in subject) || named.has(subject.route)) continue;
      const [question] = questionsAbout(subject, { protections: [undefined], flows: [undefined] });
      if (question === undefined) throw new Error('a route is asked about');
      for (const { label, id } of columnsOf(registry, AT).drawn) {
        const answerAt = (at: number) => ask(approach(registry, question.request, at), label);
        const { entries } = await timelineOf(answerAt, AT, END + 1);
        const outcomes = entries.map((e) => e.answer.outcome === 'permit');
        permits += outcomes[0] === true ? 1 : 0;
        expect(outcomes.includes(true) && outcomes.includes(false), `${subject.route} ${id}`).toBe(false);
      }
    }
    expect(permits).toBeGreaterThan(0);
  });
});

it.each<[string, readonly string[]]>([
  // An accreditation ends and the next has begun; a standard begins and no fact ends at all.
  ['2021-12-15', ['{"network":"jp-a"}']],
  ['2022-09-15', []],
])('on %s the board names every network and route that the forecast names', (day, some) => {
  const facts = readSampleRegistry();
  const at = Date.parse(`${day}T00:00:00Z`);
  const registry = registryOf(facts, at);
  const plan = planForecast({ facts, at, days: 30 });
  const { outages } = finishForecast(
    plan,
    runForecast(plan, undefined, () => true),
  );
  const named = [...new Set(outages.map((o) => JSON.stringify(o.subject)))].sort();
  const dark = darkWithin(registry, [...routeSubjects(registry), ...networkSubjects(registry)], at, 30);
  expect(named.length).toBeGreaterThan(0);
  expect(dark.map((d) => JSON.stringify(d.subject)).sort()).toEqual(named);
  expect(named).toEqual(expect.arrayContaining([...some]));
});

it('what there is no time to look at counts as dark, and never as fine', () => {
  const registry = registryOf(readSampleRegistry());
  const routes = routeSubjects(registry);
  expect(darkWithin(registry, routes, AT, 30)).toEqual([]);
  const cut = darkWithin(registry, routes, AT, 30, { most: 1 });
  expect([cut.length, cut.some((d) => d.looked)]).toEqual([routes.length, false]);
  const restless = registryOf(withFacts(readSampleRegistry(), holdsOn('us-a', 600)));
  const [column] = columnsOf(restless, AT, ['US SECRET//NOFORN']).drawn;
  if (column === undefined) throw new Error('the sample has a mandate for US SECRET');
  const page = questionOf(restless, { route: 'us-domestic' }, column, AT);
  expect(page.lookedUntil).toBe(AT + 500 * HOUR + HOUR / 6);
  expect(page.stretches.length).toBeGreaterThan(500);
});
