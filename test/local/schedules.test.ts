/** What runs by the clock: which functions, how often, and what is said of it. */
import { describe, expect, it } from 'vitest';
import { Ignored } from '../../infra/local/ignored.ts';
import { localNames } from '../../infra/local/names.ts';
import type { PoolResult } from '../../infra/local/sandbox-pool.ts';
import { type Schedule, Schedules, schedulesOf } from '../../infra/local/schedules.ts';
import { type Template, TemplateError } from '../../infra/local/template.ts';
import { unheldGuard } from '../infra/synthesised-guard.ts';

const template = unheldGuard();
const RULE = 'AWS::Events::Rule';

function schedulesWith(change: Record<string, unknown> = {}): readonly Schedule[] {
  const copy = structuredClone(template);
  for (const { Type, Properties } of Object.values(copy.Resources))
    if (Type === RULE) Object.assign(Properties, change);
  return schedulesOf(copy as Template, localNames('Test', copy as Template), new Ignored());
}

describe('the template’s rules', () => {
  it('call the aliases they name, every minute', () => {
    expect(schedulesWith().map(({ target, everyMs, input }) => [target, everyMs, input])).toEqual([
      [expect.stringMatching(/:function:Test-GuardProbeFunction\w+:live$/), 60_000, undefined],
      [expect.stringMatching(/:function:Test-GuardWatchFunction\w+:live$/), 60_000, undefined],
    ]);
  });

  it.each([
    ['rate(5 minutes)', 300_000],
    ['rate(1 hour)', 3_600_000],
    ['rate(2 days)', 172_800_000],
  ])('%s', (ScheduleExpression, everyMs) => {
    expect(schedulesWith({ ScheduleExpression })[0]?.everyMs).toBe(everyMs);
  });

  it.each(['rate(0 minutes)', 'rate(1 week)', 'cron(0 12 * * ? *)', ''])(
    '“%s” stops the run',
    (ScheduleExpression) => {
      expect(() => schedulesWith({ ScheduleExpression })).toThrow(TemplateError);
    },
  );

  it('that are switched off or wait for events call nobody', () => {
    expect(schedulesWith({ State: 'DISABLED' })).toEqual([]);
    expect(schedulesWith({ ScheduleExpression: undefined, EventPattern: {} })).toEqual([]);
  });

  it('give their own event where they have one', () => {
    const [{ Arn }] = (Object.values(template.Resources).find(({ Type }) => Type === RULE)?.Properties[
      'Targets'
    ] ?? []) as [{ Arn: unknown }];
    expect(schedulesWith({ Targets: [{ Arn, Input: '{"a":1}' }] })[0]?.input).toBe('{"a":1}');
  });
});

describe('what comes back', () => {
  const [schedule] = schedulesWith();

  it('is said whenever it is not what came back last', async () => {
    const results: (PoolResult | 'nobody')[] = [
      { ok: true, payload: '{"wrong":0}' },
      { ok: true, payload: '{"wrong":0}' },
      { ok: true, payload: '{"wrong":2}' },
      { ok: false, fault: { errorType: 'Sandbox.Timedout', errorMessage: 'too late' } },
      'throttled-by-reserve',
      'nobody',
    ];
    const lines: string[] = [];
    const events: unknown[] = [];
    const found = { function: { shortName: 'probe' }, qualifier: 'live' };
    const host = {
      find: () => (results[0] === 'nobody' ? undefined : found),
      invoke: async (_target: unknown, _qualifier: string, event: string) => {
        events.push(JSON.parse(event));
        return results[0];
      },
    } as unknown as ConstructorParameters<typeof Schedules>[0];
    const schedules = new Schedules(host, schedule === undefined ? [] : [schedule], (line) =>
      lines.push(line),
    );
    for (; results.length > 0; results.shift()) await schedules.runAll();
    expect(lines).toEqual([
      'probe, rate(1 minute): {"wrong":0}',
      'probe, rate(1 minute): {"wrong":2}',
      'probe, rate(1 minute): failed, Sandbox.Timedout: too late',
      'probe, rate(1 minute): failed, throttled',
      expect.stringMatching(/failed, there is no such function$/),
    ]);
    expect(events[0]).toMatchObject({ source: 'aws.events', 'detail-type': 'Scheduled Event', detail: {} });
    schedules.stop();
    await schedules.runAll();
    expect(lines).toHaveLength(5);
  });

  it.each<[string, PoolResult, boolean]>([
    ['a probe', { ok: true, payload: '{"wrong":0,"unanswered":0,"rehearsed":true}' }, true],
    [
      'a probe that has no way to the stop',
      { ok: true, payload: '{"wrong":0,"unanswered":0,"rehearsed":null}' },
      true,
    ],
    ['a wrong answer', { ok: true, payload: '{"wrong":1,"unanswered":0,"rehearsed":true}' }, false],
    ['no answer', { ok: true, payload: '{"wrong":0,"unanswered":1,"rehearsed":true}' }, false],
    ['a stop that fails', { ok: true, payload: '{"wrong":0,"unanswered":0,"rehearsed":false}' }, false],
    ['a watch', { ok: true, payload: '{"ok":true}' }, true],
    ['a watch that cannot read', { ok: true, payload: '{"ok":false}' }, false],
    ['something unknown', { ok: true, payload: '{"fine":true}' }, false],
    ['nothing', { ok: true, payload: 'null' }, false],
    ['a fault', { ok: false, fault: { errorType: 'Error', errorMessage: '' } }, false],
    ['a throttle', 'throttled', false],
  ])('went well: %s', async (_what, result, well) => {
    const found = { function: { shortName: 'probe' }, qualifier: 'live' };
    const host = { find: () => found, invoke: async () => result } as unknown as ConstructorParameters<
      typeof Schedules
    >[0];
    const schedules = new Schedules(host, schedule === undefined ? [] : [schedule], () => {});
    expect(await schedules.runAll()).toBe(well);
  });
});
