/** What CloudFormation knows of stacks and what is theirs: a name that begins alike says nothing. */
import type { Names } from '../../infra/local/intrinsics.ts';
import { listAt, textAt } from './answer-xml.ts';
import { AwsCallError, type AwsCaller, unreadableAnswer } from './aws-caller.ts';
import { everyPage } from './pages.ts';

const LISTING = 'cloudformation ListStackResources';

/** What a deployed stack has made. */
export interface StackResource {
  readonly logicalId: string;
  /** By which its service knows it. */
  readonly physicalId: string;
  readonly type: string;
}

/** What CloudFormation made once and has no more: deleted, or kept when its stack let it go. */
const GONE: ReadonlySet<string> = new Set(['DELETE_COMPLETE', 'DELETE_SKIPPED']);

/** Everything that is the stack's now. */
export function resourcesOfStack({ form }: AwsCaller, name: string): Promise<readonly StackResource[]> {
  return everyPage(LISTING, async (token) => {
    const answer = await form('cloudformation', 'ListStackResources', {
      StackName: name,
      ...(token !== undefined && { NextToken: token }),
    });
    const page = listAt(answer, 'ListStackResourcesResult', 'StackResourceSummaries');
    if (page === undefined) throw unreadableAnswer(LISTING);
    const items = page.flatMap((node) => {
      const [logicalId, type] = [textAt(node, 'LogicalResourceId'), textAt(node, 'ResourceType')];
      const status = textAt(node, 'ResourceStatus');
      if (!logicalId || !type || !status) throw unreadableAnswer(LISTING);
      const physicalId = textAt(node, 'PhysicalResourceId') ?? '';
      return GONE.has(status) ? [] : [{ logicalId, type, physicalId }];
    });
    return { items, next: textAt(answer, 'ListStackResourcesResult', 'NextToken') };
  });
}

/** The stack that something belongs to; undefined where it is nobody's. */
export async function stackOwning({ form }: AwsCaller, physicalId: string): Promise<string | undefined> {
  try {
    const answer = await form('cloudformation', 'DescribeStackResources', { PhysicalResourceId: physicalId });
    const [resource] = listAt(answer, 'DescribeStackResourcesResult', 'StackResources') ?? [];
    const owner = textAt(resource, 'StackName');
    if (!owner) throw unreadableAnswer('cloudformation DescribeStackResources');
    return owner;
  } catch (error) {
    if (
      error instanceof AwsCallError &&
      error.code === 'ValidationError' &&
      error.said === `Stack for ${physicalId} does not exist`
    )
      return undefined;
    throw error;
  }
}

/** What is known of names once something is made: what is there already, and the keys among it by their ARNs. */
export function namesNow(names: Names, own: readonly StackResource[]): Names {
  const madeAs = (id: string) =>
    own.find(({ logicalId, physicalId }) => logicalId === id && physicalId !== '');
  const { 'AWS::Partition': partition, 'AWS::Region': region, 'AWS::AccountId': account } = names.pseudo;
  return {
    ...names,
    ref: (id) => madeAs(id)?.physicalId,
    attribute: (id, attribute) => {
      const made = madeAs(id);
      if (attribute !== 'Arn' || made?.type !== 'AWS::KMS::Key') return undefined;
      return `arn:${partition}:kms:${region}:${account}:key/${made.physicalId}`;
    },
  };
}
