/** What the board computes from the sample, in full, and the page it is drawn on. */
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type BoardEvent, createBoard } from '../../functions/board/board.ts';
import { recentChanges } from '../../functions/board/changes.ts';
import { matrixOf, type Row } from '../../functions/board/matrix.ts';
import { darkWithin, endingWithin, networkSubjects, routeSubjects } from '../../functions/board/outlook.ts';
import { columnsOf, isSecret } from '../../functions/board/profiles.ts';
import { questionOf } from '../../functions/board/question.ts';
import { SYMBOL } from '../../functions/board/words.ts';
import { markingProfiles } from '../../functions/core/administration/marking-profiles.ts';
import { readFact } from '../../functions/core/facts/fact.ts';
import type { RawFact } from '../../functions/core/facts/view.ts';
import type { OpenSnapshot, SnapshotReader } from '../../functions/store/registry-reader.ts';
import { stageChanges, stageState } from '../../functions/store/staging.ts';
import { StoreError } from '../../functions/store/store-error.ts';
import { type WholeRegistry, wholeRegistry } from '../../functions/store/whole-registry.ts';
import { readSampleRegistry } from '../../infra/local/sample-registry.ts';
import { SPECIMENS } from '../core/facts/specimens.ts';
import { stateOf } from '../decide/rig.ts';
import { META, openRig, type StoreRig } from '../store/store-rig.ts';
import { sampleWithCliff } from './large-registry.ts';
import { withPlaces } from './part-of-sample.ts';

const AT = Date.parse('2026-11-23T12:00:00Z');
const DAY = 86_400_000;
const NAMED = { version: 7, digest: 'sha256:0', recordedAt: '2026-11-23T11:00:00.000Z' };

function registryOf(facts: ReadonlyMap<string, RawFact>): WholeRegistry {
  return wholeRegistry(NAMED, [...facts.values()]);
}

const sample = registryOf(readSampleRegistry());
const { drawn: profiles } = columnsOf(sample, AT);
const usSecret = profiles.find((p) => p.name === 'USA · SECRET, shared');
if (usSecret === undefined) throw new Error('the sample has no mandate for US SECRET');

