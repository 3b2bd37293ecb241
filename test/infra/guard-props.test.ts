import { Duration, Stack } from 'aws-cdk-lib';
import { Vpc } from 'aws-cdk-lib/aws-ec2';
import { describe, expect, it } from 'vitest';
import { UNIVERSAL_ANSWERS } from '../../functions/probe/known-answers.ts';
import { GuardPropError, guardSettings, type TrafficRoutingGuardProps } from '../../infra/guard-props.ts';
import { stageFrom } from '../../infra/stage.ts';
import { synthesiseGuard } from './synthesised-guard.ts';

const key = `${'A'.repeat(160)}`;

describe('props within their bounds', () => {
  it('have the documented defaults', () => {
    expect(guardSettings({}, 3000)).toEqual({
      leaseSeconds: 5,
      clockSkewSeconds: 2,
      connectMs: 150,
      readMs: 250,
      budgetMs: 1500,
      memorySize: 512,
      httpRateLimit: 200,
      httpBurstLimit: 400,
      additionalCommitPublicKeys: [],
      reservedConcurrency: undefined,
      provisionedConcurrency: undefined,
      httpAccess: 'regional',
      release: 'none',
      callers: [],
      knownAnswers: '',
    });
  });

  const accepted: readonly TrafficRoutingGuardProps[] = [
    { lease: Duration.seconds(1) },
    { lease: Duration.minutes(5) },
    { clockSkew: Duration.seconds(0) },
    { decisionBudget: Duration.millis(800) },
    { decisionBudget: Duration.millis(2500) },
    { additionalCommitPublicKeys: [key] },
    { httpRateLimit: 400, httpBurstLimit: 400 },
    { reservedConcurrency: 10, provisionedConcurrency: 10 },
    { httpAccess: 'none' },
    { release: 'canary' },
    { callers: ['123456789012'] },
    { monitoring: { knownAnswers: UNIVERSAL_ANSWERS } },
    { monitoring: { thresholds: { silenceMinutes: 30 } } },
  ];
  it.each(accepted)('%j', (props) => {
    expect(() => guardSettings(props, 3000)).not.toThrow();
  });
});

const vpc = Vpc.fromVpcAttributes(new Stack(), 'Vpc', { vpcId: 'vpc-1', availabilityZones: ['a'] });

describe('props outside their bounds are refused by name', () => {
  const refused: readonly [keyof TrafficRoutingGuardProps, TrafficRoutingGuardProps][] = [
    ['lease', { lease: Duration.seconds(0) }],
    ['lease', { lease: Duration.seconds(301) }],
    ['lease', { lease: Duration.millis(1500) }],
    ['clockSkew', { clockSkew: Duration.seconds(61) }],
    ['connectTimeout', { connectTimeout: Duration.millis(0) }],
    ['readTimeout', { readTimeout: Duration.millis(1001) }],
    ['decisionBudget', { decisionBudget: Duration.millis(799) }],
    ['decisionBudget', { decisionBudget: Duration.millis(2501) }],
    ['memorySize', { memorySize: 128 }],
    ['memorySize', { memorySize: 512.5 }],
    ['httpRateLimit', { httpRateLimit: 0 }],
    ['httpBurstLimit', { httpBurstLimit: 100 }],
    ['additionalCommitPublicKeys', { additionalCommitPublicKeys: [key, 'not a key'] }],
    ['reservedConcurrency', { reservedConcurrency: 0 }],
    ['provisionedConcurrency', { reservedConcurrency: 5, provisionedConcurrency: 6 }],
    ['httpAccess', { httpAccess: 'private' }],
    ['httpAccess', { httpAccess: 'public' as 'none' }],
    ['webAclArn', { httpAccess: 'none', webAclArn: 'arn' }],
    ['endpoints', { endpoints: 'existing' }],
    ['vpcSubnets', { vpcSubnets: {} }],
    ['fips', { fips: true, vpc }],
    ['release', { release: 'canary', monitoring: false }],
    ['callers', { callers: ['123456789012', '*'] }],
    ['serviceName', { serviceName: 'a b' }],
    ['monitoring', { monitoring: { knownAnswers: [] } }],
    ['monitoring', { monitoring: { thresholds: { silenceMinutes: 7 } } }],
  ];
  it.each(refused)('%s, case %#', (prop, props) => {
    expect(() => guardSettings(props, 3000)).toThrow(GuardPropError);
    expect(() => guardSettings(props, 3000)).toThrow(`TrafficRoutingGuard: \`${prop}\``);
  });
});

describe('the stage', () => {
  it.each([
    [undefined, 'dev'],
    ['dev', 'dev'],
    ['staging', 'staging'],
    ['prod', 'prod'],
  ])('%s is %s', (context, stage) => {
    expect(stageFrom(context)).toBe(stage);
  });

  it.each(['', 'production', 'DEV', 1, null])('%j is refused', (context) => {
    expect(() => stageFrom(context)).toThrow('dev, staging, prod');
  });
});

describe('the predecessor’s key', () => {
  it('is accepted beside the stack’s own, which stays first', () => {
    const { Resources } = synthesiseGuard({ additionalCommitPublicKeys: [key] });
    const decide = Object.entries(Resources).find(([id]) => id.startsWith('GuardDecideFunction'));
    const environment = decide?.[1].Properties['Environment'] as { Variables: Record<string, unknown> };
    expect(environment.Variables['COMMIT_PUBLIC_KEYS']).toEqual({
      'Fn::Join': [
        '',
        [{ 'Fn::GetAtt': [expect.stringMatching(/^GuardCommitPublicKey/), 'PublicKey'] }, `,${key}`],
      ],
    });
  });
});
