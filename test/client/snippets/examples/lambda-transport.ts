import { lambdaTransport, RouteGuard } from 'routeguard/client';

const transport = lambdaTransport({ functionName: 'decide:live' });
export const guard = new RouteGuard({ transport });
