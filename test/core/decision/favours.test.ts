/** Equivalences and waivers: facts that let something through which would be refused, in every way of not counting. */
import { describe, expect, it } from 'vitest';
import { codesOf, decideOver, labelFor, type Question } from './ask.ts';
import { all, type Change, instead, plus, without } from './changes.ts';
import {
  accreditation,
  authority,
  deployment,
  equivalence,
  FACTS,
  mandate,
  UNREAD,
  waiver,
} from './facts.ts';

const PAST = { from: '2019-01-01', to: '2024-06-14', zone: 'UTC' };
const AHEAD = { from: '2024-06-16', to: '2030-12-31', zone: 'UTC' };
const OFFICES = plus(
  authority({ id: 'us-past', valid: PAST }),
  authority({ id: 'us-ahead', valid: AHEAD }),
  authority({ id: 'us-unsourced', sources: [] }),
  authority({ id: 'both', speaksFor: ['GBR', 'USA'] }),
);
const strict = instead('mandate', 'us-trusted', { acceptUnverified: false });

describe('an equivalence', () => {
  const carrying = (...carries: readonly [frame: string, level: string][]) =>
    instead('accreditation', 'net-a-accredited', {
      carries: carries.map(([frame, level]) => ({ frame, level, compartments: ['TK'], controls: ['ORCON'] })),
    });
  const british = carrying(['UK', 'SECRET']);
  const US = (level: string) => ({ frame: 'US', level });
  const UK = (level: string) => ({ frame: 'UK', level });
  const NATO = (level: string) => ({ frame: 'NATO', level });
  const row = (part: object, id = 'e') => ({ ...equivalence({ id }), ...part });

  /** None of these counts, by itself or beside any other. */
  const VOID: Readonly<Record<string, object>> = {
    'of an authority of another nation': row({ authority: 'gb-office' }),
    'of an authority whose time is over': row({ authority: 'us-past' }),
    'of an authority whose time has not come': row({ authority: 'us-ahead' }),
    'of an authority without a source': row({ authority: 'us-unsourced' }),
    'of nobody': row({ authority: 'nobody' }),
    expired: row({ valid: PAST }),
    'of the future': row({ valid: AHEAD }),
    'without its agreement': row({ agreement: '' }),
    'without a source': row({ sources: [] }),
    'read backwards': row({ from: UK('SECRET'), to: US('SECRET') }),
    'of the level above': row({ from: US('TOP SECRET') }),
    'of the level below': row({ from: US('CONFIDENTIAL') }),
    'into a frame that is not carried': row({ to: NATO('NATO SECRET') }),
  };
  const voids = Object.entries(VOID).map(([name, fact], i) => [name, { ...fact, id: `void-${i}` }] as const);

  it.each(voids)('%s is nobody’s word', (_, one) => {
    for (const [, other] of voids) {
      const both = one === other ? [one] : [one, other];
      expect(codesOf(decideOver(all(OFFICES, british, plus(...both))(FACTS)))).toEqual([
        'FRAME_NOT_ACCREDITED',
      ]);
    }
    // What does not count takes nothing away either.
    expect(decideOver(all(OFFICES, british, plus(one, row({})))(FACTS)).outcome).toBe('permit');
  });

  const rows: readonly [string, Change, readonly string[], Question?][] = [
    ['none', british, ['FRAME_NOT_ACCREDITED']],
    ['one', all(british, plus(row({}))), []],
    ['to a level below what is carried', all(british, plus(row({ to: UK('OFFICIAL') }))), []],
    ['to a level above it', all(british, plus(row({ to: UK('TOP SECRET') }))), ['LEVEL_NOT_ACCREDITED']],
    ['to a level nobody knows', all(british, plus(row({ to: UK('GEHEIM') }))), ['LEVEL_NOT_ACCREDITED']],
    [
      'the worse of two does not stand in the way of the better',
      all(british, plus(row({ to: UK('TOP SECRET') }, 'a'), row({}, 'b'))),
      [],
    ],
    [
      'chained',
      all(
        british,
        plus(
          row({ to: NATO('NATO SECRET') }, 'a'),
          row({ from: NATO('NATO SECRET'), to: UK('SECRET'), authority: 'nato-too' }, 'b'),
          authority({ id: 'nato-too', speaksFor: ['NATO', 'USA'] }),
        ),
      ),
      ['FRAME_NOT_ACCREDITED'],
    ],
    [
      'over the accreditor’s own word about the frame',
      all(carrying(['US', 'CONFIDENTIAL'], ['UK', 'SECRET']), plus(row({}))),
      ['LEVEL_NOT_ACCREDITED'],
    ],
    [
      'over the accreditor’s own word, said last',
      all(carrying(['UK', 'SECRET'], ['US', 'CONFIDENTIAL']), plus(row({}))),
      ['LEVEL_NOT_ACCREDITED'],
    ],
    [
      'of an accreditation the mandate does not recognise',
      all(british, instead('accreditation', 'net-a-accredited', { authority: 'gb-office' }), plus(row({}))),
      ['NOT_ACCREDITED'],
    ],
    [
      'translates no compartment',
      all(british, plus(row({}))),
      ['COMPARTMENT_NOT_ACCREDITED'],
      { marking: 'SECRET//SI//REL TO USA, GBR' },
    ],
    [
      'translates no control',
      all(british, plus(row({}))),
      ['CONTROL_NOT_HONOURED'],
      { marking: 'SECRET//PROPIN/REL TO USA, GBR' },
    ],
    [
      'that nobody read, where the mandate refuses that',
      all(british, strict, plus(row({ sources: [UNREAD] }))),
      ['CITATION_UNVERIFIED'],
    ],
    [
      'that nobody read, beside one that somebody did',
      all(british, strict, plus(row({ sources: [UNREAD] }, 'a'), row({}, 'b'))),
      [],
    ],
  ];
  it.each(rows)('%s', (_, change, codes, question) => {
    const decision = decideOver(change(FACTS), question);
    expect(codesOf(decision)).toEqual(codes);
    expect(decision.outcome).toBe(codes.length === 0 ? 'permit' : 'deny');
  });
});

