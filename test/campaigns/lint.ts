/** `npm run campaign:lint`: see the usage below. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Duration, aws_ec2 as ec2, aws_iam as iam, aws_kms as kms } from 'aws-cdk-lib';
import { stages } from '../../infra/stage.ts';
import { stageTemplate } from '../infra/stage-template.ts';
import { type MutableTemplate, synthesiseGuard } from '../infra/synthesised-guard.ts';
import { exitOf } from './exit.ts';
import { campaign, pythonPackages } from './tools.ts';

const VERSION = '1.58.0';
const USAGE = `npm run campaign:lint

cfn-lint ${VERSION} (PyPI; needs Python 3.10) over the template of every stage and of guards that are made otherwise, with the types
of several Regions. What it finds and is answered instead of obeyed is named here, with the reason; anything else is a finding,
and so is an answer to nothing.

Exits with 1 where something is found that is not named, 2 where it could not be run.`;

/** Where types and properties are looked for: two of the oldest Regions, a newer one, and another partition. */
const REGIONS = ['us-east-1', 'eu-west-2', 'ap-southeast-4', 'us-gov-west-1'];

/** Answered: the rule, what it says, and why that is left so. */
const ANSWERED: readonly { readonly rule: string; readonly says: RegExp; readonly why: string }[] = [
  {
    rule: 'W3005',
    says: /^'Guard\w+(?:Role|Live)\w+' dependency already enforced by a '(?:GetAtt|Ref)'/,
    why: 'the CDK says DependsOn of a role with its policy, and of whoever serves before who calls, though a reference says it too: that it is said twice changes nothing',
  },
];

/** Guards as an app of one's own makes them. */
const VARIANTS: Readonly<Record<string, () => MutableTemplate>> = {
  'no HTTP, no monitoring': () => unheld({ httpAccess: 'none', monitoring: false }),
  'copies of HEAD, concurrency kept, canary': () =>
    unheld({
      headCopies: 16,
      reservedConcurrency: 20,
      provisionedConcurrency: 2,
      release: 'canary',
      lease: Duration.seconds(7),
    }),
  'an account’s VPC and endpoints, FIPS, a key, roles and a boundary of one’s own': () =>
    synthesiseGuard(
      (stack) => ({
        vpc: ec2.Vpc.fromVpcAttributes(stack, 'Own', {
          vpcId: 'vpc-0123456789abcdef0',
          vpcCidrBlock: '10.0.0.0/16',
          availabilityZones: ['eu-west-2a', 'eu-west-2b'],
          isolatedSubnetIds: ['subnet-0123456789abcdef0', 'subnet-0123456789abcdef1'],
          isolatedSubnetRouteTableIds: ['rtb-0123456789abcdef0', 'rtb-0123456789abcdef1'],
        }),
        endpoints: 'existing',
        fips: true,
        encryptionKey: new kms.Key(stack, 'Key'),
        permissionsBoundary: iam.ManagedPolicy.fromManagedPolicyName(stack, 'Boundary', 'boundary'),
        callers: ['123456789012'],
      }),
      undefined,
      false,
    ),
};

function unheld(props: Parameters<typeof synthesiseGuard>[0]): MutableTemplate {
  return synthesiseGuard(props, undefined, false);
}

/** https://github.com/aws-cloudformation/cfn-lint, as `--format json` prints it. */
interface LintMatch {
  readonly Rule: { readonly Id: string };
  readonly Level: string;
  readonly Message: string;
  readonly Location: { readonly Path?: readonly (string | number)[] | null };
}

function matches(program: string, file: string): readonly LintMatch[] {
  const { stdout, stderr, status } = spawnSync(program, [file, '--format', 'json', '--regions', ...REGIONS], {
    encoding: 'utf8',
    maxBuffer: 64 << 20,
  });
  // Its status is a sum of bits, one for each level that was found; 1 is its own failure.
  if (status === null || status === 1) throw new Error(`cfn-lint failed: ${stderr}`);
  return JSON.parse(stdout);
}

async function main(): Promise<number> {
  const { help } = parseArgs({ options: { help: { type: 'boolean', default: false } } }).values;
  if (help) {
    console.info(USAGE);
    return 0;
  }
  const program = join(pythonPackages(`cfn-lint-${VERSION}`, [`cfn-lint==${VERSION}`]), 'cfn-lint');
  const folder = mkdtempSync(join(tmpdir(), 'routeguard-lint-'));
  const failures: string[] = [];
  const answered = new Map<(typeof ANSWERED)[number], number>();
  try {
    const templates = [
      ...stages.map((stage) => [stage, () => stageTemplate(stage)] as const),
      ...Object.entries(VARIANTS),
    ];
    for (const [what, make] of templates) {
      const template = make();
      const file = join(folder, 'template.json');
      writeFileSync(file, JSON.stringify(template));
      const found = matches(program, file);
      for (const { Rule, Message, Location } of found) {
        const answer = ANSWERED.find(({ rule, says }) => rule === Rule.Id && says.test(Message));
        if (answer !== undefined) answered.set(answer, (answered.get(answer) ?? 0) + 1);
        else failures.push(`${what}: ${Rule.Id} ${Message} (${(Location.Path ?? []).slice(0, 4).join('/')})`);
      }
      console.info(`${what}: ${Object.keys(template.Resources).length} resources, ${found.length} matches`);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  for (const answer of ANSWERED) {
    const times = answered.get(answer) ?? 0;
    if (times === 0) failures.push(`${answer.rule} is answered, and nothing finds it`);
    else console.info(`answered ${times} times: ${answer.rule}, because ${answer.why}`);
  }
  for (const failure of failures) console.error(`FAILED: ${failure}`);
  console.info(
    failures.length === 0 ? `cfn-lint ${VERSION} finds nothing else.` : `${failures.length} findings.`,
  );
  return exitOf(failures);
}

process.exitCode = await campaign(main);
