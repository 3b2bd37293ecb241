/**
 * What API Gateway answers of its own, before a function is asked or in its place: with a body of its own, which is no
 * decision. "Gateway response types for API Gateway", Amazon API Gateway Developer Guide, and for 500 and 502
 * https://repost.aws/knowledge-center/api-gateway-internal-server-error
 */
import * as z from 'zod/mini';
import type { NamedSchema } from './named-schema.ts';
import { wordsFrom } from './words.ts';

/** For every method. */
const ALWAYS = {
  '403': 'The request is not signed by somebody who may call this method.',
  '413': 'The request is larger than API Gateway or Lambda takes.',
  '429': 'More requests than the stage takes at once.',
  '500': 'No execution of the function was left, or API Gateway failed.',
  '502': 'The function failed.',
  '504': 'The function did not answer in time.',
} as const;

/** Where a method has a body validated, or a deployment may bring an authoriser of its own. */
const SOMETIMES = {
  '400': 'The body is no JSON object.',
  '401': 'The authoriser of the deployment does not know the caller.',
} as const;

/** A status that API Gateway answers by some methods alone. */
export type OwnGatewayStatus = keyof typeof SOMETIMES;

/** What each status means where API Gateway answers it. */
export function gatewayMeanings(own: readonly OwnGatewayStatus[]): Readonly<Record<string, string>> {
  return { ...ALWAYS, ...Object.fromEntries(own.map((status) => [status, SOMETIMES[status]])) };
}

export const GATEWAY_BODY: NamedSchema = {
  name: 'GatewayMessage',
  schema: z.looseObject({ message: z.string() }),
};

export const gatewayWords = wordsFrom('openapi/gateway.ts', {
  message: 'What AWS says of it, for people. Nobody decided.',
});
