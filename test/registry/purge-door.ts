/** The purge's own door, as the registry's is in the rig beside it. */
import { purgeContextOf } from '../../functions/registry/assemble.ts';
import type { RegistryContext } from '../../functions/registry/context.ts';
import type { PurgeContext } from '../../functions/registry/purge-request.ts';
import { purgeRouting } from '../../functions/registry/purge-routing.ts';
import { handleWith } from '../../functions/registry/router.ts';
import { identities, userArn } from '../../infra/local/identities.ts';
import { inContract } from './contract.ts';
import { proxyEvent, TIMES, type Wire } from './rig.ts';
import { purgeSigned } from './signing.ts';

export interface PurgeDoor {
  readonly purges: PurgeContext['purges'];
  /** @param session whose key signs; by default the identity's own */
  post(name: string, path: string, body: Wire, session?: string): Promise<{ status: number; body: Wire }>;
  get(name: string, path: string): Promise<{ status: number; body: Wire }>;
}

/** Who signs beside uma, who asks. */
export const EVERYBODY_ELSE = ['usa-approver', 'gbr-proposer', 'gbr-approver', 'proposer', 'approver'];

/** Somebody asks, and people of everybody sign one after another, until it is done or somebody is told why not. */
export async function askedByEverybody(
  door: PurgeDoor,
  asked: Wire,
): Promise<{ status: number; body: Wire }> {
  const whole = { notes: [], proposals: [], objects: [], jobs: [], authority: 'us-state', ...asked };
  const request = await door.post('usa-proposer', '', whole);
  if (request.status !== 201) return request;
  const { id, digest } = request.body;
  for (const who of EVERYBODY_ELSE) {
    const answer = await door.post(who, `/${id}/approve`, { request: digest });
    if (![202, 403].includes(answer.status)) return answer;
  }
  throw new Error(JSON.stringify(request.body));
}

/** @param isClosed whether nobody can publish meanwhile */
export function purgeDoor(registry: RegistryContext, isClosed = true, times = TIMES): PurgeDoor {
  const context = purgeContextOf(registry, registry.tables.state, isClosed);
  async function ask(name: string, method: string, path: string, body: string | null) {
    const who = identities.find((each) => each.name === name);
    if (who === undefined) throw new Error(name);
    const identity = { userArn: userArn(who), user: `${who.roleId}:${who.session}` };
    const event = proxyEvent(method, `/v1/registry-purge${path}`, {}, body, identity);
    const handled = inContract(await handleWith(context, event, times, purgeRouting));
    return { status: handled.status, body: handled.body as Wire };
  }
  return {
    purges: context.purges,
    async post(name, path, body, session) {
      const key = session ?? identities.find((each) => each.name === name)?.session ?? name;
      const { epoch } = (await registry.anyReader.open()).commit;
      const sent = path === '/search' ? body : purgeSigned(registry, key, body, epoch);
      return ask(name, 'POST', path, JSON.stringify(sent));
    },
    get: (name, path) => ask(name, 'GET', path, null),
  };
}
