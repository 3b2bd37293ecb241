import { App, Duration, aws_ec2 as ec2, aws_iam as iam, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TrafficRoutingGuardProps } from '../../infra/guard-props.ts';
import { TrafficRoutingGuard } from '../../infra/traffic-routing-guard.ts';
import { fixtureAssets } from './synthesised-guard.ts';

const assets = fixtureAssets();
afterAll(assets.remove);

interface Built {
  readonly guard: TrafficRoutingGuard;
  readonly stack: Stack;
  readonly template: () => Template;
}

function build(props: TrafficRoutingGuardProps | ((stack: Stack) => TrafficRoutingGuardProps) = {}): Built {
  const stack = new Stack(new App({ analyticsReporting: false }), 'Test');
  const given = typeof props === 'function' ? props(stack) : props;
  const guard = new TrafficRoutingGuard(stack, 'Guard', { assets: assets.directory, ...given });
  return { guard, stack, template: () => Template.fromStack(stack) };
}

function role(stack: Stack, id: string): iam.Role {
  return new iam.Role(stack, id, { assumedBy: new iam.AccountRootPrincipal() });
}

/** Actions and resources allowed to a role by its own policies. */
function allowed(template: Template, id: string): readonly { actions: unknown; resources: string }[] {
  return Object.entries(template.findResources('AWS::IAM::Policy'))
    .filter(([name]) => name.startsWith(id))
    .flatMap(([, policy]) => policy['Properties'].PolicyDocument.Statement)
    .map((s: { Action: unknown; Resource: unknown }) => ({
      actions: s.Action,
      resources: JSON.stringify(s.Resource),
    }));
}

describe('off switches', () => {
  it('no HTTP door: no API, nothing behind one', () => {
    const { guard, template } = build({ httpAccess: 'none' });
    expect(guard.http).toBeUndefined();
    template().resourceCountIs('AWS::ApiGateway::RestApi', 0);
    expect(() => guard.grantAudit(role(guard.node.scope as Stack, 'Auditor'))).toThrow('httpAccess');
  });

  it('no monitoring: no alarms, no schedules, no probe', () => {
    const { guard, template } = build({ monitoring: false });
    for (const type of [
      'AWS::CloudWatch::Alarm',
      'AWS::CloudWatch::Dashboard',
      'AWS::Events::Rule',
      'AWS::SNS::Topic',
    ])
      template().resourceCountIs(type, 0);
    expect(() => guard.grantBoard(role(guard.node.scope as Stack, 'Viewer'))).toThrow('monitoring');
  });

  it('no data protection, no anomaly detection', () => {
    const t = build({ dataProtection: false, monitoring: { anomalyDetection: false } }).template();
    t.allResourcesProperties('AWS::Logs::LogGroup', { DataProtectionPolicy: Match.absent() });
    expect(JSON.stringify(t.toJSON())).not.toContain('ANOMALY_DETECTION_BAND');
  });
});

