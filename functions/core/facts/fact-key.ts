/** What a fact is called, `network/gb-a`, as people write it: of the kinds there are, and no other. */
import * as z from 'zod/mini';
import { suggesting } from '../nearest.ts';
import { FACT_KINDS } from './fact.ts';

/** A sentence about a word that is no kind of fact; undefined for one that is. */
export function kindFault(word: string): string | undefined {
  if (FACT_KINDS.some((kind) => kind === word)) return undefined;
  const kinds = `a kind of fact is one of ${FACT_KINDS.join(', ')}`;
  return suggesting(kinds, word.replace(/ies$/, 'y'), FACT_KINDS);
}

/** A sentence about a text that cannot be the id of any fact; undefined for one that can. */
export function factIdFault(text: string): string | undefined {
  return /^[A-Za-z0-9](?:[A-Za-z0-9._-]{0,62}[A-Za-z0-9])?$/.test(text)
    ? undefined
    : 'the id of a fact is letters, digits, dots and dashes, up to 64, and begins and ends with none of the last two';
}

/** A sentence about a text that cannot be the key of any fact; undefined for one that can. */
export function factKeyFault(text: string): string | undefined {
  const [kind = '', id, ...more] = text.split('/');
  if (id === undefined || more.length > 0) return 'a fact is KIND/ID, such as network/gb-a';
  return kindFault(kind) ?? factIdFault(id);
}

/** The key of a fact, in what is sent. */
export const keyOfFact = z.string().check(
  z.refine((text) => factKeyFault(text) === undefined, {
    error: ({ input }) => factKeyFault(String(input)),
  }),
);
