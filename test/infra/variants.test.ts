/** What the props change in a template: three guards that ask for everything, for nothing, and for an account's own network. */
import {
  aws_apigateway as apigateway,
  aws_cognito as cognito,
  Duration,
  aws_ec2 as ec2,
  aws_iam as iam,
  aws_kms as kms,
  aws_logs as logs,
  type Stack,
  aws_sns as sns,
} from 'aws-cdk-lib';
import { SnsAlarmActionStrategy } from 'cdk-monitoring-constructs';
import { describe, expect, it } from 'vitest';
import { UNIVERSAL_ANSWERS } from '../../functions/probe/known-answers.ts';
import type { TrafficRoutingGuardProps } from '../../infra/guard-props.ts';
import { identities, mayCall } from '../../infra/local/identities.ts';
import type { TrafficRoutingGuard } from '../../infra/traffic-routing-guard.ts';
import { FOUNDERS } from './expected/functions.ts';
import { METHODS } from './expected/http.ts';
import { synthesiseGuard } from './synthesised-guard.ts';
import { alarmRow, grantsOf, methodsOf, ofType, plainResources, type Resources } from './template-rows.ts';

const OLD_KEY = 'A'.repeat(160);
const WEB_ACL = 'arn:aws:wafv2:eu-west-1:123456789012:regional/webacl/a/b';
const FLIPS = `sha256:${'0'.repeat(64)}`;
const role = (stack: Stack, id: string) =>
  new iam.Role(stack, id, { assumedBy: new iam.AccountRootPrincipal() });

function built(
  props: TrafficRoutingGuardProps | ((stack: Stack) => TrafficRoutingGuardProps),
  extend?: (guard: TrafficRoutingGuard, stack: Stack) => void,
): Resources {
  return plainResources(synthesiseGuard(props, extend));
}

const of = (resources: Resources, id: string) => resources[id]?.Properties ?? {};
const variables = (resources: Resources, id: string) =>
  (of(resources, `Guard${id}Function`)['Environment'] as { Variables: Record<string, string> }).Variables;
/** A property of every function of the guard. */
const ofFunctions = (resources: Resources, name: string) =>
  Object.fromEntries(
    ofType(resources, 'AWS::Lambda::Function').map(([id, { Properties }]) => [
      id.replace(/^Guard|Function$/g, ''),
      Properties[name],
    ]),
  );

