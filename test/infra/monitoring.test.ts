import { readFileSync } from 'node:fs';
import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { afterAll, describe, expect, it } from 'vitest';
import { DECISION_CLASSES } from '../../functions/decide/decision-class.ts';
import { METRICS, NAMESPACE } from '../../functions/metrics/names.ts';
import {
  ALARM_NAMES,
  ALARMS,
  descriptionOf,
  MAX_DESCRIPTION,
} from '../../infra/monitoring/alarm-catalogue.ts';
import { DEFAULT_THRESHOLDS } from '../../infra/monitoring/monitoring-props.ts';
import { burnThreshold } from '../../infra/monitoring/objectives.ts';
import { runbookPage, runbookSections } from '../../infra/monitoring/runbook.ts';
import { SAVED_QUERIES } from '../../infra/monitoring/saved-queries.ts';
import { TrafficRoutingGuard } from '../../infra/traffic-routing-guard.ts';
import { fixtureAssets } from './synthesised-guard.ts';

const assets = fixtureAssets();
afterAll(assets.remove);
const stack = new Stack(new App({ analyticsReporting: false }), 'Test');
const guard = new TrafficRoutingGuard(stack, 'Guard', { assets: assets.directory, serviceName: 'guard' });
const template = Template.fromStack(stack);

interface Alarm {
  readonly AlarmDescription: string;
  readonly AlarmActions?: readonly unknown[];
  readonly TreatMissingData?: string;
  readonly MetricName?: string;
}

function alarm(name: string): Alarm {
  const found = Object.entries(template.findResources('AWS::CloudWatch::Alarm')).find(([id]) =>
    new RegExp(`^GuardMonitoringAlarms${name}[0-9A-F]{8}$`).test(id),
  );
  if (!found) throw new Error(`no alarm ${name}`);
  return found[1]['Properties'] as Alarm;
}

/** Every metric of ours that anything in the template reads: { name, dimensions }. */
function watched(value: unknown, found: { name: string; dimensions: string }[] = []) {
  if (Array.isArray(value)) for (const each of value) watched(each, found);
  else if (typeof value === 'object' && value !== null) {
    const { Namespace, MetricName, Dimensions } = value as Record<string, unknown>;
    if (Namespace === NAMESPACE)
      found.push({
        name: String(MetricName),
        dimensions: (Dimensions as { Name: string }[])
          .map((d) => d.Name)
          .sort()
          .join(),
      });
    for (const each of Object.values(value)) watched(each, found);
  }
  return found;
}

describe('alarms', () => {
  it.each(ALARM_NAMES)('%s says what it means and the first three things to do', (name) => {
    const { AlarmDescription, AlarmActions } = alarm(name);
    expect(AlarmDescription).toBe(descriptionOf(name));
    expect(AlarmDescription.length).toBeLessThanOrEqual(MAX_DESCRIPTION);
    for (const n of ['1. ', '2. ', '3. ']) expect(AlarmDescription).toContain(n);
    expect(AlarmActions?.length).toBe(1);
  });

  it('one composite pages on exactly the alarms that page', () => {
    const [composite, ...others] = Object.values(template.findResources('AWS::CloudWatch::CompositeAlarm'));
    expect(others).toEqual([]);
    const rule = JSON.stringify(composite?.['Properties'].AlarmRule);
    for (const name of ALARM_NAMES)
      expect(rule.includes(`GuardMonitoringAlarms${name}`), name).toBe(ALARMS[name].severity === 'page');
  });

  it.each(['ProbeSilent', 'Silence', 'WatchFailing'])('%s: missing data is the alarm', (name) => {
    expect(alarm(name).TreatMissingData).toBe('breaching');
  });

  it('watches only metrics that a function emits, under their dimensions', () => {
    const found = watched(Object.values(template.findResources('AWS::CloudWatch::Alarm')));
    expect(found.length).toBeGreaterThan(15);
    for (const { name, dimensions } of found) {
      expect(Object.keys(METRICS)).toContain(name);
      expect(['Service', 'Class,Service']).toContain(dimensions);
    }
  });

  it('a metric of another name would be caught', () => {
    const found = watched({ Namespace: NAMESPACE, MetricName: 'Fautls', Dimensions: [{ Name: 'Service' }] });
    expect(Object.keys(METRICS)).not.toContain(found[0]?.name);
  });
});

describe('the dashboard', () => {
  const body = JSON.stringify(
    Object.values(template.findResources('AWS::CloudWatch::Dashboard'))[0]?.['Properties'].DashboardBody,
  );

  it('draws the board, every class, and where HEAD moved', () => {
    expect(body).toContain('GuardBoardLive');
    for (const cls of DECISION_CLASSES) expect(body).toContain(cls);
    expect(body).toContain('HeadMoved');
  });

  it('holds the objectives, and thresholds follow from them', () => {
    expect(body).toContain('99.9 % of decisions');
    expect(DEFAULT_THRESHOLDS.unavailableHundredths).toBe(144);
    expect(burnThreshold(9_990, 1)).toBe(10);
  });

  it('holds the runbook', () => {
    expect(body).toContain('### ProbeWrong');
    expect(runbookSections().length).toBeLessThan(30_000);
  });

  it('is the same runbook as the page in docs', () => {
    expect(readFileSync(new URL('../../docs/runbook.md', import.meta.url), 'utf8')).toBe(runbookPage());
  });
});

describe('saved queries', () => {
  it('are there for every log they ask', () => {
    template.resourceCountIs('AWS::Logs::QueryDefinition', Object.keys(SAVED_QUERIES).length);
  });

  it('every query a runbook names exists', () => {
    const named = [...runbookSections().matchAll(/saved query "(\w+)"/g)].map((m) => m[1] ?? '');
    expect(named.length).toBeGreaterThan(5);
    for (const name of named) expect(Object.keys(SAVED_QUERIES)).toContain(name);
  });
});

it('names the guard in its metrics', () => {
  expect(guard.serviceName).toBe('guard');
  expect(JSON.stringify(template.findResources('AWS::Lambda::Function'))).toContain('"SERVICE_NAME":"guard"');
});
