/** Whether the account lets the template keep the concurrency it asks for. */
import { UNRESERVED } from '../../infra/capacity.ts';
import { isObject, object, resourcesOfType, wholeNumber } from '../../infra/local/template.ts';
import { AwsCallError, type AwsCaller, unreadableAnswer } from './aws-caller.ts';
import { type CheckedAnswer, couldNotAsk, mustFix, ok } from './finding.ts';
import { orGone } from './live-functions.ts';
import type { PlannedTemplate } from './planned-stack.ts';
import type { StackResource } from './stack-resources.ts';

const MORE =
  'ask for a quota that holds it (Service Quotas, AWS Lambda, "Concurrent executions", L-B99A9384: a young account may wait a day or more), or keep less (`reservedConcurrency`)';

/** What may have executions kept warm for it: a version, or an alias, by the name of its function. */
const PROVISIONING = ['AWS::Lambda::Alias', 'AWS::Lambda::Version'] as const;

/** Executions that the template takes out of what is shared: reserved, or provisioned for a function that reserves none. */
function executionsKept(template: PlannedTemplate): number {
  const reserving = new Map<string, number>();
  for (const [id, { Properties: properties = {} }] of resourcesOfType(template, 'AWS::Lambda::Function')) {
    const reserved = properties['ReservedConcurrentExecutions'];
    if (reserved !== undefined)
      reserving.set(id, wholeNumber(reserved, `${id} ReservedConcurrentExecutions`));
  }
  let provisioned = 0;
  for (const [id, { Properties: properties = {} }] of PROVISIONING.flatMap((type) =>
    resourcesOfType(template, type),
  )) {
    const { FunctionName: named, ProvisionedConcurrencyConfig: config } = properties;
    const owner = isObject(named) ? String(named['Ref']) : '';
    if (config !== undefined && !reserving.has(owner))
      provisioned += wholeNumber(
        object(config, `${id} ProvisionedConcurrencyConfig`)['ProvisionedConcurrentExecutions'],
        `${id} ProvisionedConcurrentExecutions`,
      );
  }
  return [...reserving.values()].reduce((sum, each) => sum + each, provisioned);
}

interface KeptNow {
  /** Executions that its functions reserve. */
  readonly reserved: number;
  /** Names of those that reserve none. */
  readonly without: ReadonlySet<string>;
}

async function keptBy({ get }: AwsCaller, own: readonly StackResource[]): Promise<KeptNow> {
  let sum = 0;
  const without = new Set<string>();
  for (const { type, physicalId } of own) {
    if (type !== 'AWS::Lambda::Function' || physicalId === '') continue;
    const path = `/2019-09-30/functions/${physicalId}/concurrency`;
    const answer = await orGone(get('lambda', path, 'GetFunctionConcurrency'));
    if (answer === undefined) continue;
    const { ReservedConcurrentExecutions: reserved } = answer;
    if (reserved === undefined) without.add(physicalId);
    else if (!isCount(reserved)) throw unreadableAnswer('lambda GetFunctionConcurrency');
    else sum += reserved;
  }
  return { reserved: sum, without };
}

/** Executions that its functions keep warm without a reserve to take them from. */
async function provisionedBy(
  { get }: AwsCaller,
  own: readonly StackResource[],
  without: ReadonlySet<string>,
): Promise<number> {
  let sum = 0;
  for (const { type, physicalId } of own) {
    if (!PROVISIONING.some((each) => each === type)) continue;
    // The ARN of an alias or a version: …:function:NAME:QUALIFIER.
    const [qualifier = '', name = ''] = physicalId.split(':').toReversed();
    if (!without.has(name)) continue;
    const path = `/2019-09-30/functions/${name}/provisioned-concurrency?Qualifier=${qualifier}`;
    try {
      const { RequestedProvisionedConcurrentExecutions: asked } = await get(
        'lambda',
        path,
        'GetProvisionedConcurrencyConfig',
      );
      if (!isCount(asked)) throw unreadableAnswer('lambda GetProvisionedConcurrencyConfig');
      sum += asked;
    } catch (error) {
      if (!(error instanceof AwsCallError && error.code === 'ProvisionedConcurrencyConfigNotFoundException'))
        throw error;
    }
  }
  return sum;
}

/** @param own what is the stack's already: what it keeps is among what is kept */
export async function concurrencyCheck(
  caller: AwsCaller,
  template: PlannedTemplate,
  own: readonly StackResource[],
): Promise<readonly CheckedAnswer[]> {
  const kept = executionsKept(template);
  const { AccountLimit: limit } = await caller.get(
    'lambda',
    '/2016-08-19/account-settings',
    'GetAccountSettings',
  );
  if (!isObject(limit)) throw unreadableAnswer('lambda GetAccountSettings');
  const quota = limit['ConcurrentExecutions'];
  const unreserved = limit['UnreservedConcurrentExecutions'];
  if (!isCount(quota) || !isCount(unreserved) || unreserved > quota)
    throw unreadableAnswer('lambda GetAccountSettings');
  if (kept === 0)
    return [
      ok(
        `nothing is kept of a quota of ${quota}: whatever runs in the account can starve the guard, its stop too (docs/deploy.md)`,
      ),
    ];
  const { reserved, without } = await keptBy(caller, own);
  const others = quota - unreserved - reserved;
  if (others < 0) throw unreadableAnswer('lambda GetFunctionConcurrency');
  const needed = kept + UNRESERVED + others;
  const sum = `${kept} to keep, ${UNRESERVED} that an account must leave${others === 0 ? '' : `, ${others} that others keep`}`;
  if (quota >= needed) return [ok(`the quota of ${quota} holds ${needed}: ${sum}`)];
  // By its documentation what is left counts down by what is reserved, and nothing is said of what is provisioned without that:
  // https://docs.aws.amazon.com/lambda/latest/api/API_AccountLimit.html, read 2026-11-30.
  const warm = Math.min(others, await provisionedBy(caller, own, without));
  if (warm > 0 && quota >= needed - warm)
    return [
      couldNotAsk(
        `the quota of ${quota} holds ${needed - warm} and not ${needed}, and whether the ${warm} that this stack provisions now are among the ${others} that seem to be others’, Lambda does not say: ${sum}`,
        `compare with the account’s ClaimedAccountConcurrency (CloudWatch, AWS/Lambda), or ${MORE}`,
      ),
    ];
  return [mustFix(`the quota of ${quota} does not hold ${needed}: ${sum}`, MORE)];
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}
