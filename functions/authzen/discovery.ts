import { APIS, type Api, WELL_KNOWN } from './apis.ts';
import type { Metadata } from './responses.ts';

/**
 * The metadata of a decision point. What it does not offer is left out.
 *
 * @param identifier the URL callers know it by, without query, fragment or trailing slash
 */
export function metadataOf(
  identifier: string,
  apis: readonly Api[],
  capabilities: readonly string[],
): Metadata {
  const url = new URL(identifier);
  if (url.search !== '' || url.hash !== '' || identifier.endsWith('/')) {
    throw new TypeError('an identifier has no query, no fragment and no trailing slash');
  }
  return {
    policy_decision_point: identifier,
    access_evaluation_endpoint: `${identifier}${APIS.evaluation.path}`,
    ...Object.fromEntries(apis.map((api) => [APIS[api].key, `${identifier}${APIS[api].path}`])),
    ...(capabilities.length === 0 ? {} : { capabilities: [...capabilities] }),
  };
}

/**
 * True for the address of the metadata: the well-known part goes between host and path. A door that sees only what
 * comes after its stage is asked without the path.
 */
export function isDiscovery(path: string, identifier: string): boolean {
  const tenant = new URL(identifier).pathname.replace(/\/$/, '');
  return path === WELL_KNOWN || path === `${WELL_KNOWN}${tenant}`;
}