describe('profiles come from the mandates', () => {
  const everybody = 'AUS CAN DEU FRA GBR JPN SWE USA';

  it('every owner has its SECRET, bare and shared, and its highest level; the rest as far as there is room', () => {
    const said = profiles.map(
      (p) => `${p.name} (${p.short}) to ${p.label.audience?.join(' ')}${isSecret(p) ? '!' : ''}`,
    );
    const shared = (owner: string, level: string, short: string) => [
      `${owner} · ${level} (${short}) to ${owner}!`,
      `${owner} · ${level}, shared (${short} shared) to ${everybody}`,
    ];
    expect(said).toEqual([
      'AUS · PROTECTED (P) to AUS',
      ...shared('AUS', 'SECRET', 'S'),
      'AUS · TOP SECRET (TS) to AUS',
      'CAN · CONFIDENTIAL (C) to CAN',
      ...shared('CAN', 'SECRET', 'S'),
      'CAN · TOP SECRET (TS) to CAN',
      'DEU · VS-VERTRAULICH (VV) to DEU',
      ...shared('DEU', 'GEHEIM', 'G'),
      'DEU · STRENG GEHEIM (SG) to DEU',
      ...shared('GBR', 'SECRET', 'S'),
      'GBR · TOP SECRET (TS) to GBR',
      ...shared('USA', 'SECRET', 'S'),
      'USA · TOP SECRET (TS) to USA',
    ]);
  });

  it.each<[string, readonly string[]]>(
    // biome-ignore format: one row a line
    [
    ['2017-01-01', []],
    ['2019-06-01', ['AUS · OFFICIAL', 'AUS · OFFICIAL: Sensitive', 'AUS · PROTECTED', 'AUS · SECRET', 'AUS · SECRET, shared', 'AUS · TOP SECRET']],
    ['2020-01-29', ['AUS · OFFICIAL', 'AUS · OFFICIAL: Sensitive', 'AUS · PROTECTED', 'AUS · SECRET', 'AUS · SECRET, shared', 'AUS · TOP SECRET', 'GBR · OFFICIAL to all', 'GBR · SECRET', 'GBR · SECRET, shared', 'GBR · TOP SECRET']],
  ],
  )('on %s the mandates in force are for %j', (day, names) => {
    const { drawn: on } = columnsOf(sample, Date.parse(`${day}T12:00:00Z`));
    expect(on.map((p) => `${p.name}${p.label.audience === null ? ' to all' : ''}`)).toEqual(names);
  });

  it('start at the lowest level a mandate names, and share with whom an accreditation names', () => {
    const facts = [...readSampleRegistry().values()].flatMap((fact): RawFact[] => {
      if (fact['kind'] === 'accreditation') return fact['id'] === 'allied-on-au-a' ? [fact] : [];
      if (fact['kind'] !== 'mandate') return [fact];
      const from = (level: string) => [{ frame: 'US', level }];
      if (fact['id'] === 'usa-trusted-transport') return [{ ...fact, from: from('TOP SECRET') }];
      return fact['id'] === 'usa-encrypted-transport' ? [{ ...fact, from: from('SECRET') }] : [];
    });
    const { drawn } = columnsOf(wholeRegistry(NAMED, facts), AT);
    expect(drawn.map((p) => `${p.name}: ${p.label.audience}`)).toEqual([
      'USA · SECRET: USA',
      'USA · SECRET, shared: AUS,USA',
      'USA · TOP SECRET: USA',
    ]);
  });

  it('of more than there is room for, keep every SECRET, then the highest levels, then what is shared', () => {
    const raws = [...readSampleRegistry().values()];
    const mandate = raws.find((f) => f['kind'] === 'mandate');
    const others = raws.filter((f) => f['kind'] === 'accreditation' || f['kind'] === 'authority');
    const kept = (owners: readonly string[]) =>
      columnsOf(
        wholeRegistry(NAMED, [
          ...others,
          ...owners.map((owner) => ({
            ...mandate,
            ...{ id: `of-${owner.toLowerCase()}`, owner, from: [{ frame: 'US', level: 'CONFIDENTIAL' }] },
          })),
        ]),
        AT,
      ).drawn.map((p) => `${p.owner}${p.short}`.replace(' shared', '+'));
    const of = (owners: readonly string[], ...shorts: readonly string[]) =>
      owners.flatMap((owner) => shorts.map((short) => `${owner}${short}`));
    const ten = ['AUS', 'CAN', 'DEU', 'EST', 'FRA', 'GBR', 'ITA', 'JPN', 'NZL', 'USA'];
    expect(kept(ten)).toEqual([...of(ten.slice(0, 8), 'S', 'TS'), ...of(ten.slice(8), 'S')]);
    const six = ten.slice(0, 6);
    expect(kept(six)).toEqual(of(six, 'S', 'S+', 'TS'));
    expect(kept(six.slice(1))).toEqual([
      ...of(six.slice(1, 4), 'C', 'S', 'S+', 'TS'),
      ...of(six.slice(4), 'S', 'S+', 'TS'),
    ]);
  });

  it('a person may choose others, up to as many as there is room for, and what is not drawn is said', () => {
    const all = markingProfiles(AT, sample.index).map((m) => m.id);
    const { drawn, left, refused } = columnsOf(sample, AT);
    expect([drawn.length + left.length, refused]).toEqual([all.length, 0]);
    expect([...drawn.map((p) => p.id), ...left].sort()).toEqual(all);
    const chosen = columnsOf(sample, AT, ['US RESTRICTED//NOFORN', 'USA · SECRET', 'nothing', 'nothing']);
    expect(chosen.drawn.map((p) => [p.id, p.name, p.short, p.kind])).toEqual([
      ['US RESTRICTED//NOFORN', 'US RESTRICTED//NOFORN', 'R NOFORN', 'chosen'],
      ['US SECRET//NOFORN', 'USA · SECRET', 'S', 'bare'],
    ]);
    expect([chosen.left.length, chosen.refused]).toEqual([all.length - 2, 1]);
    const many = columnsOf(sample, AT, all.slice(0, 20));
    expect([many.drawn.map((p) => p.id), many.refused]).toEqual([all.slice(0, 18), 2]);
  });
});