describe('a translation of one nation’s levels, over information of two', () => {
  const office = { authority: 'us-office' };
  const British = (level: string) => [{ frame: 'UK', level, compartments: [], controls: [] }];
  const JOINT = '//JOINT TOP SECRET GBR USA//REL TO USA, GBR';
  const FOREIGN = '//GBR TOP SECRET//REL TO USA, GBR';
  const down = { from: { frame: 'US', level: 'TOP SECRET' }, to: { frame: 'UK', level: 'SECRET' } };
  const TOP = [{ frame: 'US', level: 'TOP SECRET', compartments: [], controls: [] }];
  /** The United States accept the network for their own TOP SECRET; the United Kingdom for its SECRET alone. */
  const world = all(
    OFFICES,
    instead('accreditation', 'net-a-british', { carries: British('SECRET'), audience: ['GBR', 'USA'] }),
    instead('accreditation', 'net-a-accredited', { carries: TOP }),
    instead('mandate', 'gb-trusted', { accreditors: ['gb-office'] }),
  );
  const rows: readonly [string, Change, readonly string[]][] = [
    ['none', (facts) => facts, ['GBR FRAME_NOT_ACCREDITED']],
    ['by the other nation', plus(equivalence({ id: 'e', ...down, ...office })), ['GBR FRAME_NOT_ACCREDITED']],
    [
      'by the other nation, to the same level',
      plus(equivalence({ id: 'e', ...down, ...office, to: { frame: 'UK', level: 'OFFICIAL' } })),
      ['GBR FRAME_NOT_ACCREDITED'],
    ],
    [
      'by itself, of levels that are not its own',
      plus(equivalence({ id: 'e', ...down, authority: 'gb-office' })),
      ['GBR FRAME_NOT_ACCREDITED'],
    ],
    ['by one who speaks for both', plus(equivalence({ id: 'e', ...down, authority: 'both' })), []],
    [
      'by the other nation, which its mandate recognises, and by the accreditor it recognises',
      all(
        plus(equivalence({ id: 'e', ...down, ...office })),
        instead('mandate', 'gb-trusted', { accreditors: ['gb-office', 'us-office'] }),
        instead('accreditation', 'net-a-accredited', { authority: 'both' }),
        instead('mandate', 'us-trusted', { accreditors: ['both'] }),
      ),
      [],
    ],
    [
      'by the other nation, which one of two mandates does not recognise',
      all(
        plus(equivalence({ id: 'e', ...down, ...office })),
        instead('mandate', 'gb-trusted', { accreditors: ['gb-office', 'us-office'] }),
        instead('accreditation', 'net-a-accredited', { authority: 'both' }),
        instead('mandate', 'us-trusted', { accreditors: ['both'] }),
        plus(
          mandate({
            id: 'gb-second',
            ...{ owner: 'GBR', authority: 'gb-office', standards: ['CAPPED'] },
            ...{ from: [{ frame: 'US', level: 'CONFIDENTIAL' }], accreditors: ['gb-office'] },
          }),
        ),
      ),
      ['GBR FRAME_NOT_ACCREDITED'],
    ],
    [
      'by one of the other nation whose time is over, recognised',
      all(
        plus(equivalence({ id: 'e', ...down, authority: 'us-past' })),
        instead('mandate', 'gb-trusted', { accreditors: ['gb-office', 'us-past'] }),
      ),
      ['GBR FRAME_NOT_ACCREDITED'],
    ],
  ];
  it.each(rows)('%s', (_, change, codes) => {
    for (const marking of [JOINT, FOREIGN]) {
      const decision = decideOver(all(world, change)(FACTS), { marking });
      expect(decision.reasons.map((r) => `${r.owner} ${r.code}`)).toEqual(codes);
      expect(decision.outcome).toBe(codes.length === 0 ? 'permit' : 'deny');
    }
  });
});

