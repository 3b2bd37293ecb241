/**
 * Cases near the boundary: a registry and a question that permit, with much beside them that must not matter, and
 * then, most of the time, one thing broken. Uniformly random cases would nearly all be refused for five reasons.
 */
import type { FactOf } from '../../functions/core/facts/fact.ts';
import { responsibleOwners } from '../../functions/core/marking/label.ts';
import { labelFor } from '../core/decision/ask.ts';
import * as make from '../core/decision/facts.ts';
import { BREAKS } from './breaks.ts';
import { type Case, stored } from './case.ts';
import { type Choices, choicesFrom } from './random.ts';
import { INCOMPLETE, SET, STANDARDS } from './standards.ts';

const MARKINGS: readonly (readonly [marking: string, format: string])[] = [
  ['SECRET//REL TO USA, GBR', 'us-banner'],
  ['CONFIDENTIAL//REL TO USA, GBR', 'us-banner'],
  ['SECRET//NOFORN', 'us-banner'],
  ['SECRET//SI//REL TO USA, GBR', 'us-banner'],
  ['SECRET//ORCON/REL TO USA, GBR', 'us-banner'],
  ['TOP SECRET//SI//NOFORN', 'us-banner'],
  ['//JOINT SECRET GBR USA//REL TO USA, GBR', 'us-banner'],
  ['UK SECRET', 'uk-gsc'],
  ['UK OFFICIAL', 'uk-gsc'],
];

export const TUNNEL_DUTIES = ['use-tunnel', 'no-plaintext-fallback', 'hide-label', 're-evaluate-by'] as const;
const OFFICE: Readonly<Record<string, string>> = { USA: 'us-office', GBR: 'gb-office' };
export const NETWORKS = ['net-a', 'net-b', 'net-c', 'net-d'] as const;
const MAKERS = ['maker-a', 'maker-b', 'maker-c'] as const;
const PAST = { from: '2019-01-01', to: '2023-12-31', zone: 'UTC' } as const;
const AHEAD = { from: '2025-01-01', to: null, zone: 'UTC' } as const;

type Deployment = FactOf<'network'>['inventory']['deployments'][number];

/** `maker-b` is tolerated outside the core up to 35 %; the others are under nothing that counts. */
function deployments(pick: Choices): readonly Deployment[] {
  const capped = pick.below(36) * 100;
  const all: readonly Deployment[] = [
    make.deployment('AMF', pick.oneOf(['maker-a', 'maker-c'])),
    make.deployment('gNB-DU', 'maker-b', {
      shares: { sites: capped, traffic: pick.below(capped + 1) },
      siteClass: pick.oneOf(['ordinary', 'cni-safety']),
    }),
    make.deployment('gNB-DU', 'maker-a', { shares: { sites: 10_000 - capped } }),
    make.deployment('OLT', pick.oneOf(MAKERS), { generation: 'fixed', shares: { sites: 3500, traffic: 0 } }),
    make.deployment('ONT', pick.oneOf(['maker-a', 'maker-c']), {
      shares: { sites: 200, traffic: 100 },
      ...pick.oneOf([{}, { product: 'network-equipment' }, { product: 'consumer-router' }]),
      ...pick.oneOf([{}, { producedIn: ['USA'] }, { producedIn: ['USA', 'GBR'] }]),
    }),
    make.deployment('AMF', 'maker-x', { removed: '2021-01-01' }),
  ];
  const chosen = pick.some(all, 0.6);
  return chosen.some((d) => d.removed === null) ? chosen : all.slice(0, 1);
}

function networks(pick: Choices, countries: readonly string[]): readonly FactOf<'network'>[] {
  return NETWORKS.map((id, i) => {
    const home = pick.oneOf(countries);
    return make.network(
      {
        id,
        jurisdiction: home,
        physicalCountries: [home],
        remoteAccessCountries: [...pick.some(countries, 0.3)],
        hostedOn: i < 3 && pick.chance(0.2) ? 'net-d' : null,
        identifiers: [{ scheme: 'plmn', value: `999-0${i}` }],
        operator: pick.oneOf(['operator', 'operator-2']),
        providerSets: pick.oneOf([[], [], [SET], ['de-5g-2024-07']]),
      },
      deployments(pick),
    );
  });
}

