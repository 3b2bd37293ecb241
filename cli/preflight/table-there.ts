/** Whether a table that a template only names is there, can be read, and is what its readers take it for. */
import { isObject, type Properties } from '../../infra/local/template.ts';
import { AwsCallError, type AwsCaller, unreadableAnswer } from './aws-caller.ts';
import { type CheckedAnswer, mustFix } from './finding.ts';

export interface WantedTable {
  readonly name: string;
  readonly account: string;
  /** The one key that its readers may use; undefined where nobody can say. */
  readonly key: string | undefined;
  /** Each as `pk HASH S`; undefined where that is not asked. */
  readonly keys: readonly string[] | undefined;
}

export interface ReaderWords {
  /** `the standby` */
  readonly reader: string;
  /** `which the standby would copy` */
  readonly purpose: string;
  /** Where the right name is found. */
  readonly names: string;
}

/** `undefined` where the service says that there is none. */
export async function described(
  { post }: AwsCaller,
  service: 'dynamodb' | 'kms',
  [operation, member, none]: readonly [operation: string, member: string, none: string],
  input: object,
): Promise<Properties | undefined> {
  try {
    const answer = (await post(service, operation, input))[member];
    if (!isObject(answer)) throw unreadableAnswer(`${service} ${operation}`);
    return answer;
  } catch (error) {
    if (error instanceof AwsCallError && error.code === none) return undefined;
    throw error;
  }
}

export async function tableFlaws(
  caller: AwsCaller,
  { name, account, key, keys }: WantedTable,
  { reader, purpose, names }: ReaderWords,
): Promise<readonly CheckedAnswer[]> {
  const call = ['DescribeTable', 'Table', 'ResourceNotFoundException'] as const;
  const table = await described(caller, 'dynamodb', call, { TableName: name });
  const what = `table ${name} of ${caller.region}`;
  if (table === undefined) return [mustFix(`there is no ${what}, ${purpose}`, names)];
  const { TableArn: arn, TableStatus: status, SSEDescription: encryption } = table;
  if (typeof arn !== 'string' || typeof status !== 'string') throw unreadableAnswer('dynamodb DescribeTable');
  const under = isObject(encryption) ? encryption['KMSMasterKeyArn'] : undefined;
  const flaws: CheckedAnswer[] = [];
  if (arn.split(':')[4] !== account)
    flaws.push(mustFix(`${what} is of another account than ${account}`, names));
  if (status !== 'ACTIVE')
    flaws.push(
      mustFix(`${what} cannot be read now (${status})`, 'see what is done to it, and wait for that'),
    );
  if (keys !== undefined) {
    const has = tableKeysOf(table);
    if (has === undefined) throw unreadableAnswer('dynamodb DescribeTable');
    if (has.join() !== keys.join())
      flaws.push(mustFix(`${what} has the keys ${has.join(', ')}, and not ${keys.join(', ')}`, names));
  }
  if (key !== undefined && under !== key)
    flaws.push(
      mustFix(`${what} is under ${under ?? 'a key of DynamoDB'}, and ${reader} may use ${key}`, names),
    );
  return flaws;
}

/** As DynamoDB describes a table and a template declares one: each key as `pk HASH S`, in order; undefined for another form. */
export function tableKeysOf({
  KeySchema: schema,
  AttributeDefinitions: attributes,
}: Properties): readonly string[] | undefined {
  if (!Array.isArray(schema) || !Array.isArray(attributes)) return undefined;
  const typeOf = (name: unknown) =>
    attributes.find((each) => isObject(each) && each['AttributeName'] === name)?.['AttributeType'];
  return schema
    .filter(isObject)
    .map(({ AttributeName: name, KeyType: kind }) => `${name} ${kind} ${typeOf(name)}`)
    .sort();
}