describe('everything', () => {
  const all = built(
    (stack) => {
      const pager = new SnsAlarmActionStrategy({ onAlarmTopic: new sns.Topic(stack, 'Pager') });
      const desk = new SnsAlarmActionStrategy({ onAlarmTopic: new sns.Topic(stack, 'Desk') });
      return {
        lease: Duration.seconds(7),
        clockSkew: Duration.seconds(3),
        connectTimeout: Duration.millis(100),
        readTimeout: Duration.millis(200),
        decisionBudget: Duration.millis(1200),
        headCopies: 16,
        memorySize: 1024,
        logRetention: logs.RetentionDays.TWO_WEEKS,
        additionalCommitPublicKeys: [OLD_KEY],
        httpRateLimit: 50,
        httpBurstLimit: 60,
        apiGatewayAccountRole: false,
        serviceName: 'guard',
        httpAuthorizer: new apigateway.CognitoUserPoolsAuthorizer(stack, 'Authorizer', {
          cognitoUserPools: [new cognito.UserPool(stack, 'Pool')],
        }),
        pdpIdentifier: 'https://guard.example/v1',
        publicDiscovery: true,
        webAclArn: WEB_ACL,
        permissionsBoundary: iam.ManagedPolicy.fromManagedPolicyName(stack, 'Boundary', 'boundary'),
        roles: { decide: iam.Role.fromRoleArn(stack, 'Brought', 'arn:aws:iam::123456789012:role/brought') },
        encryptionKey: new kms.Key(stack, 'Own'),
        callers: ['123456789012'],
        reservedConcurrency: 20,
        provisionedConcurrency: 3,
        release: 'canary',
        acknowledgedFlips: FLIPS,
        monitoring: {
          page: pager,
          notify: desk,
          thresholds: {
            p99Ms: 99,
            silenceMinutes: 30,
            registryAgeDays: 2,
            waivers: 4,
            unavailableHundredths: 5,
          },
          silence: true,
          anomalyDetection: false,
          knownAnswers: UNIVERSAL_ANSWERS,
        },
      };
    },
    (guard, stack) => {
      guard.grantPropose(role(stack, 'Proposer'), 'us-state');
      guard.grantApprove(role(stack, 'Approver'), 'us-state');
      guard.grantHold(role(stack, 'Holder'));
      guard.grantAudit(role(stack, 'Auditor'));
      guard.grantPurge(role(stack, 'Purger'));
      guard.grantAsk(role(stack, 'Asker'));
      guard.grantInvoke(role(stack, 'Caller'));
      guard.grantBoard(role(stack, 'Viewer'));
      const [proposer, approver] = ['Proposer', 'Approver'].map((id) => stack.node.findChild(id) as iam.Role);
      if (proposer === undefined || approver === undefined) throw new Error('no roles');
      const both = 'TrafficRoutingGuard: one role may not both';
      expect(() => guard.grantApprove(proposer, 'us-state')).toThrow(
        `${both} propose and approve for us-state`,
      );
      expect(() => guard.grantPropose(approver, 'us-state')).toThrow(
        `${both} approve and propose for us-state`,
      );
      for (const authority of ['*', '', 'US', '-a', 'a'.repeat(65)])
        expect(() =>
          guard.grantPropose(role(stack, `Bad${authority.length}${authority[0]}`), authority),
        ).toThrow('`authority` must be the id of an authority in the registry');
      expect(() => guard.grantApprove(role(stack, 'Elsewhere'), 'uk-dsit')).not.toThrow();
      expect(() => guard.admitHttp(ec2.Peer.anyIpv4())).toThrow('`httpAccess` must be "private"');
    },
  );

  it('of time, keys and names reaches the functions that need it', () => {
    const keys = `<GuardCommitPublicKey.PublicKey>,${OLD_KEY}`;
    expect(variables(all, 'Decide')).toEqual({
      SERVICE_NAME: 'guard',
      OBJECTS_TABLE: '<GuardTablesObjects>',
      READS_FORMAT: '1',
      STATE_TABLE: '<GuardTablesState>',
      FLOOR_TABLE: '<GuardTablesFloor>',
      COMMIT_PUBLIC_KEYS: keys,
      FOUNDER_KEYS: FOUNDERS,
      DYNAMODB_CONNECT_MS: '100',
      DYNAMODB_READ_MS: '200',
      DECIDE_BUDGET_MS: '1200',
      LEASE_SECONDS: '7',
      CLOCK_SKEW_SECONDS: '3',
      HEAD_COPIES: '16',
      BUILD_DIGEST: expect.stringMatching(/^sha256:[0-9a-f]{64}$/),
    });
    expect(variables(all, 'Access')).toMatchObject({
      CALLER_FROM: 'authorizer',
      PDP_IDENTIFIER: 'https://guard.example/v1',
      DECIDE_BUDGET_MS: '10000',
      LEASE_SECONDS: '7',
    });
    expect(variables(all, 'Watch')['HEAD_COPIES']).toBe('16');
    for (const id of ['Registry', 'Purge'])
      expect(variables(all, id)).toMatchObject({
        LEASE_SECONDS: '7',
        CLOCK_SKEW_SECONDS: '3',
        HEAD_COPIES: '16',
        COMMIT_PUBLIC_KEYS: keys,
        FOUNDER_KEYS: FOUNDERS,
        ACCOUNT_ID: '<AWS::AccountId>',
        API_ID: '<GuardHttpApi>',
      });
    const known = { KNOWN_ANSWERS: JSON.stringify(UNIVERSAL_ANSWERS), SERVICE_NAME: 'guard' };
    expect(variables(all, 'Probe')).toMatchObject(known);
    expect(variables(all, 'ReleaseHook')).toMatchObject({ ...known, ACKNOWLEDGED_FLIPS: FLIPS });
  });

  it('of size and concurrency reaches the functions that decide, and the others keep what the plan says', () => {
    expect(ofFunctions(all, 'ReservedConcurrentExecutions')).toEqual({
      ...{ Decide: 20, DecideHttp: 20, Access: 10, Explain: 2 },
      ...{ Stop: 10, Registry: 10, Jobs: 10, Purge: 2, CommitKey: 2 },
      ...{ Probe: 1, Watch: 1, Board: 2, ReleaseHook: 1 },
    });
    expect(ofFunctions(all, 'MemorySize')).toMatchObject({
      Decide: 1024,
      DecideHttp: 1024,
      Access: 1769,
      Explain: 1024,
    });
    const warm = ofType(all, 'AWS::Lambda::Alias').filter(
      ([, a]) => 'ProvisionedConcurrencyConfig' in a.Properties,
    );
    expect(warm.map(([id, a]) => [id, a.Properties['ProvisionedConcurrencyConfig']])).toEqual([
      ['GuardDecideLive', { ProvisionedConcurrentExecutions: 3 }],
    ]);
  });

  it('of the account’s own is used: key, role, boundary, retention, web ACL', () => {
    expect(ofType(all, 'AWS::KMS::Key').map(([id]) => id)).toEqual([
      'Own',
      'GuardKeysSigning',
      'GuardKeysSealing',
    ]);
    for (const [id, { Properties }] of ofType(all, 'AWS::Logs::LogGroup'))
      expect([id, Properties['KmsKeyId'], Properties['RetentionInDays']]).toEqual([id, '<Own.Arn>', 14]);
    for (const [, { Properties }] of ofType(all, 'AWS::DynamoDB::Table'))
      expect(Properties['SSESpecification']).toMatchObject({ KMSMasterKeyId: '<Own.Arn>' });
    expect(of(all, 'GuardDecideFunction')['Role']).toBe('arn:aws:iam::123456789012:role/brought');
    const made = ofType(all, 'AWS::IAM::Role').filter(([id]) => /^Guard(?!Release(Group))/.test(id));
    expect(made.map(([id]) => id)).not.toContain('GuardDecideRole');
    expect(new Set(made.map(([, each]) => each.Properties['PermissionsBoundary']))).toEqual(
      new Set(['arn:<AWS::Partition>:iam::<AWS::AccountId>:policy/boundary']),
    );
    expect(ofType(all, 'AWS::WAFv2::WebACLAssociation').map(([, each]) => each.Properties)).toEqual([
      {
        WebACLArn: WEB_ACL,
        ResourceArn:
          'arn:<AWS::Partition>:apigateway:<AWS::Region>::/restapis/<GuardHttpApi>/stages/<GuardHttpApiDeploymentStageguard>',
      },
    ]);
    expect(of(all, 'GuardHttpApiDeploymentStageguard')['MethodSettings']).toMatchObject([
      { ThrottlingBurstLimit: 60, ThrottlingRateLimit: 50 },
    ]);
    expect(ofType(all, 'AWS::ApiGateway::Account')).toEqual([]);
  });

  it('of thresholds and pagers is what the alarms have', () => {
    const rows = new Map(
      ofType(all, 'AWS::CloudWatch::Alarm')
        .map(alarmRow)
        .map((row) => [row[0], row]),
    );
    const shown = (name: string) => rows.get(name)?.slice(2, 4).join(', ');
    expect(['Slow', 'Silence', 'RegistryOld', 'Waivers', 'UnavailableHour'].map(shown)).toEqual([
      '> 99, 3 of 5',
      '< 1, 6 of 6',
      '> 172800, 1 of 3',
      '> 4, 1 of 3',
      '> 5, 1 of 1',
    ]);
    expect(rows.has('PermitRate')).toBe(false);
    expect(new Set([...rows.values()].map((row) => JSON.stringify(row[5])))).toEqual(
      new Set([
        '{"AlarmActions":["<Desk>"]}',
        '{"AlarmActions":["<Desk>"],"WarmUpConfiguration":{"WarmUpPeriodDurationInMinutes":30}}',
        '{"AlarmActions":["<Desk>","<Pager>"]}',
      ]),
    );
  });

  it('admits callers by the authoriser, but never to the registry and full explanations', () => {
    const asked = METHODS.filter(([, , target]) => target === 'DecideHttp' || target === 'Access');
    const expected = METHODS.map((row) => {
      const [method, path] = row;
      const open = path.startsWith('/.well-known') ? 'NONE' : 'COGNITO_USER_POOLS';
      return [`${method} ${path}`, asked.includes(row) ? open : 'AWS_IAM'];
    });
    const found = methodsOf(all).map(([route, each]) => [route, each['AuthorizationType']]);
    expect(Object.fromEntries(found)).toEqual(Object.fromEntries(expected));
  });

  it('admits another account on the alias of decide, and on nothing else', () => {
    const others = ofType(all, 'AWS::Lambda::Permission').filter(
      ([, { Properties: p }]) => !/amazonaws/.test(`${p['Principal']}`),
    );
    expect(others.map(([, each]) => each.Properties)).toEqual([
      { Action: 'lambda:InvokeFunction', FunctionName: '<GuardDecideLive>', Principal: '123456789012' },
    ]);
  });

  describe('grants', () => {
    const api =
      'arn:<AWS::Partition>:execute-api:<AWS::Region>:<AWS::AccountId>:<GuardHttpApi>/<GuardHttpApiDeploymentStageguard>';
    const read = 'GET/v1/registry/*';
    const run = 'POST/v1/registry/jobs/*/run';
    const proposals = (...rest: readonly string[]) => rest.map((each) => `POST/v1/registry/proposals${each}`);
    const RIGHTS: Readonly<Record<string, readonly string[]>> = {
      Proposer: [
        read,
        'PUT/v1/registry/proposals/*/chunks/*',
        ...proposals('', '/*/validate', '/*/simulate', '/*/sign', '/*/reject'),
        run,
        ...['lift', 'rollback', 'confirm', 'forecast'].map((each) => `POST/v1/registry/${each}`),
      ],
      Approver: [read, ...proposals('/*/simulate', '/*/approve', '/*/reject'), run],
      Holder: [read, 'POST/v1/registry/hold', 'POST/v1/registry/revoke'],
      Auditor: [read, 'POST/v1/registry/verify', 'POST/v1/registry/forecast', run, 'POST/v1/audit/explain'],
      Purger: [
        read,
        'POST/v1/registry-purge',
        'POST/v1/registry-purge/search',
        'GET/v1/registry-purge/*',
        'POST/v1/registry-purge/*/approve',
      ],
      Asker: [
        'POST/v1/decide',
        'POST/v1/best-path',
        ...['evaluation', 'evaluations', 'search/subject', 'search/resource', 'search/action'].map(
          (each) => `POST/access/v1/${each}`,
        ),
        'GET/.well-known/authzen-configuration',
      ],
    };
    const granted = grantsOf(all);

    it.each(Object.entries(RIGHTS))('of a %s are its methods and no other', (id, methods) => {
      const [statement = '', ...more] = granted[id] ?? [];
      const [head, resources = ''] = statement.split(' on ');
      expect([head, more]).toEqual(['Allow: execute-api:Invoke', []]);
      expect(resources.split(' ').toSorted()).toEqual(methods.map((each) => `${api}/${each}`).toSorted());
    });

    it('of a caller and a viewer are one alias each', () => {
      expect(granted['Caller']).toEqual(['Allow: lambda:InvokeFunction on <GuardDecideLive>']);
      expect(granted['Viewer']).toEqual(['Allow: lambda:InvokeFunction on <GuardBoardLive>']);
    });

    it('leave no method that nobody can be granted', () => {
      const patterns = Object.values(RIGHTS)
        .flat()
        .map((each) => new RegExp(`^${each.replaceAll('.', '\\.').replaceAll('*', '.*')}$`));
      for (const [method, path] of METHODS) {
        // The probe's alone: `expected/grants.ts`.
        if (path === '/v1/registry/stop-rehearsal') continue;
        const served = method === 'ANY' ? ['GET', 'POST'] : [method];
        const covered = served.some((each) => patterns.some((pattern) => pattern.test(`${each}${path}`)));
        expect([path, covered]).toEqual([path, true]);
      }
    });
  });
});

