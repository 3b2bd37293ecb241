/**
 * The alarms of a synthesised template, evaluated minute by minute over a history. What each rule is documented to be, and what
 * is not, says `semantics.ts`; a property that is not known here is an error.
 */
import { ofType, type Plain, type Query, type Resources } from '../template-rows.ts';
import { type MissingData, type Point, type State, stateOf } from './alarm-state.ts';
import { compile, Evaluation, type Expression } from './expression.ts';
import { type History, metricKey } from './history.ts';
import type { Semantics } from './semantics.ts';

interface MetricAlarm {
  readonly id: string;
  readonly expression: Expression;
  /** Of each metric: its id, what a history calls it, and the statistic. */
  readonly reads: readonly (readonly [id: string, key: string, stat: string])[];
  readonly periodMinutes: number;
  readonly n: number;
  readonly m: number;
  readonly breaches: (value: number) => boolean;
  readonly missing: MissingData;
  readonly ofDynamoDb: boolean;
  readonly warmUpMinutes: number;
}

interface Composite {
  readonly id: string;
  readonly rule: (state: (id: string) => State) => boolean;
  readonly suppressor: string | undefined;
  readonly waitMinutes: number;
  readonly extensionMinutes: number;
}

/** An action as it was run: minute, alarm, the state it went to, and whom it reached. */
interface Told {
  readonly minute: number;
  readonly alarm: string;
  readonly state: State;
  readonly to: readonly string[];
}

const COMPARED: Readonly<Record<string, (value: number, threshold: number) => boolean>> = {
  GreaterThanOrEqualToThreshold: (v, t) => v >= t,
  GreaterThanThreshold: (v, t) => v > t,
  LessThanThreshold: (v, t) => v < t,
  LessThanOrEqualToThreshold: (v, t) => v <= t,
};

const KNOWN =
  /^(ActionsEnabled|AlarmActions|OKActions|AlarmDescription|AlarmName|AlarmRule|ComparisonOperator|DatapointsToAlarm|EvaluationPeriods|Metrics|Threshold|TreatMissingData|WarmUpConfiguration|ActionsSuppressor|ActionsSuppressorWaitPeriod|ActionsSuppressorExtensionPeriod)$/;

/** "A math expression used for an alarm can include as many as 10 metrics. Each metric must be using the same period." */
const MOST_METRICS = 10;
const DAY_SECONDS = 86_400;

function keyOf({ Metric }: NonNullable<Query['MetricStat']>): string {
  const { Namespace, MetricName, Dimensions } = Metric;
  return metricKey(
    Namespace,
    MetricName,
    Object.fromEntries(Dimensions.map(({ Name, Value }) => [Name, Value])),
  );
}

function metricAlarm([id, { Properties: p }]: readonly [string, Plain]): MetricAlarm {
  for (const name of Object.keys(p))
    if (!KNOWN.test(name)) throw new Error(`${id}: ${name} is not known here`);
  const queries = (p['Metrics'] ?? []) as readonly Query[];
  const stats = queries.flatMap(({ MetricStat }) => MetricStat ?? []);
  const [first, ...others] = stats;
  const read = queries.filter(({ ReturnData }) => ReturnData !== false);
  const compare = COMPARED[String(p['ComparisonOperator'])];
  if (first === undefined || read.length !== 1 || read[0] === undefined || compare === undefined)
    throw new Error(`${id}: it does not read one series of metrics`);
  if (others.some(({ Period }) => Period !== first.Period)) throw new Error(`${id}: two periods`);
  if (stats.length > MOST_METRICS) throw new Error(`${id}: more than ${MOST_METRICS} metrics`);
  const n = Number(p['EvaluationPeriods']);
  // PutMetricAlarm: a day for periods below an hour, seven days for others.
  if (first.Period * n > (first.Period < 3600 ? DAY_SECONDS : 7 * DAY_SECONDS))
    throw new Error(`${id}: it looks back further than it can`);
  const warmUp = (p['WarmUpConfiguration'] ?? {}) as { WarmUpPeriodDurationInMinutes?: number };
  const texts = new Map(queries.map(({ Id, Expression }) => [Id, Expression]));
  return {
    id,
    expression: compile(read[0].Id, (each) => texts.get(each)),
    reads: queries.flatMap(({ Id, MetricStat }) =>
      MetricStat === undefined ? [] : [[Id, keyOf(MetricStat), MetricStat.Stat] as const],
    ),
    periodMinutes: first.Period / 60,
    n,
    m: Number(p['DatapointsToAlarm'] ?? n),
    breaches: (value) => compare(value, Number(p['Threshold'])),
    missing: (p['TreatMissingData'] ?? 'missing') as MissingData,
    ofDynamoDb: stats.some(({ Metric }) => Metric.Namespace === 'AWS/DynamoDB'),
    warmUpMinutes: warmUp.WarmUpPeriodDurationInMinutes ?? 0,
  };
}

