/** A message as holds see it. */
import type { ResolvedPath } from '../registry/path.ts';

/** A message as holds see it: whose it is, and over which networks it goes. */
export interface HeldMessage {
  /** The responsible ones: never none. */
  readonly owners: readonly string[];
  readonly hops: readonly HeldHop[];
}

interface HeldHop {
  readonly index: number;
  /** The network named and those that host it; none where nobody knows the hop. */
  readonly networks: readonly { readonly id: string; readonly jurisdiction: string }[];
}

export function heldMessage(owners: readonly string[], path: ResolvedPath): HeldMessage {
  const hops = path.known ? path.hops : [];
  return {
    owners,
    hops: hops.map((h) => ({
      index: h.index,
      networks: (h.networks ?? []).map(({ network: { fact } }) => ({
        id: fact.id,
        jurisdiction: fact.jurisdiction,
      })),
    })),
  };
}
