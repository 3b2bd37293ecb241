import type { RouteGuard } from '@routeguard/client';
import { Dispatcher } from '@routeguard/client/queue';
import { keepForSomebody as park, readSms as read, type Sms, sendSms } from '../sms.ts';

export function consumer(guard: RouteGuard): typeof dispatcher.sqs {
  const message = ({ id, marking }: Sms) => ({ id, marking });
  const path = () => ({ route: 'sms-gb' });
  const dispatcher = new Dispatcher({ guard, read, message, path, send: sendSms, park });
  return dispatcher.sqs;
}
