import { digestOfMessage, RouteGuard } from '@routeguard/client';
import { lambdaTransport } from '@routeguard/client/lambda';
import { Dispatcher } from '@routeguard/client/queue';
import { keepForSomebody, readSms, sendSms } from './sms.ts';

const dispatcher = new Dispatcher({
  guard: new RouteGuard({ transport: lambdaTransport({ functionName: 'decide' }) }),
  read: readSms,
  message: ({ id, marking, text }) => ({ id, marking, digest: digestOfMessage(text) }),
  path: () => ({ route: 'sms-gb-primary' }),
  send: sendSms,
  park: keepForSomebody,
});
export const handler = dispatcher.sqs;
