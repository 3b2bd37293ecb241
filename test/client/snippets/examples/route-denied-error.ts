import { RouteDeniedError } from '@routeguard/client/middy';
import type { Sms, sendSms } from '../sms.ts';

export async function relayed(handler: typeof sendSms, sms: Sms): Promise<string> {
  try {
    return await handler(sms);
  } catch (error) {
    if (!(error instanceof RouteDeniedError)) throw error;
    const { cause, retry } = error.refusal;
    return retry === 'after' ? 'queued' : `not sent: ${cause}`;
  }
}
