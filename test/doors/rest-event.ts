/** Events as API Gateway writes them for a REST API with Lambda proxy integration. */
import type { APIGatewayProxyEvent } from 'aws-lambda';

export const CALLER = 'arn:aws:sts::000000000000:assumed-role/routeguard-caller/message-switch';
export const REQUEST_ID = '0b6f0c50-1111-2222-3333-444455556666';

export interface Call {
  readonly method?: string;
  /** `null` where API Gateway authenticated nobody. */
  readonly caller?: string | null;
  readonly headers?: Readonly<Record<string, string>>;
  /** The body as it is; what is no text is written as JSON. */
  readonly body?: unknown;
}

export function restEvent(path: string, call: Call = {}): APIGatewayProxyEvent {
  const { method = 'POST', caller = CALLER, headers = { 'Content-Type': 'application/json' }, body } = call;
  const event: Partial<APIGatewayProxyEvent> = {
    resource: path,
    path: `/base${path}`,
    httpMethod: method,
    headers,
    body: body === undefined ? null : typeof body === 'string' ? body : JSON.stringify(body),
    isBase64Encoded: false,
    requestContext: {
      domainName: 'abc.execute-api.eu-west-2.amazonaws.com',
      path: `/guard${path}`,
      requestId: REQUEST_ID,
      identity: { userArn: caller },
    } as APIGatewayProxyEvent['requestContext'],
  };
  return event as APIGatewayProxyEvent;
}
