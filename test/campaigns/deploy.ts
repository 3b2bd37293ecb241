/** `npm run campaign:deploy`: see the usage below. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { stages } from '../../infra/stage.ts';
import { stageTemplate } from '../infra/stage-template.ts';
import type { MutableTemplate } from '../infra/synthesised-guard.ts';
import { exitOf } from './exit.ts';
import { campaign, pythonPackages } from './tools.ts';

const VERSION = '5.2.5';
const USAGE = `npm run campaign:deploy

Every stage's template deployed to the CloudFormation of moto ${VERSION} (PyPI; needs Python 3.10), in a process of its own: the order
of what depends on what, references, policies as IAM reads them, and what the services then say is there. Lists what moto does
not make, by type; whatever refers to one of those finds a stand-in. Two broken templates must be caught.

Exits with 1 where something is refused, or not made without being listed here; 2 where it could not be run.`;

/** Types that moto ${VERSION} has no CloudFormation for, with what shows them instead. */
const NOT_MADE: Readonly<Record<string, string>> = {
  'AWS::ApiGateway::Account': 'test/infra; an account-wide setting',
  'AWS::ApiGateway::Model': 'the local run validates bodies by it (test/local)',
  'AWS::ApiGateway::RequestValidator': 'the local run (test/local)',
  'AWS::ApiGateway::Stage': 'cfn-lint, and test/infra/stages.test.ts',
  'AWS::CloudWatch::Alarm': 'test/infra/pages.test.ts, over histories of metrics',
  'AWS::CloudWatch::CompositeAlarm': 'test/infra/pages.test.ts',
  'AWS::CodeDeploy::Application': 'cfn-lint',
  'AWS::CodeDeploy::DeploymentGroup': 'cfn-lint; the hook is run by test/probe',
  'AWS::EC2::SecurityGroupEgress': 'the local run’s network (test/local/platform/vpc.test.ts)',
  'AWS::Lambda::Alias': 'made here by Lambda’s own call instead, without its release',
  'AWS::Lambda::EventInvokeConfig': 'cfn-lint, and test/infra/stages.test.ts',
  'AWS::Logs::MetricFilter': 'cfn-lint, and test/infra/stages.test.ts: patterns to the letter',
  'AWS::Logs::QueryDefinition': 'cfn-lint',
  'AWS::SNS::TopicPolicy': 'cfn-lint, and the rule packs of the synth',
  'Custom::RouteguardCommitPublicKey':
    'the local run makes it (test/local/custom-resources.test.ts); here its answer is given',
};

interface Deployed {
  readonly created: readonly (readonly [id: string, type: string])[];
  readonly failed: readonly (readonly [id: string, type: string, error: string])[];
  readonly unsupported: Readonly<Record<string, number>>;
  /** What ended the deployment as a whole. */
  readonly stack: string | null;
  readonly found: {
    readonly tables: readonly { readonly keys: readonly string[]; readonly protected: boolean | null }[];
    readonly functions: readonly {
      readonly runtime: string;
      readonly variables: Readonly<Record<string, unknown>>;
    }[];
    readonly endpoints: readonly string[];
    readonly roles: number;
  };
}

const PUBLIC_KEY = 'the answer of the custom resource';

function deploy(python: string, stack: string, template: MutableTemplate): Deployed {
  const assets = ofType(template, 'AWS::Lambda::Function').map(
    ({ Properties }) => (Properties['Code'] as { readonly S3Key: string }).S3Key,
  );
  const input = {
    template,
    stack,
    region: 'eu-west-2',
    assets,
    bootstrap: '21',
    answers: { PublicKey: PUBLIC_KEY },
  };
  const program = fileURLToPath(new URL('moto_deploy.py', import.meta.url));
  const { status, stdout, stderr } = spawnSync(python, [program], {
    input: JSON.stringify(input),
    encoding: 'utf8',
    maxBuffer: 64 << 20,
  });
  if (status !== 0) throw new Error(`moto failed: ${stderr.slice(-2000)}`);
  return JSON.parse(stdout);
}

function ofType(template: MutableTemplate, type: string) {
  return Object.values(template.Resources).filter(({ Type }) => Type === type);
}

