import { RouteGuard } from '@routeguard/client';
import { lambdaTransport } from '@routeguard/client/lambda';
import { type Sms, sendSms } from '../sms.ts';

export async function relay(sms: Sms): Promise<void> {
  const guard = new RouteGuard({ transport: lambdaTransport({ functionName: 'decide' }) });
  const message = { id: sms.id, marking: sms.marking };
  const result = await guard.decide({ message, path: { route: 'sms-gb-primary' } });
  if (result.kind === 'permit') await sendSms(sms);
}
