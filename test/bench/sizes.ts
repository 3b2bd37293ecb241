/** Registries of as many networks as a row is about, each a copy of one of the sample's with all that is said about it. */
import { manyNetworks } from '../access/many-networks.ts';
import { type Deployed, deploy } from './deployed.ts';
import type { Effort } from './row.ts';

/** The first is what the others are measured against. */
export function sizesFor({ quick, scale }: Effort): readonly number[] {
  if (quick) return [100, 300];
  return scale ? [100, 10_000, 100_000] : [100, 10_000];
}

export async function deployMany(count: number, { say }: Effort): Promise<Deployed> {
  const began = performance.now();
  const facts = manyNetworks(count);
  const deployed = await deploy(facts);
  const seconds = ((performance.now() - began) / 1000).toFixed(0);
  say(`${count.toLocaleString('en-GB')} networks, ${facts.size} facts, published in ${seconds} s`);
  return deployed;
}

export const networkId = (n: number) => `net-${String(n).padStart(6, '0')}`;
export const named = (count: number) => `${count.toLocaleString('en-GB')} networks`;
