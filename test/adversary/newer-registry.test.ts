/**
 * A registry that a newer build has published, under this one: whatever it says that this build would overlook may be what
 * refuses. Nothing is permitted, under a code that says so; what it says that this one can read, decides as ever.
 */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { viewChanges } from '../../functions/core/administration/view-changes.ts';
import { type Digest, digestOf, type Json } from '../../functions/core/facts/canonical.ts';
import { FORMAT, type RegistryFormat } from '../../functions/core/facts/format.ts';
import type { RawFact } from '../../functions/core/facts/view.ts';
import { factsOf, stageApplied } from '../../functions/store/applied-change.ts';
import { encodeRoot } from '../../functions/store/registry-root.ts';
import {
  type RegistryChanges,
  type StagedRegistry,
  stageAgain,
  stageChanges,
} from '../../functions/store/staging.ts';
import { loadWhole } from '../../functions/store/whole-registry.ts';
import { type Doors, startDoors } from '../doors/doors-rig.ts';
import { restEvent } from '../doors/rest-event.ts';
import { source } from '../registry/changes.ts';
import { contextFor, personNamed } from '../registry/rig.ts';
import {
  asked,
  beginAgain,
  doors,
  facts,
  forge,
  forgeSigned,
  HOLD,
  honest,
  ofFormat,
  problems,
  putBack,
  startForgingOver,
} from './forging.ts';
import { oneRoute } from './one-route.ts';

const ROUTE = 'sms-gb-primary';

beforeAll(() => startForgingOver(oneRoute()), 120_000);
afterAll(() => doors.stop());
beforeEach(putBack);

async function published(staged: StagedRegistry): Promise<string> {
  await forgeSigned(staged);
  const answer = await asked(await doors.fresh('decide'));
  return answer.decision ? 'permit' : answer.reasons.map(({ code }) => code).join();
}

describe('what a version asks of builds', () => {
  it.each<[RegistryFormat, expected: string]>([
    [{ format: 1, oldestReader: 1 }, 'permit'],
    [{ format: FORMAT + 1, oldestReader: FORMAT }, 'permit'],
    [{ format: FORMAT + 1, oldestReader: FORMAT + 1 }, 'REGISTRY_FORMAT'],
    [{ format: 0xffff, oldestReader: 0xffff }, 'REGISTRY_FORMAT'],
  ])('%j: %s', async (format, expected) => {
    expect(await published(ofFormat(format))).toBe(expected);
  });

  it('of a newer format is built on by nobody who does not know it', async () => {
    const { root, objects } = { ...honest, root: { ...honest.root, format: FORMAT + 1 } };
    await expect(stageChanges({ root, objects }, {})).rejects.toMatchObject({ code: 'FORMAT_UNKNOWN' });
  });

  it('is of a newer form, and was read by an older build as nothing', async () => {
    expect(await published(ofForm(2))).toBe('REGISTRY_FORMAT');
  });
});

/** A law in a form that only newer builds know. */
function ofForm(form: number): StagedRegistry {
  const law = Buffer.from(`routeguard law ${form}\n{}`, 'utf8');
  const digest: Digest = digestOf(law);
  const rootBytes = encodeRoot({ ...honest.root, law: digest });
  return {
    ...stageAgain(honest),
    rootBytes,
    rootDigest: digestOf(rootBytes),
    objects: new Map([[digest, law]]),
  };
}

describe('an audit by a build that cannot read it', () => {
  it.each<[string, () => StagedRegistry | Promise<StagedRegistry>, readonly string[]]>([
    ['this format', () => ofFormat({ format: FORMAT, oldestReader: FORMAT }), []],
    [
      'a newer format that it may read',
      () => ofFormat({ format: FORMAT + 1, oldestReader: FORMAT }),
      ['FORMAT_UNKNOWN'],
    ],
    ['a newer format', () => ofFormat({ format: FORMAT + 1, oldestReader: FORMAT + 1 }), ['FORMAT_UNKNOWN']],
    ['a newer form of the law', () => ofForm(2), ['FORMAT_UNKNOWN', 'LAYOUT']],
    // Whoever brings a member brings a format: without one it is what facts do not come to.
    ['a member of the law', async () => stageChanges(honest, await laidOut('law')), ['LAYOUT']],
    ['a member of a route', async () => stageChanges(honest, await laidOut('route')), ['LAYOUT']],
  ])('says so of %s', async (_what, staged, expected) => {
    await published(await staged());
    expect(await problems()).toEqual(expected);
  });
});