describe('what the props ask for is in the template', () => {
  it('data protection and the key on every log group', () => {
    const t = build().template();
    t.allResourcesProperties('AWS::Logs::LogGroup', {
      KmsKeyId: Match.anyValue(),
      RetentionInDays: Match.anyValue(),
    });
    t.hasResourceProperties('AWS::Logs::LogGroup', { DataProtectionPolicy: Match.anyValue() });
  });

  it('FIPS endpoints for every function', () => {
    build({ fips: true })
      .template()
      .allResourcesProperties('AWS::Lambda::Function', {
        Environment: { Variables: Match.objectLike({ AWS_USE_FIPS_ENDPOINT: 'true' }) },
      });
  });

  it('a permissions boundary on every role made here', () => {
    const t = build((stack) => ({
      permissionsBoundary: iam.ManagedPolicy.fromManagedPolicyName(stack, 'Boundary', 'boundary'),
    })).template();
    const functions = Object.entries(t.findResources('AWS::IAM::Role')).filter(
      ([id]) => /Role[0-9A-F]{8}$/.test(id) && !id.includes('CloudWatch'),
    );
    expect(functions.length).toBeGreaterThan(4);
    for (const [, each] of functions) expect(each['Properties'].PermissionsBoundary).toBeDefined();
  });

  it('a role the account brings', () => {
    const t = build((stack) => ({
      roles: { decide: iam.Role.fromRoleArn(stack, 'Brought', 'arn:aws:iam::123456789012:role/brought') },
    })).template();
    t.hasResourceProperties('AWS::Lambda::Function', { Role: 'arn:aws:iam::123456789012:role/brought' });
  });

  it('another account on the alias, and on nothing else', () => {
    const t = build({ callers: ['123456789012'] }).template();
    const found = Object.values(t.findResources('AWS::Lambda::Permission')).filter((p) =>
      JSON.stringify(p['Properties'].Principal).includes('123456789012'),
    );
    expect(found).toHaveLength(1);
    expect(JSON.stringify(found[0]?.['Properties'].FunctionName)).toContain('GuardDecideLive');
  });

  it('concurrency kept and warm', () => {
    const t = build({ reservedConcurrency: 20, provisionedConcurrency: 3 }).template();
    t.hasResourceProperties('AWS::Lambda::Alias', {
      Name: 'live',
      ProvisionedConcurrencyConfig: { ProvisionedConcurrentExecutions: 3 },
    });
    t.allResourcesProperties('AWS::Lambda::Function', { ReservedConcurrentExecutions: Match.anyValue() });
  });

  it('a canary with the known questions asked first, rolled back by alarms', () => {
    const t = build({ release: 'canary', lease: Duration.seconds(10) }).template();
    t.hasResourceProperties('AWS::CodeDeploy::DeploymentGroup', {
      AutoRollbackConfiguration: { Enabled: true, Events: Match.arrayWith(['DEPLOYMENT_STOP_ON_ALARM']) },
      AlarmConfiguration: { Enabled: true, Alarms: Match.anyValue() },
    });
    t.hasResource('AWS::Lambda::Alias', {
      UpdatePolicy: {
        CodeDeployLambdaAliasUpdate: Match.objectLike({ BeforeAllowTrafficHook: Match.anyValue() }),
      },
    });
  });
});

describe('in a VPC', () => {
  let built: Built;
  let template: Template;
  beforeAll(() => {
    built = build((stack) => ({
      vpc: new ec2.Vpc(stack, 'Vpc', {
        natGateways: 0,
        subnetConfiguration: [{ name: 'only', subnetType: ec2.SubnetType.PRIVATE_ISOLATED }],
      }) as ec2.IVpc,
      httpAccess: 'private',
    }));
    built.guard.admitHttp(ec2.Peer.ipv4('10.1.0.0/16'));
    template = built.template();
  });

  it('every function is inside', () => {
    const ours = Object.entries(template.findResources('AWS::Lambda::Function')).filter(([id]) =>
      id.startsWith('Guard'),
    );
    expect(ours.length).toBeGreaterThan(4);
    for (const [, each] of ours) expect(each['Properties'].VpcConfig).toBeDefined();
  });

  it('the API is private and says so in its policy', () => {
    template.hasResourceProperties('AWS::ApiGateway::RestApi', {
      EndpointConfiguration: Match.objectLike({ Types: ['PRIVATE'] }),
      Policy: {
        Statement: Match.arrayWith([
          Match.objectLike({ Effect: 'Deny', Condition: { StringNotEquals: Match.anyValue() } }),
        ]),
      },
    });
  });

  it('no endpoint is open to every principal', () => {
    for (const each of Object.values(template.findResources('AWS::EC2::VPCEndpoint'))) {
      const { Statement } = each['Properties'].PolicyDocument;
      for (const s of Statement) expect(s.Condition?.StringEquals?.['aws:PrincipalAccount']).toBeDefined();
    }
  });

  it('the code of a function may not touch network interfaces', () => {
    const denied = Object.values(template.findResources('AWS::IAM::Policy')).filter((p) =>
      p['Properties'].PolicyDocument.Statement.some(
        (s: { Effect: string; Action: unknown }) =>
          s.Effect === 'Deny' && JSON.stringify(s.Action).includes('ec2:CreateNetworkInterface'),
      ),
    );
    expect(denied.length).toBeGreaterThan(4);
  });
});