describe('the matrix', () => {
  const matrix = matrixOf(sample, profiles, AT);
  const symbols = (row: Row) => `${row.id} ${row.cells.map((c) => SYMBOL[c.outcome]).join('')}`;

  it('says of every network and route what it may carry, most first, then by id', () => {
    const nothing = [
      'ca-a',
      'de-a',
      'fr-a',
      'gb-c',
      'gb-d',
      'gb-e',
      'in-a',
      'intl-sms',
      'jp-a',
      'se-a',
      'sg-a',
      'us-c',
    ];
    expect(matrix.networks.map(symbols)).toEqual([
      'au-a ✓✓✓✕✕✕✕✕✕✕✕✕✕✕✕✕✓✕',
      'gb-b ✕✕✕✕✕✕✕✕✕✕✕✕✓✓✕✕✓✕',
      'us-a ✕✕✕✕✕✕✕✕✕✕✕✕✕✕✕✓✓✓',
      'gb-a ✕✕✕✕✕✕✕✕✕✕✕✕✓✓✕✕✕✕',
      'us-b ✕✕✕✕✕✕✕✕✕✕✕✕✕–✕✕✓✕',
      ...nothing.map((id) => `${id} ✕✕✕✕✕✕✕✕✕✕✕✕${id === 'gb-e' ? '––' : '✕✕'}✕✕✕✕`),
    ]);
    expect(matrix.routes.map(symbols)).toEqual([
      'gb-b-alone ✕✕✕✕✕✕✕✕✕✕✕✕✓✓✕✕✓✕',
      'us-domestic ✕✕✕✕✕✕✕✕✕✕✕✕✕✕✕✓✓✓',
      'gb-a-alone ✕✕✕✕✕✕✕✕✕✕✕✕✓✓✕✕✕✕',
      'pacific ✕✕✕✕✕✕✕✕✕✕✕✕✕✕✕✕✓✕',
      'sms-gb-primary ✕✕✕✕✕✕✕✕✕✕✕✕✕–✕✕✓✕',
      'us-b-alone ✕✕✕✕✕✕✕✕✕✕✕✕✕–✕✕✓✕',
      'sms-gb-aggregator ✕✕✕✕✕✕✕✕✕✕✕✕✕✕✕✕✕✕',
      'sms-gb-secondary ✕✕✕✕✕✕✕✕✕✕✕✕✕–✕✕✕✕',
      'us-domestic-failover ✕✕✕✕✕✕✕✕✕✕✕✕✕✕✕✕✕✕',
    ]);
    expect([matrix.networks[2], matrix.routes[0]].map((row) => row?.name)).toEqual([
      'Federal Fields Wireless: reachable from the United States only (synthetic)',
      'Delivery inside one trusted network, United Kingdom',
    ]);
  });

  it('gives a reason for every cell that is no permit', () => {
    const cells = [...matrix.networks, ...matrix.routes].flatMap((row) => row.cells);
    expect(cells.filter((c) => (c.outcome === 'permit') !== (c.reasons.length === 0))).toEqual([]);
  });
});

const to = (fact: RawFact | undefined, days: number, from = '2019-01-01'): RawFact => ({
  ...fact,
  valid: { from, to: new Date(AT + days * DAY).toISOString(), zone: 'UTC' },
});

