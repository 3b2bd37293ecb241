/** Signs requests of the registry as the CLI would, with the key of a local identity's session. */
import { randomBytes } from 'node:crypto';
import { type Asked, contentOf, type Statement } from '../../functions/core/administration/statement.ts';
import { canonicalBytes, digestOf } from '../../functions/core/facts/canonical.ts';
import type { RegistryContext } from '../../functions/registry/context.ts';
import { homeOf } from '../../functions/store/commit.ts';
import { signStatement } from '../../functions/store/person-signature.ts';
import { localKey } from '../../infra/local/identities.ts';
import { personNamed, personOfSession, type Wire } from './rig.ts';

type WithoutPlace<S> = S extends Statement ? Omit<S, 'registry' | 'at'> : never;

/** A statement for this registry, signed now. */
export function signedNow(context: RegistryContext, session: string, said: WithoutPlace<Statement>): Wire {
  const place = { registry: homeOf(context.tables.state), at: new Date(context.clock()).toISOString() };
  return signStatement({ ...said, ...place } as Statement, localKey(session));
}

export function attested(context: RegistryContext, session: string, asked: object): Wire {
  const salt = randomBytes(16).toString('hex');
  const content = contentOf({ ...asked, salt } as Asked);
  return { salt, signed: signedNow(context, session, { operation: 'propose', content }) };
}

/** The digest of operations, as an author's machine computes it. */
export function changesDigest(changes: Wire): `sha256:${string}` {
  try {
    return digestOf(canonicalBytes(changes));
  } catch {
    return `sha256:${'0'.repeat(64)}`;
  }
}

/** A body with whatever signature its path takes; the same body where it takes none. */
export async function signedBody(
  context: RegistryContext,
  session: string,
  path: string,
  body: Wire,
): Promise<Wire> {
  const approving = /^proposals\/([^/]+)\/approve$/.exec(path)?.[1];
  if (approving !== undefined) return approvalBody(context, session, approving, body);
  const { reason, changes, upload, hold, sources, version, digest } = body;
  switch (path) {
    case 'proposals': {
      // An upload says its operations as text, for the digest that is signed.
      const { text, ...announced } = upload ?? {};
      const operations = upload === undefined ? changes : text === undefined ? [] : JSON.parse(text);
      const asked = { kind: 'change', reason, changes: changesDigest(operations) };
      const sent = upload === undefined ? body : { ...body, upload: announced };
      return { ...sent, ...attested(context, session, asked) };
    }
    case 'lift': {
      const asked = { kind: 'lift', reason, hold, ...(sources !== undefined && { sources }) };
      return { ...body, ...attested(context, session, asked) };
    }
    case 'rollback':
      return { ...body, ...attested(context, session, { kind: 'rollback', reason, version }) };
    case 'confirm':
      return { ...body, ...(await confirmation(context, session, { reason, version, digest })) };
    default:
      return body;
  }
}

async function confirmation(context: RegistryContext, session: string, asked: Wire): Promise<Wire> {
  const salt = randomBytes(16).toString('hex');
  const content = contentOf({ kind: 'confirm', ...asked, salt });
  return { salt, signed: await confirmed(context, session, content) };
}

/** What came back, signed for as it stands. */
async function confirmed(
  context: RegistryContext,
  session: string,
  content: `sha256:${string}`,
): Promise<Wire> {
  const { body } = await personNamed(context, 'auditor').get('signing');
  const { base, root, people } = body;
  return signedNow(context, session, { operation: 'confirm', content, base, root, people });
}

/** The author signs what the simulation says, then whoever approves signs what `body` says. */
async function approvalBody(
  context: RegistryContext,
  session: string,
  id: string,
  { proposal: content, base: digest, flips: review, permits, ...others }: Wire,
): Promise<Wire> {
  const { body: proposal } = await personNamed(context, 'auditor').get(`proposals/${id}`);
  if (proposal.kind === 'confirm')
    return { permits, signed: await confirmed(context, session, content ?? proposal.digest), ...others };
  const { base = null, root, people, flips } = proposal.simulation ?? {};
  const result = { root: root ?? ZEROS, people: people ?? ZEROS };
  const isOpen = proposal.status === 'open' && proposal.simulation !== undefined;
  if (isOpen && proposal.agreed === undefined)
    await signAsAuthor(context, proposal, { base, review: flips, ...result });
  const named = base?.digest === digest ? base : digest === null ? null : { version: 1, digest };
  const said = { operation: 'approve', content, base: named, review, ...result } as const;
  return { permits, signed: signedNow(context, session, said), ...others };
}

const ZEROS = `sha256:${'0'.repeat(64)}` as const;

/** The author's own signature, over what the simulation says now. */
export async function signAsAuthor(context: RegistryContext, proposal: Wire, result: Wire): Promise<Wire> {
  const { session, role } = proposal.author;
  const said = { operation: 'approve', content: proposal.digest, ...result } as const;
  const who = personOfSession(context, role, session);
  return who.post(`proposals/${proposal.id}/sign`, { signed: signedNow(context, session, said) });
}
