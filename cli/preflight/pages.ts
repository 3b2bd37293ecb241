/** What a service lists page by page. */
import { unreadableAnswer } from './aws-caller.ts';

/** More than any account has of what is listed here: tables by the hundred, log groups by fifty. */
const MOST_PAGES = 500;

export interface AnswerPage<T> {
  readonly items: readonly T[];
  /** With which the next one is asked for; undefined, null or empty after the last. */
  readonly next: unknown;
}

/**
 * All of a list.
 *
 * @param ask for the page of a token; undefined is the first
 * @throws AwsCallError for a token that was given before, however long ago, and for a list that does not end
 */
export async function everyPage<T>(
  what: string,
  ask: (token: string | undefined) => Promise<AnswerPage<T>>,
): Promise<readonly T[]> {
  const found: T[] = [];
  const asked = new Set<string | undefined>();
  for (let token: string | undefined; asked.size < MOST_PAGES; ) {
    asked.add(token);
    const { items, next } = await ask(token);
    found.push(...items);
    if (next === undefined || next === null || next === '') return found;
    if (typeof next !== 'string' || asked.has(next)) break;
    token = next;
  }
  throw unreadableAnswer(what);
}
