/**
 * How many requests a second are answered through the local HTTP door, signed and unsigned again, before one in a hundred
 * waits too long: `decide-http` beside a bare handler behind the same door. Open loop: nobody waits for an answer to ask again.
 */

import type { ServiceName } from '../../../infra/aws-services.ts';
import { serviceNames } from '../../../infra/aws-services.ts';
import { FunctionHost } from '../../../infra/local/function-host.ts';
import type { LocalFunction } from '../../../infra/local/functions.ts';
import { functionArn } from '../../../infra/local/names.ts';
import type { Way } from '../../../infra/local/platform/vpc.ts';
import type { LocalRoute } from '../../../infra/local/routes.ts';
import { listen } from '../../../infra/local/server.ts';
import type { ReceivedRequest } from '../../../infra/local/sigv4.ts';
import { signedRequest } from '../../local/signed-request.ts';
import { bareDirectory, type Deployed, deploy, directoryOf } from '../deployed.ts';
import { load } from '../http-load.ts';
import { newQuestions, take, textOf } from '../questions.ts';
import { atLeastTimes, type Effort, type Figure, overFloor, type Row } from '../row.ts';
import { median } from '../timing.ts';

const SIDES = { decide: '/v1/decide', bare: '/access/bare' } as const;
type SideName = keyof typeof SIDES;

/** A second: what any machine serves. */
const SLOWEST = 20;
/** A quarter more each time. */
const STEP = 1.25;
const KNOWN = take(newQuestions(2), 50);

function served(name: SideName, directory: string, { environment }: Deployed): LocalFunction {
  return {
    ...{ shortName: name, name, door: 'api', directory, handler: 'index.handler', memory: 512, timeout: 3 },
    ...{ environment, logGroup: name, role: name, reserved: undefined, qualifiers: ['$LATEST', 'live'] },
    ways: Object.fromEntries(
      serviceNames.map((each): [ServiceName, Way] => [each, { open: true }]),
    ) as Record<ServiceName, Way>,
  };
}

/** A signature lasts for minutes: they are made anew for each step. */
function requestsFor(name: SideName): Promise<readonly ReceivedRequest[]> {
  return Promise.all(
    KNOWN.map((question) =>
      signedRequest({
        ...{ path: SIDES[name], body: textOf(question), signedAt: new Date() },
        secretAccessKey: 'local-only-caller',
      }),
    ),
  );
}

async function startDoor(deployed: Deployed, effort: Effort) {
  const { hostname, port } = new URL(deployed.store.engine.endpoint);
  const engine = { host: hostname, to: { host: hostname, port: Number(port), tls: false } };
  const host = new FunctionHost({
    database: {
      ...{ endpoint: deployed.store.engine.endpoint, engine: null },
      credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    },
    admit: () => Promise.resolve([engine]),
    log: () => undefined,
    report: effort.say,
  });
  await host.add(served('decide', await directoryOf('decide-http'), deployed));
  await host.add(served('bare', await bareDirectory('get-head-http'), deployed));
  await host.warm();
  const routes: readonly LocalRoute[] = Object.entries(SIDES).map(([name, path]) => ({
    ...{ method: 'POST', path, target: functionArn(name, 'live'), bodyIsObject: true },
  }));
  const server = await listen(0, () => ({ host, routes }));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return {
    port: address.port,
    async stop() {
      server.closeAllConnections();
      server.close();
      await host.stop();
    },
  };
}

async function measure(effort: Effort): Promise<readonly Figure[]> {
  const deployed = await deploy();
  const door = await startDoor(deployed, effort);
  try {
    const seconds = effort.quick ? 0.5 : 2;
    const at = async (name: SideName, perSecond: number) =>
      load(door.port, await requestsFor(name), { perSecond, seconds });
    // Sandboxes start, and code is compiled.
    for (let turn = 0; turn < (effort.quick ? 1 : 3); turn += 1)
      for (const name of ['bare', 'decide'] as const) {
        const { failed } = await at(name, SLOWEST);
        if (failed > 0 && turn > 0) throw new Error(`${failed} requests of ${name} failed`);
      }
    const calm = await at('bare', SLOWEST);
    const most = 4 * calm.p99;
    effort.say(
      `p99 of the bare handler at ${SLOWEST} a second ${calm.p99.toFixed(1)} ms: up to ${most.toFixed(1)} ms counts`,
    );
    const reached: Record<SideName, number[]> = { bare: [], decide: [] };
    for (let pass = 0; pass < (effort.quick ? 1 : 3); pass += 1)
      for (const name of pass % 2 === 0 ? (['bare', 'decide'] as const) : (['decide', 'bare'] as const)) {
        let best = 0;
        // One step that fails may be somebody else's: the second in a row is the end.
        for (let perSecond = SLOWEST, misses = 0; misses < 2; perSecond *= STEP) {
          const { p99, failed } = await at(name, perSecond);
          const isServed = failed === 0 && p99 <= most;
          misses = isServed ? 0 : misses + 1;
          if (isServed) best = perSecond;
          if (effort.quick && perSecond > 2 * SLOWEST) break;
        }
        effort.say(`${name}: ${best.toFixed(0)} a second`);
        reached[name].push(best);
      }
    const floor: [string, number] = ['bare handler', median(reached.bare)];
    return [
      {
        ...overFloor(
          `requests within a p99 of ${most.toFixed(0)} ms`,
          'a second',
          median(reached.decide),
          floor,
        ),
        toReach: atLeastTimes(0.85),
      },
    ];
  } finally {
    await door.stop();
    await deployed.stop();
  }
}

export const sustained: Row = {
  name: 'load',
  question: 'sustained open-loop load through the local HTTP door',
  against: 'the bare handler behind the same door, pass by pass',
  toReach: '≥ 0.85 × its rate at the same p99',
  measure,
};
