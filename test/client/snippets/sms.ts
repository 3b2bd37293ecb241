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
