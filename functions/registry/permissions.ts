import type { Permission } from '../core/administration/authority.ts';
import { type Flaw, Refusal } from './refusal.ts';

/**
 * Passes where a permission was given.
 *
 * @param flaws what is wrong with the change besides, told in the same answer: who is not allowed learns of both at once
 * @throws Refusal SECOND_PERSON_NEEDED, NOT_RESTRICTING or NOT_AUTHORISED, with what would have been needed
 */
export function demand(permission: Permission, flaws: () => readonly Flaw[] = () => []): void {
  if (permission.ok) return;
  const problems = permission.refusals.slice(0, MOST_SHOWN).map(({ code, message, path, authority }) => ({
    path: `/changes${path ?? ''}`,
    message: authority === undefined ? `${code}: ${message}` : `${code}: ${message} (${authority})`,
  }));
  const codes = new Set(permission.refusals.map(({ code }) => code));
  const code = codes.has('SAME_PERSON')
    ? 'SECOND_PERSON_NEEDED'
    : codes.has('NOT_ONLY_RESTRICTING')
      ? 'NOT_RESTRICTING'
      : 'NOT_AUTHORISED';
  const [first] = permission.refusals;
  throw new Refusal(code, first?.message ?? 'not authorised', {
    problems: [...problems, ...flaws()],
    details: { refused: permission.refusals.length, codes: [...codes].sort() },
  });
}

const MOST_SHOWN = 100;
