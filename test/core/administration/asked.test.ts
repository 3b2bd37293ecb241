/** What a simulation asks about, in full: markings, ways of asking, requests asked again, and labels asked about once. */
import { describe, expect, it } from 'vitest';
import { labelClasses, permittableClasses } from '../../../functions/core/administration/label-classes.ts';
import { markingProfiles } from '../../../functions/core/administration/marking-profiles.ts';
import { questionsAbout, variationsIn } from '../../../functions/core/administration/questions.ts';
import { readRecent } from '../../../functions/core/administration/recent.ts';
import { indexOf } from '../../../functions/core/administration/registry-index.ts';
import type { RawFact } from '../../../functions/core/facts/view.ts';
import type { Label } from '../../../functions/core/marking/label.ts';
import type { Registry } from '../../../functions/core/registry/registry.ts';
import { registryFrom } from '../../../functions/core/registry/registry.ts';
import type { DecisionRequest } from '../../../functions/core/request.ts';
import * as make from './small-registry.ts';

const indexes = (...sides: readonly make.Facts[]) => sides.map((facts) => indexOf(facts));

describe('markings', () => {
  const carries = (frame: string, compartments: readonly string[], controls: readonly string[]) => [
    { frame, level: 'SECRET', compartments, controls },
  ];
  const from = (...frames: readonly string[]) => ({
    from: frames.map((frame) => ({ frame, level: 'SECRET' })),
  });
  const about = { network: 'net-one' };
  const was = make.registry([
    make.accreditation('a', about, { audience: ['GBR'], carries: carries('US', ['HCS'], []) }),
    make.accreditation('b', about, { audience: ['CAN', 'AUS'], carries: carries('UK', [], []) }),
    make.mandate('m', { owner: 'GBR', ...from('US') }),
    make.standard('s', {
      scope: { levels: [{ frame: 'FRA', level: 'SECRET' }], flows: null, providers: null },
    }),
  ]);
  const is = make.registry([
    make.accreditation('a', about, {
      audience: ['GBR'],
      carries: [
        ...carries('US', ['SI'], ['ORCON']),
        ...carries('AUS', [], ['X', 'Y']),
        ...carries('ZZ', ['Q'], []),
      ],
    }),
    make.accreditation('c', about, { audience: ['GBR'], carries: carries('US', ['HCS'], ['ORCON']) }),
    make.mandate('m', { owner: 'CAN', ...from('US', 'NZL') }),
    make.mandate('n', { owner: 'USA', ...from('US', 'ZZ') }),
    make.equivalence('e', { from: { frame: 'DEU', level: 'GEHEIM' }, to: { frame: 'AUS', level: 'SECRET' } }),
  ]);

  const REL = (...codes: readonly string[]) => codes.map((list) => (list === '' ? '' : `//${list}`));
  /** By frame: levels, audiences, caveats and the audiences with each, owners, what is carried for just its audience. */
  type Asked = readonly [
    levels: string,
    all: readonly string[],
    caveats: readonly string[],
    wide: readonly string[],
    owners: readonly string[],
    just: readonly string[],
  ];
  // biome-ignore format: one row a line
  const ASKED: Readonly<Record<string, Asked>> = {
    AUS: ['UNOFFICIAL,OFFICIAL,OFFICIAL: Sensitive,PROTECTED,SECRET,TOP SECRET', REL('', 'REL TO AUS', 'REL TO AUS, CAN', 'REL TO AUS, CAN, GBR', 'REL TO AUS, GBR', 'REL TO GBR'), ['//X/Y'], REL('', 'REL TO AUS', 'REL TO AUS, CAN, GBR'), [''], ['//X/Y//REL TO AUS, GBR', '//X/Y//REL TO GBR']],
    DEU: ['VS-NUR FÜR DEN DIENSTGEBRAUCH,VS-VERTRAULICH,GEHEIM,STRENG GEHEIM', REL('', 'REL TO DEU', 'REL TO DEU, GBR', 'REL TO AUS, CAN, DEU', 'REL TO AUS, CAN, DEU, GBR', 'REL TO GBR'), ['//X/Y'], REL('', 'REL TO DEU', 'REL TO AUS, CAN, DEU, GBR'), [''], ['//X/Y//REL TO DEU, GBR', '//X/Y//REL TO GBR']],
    FRA: ['NON PROTÉGÉ,DIFFUSION RESTREINTE,SECRET,TRÈS SECRET', REL('', 'REL TO FRA', 'REL TO FRA, GBR', 'REL TO AUS, CAN, FRA', 'REL TO AUS, CAN, FRA, GBR'), [], [], [''], []],
    NZL: ['UNCLASSIFIED,RESTRICTED,CONFIDENTIAL,SECRET,TOP SECRET', REL('', 'REL TO NZL', 'REL TO GBR, NZL', 'REL TO AUS, CAN, NZL', 'REL TO AUS, CAN, GBR, NZL'), [], [], REL('', 'OWNERS CAN, NZL'), []],
    UK: ['OFFICIAL,SECRET,TOP SECRET', REL('', 'REL TO GBR', 'REL TO AUS, CAN, GBR', 'REL TO AUS, CAN'), [], [], [''], []],
    US: ['UNCLASSIFIED,RESTRICTED,CONFIDENTIAL,SECRET,TOP SECRET', REL('', 'NOFORN', 'REL TO GBR, USA', 'REL TO AUS, CAN, USA', 'REL TO AUS, CAN, GBR, USA', 'REL TO GBR'), REL('HCS', 'HCS//ORCON', 'SI', 'SI//ORCON', 'SI/TK', 'ORCON'), REL('', 'NOFORN', 'REL TO AUS, CAN, GBR, USA'), REL('', 'OWNERS CAN, USA', 'OWNERS GBR, USA'), REL('HCS//REL TO GBR, USA', 'HCS//ORCON//REL TO GBR, USA', 'SI//ORCON//REL TO GBR, USA', 'ORCON//REL TO GBR, USA', 'HCS//REL TO GBR', 'HCS//ORCON//REL TO GBR', 'SI//ORCON//REL TO GBR', 'ORCON//REL TO GBR')],
  };

  it('are every level of every frame spoken of on either side, for every audience and owner, and every caveat', () => {
    const expected = Object.entries(ASKED).flatMap(([frame, [levels, all, caveats, wide, owners, just]]) =>
      levels
        .split(',')
        .flatMap((level) =>
          [
            ...all,
            ...caveats.flatMap((caveat) => wide.map((audience) => `${caveat}${audience}`)),
            ...just,
          ].flatMap((tail) => owners.map((owner) => `${frame} ${level}${tail}${owner}`)),
        ),
    );
    expect(markingProfiles(make.NOW, ...indexes(was, is)).map((p) => p.id)).toEqual(expected.sort());
    const bare = markingProfiles(make.NOW, ...indexes(make.registry([]))).map((p) => p.id);
    expect(bare.filter((id) => /^(?:US CONF|UK OFF)/.test(id))).toEqual([
      ...['UK OFFICIAL', 'UK OFFICIAL//REL TO GBR', 'US CONFIDENTIAL', 'US CONFIDENTIAL//NOFORN'],
      ...['ORCON', 'ORCON//NOFORN', 'SI', 'SI//NOFORN', 'SI/TK', 'SI/TK//NOFORN'].map(
        (c) => `US CONFIDENTIAL//${c}`,
      ),
    ]);
  });

  it('never say in their own frame that NATO information is NATO’s', () => {
    const facts = make.registry([
      make.accreditation('a', about, { carries: carries('US', ['ATOMAL', 'NATO'], []) }),
      make.equivalence('e', {
        from: { frame: 'NATO', level: 'NATO SECRET' },
        to: { frame: 'US', level: 'SECRET' },
      }),
    ]);
    const asked = markingProfiles(make.NOW, indexOf(facts)).filter((p) => p.label.frame === 'NATO');
    expect([...new Set(asked.map((p) => p.label.compartments.join('/')))].sort()).toEqual(['', 'ATOMAL']);
  });

  it('never say what is carried without a read-in that it takes', () => {
    const facts = make.registry([
      make.accreditation('a', about, { carries: carries('US', ['ATOMAL', 'SI-G', 'TK'], []) }),
    ]);
    const asked = markingProfiles(make.NOW, indexOf(facts)).filter((p) => p.label.frame === 'US');
    const said = [...new Set(asked.map((p) => p.label.compartments.join('/')))];
    expect(said.sort()).toEqual(['', 'SI', 'SI/TK', 'TK']);
  });

  it('have the label their name says', () => {
    const none = { compartments: [], controls: [], owners: [], fgi: [], displayOnly: [] };
    const labels = new Map(
      markingProfiles(make.NOW, ...indexes(was, is)).map(({ id, label }) => [id, label]),
    );
    const said: Readonly<Record<string, Label>> = {
      'US SECRET//SI//ORCON//REL TO AUS, CAN, GBR, USA//OWNERS CAN, USA': {
        ...none,
        ...{ frame: 'US', level: 'SECRET', markedBy: 'USA', owners: ['CAN'] },
        ...{ compartments: ['SI'], controls: ['ORCON'], audience: ['AUS', 'CAN', 'GBR', 'USA'] },
      },
      'AUS PROTECTED': { ...none, frame: 'AUS', level: 'PROTECTED', markedBy: 'AUS', audience: null },
      'UK SECRET//REL TO GBR': { ...none, frame: 'UK', level: 'SECRET', markedBy: 'GBR', audience: ['GBR'] },
    };
    for (const [id, label] of Object.entries(said)) expect(labels.get(id), id).toEqual(label);
  });
});

