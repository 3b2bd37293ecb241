import { RetryBudget, RouteGuard } from '@routeguard/client';
import { lambdaTransport } from '@routeguard/client/lambda';

const transport = lambdaTransport({ functionName: 'decide' });

const retryBudget = new RetryBudget(5, 0.05);
export const urgent = new RouteGuard({ transport, retryBudget, deadlineMs: 500 });
export const ordinary = new RouteGuard({ transport, retryBudget });
