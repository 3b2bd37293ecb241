/** Custom resources as CloudFormation makes them: their function is called, and puts its answer at an address. */
import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { FunctionHost } from './function-host.ts';
import { LOCAL_ACCOUNT } from './identities.ts';
import { type Names, resolve, resolveText } from './intrinsics.ts';
import { type CustomAttributes, LOCAL_REGION } from './names.ts';
import type { Callbacks } from './platform/callbacks.ts';
import { isObject, type Template, TemplateError, type TemplateResource } from './template.ts';

export interface CustomResourceParts {
  readonly stackName: string;
  readonly template: Template;
  readonly names: Names;
  readonly host: FunctionHost;
  readonly callbacks: Callbacks;
  /** Makes the function with this name run. */
  readonly start: (name: string) => Promise<void>;
}

/** Seconds that CloudFormation waits where a resource says nothing. */
const SERVICE_TIMEOUT = 3600;

/** A resource that could not be made: the deployment stops, and so does the start. */
class CustomResourceError extends Error {
  override readonly name = 'CustomResourceError';
}

export function isCustom({ Type }: TemplateResource): boolean {
  return Type.startsWith('Custom::') || Type === 'AWS::CloudFormation::CustomResource';
}

/**
 * Makes every custom resource of the template, one after the other.
 *
 * @returns what their functions answered
 * @throws {CustomResourceError} with what CloudFormation would say, and what the function could not reach
 */
export async function makeCustomResources(parts: CustomResourceParts): Promise<CustomAttributes> {
  const made = new Map<string, Readonly<Record<string, string>>>();
  for (const [logicalId, resource] of Object.entries(parts.template.Resources))
    if (isCustom(resource)) made.set(logicalId, await make(logicalId, resource, parts));
  return made;
}

async function make(
  logicalId: string,
  resource: TemplateResource,
  parts: CustomResourceParts,
): Promise<Readonly<Record<string, string>>> {
  const { host, names, callbacks } = parts;
  const properties = resource.Properties ?? {};
  const token = resolveText(properties['ServiceToken'], names, 'ServiceToken');
  await parts.start(token);
  const found = host.find(token);
  if (found === undefined) throw new TemplateError(`${logicalId} is served by no function of the template`);
  const seconds = Number(properties['ServiceTimeout'] ?? SERVICE_TIMEOUT);
  const stackId = `arn:aws:cloudformation:${LOCAL_REGION}:${LOCAL_ACCOUNT}:stack/${parts.stackName}/local`;
  const requestId = randomUUID();
  const callback = callbacks.open(stackId, logicalId, requestId);
  try {
    const event = {
      RequestType: 'Create',
      ResponseURL: callback.url,
      StackId: stackId,
      RequestId: requestId,
      ResourceType: resource.Type,
      LogicalResourceId: logicalId,
      ResourceProperties: resolve(properties, names),
    };
    const invocation = host.invoke(found.function, found.qualifier, JSON.stringify(event));
    // Whoever has come to an end without an answer never gives one: there is no reason to wait for it.
    await Promise.race([invocation, delay(seconds * 1000, undefined, { ref: false })]);
    const answer = answerOf(callback.answer(), { stackId, logicalId, requestId });
    if (typeof answer !== 'string') return answer;
    throw new CustomResourceError(
      [`${logicalId} (${resource.Type}) CREATE_FAILED: ${answer}`, ...host.unreachable(found.function)].join(
        '\n  ',
      ),
    );
  } finally {
    callback.close();
  }
}

interface Asked {
  readonly stackId: string;
  readonly logicalId: string;
  readonly requestId: string;
}

/** The attributes that were answered, or why there are none, in CloudFormation's words. */
function answerOf(text: string | undefined, asked: Asked): Readonly<Record<string, string>> | string {
  const answer = text === undefined ? undefined : parsed(text);
  const isOurs =
    answer?.['StackId'] === asked.stackId &&
    answer['LogicalResourceId'] === asked.logicalId &&
    answer['RequestId'] === asked.requestId;
  // What is no answer to this request is none at all.
  if (answer === undefined || !isOurs)
    return `CloudFormation did not receive a response from your Custom Resource. Please check your logs for requestId [${asked.requestId}].`;
  const { Status, Reason, Data, PhysicalResourceId } = answer;
  if (Status !== 'SUCCESS')
    return `Received response status [FAILED] from custom resource. Message returned: ${String(Reason)} (RequestId: ${asked.requestId})`;
  if (typeof PhysicalResourceId !== 'string' || PhysicalResourceId === '')
    return 'Invalid PhysicalResourceId';
  return Object.fromEntries(
    Object.entries(isObject(Data) ? Data : {}).map(([name, value]) => [name, String(value)]),
  );
}

function parsed(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