describe('ways of asking', () => {
  const tunnels = [
    make.protection('a'),
    make.protection('b', { scheme: 'type-1' }),
    make.protection('c', { scheme: 'x' }),
  ];
  const asking = (id: string, ...flows: readonly string[]) =>
    make.standard(id, { scope: { levels: [], flows, providers: null } });
  const open = { basis: 'trusted-transport', acceptUnverified: true };
  const said = (...sides: readonly make.Facts[]) => {
    const { protections, flows } = variationsIn(...indexes(...sides));
    return [
      protections.map((p) => (p === undefined ? '-' : `${p.id} ${p.scheme}`)).join(),
      flows.map((f) => f ?? '-').join(),
    ];
  };

  it.each<[string, readonly make.Facts[], string, string]>(
    // biome-ignore format: one row a line
    [
    ['nothing is mandated', [make.registry([...tunnels, asking('S', 'f')])], '-', '-'],
    ['a mandate that no tunnel bears on', [make.registry([...tunnels, make.mandate('m', open)])], '-', '-'],
    ['one that takes tunnels', [make.registry([...tunnels, make.mandate('m', open), make.mandate('n', { ...open, basis: 'encrypted-transport' })])], '-,a csfc,b type-1', '-'],
    ['one that refuses what nobody verified', [make.registry([...tunnels, make.mandate('m', { ...open, acceptUnverified: false })])], '-,a csfc,b type-1', '-'],
    ['tunnels, mandates and flows of both sides', [make.registry([make.protection('b'), asking('S', 'private', 'agency-internal', 'nobody-knows'), make.mandate('m', { basis: 'encrypted-transport', standards: ['S'] })]), make.registry([make.protection('a'), make.protection('b', { scheme: 'type-1' }), asking('S', 'other'), asking('T', 'federal-contract-service'), make.mandate('m', { ...open, standards: ['S'] })])], '-,a csfc,b csfc,b type-1', '-,us-diplomatic-facility,agency-internal,other'],
    ['a part of a flow, and the whole of which nobody can tell', [make.registry([asking('S', 'us-diplomatic-facility-3g'), make.mandate('m', { ...open, standards: ['S'] })])], '-', '-,us-diplomatic-facility,us-diplomatic-facility-2g,us-diplomatic-facility-3g'],
    ['the same the other way round', [make.registry([make.mandate('m', { ...open, standards: ['S'] })]), make.registry([make.protection('a'), asking('S', 'other'), asking('T', 'federal-contract-service'), make.mandate('m', { basis: 'encrypted-transport', standards: ['T'] })])], '-,a csfc', '-,us-diplomatic-facility,federal-contract-service,other'],
  ],
  )('%s', (_what, sides, ...expected) => {
    expect(said(...sides)).toEqual(expected);
  });

  it('each is a request of its own, and says how it was asked', () => {
    const supportedObligations = [
      ...[
        'use-tunnel',
        'no-plaintext-fallback',
        'hide-label',
        'pin-path',
        'no-roaming',
        'no-sms',
        'log-hops',
      ],
      ...['check-recipient-release', 'two-person-release', 're-evaluate-by'],
    ];
    const variations = {
      protections: [undefined, { id: 't', scheme: 'csfc' as const }],
      flows: [undefined, 'private' as const],
    };
    const asked = (subject: Parameters<typeof questionsAbout>[0]) => questionsAbout(subject, variations);
    const message = { id: 'simulation', marking: '' };
    const protection = { scheme: 'csfc', registration: 't' };
    expect(asked({ route: 'r' })).toEqual(
      [
        [message, {}],
        [{ ...message, flow: 'private' }, { flow: 'private' }],
        [{ ...message, protection }, { protection: 't' }],
        [
          { ...message, protection, flow: 'private' },
          { protection: 't', flow: 'private' },
        ],
      ].map(([said, how]) => ({
        request: { message: said, path: { route: 'r' }, supportedObligations },
        asked: how,
      })),
    );
    const paths = (subject: Parameters<typeof questionsAbout>[0]) =>
      asked(subject)
        .map((q) => [q.request.path, q.asked.assurance])
        .filter((_, i) => i % 4 === 0);
    const each = (hop: object) =>
      ['pinned', 'observed', 'assumed'].map((assurance) => [{ hops: [hop] }, assurance]);
    expect(paths({ network: 'n' })).toEqual(each({ network: 'n' }));
    expect(paths({ identifier: 'domain:a:b' })).toEqual(each({ domain: 'a:b' }));
    expect(asked({ network: 'n' })).toHaveLength(12);
  });

  it('requests that were made are asked as they were sent, but those that nobody will ever read', () => {
    const request = (marking: string, more: object = {}) => ({
      message: { id: 'm', marking, ...more },
      path: { hops: [{ network: 'n' }] },
      at: '2020-01-01T00:00:00Z',
    });
    const { readable, unreadable } = readRecent(
      [
        request('SECRET', { originator: 'GBR' }),
        { nonsense: true },
        request('SECRET', { markingFormat: 'us-banner' }),
        request('SECRET'),
        request('SECRET//REL TO USA, NATO'),
      ],
      make.NOW,
    );
    expect(readable.map(({ position, name, request: { message } }) => [position, name, message])).toEqual([
      [0, 'UK SECRET//as requested', { id: 'm', marking: 'SECRET', originator: 'GBR' }],
      [2, 'US SECRET//as requested', { id: 'm', marking: 'SECRET', markingFormat: 'us-banner' }],
      [4, 'US SECRET//as requested', { id: 'm', marking: 'SECRET//REL TO USA, NATO' }],
    ]);
    expect(unreadable).toEqual([1, 3]);
    // French markings of today are read from 2021-07-01 on.
    const early = readRecent(
      [request('SECRET', { markingFormat: 'fra-text' })],
      Date.parse('2021-06-01T00:00:00Z'),
    );
    expect(early.readable.map(({ position }) => position)).toEqual([0]);
  });
});