/** What is wrong with a deployment. */
function wrongIn(
  stack: string,
  template: MutableTemplate,
  { created, failed, unsupported, stack: ended, found }: Deployed,
): readonly string[] {
  const wrong = failed.map(([id, type, error]) => `${stack}: ${id} (${type}) is refused: ${error}`);
  if (ended !== null) wrong.push(`${stack} is refused: ${ended}`);
  for (const type of Object.keys(unsupported))
    if (!Object.hasOwn(NOT_MADE, type))
      wrong.push(`${stack}: nothing makes ${type}, and nothing says what shows it instead`);
  const counted =
    created.length + failed.length + Object.values(unsupported).reduce((sum, each) => sum + each, 0);
  if (counted !== Object.keys(template.Resources).length)
    wrong.push(`${stack}: ${counted} resources were looked at, of ${Object.keys(template.Resources).length}`);
  if (found.tables.length !== 3 || found.tables.some((table) => table.protected !== true))
    wrong.push(`${stack}: there are not three tables that are protected from deletion`);
  const [functions, roles, endpoints] = [
    'AWS::Lambda::Function',
    'AWS::IAM::Role',
    'AWS::EC2::VPCEndpoint',
  ].map((type) => ofType(template, type).length);
  if (found.functions.length !== functions || found.roles !== roles || found.endpoints.length !== endpoints)
    wrong.push(`${stack}: functions, roles or endpoints are missing`);
  for (const { variables } of found.functions)
    for (const [name, value] of Object.entries(variables))
      if (typeof value !== 'string' || value.includes('Fn::'))
        wrong.push(`${stack}: the variable ${name} comes to ${JSON.stringify(value)}`);
  if (!found.functions.some(({ variables }) => variables['COMMIT_PUBLIC_KEYS'] === PUBLIC_KEY))
    wrong.push(`${stack}: no function has what the custom resource answered`);
  return wrong;
}

/** Templates that must be refused. */
const BROKEN: Readonly<Record<string, (template: MutableTemplate) => void>> = {
  'a policy about nothing': (template) => {
    const [policy] = ofType(template, 'AWS::IAM::Policy');
    const document = policy?.Properties['PolicyDocument'] as { Statement: Record<string, unknown>[] };
    for (const statement of document.Statement) delete statement['Resource'];
  },
  'a reference to nothing': (template) => {
    const [role] = ofType(template, 'AWS::Lambda::Function');
    if (role !== undefined) role.Properties['Role'] = { 'Fn::GetAtt': ['Nobody', 'Arn'] };
  },
};

async function main(): Promise<number> {
  const { help } = parseArgs({ options: { help: { type: 'boolean', default: false } } }).values;
  if (help) {
    console.info(USAGE);
    return 0;
  }
  const packages = [`moto[all]==${VERSION}`];
  const python = join(pythonPackages(`moto-${VERSION}`, packages), 'python');
  const failures: string[] = [];
  for (const stage of stages) {
    const template = stageTemplate(stage);
    const stack = `Routeguard-${stage}`;
    const deployed = deploy(python, stack, template);
    failures.push(...wrongIn(stack, template, deployed));
    console.info(
      `${stack}: ${deployed.created.length} of ${Object.keys(template.Resources).length} resources made`,
    );
    for (const [type, count] of Object.entries(deployed.unsupported).sort())
      console.info(`  ${count} ${type}: not made by moto; ${NOT_MADE[type] ?? 'NOT LISTED'}`);
  }
  for (const [what, breaks] of Object.entries(BROKEN)) {
    const template = stageTemplate('dev');
    breaks(template);
    const wrong = wrongIn(what, template, deploy(python, 'Broken', template));
    if (wrong.length === 0) failures.push(`${what} was not caught`);
    else console.info(`caught: ${wrong[0]?.slice(0, 160)}`);
  }
  for (const failure of failures) console.error(`FAILED: ${failure}`);
  console.info(failures.length === 0 ? `moto ${VERSION} refuses nothing.` : `${failures.length} failures.`);
  return exitOf(failures);
}

process.exitCode = await campaign(main);
