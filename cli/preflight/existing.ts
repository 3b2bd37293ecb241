/** What is in the account already: the stack itself, names that it would take, and what a deployment that failed has left. */
import type { Names } from '../../infra/local/intrinsics.ts';
import { isObject, list } from '../../infra/local/template.ts';
import { listAt, nodeAt, textAt } from './answer-xml.ts';
import { AwsCallError, type AwsCaller, unreadableAnswer } from './aws-caller.ts';
import { type CheckedAnswer, mustFix, ok } from './finding.ts';
import type { PlannedStack } from './planned-stack.ts';
import { knownValue, type RegionTypes } from './region-types.ts';

/** The status of the stack; undefined where there is none. */
export async function stackStatus({ form }: AwsCaller, name: string): Promise<string | undefined> {
  try {
    const answer = await form('cloudformation', 'DescribeStacks', { StackName: name });
    const [stack] = listAt(answer, 'DescribeStacksResult', 'Stacks') ?? [];
    const status = textAt(stack, 'StackStatus');
    if (status === undefined) throw unreadableAnswer('cloudformation DescribeStacks');
    return status;
  } catch (error) {
    // The same code tells of other mistakes, too.
    if (
      error instanceof AwsCallError &&
      error.code === 'ValidationError' &&
      error.said.endsWith('does not exist')
    )
      return undefined;
    throw error;
  }
}

/** Whether something is deployed under that name that a deployment would change. */
export function isDeployed(status: string | undefined): boolean {
  return (
    status !== undefined && /^(?:CREATE|UPDATE|UPDATE_ROLLBACK|IMPORT|IMPORT_ROLLBACK)_COMPLETE$/.test(status)
  );
}

export function stackCheck(name: string, status: string | undefined): readonly CheckedAnswer[] {
  if (status === undefined) return [ok(`there is no stack ${name} yet`)];
  if (isDeployed(status)) return [ok(`${name} is there (${status}): a deployment changes it`)];
  if (status.endsWith('_IN_PROGRESS') && status !== 'REVIEW_IN_PROGRESS')
    return [mustFix(`${name} is being worked on (${status})`, 'wait until that has ended, and run it again')];
  const todo =
    status === 'UPDATE_ROLLBACK_FAILED'
      ? `\`aws cloudformation continue-update-rollback --stack-name ${name}\``
      : `read why in its events, then \`aws cloudformation delete-stack --stack-name ${name}\` (termination protection off first)`;
  return [mustFix(`${name} is left over from a deployment that failed (${status})`, todo)];
}

/** Tables and log groups that bear the stack's name without a stack that they belong to. */
export async function leftoverCheck(
  { post }: AwsCaller,
  name: string,
  status: string | undefined,
  onPurpose: boolean,
): Promise<readonly CheckedAnswer[]> {
  if (isDeployed(status)) return [ok('what bears the stack’s name is its own')];
  const prefix = `${name}-`;
  const tables: string[] = [];
  let start: unknown;
  do {
    const page = await post(
      'dynamodb',
      'ListTables',
      start === undefined ? {} : { ExclusiveStartTableName: start },
    );
    if (!Array.isArray(page['TableNames'])) throw unreadableAnswer('dynamodb ListTables');
    tables.push(...page['TableNames'].map(String).filter((table) => table.startsWith(prefix)));
    start = page['LastEvaluatedTableName'];
  } while (start !== undefined);
  const groups = await logGroups(post, prefix);
  const found = [...tables.map((table) => `table ${table}`), ...groups.map((group) => `log group ${group}`)];
  if (found.length === 0)
    return [ok('no table and no log group is left over from an earlier stack of that name')];
  const said = `there is no such stack, and of one there was are left: ${found.join(', ')}`;
  if (onPurpose) return [ok(`${said}; on purpose`)];
  return [
    mustFix(
      said,
      'a new stack makes others and knows nothing of these: if a registry is in them, see docs/recovery.md; if nothing is, take off the tables’ deletion protection and delete them; if they shall stay, --left-on-purpose',
    ),
  ];
}

async function logGroups(post: AwsCaller['post'], prefix: string): Promise<readonly string[]> {
  const found: string[] = [];
  let token: unknown;
  do {
    const page = await post('logs', 'DescribeLogGroups', {
      logGroupNamePrefix: prefix,
      ...(token !== undefined && { nextToken: token }),
    });
    if (!Array.isArray(page['logGroups'])) throw unreadableAnswer('logs DescribeLogGroups');
    found.push(...page['logGroups'].map((each) => (isObject(each) ? String(each['logGroupName']) : '')));
    token = page['nextToken'];
  } while (token !== undefined);
  return found;
}

/** What the template names itself, where a name is all that tells one from another: it must be free. */
export async function namesCheck(
  { post }: AwsCaller,
  { template }: PlannedStack,
  types: RegionTypes,
  names: Names,
  status: string | undefined,
): Promise<readonly CheckedAnswer[]> {
  const taken: CheckedAnswer[] = [];
  let asked = 0;
  if (isDeployed(status)) return [ok('the names are the stack’s own')];
  for (const [id, { Type: type, Properties: properties = {} }] of Object.entries(template.Resources)) {
    const identifier = list(types.get(type)?.['primaryIdentifier'] ?? [], 'primaryIdentifier');
    const [pointer] = identifier;
    const said =
      identifier.length === 1 ? properties[String(pointer).replace('/properties/', '')] : undefined;
    const name = said === undefined ? undefined : knownValue(said, names);
    if (typeof name !== 'string') continue;
    asked += 1;
    if (await isTaken(post, type, name))
      taken.push(
        mustFix(
          `there is a ${type} called ${name} already, which the stack would make (${id})`,
          'delete or rename that one',
        ),
      );
  }
  return taken.length > 0 ? taken : [ok(`the ${asked} names that the template gives are free`)];
}

async function isTaken(post: AwsCaller['post'], type: string, name: string): Promise<boolean> {
  try {
    await post('cloudcontrolapi', 'GetResource', { TypeName: type, Identifier: name });
    return true;
  } catch (error) {
    if (error instanceof AwsCallError && error.code === 'ResourceNotFoundException') return false;
    throw error;
  }
}

/** Who asks. */
export async function callerIdentity({
  form,
}: AwsCaller): Promise<{ readonly account: string; readonly arn: string; readonly partition: string }> {
  const answer = nodeAt(await form('sts', 'GetCallerIdentity'), 'GetCallerIdentityResult');
  const [account, arn] = [textAt(answer, 'Account'), textAt(answer, 'Arn') ?? ''];
  const [, partition] = /^arn:([a-z-]+):/.exec(arn) ?? [];
  if (account === undefined || !/^\d{12}$/.test(account) || partition === undefined)
    throw unreadableAnswer('sts GetCallerIdentity');
  return { account, arn, partition };
}
