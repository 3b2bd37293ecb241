/** Where every fact is laid, and that nothing adverse is dropped because it is unsound, nameless or there twice. */
import { describe, expect, it } from 'vitest';
import { FACT_KINDS } from '../../../functions/core/facts/fact.ts';
import type { LawDoc, NetworkDoc, RawFact, VendorDoc, View } from '../../../functions/core/facts/view.ts';
import { viewOf } from '../../../functions/core/facts/view.ts';
import { SPECIMENS } from './specimens.ts';

const fact = (kind: string, id: string, more: RawFact = {}): RawFact => ({ kind, id, ...more });
const entry = <T>(view: View, key: string) => view.entries.get(key) as T;
const vendorDoc = (view: View, id: string) => view.vendors.get(id) as VendorDoc;
const ids = (facts: readonly RawFact[]) => facts.map((f) => f['id']);
const unplaced = (...facts: readonly RawFact[]) => viewOf(facts).law.unplaced;

const PLACES: { readonly [member in Exclude<keyof LawDoc, 'unplaced' | 'categories'>]: string } = {
  standards: 'standard',
  mandates: 'mandate',
  authorities: 'authority',
  equivalences: 'equivalence',
  criteriaSets: 'criteria-set',
  holds: 'hold',
  exemptions: 'exemption',
};

describe('the law', () => {
  it.each(Object.entries(PLACES))('%s, sound or not, by their ids', (member, kind) => {
    const law = viewOf([
      fact(kind, 'b'),
      SPECIMENS.hold,
      fact(kind, 'a.'),
      { ...fact(kind, 'c'), valid: null },
    ]).law;
    const found = ids(law[member as keyof LawDoc] ?? []);
    expect(found.filter((id) => id !== 'a')).toEqual(['a.', 'b', 'c']);
    expect(law.unplaced).toEqual([]);
  });

  it.each<[string, readonly RawFact[], number]>(
    // biome-ignore format: one row a line
    [
    ['a kind nobody knows', [fact('wish', 'a')], 1],
    ['no kind', [{ id: 'a' }], 1],
    ['a designation of nobody', [fact('designation', 'a')], 1],
    ['a designation of two', [fact('designation', 'a', { subject: { vendor: 'v', category: 'c' } })], 1],
    ['a designation of what cannot be registered', [fact('designation', 'a', { subject: { vendor: '../v' } })], 1],
    ['a designation of no text', [fact('designation', 'a', { subject: { vendor: 1 } })], 1],
    ['an assessment against nobody', [fact('assessment', 'a', { outcome: 'not-trusted' })], 1],
    ['an assessment that says nothing', [fact('assessment', 'a')], 1],
    ['an assessment for nobody', [fact('assessment', 'a', { outcome: 'trusted' })], 0],
    ['an accreditation of nobody', [fact('accreditation', 'a')], 0],
    ['a waiver for no network', [fact('waiver', 'a')], 0],
    ['a hold without an id', [{ kind: 'hold' }], 1],
    ['a hold whose id is no text', [{ kind: 'hold', id: 1 }], 1],
    ['a network without an id', [{ kind: 'network' }], 0],
    ...FACT_KINDS.map((kind): [string, readonly RawFact[], number] => [`${kind} twice`, [fact(kind, 'a', { n: 1 }), fact(kind, 'a', { n: 2 })], 2]),
  ],
  )('set aside: %s', (_what, facts, expected) => {
    expect(unplaced(...facts)).toHaveLength(expected);
    expect(unplaced(...facts.toReversed())).toEqual(unplaced(...facts));
  });

  it('categories stand by themselves', () => {
    const law = viewOf([fact('designation', 'a', { subject: { category: 'radios' } })]).law;
    expect([ids(law.categories), law.unplaced]).toEqual([['a'], []]);
  });
});

describe('documents', () => {
  const about = (kind: string, id: string, network: string, more: RawFact = {}) =>
    fact(kind, id, { subject: { network }, ...more });
  const chain = (n: number) =>
    Array.from({ length: n }, (_, i) => fact('network', `n${i}`, { hostedOn: `n${i + 1}` }));

  it('a network has what is said of it, the adverse that nobody may say too, and its host', () => {
    const view = viewOf([
      fact('network', 'n', {
        hostedOn: 'h',
        identifiers: [{ scheme: 'plmn', value: '999-01' }, { scheme: 1 }],
      }),
      fact('network', 'h', { identifiers: [{ scheme: 'asn', value: '1' }] }),
      fact('network', 'i', { identifiers: [{ scheme: 'asn', value: '1' }] }),
      about('accreditation', 'a', 'n'),
      about('assessment', 'b', 'n'),
      about('designation', 'c', 'n'),
      fact('waiver', 'd', { network: 'n' }),
      about('accreditation', 'e', 'h'),
    ]);
    const doc = entry<NetworkDoc>(view, 'network/n');
    expect([ids(doc.accreditations), ids(doc.assessments), ids(doc.waivers)]).toEqual([
      ['a'],
      ['b', 'c'],
      ['d'],
    ]);
    expect(doc.host).toEqual(entry(view, 'network/h'));
    expect(ids(entry<NetworkDoc>(view, 'network/h').accreditations)).toEqual(['e']);
    expect(entry(view, 'identifier/plmn:999-01')).toEqual(doc);
    expect([...view.entries.keys()].sort()).toEqual([
      'identifier/plmn:999-01',
      'network/h',
      'network/i',
      'network/n',
    ]);
  });

  it('hosts are followed eight links, and a circle ends', () => {
    const depth = (doc: NetworkDoc | null): number => (doc === null ? 0 : 1 + depth(doc.host));
    expect(depth(entry(viewOf(chain(8)), 'network/n0'))).toBe(8);
    expect(depth(entry(viewOf(chain(12)), 'network/n0'))).toBe(9);
    expect(depth(entry(viewOf([fact('network', 'n', { hostedOn: 'n' })]), 'network/n'))).toBe(9);
  });

  it('a route has its hops and its alternates, a protection what it may carry', () => {
    const view = viewOf([
      fact('route', 'r', { hops: ['a', 'ghost', 1], alternates: ['b'] }),
      ...['a', 'b', 'c'].map((id) => fact('network', id)),
      fact('protection', 'p'),
      fact('accreditation', 'x', { subject: { protection: 'p' } }),
    ]);
    expect(Object.keys(entry<{ networks: object }>(view, 'route/r').networks)).toEqual(['a', 'b']);
    expect(ids(entry<{ accreditations: RawFact[] }>(view, 'protection/p').accreditations)).toEqual(['x']);
  });

  it('a vendor has its whole family and what is said of it, and circles end', () => {
    const owned = (...by: readonly string[]) => ({ ownedBy: by.map((owner) => ({ owner })) });
    const view = viewOf([
      fact('vendor', 'v', owned('w', 'ghost')),
      fact('vendor', 'w', owned('x', 'v')),
      fact('vendor', 'x'),
      fact('vendor', 'y'),
      ...['v', 'x', 'y'].map((vendor) => fact('designation', `of-${vendor}`, { subject: { vendor } })),
      ...['v', 'x'].map((vendor) => fact('assessment', `for-${vendor}`, { subject: { vendor } })),
    ]);
    const doc = vendorDoc(view, 'v');
    expect(ids(doc.owners)).toEqual(['w', 'x']);
    expect([ids(doc.designations), ids(doc.assessments)]).toEqual([['of-v', 'of-x'], ['for-v']]);
    expect(ids(vendorDoc(view, 'x').designations)).toEqual(['of-x']);
  });
});