describe('the cliff', () => {
  const facts = sampleWithCliff(AT);
  const cliff = registryOf(facts);
  const levelsOf = (markings: readonly string[]) => [...new Set(markings.map((id) => id.split('//')[0]))];
  const everywhere = [...networkSubjects(cliff), ...routeSubjects(cliff)];
  const said = (of: WholeRegistry, days: number, subjects = everywhere, most?: number) =>
    darkWithin(of, subjects, AT, days, { most }).map(({ subject, markings, from, looked }) =>
      [Object.values(subject)[0], (from - AT) / DAY, ...(looked ? levelsOf(markings) : ['?'])].join(' '),
    );
  /** What is looked at where everything else is as it was. */
  const only = (...ids: readonly string[]) =>
    everywhere.filter((subject) => ids.includes(String(Object.values(subject)[0])));
  const SHARED = 'US CONFIDENTIAL US RESTRICTED US SECRET US UNCLASSIFIED';
  const GB_B = `UK OFFICIAL UK SECRET ${SHARED}`;
  const US_A = '6 US CONFIDENTIAL US RESTRICTED US SECRET US TOP SECRET US UNCLASSIFIED';

  it('names what goes dark, soonest first, up to the last instant of the window', () => {
    const week = [
      `us-a ${US_A}`,
      `us-domestic ${US_A}`,
      'us-domestic-failover 6 US RESTRICTED US UNCLASSIFIED',
    ];
    const soonest = only('us-a', 'us-domestic', 'us-domestic-failover', 'gb-b');
    expect(said(cliff, 6, soonest)).toEqual(week);
    expect(said(cliff, 6 - 1 / DAY, soonest)).toEqual([]);
    expect(said(cliff, 30)).toEqual([
      ...week,
      `gb-b 19 ${GB_B}`,
      `gb-b-alone 19 ${GB_B}`,
      `sms-gb-primary 19 ${SHARED}`,
      `au-a 27 AUS OFFICIAL AUS OFFICIAL: Sensitive AUS PROTECTED AUS SECRET ${SHARED}`,
      `pacific 27 ${SHARED}`,
    ]);
  });

  it('looks past an end that takes nothing away, and says when the first marking is lost', () => {
    const other = new Map(facts);
    other.set('accreditation/two', { ...to(facts.get('accreditation/us-on-us-a'), 3), id: 'two' });
    other.set('accreditation/us-on-gb-b', to(facts.get('accreditation/us-on-gb-b'), 4));
    const changed = registryOf(other);
    expect(said(changed, 6)).toEqual([
      ...['gb-b', 'gb-b-alone', 'sms-gb-primary'].map((id) => `${id} 4 ${SHARED}`),
      `us-a ${US_A}`,
      `us-domestic ${US_A}`,
      'us-domestic-failover 6 US RESTRICTED US UNCLASSIFIED',
    ]);
    expect(said(changed, 19, only('gb-b', 'us-a'))[0]).toEqual(`gb-b 4 ${GB_B}`);
  });

  it('what there was no time for is dark from where nobody looked on', () => {
    const [, ...rest] = said(cliff, 30, everywhere, 1);
    expect(rest).toHaveLength(everywhere.length - 1);
    expect(rest.every((line) => line.endsWith(' 0 ?'))).toBe(true);
  });

  it.each([
    [
      'for one',
      [{ route: 'us-domestic' }, { route: 'us-domestic-failover' }, { route: 'gb-b-alone' }],
      ['gb-b-alone false', 'us-domestic true', 'us-domestic-failover false'],
    ],
    ['for a part of one', [{ network: 'us-a' }], ['us-a false']],
  ])('where there is room %s, the rest was not looked at', (_what, subjects, expected) => {
    const dark = darkWithin(cliff, subjects, AT, 30, { most: 100 });
    expect(dark.map(({ subject, looked }) => `${Object.values(subject)[0]} ${looked}`).sort()).toEqual(
      expected,
    );
  });

  const first = (kind: string, polarity?: string) =>
    [...facts.values()].find(
      (f) => f['kind'] === kind && (polarity === undefined || f['outcome'] === polarity),
    );
  const waiver = {
    ...first('accreditation'),
    kind: 'waiver',
    owner: 'USA',
    standard: 'US-STATE-TRUST',
    rule: 'r',
    network: 'us-a',
    reason: 'r',
  };
  const { subject: _s, carries: _c, audience: _a, ...aWaiver } = waiver as Record<string, unknown>;
  const watched = [
    first('accreditation'),
    first('assessment', 'trusted'),
    ...['criteria-set', 'mandate', 'network', 'protection', 'route', 'standard', 'vendor'].map((kind) =>
      first(kind),
    ),
    SPECIMENS.equivalence as RawFact,
    aWaiver as RawFact,
  ];
  it.each(watched.map((fact) => [String(fact?.['kind']), fact] as const))(
    'an end of a fact of kind %s in force is named to the last instant',
    (kind, fact) => {
      const ends = (each: RawFact) => endingWithin([each], AT, 30);
      const key = `${kind}/${fact?.['id']}`;
      expect(ends(to(fact, 30))).toEqual([{ key, at: AT + 30 * DAY }]);
      expect([to(fact, 30 + 1 / DAY), to(fact, 0), to(fact, 20, '2026-11-24')].flatMap(ends)).toEqual([]);
    },
  );

  it('lists what ends soonest first, and nothing else or adverse', () => {
    const ending = [{ citation: 'a letter', verified: true }];
    const facts = [to(first('route'), 9), to(first('mandate'), 8), to(first('network'), 10)];
    const others = [
      to(first('authority'), 9),
      { ...to(first('designation'), 9), ending },
      { ...to(first('assessment'), 9), outcome: 'not-trusted', ending },
    ];
    expect([...others, ...facts].filter((fact) => !readFact(fact).sound)).toEqual([]);
    expect(endingWithin([...others, ...facts], AT, 30).map((e) => (e.at - AT) / DAY)).toEqual([8, 9, 10]);
  });
});

