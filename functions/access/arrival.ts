/** Who asks, and where: read from what API Gateway itself wrote into the event, never from what the caller did. */
import type { APIGatewayProxyEvent } from 'aws-lambda';
import type { AccessSettings, CallerFrom } from './settings.ts';

export interface RequestArrival {
  /** The resource of the API, without stage or base path: `/access/v1/evaluation`. */
  readonly path: string;
  /** The verified identity; `undefined` where the door knows nobody. */
  readonly caller: string | undefined;
  readonly requestId: string | undefined;
  /** The URL callers know this decision point by. */
  readonly identifier: string;
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function callerOf(event: APIGatewayProxyEvent, from: CallerFrom): string | undefined {
  const context = event.requestContext;
  switch (from) {
    case 'iam':
      return textOf(context?.identity?.userArn);
    case 'authorizer': {
      const said = context?.authorizer as
        | { readonly principalId?: unknown; readonly claims?: { readonly sub?: unknown } }
        | null
        | undefined;
      return textOf(said?.principalId) ?? textOf(said?.claims?.sub);
    }
    default:
      return from satisfies never;
  }
}

/** `https://host/stage`, from the request's context: the path of the request less that of the resource. */
function addressOf(event: APIGatewayProxyEvent): string {
  const { domainName, path } = event.requestContext;
  const prefix = path.endsWith(event.resource) ? path.slice(0, path.length - event.resource.length) : '';
  return `https://${domainName ?? 'localhost'}${prefix}`;
}

export function arrivalOf(
  event: APIGatewayProxyEvent,
  settings: Pick<AccessSettings, 'callerFrom' | 'identifier'>,
): RequestArrival {
  return {
    path: event.resource,
    caller: callerOf(event, settings.callerFrom),
    requestId: textOf(event.requestContext?.requestId),
    identifier: settings.identifier ?? addressOf(event),
  };
}
