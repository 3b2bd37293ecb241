/** The purge's own door, as the registry's is in the rig beside it. */
import { purgeContextOf } from '../../functions/registry/assemble.ts';
import type { RegistryContext } from '../../functions/registry/context.ts';
import { matchIn } from '../../functions/registry/match-route.ts';
import {
  approvePurge,
  type PurgeContext,
  requestPurge,
  showPurge,
} from '../../functions/registry/purge-request.ts';
import { PURGE_ROUTES } from '../../functions/registry/purge-routes.ts';
import { searchTables } from '../../functions/registry/purge-search.ts';
import { handleWith } from '../../functions/registry/router.ts';
import { identities, userArn } from '../../infra/local/identities.ts';
import { inContract } from './contract.ts';
import { proxyEvent, TIMES, type Wire } from './rig.ts';
import { purgeSigned } from './signing.ts';

const USE_CASES = {
  'request-purge': requestPurge,
  'search-tables': searchTables,
  'show-purge': showPurge,
  'approve-purge': approvePurge,
};

export interface PurgeDoor {
  readonly purges: PurgeContext['purges'];
  /** @param session whose key signs; by default the identity's own */
  post(name: string, path: string, body: Wire, session?: string): Promise<{ status: number; body: Wire }>;
  get(name: string, path: string): Promise<{ status: number; body: Wire }>;
}

/** @param isClosed whether nobody can publish meanwhile */
export function purgeDoor(registry: RegistryContext, isClosed = true, times = TIMES): PurgeDoor {
  const context = purgeContextOf(registry, registry.tables.state, isClosed);
  async function ask(name: string, method: string, path: string, body: string | null) {
    const who = identities.find((each) => each.name === name);
    if (who === undefined) throw new Error(name);
    const identity = { userArn: userArn(who), user: `${who.roleId}:${who.session}` };
    const event = proxyEvent(method, `/v1/registry-purge${path}`, {}, body, identity);
    const handled = inContract(
      await handleWith(context, event, times, (verb, at) => {
        const matched = matchIn(PURGE_ROUTES, verb, at);
        return matched === undefined ? undefined : { ...matched, useCase: USE_CASES[matched.name] };
      }),
    );
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