describe('an accreditation', () => {
  const stripped = without('accreditation', 'net-a-accredited');
  const row = (part: object, id = 'x') => ({ ...accreditation({ id }), ...part });
  const one = [{ frame: 'US', level: 'SECRET', compartments: [], controls: [] }];
  const VOID: readonly [string, object, string][] = [
    ['of nobody the mandate recognises', row({ authority: 'gb-office' }), 'NOT_ACCREDITED'],
    ['of another network', row({ subject: { network: 'net-b' } }), 'NOT_ACCREDITED'],
    ['of a tunnel of that name', row({ subject: { protection: 'net-a' } }), 'NOT_ACCREDITED'],
    ['of the future', row({ valid: AHEAD }), 'NOT_ACCREDITED'],
    ['without an end', row({ valid: { ...PAST, to: null } }), 'NOT_ACCREDITED'],
    ['without a source', row({ sources: [] }), 'NOT_ACCREDITED'],
    ['with nobody in its audience', row({ audience: [] }), 'NOT_ACCREDITED'],
    ['with two words about one frame', row({ carries: [...one, ...one] }), 'NOT_ACCREDITED'],
    ['expired', row({ valid: PAST }), 'ACCREDITATION_EXPIRED'],
    ['whose audience leaves out where it runs', row({ audience: ['USA'] }), 'AUDIENCE_INCOMPLETE'],
    ['which others can reach', row({ audience: ['FRA', 'GBR', 'USA'] }), 'AUDIENCE_NOT_RELEASABLE'],
    ['of the level below', row({ carries: [{ ...one[0], level: 'CONFIDENTIAL' }] }), 'LEVEL_NOT_ACCREDITED'],
  ];
  it.each(VOID)('%s does not dominate, by itself or with another like it', (_, fact, code) => {
    expect(codesOf(decideOver(all(stripped, plus(fact))(FACTS)))).toEqual([code]);
    for (const [, other] of VOID) {
      const decision = decideOver(all(stripped, plus(fact, { ...other, id: 'y' }))(FACTS));
      expect(decision.outcome).toBe('deny');
    }
  });

  it.each([
    ['COMPARTMENT_NOT_ACCREDITED', { compartments: ['SI', 'TK'] }],
    ['CONTROL_NOT_HONOURED', { controls: ['ORCON', 'PROPIN'] }],
  ])('of one of two is not of both: %s', (code, part) => {
    expect(codesOf(decideOver(FACTS, { label: { ...labelFor({}), ...part } }))).toEqual([code]);
  });

  it.each(['SECRET//TK//REL TO USA, GBR', 'SECRET//PROPIN/REL TO USA, GBR', 'TOP SECRET//REL TO USA, GBR'])(
    'in two halves does not dominate %s',
    (marking) => {
      const half = row({
        carries: [{ frame: 'US', level: 'TOP SECRET', compartments: ['TK'], controls: ['PROPIN'] }],
        audience: ['FRA', 'GBR', 'USA'],
      });
      expect(decideOver(plus(half)(FACTS), { marking }).outcome).toBe('deny');
      expect(decideOver(plus({ ...half, audience: ['GBR', 'USA'] })(FACTS), { marking }).outcome).toBe(
        'permit',
      );
    },
  );

  it.each([
    ['the law', { jurisdiction: 'FRA' }],
    ['a site', { physicalCountries: ['FRA', 'GBR'] }],
    ['remote access', { remoteAccessCountries: ['FRA'] }],
    [
      'remote access to one device',
      {
        inventory: {
          complete: true,
          asOf: '2024-01-01',
          deployments: [deployment('AMF', 'maker-a', { remoteAccessFrom: ['FRA'] })],
        },
      },
    ],
  ])('leaves out a country from which %s reaches the network', (_, part) => {
    expect(codesOf(decideOver(instead('network', 'net-a', part)(FACTS)))).toEqual(['AUDIENCE_INCOMPLETE']);
  });
});