const named = (reference: unknown): string => String(reference).replace(/^<|(?:\.Arn)?>$/g, '');

/** ALARM, OK and INSUFFICIENT_DATA of an alarm, AND, OR, NOT, parentheses. [composite] */
function ruleOf(text: string): Composite['rule'] {
  const all = text.match(/AND|OR|NOT|TRUE|FALSE|[()]|(?:ALARM|OK|INSUFFICIENT_DATA)\("[^"]+"\)|\S+/g) ?? [];
  let next = 0;
  function atom(): Composite['rule'] {
    const token = all[next] ?? '';
    next += 1;
    if (token === 'NOT') {
      const inner = atom();
      return (state) => !inner(state);
    }
    if (token === '(') {
      const inner = either();
      if (all[next] !== ')') throw new Error(`${text}: ) is missing`);
      next += 1;
      return inner;
    }
    const [, wanted, alarm] = /^(ALARM|OK|INSUFFICIENT_DATA)\("([^"]+)"\)$/.exec(token) ?? [];
    if (alarm === undefined) throw new Error(`${text}: ${token} is not known here`);
    return (state) => state(named(alarm)) === wanted;
  }
  function both(): Composite['rule'] {
    const [first, ...rest] = list('AND', atom);
    return (state) => [first, ...rest].every((each) => each?.(state));
  }
  function either(): Composite['rule'] {
    const rules = list('OR', both);
    return (state) => rules.some((each) => each(state));
  }
  function list(word: string, of: () => Composite['rule']): readonly Composite['rule'][] {
    const found = [of()];
    while (all[next] === word) {
      next += 1;
      found.push(of());
    }
    return found;
  }
  const rule = either();
  if (next !== all.length) throw new Error(`${text}: ${all[next]} is not known here`);
  return rule;
}

function composite([id, { Properties: p }]: readonly [string, Plain]): Composite {
  for (const name of Object.keys(p))
    if (!KNOWN.test(name)) throw new Error(`${id}: ${name} is not known here`);
  return {
    id,
    rule: ruleOf(String(p['AlarmRule'])),
    suppressor: p['ActionsSuppressor'] === undefined ? undefined : named(p['ActionsSuppressor']),
    waitMinutes: Number(p['ActionsSuppressorWaitPeriod'] ?? 0) / 60,
    extensionMinutes: Number(p['ActionsSuppressorExtensionPeriod'] ?? 0) / 60,
  };
}

/** Learned bands are CloudWatch's own: an alarm on one is not evaluated here. */
const isLearned = ([, { Properties }]: readonly [string, Plain]) => 'ThresholdMetricId' in Properties;

export interface World {
  readonly told: readonly Told[];
  readonly stateOf: (alarm: string) => State;
  readonly learned: readonly string[];
}

interface Alarms {
  readonly metrics: readonly MetricAlarm[];
  readonly composites: readonly Composite[];
  readonly learned: readonly string[];
}

const READ = new WeakMap<Resources, Alarms>();

function alarmsOf(resources: Resources): Alarms {
  const known = READ.get(resources);
  if (known !== undefined) return known;
  const all = ofType(resources, 'AWS::CloudWatch::Alarm');
  const alarms: Alarms = {
    metrics: all.filter((each) => !isLearned(each)).map(metricAlarm),
    composites: ofType(resources, 'AWS::CloudWatch::CompositeAlarm').map(composite),
    learned: all.filter(isLearned).map(([id]) => id),
  };
  READ.set(resources, alarms);
  return alarms;
}

