/** What a table has to be protected by, as the stack's synthesised template says and what the stack made fills in. */
import { readFileSync } from 'node:fs';
import { type Names, resolve } from '../../infra/local/intrinsics.ts';
import {
  isObject,
  list,
  object,
  type Properties,
  resourcesOfType,
  type Template,
  TemplateError,
  textIn,
} from '../../infra/local/template.ts';
import { UsageError } from '../usage-error.ts';
import type { TableName } from './plan.ts';
import { MOST_RECOVERY_DAYS, policyText, type TableProtection } from './protection.ts';

/** The stack's own tables, by the end of their path: an adopted one is protected as the one whose place it takes. */
export const TABLE_LOGICAL_IDS = {
  objects: /TablesObjects[0-9A-F]{8}$/,
  state: /TablesState[0-9A-F]{8}$/,
  floor: /TablesFloor[0-9A-F]{8}$/,
} as const satisfies Record<TableName, RegExp>;

export interface TemplateFiles {
  /** `cdk.out/Routeguard-<stage>.template.json`. */
  readonly template: string;
  /** What `aws cloudformation list-stack-resources` prints. */
  readonly resources: string;
}

/** What is known of the guard that the files have to be of. */
export interface GuardNames {
  readonly tables: readonly string[];
  /** The deployed `decide`, where it was named. */
  readonly function?: string | undefined;
}

/**
 * @param tableArn of any table of the guard: it says partition, Region and account
 * @throws UsageError for files that say something else
 */
export function protectionIn(
  files: TemplateFiles,
  name: TableName,
  tableArn: string,
  guard: GuardNames,
): TableProtection {
  try {
    const template = object(readJson(files.template), files.template) as unknown as Template;
    const made = physicalIds(readJson(files.resources));
    demandSameStack(made, guard);
    const found = resourcesOfType(template, 'AWS::DynamoDB::Table').filter(([id]) =>
      TABLE_LOGICAL_IDS[name].test(id),
    );
    const [only] = found;
    if (only === undefined || found.length > 1)
      throw new TemplateError(`the template has ${found.length} tables that could be the ${name} table`);
    return protectionFrom(only[1].Properties ?? {}, stackNames(template, made, tableArn));
  } catch (error) {
    if (error instanceof TemplateError) throw new UsageError(`--template, --resources: ${error.message}`);
    throw error;
  }
}

function readJson(path: string): unknown {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch {
    throw new UsageError(`${path} cannot be read`);
  }
  try {
    return JSON.parse(text);
  } catch {
    // Pages one after another, as a loop over them writes.
    try {
      return JSON.parse(`[${text.replaceAll(/\}\s*\{/g, '},{')}]`);
    } catch {
      throw new UsageError(`${path} is not JSON of a template or of its resources`);
    }
  }
}

/** Of one page, or of several. */
function physicalIds(answer: unknown): ReadonlyMap<string, string> {
  const pages = Array.isArray(answer) ? answer : [answer];
  const all = pages.flatMap((page) => {
    const { StackResourceSummaries, StackResources } = object(page, 'a page of resources');
    return list(StackResourceSummaries ?? StackResources, 'StackResourceSummaries');
  });
  return new Map(
    all.flatMap((each) => {
      const { LogicalResourceId, PhysicalResourceId } = object(each, 'a resource');
      // What was not made has none.
      if (PhysicalResourceId === undefined) return [];
      return [
        [
          textIn(LogicalResourceId, 'LogicalResourceId'),
          textIn(PhysicalResourceId, 'PhysicalResourceId'),
        ] as const,
      ];
    }),
  );
}

/** Another stack's roles would be let in, and the guard's own kept out. */
function demandSameStack(made: ReadonlyMap<string, string>, guard: GuardNames): void {
  const names = new Set(made.values());
  const named = guard.function?.split(':').at(-1);
  if (named === undefined ? guard.tables.some((table) => names.has(table)) : names.has(named)) return;
  throw new TemplateError(
    named === undefined
      ? 'they are of another stack: none of the guard’s tables is among its resources (where it has adopted all of them, name it by --function)'
      : `they are of another stack: ${named} is not among its resources`,
  );
}

/** A role's physical id is its name, and a key's its id; nothing else of the stack stands in a table's properties. */
function stackNames(template: Template, made: ReadonlyMap<string, string>, tableArn: string): Names {
  const [, partition = '', , region = '', account = ''] = tableArn.split(':');
  return {
    pseudo: { 'AWS::Partition': partition, 'AWS::Region': region, 'AWS::AccountId': account },
    ref: (id) => made.get(id),
    attribute: (id, attribute) => {
      const name = made.get(id);
      if (name === undefined)
        throw new TemplateError(
          `${id} is not among the resources. Give all of them: \`aws cloudformation list-stack-resources\` (describe-stack-resources stops at 100), of the stack that was deployed from this template`,
        );
      if (attribute !== 'Arn') return undefined;
      switch (template.Resources[id]?.Type) {
        case 'AWS::IAM::Role':
          return `arn:${partition}:iam::${account}:role/${name}`;
        case 'AWS::KMS::Key':
          return `arn:${partition}:kms:${region}:${account}:key/${name}`;
        default:
          return undefined;
      }
    },
  };
}

function protectionFrom(properties: Properties, names: Names): TableProtection {
  const part = (name: string) => object(properties[name] ?? {}, name);
  const policy = resolve(part('ResourcePolicy')['PolicyDocument'] ?? null, names);
  const recovery = part('PointInTimeRecoverySpecification');
  const expiry = part('TimeToLiveSpecification');
  const { StreamViewType: stream } = part('StreamSpecification');
  const tags = list(properties['Tags'] ?? [], 'Tags').map((each) => object(each, 'Tags'));
  const key = resolve(part('SSESpecification')['KMSMasterKeyId'] ?? null, names);
  return {
    key: typeof key === 'string' ? key : null,
    policy: isObject(policy) ? policyText(policy) : null,
    deletionProtection: properties['DeletionProtectionEnabled'] === true,
    recoveryDays:
      recovery['PointInTimeRecoveryEnabled'] === true
        ? Number(recovery['RecoveryPeriodInDays'] ?? MOST_RECOVERY_DAYS)
        : null,
    timeToLive: expiry['Enabled'] === true ? textIn(expiry['AttributeName'], 'AttributeName') : null,
    contributorInsights: part('ContributorInsightsSpecification')['Enabled'] === true,
    stream: streamIn(stream),
    tags: Object.fromEntries(tags.map(({ Key, Value }) => [String(Key), String(Value)])),
  };
}

function streamIn(view: unknown): TableProtection['stream'] {
  const known = ['KEYS_ONLY', 'NEW_AND_OLD_IMAGES', 'NEW_IMAGE', 'OLD_IMAGE'] as const;
  return known.find((each) => each === view) ?? null;
}
