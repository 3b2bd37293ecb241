/** docs/cost.md counts what the templates hold. */
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { stageTemplate } from './stage-template.ts';

const PAGE = readFileSync('docs/cost.md', 'utf8');

function ofKind(stage: Parameters<typeof stageTemplate>[0], type: string) {
  return Object.values(stageTemplate(stage).Resources).filter((each) => each.Type === type);
}

it('alarms, and the metrics that they read', () => {
  const alarms = ofKind('dev', 'AWS::CloudWatch::Alarm');
  const metrics = alarms.flatMap(({ Properties: p = {} }) => {
    const queries = p['Metrics'] as readonly { MetricStat?: object }[] | undefined;
    return queries?.filter(({ MetricStat }) => MetricStat !== undefined) ?? [p['MetricName']];
  });
  const dollars = (metrics.length / 10).toFixed(2);
  expect(PAGE).toContain(
    `| ${alarms.length} in dev; each metric that one reads costs $0.10: ${metrics.length} | $${dollars} |`,
  );
});

it('endpoints of the VPC that cost by the hour', () => {
  const interfaces = ofKind('prod', 'AWS::EC2::VPCEndpoint').filter(
    ({ Properties: p = {} }) => p['VpcEndpointType'] === 'Interface',
  );
  expect(PAGE).toContain(`| prod: ${interfaces.length} interface endpoints in 2 zones `);
});
