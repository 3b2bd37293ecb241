/**
 * A change that asks for a newer build than is in service: published by nobody, because whoever cannot read it would deny
 * everything and could stop nothing. The next build is this one with a format more; Lambda is its API on this machine.
 */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type * as Format from '../../functions/core/facts/format.ts';
import {
  demandReaders,
  type ReaderInService,
  readersInService,
} from '../../functions/registry/readers-in-service.ts';
import { encodeRoot } from '../../functions/store/registry-root.ts';
import { stateOf } from '../decide/rig.ts';
import { vendor } from './changes.ts';
import { approvalOf, type RegistryRig, simulated, startRegistryRig, type Wire } from './rig.ts';
import { smallSample } from './small-sample.ts';

vi.mock('../../functions/core/facts/format.ts', async (original) => {
  const real = await original<typeof Format>();
  const next: Format.FormatRow = {
    ...{ format: 2, oldestReader: 2, brings: 'vendors of the next format' },
    isOf: (fact) => String(fact['id']).startsWith('of-two'),
  };
  const FORMATS = [...real.FORMATS, next];
  return {
    ...real,
    FORMAT: 2,
    FORMATS,
    formatOf: (facts: Parameters<typeof real.formatOf>[0]) => real.formatOf(facts, FORMATS),
  };
});

const signal = AbortSignal.timeout(60_000);
const reads = (version: string, format: number | null): ReaderInService => ({
  function: 'decide',
  version,
  reads: format,
});
const FIRST = { format: 1, oldestReader: 1 };
const SECOND = { format: 2, oldestReader: 2 };

describe('who is in service', () => {
  it.each<[string, readonly ReaderInService[] | Error, expected: string]>([
    ['everybody reads it', [reads('1', 2), reads('2', 3)], 'published'],
    ['one does not', [reads('1', 2), reads('2', 1)], 'READERS_TOO_OLD'],
    ['one does not say', [reads('1', 2), reads('2', null)], 'READERS_TOO_OLD'],
    ['nobody is known', [], 'READERS_TOO_OLD'],
    ['nobody could say', new Error('AccessDenied'), 'STORE_UNAVAILABLE'],
  ])('%s: %s', async (_, found, expected) => {
    const readers = async () => {
      if (found instanceof Error) throw found;
      return found;
    };
    const outcome = (before: Format.RegistryFormat | null) =>
      demandReaders(readers, before, SECOND, signal).then(
        () => 'published',
        (error) => error.code,
      );
    expect(await outcome(FIRST)).toBe(expected);
    expect(await outcome(null)).toBe(expected);
    // What is in force already asks nobody.
    expect(await outcome(SECOND)).toBe('published');
  });
});

describe('what a change asks of who is in service', () => {
  const asks = (format: number, oldestReader: number): Format.RegistryFormat => ({ format, oldestReader });
  /** The oldest build with which it is let through; null where nobody is asked. */
  it.each<[before: Format.RegistryFormat | null, after: Format.RegistryFormat, oldest: number | null]>([
    [null, asks(1, 1), null],
    [null, asks(2, 1), 2],
    [asks(1, 1), asks(2, 1), 2],
    [asks(1, 1), asks(2, 2), 2],
    [asks(2, 1), asks(2, 1), null],
    [asks(2, 1), asks(2, 2), 2],
    [asks(3, 1), asks(3, 2), 2],
    [asks(3, 1), asks(3, 3), 3],
    [asks(3, 1), asks(2, 2), 2],
    [asks(3, 2), asks(3, 1), null],
    [asks(3, 3), asks(1, 1), null],
    [asks(2, 2), asks(3, 1), 3],
  ])('after %j, %j: %s', async (before, after, oldest) => {
    const isLet = (reader: number) =>
      demandReaders(async () => [reads('7', reader)], before, after, signal).then(
        () => true,
        () => false,
      );
    const expected = [1, 2, 3].map((reader) => oldest === null || reader >= oldest);
    expect(await Promise.all([1, 2, 3].map(isLet))).toEqual(expected);
  });
});

