/** The registry's function code over a real engine: proxy events in, HTTP answers out, as API Gateway would have it. */
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { contextOf } from '../../functions/registry/assemble.ts';
import type { RegistryContext } from '../../functions/registry/context.ts';
import type { Proposal } from '../../functions/registry/proposal.ts';
import type { ReadersInService } from '../../functions/registry/readers-in-service.ts';
import type { RegistrySettings } from '../../functions/registry/settings.ts';
import { parseCommitKeys, type Signer } from '../../functions/store/commit-signature.ts';
import {
  identities,
  LOCAL_ACCOUNT,
  LOCAL_API,
  LOCAL_FOUNDERS,
  userArn,
} from '../../infra/local/identities.ts';
import { stateOf } from '../decide/rig.ts';
import type { Engine } from '../engine.ts';
import { openRig, type StoreRig } from '../store/store-rig.ts';
import { inContract } from './contract.ts';
import { handle } from './every-door.ts';
import { type Others, signedAgain, signedBody } from './signing.ts';
import { smallSample } from './small-sample.ts';
import type { Answered, Person, Wire } from './wire.ts';

export type { Person, Wire };

export interface RegistryRig {
  readonly store: StoreRig;
  readonly context: RegistryContext;
  /** A local identity by name. */
  as(name: string): Person;
  /** A role and session of one's own. */
  person(role: string, roleId: string, session: string): Person;
  /** As another process of the function has it: nothing cached. */
  fresh(): RegistryContext;
  /** As `fresh`, of a process that reaches the tables by this client. */
  withClient(client: DynamoDBClient): RegistryContext;
  /** As `fresh`, of a process whose commits are signed by this one, if at all. */
  withSigner(signer: Signer): RegistryContext;
  /** Requests handled by another process. */
  asIn(context: RegistryContext, name: string): Person;
  stop(): Promise<void>;
}

export interface RegistryRigOptions {
  readonly engine?: Engine;
  /** Publish the sample registry first. @default true */
  readonly published?: boolean;
  readonly sample?: boolean;
  readonly clock?: () => number;
  /** @default 1 */
  readonly headCopies?: number;
  /** Another client than the store's: one that loses things. */
  readonly client?: DynamoDBClient;
  /** @default nobody says who reads the registry */
  readonly readers?: ReadersInService;
}

export const TIMES = { budgetMs: 25_000, sliceMs: 10_000 };

export async function startRegistryRig(options: RegistryRigOptions = {}): Promise<RegistryRig> {
  const store = await openRig(options.engine);
  if (options.published !== false) await store.genesis(stateOf(smallSample()));
  const fresh = () => contextFor(store, store.signer, options);
  const context = fresh();
  return {
    store,
    context,
    fresh,
    withClient: (client) => contextFor(store, store.signer, { ...options, client }),
    withSigner: (signer) => contextFor(store, { ...signer, publicKey: store.signer.publicKey }, options),
    asIn: personNamed,
    as: (name) => personNamed(context, name),
    person: (role, roleId, session) =>
      personIn(
        context,
        `arn:aws:sts::${LOCAL_ACCOUNT}:assumed-role/${role}/${session}`,
        `${roleId}:${session}`,
      ),
    stop: () => store.stop(),
  };
}

/** A proposal under an id of one's own, with the bytes that it names, whosever they are: what an adversary at the table writes. */
export async function writtenAs(
  { proposals, blobs }: Pick<RegistryContext, 'proposals' | 'blobs'>,
  id: string,
  proposal: Proposal,
  ...others: readonly Proposal[]
): Promise<void> {
  const signal = AbortSignal.timeout(60_000);
  for (const digest of [proposal.body, proposal.prepared])
    for (const from of [proposal, ...others]) {
      const bytes = digest && (await blobs.of(from.id).get(digest, signal));
      if (bytes) await blobs.of(id).put(bytes, signal);
    }
  await proposals.create({ ...proposal, id }, signal);
}

/** As a process that dies when it has published, before it throws away what it had frozen. */
export function keepingFrozen({ context }: Pick<RegistryRig, 'context'>): RegistryContext {
  const of = (keeper: string) => ({ ...context.blobs.of(keeper), remove: () => Promise.resolve() });
  return { ...context, blobs: { of } };
}

/** A local identity's requests, handled by this process of the function. */
export function personNamed(context: RegistryContext, name: string): Person {
  const who = identities.find((each) => each.name === name);
  if (who === undefined) throw new Error(`no local identity is called ${name}`);
  return personIn(context, userArn(who), `${who.roleId}:${who.session}`);
}

