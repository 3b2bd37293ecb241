/** What each stage deploys, resource by resource, against tables written by hand. */
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import { describe, expect, it } from 'vitest';
import { DECISION_CLASSES } from '../../functions/decide/decision-class.ts';
import { METRICS } from '../../functions/metrics/names.ts';
import type { TrafficRoutingGuardProps } from '../../infra/guard-props.ts';
import { GuardStack } from '../../infra/guard-stack.ts';
import { LOCAL_FOUNDERS } from '../../infra/local/identities.ts';
import { descriptionOf, MAX_DESCRIPTION } from '../../infra/monitoring/alarm-catalogue.ts';
import { runbookSections } from '../../infra/monitoring/runbook.ts';
import { CONTROL_TOWER } from '../../infra/rules/acknowledgements.ts';
import type { Stage } from '../../infra/stage.ts';
import { controls, failing } from './control-tower.ts';
import { acknowledgements, OF_CDK } from './expected/acknowledgements.ts';
import { actions, alarms, PAGES, SERVICE } from './expected/alarms.ts';
import { outputs, QUERIES, widgets } from './expected/dashboard.ts';
import { functionRows, MASK, SAMPLE_ANSWERS } from './expected/functions.ts';
import { grants, roles } from './expected/grants.ts';
import { ACCESS_LOG, invocations, METHODS } from './expected/http.ts';
import {
  CANARIES,
  DECIDERS,
  KEYS,
  NETWORK,
  releases,
  SUBNETS,
  TABLES,
  WATCHING,
} from './expected/infrastructure.ts';
import { answered, synthesised } from './stages.ts';
import { cdkContext, fixtureAssets } from './synthesised-guard.ts';
import {
  alarmRow,
  grantsOf,
  methodsOf,
  ofType,
  type Plain,
  widgetRow,
  withStatements,
} from './template-rows.ts';

const { report } = synthesised;

/** Every kind of resource there may be, each in a table below. */
const KINDS = {
  monitoring: [
    ...['AWS::SNS::Topic', 'AWS::SNS::TopicPolicy', 'AWS::Events::Rule', 'AWS::Logs::MetricFilter'],
    'AWS::Lambda::EventInvokeConfig',
  ],
  release: [
    'AWS::CodeDeploy::Application',
    'AWS::CodeDeploy::DeploymentGroup',
    'Custom::RouteguardCommitPublicKey',
  ],
  network: [
    'AWS::EC2::VPC',
    'AWS::EC2::Subnet',
    'AWS::EC2::RouteTable',
    'AWS::EC2::SubnetRouteTableAssociation',
    'AWS::EC2::FlowLog',
    'AWS::EC2::SecurityGroup',
    'AWS::EC2::SecurityGroupEgress',
    'AWS::EC2::SecurityGroupIngress',
    'AWS::EC2::VPCEndpoint',
  ],
  others: [
    'AWS::ApiGateway::Account',
    'AWS::ApiGateway::Deployment',
    'AWS::ApiGateway::Method',
    'AWS::ApiGateway::Model',
    'AWS::ApiGateway::RequestValidator',
    'AWS::ApiGateway::Resource',
    'AWS::ApiGateway::RestApi',
    'AWS::ApiGateway::Stage',
    'AWS::CloudWatch::Alarm',
    'AWS::CloudWatch::CompositeAlarm',
    'AWS::CloudWatch::Dashboard',
    'AWS::DynamoDB::Table',
    'AWS::IAM::Policy',
    'AWS::IAM::Role',
    'AWS::KMS::Key',
    'AWS::Lambda::Alias',
    'AWS::Lambda::Function',
    'AWS::Lambda::Permission',
    'AWS::Lambda::Version',
    'AWS::Logs::LogGroup',
    'AWS::Logs::QueryDefinition',
  ],
};

const NOTHING_KEPT =
  'no concurrency is kept: whatever else runs in this account and Region can starve what decides, and what stops; `reservedConcurrency` keeps it';
/** What whoever deploys is told of the plan. */
const CAPACITY: Readonly<Record<Stage, string>> = {
  dev: NOTHING_KEPT,
  staging: NOTHING_KEPT,
  prod: '299 concurrent executions are kept (commit-key 2, decide 100, decide-http 100, access 50, explain 10, registry 10, stop 10, jobs 10, registry-purge 2, board 2, probe 1, watch 1, release-hook 1): the account needs a quota of 399 in this Region',
};

