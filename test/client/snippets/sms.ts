import type { ParkedRecord } from '@routeguard/client/queue';

/** What the snippets of docs/client.md take for granted: an event, and a function that sends. */
export interface Sms {
  readonly id: string;
  readonly marking: string;
  readonly text: string;
  readonly to: string;
}

export const outbox: Sms[] = [];

export async function sendSms(sms: Sms): Promise<string> {
  outbox.push(sms);
  return sms.id;
}

/** What is no text message throws. */
export function readSms(text: string): Sms {
  const { id, marking, text: words, to } = JSON.parse(text) as Record<keyof Sms, unknown>;
  for (const each of [id, marking, words, to])
    if (typeof each !== 'string') throw new TypeError('no message');
  return { id: String(id), marking: String(marking), text: String(words), to: String(to) };
}

export const parked: ParkedRecord[] = [];

export async function keepForSomebody(record: ParkedRecord): Promise<void> {
  parked.push(record);
}
