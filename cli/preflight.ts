/** `routeguard preflight`: whether an account is ready for a deployment, and what to do where it is not. */
import { Command } from 'commander';
import { suggesting } from '../functions/core/nearest.ts';
import { stages } from '../infra/stage.ts';
import { EXIT } from './exit.ts';
import { awsCaller } from './preflight/aws-caller.ts';
import type { PreflightFinding, PreflightOutcome } from './preflight/finding.ts';
import { lookBefore } from './preflight/look.ts';
import { type PlannedStack, readPlanned, synthesisePlanned } from './preflight/planned-stack.ts';
import { note, sayJson, sayWrapped } from './terminal.ts';
import { UsageError } from './usage-error.ts';
import { type WhichGuard, withAwsPlace } from './which-guard.ts';

interface PreflightCommandOptions extends WhichGuard {
  readonly stage?: string;
  readonly stack?: string;
  readonly founderKeys?: string;
  readonly context?: readonly string[];
  readonly leftOnPurpose?: true;
  readonly json?: true;
}

const WORDS: Readonly<Record<PreflightOutcome, string>> = {
  'must-fix': 'MUST BE FIXED',
  'could-not-ask': 'COULD NOT BE ASKED',
  ok: 'OK',
};

/** What no call tells beforehand. */
const NOT_ASKED =
  'Not asked, because no call tells it: whether Lambda has the template’s runtime and architecture here, whether policies of the organisation (SCPs) or a permissions boundary forbid what the deployment does, and keys that an earlier stack left. CloudFormation says these.';

function planned(
  where: string | undefined,
  options: PreflightCommandOptions,
): Promise<PlannedStack> | PlannedStack {
  const { context = [] } = options;
  if (options.stage === undefined) {
    if (context.length > 0)
      throw new UsageError(
        '-c goes into the synthesis of a --stage: a template that is there has had its own',
      );
    return readPlanned(where ?? 'cdk.out', options.stack);
  }
  if (where !== undefined || options.stack !== undefined)
    throw new UsageError('--stage synthesises that stage itself: leave out the folder and --stack');
  const stage = stages.find((each) => each === options.stage);
  if (stage === undefined)
    throw new UsageError(suggesting(`--stage is one of ${stages.join(', ')}`, options.stage, stages));
  for (const each of context) checkContext(each, options.founderKeys);
  note(`routeguard: synthesising ${stage}, as cdk deploy does`);
  return synthesisePlanned(stage, options.founderKeys, context);
}

/** What is malformed `cdk` would take for something else; what is said twice would be one of two. */
function checkContext(each: string, founderKeys: string | undefined): void {
  const [, name] = /^([^=]+)=./.exec(each) ?? [];
  if (name === undefined) throw new UsageError(`-c takes KEY=VALUE, and not ${each}`);
  if (name === 'stage' || (name === 'founderKeys' && founderKeys !== undefined))
    throw new UsageError(`-c ${name}=… is said already: --${name === 'stage' ? name : 'founder-keys'}`);
}

/** What is to be done stands first. */
const SHOWN: readonly PreflightOutcome[] = ['must-fix', 'could-not-ask', 'ok'];

function inWords(findings: readonly PreflightFinding[]): readonly string[] {
  return SHOWN.flatMap((shown) => {
    const those = findings.filter(({ outcome }) => outcome === shown);
    const lines = those.flatMap(({ check, says, todo }) => [
      `  ${check}: ${says}`,
      ...(todo === null ? [] : [`    → ${todo}`]),
    ]);
    return those.length === 0 ? [] : [WORDS[shown], ...lines];
  });
}

function worstOf(findings: readonly PreflightFinding[]): PreflightOutcome {
  const has = (outcome: PreflightOutcome) => findings.some((each) => each.outcome === outcome);
  if (has('must-fix')) return 'must-fix';
  return findings.length > 0 && !has('could-not-ask') ? 'ok' : 'could-not-ask';
}

function exitCodeOf(outcome: PreflightOutcome): number {
  switch (outcome) {
    case 'ok':
      return 0;
    case 'must-fix':
      return EXIT.failed;
    case 'could-not-ask':
      return EXIT.unavailable;
    default:
      return unknownOutcome(outcome);
  }
}

