import type { Attempt } from './policy.ts';

/** A call of a function to a service, signed by its role. */
export interface ServiceCall {
  /** `x-amz-target`; empty where a service has none. */
  readonly target: string;
  readonly method: string;
  /** Path and query. */
  readonly path: string;
  readonly body: Buffer;
  /** The call as policies judge it. */
  readonly attempt: (action: string, resource: string, context?: Readonly<Record<string, string>>) => Attempt;
  /** Whether the policy of the endpoint it came through lets it pass; without an endpoint it does. */
  readonly endpointAllows: (attempt: Attempt) => boolean;
}
