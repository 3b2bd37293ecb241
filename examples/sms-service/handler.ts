import { lambdaTransport, RouteGuard } from 'routeguard/client';
import { httpGateway } from './gateway.ts';
import { smsService } from './service.ts';

/** A function without one of these must not start: it would not know whom to ask, or where to send. */
function required(name: string): string {
  const value = process.env[name];
  if (value === undefined || value === '') throw new Error(`${name} is not set`);
  return value;
}

const guard = new RouteGuard({
  transport: lambdaTransport({ functionName: required('ROUTEGUARD_FUNCTION') }),
});

export const handler = smsService(guard, httpGateway(required('GATEWAY_URL')), required('SMS_ROUTE'));