/** Facts that change nothing, whatever else there is. */
function besides(pick: Choices): readonly object[] {
  const unsound = { ...make.accreditation({ id: 'half' }), audience: [] };
  return pick.some(
    [
      make.hold({ id: 'elsewhere', scope: { network: 'net-z' } }),
      make.hold({ id: 'french', scope: { owner: 'FRA' } }),
      make.hold({ id: 'lifted', valid: PAST, ending: [make.READ] }),
      make.designation({ id: 'unadopted', instrument: 'OTHER-LIST', subject: { vendor: 'maker-a' } }),
      make.designation({
        id: 'ended',
        class: 'excluded',
        subject: { vendor: 'maker-a' },
        valid: PAST,
        ending: [make.READ],
      }),
      make.designation({ id: 'coming', class: 'excluded', subject: { vendor: 'maker-c' }, valid: AHEAD }),
      make.designation({ id: 'category', instrument: 'OTHER-LIST', subject: { category: 'drones' } }),
      make.designation({ id: 'drones', class: 'excluded', subject: { category: 'drone' } }),
      make.standard({
        id: 'COMING',
        replaces: [pick.oneOf(['TRUSTED', 'PLACED'])],
        valid: AHEAD,
        rules: [{ rule: 'path-assurance', id: 'none', cites: ['text'], accept: ['assumed'] }],
      }),
      make.standard({
        id: 'GONE',
        owner: 'GBR',
        replaces: ['CAPPED', 'NEWER'],
        valid: PAST,
        rules: [{ rule: 'path-assurance', id: 'none', cites: ['text'], accept: ['assumed'] }],
      }),
      make.standard({
        id: 'STRANGER',
        owner: 'FRA',
        replaces: ['TRUSTED', 'CAPPED', 'PLACED'],
        rules: [{ rule: 'path-assurance', id: 'none', cites: ['text'], accept: ['assumed'] }],
      }),
      make.assessment({ id: 'other-set', criteriaSet: 'OTHER', outcome: 'not-trusted', valid: make.FOREVER }),
      make.accreditation({ id: 'expired', valid: PAST }),
      unsound,
      make.mandate({ id: 'french', owner: 'FRA', authority: 'fr-office', standards: ['NONE'] }),
      make.mandate({ id: 'past', standards: ['NONE'], valid: PAST }),
      make.mandate({
        id: 'higher',
        from: [{ frame: 'NATO', level: 'COSMIC TOP SECRET' }],
        standards: ['NONE'],
      }),
      make.equivalence({ id: 'translated', from: { frame: 'NATO', level: 'NATO SECRET' } }),
      make.vendor({ id: 'maker-z', ownedBy: [{ owner: 'maker-a', share: 10_000, valid: make.FOREVER }] }),
      make.waiver({ id: 'unused', rule: 'sites', network: 'net-a' }),
    ],
    0.2,
  );
}

function mandates(
  pick: Choices,
  owners: readonly string[],
  basis: 'trusted-transport' | 'encrypted-transport',
  graded: boolean,
): readonly object[] {
  const standards: readonly string[] =
    basis === 'trusted-transport'
      ? ['TRUSTED', 'CAPPED', 'PLACED', 'DATED', 'BUILT', 'NEWER', 'NARROW']
      : ['SEALED', 'PLACED', 'BUILT'];
  return owners.flatMap((owner) =>
    Array.from({ length: pick.chance(0.25) ? 2 : 1 }, (_, i) =>
      make.mandate({
        id: `${owner.toLowerCase()}-${basis}-${i}`,
        owner,
        authority: OFFICE[owner] ?? 'nobody',
        basis,
        from: [
          { frame: 'US', level: 'CONFIDENTIAL' },
          { frame: 'UK', level: 'OFFICIAL' },
        ],
        standards: [pick.oneOf(standards), ...pick.some(standards, 0.3)].filter(
          (s, at, all) => all.indexOf(s) === at,
        ),
        accreditors: pick.chance(0.5) ? ['us-office', 'gb-office'] : ['us-office'],
        assurances: pick.oneOf([['pinned'], ['pinned', 'observed'], ['pinned', 'observed', 'assumed']]),
        acceptIncomplete: [...INCOMPLETE, ...pick.some(['TRUSTED', 'CAPPED'], 0.3)],
        ...pick.oneOf([
          { acceptUnverified: true },
          { acceptUnverified: true, acceptSecondary: true },
          { acceptUnverified: false },
          ...(graded ? [{ acceptUnverified: false, acceptSecondary: false }] : []),
        ]),
      }),
    ),
  );
}