describe('a budget', () => {
  const budgetOf = (monitoring: object) => {
    const made = plainResources(synthesiseGuard({ monitoring }, undefined, false));
    const [found, ...more] = ofType(made, 'AWS::Budgets::Budget');
    return { budget: found?.[1].Properties, more: more.length, made };
  };

  it('is the account’s, and tells the notices where nobody else is named', () => {
    const { budget, made } = budgetOf({ monthlyBudgetUsd: 40 });
    const subscribers = [{ SubscriptionType: 'SNS', Address: '<GuardMonitoringNoticesTopic>' }];
    const over = { ComparisonOperator: 'GREATER_THAN', Threshold: 100, ThresholdType: 'PERCENTAGE' };
    expect(budget).toEqual({
      Budget: { BudgetType: 'COST', TimeUnit: 'MONTHLY', BudgetLimit: { Amount: 40, Unit: 'USD' } },
      NotificationsWithSubscribers: ['ACTUAL', 'FORECASTED'].map((NotificationType) => ({
        Notification: { ...over, NotificationType },
        Subscribers: subscribers,
      })),
    });
    const policy = JSON.stringify(of(made, 'GuardMonitoringNoticesTopicPolicy'));
    expect(policy).toContain('budgets.amazonaws.com');
    expect(JSON.stringify(of(made, 'GuardKeysData'))).toContain('budgets.amazonaws.com');
  });

  it('is narrowed by a tag, and tells addresses', () => {
    const { budget } = budgetOf({
      monthlyBudgetUsd: 1,
      budgetEmails: ['a@b.c'],
      budgetTag: 'user:guard$prod',
    });
    expect(budget).toMatchObject({ Budget: { CostFilters: { TagKeyValue: ['user:guard$prod'] } } });
    expect(JSON.stringify(budget)).toContain('{"Address":"a@b.c","SubscriptionType":"EMAIL"}');
  });

  it('is none unless it is asked for', () => {
    expect(budgetOf({}).budget).toBeUndefined();
  });
});

