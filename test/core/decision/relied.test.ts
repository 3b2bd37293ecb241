/**
 * Whatever a permit relies on, broken in each of its members, refuses; with an equal fact beside it the permit stands,
 * and with both broken it does not: no second guard hides the first.
 */
import { describe, expect, it } from 'vitest';
import { member } from '../../../functions/core/facts/fact.ts';
import type { RawFact } from '../../../functions/core/facts/view.ts';
import { approach } from '../../../functions/core/registry/input.ts';
import { registryFrom } from '../../../functions/core/registry/registry.ts';
import { deletions, wrongTypes } from '../../theorems/fields.ts';
import { SEALED } from '../../theorems/standards.ts';
import { ask, asStored, labelFor, type Question, requestOf } from './ask.ts';
import { AT, accreditation, deployment, equivalence, FACTS, mandate, protection, waiver } from './facts.ts';

const DUTIES = ['use-tunnel', 'no-plaintext-fallback', 'hide-label', 're-evaluate-by'];
interface World {
  readonly question: Question;
  readonly facts: readonly RawFact[];
  /** Facts without which it does not permit: alone, or where `spare`, unless an equal one of another id is there. */
  readonly needed: readonly string[];
  readonly spare: readonly string[];
}

const among = (...ids: readonly string[]) => FACTS.filter((f) => ids.includes(f.id));
const NET_A = ['net-a', 'operator', 'maker-a', 'maker-b'];
const OVER = {
  inventory: {
    complete: true,
    asOf: '2024-01-01',
    deployments: [deployment('gNB-DU', 'maker-b', { shares: { sites: 5000, traffic: 1 } })],
  },
};

const WORLDS: Readonly<Record<string, World>> = {
  'a network': {
    question: {},
    facts: asStored(
      among(
        ...[...NET_A, 'us-office', 'us-trusted', 'TRUSTED', 'net-a-accredited', 'net-a-assessed'],
        ...['maker-a-assessed', 'maker-b-assessed'],
      ),
    ),
    needed: ['TRUSTED', ...NET_A],
    spare: ['us-office', 'us-trusted', 'net-a-accredited', 'net-a-assessed', 'maker-a-assessed'],
  },
  'a route of two networks': {
    question: { route: 'a-to-b', marking: 'SECRET//SI//REL TO USA, GBR' },
    facts: asStored(FACTS),
    needed: ['a-to-b', 'net-b'],
    spare: ['net-b-accredited', 'net-b-assessed', 'maker-c-assessed'],
  },
  'a level translated': {
    question: {},
    facts: asStored([
      ...among(...NET_A, 'us-office', 'us-trusted', 'TRUSTED'),
      ...among('net-a-assessed', 'maker-a-assessed', 'maker-b-assessed'),
      equivalence({ id: 'translated' }),
      accreditation({
        id: 'british-terms',
        carries: [{ frame: 'UK', level: 'SECRET', compartments: [], controls: [] }],
      }),
    ]),
    needed: [],
    spare: ['translated', 'british-terms', 'us-office'],
  },
  'a rule waived by both owners': {
    question: { marking: '//JOINT SECRET GBR USA//REL TO USA, GBR' },
    facts: asStored([
      ...among('operator', 'maker-b', 'risky-b', 'us-office', 'gb-office', 'CAPPED', 'gb-trusted'),
      { ...among('net-a')[0], ...OVER },
      ...among('net-a-accredited'),
      mandate({ id: 'us-capped', standards: ['CAPPED'] }),
      waiver({ id: 'british' }),
      waiver({ id: 'american', owner: 'USA', authority: 'us-office' }),
    ]),
    needed: ['CAPPED'],
    spare: ['british', 'american', 'us-office', 'gb-office', 'gb-trusted', 'us-capped', 'net-a-accredited'],
  },
  'a tunnel': {
    question: { protection: 'tunnel', supports: DUTIES },
    facts: asStored([
      ...among(...NET_A, 'us-office', 'maker-c'),
      mandate({ id: 'us-sealed', basis: 'encrypted-transport', standards: ['SEALED'] }),
      SEALED,
      protection({ id: 'tunnel' }),
      accreditation({ id: 'tunnel-accredited', subject: { protection: 'tunnel' }, audience: ['USA'] }),
    ]),
    needed: ['tunnel', 'SEALED', 'maker-c'],
    spare: ['us-office', 'us-sealed', 'tunnel-accredited'],
  },
};

/** What is not broken by it: a value that may be absent, or a limit whose loss only widens what a rule is about. */
const SOUND =
  /installed: null|reEvaluateWithinHours: (?:null|7)|^without .*\/shares|^without .*\/where\/segments|^equivalence.*\/valid\/to: null/;

const PAST = { from: '2010-01-01', to: '2024-06-14', zone: 'UTC' };
const AHEAD = { from: '2024-06-16', to: '2031-12-31', zone: 'UTC' };

