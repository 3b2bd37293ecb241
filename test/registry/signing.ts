/** Signs requests of the registry as the CLI would, with the key of a local identity's session. */
import { randomBytes } from 'node:crypto';
import {
  contentOf,
  type SignedContent,
  type Statement,
} from '../../functions/core/administration/statement.ts';
import { canonicalBytes, digestOf } from '../../functions/core/facts/canonical.ts';
import type { RegistryContext } from '../../functions/registry/context.ts';
import { homeOf } from '../../functions/store/commit.ts';
import { signStatement } from '../../functions/store/person-signature.ts';
import { localKey } from '../../infra/local/identities.ts';
import type { Person, Wire } from './wire.ts';

/** Whoever can be asked besides the sender: an auditor, and a proposal's author. */
export interface Others {
  readonly auditor: Person;
  of(role: string, session: string): Person;
}

type WithoutPlace<S> = S extends Statement ? Omit<S, 'registry' | 'at'> : never;

/** A statement for this registry, signed now. */
export function signedNow(context: RegistryContext, session: string, said: WithoutPlace<Statement>): Wire {
  const place = { registry: homeOf(context.tables.state), at: new Date(context.clock()).toISOString() };
  return signStatement({ ...said, ...place } as Statement, localKey(session));
}

function attested(context: RegistryContext, session: string, asked: object): Wire {
  const salt = randomBytes(16).toString('hex');
  const content = contentOf({ ...asked, salt } as SignedContent);
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
  others: Others,
): Promise<Wire> {
  const approving = /^proposals\/([^/]+)\/approve$/.exec(path)?.[1];
  if (approving !== undefined) return approvalBody(context, session, approving, body, others);
  const { reason, changes, upload, hold, sources, version, digest, by, also } = body;
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
      return { ...body, ...attested(context, session, { kind: 'rollback', reason, version, by, also }) };
    case 'confirm':
      return { ...body, ...(await confirmation(context, session, { reason, version, digest }, others)) };
    default:
      return body;
  }
}

async function confirmation(
  context: RegistryContext,
  session: string,
  asked: Wire,
  others: Others,
): Promise<Wire> {
  const salt = randomBytes(16).toString('hex');
  const content = contentOf({ kind: 'confirm', ...asked, salt });
  return { salt, signed: await confirmed(context, session, content, others) };
}

/** What came back, signed for as it stands. */
async function confirmed(
  context: RegistryContext,
  session: string,
  content: `sha256:${string}`,
  { auditor }: Others,
): Promise<Wire> {
  const { body } = await auditor.get('signing');
  const { base, root, people, epoch, floor } = body;
  return signedNow(context, session, { operation: 'confirm', content, base, epoch, floor, root, people });
}

/** The author signs what the simulation says, then whoever approves signs what `body` says. */
async function approvalBody(
  context: RegistryContext,
  session: string,
  id: string,
  { proposal: content, base: digest, flips: review, permits, unsigned, ...more }: Wire,
  others: Others,
): Promise<Wire> {
  const { body: proposal } = await others.auditor.get(`proposals/${id}`);
  if (proposal.kind === 'confirm')
    return {
      permits,
      signed: await confirmed(context, session, content ?? proposal.digest, others),
      ...more,
    };
  const { base = null, root, people, flips } = proposal.simulation ?? {};
  const result = { root: root ?? ZEROS, people: people ?? ZEROS };
  const isOpen = proposal.status === 'open' && proposal.simulation !== undefined;
  if (isOpen && unsigned !== true && proposal.agreed === undefined)
    await signAsAuthor(context, others, proposal, { base, review: flips, ...result });
  const given =
    digest === null || typeof digest === 'object' ? digest : { version: 1, digest: digest ?? ZEROS };
  const named = base?.digest === given?.digest ? base : given;
  const said = {
    operation: 'approve' as const,
    ...{ content: content ?? ZEROS, base: named, review: review ?? ZEROS },
    ...result,
  };
  return { permits, signed: signedNow(context, session, said), ...more };
}

const ZEROS = `sha256:${'0'.repeat(64)}` as const;

/** The author's own signature, over what the simulation says now. */
async function signAsAuthor(
  context: RegistryContext,
  others: Others,
  proposal: Wire,
  result: Wire,
): Promise<Wire> {
  const { session, role } = proposal.author;
  const said = { operation: 'approve', content: proposal.digest, ...result } as const;
  return others
    .of(role, session)
    .post(`proposals/${proposal.id}/sign`, { signed: signedNow(context, session, said) });
}

/**
 * What two people do where the registry has moved and the same answers flip: look, and sign again. Undefined where there
 * is nothing to sign again.
 */
export async function signedAgain(
  context: RegistryContext,
  session: string,
  id: string,
  sent: Wire,
  refusal: Wire,
  others: Others,
): Promise<Wire> {
  const { code, details } = refusal;
  const again = details?.sign;
  if (!['CONFLICT', 'AUTHOR_SIGNATURE_MISSING'].includes(code) || again === undefined) return undefined;
  const { statement } = sent.signed;
  if (statement.operation !== 'approve') return undefined;
  if (again.review !== statement.review) return undefined;
  const { base, review, root, people } = again;
  const { body: proposal } = await others.auditor.get(`proposals/${id}`);
  if (code === 'AUTHOR_SIGNATURE_MISSING')
    await signAsAuthor(context, others, proposal, { base, review, root, people });
  const said = { operation: 'approve', content: statement.content, base, review, root, people } as const;
  return { ...sent, signed: signedNow(context, session, said) };
}

/** The members that make a purge, or a consent to one, somebody's word. */
export function purgeSigned(context: RegistryContext, session: string, body: Wire, epoch = 1): Wire {
  if ('request' in body)
    return { signed: signedNow(context, session, { operation: 'purge', content: body.request, epoch }) };
  const salt = randomBytes(16).toString('hex');
  const { authority, reason, notes, proposals, objects = [], jobs = [] } = body;
  const content = contentOf({
    ...{ kind: 'purge', authority, reason, salt, notes, proposals, objects, jobs },
  } as SignedContent);
  return {
    objects,
    jobs,
    ...body,
    salt,
    signed: signedNow(context, session, { operation: 'purge', content, epoch }),
  };
}