export function contextFor(
  store: Pick<StoreRig, 'tables' | 'client'>,
  signer: Signer & { readonly publicKey: string },
  options: RegistryRigOptions = {},
): RegistryContext {
  const settings: RegistrySettings = {
    tables: store.tables,
    publicKeys: parseCommitKeys(signer.publicKey),
    founders: LOCAL_FOUNDERS,
    place: { account: LOCAL_ACCOUNT, api: LOCAL_API },
    leaseMs: 5_000,
    clockSkewMs: 2_000,
    headCopies: options.headCopies ?? 1,
    sample: options.sample ?? true,
    connectMs: 1_000,
    readMs: 5_000,
  };
  return contextOf(settings, {
    client: options.client ?? store.client,
    signer,
    sealing: { signer, keys: settings.publicKeys },
    clock: options.clock ?? Date.now,
    readers: options.readers ?? (async () => []),
  });
}

/** Role ids of those who have asked, by role and session: a proposal's view does not say them. */
const asked = new Map<string, { readonly arn: string; readonly user: string }>();

/** Whoever has asked before in this role and session. */
function personOfSession(context: RegistryContext, role: string, session: string): Person {
  const { arn, user } = asked.get(`${role}/${session}`) ?? { arn: '', user: '' };
  return personIn(context, arn, user);
}

/** Whoever else may be asked in the course of a request. */
export function othersIn(context: RegistryContext): Others {
  return {
    auditor: personNamed(context, 'auditor'),
    of: (role, session) => personOfSession(context, role, session),
  };
}

function personIn(context: RegistryContext, arn: string, user: string): Person {
  const ask = async (
    method: string,
    path: string,
    query: Readonly<Record<string, string>>,
    body: string | null,
  ): Promise<Answered> => {
    const event = proxyEvent(method, `/v1/registry/${path}`, query, body, { userArn: arn, user });
    const { status, body: answer } = inContract(await handle(context, event, TIMES));
    return { status, body: answer as Wire };
  };
  const session = arn.slice(arn.lastIndexOf('/') + 1);
  asked.set(arn.slice(arn.indexOf('/') + 1), { arn, user });
  const post = (path: string, body: unknown) =>
    ask('POST', path, {}, typeof body === 'string' ? body : JSON.stringify(body));
  return {
    get: (path, query = {}) => ask('GET', path, query, null),
    async post(path, given = {}) {
      const body = objectIn(given);
      if (body === undefined || 'signed' in body) return post(path, given);
      const others = othersIn(context);
      let sent = await signedBody(context, session, path, body, others);
      const id = /^proposals\/([^/]+)\/approve$/.exec(path)?.[1];
      for (let round = 0; ; round += 1) {
        const answer = await post(path, sent);
        if (id === undefined || body.unsigned === true || round === 5 || answer.status !== 409) return answer;
        const again = await signedAgain(context, session, id, sent, answer.body.error, others);
        if (again === undefined) return answer;
        sent = again;
      }
    },
    put: (path, body) => ask('PUT', path, {}, typeof body === 'string' ? body : JSON.stringify(body)),
  };
}

/** A body as an object, also where a test has written its text. */
function objectIn(given: unknown): Wire {
  if (typeof given !== 'string') return typeof given === 'object' && given !== null ? given : undefined;
  try {
    return objectIn(JSON.parse(given) as object);
  } catch {
    return undefined;
  }
}

/** The event of a REST API's proxy integration, as far as the function reads it. */
export function proxyEvent(
  httpMethod: string,
  path: string,
  query: Readonly<Record<string, string>>,
  body: string | null,
  identity: Readonly<Record<string, unknown>>,
): unknown {
  return {
    httpMethod,
    path,
    body,
    isBase64Encoded: false,
    multiValueQueryStringParameters: Object.fromEntries(
      Object.entries(query).map(([name, value]) => [name, [value]]),
    ),
    requestContext: { accountId: LOCAL_ACCOUNT, apiId: LOCAL_API, identity },
  };
}

/** Simulates a proposal to its end. */
export async function simulated(who: Person, id: string): Promise<Wire> {
  let answer = await who.post(`proposals/${id}/simulate`);
  while (answer.status === 202) answer = await who.post(`jobs/${answer.body.job.id}/run`);
  if (answer.status !== 200) throw new Error(JSON.stringify(answer.body));
  return (await who.get(`proposals/${id}`)).body;
}

/** The body with which somebody approves a proposal as it stands, acknowledging everything. */
export function approvalOf(proposal: Wire): Wire {
  const { permits, base, flips } = proposal.simulation;
  return {
    proposal: proposal.digest,
    base: base?.digest ?? null,
    flips,
    permits: Array.from({ length: permits }, (_, index) => index + 1),
  };
}
