import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type AccessRig, startAccessRig } from './access-rig.ts';
import { manyNetworks } from './many-networks.ts';
import { compare } from './search-agreement.ts';

/** `node test/access/campaign.ts` does the same with 10,000. */
const COUNT = 400;

let rig: AccessRig;
let ask: ReturnType<AccessRig['door']>;
let single: typeof ask;
const facts = manyNetworks(COUNT);
const ids = [...facts.values()].filter((f) => f['kind'] === 'network').map((f) => String(f['id']));

beforeAll(async () => {
  rig = await startAccessRig(facts);
  ask = rig.door();
  single = rig.door();
});
afterAll(() => rig.stop());

describe(`search over ${COUNT} networks agrees with ${COUNT} single decisions`, () => {
  it.each([
    ['SECRET//REL TO USA, GBR', 17],
    ['SECRET//NOFORN', COUNT],
  ])(
    '%s in pages of %i',
    async (marking, limit) => {
      const result = await compare(ask, single, ids, marking, limit);
      expect(result).toMatchObject({ networks: COUNT, differences: [] });
      expect(result.hits).toBeGreaterThan(10);
      expect(result.hits).toBeLessThan(COUNT - 10);
    },
    90_000,
  );

  it('and a search that leaves a network out is seen', async () => {
    const blind: typeof ask = async (path, call) => {
      const reply = await ask(path, call);
      if (path.endsWith('/resource')) reply.body.results.shift();
      return reply;
    };
    const { differences } = await compare(blind, single, ids.slice(0, 200), 'SECRET//NOFORN', COUNT);
    expect(differences).not.toEqual([]);
  });
});
