/** What CloudFormation knows of stacks and what is theirs: a name that begins alike says nothing. */
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

/** Everything that is the stack's. */
export function resourcesOfStack({ form }: AwsCaller, name: string): Promise<readonly StackResource[]> {
  return everyPage(LISTING, async (token) => {
    const answer = await form('cloudformation', 'ListStackResources', {
      StackName: name,
      ...(token !== undefined && { NextToken: token }),
    });
    const page = listAt(answer, 'ListStackResourcesResult', 'StackResourceSummaries');
    if (page === undefined) throw unreadableAnswer(LISTING);
    const items = page.map((node) => {
      const [logicalId, type] = [textAt(node, 'LogicalResourceId'), textAt(node, 'ResourceType')];
      if (!logicalId || !type) throw unreadableAnswer(LISTING);
      return { logicalId, type, physicalId: textAt(node, 'PhysicalResourceId') ?? '' };
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
