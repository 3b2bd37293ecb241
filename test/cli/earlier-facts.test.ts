/** What may be renewed is looked for, however many renew; what nobody could look for is not taken for found. */
import { expect, it } from 'vitest';
import type { RegistryClient } from '../../cli/registry/connection.ts';
import { earlierFacts } from '../../cli/registry/earlier-facts.ts';
import type { RenewalToFind } from '../../functions/core/administration/renewals.ts';

/** Facts of one kind, so many about each vendor, listed a page at a time. */
function holding(each: number, page = 2): RegistryClient {
  return async ({ path, query }) => {
    const [, kind = '', id] = path.split('/');
    if (id !== undefined) return { fact: { kind, id } };
    const about = String(query?.['about']).slice('vendor/'.length);
    const keys = Array.from({ length: each }, (_, n) => `${kind}/${about}-${n}`);
    const left = keys.filter((key) => key > (query?.['after'] ?? ''));
    return { version: 1, keys: left.slice(0, page), next: left.length > page ? left[page - 1] : null };
  };
}
const wanted = (count: number): readonly RenewalToFind[] =>
  Array.from({ length: count }, (_, n) => ({ kind: 'assessment', about: `vendor/v${n}` }));
const found = async (registry: RegistryClient, count: number, last = count - 1) => {
  const earlier = await earlierFacts(registry, wanted(count), 1);
  return earlier({ kind: 'assessment', about: `vendor/v${last}` })?.map(({ id }) => id);
};

it.each<[string, number, number, number, readonly string[] | undefined]>([
  ['the last of a yearly round', 1, 69, 68, ['v68-0']],
  ['on the second page', 3, 1, 0, ['v0-0', 'v0-1', 'v0-2']],
  ['none of them', 0, 1, 0, []],
  ['more subjects than anybody looks for', 1, 1_001, 1_000, undefined],
  ['those before them', 1, 1_001, 999, ['v999-0']],
  ['more facts than anybody reads', 9, 600, 599, undefined],
  ['what nobody asked for', 1, 1, 5, undefined],
])('%s', async (_what, each, count, last, expected) => {
  expect(await found(holding(each), count, last)).toEqual(expected);
});
