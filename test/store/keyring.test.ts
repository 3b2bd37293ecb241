/**
 * A keyring only grows. Whatever somebody writes into the floor where nothing stands yet, before and between what is
 * acknowledged: no keyring is let through that leaves out a link which was acknowledged.
 */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import {
  acknowledgedLinks,
  beginsWith,
  type Keyring,
  type KeyringLink,
} from '../../functions/store/keyring.ts';

const SEED = 20_260_111;
const RUNS = 400;

/** Links are told apart by a name; whether anybody signed them is another matter. */
const link = (name: string): KeyringLink => ({
  approval: [],
  authorities: { 'authority/a': { kind: 'authority', name } },
});
const ring = (links: readonly KeyringLink[]): Keyring => ({ links });

/** An honest rotation, or a row of the forger's: a fork after so many links, with so many of its own, since some version. */
type Step = 'rotate' | { readonly cut: number; readonly own: number; readonly since: number };

const small = fc.nat({ max: 5 });
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.constant('rotate' as const),
  fc.record({ cut: small, own: small, since: fc.nat({ max: 12 }) }),
);

function forked(honest: readonly KeyringLink[], cut: number, own: number): Keyring {
  const mine = Array.from({ length: own }, (_, i) => link(`forged ${cut} ${i}`));
  return ring([...honest.slice(0, cut), ...mine]);
}

/** The floor as it was left, and every keyring that opens under it: how many links, and whether one is left out. */
function opening(steps: readonly Step[]) {
  const rows = new Map<number, { count: number; digest: `sha256:${string}`; since: number }>();
  let honest = [link('founders')];
  let version = 1;
  rows.set(1, { ...acknowledgedLinks(ring(honest)), since: version });
  for (const each of steps) {
    if (each === 'rotate') {
      const next = [...honest, link(`honest ${version}`)];
      const { count: links, digest } = acknowledgedLinks(ring(next));
      const row = rows.get(links);
      version += 1;
      // As raising the floor has it: a place that says something else is not acknowledged, and nobody is told that it is in.
      if (row !== undefined && (row.digest !== digest || row.since > version)) continue;
      rows.set(links, row ?? { count: links, digest, since: version });
      honest = next;
    } else if (each.cut + each.own > 0) {
      const row = { ...acknowledgedLinks(forked(honest, each.cut, each.own)), since: each.since };
      if (!rows.has(row.count)) rows.set(row.count, row);
    }
  }
  const counting = [...rows.values()].filter(({ since }) => since <= version);
  const opens: Keyring[] = [];
  for (let cut = 0; cut <= honest.length; cut += 1)
    for (let own = 0; own <= 6; own += 1) {
      const each = forked(honest, cut, own);
      if (beginsWith(each, counting)) opens.push(each);
    }
  return { honest, opens };
}

it('opens with every link that was acknowledged, or not at all', () => {
  const counted = { opened: 0, shut: 0 };
  fc.assert(
    fc.property(fc.array(step, { maxLength: 10 }), (steps) => {
      const { honest, opens } = opening(steps);
      counted[opens.length > 0 ? 'opened' : 'shut'] += 1;
      for (const { links } of opens) expect(links.slice(0, honest.length)).toEqual(honest);
    }),
    { seed: SEED, numRuns: RUNS },
  );
  console.log(
    `seed ${SEED}, of ${RUNS} floors ${counted.opened} open for some keyring, ${counted.shut} for none`,
  );
  expect(counted.opened).toBeGreaterThan(RUNS / 10);
});