describe('labels are asked about as one', () => {
  const us = { frame: 'US', level: 'SECRET', compartments: [], controls: [] };
  const carrying = (id: string, subject: RawFact, more: object, audience: readonly string[] = ['USA']) =>
    make.accreditation(id, subject, { carries: [us, { ...us, frame: 'UK', ...more }], audience });
  /** `net-b` is hosted on `net-a`; a tunnel, and a route over `net-c` and `net-b`, beside. */
  const world = (...facts: readonly RawFact[]) =>
    registryFrom([
      make.network('net-a'),
      make.network('net-b', { hostedOn: 'net-a' }),
      make.network('net-c'),
      make.route('r', ['net-c', 'net-b']),
      make.protection('t'),
      ...facts,
    ]);
  const label: Label = {
    ...{ frame: 'US', level: 'SECRET', compartments: ['SI'], controls: ['ORCON'], owners: [] },
    ...{ markedBy: 'USA', fgi: [], audience: ['GBR', 'USA'], displayOnly: [] },
  };
  const over = (path: DecisionRequest['path'], tunnel = false): DecisionRequest => ({
    message: {
      ...{ id: 'm', marking: '' },
      ...(tunnel && { protection: { scheme: 'csfc', registration: 't' } }),
    },
    path,
    supportedObligations: [],
  });
  const A = over({ hops: [{ network: 'net-a' }] });
  const B = over({ hops: [{ network: 'net-c' }, { network: 'net-b' }] });
  const R = over({ route: 'r' });
  const T = over({ route: 'r' }, true);
  const onA = { network: 'net-a' };
  const ofTunnel = { protection: 't' };

  // What two labels differ in, and an accreditation that tells them apart; anything else does not.
  const DIFFERENCES: Readonly<
    Record<string, readonly [other: Partial<Label>, tells: object, audience?: readonly string[]]>
  > = {
    compartments: [{ compartments: ['SI', 'TK'] }, { compartments: ['SI'] }],
    controls: [{ controls: ['ORCON', 'X'] }, { controls: ['ORCON'] }],
    'the audience': [{ audience: ['USA'] }, {}, ['GBR', 'USA']],
    'having an audience': [{ audience: null }, {}, ['DEU', 'USA']],
  };
  const PLACES: readonly (readonly [string, DecisionRequest, RawFact])[] = [
    ['the network asked about', A, onA],
    ['a host', B, onA],
    ['a host on a route', R, onA],
    ['a tunnel', T, ofTunnel],
  ];
  const rows = Object.entries(DIFFERENCES).flatMap(([what, difference]) =>
    PLACES.map(([where, ...place]) => [what, where, difference, place] as const),
  );

  it.each(rows)(
    'unless %s differ, for what an accreditation of %s on either side says',
    (_what, _where, [other, tells, audience], [request, subject]) => {
      const classes = (...worlds: readonly Registry[]) =>
        labelClasses(
          [
            { id: 'one', label },
            { id: 'other', label: { ...label, ...other } },
          ],
          worlds,
          request,
        ).map((c) => c.map((p) => p.id).join());
      const blind = world(
        carrying('x', subject, {}, ['USA']),
        carrying('y', { network: 'net-z' }, tells, audience),
      );
      const telling = world(carrying('x', subject, tells, audience));
      expect(classes(blind, blind)).toEqual(['one,other']);
      expect(classes(blind, telling)).toEqual(['one', 'other']);
      expect(classes(telling, blind)).toEqual(['one', 'other']);
    },
  );

  it.each<[string, Partial<Label>]>([
    ['frame', { frame: 'UK' }],
    ['level', { level: 'TOP SECRET' }],
    ['owners', { owners: ['GBR'] }],
    ['nation', { markedBy: 'GBR' }],
  ])('never where the %s differs', (_what, other) => {
    const profiles = [
      { id: 'one', label },
      { id: 'other', label: { ...label, ...other } },
    ];
    expect(labelClasses(profiles, [world()], A)).toHaveLength(2);
  });

  const plain: Label = { ...label, compartments: [], controls: [] };
  const stranger = { accreditors: ['nobody'] };
  const PINNED = { assurance: 'pinned' } as const;
  const accredited = carrying('x', onA, {});
  const hosting = carrying('x', onA, {}, ['GBR', 'USA']);
  const british = make.accreditation('x', onA, { carries: [{ ...us, frame: 'UK' }], audience: ['USA'] });
  const translated = (nation: string) => [
    ...[make.mandate('m'), british, make.equivalence('e')],
    make.authority('us-office', nation),
  ];
  // biome-ignore format: one row a line
  it.each<[string, boolean, readonly (readonly RawFact[])[], DecisionRequest]>([
    ['a translation by the owner’s own', true, [translated('USA')], A],
    ['a translation by another nation’s', false, [translated('GBR')], A],
    ['no translation', false, [[make.mandate('m'), british]], A],
    ['a mandate and an accreditation', true, [[make.mandate('m'), accredited]], A],
    ['an accreditation of the host alone', true, [[make.mandate('m'), hosting]], B],
    ['the same of a route', true, [[make.mandate('m'), hosting]], R],
    ['no mandate', false, [[accredited]], A],
    ['the mandate of another owner', false, [[make.mandate('m', { owner: 'GBR' }), accredited]], A],
    ['no accreditation', false, [[make.mandate('m')]], A],
    ['an audience wider than the release', false, [[make.mandate('m'), carrying('x', onA, {}, ['DEU', 'USA'])]], A],
    ['an accreditor the mandate does not recognise', false, [[make.mandate('m', stranger), accredited]], A],
    ['a mandate that does, after one that does not', true, [[make.mandate('a', stranger), make.mandate('m'), accredited]], A],
    ['a mandate that takes no path so known', false, [[make.mandate('m', { assurances: ['observed'] }), accredited]], A],
    ['the first world alone', true, [[make.mandate('m'), accredited], []], A],
    ['the second world alone', true, [[], [make.mandate('m'), accredited]], A],
  ])('where a permit is thinkable: %s: %j', (_what, thinkable, worlds, request) => {
    const sides = worlds.map((facts) => world(...facts));
    const classes = permittableClasses([{ id: 'one', label: plain }], sides, { request, asked: PINNED });
    expect(classes.length > 0).toBe(thinkable);
  });
});
