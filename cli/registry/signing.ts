/** How a command signs: what is signed is computed here, from what is sent or was shown, and never taken from an answer. */
import { randomBytes } from 'node:crypto';
import {
  askedIn,
  contentOf,
  type SignedContent,
  type SignedStatement,
  type Statement,
  type StatementOf,
} from '../../functions/core/administration/statement.ts';
import { canonicalBytes, type Digest, digestOf } from '../../functions/core/facts/canonical.ts';
import { signing as signingShape } from '../../functions/registry/answers.ts';
import { identities } from '../../infra/local/identities.ts';
import { UsageError } from '../usage-error.ts';
import { demandHome } from './computed.ts';
import type { RegistryClient, RegistryOptions } from './connection.ts';
import { RegistryRefusedError } from './errors.ts';
import { KEY_FILE } from './key-files.ts';
import { namedKey } from './named-key.ts';
import { heldKey, type PersonKey } from './person-key.ts';
import { readAs } from './read-answer.ts';
import type { Tables } from './tables.ts';

export type UnsentStatement<S> = S extends Statement ? Omit<S, 'registry' | 'at'> : never;

/** Where signatures are for, and the registry as it stands there. */
export interface SigningPlace {
  readonly registry: string;
  readonly base: { readonly version: number; readonly digest: Digest } | null;
  readonly root: Digest | null;
  readonly people: Digest | null;
  /** Its own, or that which a confirmation of it makes. */
  readonly epoch: number | null;
  /** How far the registry had come before that, as its floor says. */
  readonly floor: StatementOf<'confirm'>['floor'];
}

export interface PersonSigner {
  /** The public key that it signs with. */
  readonly key: string;
  /** Where it signs for, asked for once. */
  place(): Promise<SigningPlace>;
  sign(said: UnsentStatement<Statement>): Promise<SignedStatement>;
}

/** Where signatures are for at present. */
export async function placeOf(registry: RegistryClient): Promise<SigningPlace> {
  return readAs(signingShape, await registry({ method: 'GET', path: 'signing' }));
}

/**
 * @param tables where given, whose registry alone is signed for
 * @throws UsageError without a key, before the registry is asked anything; and as {@link namedKey} does
 */
export async function personSigner(
  options: RegistryOptions,
  registry: RegistryClient,
  tables?: Tables,
): Promise<PersonSigner> {
  const key = await personKey(options);
  if (key === undefined)
    throw new UsageError(
      `--key (or ${KEY_FILE}) names your private key: \`routeguard registry key new --out FILE\` makes one`,
    );
  let asked: Promise<SigningPlace> | undefined;
  const place = () => {
    asked ??= placeOf(registry);
    return asked;
  };
  return {
    key: key.publicKey,
    place,
    async sign(said) {
      const { registry: home } = await place();
      demandHome(tables, home);
      return key.sign({ ...said, registry: home, at: new Date().toISOString() } as Statement);
    },
  };
}

/** The key that is named; at the local guard, the identity's own; undefined where there is neither. */
export async function personKey(options: RegistryOptions): Promise<PersonKey | undefined> {
  const name = options.key ?? process.env[KEY_FILE];
  if (name) return namedKey(name, options);
  const local = identities.find((each) => each.name === options.as);
  return local === undefined ? undefined : heldKey(local.key);
}

type WithoutSalt<A> = A extends SignedContent ? Omit<A, 'salt'> : never;

export function newSalt(): string {
  return randomBytes(16).toString('hex');
}

/** The members that make a body its sender's word. */
export async function attestedBy(
  signer: PersonSigner,
  asked: WithoutSalt<SignedContent>,
): Promise<{ readonly salt: string; readonly signed: SignedStatement }> {
  const salt = newSalt();
  const content = contentOf({ ...asked, salt } as SignedContent);
  return { salt, signed: await signer.sign({ operation: 'propose', content }) };
}

type Shown = Readonly<Record<string, unknown>>;

/**
 * What a proposal asks for, computed from what the registry shows of it.
 *
 * @throws UsageError where what it shows is not what it says was proposed
 */
function contentShown(proposal: Shown): Digest {
  const { kind, reason, digest } = proposal;
  const asked = askedIn({
    asked: proposal['asked'] as SignedContent | null | undefined,
    kind,
    reason,
    digest,
  });
  if (asked !== undefined && isOf(asked, proposal['changes'])) return contentOf(asked);
  throw new UsageError('the registry shows another proposal than its author signed: do not sign it');
}

/** Whether operations are those that were asked for: what a rollback comes to follows from versions, and is not told from it. */
function isOf(asked: SignedContent, changes: unknown): boolean {
  if (asked.kind === 'change') return Array.isArray(changes) && changesDigest(changes) === asked.changes;
  if (asked.kind !== 'lift') return true;
  const [only, ...more] = Array.isArray(changes) ? changes : [];
  return only?.op === 'end' && only.key === `hold/${asked.hold}` && more.length === 0;
}

/** What author and second person sign. @throws UsageError before a simulation */
export function approvalStatement(
  proposal: Shown,
): Extract<UnsentStatement<Statement>, { readonly operation: 'approve' }> {
  const simulation = proposal['simulation'] as
    | (Pick<SigningPlace, 'base'> & {
        readonly flips: Digest;
        readonly root: Digest;
        readonly people: Digest;
      })
    | undefined;
  if (simulation === undefined)
    throw new RegistryRefusedError({ code: 'FLIPS_CHANGED', message: 'simulate the proposal first' });
  const { base, flips: review, root, people } = simulation;
  return { operation: 'approve', content: contentShown(proposal), base, review, root, people };
}

/** What everybody signs who confirms a registry that came back. */
export function confirmStatement(
  proposal: Shown,
  { base, root, people, epoch, floor }: SigningPlace,
): Extract<UnsentStatement<Statement>, { readonly operation: 'confirm' }> {
  if (base === null || root === null || people === null || epoch === null)
    throw new UsageError('there is nothing to confirm');
  const asked = proposal['asked'] as SignedContent | null | undefined;
  if (asked?.kind !== 'confirm' || asked.version !== base.version || asked.digest !== base.digest)
    throw new UsageError(
      `the registry stands at version ${base.version} (${base.digest}), which is not what this confirms: do not sign it`,
    );
  return { operation: 'confirm', content: contentShown(proposal), base, epoch, floor, root, people };
}

/** The digest of operations, as they are signed. @throws UsageError for what no registry would take */
export function changesDigest(changes: readonly unknown[]): Digest {
  try {
    return digestOf(canonicalBytes(changes));
  } catch {
    throw new UsageError('the operations hold something that is not plain JSON: numbers are whole');
  }
}
