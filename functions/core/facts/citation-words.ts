/** A citation as people are shown it, with how well it is known; what was read itself needs no word. */
import { member } from './fact.ts';
import { type Grade, gradeOf } from './provenance.ts';

const IN_WORDS = {
  primary: '',
  secondary: ' (by report)',
  unverified: ' (not verified)',
} as const satisfies Record<Grade, string>;

/** @param source as registered, sound or not: what it does not plainly say makes it no better */
export function citationInWords(source: unknown): string {
  const says = (name: 'verified' | 'primary') => member(source, name) === true;
  const grade = gradeOf({ verified: says('verified'), primary: says('primary') });
  return `${String(member(source, 'citation'))}${IN_WORDS[grade]}`;
}
