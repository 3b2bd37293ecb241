import middy from '@middy/core';
import { RouteGuard } from '@routeguard/client';
import { lambdaTransport } from '@routeguard/client/lambda';
import { requireRoute } from '@routeguard/client/middy';
import { type Sms, sendSms } from './sms.ts';

const guard = new RouteGuard({ transport: lambdaTransport({ functionName: 'decide' }) });
const onlyIfPermitted = requireRoute<Sms>({
  guard,
  message: ({ id, marking }) => ({ id, marking }),
  path: () => ({ route: 'sms-gb-primary' }),
});
export const handler = middy(sendSms).use(onlyIfPermitted);