/** What somebody publishes who holds the commit key, and nobody's signature. */
describe('a forgery is no newer build’s registry', () => {
  const stopped = async () => {
    const after = new Map(facts).set('hold/stop', { ...HOLD, scope: { network: 'us-b' } });
    return stageChanges(honest, { facts: viewChanges(facts, after, ['hold/stop']).facts });
  };
  const read = { format: FORMAT + 1, oldestReader: FORMAT };
  const unread = { format: FORMAT + 1, oldestReader: FORMAT + 1 };
  type Forgery = Parameters<typeof forge>[0];
  /** A version that names an object in a form of nobody's, and asks for no newer build. */
  const naming = (type: 'approval' | 'keyring'): Forgery => {
    const bytes = Buffer.from(`routeguard ${type} 2\n{}`, 'utf8');
    const digest = digestOf(bytes);
    const staged = { ...stageAgain(honest), objects: new Map([[digest, bytes]]) };
    return { staged, commit: { [type]: digest } };
  };

  it.each<[string, () => Promise<Forgery>, decided: string, found: readonly string[]]>([
    [
      'a stop that asks for a newer build to publish on it',
      async () => ({ kind: 'hold', staged: ofFormat(read, await stopped()) }),
      'REGISTRY_INTEGRITY',
      ['NOT_RESTRICTING'],
    ],
    [
      'a stop that asks for a newer build to read it',
      async () => ({ kind: 'hold', staged: ofFormat(unread, await stopped()) }),
      'REGISTRY_FORMAT',
      ['FORMAT_UNKNOWN', 'NOT_RESTRICTING'],
    ],
    [
      'a version that nobody signed and nobody acknowledged',
      async () => ({ silent: true, staged: ofFormat(unread) }),
      'REGISTRY_FORMAT',
      ['APPROVAL_STATEMENT', 'FLOOR', 'FORMAT_UNKNOWN'],
    ],
    [
      'a word in a form of nobody’s',
      async () => naming('approval'),
      'REGISTRY_FORMAT',
      ['FORMAT_UNKNOWN', 'HEAD_UNSOUND'],
    ],
    [
      'a keyring in a form of nobody’s',
      async () => naming('keyring'),
      'REGISTRY_FORMAT',
      ['FORMAT_UNKNOWN', 'HEAD_UNSOUND'],
    ],
  ])('%s', async (_what, forgery, decided, found) => {
    await forge(await forgery());
    const answer = await asked(await doors.fresh('decide'));
    expect([answer.decision, answer.reasons.map(({ code }) => code)]).toEqual([false, [decided]]);
    expect((await problems()).toSorted()).toEqual(found);
  });
});

type Doc = { readonly [member: string]: Json };
const NEW = { embargoes: [{ kind: 'embargo', id: 'x' }] };

/** What a newer build might lay out, and this one would not look at. */
async function laidOut(where: string): Promise<RegistryChanges> {
  const { law, entries } = await honest.read([`route/${ROUTE}`]);
  const route = entries.get(`route/${ROUTE}`) as Doc & {
    readonly route: RawFact;
    readonly networks: Readonly<Record<string, Doc>>;
  };
  const networks = (change: (doc: Doc) => Doc) =>
    Object.fromEntries(Object.entries(route.networks).map(([id, doc]) => [id, change(doc)]));
  const view = (doc: Json) => ({ view: new Map([[`route/${ROUTE}`, doc]]) });
  switch (where) {
    case 'law':
      return { law: { ...(law as Doc), ...NEW } };
    case 'law, and nothing in it':
      return { law: { ...(law as Doc), embargoes: [] } };
    case 'route':
      return view({ ...route, ...NEW });
    case 'network of a route':
      return view({ ...route, networks: networks((doc) => ({ ...doc, ...NEW })) });
    case 'host of a network':
      return view({ ...route, networks: networks((doc) => ({ ...doc, host: { ...doc, ...NEW } })) });
    case 'vendor': {
      const vendors = await honest.vendors(vendorsOf(route));
      expect(vendors.size).toBeGreaterThan(0);
      return { vendors: new Map([...vendors].map(([id, doc]) => [id, { ...(doc as Doc), ...NEW }])) };
    }
    default:
      return {};
  }
}

function vendorsOf({ networks }: { readonly networks: Readonly<Record<string, Doc>> }): readonly string[] {
  const found = JSON.stringify(networks).matchAll(/"vendor":"([a-z0-9-]+)"/g);
  return [...new Set([...found].map(([, id = '']) => id))];
}

