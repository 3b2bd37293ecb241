import middy from '@middy/core';
import { RouteGuard } from '@routeguard/client';
import { lambdaTransport } from '@routeguard/client/lambda';
import { requireRoute } from '@routeguard/client/middy';
import { type Sms, sendSms } from '../sms.ts';

const guard = new RouteGuard({ transport: lambdaTransport({ functionName: 'decide' }) });
const message = ({ id, marking }: Sms) => ({ id, marking });
const path = () => ({ route: 'sms-gb' });
export const handler = middy(sendSms).use(requireRoute({ guard, message, path }));
