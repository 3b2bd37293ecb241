/**
 * Whose word counts. Grants and keys are read from the registry as it stands, so that a change cannot grant itself
 * anything; only an empty registry is filled by the registrar that its first change itself names, on the signatures of
 * its founders. What two people must agree to needs their keys first and their roles second.
 */
import { type Authority, nameOfKey } from '../facts/authority.ts';
import { type Facts, keyOf, type Operation } from './change.ts';
import { areTwoPeople, haveTwoRoles, type Person, type Signatory } from './person.ts';
import { isRestrictOnly } from './polarity.ts';
import { authoritiesInForce, authorityInForce, REGISTRAR, speakersOf } from './speakers.ts';
import { areTwoFounders, areTwoOf } from './two-people.ts';

const REFUSALS = {
  NO_AUTHORITY: 'No authority can speak for this fact.',
  AUTHORITY_UNKNOWN: 'The authority that would have to speak is not registered or not in force.',
  NOT_A_PROPOSER: 'Your role is not among the proposers of the authority that speaks here.',
  NOT_AN_APPROVER: 'Your role is not among the approvers of the authority that speaks here.',
  NOT_A_HOLDER: 'Your role may not act alone for the authority that speaks here.',
  NOT_A_SIGNATORY: 'Your key is not one of the people of the authority that speaks here.',
  NOT_A_FOUNDER:
    'The first change of a registry is signed by two of the founders this guard was deployed with.',
  SAME_PERSON: 'The second person needs another key, role and session name than the author.',
  NOT_ONLY_RESTRICTING: 'This could permit something, so it takes two people.',
} as const satisfies Record<string, string>;

type PermissionRefusalCode = keyof typeof REFUSALS;

interface PermissionRefusal {
  readonly code: PermissionRefusalCode;
  readonly message: string;
  /** JSON Pointer to the operation. */
  readonly path?: string;
  readonly authority?: string;
}

/** Whether somebody may do it, and either for which authorities or what refuses it. */
export type Permission =
  | { readonly ok: true; readonly authorities: readonly string[] }
  | { readonly ok: false; readonly refusals: readonly PermissionRefusal[] };

/** A change and who proposed it: what a second person is asked about. */
export interface ProposedChange {
  readonly author: Signatory;
  readonly changes: readonly Operation[];
}

type Grant = 'proposers' | 'approvers' | 'holders';

const MISSING_GRANT = {
  proposers: 'NOT_A_PROPOSER',
  approvers: 'NOT_AN_APPROVER',
  holders: 'NOT_A_HOLDER',
} as const satisfies Record<Grant, PermissionRefusalCode>;

function refusal(
  code: PermissionRefusalCode,
  more: Omit<PermissionRefusal, 'code' | 'message'> = {},
): PermissionRefusal {
  return { code, message: REFUSALS[code], ...more };
}

/** The registry that grants are read from: the one in force, or in the very first change that change's own. */
function grantsOf(changes: readonly Operation[], facts: Facts): Facts {
  if (facts.size > 0) return facts;
  return new Map(changes.flatMap((c) => (c.op === 'add' ? [[keyOf(c) ?? '', c.fact] as const] : [])));
}

function sidesOf(operation: Operation, facts: Facts) {
  const before = facts.get(keyOf(operation) ?? '');
  switch (operation.op) {
    case 'add':
      return { before, after: operation.fact };
    case 'replace':
      return { before, after: operation.fact };
    case 'end':
      return { before, after: undefined };
  }
}

/** Who asks, with which grant; a key where this takes two people's. */
interface Asking {
  readonly person: Person;
  readonly grant: Grant;
  readonly key?: string;
  /** Whoever proposed it, for a second person. */
  readonly author?: Signatory;
}

function isGranted(a: Authority, { person, grant, author }: Asking): boolean {
  return (
    a[grant].includes(person.roleName) && (author === undefined || a.proposers.includes(author.roleName))
  );
}

/** By their keys: a person of the authority, and another one than the author. */
function isOneOf(a: Authority, { key, author }: Asking): boolean {
  if (key === undefined) return true;
  return author === undefined ? nameOfKey(a, key) !== undefined : areTwoOf(a, [author.key, key]);
}

/** Asks every operation for somebody whom this person may speak for. */
function granted(asking: Asking, changes: readonly Operation[], facts: Facts, at: number): Permission {
  const genesis = facts.size === 0;
  const registry = grantsOf(changes, facts);
  const authorities = new Set<string>();
  const refusals = new Map<string, PermissionRefusal>();
  const refuse = (r: PermissionRefusal) => refusals.set(`${r.code} ${r.authority ?? r.path}`, r);
  const known = new Map<string, Authority | undefined>();
  const lookUp = (id: string) => {
    if (!known.has(id)) known.set(id, authorityInForce(id, registry, at));
    return known.get(id);
  };
  for (const [index, operation] of changes.entries()) {
    const path = `/${index}`;
    const speakers = genesis ? [[REGISTRAR]] : speakersOf(sidesOf(operation, facts), registry, at);
    if (speakers.length === 0) refuse(refusal('NO_AUTHORITY', { path }));
    for (const anyOf of speakers) {
      const inForce = anyOf.flatMap((id) => lookUp(id) ?? []);
      const [first] = anyOf;
      // A second person is one of the same authority, where more than one could speak.
      const admitted = inForce.filter((a) => isGranted(a, asking));
      // Founders are known by their deployment, not by a registry that is not there yet.
      const speaking = genesis ? admitted[0] : admitted.find((a) => isOneOf(a, asking));
      if (speaking !== undefined) authorities.add(speaking.id);
      else if (first === undefined) refuse(refusal('NO_AUTHORITY', { path }));
      else if (inForce.length === 0) refuse(refusal('AUTHORITY_UNKNOWN', { path, authority: first }));
      else {
        const code = admitted.length === 0 ? MISSING_GRANT[asking.grant] : 'NOT_A_SIGNATORY';
        refuse(refusal(code, { path, authority: (admitted[0] ?? inForce[0])?.id ?? first }));
      }
    }
  }
  if (refusals.size > 0) return { ok: false, refusals: [...refusals.values()] };
  if (changes.length === 0) return { ok: false, refusals: [refusal('NO_AUTHORITY', { path: '' })] };
  return { ok: true, authorities: [...authorities].sort() };
}

