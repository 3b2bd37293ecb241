/** Which facts are laid in the law, the one document every decision reads. */
import { type FactKind, kindOf } from '../facts/fact.ts';
import { type RawFact, subjectKey } from '../facts/view.ts';

/** Kinds that stand in the law, whatever they say. */
const LAW_KINDS = {
  accreditation: false,
  assessment: false,
  authority: true,
  'criteria-set': true,
  designation: false,
  equivalence: true,
  hold: true,
  mandate: true,
  network: false,
  protection: false,
  route: false,
  standard: true,
  vendor: false,
  waiver: false,
} as const satisfies Record<FactKind, boolean>;

export function standsInLaw(raw: RawFact): boolean {
  const kind = kindOf(raw);
  if (kind === undefined || LAW_KINDS[kind]) return true;
  if (kind === 'accreditation' || kind === 'assessment' || kind === 'designation') {
    // What is about no one thing that can be told, or about a category of products, is laid with the law.
    const subject = subjectKey(raw);
    return subject === undefined || subject.startsWith('category/');
  }
  return false;
}
