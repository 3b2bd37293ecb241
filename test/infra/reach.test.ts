/** Every function reaches what it calls, in every stage and in an isolated network of a user's own. */
import { aws_ec2 as ec2, type Stack } from 'aws-cdk-lib';
import { describe, expect, it } from 'vitest';
import { AWS_SERVICES, type ServiceName } from '../../infra/aws-services.ts';
import { functionSpec, functions } from '../../infra/functions.ts';
import { FUNCTION_METADATA } from '../../infra/guard-function.ts';
import { localNames } from '../../infra/local/names.ts';
import { wayTo } from '../../infra/local/platform/vpc.ts';
import { list, object, resourcesOfType, type Template } from '../../infra/local/template.ts';
import { stages } from '../../infra/stage.ts';
import { stageTemplate } from './stage-template.ts';
import { synthesiseGuard } from './synthesised-guard.ts';

const isolated = (stack: Stack) =>
  new ec2.Vpc(stack, 'Vpc', {
    restrictDefaultSecurityGroup: false,
    subnetConfiguration: [{ name: 'in', subnetType: ec2.SubnetType.PRIVATE_ISOLATED }],
  }) as ec2.IVpc;

const TEMPLATES: readonly (readonly [what: string, template: Template])[] = [
  ...stages.map((stage) => [stage, stageTemplate(stage) as Template] as const),
  [
    'an isolated network',
    synthesiseGuard((stack) => ({ vpc: isolated(stack) }), undefined, false) as Template,
  ],
  [
    'an isolated network, a private API, canaries',
    synthesiseGuard(
      (stack) => ({ vpc: isolated(stack), httpAccess: 'private', release: 'canary' }),
      undefined,
      false,
    ) as Template,
  ],
  [
    'an isolated network without monitoring or API',
    synthesiseGuard(
      (stack) => ({ vpc: isolated(stack), httpAccess: 'none', monitoring: false }),
      undefined,
      false,
    ) as Template,
  ],
];

interface Found {
  readonly name: string;
  readonly properties: Readonly<Record<string, unknown>>;
  readonly calls: readonly ServiceName[];
}

/** Only a probe that can reach the API rehearses a stop there. */
function rehearses(properties: object | undefined): boolean {
  return JSON.stringify(properties ?? {}).includes('STOP_REHEARSAL_URL');
}

function functionsOf(template: Template): readonly Found[] {
  return resourcesOfType(template, 'AWS::Lambda::Function').map(([id, { Metadata, Properties }]) => {
    const { name } = object(Metadata?.[FUNCTION_METADATA], id);
    const spec = functions.find((each) => each.name === name);
    return {
      name: String(name),
      properties: Properties ?? {},
      calls: (spec?.calls ?? []).filter((each) => each !== 'execute-api' || rehearses(Properties)),
    };
  });
}

/** What Lambda itself does with a role, from outside the network of the function. */
const PLATFORMS = ['ec2', 'logs'];

/** Actions that a role is allowed, by service. What a key does for DynamoDB is asked by DynamoDB. */
function allowedTo(template: Template, { properties }: Found): ReadonlyMap<string, ReadonlySet<string>> {
  const [role] = object(properties['Role'], 'Role')['Fn::GetAtt'] as readonly string[];
  const found = new Map<string, Set<string>>();
  for (const [, { Properties }] of resourcesOfType(template, 'AWS::IAM::Policy')) {
    if (!JSON.stringify(Properties?.['Roles']).includes(`"${role}"`)) continue;
    for (const each of list(object(Properties?.['PolicyDocument'], 'policy')['Statement'], 'Statement')) {
      const { Effect, Action, Condition } = object(each, 'statement');
      if (Effect !== 'Allow' || JSON.stringify(Condition ?? {}).includes('kms:ViaService')) continue;
      for (const action of [Action].flat().map(String)) {
        const service = action.split(':', 1)[0] ?? '';
        if (PLATFORMS.includes(service)) continue;
        found.set(service, (found.get(service) ?? new Set()).add(action));
      }
    }
  }
  return found;
}