/** Authorities any one of which must speak, and for how many operations of a change. */
export interface NeededVoice {
  readonly anyOf: readonly string[];
  /** Names of their people; of the first change of all nobody's, because two founders sign it. */
  readonly people: readonly string[];
  readonly operations: number;
}

/** Who must agree to a change, in the order of its operations. Whose roles and keys serve is for {@link mayApprove}. */
export function voicesNeeded(
  changes: readonly Operation[],
  facts: Facts,
  at: number,
): readonly NeededVoice[] {
  const counted = new Map<string, { readonly anyOf: readonly string[]; operations: number }>();
  for (const operation of changes) {
    const speakers = facts.size === 0 ? [[REGISTRAR]] : speakersOf(sidesOf(operation, facts), facts, at);
    for (const anyOf of new Map(speakers.map((ids) => [ids.join(), ids])).values()) {
      const voice = counted.get(anyOf.join()) ?? { anyOf, operations: 0 };
      counted.set(anyOf.join(), voice);
      voice.operations += 1;
    }
  }
  return [...counted.values()].map(({ anyOf, operations }) => {
    const inForce = anyOf.flatMap((id) => authorityInForce(id, facts, at) ?? []);
    const people = [...new Set(inForce.flatMap((a) => (a.people ?? []).map(({ name }) => name)))].sort();
    return { anyOf, people, operations };
  });
}

/** A registry as it stands, and the keys its first change is signed with. */
export interface Ground {
  readonly facts: Facts;
  readonly founders: readonly string[];
}

/** Whether a person may propose these changes to a registry at an instant (epoch ms). */
export function mayPropose(
  person: Signatory,
  changes: readonly Operation[],
  { facts, founders }: Ground,
  at: number,
): Permission {
  if (facts.size === 0 && !founders.includes(person.key))
    return { ok: false, refusals: [refusal('NOT_A_FOUNDER')] };
  return granted({ person, grant: 'proposers', key: person.key }, changes, facts, at);
}

/**
 * Whether a person may approve a proposal: a second person of every authority that speaks in it, and only while its
 * author still may propose it.
 */
export function mayApprove(
  person: Signatory,
  proposal: ProposedChange,
  ground: Ground,
  at: number,
): Permission {
  const { author, changes } = proposal;
  const { facts, founders } = ground;
  if (!areTwoPeople(person, author)) return { ok: false, refusals: [refusal('SAME_PERSON')] };
  const proposed = mayPropose(author, changes, ground, at);
  if (!proposed.ok) return proposed;
  if (facts.size === 0 && !areTwoFounders([author.key, person.key], founders))
    return { ok: false, refusals: [refusal('NOT_A_FOUNDER')] };
  return granted({ person, grant: 'approvers', key: person.key, author }, changes, facts, at);
}

/** Whether a person may refuse somebody's proposal: a role alone suffices, because refusing permits nothing. */
export function mayReject(
  person: Person,
  { author, changes }: ProposedChange,
  facts: Facts,
  at: number,
): Permission {
  if (!haveTwoRoles(person, author)) return { ok: false, refusals: [refusal('SAME_PERSON')] };
  return granted({ person, grant: 'approvers', author }, changes, facts, at);
}

/** Whether a person's word counts for confirming a registry that came back: a founder's, or that of somebody who speaks. */
export function mayConfirm(person: Signatory, { facts, founders }: Ground, at: number): Permission {
  if (founders.includes(person.key)) return { ok: true, authorities: [] };
  const all = authoritiesInForce(facts, at).map(({ id }) => id);
  return mayConsent(person, all, facts, at);
}

/** Whether a person's consent counts for any of these authorities. */
export function mayConsent(
  person: Signatory,
  authorities: readonly string[],
  facts: Facts,
  at: number,
): Permission {
  const inForce = authorities.flatMap((id) => authorityInForce(id, facts, at) ?? []);
  const speaking = inForce
    .filter((a) => nameOfKey(a, person.key) !== undefined)
    .filter((a) => [...a.proposers, ...a.approvers].includes(person.roleName));
  if (speaking.length > 0) return { ok: true, authorities: speaking.map(({ id }) => id) };
  return { ok: false, refusals: [refusal(inForce.length === 0 ? 'AUTHORITY_UNKNOWN' : 'NOT_A_SIGNATORY')] };
}

/** Whether a person may do this alone and at once: everything in it only restricts, and the role may stop traffic. */
export function mayActAlone(
  person: Person,
  changes: readonly Operation[],
  facts: Facts,
  at: number,
): Permission {
  const loosening = changes.flatMap((c, i) =>
    isRestrictOnly(c, facts.get(keyOf(c) ?? '')) ? [] : [refusal('NOT_ONLY_RESTRICTING', { path: `/${i}` })],
  );
  if (loosening.length > 0) return { ok: false, refusals: loosening };
  return granted({ person, grant: 'holders' }, changes, facts, at);
}
