import { RouteGuard } from '@routeguard/client';
import { lambdaTransport } from '@routeguard/client/lambda';
import { httpGateway } from '../sms-service/gateway.ts';
import { required } from '../sms-service/settings.ts';
import { smsConsumer } from './consumer.ts';
import { parkingQueue } from './parking.ts';

const guard = new RouteGuard({
  transport: lambdaTransport({ functionName: required('ROUTEGUARD_FUNCTION') }),
});

export const handler = smsConsumer(
  guard,
  httpGateway(required('GATEWAY_URL')),
  parkingQueue(required('PARKED_URL')),
  required('SMS_ROUTE'),
).sqs;
