/** The local Lambda, as whoever publishes asks it: with the real SDK, by the registry's own code and the template's own rights. */
import { createServer, type Server } from 'node:http';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readersInService } from '../../../functions/registry/readers-in-service.ts';
import { isCustom } from '../../../infra/local/custom-resources.ts';
import { FunctionHost } from '../../../infra/local/function-host.ts';
import { functionIds, type LocalFunction, localFunction } from '../../../infra/local/functions.ts';
import { Ignored } from '../../../infra/local/ignored.ts';
import { localNames } from '../../../infra/local/names.ts';
import { lambdaDoor } from '../../../infra/local/platform/lambda.ts';
import { errorReply, write } from '../../../infra/local/reply.ts';
import type { Template } from '../../../infra/local/template.ts';
import { unheldGuard } from '../../infra/synthesised-guard.ts';

const template = unheldGuard() as unknown as Template;
const custom = Object.entries(template.Resources).filter(([, resource]) => isCustom(resource));
const names = localNames('Test', template, new Map(custom.map(([id]) => [id, { PublicKey: 'KEY' }])));
const assembly = { stackName: 'Test', template, assetDirectory: () => '/nowhere', remove: async () => {} };
const all = functionIds(template).map((id) => localFunction(assembly, id, names, new Ignored()));
const named = (shortName: string): LocalFunction => {
  const found = all.find((each) => each.shortName === shortName);
  if (found === undefined) throw new Error(`no function ${shortName}`);
  return found;
};
const host = new FunctionHost({
  database: {
    engine: null,
    endpoint: 'http://127.0.0.1:9',
    credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
  },
  ...{ admit: async () => [], log: () => {}, report: () => {} },
});
/** The readers as the registry is told of them. */
const READERS: string[] = (named('registry').environment['READERS'] ?? '').split(',');

let role = '';
let endpoint = true;
let server: Server;
let client: LambdaClient;
beforeAll(async () => {
  for (const each of all) await host.add(each);
  server = createServer((request, response) => {
    const call = {
      ...{ target: '', method: request.method ?? '', path: request.url ?? '', body: Buffer.alloc(0) },
      attempt: (action: string, resource: string, context = {}) => ({ action, resource, role, context }),
      endpointAllows: () => endpoint,
    };
    const reply = lambdaDoor({ template, names }, (reference) => host.find(reference), call);
    write(response, reply ?? errorReply(404, 'UnknownOperationException', 'Not here.'));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  client = new LambdaClient({
    ...{ region: 'us-east-1', maxAttempts: 1, credentials: { accessKeyId: 'a', secretAccessKey: 'b' } },
    endpoint: `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`,
  });
});
afterAll(async () => {
  client.destroy();
  server.close();
  await host.stop();
});

const ask = (who: string, readers = READERS, through = true) => {
  role = named(who).role;
  endpoint = through;
  return readersInService(client, readers)(AbortSignal.timeout(30_000));
};

it('tells who publishes which formats every alias in service reads', async () => {
  const found = await ask('registry');
  expect(READERS.length).toBeGreaterThan(5);
  expect([...new Set(found.map((each) => each.function))]).toEqual([...READERS]);
  expect(found.filter(({ reads, version }) => reads !== 1 || version !== '1')).toEqual([]);
  // Decide has two: the one in service, and that of the probe.
  expect(found.filter((each) => each.function === named('decide').name)).toHaveLength(2);
});

describe('refuses', () => {
  it.each<[string, string, string[], boolean, string]>([
    ['who does not publish', 'board', READERS, true, 'AccessDeniedException'],
    ['a function that is no reader', 'registry', [named('commit-key').name], true, 'AccessDeniedException'],
    ['what the endpoint lets nobody ask', 'registry', READERS, false, 'AccessDeniedException'],
    ['a function that there is not', 'registry', ['nobody'], true, 'ResourceNotFoundException'],
  ])('%s', async (_what, who, readers, through, error) => {
    await expect(ask(who, readers, through)).rejects.toMatchObject({ name: error });
  });
});