/** Other values of the right form. Each names something else than the permit relies on. */
const OTHERS: Readonly<Record<string, readonly object[]>> = {
  authority: [{ speaksFor: ['FRA'] }, { id: 'fr-office' }],
  mandate: [
    { authority: 'fr-office' },
    { owner: 'FRA' },
    { basis: 'other' },
    { from: [{ frame: 'NATO', level: 'NATO SECRET' }] },
    { from: [{ frame: 'US', level: 'TOP SECRET' }] },
    { standards: ['NONE'] },
    { accreditors: ['fr-office'] },
    { assurances: ['assumed'] },
  ],
  accreditation: [
    { authority: 'fr-office' },
    { subject: { network: 'net-z' } },
    { subject: { vendor: 'maker-a' } },
    { audience: ['FRA'] },
    { carries: [{ frame: 'NATO', level: 'NATO SECRET', compartments: [], controls: [] }] },
    { carries: [{ frame: 'US', level: 'CONFIDENTIAL', compartments: [], controls: [] }] },
    { valid: { ...PAST, to: null } },
  ],
  assessment: [
    { authority: 'fr-office' },
    { subject: { network: 'net-z' } },
    { subject: { vendor: 'maker-z' } },
    { criteriaSet: 'OTHER' },
    { valid: { ...PAST, to: null } },
  ],
  equivalence: [
    { authority: 'fr-office' },
    { from: { frame: 'US', level: 'CONFIDENTIAL' } },
    { from: { frame: 'NATO', level: 'NATO SECRET' } },
    { to: { frame: 'UK', level: 'TOP SECRET' } },
    { to: { frame: 'NATO', level: 'NATO SECRET' } },
  ],
  waiver: [
    { authority: 'fr-office' },
    { owner: 'FRA' },
    { standard: 'OTHER' },
    { rule: 'core' },
    { network: 'net-z' },
    { valid: { ...PAST, to: null } },
  ],
  network: [{ hostedOn: 'net-z' }, { operator: 'nobody' }, { id: 'net-z' }],
  vendor: [{ id: 'maker-z' }, { ownedBy: [{ owner: 'nobody', share: 1, valid: { ...PAST, to: null } }] }],
  route: [{ id: 'route-z' }, { hops: ['net-z'] }, { alternates: ['net-z'] }],
  protection: [{ id: 'tunnel-z' }, { scheme: 'type-1' }, { endpointCountries: ['FRA'] }],
  standard: [{ id: 'S-Z' }, { status: 'proposed' }, { about: 'procurement-ban' }],
};

/** The fact in every way it may not count. */
function* broken(f: RawFact): Generator<readonly [how: string, RawFact]> {
  for (const { path, fact } of deletions(f)) yield [`without ${path}`, fact];
  for (const { path, fact } of wrongTypes(f)) {
    const value = path.split('/').reduce<unknown>((v, key) => (key === '' ? v : member(v, key)), fact);
    yield [`${String(f['kind'])} with ${path}: ${JSON.stringify(value)}`, fact];
  }
  yield ['expired', { ...f, valid: PAST }];
  yield ['expired at that instant', { ...f, valid: { ...PAST, to: new Date(AT).toISOString() } }];
  yield ['a moment ahead', { ...f, valid: { ...AHEAD, from: new Date(AT + 1).toISOString() } }];
  yield ['ahead', { ...f, valid: AHEAD }];
  yield ['without a source', { ...f, sources: [] }];
  for (const other of OTHERS[String(f['kind'])] ?? [])
    yield [`of ${JSON.stringify(other)}`, { ...f, ...(other as RawFact) }];
}

describe.each(Object.entries(WORLDS))('%s', (_name, { question, facts, needed, spare }) => {
  const request = requestOf(question);
  const label = labelFor(question);
  const permits = (some: readonly RawFact[]) =>
    ask(approach(registryFrom(some), request, AT, 'pinned'), label).outcome === 'permit';

  it('permits', () => {
    expect(permits(facts)).toBe(true);
  });

  it.each([...needed, ...spare])('relies on %s', (id) => {
    const at = facts.findIndex((f) => f['id'] === id);
    const fact = facts[at] ?? expect.fail();
    expect(permits(facts.toSpliced(at, 1))).toBe(false);
    const twin = spare.includes(id) ? { ...fact, id: `${id}-twin` } : undefined;
    const wrong: string[] = [];
    for (const [how, bad] of broken(fact)) {
      if (SOUND.test(how)) continue;
      if (permits(facts.with(at, bad))) wrong.push(how);
      if (twin === undefined || bad['id'] !== id) continue;
      if (permits([...facts.with(at, bad), { ...bad, id: twin.id }])) wrong.push(`${how}, twice`);
    }
    expect(wrong).toEqual([]);
    if (twin !== undefined && fact['kind'] !== 'authority')
      expect(permits([...facts.toSpliced(at, 1), twin])).toBe(true);
  });
});
