/** One address for the databases of several Regions: each request goes to the Region that it was signed for. */
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface RegionRouter {
  readonly endpoint: string;
  /** A Region nobody reaches any more, or reaches again. */
  lose(region: string, isLost?: boolean): void;
  stop(): Promise<void>;
}

/** `Credential=KEY/DATE/REGION/SERVICE/aws4_request`. */
const SCOPE = /Credential=[^/]+\/\d{8}\/([\w-]+)\//;

/** @param endpoints by Region */
export async function startRegionRouter(endpoints: Readonly<Record<string, string>>): Promise<RegionRouter> {
  const lost = new Set<string>();
  const server = createServer((from, to) => {
    const [, region = ''] = SCOPE.exec(from.headers.authorization ?? '') ?? [];
    const endpoint = lost.has(region) ? undefined : endpoints[region];
    if (endpoint === undefined) {
      from.socket.destroy();
      return;
    }
    const { method, headers, url = '/' } = from;
    const ahead = request(new URL(url, endpoint), { method: method ?? 'POST', headers }, (answer) => {
      to.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(to);
    });
    ahead.once('error', () => to.destroy());
    from.pipe(ahead);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    lose: (region, isLost = true) => void (isLost ? lost.add(region) : lost.delete(region)),
    stop: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