function unknownOutcome(outcome: never): never {
  throw new Error(`no exit code for ${String(outcome)}`);
}

export function preflightCommand(): Command {
  const command = new Command('preflight')
    .description(
      'looks whether an AWS account is ready for a deployment, by read-only calls, before cdk deploy',
    )
    .argument('[where]', 'the folder that cdk synth wrote, or a template (default cdk.out)')
    .option('--stage <stage>', `synthesise this stage of the app instead: ${stages.join(', ')}`)
    .option('--stack <name>', 'which stack of the folder; or what the stack of a template will be called')
    .option('--founder-keys <keys>', 'public keys of the founders, as the deployment will be given them')
    .option(
      '-c, --context <key=value>',
      'with --stage: context as cdk deploy will be given it (again for another)',
      (each: string, before: readonly string[] | undefined) => [...(before ?? []), each],
    )
    .option('--left-on-purpose', 'tables and log groups that an earlier stack of that name left may stay')
    .option('--json', 'print the findings as JSON')
    .addHelpText(
      'after',
      `
Everything it looks for comes from the template: the concurrency it keeps against the account's quota, the role with which
API Gateway writes logs, the version of CDK's bootstrap stack, endpoints and their zones, whether the Region offers every
type and property, names that must be free, quotas of the network, what an earlier deployment left, the founders, whether tables
that it adopts are there and the registry in them opens for these founders and keys, whether it goes on believing whom the functions
that are there believe and with the history that they have, and of a standby the tables and the key of the first Region.

Give --stage the same -c KEY=VALUE as cdk deploy (adoptState, commitPublicKeys, standbyOf …), or put them into cdk.context.json, which
both read: without them it looks at another template.

Exit code 0 where all is well, 1 where something must be fixed, 4 where nothing must but something could not be asked (which
is never taken for well), 2 usage.

It calls, and changes nothing: sts:GetCallerIdentity, cloudformation:DescribeStacks, ListStackResources,
DescribeStackResources, DescribeType and GetResource (with the
right to read what the template names, as cloudwatch:DescribeAlarms), lambda:GetAccountSettings, GetFunctionConfiguration,
GetFunctionConcurrency and GetProvisionedConcurrencyConfig, kms:GetPublicKey of the signing key, apigateway:GET on /account,
ssm:GetParameter, ec2:DescribeVpcEndpointServices, DescribeAvailabilityZones, DescribeSubnets, DescribeVpcs,
DescribeVpcEndpoints and DescribeAddresses, servicequotas:GetServiceQuota and GetAWSDefaultServiceQuota, dynamodb:ListTables,
DescribeTable, GetItem, BatchGetItem and Query of what the template adopts, and of the tables that it goes from
(kms:Decrypt with their key), logs:DescribeLogGroups; of a standby dynamodb:DescribeTable and kms:DescribeKey in the first Region. AWS_ENDPOINT_URL, where it is set, is asked instead of AWS.

Example:
  routeguard preflight --stage prod --founder-keys MCow…,MCow… --region eu-west-2
  routeguard preflight --stage prod -c founderKeys=MCow…,MCow… -c release=none -c adoptState=NAME`,
    )
    .action(async (where: string | undefined, options: PreflightCommandOptions) => {
      const caller = await awsCaller(options);
      const stack = await planned(where, options);
      const findings = await lookBefore(caller, stack, {
        founderKeys: options.founderKeys,
        leftOnPurpose: options.leftOnPurpose === true,
        elsewhere: (region) => awsCaller({ ...options, region }),
        tell: (line) => note(`routeguard: ${line}`),
      });
      const outcome = worstOf(findings);
      const count = (wanted: PreflightOutcome) => findings.filter((each) => each.outcome === wanted).length;
      if (options.json === true)
        sayJson({ stack: stack.name, region: caller.region, outcome, findings, notAsked: NOT_ASKED }, 2);
      else
        sayWrapped([
          `${stack.name} in ${caller.region}:`,
          ...inWords(findings),
          `${count('ok')} ok, ${count('must-fix')} to be fixed, ${count('could-not-ask')} could not be asked. ${NOT_ASKED}`,
        ]);
      process.exitCode = exitCodeOf(outcome);
    });
  return withAwsPlace(command);
}