describe('a waiver', () => {
  const over = all(
    OFFICES,
    instead('mandate', 'us-trusted', { standards: ['CAPPED'] }),
    instead('network', 'net-a', {
      inventory: {
        complete: true,
        asOf: '2024-01-01',
        deployments: [deployment('gNB-DU', 'maker-b', { shares: { sites: 5000, traffic: 1 } })],
      },
    }),
  );
  const row = (part: object, id = 'w') => ({
    ...waiver({ id, authority: 'us-office', owner: 'USA' }),
    ...part,
  });
  const VOID: Readonly<Record<string, object>> = {
    'of an authority of another nation': row({ authority: 'gb-office' }),
    'of an authority whose time is over': row({ authority: 'us-past' }),
    'of an authority whose time has not come': row({ authority: 'us-ahead' }),
    'of an authority without a source': row({ authority: 'us-unsourced' }),
    'of nobody': row({ authority: 'nobody' }),
    'of another owner': row({ owner: 'GBR', authority: 'gb-office' }),
    'of another owner, by one who speaks for both': row({ owner: 'GBR', authority: 'both' }),
    'of another standard': row({ standard: 'TRUSTED' }),
    'of another rule': row({ rule: 'core' }),
    'for another network': row({ network: 'net-b' }),
    expired: row({ valid: PAST }),
    'of the future': row({ valid: AHEAD }),
    'without an end': row({ valid: { from: '2019-01-01', to: null, zone: 'UTC' } }),
    'without a reason': row({ reason: '' }),
    'without a source': row({ sources: [] }),
  };
  const voids = Object.entries(VOID).map(([name, fact], i) => [name, { ...fact, id: `void-${i}` }] as const);

  it.each(voids)('%s waives nothing', (_, one) => {
    for (const [, other] of voids) {
      const decision = decideOver(all(over, plus(...(one === other ? [one] : [one, other])))(FACTS));
      expect([codesOf(decision), decision.waivers]).toEqual([['SHARE_OVER_CAP'], []]);
    }
    expect(decideOver(all(over, plus(one, row({})))(FACTS))).toMatchObject({
      outcome: 'permit',
      waivers: ['waiver/w'],
    });
  });

  it('is seen in the answer, with what it set aside', () => {
    const { outcome, waivers, notes } = decideOver(all(over, plus(row({})))(FACTS));
    expect([outcome, waivers, notes.map((n) => n.code)]).toEqual([
      'permit',
      ['waiver/w'],
      ['SHARE_OVER_CAP'],
    ]);
  });

  it('that sets nothing aside is not in the answer', () => {
    expect(
      decideOver(all(plus(row({ standard: 'TRUSTED', rule: 'inventory' })), plus(row({}, 'v')))(FACTS)),
    ).toMatchObject({ outcome: 'permit', waivers: [] });
  });

  it('of a rule that is not waivable waives nothing', () => {
    const waivers = ['assessed', 'path'].map((rule) => row({ standard: 'TRUSTED', rule }, `of-${rule}`));
    const unassessed = without('assessment', 'net-a-assessed');
    const decision = decideOver(all(unassessed, plus(...waivers))(FACTS));
    expect([codesOf(decision), decision.waivers]).toEqual([['NETWORK_NOT_ASSESSED'], []]);
    const core = plus(row({ rule: 'core' }), mandate({ id: 'm', standards: ['CAPPED'] }));
    const risky = instead('designation', 'risky-b', { subject: { vendor: 'maker-a' } });
    expect(codesOf(decideOver(all(risky, core)(FACTS)))).toEqual([
      'DESIGNATED_VENDOR_PRESENT',
      'SHARE_OVER_CAP',
    ]);
  });

  it('that nobody read is refused where the mandate refuses that', () => {
    const unread = plus(row({ sources: [UNREAD] }));
    expect(decideOver(all(over, unread)(FACTS))).toMatchObject({
      outcome: 'permit',
      unverified: ['waiver/w'],
    });
    expect(codesOf(decideOver(all(over, strict, unread)(FACTS)))).toEqual(['CITATION_UNVERIFIED']);
  });

  it('is needed of every owner, each by its own authority', () => {
    const joint: Question = { marking: '//JOINT SECRET GBR USA//REL TO USA, GBR' };
    const british = waiver({ id: 'b' });
    for (const some of [
      [],
      [row({})],
      [british],
      [row({}), row({}, 'v')],
      [row({}), row({ owner: 'GBR' }, 'v')],
    ])
      expect(codesOf(decideOver(all(over, plus(...some))(FACTS), joint))).toEqual(['SHARE_OVER_CAP']);
    expect(decideOver(all(over, plus(row({}), british))(FACTS), joint)).toMatchObject({
      outcome: 'permit',
      waivers: ['waiver/b', 'waiver/w'],
    });
  });

  it('of the host is not one of the network it hosts, nor the other way round', () => {
    const hosted = all(
      over,
      plus({
        ...(FACTS.find((f) => f.id === 'net-b') ?? expect.fail()),
        id: 'net-c',
        hostedOn: 'net-a',
        identifiers: [],
      }),
      instead('accreditation', 'net-b-accredited', { subject: { network: 'net-c' } }),
    );
    const asked = { hops: ['net-c'] };
    expect(codesOf(decideOver(all(hosted, plus(row({ network: 'net-c' })))(FACTS), asked))).toEqual([
      'SHARE_OVER_CAP',
    ]);
    expect(decideOver(all(hosted, plus(row({})))(FACTS), asked)).toMatchObject({ outcome: 'permit' });
  });
});
