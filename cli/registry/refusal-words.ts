/** Why the registry said no, in words for a terminal: each sentence once, and what to do about it. */
import { unsaid } from '../../functions/core/facts/words/plain-words.ts';
import { REFUSALS } from '../../functions/registry/refusal-table.ts';
import { RECOVERY_REFUSALS } from '../recover/refusals.ts';
import type { WireError } from './errors.ts';
import { OWN_REFUSALS } from './own-refusals.ts';

const MOST_LINES = 200;

/** What of `details` a person goes on with. The rest is for programs, or counts and names what the lines above say. */
const TOLD_DETAILS = [
  ...['version', 'digest', 'status', 'maxBytes', 'createdAt', 'expiredAt'],
  ...['hold', 'ended', 'object', 'missing', 'permits', 'parts', 'voice'],
] as const;

/**
 * Why there was no answer, every flaw by its fact, and what to do about it.
 *
 * @param proposal the id of the proposal that was asked about, where there is one
 */
export function refusalInWords(error: WireError, proposal?: string): readonly string[] {
  const { code, message, path, problems = [], details = {} } = error;
  // The sentence of a refusal is often that of its first flaw, which says more: the fact, the place, the authority.
  const told = message === '' ? undefined : problems.find((each) => each.message.includes(message));
  const of = told?.key === undefined ? '' : `${told.key}: `;
  const at = path || told?.path;
  const lines = [`${code}: ${of}${told?.message ?? message}${at ? ` (at ${at})` : ''}`];
  const others = problems.filter((each) => each !== told);
  for (const problem of others.slice(0, MOST_LINES))
    lines.push(`  ${problem.key === undefined ? '' : `${problem.key}: `}${problem.path}: ${problem.message}`);
  if (others.length > MOST_LINES) lines.push(`  … and ${others.length - MOST_LINES} more (--json has them)`);
  const helpful = Object.fromEntries(TOLD_DETAILS.map((name) => [name, details[name]]));
  lines.push(...unsaid(helpful).map((line) => `  ${line}`));
  const todo = todoOf(code);
  if (todo !== undefined) lines.push(`  what to do: ${naming(todo, proposal)}`);
  return lines;
}

function todoOf(code: string): string | undefined {
  const known: Readonly<Record<string, { readonly todo: string }>> = {
    ...REFUSALS,
    ...OWN_REFUSALS,
    ...RECOVERY_REFUSALS,
  };
  return Object.hasOwn(known, code) ? known[code]?.todo : undefined;
}

/** A command to copy names what it is about. An id that could say anything else to a shell stays `ID`. */
function naming(todo: string, proposal: string | undefined): string {
  return proposal !== undefined && /^[a-z][\w-]*$/i.test(proposal) ? todo.replace(/\bID\b/g, proposal) : todo;
}
