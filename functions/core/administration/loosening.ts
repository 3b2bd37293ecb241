/**
 * What in an operation plainly permits more: evidence, where `polarity.ts` only says that something could. For pointing out,
 * never for letting one person act alone: what is not found here may loosen all the same.
 */
import { kindOf, polarityOf } from '../facts/fact.ts';
import type { RawFact } from '../facts/view.ts';
import { levelRank } from '../marking/ladders.ts';
import type { Operation } from './change.ts';
import { type MemberChange, memberChanges } from './member-changes.ts';

/** Kinds of which one more lets more pass. */
const GRANTING: ReadonlySet<string | undefined> = new Set([
  'accreditation',
  'authority',
  'equivalence',
  'exemption',
  'mandate',
  'protection',
  'waiver',
]);

/** Members of which a longer list lets more pass, and of which a shorter one does. */
const MORE_LOOSENS =
  /(?:^|\/)(?:audience|compartments|accreditors|assurances|acceptIncomplete|carries|from|hops|alternates|people|proposers|approvers|holders|speaksFor|succession)$/;
const LESS_LOOSENS = /(?:^|\/)(?:standards|rules|deployments|classes|adopt|ownedBy)$/;
const HIGHER_LOOSENS = /(?:^|\/)max$/;
const ACCEPTING = /^accept/;
/** The level of one frame: the highest that is carried, and the lowest that is judged. */
const LEVEL = /^(carries|from)\/([^/]+)\/level$/;

/** A phrase for what permits more in it; undefined where nothing plainly does. */
export function looseningOf(operation: Operation, current: RawFact | undefined): string | undefined {
  switch (operation.op) {
    case 'add':
      return grants(operation.fact) ? 'records something that permits' : undefined;
    case 'replace':
      return correctionLoosens(current, operation.fact);
    case 'end':
      return current !== undefined && polarityOf(current) === 'adverse' && kindOf(current) !== 'vendor'
        ? 'ends something that refuses'
        : undefined;
    default:
      return unknownOperation(operation);
  }
}

function grants(fact: RawFact): boolean {
  const kind = kindOf(fact);
  return GRANTING.has(kind) || (kind === 'assessment' && polarityOf(fact) === 'favourable');
}

function correctionLoosens(before: RawFact | undefined, after: RawFact): string | undefined {
  if (before !== undefined && !grants(before) && grants(after)) return 'turns a refusal into a grant';
  for (const change of memberChanges(before, after)) {
    const found = memberLoosens(change, after);
    if (found !== undefined) return found;
  }
  return undefined;
}

function memberLoosens({ name, was, is, entry }: MemberChange, after: RawFact): string | undefined {
  if (entry === true && was === undefined && MORE_LOOSENS.test(name)) return `makes ${name} longer`;
  if (entry === true && is === undefined && LESS_LOOSENS.test(name)) return `makes ${name} shorter`;
  if (HIGHER_LOOSENS.test(name) && Number(is) > Number(was)) return `raises ${name}`;
  const [, list, frame] = LEVEL.exec(name) ?? [];
  if (list !== undefined && frame !== undefined) {
    const isRaised = !(
      (levelRank(frame, String(is)) ?? Number.NaN) < (levelRank(frame, String(was)) ?? Number.NaN)
    );
    if (list === 'from' ? !isRaised : isRaised) return `${isRaised ? 'raises' : 'lowers'} ${name}`;
  }
  if (name === 'outcome' && is === 'trusted') return 'makes a judgement trusted';
  if (ACCEPTING.test(name) && is === true) return `sets ${name}`;
  if (name === 'valid/to' && grants(after) && (is === null || String(is) > String(was)))
    return 'prolongs something that permits';
  return undefined;
}

function unknownOperation(operation: never): never {
  throw new Error(`no such operation: ${Object.keys(operation).join()}`);
}
