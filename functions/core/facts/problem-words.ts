/** What is wrong with a value, where, and what to write instead. Only what the schema allows is named, never what was written. */
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
function wordsOf(issue: z.core.$ZodIssue): string {
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

/** What is wrong, and where: a JSON Pointer and a sentence. */
export interface Problem {
  readonly path: string;
  readonly message: string;
}

/** Everything that a schema found; of the branches of a union, what the nearest to fitting says. */
export function problemsOf(issues: readonly z.core.$ZodIssue[]): readonly Problem[] {
  return issues.flatMap((issue): readonly Problem[] => {
    if (issue.code === 'unrecognized_keys')
      return issue.keys.map((key) => ({
        path: pointer([...issue.path, key]),
        message: 'unknown member: remove it or correct its spelling',
      }));
    if (issue.code === 'invalid_union' && issue.errors.length > 0)
      return problemsOf(nearestOf(issue.errors)).map(({ path, message }) => ({
        path: pointer(issue.path) + path,
        message,
      }));
    return [{ path: pointer(issue.path), message: wordsOf(issue) }];
  });
}

/** Each branch fails in its own way; the one that came furthest, and then the one with the least to say, is what the writer meant. */
function nearestOf(branches: readonly (readonly z.core.$ZodIssue[])[]): readonly z.core.$ZodIssue[] {
  const depth = (branch: readonly z.core.$ZodIssue[]) => Math.max(0, ...branch.map((i) => i.path.length));
  return branches.toSorted((a, b) => depth(b) - depth(a) || a.length - b.length)[0] ?? [];
}

/** Of a name nobody expected this much: it is the writer's. */
const LONGEST = 64;

function pointer(path: readonly PropertyKey[]): string {
  return path
    .map((part) => `/${String(part).slice(0, LONGEST).replaceAll('~', '~0').replaceAll('/', '~1')}`)
    .join('');
}
