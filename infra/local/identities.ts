import { createHash, createPrivateKey, type KeyObject } from 'node:crypto';
import { publicKeyOf } from '../../functions/store/person-signature.ts';

/** The account every local ARN names; AWS never hands this one out. */
export const LOCAL_ACCOUNT = '000000000000';

/** What the local API is called. */
export const LOCAL_API = 'local';

/** RFC 8410: what stands before the 32 bytes of an Ed25519 private key in PKCS #8. */
const ED25519_PKCS8 = Buffer.from('302e020100300506032b657004220420', 'hex');

const made = new Map<string, KeyObject>();

/** The same key for the same name on every machine, so that the sample's authorities can list its public half. */
export function localKey(name: string): KeyObject {
  const before = made.get(name);
  if (before !== undefined) return before;
  const seed = createHash('sha256').update(`routeguard local key of ${name}`).digest();
  const key = createPrivateKey({ key: Buffer.concat([ED25519_PKCS8, seed]), format: 'der', type: 'pkcs8' });
  made.set(name, key);
  return key;
}

/**
 * Somebody who may sign requests to the local guard. The secrets are public by design: they authenticate nobody
 * outside this machine's loopback, and they only make the *path* a caller identity takes the real one.
 */
export interface LocalIdentity {
  readonly name: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  /** The role's name, as in `arn:aws:sts::000000000000:assumed-role/<role>/<session>`. */
  readonly role: string;
  /** The role's unique id (`AROA…`): what tells two people apart even where a role is deleted and made again. */
  readonly roleId: string;
  readonly session: string;
  /** Signs what this person proposes and approves; as public as the secret. */
  readonly key: KeyObject;
  /** What this identity may do; everything else is 403. */
  readonly rights: Rights;
}

/** Whoever calls the API: somebody at this machine, or a function. */
export type ApiCaller = Pick<LocalIdentity, 'accessKeyId' | 'role' | 'roleId' | 'session' | 'rights'>;

/** The local stand-in for IAM policies: a closed table instead of a policy language. */
interface Rights {
  /** Short names of functions it may invoke through the Lambda Invoke path. */
  readonly invoke: readonly string[];
  /** Path prefixes (whole segments) it may call over HTTP. */
  readonly http: readonly string[];
}

const asks: Rights = { invoke: ['decide'], http: ['/v1/decide', '/v1/best-path', '/access', '/.well-known'] };
const audits: Rights = { ...asks, http: [...asks.http, '/v1/registry', '/v1/audit'] };
const administers: Rights = { invoke: [], http: ['/v1/registry', '/v1/registry-purge'] };

function identity(name: string, session: string, rights: Rights): LocalIdentity {
  const key = name.toUpperCase().replaceAll('-', '');
  return {
    name,
    accessKeyId: `LOCAL${key}`,
    secretAccessKey: `local-only-${name}`,
    role: `routeguard-${name}`,
    roleId: `AROALOCAL${key}`,
    session,
    key: localKey(session),
    rights,
  };
}

/** Every local identity. Two people of the same nation differ in role id *and* session name. */
export const identities: readonly LocalIdentity[] = [
  identity('caller', 'message-switch', asks),
  identity('auditor', 'olive', audits),
  identity('proposer', 'pat', administers),
  identity('approver', 'alex', administers),
  identity('usa-proposer', 'uma', administers),
  identity('usa-approver', 'ulysses', administers),
  identity('gbr-proposer', 'gwen', administers),
  identity('gbr-approver', 'george', administers),
  // Whoever tries a release's hook by hand; on AWS that is CodeDeploy.
  identity('releaser', 'rosa', { invoke: ['release-hook'], http: [] }),
];

/** Whose signatures a local registry begins with. */
export const LOCAL_FOUNDERS: readonly string[] = ['pat', 'alex'].map((name) => publicKeyOf(localKey(name)));

const byAccessKey = new Map(identities.map((each) => [each.accessKeyId, each]));

export function identityByAccessKey(accessKeyId: string): LocalIdentity | undefined {
  return byAccessKey.get(accessKeyId);
}

/** The ARN a door sees for this identity, as API Gateway writes it. */
export function userArn(who: Pick<LocalIdentity, 'role' | 'session'>): string {
  return `arn:aws:sts::${LOCAL_ACCOUNT}:assumed-role/${who.role}/${who.session}`;
}

export function mayInvoke(who: LocalIdentity, functionName: string): boolean {
  return who.rights.invoke.includes(functionName);
}

export function mayCall(who: Pick<LocalIdentity, 'rights'>, path: string): boolean {
  return who.rights.http.some((prefix) => path === prefix || path.startsWith(`${prefix}/`));
}
