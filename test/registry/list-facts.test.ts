/** What is registered, a page at a time: each of it once, to the end. */
import { expect, it } from 'vitest';
import type { RawFact } from '../../functions/core/facts/view.ts';
import type { Call, RegistryContext } from '../../functions/registry/context.ts';
import { listFacts, listNames } from '../../functions/registry/list-facts.ts';
import { vendor } from './changes.ts';

const contextOf = (count: number) => {
  const ids = Array.from({ length: count }, (_, n) => `v-${String(n).padStart(4, '0')}`);
  const facts = new Map<string, RawFact>(ids.map((id) => [`vendor/${id}`, vendor(id).fact]));
  const anyReader = { open: async () => ({ version: 1, held: null }) };
  return { anyReader, factSets: { of: async () => facts } } as unknown as RegistryContext;
};
interface Page {
  readonly keys: readonly string[];
  readonly next: string | null;
}
const callAfter = (after: string) => {
  const query = new Map(after === '' ? [] : [['after', after]]);
  return { query, variables: { kind: 'vendor' } } as unknown as Call;
};
const LISTS: Readonly<Record<'names' | 'facts', (context: RegistryContext, call: Call) => Promise<Page>>> = {
  names: async (context, call) => {
    const { names, next } = (await listNames(context, call)).body;
    return { keys: Object.keys(names), next };
  },
  facts: async (context, call) => (await listFacts(context, call)).body,
};

it.each([
  ['names', 1500, [1500]],
  ['names', 1501, [1500, 1]],
  ['names', 1502, [1500, 2]],
  ['facts', 5000, [5000]],
  ['facts', 5001, [5000, 1]],
  ['facts', 5002, [5000, 2]],
] as const)('%s of %i come in pages of %o', async (list, count, pages) => {
  const context = contextOf(count);
  const found: (readonly string[])[] = [];
  let after: string | null = '';
  while (after !== null) {
    const page: Page = await LISTS[list](context, callAfter(after));
    found.push(page.keys);
    after = page.next;
  }
  expect(found.map(({ length }) => length)).toEqual(pages);
  expect(new Set(found.flat()).size).toBe(count);
});
