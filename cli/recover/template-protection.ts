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
const LOGICAL_IDS = {
  objects: /TablesObjects[0-9A-F]{8}$/,
  state: /TablesState[0-9A-F]{8}$/,
  floor: /TablesFloor[0-9A-F]{8}$/,
} as const satisfies Record<TableName, RegExp>;

export interface TemplateFiles {
  /** `cdk.out/Routeguard-<stage>.template.json`. */
  readonly template: string;
  /** What `aws cloudformation describe-stack-resources` prints. */
  readonly resources: string;
}

/**
 * @param tableArn of any table of the guard: it says partition, Region and account
 * @throws UsageError for files that say something else
 */
export function protectionIn(files: TemplateFiles, name: TableName, tableArn: string): TableProtection {
  try {
    const template = readJson(files.template) as unknown as Template;
    const made = physicalIds(readJson(files.resources));
    const found = resourcesOfType(template, 'AWS::DynamoDB::Table').filter(([id]) =>
      LOGICAL_IDS[name].test(id),
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

function readJson(path: string): Properties {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch {
    throw new UsageError(`${path} cannot be read`);
  }
  try {
    return object(JSON.parse(text), path);
  } catch {
    throw new UsageError(`${path} is not JSON of a template or of its resources`);
  }
}

function physicalIds(answer: Properties): ReadonlyMap<string, string> {
  return new Map(
    list(answer['StackResources'], 'StackResources').map((each) => {
      const { LogicalResourceId, PhysicalResourceId } = object(each, 'a resource');
      return [
        textIn(LogicalResourceId, 'LogicalResourceId'),
        textIn(PhysicalResourceId, 'PhysicalResourceId'),
      ];
    }),
  );
}

/** A role's physical id is its name; nothing else of the stack stands in a table's policy. */
function stackNames(template: Template, made: ReadonlyMap<string, string>, tableArn: string): Names {
  const [, partition = '', , region = '', account = ''] = tableArn.split(':');
  return {
    pseudo: { 'AWS::Partition': partition, 'AWS::Region': region, 'AWS::AccountId': account },
    ref: (id) => made.get(id),
    attribute: (id, attribute) => {
      const role = made.get(id);
      if (template.Resources[id]?.Type !== 'AWS::IAM::Role' || attribute !== 'Arn' || role === undefined)
        return undefined;
      return `arn:${partition}:iam::${account}:role/${role}`;
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
  return {
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
