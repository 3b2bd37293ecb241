import { RouteGuard } from '@routeguard/client';
import { lambdaTransport } from '@routeguard/client/lambda';
import { httpGateway } from './gateway.ts';
import { smsService } from './service.ts';
import { required } from './settings.ts';

const guard = new RouteGuard({
  transport: lambdaTransport({ functionName: required('ROUTEGUARD_FUNCTION') }),
});

export const handler = smsService(guard, httpGateway(required('GATEWAY_URL')), required('SMS_ROUTE'));
