import { digestOfMessage } from '@routeguard/client';
import type { Sms } from '../sms.ts';

export function describe(sms: Sms) {
  const message = { id: sms.id, marking: sms.marking, digest: digestOfMessage(sms.text) };
  return message;
}
