/** What is wrong with a fact that somebody wrote, and which word was probably meant. */
import * as z from 'zod/mini';
import { fact as factShape, readFact } from '../functions/core/facts/fact.ts';
import type { Problem } from '../functions/core/facts/problem-words.ts';
import type { RawFact } from '../functions/core/facts/view.ts';
import { nearest } from '../functions/core/nearest.ts';

let memberNames: readonly string[] | undefined;

/** Every member any fact may have, to recognise a slip of the pen. */
function knownMembers(): readonly string[] {
  if (memberNames !== undefined) return memberNames;
  const names = new Set<string>();
  const walk = (node: unknown): void => {
    if (typeof node !== 'object' || node === null) return;
    for (const [name, inner] of Object.entries(node)) {
      if (name === 'properties' && typeof inner === 'object' && inner !== null)
        for (const member of Object.keys(inner)) names.add(member);
      walk(inner);
    }
  };
  walk(z.toJSONSchema(factShape, { io: 'input', unrepresentable: 'any' }));
  memberNames = [...names].sort();
  return memberNames;
}

function valueAt(fact: unknown, pointer: string): unknown {
  return pointer
    .split('/')
    .slice(1)
    .reduce<unknown>(
      (v, part) =>
        typeof v === 'object' && v !== null
          ? (v as Record<string, unknown>)[part.replaceAll('~1', '/').replaceAll('~0', '~')]
          : undefined,
      fact,
    );
}

/** Names the word that was probably meant: of a member nobody knows, or of a value that is not on its list. */
function withSuggestion(fact: RawFact, { path, message }: Problem): string {
  if (message.startsWith('unknown member')) {
    const meant = nearest(path.slice(path.lastIndexOf('/') + 1), knownMembers());
    return meant === undefined ? message : `${message}; did you mean "${meant}"?`;
  }
  const options = /^write one of (.+)$/.exec(message)?.[1]?.split(', ');
  const written = valueAt(fact, path);
  const remedy = message.replace('; the member may be missing', '');
  if (remedy !== message || options !== undefined) {
    if (written === undefined) return `missing member: ${remedy}`;
    if (options === undefined) return remedy;
  }
  if (options === undefined || typeof written !== 'string') return message;
  const meant = nearest(written, options);
  return meant === undefined ? message : `${message}; did you mean "${meant}"?`;
}

/** Misspelt members first: a member that is "missing" beside one is the same slip. */
export function problemsWritten(fact: RawFact): readonly Problem[] {
  const reading = readFact(fact);
  if (reading.sound) return [];
  const unknown = reading.problems.filter((x) => x.message.startsWith('unknown member'));
  const others = reading.problems.filter((x) => !unknown.includes(x));
  return [...unknown, ...others].map((x) => ({ path: x.path, message: withSuggestion(fact, x) }));
}