describe('one question', () => {
  const asked = (route: string, facts: ReadonlyMap<string, RawFact> = sampleWithCliff(AT)) => {
    const { hops, general, stretches } = questionOf(registryOf(facts), { route }, usSecret, AT);
    return {
      hops: hops.map((h) => [h.id, h.place, h.alternate, ...h.reasons.map((r) => r.code)]),
      general: general.map((r) => r.code),
      stretches: stretches.map((s) => [
        (s.from - AT) / DAY,
        s.to && (s.to - AT) / DAY,
        s.outcome,
        ...s.codes,
      ]),
    };
  };

  it('puts each reason at its hop, a network it may fail over to included', () => {
    expect(asked('sms-gb-secondary')).toMatchObject({
      hops: [
        ['gb-a', 'GBR', false, 'VENDOR_NOT_ASSESSED'],
        ['us-b', 'USA', false],
      ],
      general: [],
    });
    expect(
      questionOf(sample, { network: 'intl-sms' }, usSecret, AT).hops.map((h) => [h.id, h.place]),
    ).toEqual([['intl-sms', 'GBR, NLD, SGP']]);
    expect(asked('us-domestic-failover').hops).toEqual([
      ['us-a', 'USA', false],
      ['us-c', 'USA', true, 'VENDOR_NOT_ASSESSED'],
    ]);
    expect(asked('nowhere')).toMatchObject({
      hops: [],
      general: ['ROUTE_UNKNOWN', 'PATH_ASSURANCE_INSUFFICIENT'],
    });
  });

  it('shows when outcome or reasons change, and to the end of what is known', () => {
    const { stretches } = asked('sms-gb-primary');
    expect(stretches).toEqual([
      [0, 19, 'permit'],
      [19, expect.any(Number), 'deny', 'ACCREDITATION_EXPIRED'],
      [stretches[1]?.[1], null, 'deny', 'ACCREDITATION_EXPIRED', 'ASSESSMENT_EXPIRED'],
    ]);
  });
});

