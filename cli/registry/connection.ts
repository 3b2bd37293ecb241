/** How a command reaches the registry: the local guard as one of its identities, or a deployed one with AWS credentials. */
import type { SignatureV4 } from '@smithy/signature-v4';
import type { Command } from 'commander';
import { SENTENCES } from '../../client/result.ts';
import { isUnconfigured } from '../../client/unconfigured.ts';
import { member } from '../../functions/core/facts/fact.ts';
import { anObject, wireError } from '../../functions/registry/answers.ts';
import { identities } from '../../infra/local/identities.ts';
import {
  awsSigner,
  localSigner,
  type ReadyRequest,
  type SignedDoor,
  type SignedRequest,
  signedRequest,
} from '../http-signing.ts';
import { saysNo } from '../no-answer.ts';
import { UsageError } from '../usage-error.ts';
import { awsPlace, guardDoor, withWhichGuard } from '../which-guard.ts';
import { RegistryRefusedError, RegistryUnavailableError, type WireError } from './errors.ts';
import { KEY_FORMS } from './key-files.ts';
import { readAs } from './read-answer.ts';
import { type TablesOptions, withTablesOptions } from './tables.ts';

export interface RegistryOptions extends TablesOptions {
  readonly as?: string;
  readonly key?: string;
  readonly json?: true;
}

export function withRegistryOptions(command: Command): Command {
  return withWhichGuard(command)
    .option('--as <identity>', `who signs, at the local guard (${administrators().join(', ')})`)
    .option('--json', 'print JSON for machines');
}

type Door = '/v1/registry' | '/v1/registry-purge';

/** Who of the local guard may use a door. */
function usersOf(door: Door): readonly string[] {
  return identities.filter((each) => each.rights.http.includes(door)).map((each) => each.name);
}

function administrators(): readonly string[] {
  return usersOf('/v1/registry');
}

/** What a person gives tables to a command for that shows or signs what something comes to. */
const TO_COMPUTE = 'compute here what you sign, from the tables';

/** The same for a command whose body two people must agree to, or that shows a person what they will agree to. */
export function withSigningOptions(command: Command, what = 'which signs what you agree to'): Command {
  const signing = withRegistryOptions(command).option(
    '--key <key>',
    `your key, ${what}: ${KEY_FORMS} (default ROUTEGUARD_KEY; at the local guard, the identity’s own)`,
  );
  return withTablesOptions(signing, TO_COMPUTE);
}

/** One request to the registry. */
interface Ask {
  readonly method: 'GET' | 'POST' | 'PUT';
  /** @default '/v1/registry' */
  readonly door?: Door;
  /** Below the door; empty for the door itself. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

export type RegistryClient = (ask: Ask) => Promise<Readonly<Record<string, unknown>>>;

/**
 * The registry behind these options.
 *
 * @throws RegistryRefusedError with the registry's own words; RegistryUnavailableError where it does not answer
 */
export function connect(options: RegistryOptions): RegistryClient {
  const at = guardDoor(options);
  const signer = signerOf(options, at);
  return async ({ method, door = '/v1/registry', path, query = {}, body }) => {
    const ready = await signed(at, signer, {
      method,
      path: `${door}${path === '' ? '' : `/${path}`}`,
      query,
      body: body === undefined ? '' : JSON.stringify(body),
    });
    return read(await send(at, ready), at, door);
  };
}

function signerOf(options: RegistryOptions, { isLocal }: SignedDoor): SignatureV4 {
  if (options.as === undefined && !isLocal) return awsSigner(awsPlace(options));
  const who = identities.find((each) => each.name === options.as);
  if (who === undefined)
    throw new UsageError(`--as names who signs at the local guard: ${administrators().join(', ')}`);
  if (!isLocal) throw new UsageError('--as is for the local guard; a deployed one takes AWS credentials');
  return localSigner(who);
}

async function signed(door: SignedDoor, signer: SignatureV4, request: SignedRequest): Promise<ReadyRequest> {
  try {
    return await signedRequest(door, signer, request);
  } catch (cause) {
    if (isUnconfigured(cause)) throw new RegistryUnavailableError(SENTENCES.unconfigured, { cause });
    throw cause;
  }
}

async function send({ base, isLocal }: SignedDoor, { target, init }: ReadyRequest): Promise<Response> {
  try {
    return await fetch(target, init);
  } catch (cause) {
    throw new RegistryUnavailableError(
      `no answer from ${base.origin}${isLocal ? ': is it running? `npm start` starts it' : ''}`,
      { cause },
    );
  }
}

async function read(
  response: Response,
  { isLocal }: SignedDoor,
  door: Door,
): Promise<Readonly<Record<string, unknown>>> {
  let body: unknown;
  try {
    body = await response.json();
  } catch (cause) {
    throw new RegistryUnavailableError('the registry did not answer with JSON', { cause });
  }
  if (response.ok) return readAs(anObject, body);
  const error = errorIn(response.status, body, isLocal ? whoMay(door) : door);
  if (!saysNo(response.status)) {
    throw new RegistryUnavailableError(`${error.code}: ${error.message}`);
  }
  throw new RegistryRefusedError(error);
}

function whoMay(door: Door): string {
  return `${door}, which lets in ${usersOf(door).join(', ')}`;
}

/** The registry's own error, or that of the door in front of it, which is named where it lets nobody in. */
function errorIn(status: number, body: unknown, door: string): WireError {
  const own = wireError.safeParse(member(body, 'error'));
  if (own.success) return own.data as WireError;
  const message = String(member(body, 'message') ?? 'no reason given');
  return { code: String(status), message: status === 403 ? `${message} (the door ${door})` : message };
}
