/**
 * Who sent a request, as its authenticated context says, and who signed what it asks for. The first is a claim of an
 * event and only the second condition; the second is a key.
 */

export interface Person {
  /** The role's unique id (`AROA…`), which survives deleting a role and making another of the same name. */
  readonly role: string;
  /** The name authorities list in `proposers`, `approvers` and `holders`. */
  readonly roleName: string;
  readonly session: string;
  readonly arn: string;
}

/** A person whose signature has been verified with this public key (as authority facts list it). */
export interface Signatory extends Person {
  readonly key: string;
}

const ASSUMED_ROLE =
  /^arn:(aws[a-z-]{0,20}):sts::(\d{12}):assumed-role\/([A-Za-z0-9+=,.@_-]{1,64})\/([A-Za-z0-9+=,.@_-]{2,64})$/;
const ROLE_AND_SESSION = /^(AROA[A-Z0-9]{4,124}):([A-Za-z0-9+=,.@_-]{2,64})$/;

/**
 * The person behind an API Gateway request: `userArn` and `user` of `requestContext.identity`. `undefined` for
 * anything but an assumed role of the account named: an IAM user or a root account has no role to be granted
 * anything, and a role of the same name in another account is somebody else.
 */
export function personOf(
  identity: { readonly userArn?: unknown; readonly user?: unknown },
  account: string,
): Person | undefined {
  const { userArn, user } = identity;
  if (typeof userArn !== 'string' || typeof user !== 'string') return undefined;
  const arn = ASSUMED_ROLE.exec(userArn);
  const ids = ROLE_AND_SESSION.exec(user);
  const [, , inAccount, roleName, session] = arn ?? [];
  const [, role, sameSession] = ids ?? [];
  if (roleName === undefined || session === undefined || role === undefined) return undefined;
  if (inAccount !== account || session !== sameSession) return undefined;
  return { role, roleName, session, arn: userArn };
}

/**
 * Two people are two people: different keys, and different role ids, role names *and* session names, so that neither one
 * session name under two roles nor one role under two session names counts as a second person.
 */
export function areTwoPeople(a: Signatory, b: Signatory): boolean {
  return a.key !== b.key && haveTwoRoles(a, b);
}

/** The part of it that events say. */
export function haveTwoRoles(a: Person, b: Person): boolean {
  return a.role !== b.role && a.roleName !== b.roleName && a.session !== b.session && a.arn !== b.arn;
}
