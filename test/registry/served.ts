/** The registry's function behind HTTP on loopback, as the command line reaches it; a test may have it lie. */
import type { RegistryContext } from '../../functions/registry/context.ts';
import { identities, userArn } from '../../infra/local/identities.ts';
import { type Heard, type LoopbackServer, loopbackServer } from '../client/loopback-server.ts';
import { inContract } from './contract.ts';
import { handle } from './every-door.ts';
import { proxyEvent, TIMES } from './rig.ts';
import type { Wire } from './wire.ts';

export interface ServedRegistry extends LoopbackServer {
  /** What becomes of a true answer, by the path below the door. */
  lie: (path: string, body: Wire) => Wire;
  /** Whether the function behind a method has no execution left, as API Gateway then answers. */
  isThrottled: (method: string, path: string) => boolean;
}

export const truth = (_path: string, body: Wire): Wire => body;

export async function serveRegistry(context: RegistryContext): Promise<ServedRegistry> {
  const served: ServedRegistry = Object.assign(
    await loopbackServer((heard, response) => {
      if (served.isThrottled(heard.method, new URL(heard.path, 'http://loopback').pathname)) {
        response.writeHead(429).end(JSON.stringify({ message: 'Too Many Requests' }));
        return;
      }
      answered(context, heard).then(({ status, path, body }) =>
        response.writeHead(status).end(JSON.stringify(status < 300 ? served.lie(path, body) : body)),
      );
    }),
    { lie: truth, isThrottled: () => false },
  );
  return served;
}

async function answered(context: RegistryContext, { method, path: target, headers, body }: Heard) {
  const url = new URL(target, 'http://loopback');
  const [, accessKeyId] = /Credential=([^/]+)\//.exec(headers.authorization ?? '') ?? [];
  const who = identities.find((each) => each.accessKeyId === accessKeyId);
  if (who === undefined) throw new Error('nobody signed this request');
  const identity = { userArn: userArn(who), user: `${who.roleId}:${who.session}` };
  const query = Object.fromEntries(url.searchParams);
  const event = proxyEvent(method, url.pathname, query, body === '' ? null : body, identity);
  const { status, body: answer } = inContract(await handle(context, event, TIMES));
  return { status, path: url.pathname.replace('/v1/registry/', ''), body: answer as Wire };
}