describe('nothing', () => {
  const bare = built({ httpAccess: 'none', monitoring: false, dataProtection: false }, (guard, stack) => {
    const somebody = role(stack, 'Somebody');
    for (const grant of ['grantAsk', 'grantHold', 'grantAudit', 'grantPurge'] as const)
      expect(() => guard[grant](somebody)).toThrow(`\`httpAccess\` must not be "none" for \`${grant}\``);
    for (const grant of ['grantPropose', 'grantApprove'] as const)
      expect(() => guard[grant](somebody, 'a')).toThrow(`\`httpAccess\` must not be "none" for \`${grant}\``);
    expect(() => guard.grantBoard(somebody)).toThrow('`monitoring` must not be false for `grantBoard`');
  });

  it('is left but decide and the reader of the key: nobody signs, nobody publishes, nothing is masked', () => {
    expect(Object.keys(ofFunctions(bare, 'Role'))).toEqual(['CommitKey', 'Decide']);
    expect(
      Object.values(bare).flatMap(
        ({ Type }) => /ApiGateway|CloudWatch|Events|SNS|CodeDeploy|EC2/.exec(Type) ?? [],
      ),
    ).toEqual([]);
    expect(JSON.stringify(bare)).not.toMatch(/"kms:Sign"|DataProtectionPolicy|FIPS|VpcConfig/);
    const policies = Object.values(bare).flatMap(({ Properties }) =>
      JSON.stringify(Properties?.['ResourcePolicy'] ?? ''),
    );
    const rest = Object.values(bare).map(({ Properties }) => ({ ...Properties, ResourcePolicy: undefined }));
    expect(JSON.stringify(rest)).not.toMatch(/PartiQLInsert/);
    // Without a publisher HEAD is written, and the floor raised, by nobody: no denial leaves anybody out.
    expect(policies.join()).not.toMatch(/aws:PrincipalArn/);
    expect(policies.join()).toMatch(/HeadIsMovedByThePublisher.*TheFloorIsRaisedByThePublisher/);
  });
});

