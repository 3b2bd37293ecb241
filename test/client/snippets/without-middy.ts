import { digestOfMessage, RouteGuard } from '@routeguard/client';
import { httpTransport } from '@routeguard/client/http';
import { type Sms, sendSms } from './sms.ts';

const guard = new RouteGuard({
  transport: httpTransport({ baseUrl: 'https://guard.example/prod', region: 'eu-west-2' }),
  obligations: {
    'use-tunnel': async ({ ref }) => openTunnel(String(ref)),
  },
});

export async function relay(sms: Sms): Promise<string> {
  const outcome = await guard.route(
    {
      message: { id: sms.id, marking: sms.marking, digest: digestOfMessage(sms.text) },
      path: { hops: [{ network: 'gb-a' }, { plmn: '234-15' }] },
    },
    () => sendSms(sms),
  );
  if (outcome.sent) return outcome.value;
  const { kind, cause, retry, sentence } = outcome.refusal;
  console.log(JSON.stringify({ kind, cause, retry }));
  throw new Error(sentence);
}

/** True once the tunnel is open; anything else denies. */
async function openTunnel(tunnel: string): Promise<boolean> {
  return tunnel === 'gb-t1';
}