function readInItsOwnText(fact: object): object {
  return JSON.parse(JSON.stringify(fact).replaceAll('"verified":true', '"verified":true,"primary":true'));
}

/** A registry and a question that permit. */
function permitted(pick: Choices): Omit<Case, 'broke'> {
  const [marking, format] = pick.oneOf(MARKINGS);
  const label = labelFor({ marking, format });
  const owners = responsibleOwners(label);
  const countries = label.audience ?? ['USA', 'GBR'];
  const tunnel = pick.chance(0.25);
  // Where everything was read in its own text, owners may ask that it was.
  const graded = pick.chance(0.4);
  const all = networks(pick, countries);
  const carries = [
    {
      frame: label.frame,
      level: pick.chance(0.5) ? label.level : 'TOP SECRET',
      compartments: [...new Set([...label.compartments, ...pick.some(['TK', 'SI'], 0.3)])],
      controls: [...new Set([...label.controls, ...pick.some(['ORCON'], 0.3)])],
    },
  ];
  const audience = [...new Set([...countries, ...(label.audience === null ? pick.some(['FRA'], 0.3) : [])])];
  const accredited = (id: string, subject: FactOf<'accreditation'>['subject']) =>
    make.accreditation({ id, subject, carries, audience });
  const bare = tunnel && pick.chance(0.6);
  const facts: readonly object[] = [
    make.authority({ id: 'us-office' }),
    make.authority({ id: 'gb-office', speaksFor: ['GBR'] }),
    ...STANDARDS,
    ...[...MAKERS, 'maker-x', 'operator'].map((id) => make.vendor({ id })),
    make.vendor({ id: 'operator-2', ownedBy: [{ owner: 'maker-b', share: 2400, valid: make.FOREVER }] }),
    make.designation({ id: 'risky-b' }),
    make.designation({ id: 'excluded-x', class: 'excluded', subject: { vendor: 'maker-x' } }),
    ...all,
    ...NETWORKS.map((id) => make.assessment({ id: `${id}-assessed`, subject: { network: id } })),
    ...[...MAKERS, 'maker-x'].map((id) => make.assessment({ id: `${id}-assessed`, subject: { vendor: id } })),
    ...(bare ? [] : NETWORKS.map((id) => accredited(`${id}-accredited`, { network: id }))),
    ...(bare ? [] : mandates(pick, owners, 'trusted-transport', graded)),
    ...(tunnel
      ? [
          make.protection({ id: 'tunnel', endpointCountries: [...countries] }),
          accredited('tunnel-accredited', { protection: 'tunnel' }),
          ...mandates(pick, owners, 'encrypted-transport', graded),
        ]
      : []),
    make.route({ id: 'a-to-b', hops: ['net-a', 'net-b'], alternates: [...pick.some(['net-c'], 0.5)] }),
    ...besides(pick),
  ];
  const hops = Array.from({ length: 1 + pick.below(3) }, () => {
    const i = pick.below(NETWORKS.length);
    return pick.chance(0.2) ? { plmn: `999-0${i}` } : (NETWORKS[i] ?? 'net-a');
  });
  return {
    facts: stored(graded ? facts.map(readInItsOwnText) : facts),
    question: {
      marking,
      format,
      label,
      ...(pick.chance(0.25) ? { route: 'a-to-b' } : { hops, assurance: 'pinned' as const }),
      ...(tunnel && { protection: 'tunnel', supports: TUNNEL_DUTIES }),
      ...(pick.chance(0.2) && { standards: [pick.oneOf(['CAPPED', 'PLACED', 'PURCHASES'])] }),
    },
  };
}

/** One case, the same for the same seed. */
export function caseOf(seed: number): Case {
  const pick = choicesFrom(seed);
  const whole = permitted(pick);
  if (pick.chance(0.08)) return { ...whole, broke: 'nothing' };
  const names = [
    pick.oneOf(Object.keys(BREAKS)),
    ...(pick.chance(0.3) ? [pick.oneOf(Object.keys(BREAKS))] : []),
  ];
  const broken = names.reduce((c, name) => BREAKS[name]?.(c, pick) ?? c, whole);
  return { ...broken, broke: names.join(', ') };
}

/** A case in which nothing was broken. */
export function permitOf(seed: number): Case {
  return { ...permitted(choicesFrom(seed)), broke: 'nothing' };
}
