import { digestOfMessage, type RouteGuard } from '@routeguard/client';
import { Dispatcher, type ParkedRecord } from '@routeguard/client/queue';
import type { Gateway, Sms } from '../sms-service/gateway.ts';

/** Where messages wait that will not be sent. */
export interface ParkingPlace {
  park(parked: ParkedRecord): Promise<void>;
}

/** Takes text messages from a queue, and sends each over one route under a permit for it. */
export function smsConsumer(
  guard: Pick<RouteGuard, 'route'>,
  gateway: Gateway,
  place: ParkingPlace,
  route: string,
): Dispatcher<Sms> {
  return new Dispatcher<Sms>({
    guard,
    read: readSms,
    message: ({ id, marking, text }) => ({ id, marking, digest: digestOfMessage(text) }),
    path: () => ({ route }),
    send: (sms) => gateway.send(sms),
    park: (parked) => place.park(parked),
    // Ids, causes and codes; nothing of a message.
    report: (report) => console.log(JSON.stringify(report)),
  });
}

/** @throws TypeError for what is no text message */
function readSms(text: string): Sms {
  const { id, marking, to, text: words } = JSON.parse(text) as Record<keyof Sms, unknown>;
  if (
    typeof id !== 'string' ||
    typeof marking !== 'string' ||
    typeof to !== 'string' ||
    typeof words !== 'string'
  )
    throw new TypeError('a member is missing');
  return { id, marking, to, text: words };
}
