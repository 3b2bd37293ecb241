/**
 * Whose word counts. Grants are read from the registry as it stands, so that a change cannot grant itself anything;
 * only an empty registry is filled on the word of the registrar that its first change itself names.
 */
import type { Authority } from '../facts/authority.ts';
import { type Facts, keyOf, type Operation } from './change.ts';
import { areTwoPeople, type Person } from './person.ts';
import { isRestrictOnly } from './polarity.ts';
import { authorityInForce, REGISTRAR, speakersOf } from './speakers.ts';

const REFUSALS = {
  NO_AUTHORITY: 'No authority can speak for this fact.',
  AUTHORITY_UNKNOWN: 'The authority that would have to speak is not registered or not in force.',
  NOT_A_PROPOSER: 'Your role is not among the proposers of the authority that speaks here.',
  NOT_AN_APPROVER: 'Your role is not among the approvers of the authority that speaks here.',
  NOT_A_HOLDER: 'Your role may not act alone for the authority that speaks here.',
  SAME_PERSON: 'The second person needs another role and another session name than the author.',
  NOT_ONLY_RESTRICTING: 'This could permit something, so it takes two people.',
} as const satisfies Record<string, string>;

export type RefusalCode = keyof typeof REFUSALS;

export interface Refusal {
  readonly code: RefusalCode;
  readonly message: string;
  /** JSON Pointer to the operation. */
  readonly path?: string;
  readonly authority?: string;
}

export type Permission =
  | { readonly ok: true; readonly authorities: readonly string[] }
  | { readonly ok: false; readonly refusals: readonly Refusal[] };

export interface Proposal {
  readonly author: Person;
  readonly changes: readonly Operation[];
}

type Grant = 'proposers' | 'approvers' | 'holders';

const MISSING_GRANT = {
  proposers: 'NOT_A_PROPOSER',
  approvers: 'NOT_AN_APPROVER',
  holders: 'NOT_A_HOLDER',
} as const satisfies Record<Grant, RefusalCode>;

function refusal(code: RefusalCode, more: Omit<Refusal, 'code' | 'message'> = {}): Refusal {
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

/** Asks every operation for somebody whom this role may speak for. */
function granted(
  person: Person,
  grant: Grant,
  changes: readonly Operation[],
  facts: Facts,
  at: number,
  author?: Person,
): Permission {
  const genesis = facts.size === 0;
  const registry = grantsOf(changes, facts);
  const authorities = new Set<string>();
  const refusals = new Map<string, Refusal>();
  const refuse = (r: Refusal) => refusals.set(`${r.code} ${r.authority ?? r.path}`, r);
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
      const speaking = inForce.find(
        (a) =>
          a[grant].includes(person.roleName) &&
          (author === undefined || a.proposers.includes(author.roleName)),
      );
      if (speaking !== undefined) authorities.add(speaking.id);
      else if (first === undefined) refuse(refusal('NO_AUTHORITY', { path }));
      else if (inForce.length === 0) refuse(refusal('AUTHORITY_UNKNOWN', { path, authority: first }));
      else refuse(refusal(MISSING_GRANT[grant], { path, authority: inForce[0]?.id ?? first }));
    }
  }
  if (refusals.size > 0) return { ok: false, refusals: [...refusals.values()] };
  if (changes.length === 0) return { ok: false, refusals: [refusal('NO_AUTHORITY', { path: '' })] };
  return { ok: true, authorities: [...authorities].sort() };
}

/** Whether a person may propose these changes to the registry `facts` at an instant (epoch ms). */
export function mayPropose(
  person: Person,
  changes: readonly Operation[],
  facts: Facts,
  at: number,
): Permission {
  return granted(person, 'proposers', changes, facts, at);
}

/**
 * Whether a person may approve a proposal: a second person of every authority that speaks in it, and only while its
 * author still may propose it.
 */
export function mayApprove(person: Person, proposal: Proposal, facts: Facts, at: number): Permission {
  const { author, changes } = proposal;
  if (!areTwoPeople(person, author)) return { ok: false, refusals: [refusal('SAME_PERSON')] };
  const proposed = mayPropose(author, changes, facts, at);
  if (!proposed.ok) return proposed;
  return granted(person, 'approvers', changes, facts, at, author);
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
  return granted(person, 'holders', changes, facts, at);
}
