/** What to write instead, in words. Only what the schema allows is named, never what was written. */
import type * as z from 'zod/mini';

const TYPES: Readonly<Record<string, string>> = {
  array: 'a list, […]',
  object: 'an object, {…}',
  string: 'a text, "…"',
  number: 'a number',
  boolean: 'true or false',
};

function oneOf(values: readonly unknown[]): string {
  return values.length === 1 ? `write ${String(values[0])}` : `write one of ${values.map(String).join(', ')}`;
}

/** The sentence for one thing a schema found; checks of our own bring theirs. */
export function wordsOf(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'invalid_value':
      return oneOf(issue.values);
    case 'invalid_type':
      return `write ${TYPES[issue.expected] ?? issue.expected}; the member may be missing`;
    case 'invalid_union': {
      const options = 'options' in issue && Array.isArray(issue.options) ? issue.options : [];
      return options.length > 0 ? oneOf(options) : 'none of the forms it may have';
    }
    case 'too_big':
      return `no more than ${String(issue.maximum)}`;
    case 'too_small':
      return `at least ${String(issue.minimum)}`;
    default:
      return issue.message;
  }
}