/** A rule of a security group, by the group and where it leads to. */
const ruleOf = (group: string, { DestinationSecurityGroupId: to }: Readonly<Record<string, unknown>>) =>
  to === undefined ? `ingress of ${group}` : `egress of ${group} to ${to}`;

const LOG_RETENTION: Readonly<Record<Stage, number>> = { dev: 365, staging: 365, prod: 731 };

describe.each(synthesised.stages)(
  '$stage',
  ({ stage, resources, outputs: found, messages, terminationProtection, bundle }) => {
    const prod = stage === 'prod';
    const functions = functionRows(stage);
    const only = (type: string): Plain['Properties'] => {
      const [found, ...more] = ofType(resources, type);
      if (found === undefined || more.length > 0) throw new Error(`there is not one ${type}`);
      return found[1].Properties;
    };
    /** Properties of some kinds by id, policies as statements. */
    const bags = (...types: readonly string[]) =>
      Object.fromEntries(
        Object.entries(resources)
          .filter(([, { Type }]) => types.includes(Type))
          .map(([id, each]) => [id, withStatements(each)]),
      );
    /** `value` of each resource that has one. */
    const each = <T>(value: (resource: Plain) => T | undefined) =>
      Object.fromEntries(
        Object.entries(resources).flatMap(([id, resource]) => {
          const found = value(resource);
          return found === undefined ? [] : [[id, found]];
        }),
      );

    it('holds no kind of resource that is in none of these tables, and nothing beside its properties', () => {
      const known = Object.values(KINDS).flat();
      expect(Object.values(resources).flatMap(({ Type }) => (known.includes(Type) ? [] : [Type]))).toEqual(
        [],
      );
      const usual = /^(Type|Properties|DependsOn|DeletionPolicy|UpdateReplacePolicy|Metadata)$/;
      const unusual = each((resource) => {
        const more = Object.entries(resource).filter(([member]) => !usual.test(member));
        return more.length === 0 ? undefined : Object.fromEntries(more);
      });
      expect(unusual).toEqual(stage === 'dev' ? {} : CANARIES);
      expect(JSON.stringify(resources)).not.toContain('arn:aws:');
      expect(terminationProtection ?? false).toBe(stage !== 'dev');
    });

    describe('alarms', () => {
      const rows = ofType(resources, 'AWS::CloudWatch::Alarm').map(alarmRow);

      it('are exactly these, and those that page by themselves say when it is over', () => {
        expect(rows).toEqual(alarms(stage).map((row) => [...row, actions(row[0])]));
      });

      // https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_MetricDataQuery.html: "up to 20 MetricDataQuery structures",
      // "as many as 10" with a metric and "as many as 10" with an expression; the length of an expression is from memory, unverified.
      it('are of no more metrics, expressions and letters than CloudWatch takes', () => {
        const queries = ofType(resources, 'AWS::CloudWatch::Alarm').map(([id, { Properties }]) => {
          const all = (Properties['Metrics'] ?? []) as readonly { readonly Expression?: string }[];
          const expressions = all.flatMap(({ Expression }) => Expression ?? []);
          const longest = Math.max(0, ...expressions.map(({ length }) => length));
          return { id, metrics: all.length - expressions.length, expressions: expressions.length, longest };
        });
        expect(queries.filter(({ longest }) => longest > 0).length).toBeGreaterThan(20);
        const beyond = queries.filter((q) => q.metrics > 10 || q.expressions > 10 || q.longest > 2_048);
        expect(beyond).toEqual([]);
      });

      it('page by a composite where something else may explain them', () => {
        const found = ofType(resources, 'AWS::CloudWatch::CompositeAlarm').map(([id, { Properties }]) => {
          const { AlarmDescription: words, AlarmName: _name, ...rest } = Properties;
          const name = id.replace('GuardMonitoringAlarms', '');
          const parts = {
            Outage: 'UnavailableNow',
            MajorOutage: 'UnavailableNow',
            DoorTold: 'DoorSixHours',
          } as const;
          const of = parts[name as keyof typeof parts] ?? (name.replace(/Page$/, '') as 'Fault');
          expect(words).toBe(descriptionOf(of));
          return [name, rest];
        });
        expect(Object.fromEntries(found)).toEqual(PAGES);
      });

      it('read only what a function says, under the dimensions it says it', () => {
        const read = rows.flatMap(([, measured]) => [...measured.matchAll(/Routeguard (\w+)\{([^}]*)\}/g)]);
        expect(read.length).toBeGreaterThan(15);
        for (const [, name = '', dimensions = ''] of read) {
          const [, cls] = /^Class=(\w+),/.exec(dimensions) ?? [];
          expect(Object.keys(METRICS)).toContain(name);
          expect(dimensions).toBe(`${cls === undefined ? '' : `Class=${cls},`}Service=${SERVICE[stage]}`);
          if (cls !== undefined)
            expect([name, DECISION_CLASSES]).toEqual(['Decisions', expect.arrayContaining([cls])]);
        }
      });

      it('say what they mean and the first three things to do', () => {
        for (const [id, { Properties }] of ofType(resources, 'AWS::CloudWatch::Alarm')) {
          const words = descriptionOf(id.replace('GuardMonitoringAlarms', '') as 'Fault');
          expect(Properties['AlarmDescription']).toBe(words);
          expect(words).toMatch(
            / 1\. .+ 2\. .+ 3\. |^Part of (?:Unavailable|WatchFailing|MoreLost|HttpFailingSlowly)/,
          );
          expect(words.length).toBeLessThanOrEqual(MAX_DESCRIPTION);
        }
      });

      it('reach a topic they may publish to, under a key they may use; schedules run every minute', () => {
        expect(bags(...KINDS.monitoring)).toEqual(WATCHING);
      });

      it('tell whoever deploys that a topic needs somebody', () => {
        const told = (where: string, what: string) => `/Routeguard-${stage}/${where}: ${what}`;
        expect(messages.map((text) => text.replace(/ \[ack: .*/, ''))).toEqual([
          ...(prod ? [told('Vpc', 'pass `vpc` to use one that the account has')] : []),
          told('Guard', CAPACITY[stage]),
          told('Guard/Monitoring/Paging', 'subscribe somebody to this topic, or pass `monitoring.page`'),
          told('Guard/Monitoring/Notices', 'subscribe somebody to this topic, or pass `monitoring.notify`'),
        ]);
      });
    });

    describe('grants', () => {
      it('are exactly these statements, role by role', () => {
        const expected = Object.entries(grants(stage)).map(([role, list]) => [role, list.toSorted()]);
        expect(grantsOf(resources)).toEqual(Object.fromEntries(expected));
      });

      it('are on roles that only these may take', () => {
        expect(bags('AWS::IAM::Role')).toEqual(
          Object.fromEntries(
            Object.entries(roles(stage)).map(([id, role]) => [
              id,
              id.startsWith('Vpc')
                ? { ...role, Tags: [{ Key: 'Name', Value: 'Routeguard-prod/Vpc/FlowLog' }] }
                : role,
            ]),
          ),
        );
      });

      it('let each function be invoked by its own door and nothing else', () => {
        const found = ofType(resources, 'AWS::Lambda::Permission').map(([, { Properties }]) => {
          const { Action, FunctionName, Principal, SourceArn, ...rest } = Properties;
          expect([Action, rest]).toEqual(['lambda:InvokeFunction', {}]);
          return `${Principal} ${FunctionName} ${SourceArn}`;
        });
        expect(found.toSorted()).toEqual(invocations());
      });
    });

    describe('functions', () => {
      it('are exactly these, in size, place and variables', () => {
        const expected = Object.entries(functions).map(([id, row]) => {
          const text = `export const handler = async () => '${row.name}';\n`;
          return [
            `Guard${id}Function`,
            {
              code: text,
              Architectures: ['arm64'],
              Description: expect.stringMatching(/\.$/),
              Handler: 'index.handler',
              LoggingConfig: { LogGroup: `<Guard${id}Logs>` },
              MemorySize: row.memory,
              Role: `<Guard${id}Role.Arn>`,
              Runtime: 'nodejs24.x',
              Timeout: row.timeout,
              variables: {
                ...row.variables,
                BUILD_DIGEST: `sha256:${createHash('sha256').update(text).digest('hex')}`,
              },
              ...(prod && {
                ReservedConcurrentExecutions: row.reserved,
                VpcConfig: { SecurityGroupIds: ['<GuardNetworkFunctions.GroupId>'], SubnetIds: SUBNETS },
              }),
            },
          ];
        });
        const found = ofType(resources, 'AWS::Lambda::Function').map(([id, { Properties }]) => {
          const { Code, Environment, ...rest } = Properties;
          const { KNOWN_ANSWERS: _known, ...variables } = (
            Environment as { Variables: Record<string, string> }
          ).Variables;
          return [id, { ...rest, variables, code: bundle((Code as { S3Key: string }).S3Key) }];
        });
        expect(Object.fromEntries(found)).toEqual(Object.fromEntries(expected));
      });

      it('are found by name and door', () => {
        expect(each(({ Metadata }) => Metadata?.['routeguard:function'])).toEqual(
          Object.fromEntries(
            Object.entries(functions).map(([id, { name, door }]) => [`Guard${id}Function`, { name, door }]),
          ),
        );
      });

      it('know the answers of the sample in dev, and the universal ones alone elsewhere', () => {
        const known = each(
          ({ Properties }) =>
            (Properties?.['Environment'] as { Variables?: Record<string, string> } | undefined)?.Variables?.[
              'KNOWN_ANSWERS'
            ],
        );
        if (stage !== 'dev') expect(known).toEqual({ GuardProbeFunction: '', GuardReleaseHookFunction: '' });
        else {
          const asked = JSON.parse(String(known['GuardProbeFunction'])) as {
            id: string;
            expect: { decision: boolean; codes?: string[] };
          }[];
          expect(asked.map((k) => [k.id, k.expect.decision, ...(k.expect.codes ?? [])].join(' '))).toEqual(
            SAMPLE_ANSWERS,
          );
        }
      });

      it('have the alias `live`; the probe asks decide by one of its own, warm sandboxes are decide’s', () => {
        const alias = (id: string, Name: string) => ({
          FunctionName: `<Guard${id}Function>`,
          FunctionVersion: `<Guard${id}FunctionCurrentVersion.Version>`,
          Name,
          ...(prod &&
            id === 'Decide' &&
            Name === 'live' && { ProvisionedConcurrencyConfig: { ProvisionedConcurrentExecutions: 2 } }),
        });
        expect(bags('AWS::Lambda::Alias')).toEqual({
          ...Object.fromEntries(Object.keys(functions).map((id) => [`Guard${id}Live`, alias(id, 'live')])),
          GuardDecideProbe: alias('Decide', 'probe'),
        });
        expect(bags('AWS::Lambda::Version')).toEqual(
          Object.fromEntries(
            Object.keys(functions).map((id) => [
              `Guard${id}FunctionCurrentVersion`,
              { FunctionName: `<Guard${id}Function>` },
            ]),
          ),
        );
      });

      it('log where it is kept, encrypted, and masked', () => {
        const kept = { KmsKeyId: '<GuardKeysData.Arn>', RetentionInDays: LOG_RETENTION[stage] };
        const masked = {
          Name: 'routeguard',
          Description: 'Masks what must never be in a line',
          Version: '2021-06-01',
          Statement: [
            {
              Sid: 'audit-statement-cdk',
              DataIdentifier: MASK.identifiers,
              Operation: { Audit: { FindingsDestination: {} } },
            },
            {
              Sid: 'redact-statement-cdk',
              DataIdentifier: MASK.identifiers,
              Operation: { Deidentify: { MaskConfig: {} } },
            },
          ],
          Configuration: { CustomDataIdentifier: MASK.own },
        };
        const ours = Object.keys(functions).map((id) => [
          `Guard${id}Logs`,
          { ...kept, DataProtectionPolicy: masked },
        ]);
        expect(bags('AWS::Logs::LogGroup')).toEqual({
          ...Object.fromEntries(ours),
          GuardHttpAccessLogs: kept,
          ...(prod && {
            VpcFlows: {
              ...kept,
              RetentionInDays: 365,
              Tags: [{ Key: 'Name', Value: 'Routeguard-prod/Vpc' }],
            },
          }),
        });
      });
    });

    describe('the HTTP door', () => {
      it('has exactly these methods, each signed, validated, and before its own function', () => {
        const expected = METHODS.map(([method, path, target, validator]) => [
          `${method} ${path}`,
          {
            AuthorizationType: 'AWS_IAM',
            Integration: {
              IntegrationHttpMethod: 'POST',
              Type: 'AWS_PROXY',
              Uri: `arn:<AWS::Partition>:apigateway:<AWS::Region>:lambda:path/2015-03-31/functions/<Guard${target}Live>/invocations`,
            },
            RequestValidatorId: `<GuardHttpApi${validator}>`,
            RestApiId: '<GuardHttpApi>',
            ...(path === '/v1/decide' && {
              RequestModels: { 'application/json': '<GuardHttpApiJsonObject>' },
            }),
          },
        ]);
        const found = methodsOf(resources).map(([route, { HttpMethod: _m, ResourceId: _r, ...rest }]) => [
          route,
          rest,
        ]);
        expect(Object.fromEntries(found)).toEqual(Object.fromEntries(expected));
      });

      it('is throttled, logs what no caller wrote, and listens where the stage says', () => {
        const { AccessLogSetting, ...rest } = only('AWS::ApiGateway::Stage');
        const { Format, ...to } = AccessLogSetting as { Format: string };
        expect(JSON.parse(Format)).toEqual({ Service: SERVICE[stage], ...ACCESS_LOG });
        expect(to).toEqual({
          DestinationArn:
            'arn:<AWS::Partition>:logs:<AWS::Region>:<AWS::AccountId>:log-group:<GuardHttpAccessLogs>',
        });
        expect(rest).toEqual({
          DeploymentId: '<GuardHttpApiDeployment>',
          TracingEnabled: true,
          MethodSettings: [
            {
              DataTraceEnabled: false,
              HttpMethod: '*',
              LoggingLevel: 'ERROR',
              MetricsEnabled: true,
              ResourcePath: '/*',
              ThrottlingBurstLimit: 400,
              ThrottlingRateLimit: 200,
            },
          ],
          RestApiId: '<GuardHttpApi>',
          StageName: 'guard',
        });
        expect(only('AWS::ApiGateway::RestApi')).toEqual({
          Description: 'routeguard: decisions over HTTP',
          Name: SERVICE[stage],
          EndpointConfiguration: prod
            ? { Types: ['PRIVATE'], VpcEndpointIds: ['<GuardNetworkApi>'] }
            : { Types: ['REGIONAL'] },
          ...(prod && {
            Policy: {
              Version: '2012-10-17',
              Statement: [
                {
                  Effect: 'Deny',
                  Principal: { AWS: '*' },
                  Action: 'execute-api:Invoke',
                  Resource: 'execute-api:/*',
                  Condition: { StringNotEquals: { 'aws:SourceVpce': '<GuardNetworkApi>' } },
                },
              ],
            },
          }),
        });
        const validator = (name: string, body: boolean) => [
          `GuardHttpApi${name}`,
          { RestApiId: '<GuardHttpApi>', ValidateRequestBody: body, ValidateRequestParameters: true },
        ];
        expect(
          bags('AWS::ApiGateway::RequestValidator', 'AWS::ApiGateway::Model', 'AWS::ApiGateway::Account'),
        ).toEqual({
          ...Object.fromEntries([
            validator('Validator', true),
            validator('AccessValidator', false),
            validator('RegistryValidator', false),
          ]),
          GuardHttpApiJsonObject: {
            ContentType: 'application/json',
            Description: expect.stringMatching(/^Any JSON object/),
            Name: 'JsonObject',
            RestApiId: '<GuardHttpApi>',
            Schema: { $schema: 'http://json-schema.org/draft-04/schema#', type: 'object' },
          },
          ...(!prod && {
            GuardHttpApiAccount: { CloudWatchRoleArn: '<GuardHttpApiCloudWatchRole.Arn>' },
          }),
        });
      });
    });

    describe('what an operator reads', () => {
      it('is a dashboard of exactly these widgets, and the runbook', () => {
        const { DashboardBody, ...rest } = only('AWS::CloudWatch::Dashboard');
        const { start, widgets: laid, ...more } = JSON.parse(String(DashboardBody));
        expect([start, rest, more]).toEqual(['-P1D', {}, {}]);
        expect(laid.map(widgetRow)).toEqual([
          ...widgets(stage),
          ['text 24x20 at 0,44', { background: 'transparent', markdown: runbookSections() }],
        ]);
      });

      it('is exactly these saved queries, each of the logs it is about', () => {
        expect(bags('AWS::Logs::QueryDefinition')).toEqual(
          Object.fromEntries(
            Object.entries(QUERIES).map(([name, [of, ...lines]]) => [
              `GuardMonitoringQuery${name}`,
              {
                Name: `${SERVICE[stage]}/${name}`,
                LogGroupNames: of.map((id) => `<Guard${id}Logs>`),
                QueryString: lines.join('\n| '),
              },
            ]),
          ),
        );
      });

      it('is exactly these outputs', () => {
        expect(found).toEqual(outputs(stage));
      });
    });

    it('keeps what it must keep: tables, keys, logs, versions, API Gateway’s role for logs', () => {
      const kept = [
        ...['GuardTablesObjects', 'GuardTablesState', 'GuardTablesFloor'],
        ...Object.keys(functions).map((id) => `Guard${id}FunctionCurrentVersion`),
        ...(prod ? [] : ['GuardHttpApiCloudWatchRole', 'GuardHttpApiAccount']),
      ];
      const emptied = [
        ...['GuardKeysData', 'GuardKeysSigning', 'GuardKeysSealing', 'GuardHttpAccessLogs'],
        ...Object.keys(functions).map((id) => `Guard${id}Logs`),
        ...(prod ? ['VpcFlows'] : []),
      ];
      expect(
        each(({ DeletionPolicy, UpdateReplacePolicy }) =>
          DeletionPolicy === undefined && UpdateReplacePolicy === undefined
            ? undefined
            : `${DeletionPolicy} ${UpdateReplacePolicy}`,
        ),
      ).toEqual({
        ...Object.fromEntries(kept.map((id) => [id, 'Retain Retain'])),
        // Nothing is left of a first deployment that fails, but the tables: they are protected from being deleted.
        ...Object.fromEntries(emptied.map((id) => [id, 'RetainExceptOnCreate Retain'])),
        GuardCommitPublicKey: 'Delete Delete',
        GuardSealPublicKey: 'Delete Delete',
      });
    });

    it('has these tables and keys, under these policies', () => {
      expect(bags('AWS::DynamoDB::Table')).toEqual(TABLES);
      expect(bags('AWS::KMS::Key')).toEqual(KEYS);
    });

    it('releases like this', () => {
      expect(bags(...KINDS.release)).toEqual(releases(stage));
    });

    it('waits in this order', () => {
      const subnets = prod ? [1, 2].map((n) => `VpcfunctionsSubnet${n}RouteTableAssociation`) : [];
      const ofFunctions = Object.keys(functions).flatMap((id) => [
        [`Guard${id}Function`, [`Guard${id}Role`, `Guard${id}RoleDefaultPolicy`, ...subnets]],
        ...(prod ? [[`Guard${id}FunctionCurrentVersion`, subnets]] : []),
      ]);
      // Whoever answers CloudFormation reaches it: made after the network, and deleted before.
      const inPlace = prod
        ? Object.entries(resources).flatMap(([id, { Type }]) =>
            /^Guard(Network)|^VpcRouteguard/.test(id) && Type.startsWith('AWS::EC2::') ? [id] : [],
          )
        : [];
      const read = ['GuardCommitKeyRole', 'GuardCommitKeyRoleDefaultPolicy', ...inPlace].toSorted();
      // Whoever publishes comes into service after everybody who decides.
      const deciding = ['Access', 'DecideHttp', 'Decide', 'Explain'].map((id) => `Guard${id}Live`);
      const { GuardHttpApiDeployment: methods, ...found } = each(({ DependsOn }) => DependsOn);
      expect(found).toEqual({
        ...Object.fromEntries(ofFunctions),
        GuardCommitPublicKey: read,
        GuardSealPublicKey: read,
        GuardStopFunction: [...deciding, 'GuardStopRole', 'GuardStopRoleDefaultPolicy', ...subnets],
        GuardStopFunctionCurrentVersion: [...deciding, ...subnets],
        // The hook asks the new version through the probe's alias.
        ...(stage !== 'dev' && {
          GuardDecideLive: ['GuardDecideProbe', 'GuardReleaseHookLive'],
          // No other alias moves before the hook and the canary of decide have passed.
          ...Object.fromEntries(DECIDERS.map((name) => [`Guard${name}Live`, ['GuardDecideLive']])),
        }),
        ...(!prod && {
          GuardHttpApiAccount: ['GuardHttpApi'],
          GuardHttpApiDeploymentStageguard: ['GuardHttpApiAccount'],
        }),
      });
      const { length } = ofType(resources, 'AWS::ApiGateway::Method');
      expect(methods?.filter((id) => resources[id]?.Type === 'AWS::ApiGateway::Method')).toHaveLength(length);
    });

    it('is in a network of its own in prod, and in none elsewhere', () => {
      const found = Object.entries(bags(...KINDS.network)).map(([id, { GroupId, ...rest }]) => [
        GroupId === undefined ? id : ruleOf(`${GroupId}`, rest),
        GroupId === undefined ? { GroupId, ...rest } : rest,
      ]);
      expect(Object.fromEntries(found)).toEqual(prod ? NETWORK : {});
    });
  },
);