describe('the aliases of a function', () => {
  let server: Server;
  let client: LambdaClient;
  /** What Lambda answers, by path; a version is in no alias unless one says so. */
  const API: Readonly<Record<string, unknown>> = {
    '/2015-03-31/functions/decide/aliases': {
      Aliases: [
        { Name: 'live', FunctionVersion: '3', RoutingConfig: { AdditionalVersionWeights: { 4: 0.1 } } },
      ],
      NextMarker: 'more',
    },
    '/2015-03-31/functions/decide/aliases?Marker=more': {
      Aliases: [{ Name: 'probe', FunctionVersion: '4' }],
    },
    '/2015-03-31/functions/board/aliases': { Aliases: [] },
    '/2015-03-31/functions/decide/configuration?Qualifier=live': {
      Environment: { Variables: { READS_FORMAT: '1' } },
    },
    '/2015-03-31/functions/decide/configuration?Qualifier=probe': {
      Environment: { Variables: { READS_FORMAT: '2' } },
    },
    '/2015-03-31/functions/odd/aliases': { Aliases: [{ Name: 'live', FunctionVersion: '1' }] },
    '/2015-03-31/functions/odd/configuration?Qualifier=live': {
      Environment: { Variables: { READS_FORMAT: '2.5' } },
    },
  };
  beforeAll(async () => {
    server = createServer((request, response) => {
      const url = new URL(request.url ?? '/', 'http://lambda');
      url.searchParams.delete('MaxItems');
      const body = API[`${url.pathname.replace(/\/$/, '')}${url.search}`];
      response.writeHead(body === undefined ? 404 : 200, { 'content-type': 'application/json' });
      response.end(JSON.stringify(body ?? { Message: url.href }));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
    client = new LambdaClient({
      endpoint: `http://127.0.0.1:${port}`,
      region: 'us-east-1',
      credentials,
      maxAttempts: 1,
    });
  });
  afterAll(() => {
    client.destroy();
    server.close();
  });

  it('name every version in service, each with what it reads; one in a canary counts as one that does not say', async () => {
    expect(await readersInService(client, ['decide'])(signal)).toEqual([
      reads('3', 1),
      reads('4', null),
      reads('4', 2),
    ]);
  });

  it('say nothing where there are none, or where nobody wrote a number', async () => {
    expect(await readersInService(client, ['board', 'odd'])(signal)).toEqual([
      { function: 'board', version: 'none', reads: null },
      { function: 'odd', version: '1', reads: null },
    ]);
  });

  it('throw where one cannot be asked', async () => {
    await expect(readersInService(client, ['decide', 'gone'])(signal)).rejects.toThrow();
  });
});

describe('a change of the next format', () => {
  let rig: RegistryRig;
  let inService: readonly ReaderInService[] = [];
  const readers = async () => inService;
  beforeAll(async () => {
    rig = await startRegistryRig({ readers });
  });
  afterAll(() => rig.stop());

  async function waiting(id: string): Promise<Wire> {
    const { body } = await rig.as('proposer').post('proposals', { reason: 'A test', changes: [vendor(id)] });
    return simulated(rig.as('approver'), body.id);
  }
  const approve = async (open: Wire) =>
    rig.as('approver').post(`proposals/${open.id}/approve`, approvalOf(open));
  const head = async () => (await rig.store.reader().open()).root;

  it('waits, open, until everybody in service reads it; then its version says so', async () => {
    const open = await waiting('of-two');
    inService = [reads('3', 1), reads('4', 2)];
    const refused = await approve(open);
    expect([refused.status, refused.body.error.code, refused.body.error.details]).toEqual([
      409,
      'READERS_TOO_OLD',
      { format: 2, readers: [reads('3', 1)] },
    ]);
    expect([(await rig.as('approver').get(`proposals/${open.id}`)).body.status, await head()]).toMatchObject([
      'open',
      FIRST,
    ]);
    inService = [reads('4', 2)];
    expect((await approve(open)).status).toBe(200);
    expect(await head()).toMatchObject(SECOND);
  });

  it('that was approved half-way is asked about again before it is gone on with', async () => {
    const again = await startRegistryRig({ readers });
    const wire = async (id: string) => {
      const { body } = await again
        .as('proposer')
        .post('proposals', { reason: 'A test', changes: [vendor(id)] });
      return simulated(again.as('approver'), body.id);
    };
    const open = await wire('of-two-half-way');
    inService = [reads('4', 2)];
    const dying = {
      ...again.context,
      publisher: { ...again.context.publisher, publish: () => Promise.reject(new Error('died')) },
    };
    await again.asIn(dying, 'approver').post(`proposals/${open.id}/approve`, approvalOf(open));
    inService = [reads('3', 1)];
    const resumed = await again.as('approver').post(`proposals/${open.id}/approve`, approvalOf(open));
    expect(resumed.body.error.code).toBe('READERS_TOO_OLD');
    inService = [reads('4', 2)];
    expect((await again.as('approver').post(`proposals/${open.id}/approve`, approvalOf(open))).status).toBe(
      200,
    );
    await again.stop();
  });

  it('is followed by what asks for no more, and by stops, whoever is in service', async () => {
    inService = [];
    const open = await waiting('of-one');
    expect((await approve(open)).status).toBe(200);
    const stop = { authority: 'uk-ncsc', scope: { owner: 'GBR' }, cause: 'doubt', reason: 'A test' };
    expect((await rig.as('gbr-approver').post('hold', { id: 'whoever', ...stop })).status).toBe(200);
    expect(await head()).toMatchObject(SECOND);
  });
});

it('a root of the next format is what the format of its facts says', async () => {
  const state = stateOf(smallSample());
  const { stageState } = await import('../../functions/store/staging.ts');
  const valid = { from: '2020-01-01', to: null, zone: 'UTC' };
  const more = { ...vendor('of-two-more').fact, valid };
  const staged = stageState({ ...state, facts: new Map([...state.facts, ['vendor/of-two-more', more]]) });
  expect(staged.root).toMatchObject(SECOND);
  expect(encodeRoot(staged.root).length - encodeRoot({ ...staged.root, ...FIRST }).length).toBe(4);
});
