/** Facts that differ between two versions: asked for page by page, told with who revoked one. */
import { blame, differences as differencesShape } from '../../functions/registry/answers.ts';
import type { RegistryClient } from './connection.ts';
import { type Difference, isShortened, type LastChangeSaid } from './history-words.ts';
import { readAs } from './read-answer.ts';

/** Differences told at once; the rest is counted. */
export const MOST_TOLD = 200;

export function untold(found: readonly Difference[]): readonly string[] {
  const more = found.length - MOST_TOLD;
  return more > 0 ? [`… and ${more} more facts that differ (\`registry diff --json\` has them)`] : [];
}

export async function differencesBetween(
  registry: RegistryClient,
  query: Readonly<Record<string, string>>,
): Promise<readonly Difference[]> {
  const found: Difference[] = [];
  let after: string | null = '';
  while (after !== null) {
    const asked: Readonly<Record<string, string>> = { ...query, ...(after !== '' && { after }) };
    const page = readAs(differencesShape, await registry({ method: 'GET', path: 'diff', query: asked }));
    found.push(...page.differences);
    after = page.next;
  }
  return found;
}

/** Who revoked a fact that holds no longer than it did; undefined where nobody did. */
export async function revocationOf(
  registry: RegistryClient,
  difference: Difference,
  query: Readonly<Record<string, string>>,
): Promise<LastChangeSaid | undefined> {
  if (!isShortened(difference)) return undefined;
  const answer = await registry({ method: 'GET', path: `blame/${difference.key}`, query });
  const last = readAs(blame, answer);
  return last.kind === 'revoke' && last.change !== 'unknown' ? last : undefined;
}
