/** Every answer a test gets is one that openapi.json publishes: a handler that says something else fails the test that asked. */
import { PURGE_ROUTES } from '../../functions/registry/purge-routes.ts';
import type { HandledRequest } from '../../functions/registry/router.ts';
import { ROUTES } from '../../functions/registry/routes.ts';
import { expectPublished } from '../openapi/in-document.ts';

const METHODS = new Map<string, { readonly method: string; readonly path: string }>(
  [...ROUTES, ...PURGE_ROUTES].map((route) => [route.name, route]),
);
/** What no method was asked for is refused as at every one. */
const ANY = ROUTES[0];

/** The same, as JSON. @throws Error where it is nothing that its method answers */
export function inContract({ status, body, record }: HandledRequest): HandledRequest {
  const sent: unknown = JSON.parse(JSON.stringify(body));
  const { method, path } = METHODS.get(record.route) ?? ANY;
  expectPublished(method, path, status, sent);
  return { status, body: sent, record };
}
