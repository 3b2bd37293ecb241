/** Whom or what a fact is about. */

import type { Accreditation } from '../accreditation.ts';
import type { Assessment } from '../assessment.ts';
import type { Designation } from '../designation.ts';
import { called, type FactNames } from './names.ts';

type Subject = (Assessment | Accreditation | Designation)['subject'];

export function aboutInWords(subject: Subject, names: FactNames): string {
  if ('vendor' in subject) return called(names, 'vendor', subject.vendor);
  if ('network' in subject) return called(names, 'network', subject.network);
  if ('protection' in subject) return called(names, 'protection', subject.protection);
  if ('category' in subject) return `every product of the category ${subject.category}`;
  return unknownSubject(subject);
}

/** Whether a judgement still counts once what it judged is registered otherwise. */
export function judgedInWords(judged: string | undefined): string {
  return judged === undefined
    ? 'it binds no state of what it judged'
    : `it judged exactly what is registered as ${judged}`;
}

function unknownSubject(subject: never): never {
  throw new Error(`no such subject: ${Object.keys(subject).join()}`);
}