describe('in a network of the account’s', () => {
  const vpc = (stack: Stack) =>
    new ec2.Vpc(stack, 'Vpc', {
      restrictDefaultSecurityGroup: false,
      subnetConfiguration: [
        { name: 'out', subnetType: ec2.SubnetType.PUBLIC },
        { name: 'in', subnetType: ec2.SubnetType.PRIVATE_WITH_EGRESS },
        { name: 'closed', subnetType: ec2.SubnetType.PRIVATE_ISOLATED },
      ],
    }) as ec2.IVpc;
  const subnets = (resources: Resources) =>
    new Set(
      Object.values(ofFunctions(resources, 'VpcConfig')).flatMap((each) =>
        (each as { SubnetIds: string[] }).SubnetIds.map((id) => id.replace(/^<Vpc|Subnet\dSubnet>$/g, '')),
      ),
    );

  it('with its endpoints: nothing is made, the VPC’s own are reached, FIPS names are called', () => {
    const own = built((stack) => ({
      vpc: vpc(stack),
      vpcSubnets: { subnetType: ec2.SubnetType.PRIVATE_WITH_EGRESS },
      endpoints: 'existing',
      httpAccess: 'private',
      fips: true,
    }));
    expect(ofType(own, 'AWS::EC2::VPCEndpoint')).toEqual([]);
    expect(subnets(own)).toEqual(new Set(['in']));
    const https = { FromPort: 443, IpProtocol: 'tcp', ToPort: 443 };
    expect(of(own, 'GuardNetworkFunctions')['SecurityGroupEgress']).toEqual([
      { ...https, CidrIp: '<Vpc.CidrBlock>', Description: 'Interface endpoints of the VPC' },
      { ...https, CidrIp: '0.0.0.0/0', Description: 'DynamoDB through its gateway endpoint' },
    ]);
    const { EndpointConfiguration, Policy } = of(own, 'GuardHttpApi');
    expect(EndpointConfiguration).toEqual({ Types: ['PRIVATE'] });
    expect((Policy as { Statement: { Effect: string; Condition: unknown }[] }).Statement).toMatchObject([
      { Effect: 'Deny', Condition: { StringNotEquals: { 'aws:SourceVpc': '<Vpc>' } } },
    ]);
    for (const id of Object.keys(ofFunctions(own, 'Role')))
      expect(variables(own, id)['AWS_USE_FIPS_ENDPOINT']).toBe('true');
    // Through the endpoint that the VPC has for it.
    expect(variables(own, 'Probe')['STOP_REHEARSAL_URL']).toMatch(/\/v1\/registry\/stop-rehearsal$/);
  });

  it.each(['regional', 'none'] as const)('before an API that is %s no stop is rehearsed', (httpAccess) => {
    const far = built((stack) => ({ vpc: vpc(stack), httpAccess }));
    expect(Object.keys(variables(far, 'Probe'))).not.toContain('STOP_REHEARSAL_URL');
    expect(grantsOf(far)['GuardProbeRole']?.join()).not.toMatch(/execute-api/);
  });

  it('with endpoints made here: closed subnets first, and the private door opens to whom it is told', () => {
    const made = built(
      (stack) => ({ vpc: vpc(stack), httpAccess: 'private', monitoring: false }),
      (guard) => guard.admitHttp(ec2.Peer.ipv4('10.1.0.0/16')),
    );
    expect(subnets(made)).toEqual(new Set(['closed']));
    expect(of(made, 'GuardNetworkApiCallers')['SecurityGroupIngress']).toEqual([
      {
        CidrIp: '10.1.0.0/16',
        Description: 'A caller of the HTTP door',
        FromPort: 443,
        IpProtocol: 'tcp',
        ToPort: 443,
      },
    ]);
    // Nothing asks CodeDeploy without monitoring; whoever publishes asks Lambda who reads.
    expect(ofType(made, 'AWS::EC2::VPCEndpoint').map(([id]) => id)).toEqual([
      'VpcRouteguardDynamoDb',
      'VpcRouteguardS3',
      'GuardNetworkKms',
      'GuardNetworkLambda',
      'GuardNetworkApi',
    ]);
  });
});

