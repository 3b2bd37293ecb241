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
const LISTS = {
  names: async (context: RegistryContext, call: Call) => {
    const { names, next } = (await listNames(context, call)).body;
    return { keys: Object.keys(names), next };
  },
  facts: async (context: RegistryContext, call: Call) => (await listFacts(context, call)).body,
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
    const query = new Map(after === '' ? [] : [['after', after]]);
    const call = { query, variables: { kind: 'vendor' }, signal: AbortSignal.timeout(60_000) };
    const { keys, next }: { keys: readonly string[]; next: string | null } = await LISTS[list](
      context,
      call as unknown as Call,
    );
    found.push(keys);
    after = next;
  }
  expect(found.map(({ length }) => length)).toEqual(pages);
  expect(new Set(found.flat()).size).toBe(count);
});
