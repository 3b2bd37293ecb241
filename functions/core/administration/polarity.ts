/**
 * Which operations can only restrict, by what they are and never by trying them on a sample: those one person may do
 * alone, at once. Everything else could permit something and takes two.
 *
 * - Ending a favourable fact that a permit needs to find: fewer of them never permit more.
 * - Adding an adverse fact: a hold, a designation, a judgement of `not-trusted`.
 *
 * What looks restrictive and is not: ending one of two mandates drops its standards; adding a mandate or a standard
 * lets something be judged that was not; ending an authority changes who may act; ending a vendor or a criteria set
 * takes away what others are judged by; ending anything adverse loosens; `replace` may do both at once.
 */
import { canonicalText, factDigest } from '../facts/canonical.ts';
import { type Fact, type FactKind, kindOf, polarityOf, readFact } from '../facts/fact.ts';
import { readingOf } from '../facts/reading.ts';
import type { RawFact } from '../facts/view.ts';
import { keyOf, type Operation } from './change.ts';
import { endFact } from './ending.ts';
import type { FactChange } from './two-people.ts';

/** How ending a fact of each kind counts. `kept`: only while the fact stays, because leaving frees its identifiers. */
const ENDING_RESTRICTS = {
  accreditation: 'always',
  assessment: 'favourable',
  authority: 'never',
  'criteria-set': 'never',
  designation: 'never',
  equivalence: 'always',
  exemption: 'always',
  hold: 'never',
  mandate: 'never',
  network: 'kept',
  protection: 'always',
  route: 'always',
  standard: 'never',
  vendor: 'never',
  waiver: 'always',
} as const satisfies Record<FactKind, 'always' | 'favourable' | 'kept' | 'never'>;

function addingRestricts(f: Fact): boolean {
  return (
    f.kind === 'designation' || f.kind === 'hold' || (f.kind === 'assessment' && f.outcome === 'not-trusted')
  );
}

function endingRestricts(f: Fact, leaves: boolean): boolean {
  const how = ENDING_RESTRICTS[f.kind];
  switch (how) {
    case 'always':
      return true;
    case 'favourable':
      return f.kind === 'assessment' && f.outcome !== 'not-trusted';
    case 'kept':
      return !leaves;
    case 'never':
      return false;
    default:
      return unknownEffect(how);
  }
}

function unknownEffect(how: never): never {
  throw new Error(`no effect of ending: ${String(how)}`);
}

/**
 * True where the operation never turns a refusal into a permit, at any time from now on.
 *
 * @param current the fact the operation is about, as registered; `undefined` where there is none
 */
export function isRestrictOnly(operation: Operation, current: RawFact | undefined): boolean {
  switch (operation.op) {
    case 'add': {
      const reading = readFact(operation.fact);
      return current === undefined && reading.sound && addingRestricts(reading.fact);
    }
    case 'end': {
      const reading = current === undefined ? undefined : readingOf(current);
      if (current === undefined || reading?.sound !== true) return false;
      const ended = endFact(current, operation);
      return ended.ok && endingRestricts(reading.fact, ended.fact === null);
    }
    case 'replace':
      return false;
    default:
      return false;
  }
}

/** True for a word against somebody or something, and for what nobody can read: it may be one. */
export function speaksAgainst(raw: RawFact): boolean {
  const kind = kindOf(raw);
  const isJudgement = kind === 'assessment' && polarityOf(raw) === 'adverse';
  return kind === undefined || kind === 'hold' || kind === 'designation' || isJudgement;
}

/** Before the beginning of any fact: one that ends here leaves the registry. */
export const BEFORE_EVERYTHING = '0001-01-01T00:00:00Z';

/**
 * The same, told from a fact as it was and as it became: whether some operation that only restricts makes exactly that.
 */
export function onlyRestricts({ before, after }: FactChange): boolean {
  if (before === undefined)
    return after !== undefined && isRestrictOnly({ op: 'add', fact: after }, undefined);
  const key = keyOf({ op: 'add', fact: before });
  if (key === undefined) return false;
  const reading = after === undefined ? undefined : readFact(after);
  if (reading?.sound === false) return false;
  // Without an end nothing was ended.
  if (reading !== undefined && reading.fact.valid.to === null) return false;
  const said = after === undefined ? [] : (after['ending'] ?? after['sources']);
  const end = {
    op: 'end',
    key,
    on: reading === undefined ? BEFORE_EVERYTHING : (reading.fact.valid.to ?? ''),
    ending: Array.isArray(said) ? said : [],
    was: factDigest(before),
  } as const;
  if (!isRestrictOnly(end, before)) return false;
  const ended = endFact(before, end);
  return ended.ok && canonicalText(ended.fact) === canonicalText(after ?? null);
}