describe('on one machine', () => {
  it.each([
    ['caller', '/v1/best-path', true],
    ['caller', '/access/v1/evaluation', true],
    ['caller', '/.well-known/authzen-configuration', true],
    ['caller', '/v1/audit/explain', false],
    ['auditor', '/v1/audit/explain', true],
    ['proposer', '/v1/audit/explain', false],
    ['approver', '/access/v1/evaluation', false],
  ])('%s at %s: %s', (name, path, may) => {
    const who = identities.find((each) => each.name === name);
    expect(who !== undefined && mayCall(who, path)).toBe(may);
  });
});

describe('a signing key that is kept elsewhere', () => {
  const ARN = 'arn:aws:kms:us-east-1:123456789012:key/00000000-0000-4000-8000-000000000000';
  const made = plainResources(
    synthesiseGuard(
      (stack) => ({ signingKey: kms.Key.fromKeyArn(stack, 'Elsewhere', ARN) }),
      undefined,
      false,
    ),
  );

  it('is the one that is read, signed with, and made by nobody here', () => {
    expect(ofType(made, 'AWS::KMS::Key').map(([id]) => id)).toEqual(['GuardKeysData', 'GuardKeysSealing']);
    expect(variables(made, 'Registry')['COMMIT_SIGNING_KEY_ID']).toBe(ARN);
    const read = ofType(made, 'Custom::RouteguardCommitPublicKey').map(
      ([, { Properties }]) => Properties['KeyId'],
    );
    expect(read).toEqual([ARN, '<GuardKeysSealing.Arn>']);
  });
});
