/** What is in the account already: the stack itself, names that it would take, and what a deployment that failed has left. */
import type { Names } from '../../infra/local/intrinsics.ts';
import { isObject, list } from '../../infra/local/template.ts';
import { listAt, nodeAt, textAt } from './answer-xml.ts';
import { AwsCallError, type AwsCaller, unreadableAnswer } from './aws-caller.ts';
import { type CheckedAnswer, checked, couldNotAsk, mustFix, ok } from './finding.ts';
import { everyPage } from './pages.ts';
import type { PlannedStack } from './planned-stack.ts';
import { knownValue, type RegionTypes } from './region-types.ts';
import { type StackResource, stackOwning } from './stack-resources.ts';
import type { StackStanding } from './stack-standing.ts';

/** The status of the stack; undefined where there is none. */
export async function stackStatus({ form }: AwsCaller, name: string): Promise<string | undefined> {
  try {
    const answer = await form('cloudformation', 'DescribeStacks', { StackName: name });
    const [stack] = listAt(answer, 'DescribeStacksResult', 'Stacks') ?? [];
    const status = textAt(stack, 'StackStatus');
    if (status === undefined || textAt(stack, 'StackName') !== name)
      throw unreadableAnswer('cloudformation DescribeStacks');
    return status;
  } catch (error) {
    // The same code tells of other mistakes, too.
    if (
      error instanceof AwsCallError &&
      error.code === 'ValidationError' &&
      error.said === `Stack with id ${name} does not exist`
    )
      return undefined;
    throw error;
  }
}

export interface InUse {
  /** What is the stack's now. */
  readonly own: readonly StackResource[];
  /** Tables that the template names, or functions that are there. */
  readonly tables: ReadonlySet<string>;
}

/** Tables and log groups that bear the stack's name, and are nobody's: neither a stack's, nor named by the template. */
export async function leftoverCheck(
  caller: AwsCaller,
  name: string,
  { mayServe }: StackStanding,
  { own, tables: named }: InUse,
  onPurpose: boolean,
): Promise<readonly CheckedAnswer[]> {
  const { post } = caller;
  const prefix = `${name}-`;
  const tables = await tablesNamed(post, prefix);
  const groups = await logGroups(post, prefix);
  const found: string[] = [];
  const used = tables.filter((table) => named.has(table) && !own.some((each) => each.physicalId === table));
  for (const [what, those] of [
    ['table', tables],
    ['log group', groups],
  ] as const)
    for (const each of those) {
      if (own.some(({ physicalId }) => physicalId === each) || (what === 'table' && named.has(each)))
        continue;
      // A stack of a longer name has names that begin so, too, and is at work; one at work may have made it just now.
      const owner = await stackOwning(caller, each);
      if (owner === undefined || (owner === name && !mayServe)) found.push(`${what} ${each}`);
    }
  const inUse =
    used.length === 0
      ? []
      : [ok(`in use, and not left over, because the template or the stack names them: ${used.join(', ')}`)];
  if (found.length === 0)
    return [ok('no table and no log group is left over from an earlier stack of that name'), ...inUse];
  const said = `no stack has them, and an earlier one of that name has left them: ${found.join(', ')}`;
  if (onPurpose) return [ok(`${said}; on purpose`), ...inUse];
  return [
    mustFix(
      said,
      'the deployment has others and knows nothing of these: if a registry is in them, see docs/recovery.md; if nothing is, and nothing uses them, they can go; if they shall stay, --left-on-purpose',
    ),
    ...inUse,
  ];
}

async function tablesNamed(post: AwsCaller['post'], prefix: string): Promise<readonly string[]> {
  const what = 'dynamodb ListTables';
  const all = await everyPage(what, async (token) => {
    const input = token === undefined ? {} : { ExclusiveStartTableName: token };
    const page = await post('dynamodb', 'ListTables', input);
    const names = page['TableNames'];
    if (!Array.isArray(names)) throw unreadableAnswer(what);
    return { items: names.map(String), next: page['LastEvaluatedTableName'] };
  });
  return all.filter((table) => table.startsWith(prefix));
}

function logGroups(post: AwsCaller['post'], prefix: string): Promise<readonly string[]> {
  const what = 'logs DescribeLogGroups';
  return everyPage(what, async (token) => {
    const input = { logGroupNamePrefix: prefix, ...(token !== undefined && { nextToken: token }) };
    const page = await post('logs', 'DescribeLogGroups', input);
    const groups = page['logGroups'];
    if (!Array.isArray(groups)) throw unreadableAnswer(what);
    const items = groups.map((each) => (isObject(each) ? String(each['logGroupName']) : ''));
    return { items, next: page['nextToken'] };
  });
}

/** What the template names itself, where a name is all that tells one from another: it must be free. */
export async function namesCheck(
  { post }: AwsCaller,
  { template }: PlannedStack,
  types: RegionTypes,
  names: Names,
  own: readonly StackResource[],
): Promise<readonly CheckedAnswer[]> {
  const taken: CheckedAnswer[] = [];
  const unknown: string[] = [];
  let asked = 0;
  for (const [id, { Type: type, Properties: properties = {} }] of Object.entries(template.Resources)) {
    const identifier = list(types.get(type)?.['primaryIdentifier'] ?? [], 'primaryIdentifier');
    const [pointer] = identifier;
    const value =
      identifier.length === 1 ? properties[String(pointer).replace('/properties/', '')] : undefined;
    if (value === undefined) continue;
    const name = knownValue(value, names);
    if (typeof name !== 'string') unknown.push(`${id}, ${type}`);
    if (typeof name !== 'string' || own.some((each) => each.type === type && each.physicalId === name))
      continue;
    asked += 1;
    // What was found before a call fails is told all the same.
    const said = await checked('names', async () =>
      (await isTaken(post, type, name))
        ? [
            mustFix(
              `there is a ${type} called ${name} already, which the stack would make (${id})`,
              'rename one of them: the other may be in use',
            ),
          ]
        : [],
    );
    taken.push(...said);
    if (said.some(({ outcome }) => outcome === 'could-not-ask')) break;
  }
  if (unknown.length > 0)
    taken.push(
      couldNotAsk(
        `only the deployment will know the names of ${unknown.join('; ')}`,
        'look by hand whether they are free, or give names that the template says',
      ),
    );
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
