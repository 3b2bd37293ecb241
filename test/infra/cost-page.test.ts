/** docs/cost.md counts what the templates hold. */
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { DECISION_CLASSES } from '../../functions/decide/decision-class.ts';
import { METRICS } from '../../functions/metrics/names.ts';
import { stageTemplate } from './stage-template.ts';

const PAGE = readFileSync('docs/cost.md', 'utf8');

function ofKind(stage: Parameters<typeof stageTemplate>[0], type: string) {
  return Object.values(stageTemplate(stage).Resources).filter((each) => each.Type === type);
}

type Alarms = ReturnType<typeof ofKind>;

function metricsOf(alarms: Alarms): readonly unknown[] {
  return alarms.flatMap(({ Properties: p = {} }) => {
    const queries = p['Metrics'] as readonly { MetricStat?: object }[] | undefined;
    return queries?.filter(({ MetricStat }) => MetricStat !== undefined) ?? [p['MetricName']];
  });
}

it('alarms, and the metrics that they read', () => {
  const alarms = ofKind('dev', 'AWS::CloudWatch::Alarm');
  const metrics = metricsOf(alarms).length;
  expect(PAGE).toContain(
    `| ${alarms.length} in dev; each metric that one reads costs $0.10: ${metrics} | $${(metrics / 10).toFixed(2)} |`,
  );
});

it('alarms that are made of others', () => {
  const { length } = ofKind('dev', 'AWS::CloudWatch::CompositeAlarm');
  expect(PAGE).toMatch(
    new RegExp(
      String.raw`^\| composite alarms +\| ${length} at \$0\.50 +\| \$${(length / 2).toFixed(2)} +\|$`,
      'm',
    ),
  );
});

it('metrics of its own, of a guard that is no standby and has one copy of HEAD', () => {
  const { length } = Object.keys(METRICS).filter((name) => !/^Standby|^(?:New)?HeadCopies/.test(name));
  const dollars = ((length + DECISION_CLASSES.length) * 0.3).toFixed(2);
  expect(PAGE).toMatch(
    new RegExp(
      String.raw`^\| custom metrics +\| ${length} by service, ${DECISION_CLASSES.length} by class +\| \$${dollars} +\|$`,
      'm',
    ),
  );
});

it('what an alarm on a share of what is lost reads', () => {
  const shares = ofKind('dev', 'AWS::CloudWatch::Alarm').filter(({ Properties: p }) =>
    JSON.stringify(p).includes('10000 * '),
  );
  const read = metricsOf(shares).length;
  expect(PAGE).toContain(
    `Shares of what is lost read ${read} metrics, in ${shares.length} alarms: $${(read / 10).toFixed(2)} of theirs.`,
  );
});

it('what dev comes to, and a standby with it', () => {
  const rows = PAGE.slice(PAGE.indexOf('| custom metrics '), PAGE.indexOf('| **dev, together**')).split('\n');
  const dollars = rows.map((row) => Number(/\$([\d.]+) *\|$/.exec(row)?.[1] ?? 0));
  const about = `about $${Math.round(dollars.reduce((sum, each) => sum + each, 0))}`;
  expect(PAGE.match(/^\| \*\*dev, together\*\*.*/m)?.[0]).toContain(`**${about}**`);
  expect(PAGE.match(/^\| standby: the second guard.*/m)?.[0]).toContain(`${about}, as dev is`);
});

it('endpoints of the VPC that cost by the hour', () => {
  const interfaces = ofKind('prod', 'AWS::EC2::VPCEndpoint').filter(
    ({ Properties: p = {} }) => p['VpcEndpointType'] === 'Interface',
  );
  const each = interfaces.length * 2;
  expect(PAGE).toMatch(
    new RegExp(
      String.raw`^\| prod: ${interfaces.length} interface endpoints in 2 zones +\| ${each} × 730 hours × \$0\.01 +\| \$${Math.round(each * 7.3)} +\|$`,
      'm',
    ),
  );
});

it('alarms that prod has besides: silence, and a band of permits', () => {
  const names = (stage: 'dev' | 'prod') =>
    new Set(Object.keys(stageTemplate(stage).Resources).map((id) => id.replace(/[0-9A-F]{8}$/, '')));
  const dev = names('dev');
  const added = Object.entries(stageTemplate('prod').Resources).filter(
    ([id, { Type }]) => Type === 'AWS::CloudWatch::Alarm' && !dev.has(id.replace(/[0-9A-F]{8}$/, '')),
  );
  const [silence] = added.filter(([id]) => id.includes('Silence')).map(([, each]) => each);
  expect(added).toHaveLength(2);
  expect(PAGE).toMatch(
    new RegExp(
      String.raw`^\| prod: silence, and a band of permits +\| ${metricsOf(silence === undefined ? [] : [silence]).length} metrics, and one alarm`,
      'm',
    ),
  );
});