const PLACES = [
  'law',
  'law, and nothing in it',
  'route',
  'network of a route',
  'host of a network',
  'vendor',
];

describe('what a document says besides', () => {
  it.each<readonly [where: string, expected: string]>([
    ['nothing', 'permit'],
    ...PLACES.map((place) => [place, 'REGISTRY_FORMAT'] as const),
  ])('in the %s: %s', async (where, expected) => {
    expect(await published(await stageChanges(honest, await laidOut(where)))).toBe(expected);
  });
});

describe('what is published on top of a member that nobody here knows', () => {
  beforeEach(async () => {
    await beginAgain();
    expect(await published(await stageChanges(honest, await laidOut('law')))).toBe('REGISTRY_FORMAT');
  });
  const context = () => contextFor(doors.store, doors.store.signer);

  it('is nothing by two people: they would take it back unseen', async () => {
    const [author, second] = ['usa-proposer', 'usa-approver'].map((name) => personNamed(context(), name));
    const valid = { from: '2019-01-01', to: '2019-01-02', zone: 'UTC' };
    // A stop that has been over for years: nothing is permitted by it that was not.
    const over = { ...HOLD, id: 'over', scope: { network: 'us-b' }, cause: 'doubt', valid, ending: [source] };
    const { reason: _reason, ...fact } = over as Readonly<Record<string, unknown>>;
    const proposed = await author?.post('proposals', { reason: 'A test', changes: [{ op: 'add', fact }] });
    expect(proposed?.status).toBe(201);
    const simulated = await second?.post(`proposals/${proposed?.body.id}/simulate`);
    expect([simulated?.status, simulated?.body.error?.code]).toEqual([409, 'REGISTRY_FORMAT']);
    expect((await doors.store.reader().open()).version).toBe(honest.version + 1);
  });

  it('is a stop by one person, and what people signed before it is asked too', async () => {
    const stop = {
      id: 's',
      authority: 'us-state',
      scope: { owner: 'USA' },
      cause: 'failure',
      reason: 'A test',
    };
    expect((await personNamed(context(), 'usa-proposer').post('hold', stop)).status).toBe(200);
    expect((await asked(await doors.fresh('decide'))).decision).toBe(false);
  });

  it('is not looked past by whoever reads a registry whole', async () => {
    const open = await doors.store.reader().open();
    await expect(loadWhole(open)).rejects.toMatchObject({ code: 'FORMAT_UNKNOWN' });
  });

  it('is not signed by anybody whose machine works it out', async () => {
    const open = await doors.store.reader().open();
    const before = await factsOf(open);
    const after = new Map([...before, ['hold/stop', HOLD]]);
    const applied = { before, after, touched: ['hold/stop'] };
    await expect(stageApplied(open, applied)).rejects.toMatchObject({ code: 'FORMAT_UNKNOWN' });
    expect((await stageApplied(open, applied, 'left behind')).root.law).not.toBe(open.root.law);
    // What leaves the law as it is leaves it with what is unknown in it.
    expect((await stageApplied(open, { before, after: before, touched: [] })).root.law).toBe(open.root.law);
  });
});

describe('a search', () => {
  let asking: Doors;
  beforeAll(async () => {
    asking = await startDoors(['access'], undefined, oneRoute());
  }, 120_000);
  afterAll(() => asking.stop());

  it('finds routes, and none under what this build would overlook', async () => {
    const search = async () => {
      const door = await asking.fresh('access', { AWS_ENDPOINT_URL_DYNAMODB: asking.store.engine.endpoint });
      const body = {
        subject: { type: 'message', id: 'm', properties: { marking: 'SECRET//REL TO USA, GBR' } },
        action: { name: 'route' },
        resource: { type: 'route' },
      };
      const reply = (await door(restEvent('/access/v1/search/resource', { body }))) as {
        statusCode: number;
        body: string;
      };
      const { results = [] } = JSON.parse(reply.body) as { results?: readonly unknown[] };
      return [reply.statusCode, results.length > 0, reply.body.includes('REGISTRY_FORMAT')];
    };
    expect(await search()).toEqual([200, true, false]);
    const { law } = await (await asking.store.reader().open()).read([]);
    await asking.store.change({ law: { ...(law as Doc), ...NEW } });
    expect(await search()).toEqual([500, false, false]);
  });
});
