import middy from '@middy/core';
import { digestOfMessage, type RouteGuard } from '@routeguard/client';
import { type RouteContext, requireRoute } from '@routeguard/client/middy';
import type { Context } from 'aws-lambda';
import type { Gateway, Sms } from './gateway.ts';

/** What the service answers. It never repeats the message. */
export type SmsResult =
  | { readonly sent: true; readonly evaluationId: string }
  | { readonly sent: false; readonly retry: 'never' | 'after'; readonly sentence: string };

/** A function that sends a text message over one route, and only under a permit for that message and route. */
export function smsService(guard: Pick<RouteGuard, 'decide'>, gateway: Gateway, route: string) {
  return middy<Sms, SmsResult, Error, Context & RouteContext>(
    async (sms: Sms, { routeguard }: Context & RouteContext): Promise<SmsResult> => {
      await gateway.send(sms);
      return { sent: true, evaluationId: routeguard.evaluationId };
    },
  ).use(
    requireRoute<Sms>({
      guard,
      message: ({ id, marking, text }) => ({ id, marking, digest: digestOfMessage(text) }),
      path: () => ({ route }),
      onDenied: ({ retry, sentence }): SmsResult => ({ sent: false, retry, sentence }),
    }),
  );
}
