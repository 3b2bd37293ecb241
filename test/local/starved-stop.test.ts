/**
 * Whatever else the registry is busy with, a stop goes through: the bundles that are deployed, behind the template's own
 * routes, and every sandbox that the other functions may have taken.
 */
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { LocalAssembly } from '../../infra/local/assembly.ts';
import { type LocalGuard, startLocalGuard } from '../../infra/local/local-guard.ts';
import { object, resourcesOfType } from '../../infra/local/template.ts';
import { registryAssembly } from '../registry/registry-assembly.ts';
import { call, freePort } from './guard-fixture.ts';

/** What keeps sandboxes of these busy is real work, held up until the gate opens. */
const BUSY = ['registry', 'jobs'];
/** As many sandboxes as this machine gives a function that keeps none. */
const MOST = 4;

const room = mkdtempSync(join(tmpdir(), 'routeguard-starved-'));
const gate = join(room, 'open');
const begun = (name: string) => readdirSync(join(room, name)).length;

/** The same bundle behind a gate: it says that it has begun, and goes on when the gate is open. */
function gated(name: string, directory: string): string {
  mkdirSync(join(room, name));
  const before = join(room, `${name}-gated`);
  mkdirSync(before);
  writeFileSync(
    join(before, 'index.mjs'),
    `import { existsSync, writeFileSync } from 'node:fs';
import { handler as real } from ${JSON.stringify(pathToFileURL(join(directory, 'index.mjs')).href)};
export const handler = async (event, context) => {
  writeFileSync(${JSON.stringify(join(room, name))} + '/' + context.awsRequestId, '');
  while (!existsSync(${JSON.stringify(gate)})) await new Promise((resolve) => setTimeout(resolve, 20));
  return real(event, context);
};
`,
  );
  return before;
}

async function gatedAssembly(): Promise<LocalAssembly> {
  const assembly = await registryAssembly();
  const before = new Map<string, string>();
  // What waits at the gate may wait for as long as a slow machine takes.
  for (const [, { Properties }] of resourcesOfType(assembly.template, 'AWS::Lambda::Function'))
    Object.assign(object(Properties, 'properties'), { Timeout: 120 });
  return {
    ...assembly,
    assetDirectory: (key) => {
      const directory = assembly.assetDirectory(key);
      const name = BUSY.find((each) => directory.endsWith(`/${each}`));
      if (name === undefined) return directory;
      const found = before.get(name) ?? gated(name, directory);
      before.set(name, found);
      return found;
    },
  };
}

let guard: LocalGuard;
beforeAll(async () => {
  guard = await startLocalGuard({
    port: await freePort(),
    data: undefined,
    empty: false,
    environment: {},
    report: () => {},
    log: () => {},
    signal: new AbortController().signal,
    synthesise: gatedAssembly,
  });
}, 120_000);
afterAll(async () => {
  await guard?.stop();
  rmSync(room, { recursive: true, force: true });
});

const ask = (method: 'GET' | 'POST', path: string, body: object = {}) =>
  call(guard.context.baseUrl, {
    ...{ method, path: `/v1/registry/${path}`, who: 'usa-proposer' },
    body: method === 'GET' ? '' : JSON.stringify(body),
  });

it('a stop goes through while every sandbox of the registry and of its jobs is taken', async () => {
  let answered = 0;
  const ahead: Promise<{ status: number }>[] = [];
  const keepBusy = (name: string) =>
    ahead.push(
      (name === 'jobs' ? ask('POST', 'forecast', { days: 1 }) : ask('GET', 'log')).then((answer) => {
        // The platform's own word for it, where what is too much is refused and does not wait.
        if (answer.status !== 429) answered += 1;
        return answer;
      }),
    );
  for (let n = 0; n < MOST; n += 1) BUSY.forEach(keepBusy);
  while (BUSY.some((name) => begun(name) < MOST)) await pause(20);
  // One more finds none free.
  BUSY.forEach(keepBusy);

  const stop = { authority: 'us-state', cause: 'doubt', reason: 'Starved' };
  const held = await ask('POST', 'hold', { id: 'starved', scope: { owner: 'USA' }, ...stop });
  expect([held.status, JSON.parse(held.body).version]).toEqual([200, 2]);
  const seen = await ask('GET', 'holds');
  expect([seen.status, JSON.parse(seen.body).holds.map(({ id }: { id: string }) => id)]).toEqual([
    200,
    ['starved'],
  ]);
  const dry = { facts: ['accreditation/us-on-gb-b'], reason: 'Starved', dryRun: true };
  expect((await ask('POST', 'revoke', dry)).status).toBe(200);
  const rehearsed = await ask('POST', 'stop-rehearsal');
  expect([rehearsed.status, JSON.parse(rehearsed.body).standing]).toEqual([200, 'published']);

  // Nothing else had its turn meanwhile; then all of it has.
  expect([answered, BUSY.map(begun), existsSync(gate)]).toEqual([0, [MOST, MOST], false]);
  writeFileSync(gate, '');
  await Promise.all(ahead);
  expect(answered).toBeGreaterThanOrEqual(BUSY.length * MOST);
}, 90_000);
