/** Whether the account lets the template keep the concurrency it asks for. */
import { UNRESERVED } from '../../infra/capacity.ts';
import { isObject, resourcesOfType, wholeNumber } from '../../infra/local/template.ts';
import { type AwsCaller, unreadableAnswer } from './aws-caller.ts';
import { type CheckedAnswer, mustFix, ok } from './finding.ts';
import type { PlannedTemplate } from './planned-stack.ts';
import type { StackResource } from './stack-resources.ts';

const MORE =
  'ask for a quota that holds it (Service Quotas, AWS Lambda, "Concurrent executions", L-B99A9384: a young account may wait a day or more), or keep less (`reservedConcurrency`)';

/** Executions that the template takes out of what is shared: reserved, or provisioned for a function that reserves none. */
function executionsKept(template: PlannedTemplate): number {
  const reserving = new Map<string, number>();
  for (const [id, { Properties: properties = {} }] of resourcesOfType(template, 'AWS::Lambda::Function')) {
    const reserved = properties['ReservedConcurrentExecutions'];
    if (reserved !== undefined)
      reserving.set(id, wholeNumber(reserved, `${id} ReservedConcurrentExecutions`));
  }
  let provisioned = 0;
  for (const [id, { Properties: properties = {} }] of resourcesOfType(template, 'AWS::Lambda::Alias')) {
    const { FunctionName: named, ProvisionedConcurrencyConfig: config } = properties;
    const owner = isObject(named) ? String(named['Ref']) : '';
    if (isObject(config) && !reserving.has(owner))
      provisioned += wholeNumber(
        config['ProvisionedConcurrentExecutions'],
        `${id} ProvisionedConcurrentExecutions`,
      );
  }
  return [...reserving.values()].reduce((sum, each) => sum + each, provisioned);
}

/** What functions reserve now. A provisioned one that reserves nothing is taken for somebody else's: too much, never too little. */
async function reservedBy({ get }: AwsCaller, own: readonly StackResource[]): Promise<number> {
  let sum = 0;
  for (const { type, physicalId } of own) {
    if (type !== 'AWS::Lambda::Function') continue;
    const path = `/2019-09-30/functions/${physicalId}/concurrency`;
    const { ReservedConcurrentExecutions: reserved = 0 } = await get(
      'lambda',
      path,
      'GetFunctionConcurrency',
    );
    if (!isCount(reserved)) throw unreadableAnswer('lambda GetFunctionConcurrency');
    sum += reserved;
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
  const others = quota - unreserved - (await reservedBy(caller, own));
  if (others < 0) throw unreadableAnswer('lambda GetFunctionConcurrency');
  const needed = kept + UNRESERVED + others;
  const sum = `${kept} to keep, ${UNRESERVED} that an account must leave${others === 0 ? '' : `, ${others} that others keep`}`;
  if (quota >= needed) return [ok(`the quota of ${quota} holds ${needed}: ${sum}`)];
  return [mustFix(`the quota of ${quota} does not hold ${needed}: ${sum}`, MORE)];
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}
