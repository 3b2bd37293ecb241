import type { Flip } from '../../../functions/core/administration/simulation.ts';

/** Answers that become permit, each on a network of its own, for this many vendors in turn. */
export function permitsFor(count: number, vendors: number): readonly Flip[] {
  return Array.from({ length: count }, (_, i) => ({
    number: i + 1,
    direction: 'to-permit',
    subject: { network: `n-${i}` },
    cases: [{ marking: 'US SECRET' }],
    from: null,
    until: null,
    before: 'deny',
    after: 'permit',
    why: [{ code: 'VENDOR_NOT_ASSESSED', vendor: `v-${i % vendors}` }],
    restsOn: [],
    obliges: [],
  }));
}
