/**
 * Members that were meant to be read and are not. The specification has unknown members ignored, and they are; but one that
 * is misspelt, or stands in another place than the one where it is read, leaves a question behind that nobody asked.
 */
import { slipsBetween } from '../core/nearest.ts';
import { HttpProblem } from './problem.ts';
import type { Members } from './read-body.ts';

/** What the protocol reads, by place. */
export const OF_REQUEST = [
  'subject',
  'action',
  'resource',
  'context',
  'evaluations',
  'options',
  'page',
] as const;
const OF_ENTITY = ['type', 'id', 'name', 'properties'] as const;
const INSIDE = {
  subject: OF_ENTITY,
  action: OF_ENTITY,
  resource: OF_ENTITY,
  options: ['evaluations_semantic'],
  page: ['token', 'limit', 'properties'],
} as const;

function folded(name: string): string {
  return name.toLowerCase().replaceAll(/[^a-z0-9]/g, '');
}

/** Slips by which a name still looks like a word: none in the shortest, since other short words are as near. */
function slipsOf(word: string): number {
  if (word.length < 4) return 0;
  return word.length < 8 ? 1 : 2;
}

/** How many letters one has that the other has not: no more than there are slips. Cheap, for a body full of names. */
function lettersMissing(a: string, b: string): number {
  let missing = 0;
  for (const letter of a) if (!b.includes(letter)) missing += 1;
  return missing;
}

/** Both folded. */
function looksLike(given: string, meant: string): boolean {
  const most = slipsOf(meant);
  if (given === meant) return true;
  if (most === 0 || Math.abs(given.length - meant.length) > most) return false;
  return lettersMissing(meant, given) <= most && slipsBetween(given, meant) <= most;
}

function isObject(value: unknown): value is Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Names at any depth. */
function namesIn(value: unknown): readonly string[] {
  if (Array.isArray(value)) return value.flatMap(namesIn);
  return isObject(value) ? Object.entries(value).flatMap(([name, inner]) => [name, ...namesIn(inner)]) : [];
}

/** A word as it is written, and folded. */
type Word = readonly [word: string, folded: string];

function wordsIn(list: readonly string[]): readonly Word[] {
  return list.map((word) => [word, folded(word)]);
}

/** The first of the words that one of the names looks like. */
function meantBy(names: readonly string[], words: readonly Word[]): string | undefined {
  for (const name of names) {
    const given = folded(name);
    const word = words.find(([, meant]) => looksLike(given, meant));
    if (word !== undefined) return word[0];
  }
  return undefined;
}

function slipAmong(members: Members, read: readonly string[], own: readonly string[]): string | undefined {
  const others = Object.entries(members).filter(([name]) => !read.includes(name));
  if (others.length === 0) return undefined;
  const names = others.map(([name]) => name);
  return (
    meantBy(names, wordsIn([...read, ...own])) ??
    meantBy(
      others.flatMap(([, v]) => namesIn(v)),
      wordsIn(own),
    )
  );
}

/**
 * What is wrong with a body, or an item of a batch, that holds such a member.
 *
 * @param own names that whoever decides reads in `context` and `properties`
 */
export function slipIn(body: Members, own: readonly string[]): HttpProblem | undefined {
  const inside = Object.entries(INSIDE).flatMap(([part, read]) => {
    const value = body[part];
    return isObject(value) ? [slipAmong(value, read, own)] : [];
  });
  const meant = [slipAmong(body, OF_REQUEST, own), ...inside].find((word) => word !== undefined);
  return meant === undefined
    ? undefined
    : new HttpProblem(
        400,
        `a member that is not read looks like ${meant}: correct its spelling or its place`,
      );
}
