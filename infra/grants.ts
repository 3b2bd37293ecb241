import { type aws_apigateway as apigateway, aws_iam as iam } from 'aws-cdk-lib';
import { EXPLAIN_PATH } from './access-api.ts';

/** What a person may do to the registry over its API, and with which methods. */
export type RegistryRight = 'propose' | 'approve' | 'hold' | 'audit' | 'purge';

type Method = readonly [method: 'GET' | 'POST' | 'PUT', path: string];

/** Where the stop's own door rehearses. */
export const REHEARSAL_PATH = '/v1/registry/stop-rehearsal';

const READ: readonly Method[] = [['GET', '/v1/registry/*']];
const PROPOSAL = '/v1/registry/proposals';

/** The methods of each right. `*` stands for one path variable, or at the end for everything below. */
const METHODS_BY_RIGHT: Readonly<Record<RegistryRight, readonly Method[]>> = {
  propose: [
    ...READ,
    ['POST', PROPOSAL],
    ['PUT', `${PROPOSAL}/*/chunks/*`],
    ['POST', `${PROPOSAL}/*/validate`],
    ['POST', `${PROPOSAL}/*/simulate`],
    ['POST', `${PROPOSAL}/*/sign`],
    ['POST', '/v1/registry/jobs/*/run'],
    ['POST', '/v1/registry/lift'],
    ['POST', '/v1/registry/rollback'],
    ['POST', '/v1/registry/confirm'],
    ['POST', `${PROPOSAL}/*/reject`],
    ['POST', '/v1/registry/forecast'],
  ],
  approve: [
    ...READ,
    ['POST', `${PROPOSAL}/*/simulate`],
    ['POST', `${PROPOSAL}/*/approve`],
    ['POST', `${PROPOSAL}/*/reject`],
    ['POST', '/v1/registry/jobs/*/run'],
  ],
  purge: [
    ...READ,
    ['POST', '/v1/registry-purge'],
    ['POST', '/v1/registry-purge/search'],
    ['GET', '/v1/registry-purge/*'],
    ['POST', '/v1/registry-purge/*/approve'],
  ],
  hold: [...READ, ['POST', '/v1/registry/hold'], ['POST', '/v1/registry/revoke']],
  audit: [
    ...READ,
    ['POST', '/v1/registry/verify'],
    ['POST', '/v1/registry/forecast'],
    ['POST', '/v1/registry/jobs/*/run'],
    ['POST', EXPLAIN_PATH],
  ],
};

/** Lets the probe rehearse a stop, and call nothing else of the API. */
export function grantRehearse(probe: iam.IRole, api: apigateway.RestApi): iam.Grant {
  return iam.Grant.addToPrincipal({
    grantee: probe,
    actions: ['execute-api:Invoke'],
    resourceArns: [api.arnForExecuteApi('POST', REHEARSAL_PATH, api.deploymentStage.stageName)],
  });
}

/**
 * Who was given what, so that one role is never given both halves of two people. What a role may say for which
 * authority is decided by the registry's own facts; this keeps the stack from making a role that could do both.
 */
export class RegistryGrants {
  readonly #given = new Map<string, RegistryRight>();

  /** @throws Error where the role already holds the other half for that authority */
  give(
    role: iam.IRole,
    right: RegistryRight,
    authority: string | undefined,
    api: apigateway.RestApi,
  ): iam.Grant {
    if (authority !== undefined) this.#remember(role, right, authority);
    const arns = METHODS_BY_RIGHT[right].map(([method, path]) =>
      api.arnForExecuteApi(method, path, api.deploymentStage.stageName),
    );
    return iam.Grant.addToPrincipal({ grantee: role, actions: ['execute-api:Invoke'], resourceArns: arns });
  }

  #remember(role: iam.IRole, right: RegistryRight, authority: string): void {
    if (!/^[a-z0-9][a-z0-9._-]{0,63}$/.test(authority))
      throw new Error('TrafficRoutingGuard: `authority` must be the id of an authority in the registry');
    const key = `${role.node.path} ${authority}`;
    const other = this.#given.get(key);
    if (other !== undefined && other !== right)
      throw new Error(`TrafficRoutingGuard: one role may not both ${other} and ${right} for ${authority}`);
    this.#given.set(key, right);
  }
}