/** Alarms made at minute `from`, evaluated at the end of each minute until `to`. */
export function run(
  resources: Resources,
  history: History,
  semantics: Semantics,
  { from, to }: { readonly from: number; readonly to: number },
): World {
  const { metrics, composites, learned } = alarmsOf(resources);
  const states = new Map<string, State>();
  const state = (id: string): State => states.get(id) ?? 'INSUFFICIENT_DATA';
  const told: Told[] = [];
  const warm = new Set<string>();
  /** Until when an alarm finds what it has found. */
  const quiet = new Map<string, number>();
  /** Of a composite: the state its actions were last run for, and since when something keeps them back. */
  const acted = new Map<string, State>();
  const changed = new Map<string, number>();
  const released = new Map<string, number>();
  const seers = new Map(metrics.map((alarm) => [alarm.id, seerOf(alarm)]));

  /** What an alarm finds at each minute. */
  function seerOf({ expression, reads, periodMinutes, n, breaches }: MetricAlarm) {
    const { delay, extraPeriods } = semantics;
    const length = n + extraPeriods;
    // A period before what it looks at first.
    const earliest = from - (length + 1) * periodMinutes;
    const sources = new Map(
      reads.map(([id, key, stat]) => [
        id,
        {
          said: history.byMinute(key, stat, periodMinutes, earliest),
          /** Of the newest of periods that are longer than a minute what is seen. */
          partly: history.byMinute(key, stat, Math.max(1, periodMinutes - delay), earliest),
        },
      ]),
    );
    let now = from;
    const evaluation = new Evaluation(expression, semantics, periodMinutes, (id, end) => {
      const source = sources.get(id);
      if (source === undefined) throw new Error(`${id} is nothing`);
      if (end < now || delay === 0)
        return end > now - delay && periodMinutes === 1 ? Number.NaN : source.said.endingAt(end);
      return periodMinutes === 1 ? Number.NaN : source.partly.endingAt(now - delay);
    });

    return {
      points: (minute: number): readonly Point[] => {
        now = minute;
        return evaluation
          .series({
            first: now - (length - 1) * periodMinutes,
            last: now,
            settled: periodMinutes === 1 ? now - delay : delay === 0 ? now : now - 1,
          })
          .map((value) => (Number.isNaN(value) ? undefined : breaches(value)));
      },
      /** The first minute in which something may be another than it is in one: a sound guard says the same every minute. */
      changesAfter: (minute: number): number => {
        const seen = minute - delay;
        const all = [...sources.values()].flatMap(({ said, partly }) =>
          periodMinutes === 1 ? [said] : [said, partly],
        );
        if (!all.every((each) => each.goesOn(length * periodMinutes, seen))) return minute + 1;
        const next = Math.min(...all.map((each) => each.changesAfter(seen, to)));
        return periodMinutes === 1 ? next + delay : Math.max(next, minute + 1);
      },
    };
  }

  function act(id: string, minute: number): void {
    const p: Plain['Properties'] = resources[id]?.Properties ?? {};
    acted.set(id, state(id));
    if (p['ActionsEnabled'] === false) return;
    const actions =
      state(id) === 'ALARM' ? p['AlarmActions'] : state(id) === 'OK' ? p['OKActions'] : undefined;
    if (Array.isArray(actions) && actions.length > 0)
      told.push({ minute, alarm: id, state: state(id), to: actions.map(named) });
  }

  function look(alarm: MetricAlarm, now: number): void {
    if (now < (quiet.get(alarm.id) ?? now)) return;
    const seer = seers.get(alarm.id);
    if (seer === undefined) return;
    const found = seer.points(now);
    if (!warm.has(alarm.id)) {
      // "the alarm ends warm-up early. Evaluation begins as soon as enough data fills its evaluation window."
      const isFull = found.slice(-alarm.n).every((point) => point !== undefined);
      if (!isFull && now - from < alarm.warmUpMinutes) return;
      warm.add(alarm.id);
    }
    quiet.set(alarm.id, seer.changesAfter(now));
    const missing = alarm.ofDynamoDb && semantics.dynamoDbIgnores ? 'ignore' : alarm.missing;
    const next = stateOf(found, alarm.n, alarm.m, missing, state(alarm.id));
    if (next === state(alarm.id)) return;
    states.set(alarm.id, next);
    act(alarm.id, now);
  }

  function combine(each: Composite, now: number): void {
    const next: State = each.rule(state) ? 'ALARM' : 'OK';
    if (next !== state(each.id)) {
      states.set(each.id, next);
      changed.set(each.id, now);
    }
    if (each.suppressor !== undefined && state(each.suppressor) === 'ALARM') {
      released.set(each.id, now + each.extensionMinutes);
      return;
    }
    const waits = each.suppressor === undefined ? 0 : (changed.get(each.id) ?? now) + each.waitMinutes;
    // "Composite alarms take actions that are based on their current states when ExtensionPeriod and WaitPeriod become
    // inactive."
    if (now < waits || now < (released.get(each.id) ?? now)) return;
    if (acted.get(each.id) !== state(each.id)) act(each.id, now);
  }

  for (let now = from + 1; now <= to; now += 1) {
    for (const alarm of metrics) look(alarm, now);
    for (const each of composites) combine(each, now);
  }
  return { told, stateOf: state, learned };
}
