/** The template's schedules: what EventBridge calls on AWS, called here by the same expressions. */
import { randomUUID } from 'node:crypto';
import type { FunctionHost } from './function-host.ts';
import { LOCAL_ACCOUNT } from './identities.ts';
import type { Ignored } from './ignored.ts';
import { type Names, resolveText } from './intrinsics.ts';
import { LOCAL_REGION } from './names.ts';
import type { PoolResult } from './sandbox-pool.ts';
import { isObject, list, object, resourcesOfType, type Template, TemplateError, textIn } from './template.ts';

const RULE = 'AWS::Events::Rule';
const HONOURED = new Set(['ScheduleExpression', 'State', 'Targets']);
const HONOURED_OF_TARGET = new Set(['Arn', 'Id', 'Input']);

/** One target of one rule. */
export interface Schedule {
  /** Logical id of the rule. */
  readonly rule: string;
  /** `rate(1 minute)` */
  readonly expression: string;
  readonly everyMs: number;
  /** ARN of the alias. */
  readonly target: string;
  /** JSON text that takes the place of the event, where the target has one. */
  readonly input: string | undefined;
}

/** @throws {TemplateError} for an expression that is not simulated */
export function schedulesOf(template: Template, names: Names, ignored: Ignored): readonly Schedule[] {
  return resourcesOfType(template, RULE).flatMap(([rule, { Properties: properties = {} }]) => {
    if (properties['ScheduleExpression'] === undefined || properties['State'] === 'DISABLED') {
      ignored.resource(RULE);
      return [];
    }
    for (const property of Object.keys(properties))
      if (!HONOURED.has(property)) ignored.property(RULE, property);
    const expression = textIn(properties['ScheduleExpression'], 'ScheduleExpression');
    return list(properties['Targets'] ?? [], 'Targets').map((each): Schedule => {
      const target = object(each, 'target');
      for (const property of Object.keys(target))
        if (!HONOURED_OF_TARGET.has(property)) ignored.property(RULE, `Targets.${property}`);
      return {
        ...{ rule, expression, everyMs: periodOf(expression) },
        target: resolveText(target['Arn'], names, 'Arn'),
        input: target['Input'] === undefined ? undefined : resolveText(target['Input'], names, 'Input'),
      };
    });
  });
}

const UNITS = { minute: 60_000, hour: 3_600_000, day: 86_400_000 } as const;

function periodOf(expression: string): number {
  const parts = /^rate\(([1-9]\d*) (minute|hour|day)s?\)$/.exec(expression);
  if (parts === null) throw new TemplateError(`the schedule ${expression} is not simulated`);
  return Number(parts[1]) * UNITS[parts[2] as keyof typeof UNITS];
}

/** Calls what is scheduled, and says what comes back whenever it is not what came back last. */
export class Schedules {
  readonly #host: Pick<FunctionHost, 'find' | 'invoke'>;
  readonly #all: readonly Schedule[];
  readonly #report: (line: string) => void;
  readonly #said = new Map<Schedule, string>();
  readonly #timers: NodeJS.Timeout[] = [];
  #stopped = false;

  constructor(
    host: Pick<FunctionHost, 'find' | 'invoke'>,
    all: readonly Schedule[],
    report: (line: string) => void,
  ) {
    this.#host = host;
    this.#all = all;
    this.#report = report;
  }

  /** Everything once, now. Whether all of it went well. */
  async runAll(): Promise<boolean> {
    const went = await Promise.all(this.#all.map((each) => this.#run(each)));
    return went.every((well) => well);
  }

  /** Everything now, and then as often as its expression says. */
  start(): void {
    for (const each of this.#all) {
      void this.#run(each);
      this.#timers.push(setInterval(() => void this.#run(each), each.everyMs));
    }
  }

  stop(): void {
    this.#stopped = true;
    for (const timer of this.#timers.splice(0)) clearInterval(timer);
  }

  /** Whether it went well. */
  async #run(schedule: Schedule): Promise<boolean> {
    const found = this.#host.find(schedule.target);
    const result =
      found === undefined
        ? undefined
        : await this.#host.invoke(
            found.function,
            found.qualifier,
            schedule.input ?? scheduledEvent(schedule),
          );
    const line = `${found?.function.shortName ?? schedule.target}, ${schedule.expression}: ${said(result)}`;
    if (!this.#stopped && this.#said.get(schedule) !== line) {
      this.#said.set(schedule, line);
      this.#report(line);
    }
    return wentWell(result);
  }
}

/** Members of what a probe and a watch say, each with what it is where all is well. */
const WELL: Readonly<Record<string, readonly unknown[]>> = {
  wrong: [0],
  unanswered: [0],
  rehearsed: [true, null],
  ok: [true],
};

/** A function that failed has not, nor one that says of itself that something is amiss, nor one that says nothing known. */
function wentWell(result: PoolResult | undefined): boolean {
  if (result === undefined || typeof result === 'string' || !result.ok) return false;
  const said: unknown = JSON.parse(result.payload);
  if (!isObject(said)) return false;
  const known = Object.entries(WELL).filter(([name]) => Object.hasOwn(said, name));
  return known.length > 0 && known.every(([name, well]) => well.includes(said[name]));
}

function said(result: PoolResult | undefined): string {
  if (result === undefined) return 'failed, there is no such function';
  if (typeof result === 'string') return 'failed, throttled';
  if (result.ok) return result.payload;
  return `failed, ${result.fault.errorType}: ${result.fault.errorMessage}`;
}

/** https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-run-lambda-schedule.html */
function scheduledEvent({ rule }: Schedule): string {
  return JSON.stringify({
    version: '0',
    id: randomUUID(),
    'detail-type': 'Scheduled Event',
    source: 'aws.events',
    account: LOCAL_ACCOUNT,
    time: new Date().toISOString().replace(/\.\d+Z$/, 'Z'),
    region: LOCAL_REGION,
    resources: [`arn:aws:events:${LOCAL_REGION}:${LOCAL_ACCOUNT}:rule/${rule}`],
    detail: {},
  });
}