describe('the page', () => {
  /** Few enough places that a board is soon drawn anew. */
  const PLACES = ['us-a', 'us-c', 'us-domestic', 'us-domestic-failover', 'gb-b', 'gb-b-alone'];
  const small = withPlaces(readSampleRegistry(), PLACES);
  const smallCliff = withPlaces(sampleWithCliff(AT), PLACES);
  let rig: StoreRig;
  let smallRig: StoreRig;
  let empty: StoreRig;
  beforeAll(async () => {
    rig = await openRig();
    smallRig = await openRig(rig.engine);
    empty = await openRig(rig.engine);
    await rig.genesis(stateOf(readSampleRegistry()));
    await smallRig.genesis(stateOf(small));
    board = at(rig.reader(), () => AT);
  });
  afterAll(() => rig?.stop());
  const at = (reader: SnapshotReader, clock: () => number) => createBoard({ reader, clock });
  let board: (event: BoardEvent) => Promise<string>;
  const draw = (event: BoardEvent) => board(event);

  const SCRIPT = /<script|javascript:|\son\w+\s*=|<iframe|<link|https?:/i;

  it.each<[string, BoardEvent, string]>([
    ['the board', {}, 'What may be routed where'],
    ['with links', { links: true }, '?network=us-a&amp;profile=0'],
    ['a question', { route: 'sms-gb-secondary', profile: 'USA · SECRET, shared' }, 'Great Basin'],
    ['a network nobody registered', { network: '<script>alert(1)</script>', profile: 0 }, '&lt;script&gt;'],
    ['a profile there is not', { network: 'us-a', profile: '"><b>' }, 'no such marking profile'],
    ['documentation', { describe: true }, 'yaml'],
  ])('%s', async (_case, event, expected) => {
    const text = await draw(event);
    expect(text).toContain(expected);
    expect(text).not.toMatch(SCRIPT);
  });

  it('asks by route before network, by the number or the name of a column, and leads back only from a page', async () => {
    const heading = async (event: BoardEvent) => /<h1>.*(?=\n<p><span)/.exec(await draw(event))?.[0];
    const of = (id: string, name: string) => `<h1>${id}</h1><p class="dim">${name}</p>`;
    expect(await heading({ route: 'pacific', network: 'us-a' })).toBe(of('pacific', 'AUS · PROTECTED'));
    expect(await heading({ network: 'us-a', profile: '17' })).toBe(of('us-a', 'USA · TOP SECRET'));
    expect(await heading({ network: 'us-a', profile: 'USA · SECRET' })).toBe(of('us-a', 'USA · SECRET'));
    expect(await draw({ network: 'us-a', profile: 18 })).toContain('There is no such marking profile.');
    const back = '<a href="?">← the board</a>';
    expect(await draw({ network: 'us-a', links: true })).toContain(back);
    expect(await draw({ network: 'us-a', links: 'true' })).not.toContain(back);
    expect(await draw({ links: true })).toContain('?route=pacific&amp;profile=17');
    const text = await draw({ links: 'true', describe: 'true' });
    expect([text.includes('What may be routed where'), text.includes('href')]).toEqual([true, false]);
  });

  it('draws the columns a person chooses, says what it leaves out, and echoes nothing', async () => {
    const all = markingProfiles(AT, sample.index).length;
    expect(await draw({})).toContain(`${all - 18} more markings not drawn: `);
    const text = await draw({ markings: 'US RESTRICTED//NOFORN; <b>nothing</b> ;USA · SECRET', links: true });
    expect(text).toContain(`${all - 2} more markings not drawn: `);
    expect(text).toContain('1 of the markings asked for are not drawn: ');
    expect(text).not.toContain('nothing</b>');
    expect(text).toContain('?network=us-a&amp;profile=US%20RESTRICTED%2F%2FNOFORN');
    expect(text).toContain('title="us-a may carry US RESTRICTED//NOFORN');
    expect(await draw({ network: 'us-a', profile: 'US RESTRICTED//NOFORN' })).toContain(
      '<p class="dim">US RESTRICTED//NOFORN</p>',
    );
    expect(await draw({ markings: ' ; ' })).toContain(`${all - 18} more markings not drawn: `);
  });

  it.each(['SECRT', 'UNCLASSIFIED', 'SECRET//SI-G ABCD//NOFORN', 'nothing;SECRET//NOFRON', '<b>'])(
    'asked for %s draws nothing, and says which markings there are and not that there is no mandate',
    async (markings) => {
      const all = markingProfiles(AT, sample.index).length;
      const text = await draw({ markings });
      expect(text).toContain('This registry has no marking that is called so: nothing is drawn.');
      expect(text).toContain(`${all} more markings not drawn: `);
      expect(text).not.toMatch(/No mandate|<table>|NOFRON|nothing;/);
    },
  );

  it.each([
    ['SECRET//NOFORN', 'US SECRET//NOFORN'],
    ['SECRET//REL TO USA, GBR', 'US SECRET//REL TO GBR, USA'],
    ['TOP SECRET//SI//NOFORN', 'US TOP SECRET//SI//NOFORN'],
  ])('takes %s as every door does', async (marking, id) => {
    const { drawn, refused } = columnsOf(sample, AT, [marking, id, 'SECRT']);
    expect([drawn.map((p) => p.id), refused]).toEqual([[id], 1]);
    expect(await draw({ markings: marking })).toContain(`may carry ${id}`);
    expect(await draw({ network: 'us-a', profile: marking })).toContain(`<p class="dim">${id}</p>`);
  });

  it.each<[string, object]>([
    ['a member nobody reads', { marking: 'US SECRET//NOFORN' }],
    ['a member in another case', { Markings: 'US SECRET//NOFORN' }],
    ['markings that are no text', { markings: ['US SECRET//NOFORN'] }],
    ['markings that are a number', { markings: 7 }],
    ['more than eighteen markings are long', { markings: `US SECRET//NOFORN;${'x'.repeat(8000)}` }],
    ['a network that is no text', { network: 5 }],
    ['a route that is no text', { route: ['pacific'] }],
    ['a profile that is no name', { network: 'us-a', profile: {} }],
    ['a name of every object', { constructor: 'x' }],
  ])('given %s, draws nothing and says what it takes', async (_what, event) => {
    const text = await draw(event);
    expect(text).toContain('The board takes a route or a network');
    expect(text).not.toMatch(/<h1>|<table>|NOFORN/);
  });

  it.each([
    ['light', '#fff'],
    ['dark', '#0f1b2a'],
    ['<b>', 'prefers-color-scheme'],
  ])('has a style for the theme %s', async (theme, part) => {
    const text = await draw({ widgetContext: { theme } });
    expect(text).toContain(part);
    expect(text.includes('prefers-color-scheme')).toBe(theme === '<b>');
  });

  it('is drawn for the minute and the version, and says both', async () => {
    const other = await openRig(rig.engine);
    await other.genesis(stateOf(smallCliff));
    let now = AT + 6 * DAY - 1;
    const board = at(other.reader(), () => now);
    const dark = async () =>
      /<div class="big">(\d+) <small>go dark: [^<]*/.exec(await board({}))?.[0].slice(17);
    expect(await dark()).toBe('5 <small>go dark: 2 networks, 3 routes');
    expect(await board({})).toContain(
      'Registry version 1, recorded 2026-11-23 12:00 UTC; drawn for 2026-11-29 11:59 UTC.',
    );
    expect(await board({})).toMatch(/5 facts end; then <code>[a-z-]+\/[^<]+<\/code> on 20[3-9]/);
    now += 1;
    expect(await dark()).toBe('2 <small>go dark: 1 networks, 1 routes');
    await other.publisher.commit({
      base: await other.reader().open(),
      staged: stageState(stateOf(small)),
      meta: META,
      note: 'change',
    });
    expect(await dark()).toBe('0 <small>go dark: 0 networks, 0 routes');
  });

  it('is drawn anew for another registry of the same version', async () => {
    const other = await openRig(rig.engine);
    await other.genesis(stateOf(smallCliff));
    let reader = other.reader();
    const board = at({ open: (...options) => reader.open(...options) }, () => AT + 6 * DAY - 1);
    expect(await board({})).toContain('<div class="big">5 <small>go dark: 2 networks, 3 routes');
    reader = smallRig.reader();
    expect(await board({})).toContain('<div class="big">0 <small>go dark: 0 networks, 0 routes');
  });

  it('says what holds: those in force, none that was lifted, and a registry that was restored', async () => {
    const alerts = async (
      ids: readonly string[],
      held: OpenSnapshot['held'] = null,
      event: BoardEvent = {},
    ) => {
      const hold = (id: string): RawFact => ({
        kind: 'hold',
        id,
        authority: 'us-state',
        scope: id === 'everything' ? { everything: true } : { network: 'us-a' },
        cause: 'doubt',
        valid: {
          from: id === 'later' ? '2027-01-01' : '2026-01-01',
          to: id === 'lifted' ? '2026-11-01' : null,
          zone: 'UTC',
        },
        ...(id === 'lifted' && { ending: [{ citation: 'c', verified: true }] }),
        ...(id === 'unsound' && { scope: {} }),
        sources: [{ citation: 'c', verified: true }],
      });
      const facts = new Map(small);
      for (const id of ids) facts.set(`hold/${id}`, hold(id));
      const other = await openRig(rig.engine);
      await other.genesis(stateOf(facts));
      const reader: SnapshotReader = {
        async open(...options) {
          const open = await other.reader().open(...options);
          return { ...open, held };
        },
      };
      const text = await at(reader, () => AT)(event);
      return [
        ...text.matchAll(/<div class="alert(?: stopped)?"(?: role="alert")?>(?:<strong>)?([^<]*)/g),
      ].map(([, said]) => said);
    };
    const STOPPED = 'Stopped: network us-a by us-state since 2026-01-01T00:00:00.000Z (hold/placed)';
    expect(await alerts(['later', 'lifted'])).toEqual([]);
    expect(await alerts(['placed', 'lifted'])).toEqual([STOPPED]);
    expect(await alerts(['placed', 'everything'], null, { network: 'us-a', profile: '0' })).toEqual([
      'EVERYTHING STOPPED by us-state since 2026-01-01T00:00:00.000Z (hold/everything)',
      STOPPED,
    ]);
    const came = 'This registry came back from a backup, or was put back';
    const denied = 'and is held: every decision is denied until two people confirm it.';
    const question = { network: 'us-a', profile: '0' };
    expect(await alerts([], 'HEAD_BELOW_FLOOR', question)).toEqual([`${came} (HEAD_BELOW_FLOOR), ${denied}`]);
    expect(await alerts(['placed', 'unsound', 'later'], 'LINEAGE_CHANGED')).toEqual([
      `${came} (LINEAGE_CHANGED), ${denied}`,
      'EVERYTHING STOPPED: hold/unsound cannot be read',
      STOPPED,
    ]);
  });

  it('says the newest five changes, each against the version before', async () => {
    const other = await openRig(rig.engine);
    const network = (name: string) => ({ id: name });
    await other.genesis({ ...stateOf(new Map()), facts: new Map([['network/a', network('a')]]) });
    expect(await recentChanges(other.reader())).toMatchObject([
      { version: 1, facts: { added: [], changed: [], removed: [] } },
    ]);
    const changes: [string, string | null][] = [
      ['b', 'b'],
      ['b', 'c'],
      ['b', null],
      ['c', 'c'],
      ['d', 'd'],
    ];
    for (const [key, value] of changes)
      await other.change({ facts: new Map([[`network/${key}`, value === null ? null : network(value)]]) });
    const none = { added: [], changed: [], removed: [] };
    const by = {
      recordedAt: '2026-11-23T12:00:00.000Z',
      kind: 'approve',
      author: 'alice',
      approvers: ['bob'],
    };
    expect(await recentChanges(other.reader())).toEqual([
      { ...by, version: 6, facts: { ...none, added: ['network/d'] } },
      { ...by, version: 5, facts: { ...none, added: ['network/c'] } },
      { ...by, version: 4, facts: { ...none, removed: ['network/b'] } },
      { ...by, version: 3, facts: { ...none, changed: ['network/b'] } },
      { ...by, version: 2, facts: { ...none, added: ['network/b'] } },
    ]);
  });

  it('is drawn by its function of a restored registry too', async () => {
    const other = await openRig(rig.engine);
    const base = await other.genesis(stateOf(small)).then(() => other.reader().open());
    const meta = { ...META, kind: 'restore', succession: 'restore', approvers: [] } as const;
    const staged = await stageChanges(base, {});
    await other.publisher.commit({ base, staged, meta, note: 'restore' });
    for (const [name, value] of Object.entries({
      AWS_REGION: 'eu-west-2',
      AWS_ACCESS_KEY_ID: 'test',
      AWS_SECRET_ACCESS_KEY: 'test',
      AWS_ENDPOINT_URL_DYNAMODB: rig.engine.endpoint,
      OBJECTS_TABLE: other.tables.objects,
      STATE_TABLE: other.tables.state,
      FLOOR_TABLE: other.tables.floor,
      COMMIT_PUBLIC_KEYS: other.signer.publicKey,
      FOUNDER_KEYS: other.founders.join(','),
    }))
      vi.stubEnv(name, value);
    const { handler } = await import('../../functions/board/handler.ts');
    const text = await handler({ network: 'us-a' });
    vi.unstubAllEnvs();
    expect(text).toContain('<h1>us-a</h1>');
  });

  it('says that nothing has been published', async () => {
    expect(await at(empty.reader(), () => AT)({})).toContain('Nothing has been published yet');
  });

  it.each([
    ['FAULT', new Error('stored text')],
    ['OBJECT_MISSING', new StoreError('OBJECT_MISSING', { cause: new Error('stored text') })],
  ])('says that it cannot read (%s), nothing of why, and reads again', async (code, error) => {
    let failing = true;
    // At HEAD the first time, at the facts under it the second.
    const open: SnapshotReader['open'] = async (...options) => {
      const snapshot = await (failing && turn === 0
        ? Promise.reject(error)
        : smallRig.reader().open(...options));
      return failing ? { ...snapshot, objects: { load: () => Promise.reject(error) } } : snapshot;
    };
    let turn = 0;
    const board = at({ open }, () => AT);
    for (; turn < 2; turn += 1) {
      const text = await board({});
      expect(text).toContain(
        `<div class="alert">The registry cannot be read (${code}). Decisions that need it are denied.</div>`,
      );
      expect(text).not.toContain('stored text');
    }
    failing = false;
    expect(await board({})).toContain('What may be routed where');
  });

  it('escapes names from the registry', async () => {
    const facts = new Map(small);
    const network = facts.get('network/us-a') as RawFact;
    facts.set('network/us-a', { ...network, name: `<img src=x onerror=alert(1)>"'` });
    const other = await openRig(rig.engine);
    await other.genesis(stateOf(facts));
    const text = await at(other.reader(), () => AT)({});
    expect(text).not.toContain('<img');
    expect(text).toContain('&lt;img');
  });
});
