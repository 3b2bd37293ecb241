import { RouteGuard } from '@routeguard/client';
import { lambdaTransport } from '@routeguard/client/lambda';

const transport = lambdaTransport({ functionName: 'decide:live' });
export const guard = new RouteGuard({ transport });
