/** What CloudFormation knows of stacks and what is theirs: a name that begins alike says nothing. */
import { listAt, textAt } from './answer-xml.ts';
import { AwsCallError, type AwsCaller, unreadableAnswer } from './aws-caller.ts';

/** What a deployed stack has made. */
export interface StackResource {
  readonly logicalId: string;
  /** By which its service knows it. */
  readonly physicalId: string;
  readonly type: string;
}

/**
 * The token of the next page; undefined after the last.
 *
 * @throws AwsCallError for one that was given before: no page would be the last
 */
export function nextPage(token: unknown, before: unknown, what: string): unknown {
  if (token === undefined || token === null || token === '') return undefined;
  if (token === before) throw unreadableAnswer(what);
  return token;
}

/** Everything that is the stack's. */
export async function resourcesOfStack({ form }: AwsCaller, name: string): Promise<readonly StackResource[]> {
  const found: StackResource[] = [];
  let token: unknown;
  do {
    const answer = await form('cloudformation', 'ListStackResources', {
      StackName: name,
      ...(token !== undefined && { NextToken: String(token) }),
    });
    const page = listAt(answer, 'ListStackResourcesResult', 'StackResourceSummaries');
    if (page === undefined) throw unreadableAnswer('cloudformation ListStackResources');
    for (const node of page) {
      const [logicalId, type] = [textAt(node, 'LogicalResourceId'), textAt(node, 'ResourceType')];
      if (!logicalId || !type) throw unreadableAnswer('cloudformation ListStackResources');
      found.push({ logicalId, type, physicalId: textAt(node, 'PhysicalResourceId') ?? '' });
    }
    const next = textAt(answer, 'ListStackResourcesResult', 'NextToken');
    token = nextPage(next, token, 'cloudformation ListStackResources');
  } while (token !== undefined);
  return found;
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
