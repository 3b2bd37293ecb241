import { RouteGuard } from '@routeguard/client';
import { lambdaTransport } from '@routeguard/client/lambda';
import { openTelemetry } from '@routeguard/client/opentelemetry';

const transport = lambdaTransport({ functionName: 'decide' });
export const guard = new RouteGuard({ transport, observe: openTelemetry() });
