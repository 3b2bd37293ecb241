import { perObject } from '../per-object.ts';
import { type Reading, readFact } from './fact.ts';

const known = perObject((registered: object): Reading => readFact(registered));

/**
 * Reads a registered fact: once, because it never changes, and for as long as the document that holds it is kept. What
 * somebody may still change is for {@link readFact}.
 */
export function readingOf(registered: unknown): Reading {
  if (typeof registered !== 'object' || registered === null) return readFact(registered);
  return known(registered);
}
