/** Which facts are laid in the law, the one document every decision reads. */
import { kindOf } from '../facts/fact.ts';
import { PLACE_OF_KIND } from '../facts/place-of-kind.ts';
import { type RawFact, subjectKey } from '../facts/view.ts';

export function standsInLaw(raw: RawFact): boolean {
  const kind = kindOf(raw);
  if (kind === undefined || PLACE_OF_KIND[kind] === 'law') return true;
  if (PLACE_OF_KIND[kind] !== 'subject') return false;
  // What is about no one thing that can be told, or about a category of products, is laid with the law.
  const subject = subjectKey(raw);
  return subject === undefined || subject.startsWith('category/');
}