describe('grants', () => {
  it('one role never holds both halves of two people for one authority', () => {
    const { guard, stack } = build();
    const [pat, alex] = [role(stack, 'Pat'), role(stack, 'Alex')];
    guard.grantPropose(pat, 'us-state');
    guard.grantApprove(alex, 'us-state');
    expect(() => guard.grantApprove(pat, 'us-state')).toThrow('may not both propose and approve');
    expect(() => guard.grantPropose(alex, 'us-state')).toThrow('may not both approve and propose');
    expect(() => guard.grantApprove(pat, 'uk-dsit')).not.toThrow();
    expect(() => guard.grantPropose(pat, '*')).toThrow('authority');
  });

  it('each right has its methods and no other', () => {
    const { guard, stack, template } = build();
    guard.grantPropose(role(stack, 'Proposer'), 'us-state');
    guard.grantApprove(role(stack, 'Approver'), 'us-state');
    guard.grantHold(role(stack, 'Holder'));
    guard.grantAudit(role(stack, 'Auditor'));
    guard.grantPurge(role(stack, 'Purger'));
    guard.grantInvoke(role(stack, 'Caller'));
    guard.grantBoard(role(stack, 'Viewer'));
    const t = template();
    const text = (id: string) => JSON.stringify(allowed(t, id));
    expect(text('Proposer')).not.toContain('/approve');
    expect(text('Approver')).toContain('/approve');
    expect(text('Approver')).not.toContain('/POST/v1/registry/proposals"');
    expect(text('Holder')).toContain('/POST/v1/registry/hold');
    expect(text('Holder')).not.toContain('/lift');
    expect(text('Auditor')).not.toContain('/approve');
    expect(text('Purger')).toContain('/POST/v1/registry-purge/*/approve');
    expect(text('Purger')).not.toContain('/registry/proposals');
    for (const other of ['Proposer', 'Approver', 'Holder', 'Auditor'])
      expect(text(other)).not.toContain('registry-purge');
    expect(text('Caller')).toContain('GuardDecideLive');
    expect(text('Caller')).not.toContain('GuardDecideFunction');
    expect(text('Viewer')).toContain('GuardBoardLive');
  });
});

describe('least privilege of what watches', () => {
  const t = build({ release: 'canary' }).template();
  it.each(['GuardProbeRole', 'GuardWatchRole', 'GuardBoardRole', 'GuardReleaseHookRole'])(
    '%s writes nothing',
    (id) => {
      const actions = allowed(t, id).flatMap((s) => s.actions as string | string[]);
      expect(actions.length).toBeGreaterThan(0);
      for (const action of actions)
        expect(action).toMatch(
          /^(dynamodb:(GetItem|BatchGetItem|Query)|kms:Decrypt|lambda:InvokeFunction|logs:\w+|codedeploy:PutLifecycle\w+)$/,
        );
    },
  );

  it('only the probe and the hook may ask through the alias that is not counted', () => {
    const holders = Object.entries(t.findResources('AWS::IAM::Policy'))
      .filter(([, p]) => JSON.stringify(p['Properties'].PolicyDocument).includes('GuardDecideProbe'))
      .map(([id]) => id);
    expect(holders.every((id) => /^Guard(Probe|ReleaseHook)Role/.test(id))).toBe(true);
    expect(holders).toHaveLength(2);
  });
});
