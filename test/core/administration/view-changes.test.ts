/** The incremental view is the full one: what is written leaves the store as if everything had been laid out anew. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applyChanges } from '../../../functions/core/administration/change.ts';
import { indexAfter, indexOf } from '../../../functions/core/administration/registry-index.ts';
import { type ViewChanges, viewChanges } from '../../../functions/core/administration/view-changes.ts';
import { canonicalText, type Json } from '../../../functions/core/facts/canonical.ts';
import { viewOf } from '../../../functions/core/facts/view.ts';
import { randomChange } from './random-registry.ts';
import { add, end, type Facts, network, registry, vendor, withFacts } from './small-registry.ts';

type Documents = ReadonlyMap<string, Json>;

function difference(before: Documents, after: Documents): ReadonlyMap<string, Json | null> {
  const keys = [...new Set([...before.keys(), ...after.keys()])].sort();
  return new Map(
    keys.flatMap((key): [string, Json | null][] => {
      const [was, is] = [before.get(key), after.get(key)];
      const same = was !== undefined && is !== undefined && canonicalText(was) === canonicalText(is);
      return same ? [] : [[key, is ?? null]];
    }),
  );
}

function inFull(before: Facts, after: Facts): ViewChanges {
  const [was, is] = [viewOf([...before.values()]), viewOf([...after.values()])];
  const law = canonicalText(was.law) !== canonicalText(is.law);
  return {
    facts: difference(before, after),
    view: difference(was.entries, is.entries),
    vendors: difference(was.vendors, is.vendors),
    ...(law && { law: is.law }),
  };
}

const sorted = <V>(map: ReadonlyMap<string, V>) => [...map].sort(([a], [b]) => (a < b ? -1 : 1));
const plain = (c: ViewChanges) => ({
  facts: sorted(c.facts),
  view: sorted(c.view),
  vendors: sorted(c.vendors),
  law: c.law,
});

describe('the difference of two views', () => {
  it('is that of two full layouts, for any change', () => {
    const seed = 20_261_123;
    let written = 0;
    let laws = 0;
    fc.assert(
      fc.property(randomChange, ({ before, after, touched }) => {
        const changes = viewChanges(before, after, touched);
        written += changes.view.size + changes.vendors.size;
        laws += changes.law === undefined ? 0 : 1;
        expect(plain(changes)).toEqual(plain(inFull(before, after)));
      }),
      { seed, numRuns: 400 },
    );
    console.log(`seed ${seed}: ${written} documents written, the law ${laws} times`);
    expect(written).toBeGreaterThan(400);
    expect(laws).toBeGreaterThan(40);
  });

  it('a layout that forgets what is hosted on a network is caught', () => {
    const facts = withFacts(network('net-one', { hostedOn: 'net-two' }));
    const applied = applyChanges(facts, [end(facts, 'accreditation/two')]);
    if (!applied.ok) throw new Error('not applied');
    const changes = viewChanges(facts, applied.facts, applied.touched);
    const forgetful = {
      ...changes,
      view: new Map([...changes.view].filter(([key]) => key === 'network/net-two')),
    };
    expect([...changes.view.keys()].sort()).toEqual(
      ['identifier/plmn:999-01', 'network/net-one', 'network/net-two', 'route/main'].filter((k) =>
        changes.view.has(k),
      ),
    );
    expect(changes.view.has('network/net-one')).toBe(true);
    expect(plain(forgetful)).not.toEqual(plain(inFull(facts, applied.facts)));
  });

  it('of one network among many is a handful of documents', () => {
    const facts = registry([
      vendor('operator-one'),
      vendor('maker-one'),
      ...Array.from({ length: 2_000 }, (_, i) => network(`n${i}`)),
    ]);
    const applied = applyChanges(facts, [add(network('one-more')), end(facts, 'network/n7')]);
    if (!applied.ok) throw new Error('not applied');
    const changes = viewChanges(facts, applied.facts, applied.touched);
    expect([...changes.view.keys()].sort()).toEqual(['network/n7', 'network/one-more']);
    expect([changes.vendors.size, changes.law]).toEqual([0, undefined]);
  });
});

describe('the index of a change', () => {
  it('laid over that of its base, answers like a scan', () => {
    fc.assert(
      fc.property(randomChange, ({ before, after, touched }) => {
        const scanned = indexOf(new Map(after));
        const laid = indexAfter(before, after, touched);
        for (const key of [...before.keys(), ...after.keys(), 'category/radios']) {
          expect([...laid.referrers(key)].sort()).toEqual([...scanned.referrers(key)].sort());
        }
        for (const identifier of ['plmn:999-01', 'plmn:999-02'])
          expect([...laid.claimants(identifier)].sort()).toEqual([...scanned.claimants(identifier)].sort());
        expect([...laid.lawKeys()].sort()).toEqual([...scanned.lawKeys()].sort());
        for (const kind of ['network', 'designation'])
          expect([...laid.keysOfKind(kind)].sort()).toEqual([...scanned.keysOfKind(kind)].sort());
      }),
      { seed: 7, numRuns: 100 },
    );
  });
});
