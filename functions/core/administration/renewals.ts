/** What is said to renew something: by a reason or an id, and what there must be for that to be true. */
import { type FactKind, kindOf, kindOfKey, member } from '../facts/fact.ts';
import type { RawFact } from '../facts/view.ts';
import { keyOf, type Operation } from './change.ts';
import { referencesOf } from './references.ts';

const RENEWING = /\b(?:renew|extend|prolong|reassess|re-assess|reaccredit|re-accredit|again\b|anew\b)/iu;

/** Kinds that run out, and are renewed by one more, or by a later end. */
const EXPIRING: ReadonlySet<string | undefined> = new Set([
  'accreditation',
  'assessment',
  'mandate',
  'waiver',
]);

/** What somebody has to look for before a renewal can be doubted: facts of a kind that are about something. */
export interface RenewalToFind {
  readonly kind: FactKind;
  readonly about: string;
}

/** Facts that may be what is renewed; undefined where nobody looked. */
export type EarlierFacts = (wanted: RenewalToFind) => readonly RawFact[] | undefined;

/** Which word speaks of renewing; undefined where none does, or the kind is one that never runs out. */
function spokenBy(reason: string, operation: Operation): 'reason' | 'id' | undefined {
  if (operation.op === 'end' || !EXPIRING.has(kindOf(operation.fact))) return undefined;
  if (RENEWING.test(reason)) return 'reason';
  // An id that is there already says nothing of a correction.
  return operation.op === 'add' && RENEWING.test(keyOf(operation) ?? '') ? 'id' : undefined;
}

function toFind(fact: RawFact): RenewalToFind | undefined {
  const [kind, named] = [kindOf(fact), referencesOf(fact).map((each) => each.key)];
  const about = named.find((key) => /^(?:network|vendor)$/.test(kindOfKey(key) ?? '')) ?? named[0];
  return kind === undefined || about === undefined ? undefined : { kind, about };
}

/** For each that is added under a reason or an id that speaks of renewing; each once. */
export function renewalsToFind(reason: string, changes: readonly Operation[]): readonly RenewalToFind[] {
  const wanted = changes.flatMap((operation) => {
    if (operation.op !== 'add' || spokenBy(reason, operation) === undefined) return [];
    return toFind(operation.fact) ?? [];
  });
  return [...new Map(wanted.map((each) => [`${each.kind} ${each.about}`, each])).values()];
}

/** A renewal that is none, or of which nobody can tell. */
export interface DoubtedRenewal {
  readonly speaks: 'reason' | 'id';
  readonly looked: boolean;
}

/**
 * Whether what is said to renew something does: an addition, something registered that says the same of the same; a
 * correction, the fact itself.
 */
export function doubtedRenewal(
  reason: string,
  operation: Operation,
  current: RawFact | undefined,
  earlier: EarlierFacts,
): DoubtedRenewal | undefined {
  const speaks = spokenBy(reason, operation);
  if (speaks === undefined || operation.op === 'end') return undefined;
  const { fact } = operation;
  const wanted = toFind(fact);
  const before = operation.op === 'replace' ? [current ?? {}] : wanted === undefined ? [] : earlier(wanted);
  if (before?.some((each) => isRenewal(each, fact))) return undefined;
  return { speaks, looked: before !== undefined };
}

/** The same of the same by the same. */
function isRenewal(before: RawFact, after: RawFact): boolean {
  const about = (fact: RawFact) =>
    JSON.stringify(
      ['kind', 'subject', 'authority', 'owner', 'network', 'standard', 'criteriaSet', 'outcome'].map((name) =>
        member(fact, name),
      ),
    );
  return about(before) === about(after);
}