describe('rule packs', () => {
  it('find nothing in any stage', () => {
    expect(report.violations).toEqual([]);
    expect(report.packs).toEqual(['AwsSolutions', 'NIST.800.53.R5', 'Serverless']);
  });

  it('are answered instead of obeyed in exactly these places, each because a pack finds something there', () => {
    const expected = synthesised.stages.flatMap(({ stage }) => acknowledgements(stage)).toSorted();
    expect(report.acknowledged.toSorted()).toEqual(expected);
    const answers = synthesised.stages.flatMap((each) => each.answered);
    expect(answers.toSorted()).toEqual([...expected, ...OF_CDK].toSorted());
  });

  // What is asked for wins over the stage, and leaves nothing to answer.
  it.each<[Stage, TrafficRoutingGuardProps, RegExp]>([
    [
      'prod',
      { httpAccess: 'none', release: 'none' },
      /Guard\/(Http|DecideHttp|Access|Explain|Registry|Stop|Jobs|Purge|Release|ReleaseHook)[/ ]/,
    ],
    ['dev', { webAclArn: 'arn', apiGatewayAccountRole: false }, /AssociatedWithWAF|APIG3|CloudWatchRole/],
  ])('are obeyed more often in %s with %j', (stage, props, obeyed) => {
    const { directory: assets, remove } = fixtureAssets();
    const app = new App({ outdir: join(assets, 'out'), context: cdkContext(), analyticsReporting: false });
    const found = answered(new GuardStack(app, stage, { assets, founderKeys: LOCAL_FOUNDERS, ...props }));
    remove();
    expect(found.toSorted()).toEqual(
      [...acknowledgements(stage), ...OF_CDK]
        .filter((each) => each.startsWith(`Routeguard-${stage}`) && !obeyed.test(each))
        .toSorted(),
    );
  });
});

describe('under AWS Control Tower’s proactive controls', () => {
  it('production complies with all but what is answered by name', async () => {
    const template = synthesised.stages.find(({ stage }) => stage === 'prod')?.template;
    if (template === undefined) throw new Error('no stage is called prod');
    expect(controls()).toBe(237);
    expect(await failing(template)).toEqual(CONTROL_TOWER.map(({ id }) => id).sort());
    for (const { reason } of CONTROL_TOWER) expect(reason.length).toBeGreaterThan(60);
  }, 300_000);

  it('what complies with none is found', async () => {
    const key = { Type: 'AWS::KMS::Key', Properties: { KeyPolicy: { Statement: [] } } };
    const bucket = { Type: 'AWS::S3::Bucket', Properties: {} };
    const table = { Type: 'AWS::DynamoDB::Table', Properties: { BillingMode: 'PAY_PER_REQUEST' } };
    const found = await failing({ Resources: { key, bucket, table } });
    expect(found).toEqual(expect.arrayContaining(['CT.DYNAMODB.PR.1', 'CT.KMS.PR.3', 'CT.S3.PR.1']));
  }, 300_000);
});