describe.each(TEMPLATES)('%s', (_what, template) => {
  const all = functionsOf(template);

  it.each(all)('$name reaches what it calls', ({ properties, calls }) => {
    const names = localNames('Test', template);
    const shut = calls.map((service) => [service, wayTo(service, properties, template, names)] as const);
    expect(shut.filter(([, way]) => !way.open)).toEqual([]);
  });

  it.each(all)(
    '$name calls what its role is allowed to, and CloudFormation’s bucket without a role',
    (found) => {
      const calls = found.calls.filter((service) => service !== 's3');
      expect([...allowedTo(template, found).keys()].sort()).toEqual(calls);
    },
  );

  it.each(all)('$name may do through each endpoint what its role may', (found) => {
    const names = localNames('Test', template);
    for (const [service, actions] of allowedTo(template, found)) {
      const way = wayTo(service as ServiceName, found.properties, template, names);
      if (!way.open || way.policy === undefined) continue;
      const passing = list(object(way.policy, 'policy')['Statement'], 'Statement').flatMap((each) =>
        [object(each, 'statement')['Action']].flat().map(String),
      );
      expect(
        [...actions].filter((action) => !passing.includes(action)),
        service,
      ).toEqual([]);
    }
  });
});

it('whoever answers CloudFormation calls its bucket', () => {
  const answering = functions.filter(({ door }) => door === 'deployment').map(({ name }) => name);
  expect(answering).toEqual(['commit-key']);
  for (const name of answering) expect(functionSpec(name).calls).toContain('s3');
});

it('services are at the names that AWS gives them', () => {
  const hosts = Object.values(AWS_SERVICES).flatMap((service) => service.hosts('eu-west-2', 'amazonaws.com'));
  expect(hosts).toEqual([
    'codedeploy.eu-west-2.amazonaws.com',
    'dynamodb.eu-west-2.amazonaws.com',
    '*.execute-api.eu-west-2.amazonaws.com',
    'kms.eu-west-2.amazonaws.com',
    'lambda.eu-west-2.amazonaws.com',
    '*.s3.eu-west-2.amazonaws.com',
    '*.s3.amazonaws.com',
  ]);
});

/** Every resource that one waits for, by whatever it refers to or depends on. */
function waitsFor(template: Template, id: string, seen = new Set<string>()): ReadonlySet<string> {
  const text = JSON.stringify(template.Resources[id] ?? {});
  const named = text.matchAll(/"(?:Ref|Fn::GetAtt)":\[?"([A-Za-z0-9]+)"|"([A-Za-z0-9]+)"/g);
  for (const [, reference, word] of named) {
    const other = reference ?? word ?? '';
    if (other === id || seen.has(other) || template.Resources[other] === undefined) continue;
    seen.add(other);
    waitsFor(template, other, seen);
  }
  return seen;
}

it.each(TEMPLATES)(
  '%s: whoever answers CloudFormation does so when its network is there',
  (_what, template) => {
    const ways = resourcesOfType(template, 'AWS::EC2::VPCEndpoint')
      .map(([id, { Properties }]) => [id, JSON.stringify(Properties?.['ServiceName'])] as const)
      .filter(([, name]) => /\.(?:s3|kms)"/.test(name))
      .map(([id]) => id);
    const asked = resourcesOfType(template, 'Custom::RouteguardCommitPublicKey').map(([id]) => id);
    expect(asked.length).toBeGreaterThan(0);
    for (const id of asked) expect([...waitsFor(template, id)]).toEqual(expect.arrayContaining(ways));
  },
);

it('who stops something comes into service after everybody who decides', () => {
  const template = stageTemplate('prod') as Template;
  const [stop] = resourcesOfType(template, 'AWS::Lambda::Function').find(
    ([, { Metadata }]) => object(Metadata?.[FUNCTION_METADATA], 'function')['name'] === 'stop',
  ) ?? [''];
  const before = [...waitsFor(template, stop)].filter((id) =>
    /^Guard(Decide|DecideHttp|Access|Explain)Live/.test(id),
  );
  expect(before).toHaveLength(4);
});
