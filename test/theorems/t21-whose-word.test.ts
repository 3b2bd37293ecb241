/**
 * T21: one nation's word loosens nothing for another. Whatever facts of any kind the authorities of one nation state, a
 * refusal of information that another owns, whose mandates and standards name none of them, stays one.
 *
 * The nation whose word it is owns a part of the information too, and is content with everything before it says more:
 * what refuses is the other's word alone. Most worlds are an inch from a permit.
 */
import { expect, it } from 'vitest';
import { FACT_KINDS, type FactKind, type FactOf } from '../../functions/core/facts/fact.ts';
import { responsibleOwners } from '../../functions/core/marking/label.ts';
import { labelFor, type Question } from '../core/decision/ask.ts';
import * as make from '../core/decision/facts.ts';
import { type Asked, stored } from './case.ts';
import { core } from './core.ts';
import { type Choices, choicesFrom, SCALE, SEED } from './random.ts';
import { TUNNEL_DUTIES } from './world.ts';

const CASES = 2000 * SCALE;
const PAST = { from: '2019-01-01', to: '2023-12-31', zone: 'UTC' } as const;
const MARKINGS = [
  ['//JOINT SECRET GBR USA//REL TO USA, GBR', 'us-banner'],
  ['//JOINT TOP SECRET GBR USA//REL TO USA, GBR', 'us-banner'],
  ['//GBR SECRET//REL TO USA, GBR', 'us-banner'],
  ['SECRET//REL TO USA, GBR', 'us-banner'],
  ['TOP SECRET//REL TO USA, GBR', 'us-banner'],
  ['UK SECRET', 'uk-gsc'],
  ['UK TOP SECRET', 'uk-gsc'],
] as const;
const LEVELS: Readonly<Record<string, readonly string[]>> = {
  US: ['CONFIDENTIAL', 'SECRET', 'TOP SECRET'],
  UK: ['OFFICIAL', 'SECRET', 'TOP SECRET'],
};
const NETS = ['net-a', 'net-b'] as const;
const EVERYWHERE = [...make.EVERYWHERE];
const cites = ['text'];

type Carries = FactOf<'accreditation'>['carries'];
const carrying = (frame: string, level: string, ...compartments: string[]): Carries => [
  { frame, level, compartments, controls: [] },
];
const most: Carries = [...carrying('US', 'TOP SECRET', 'SI'), ...carrying('UK', 'TOP SECRET', 'SI')];
const subjects = [...NETS.map((network) => ({ network })), { protection: 'tunnel' }] as const;

interface Nation {
  readonly code: 'GBR' | 'USA';
  readonly office: 'gb-office' | 'us-office';
  readonly frame: 'UK' | 'US';
}
const NATIONS: readonly Nation[] = [
  { code: 'GBR', office: 'gb-office', frame: 'UK' },
  { code: 'USA', office: 'us-office', frame: 'US' },
];

const rung = (pick: Choices) => {
  const frame = pick.oneOf(['US', 'UK']);
  return { frame, level: pick.oneOf(LEVELS[frame] ?? []) };
};
const translation = (pick: Choices) => {
  const from = rung(pick);
  const frame = from.frame === 'US' ? 'UK' : 'US';
  return { from, to: { frame, level: pick.oneOf(LEVELS[frame] ?? []) } };
};

/** What a nation says of everything, for its own information to go: nothing of it stands in the way. */
function content({ code, office }: Nation): readonly object[] {
  const own = { owner: code, authority: office };
  return [
    make.authority({ id: office, speaksFor: [code] }),
    make.standard({
      id: `${code}-CONTENT`,
      ...own,
      rules: [{ rule: 'inventory-complete', id: 'i', cites, maxAgeDays: null }],
    }),
    ...subjects.map((subject, i) =>
      make.accreditation({ id: `${office}-content-${i}`, authority: office, subject, carries: most }),
    ),
    ...(['trusted-transport', 'encrypted-transport'] as const).map((basis) =>
      make.mandate({
        id: `${office}-${basis}`,
        ...own,
        basis,
        from: EVERYWHERE,
        standards: [`${code}-CONTENT`],
        accreditors: [office],
      }),
    ),
  ];
}

/** What the other says: it names its own authorities and nobody else's, and something of it may be wanting. */
function demanding({ code, office, frame }: Nation, pick: Choices): readonly object[] {
  const own = { owner: code, authority: office };
  const weighed = pick.chance(0.5);
  const result = pick.chance(0.7) ? ('met' as const) : ('not-met' as const);
  const items = [{ criterion: 'LAW', result, rationale: 'r', evidence: [make.READ] }];
  const capped = pick.chance(0.15);
  return [
    make.authority({ id: office, speaksFor: [code] }),
    // What the standard names may not be there yet: whoever registers it first then has that name.
    ...(pick.chance(0.7) ? [make.criteriaSet({ id: 'CRITERIA', authority: office })] : []),
    make.standard({
      id: 'DEMANDS',
      ...own,
      rules: [
        {
          rule: 'assessed',
          id: 'assessed',
          cites,
          subjects: ['network'],
          criteriaSet: 'CRITERIA',
          authorities: [office],
          ...(weighed
            ? { results: 'weighed' as const, criteriaAuthority: office }
            : { results: 'stated' as const }),
        },
        {
          rule: 'share-cap',
          id: 'cap',
          cites,
          adopt: [{ instrument: 'RISKY', authority: office, classes: ['capped'], affiliates: [] }],
          where: {},
          bases: ['sites'],
          max: capped ? 1000 : 10_000,
          by: null,
        },
      ],
    }),
    make.designation({ id: 'risky', authority: office }),
    ...NETS.flatMap((network) =>
      pick.chance(0.9)
        ? [
            make.assessment({
              id: `${network}-assessed`,
              authority: office,
              subject: { network },
              criteriaSet: 'CRITERIA',
              items,
              outcome: pick.chance(0.9) ? 'trusted' : 'conditional',
            }),
          ]
        : [],
    ),
    ...subjects.flatMap((subject, i) =>
      pick.chance(0.9)
        ? [
            make.accreditation({
              id: `${office}-${i}`,
              authority: office,
              subject,
              carries: pick.oneOf([
                most,
                most,
                carrying(frame, 'TOP SECRET'),
                carrying(frame, 'SECRET'),
                carrying(frame === 'US' ? 'UK' : 'US', 'SECRET'),
              ]),
              audience: pick.chance(0.9) ? ['GBR', 'USA'] : ['FRA', 'GBR', 'USA'],
            }),
          ]
        : [],
    ),
    ...(['trusted-transport', 'encrypted-transport'] as const).flatMap((basis) =>
      pick.chance(0.9)
        ? [
            make.mandate({
              id: `${office}-${basis}`,
              ...own,
              basis,
              from: EVERYWHERE,
              standards: ['DEMANDS'],
              accreditors: [office],
              acceptUnverified: pick.chance(0.8),
              acceptUnbound: pick.chance(0.9),
            }),
          ]
        : [],
    ),
    ...(pick.chance(0.1) ? [make.hold({ id: 'stop', authority: office, scope: { owner: code } })] : []),
  ];
}

/** One fact of a kind that an authority of the nation could state, near what the other one asks for. */
const STATED: Readonly<
  Record<FactKind, ((n: Nation, other: Nation, id: string, pick: Choices) => object) | null>
> = {
  accreditation: ({ office: authority }, _, id, pick) =>
    make.accreditation({ id, authority, subject: pick.oneOf(subjects), carries: most }),
  assessment: ({ office: authority }, _, id, pick) =>
    make.assessment({
      id,
      authority,
      criteriaSet: 'CRITERIA',
      subject: { network: pick.oneOf(NETS) },
      items: [{ criterion: 'LAW', result: 'met', rationale: 'r', evidence: [make.READ] }],
    }),
  authority: ({ code }, _, id) => make.authority({ id, speaksFor: [code] }),
  'criteria-set': ({ office: authority }, _, id, pick) =>
    make.criteriaSet({
      id: pick.chance(0.8) ? 'CRITERIA' : id.toUpperCase(),
      authority,
      passAt: 0,
      criteria: [{ id: 'LAW', text: 't', mode: 'weighted', weight: 1 }],
    }),
  designation: ({ office: authority }, _, id, pick) =>
    make.designation({ id, authority, ...(pick.chance(0.5) && { valid: PAST, ending: [make.READ] }) }),
  equivalence: ({ office: authority }, _, id, pick) =>
    make.equivalence({ id, authority, ...translation(pick) }),
  exemption: ({ office: authority, code }, other, id, pick) =>
    make.exemption({ id, authority, hold: 'stop', owner: pick.oneOf([code, other.code]) }),
  hold: ({ office: authority }, _, id) =>
    make.hold({ id, authority, scope: { everything: true }, valid: PAST, ending: [make.READ] }),
  mandate: ({ office: authority, code }, other, id, pick) =>
    make.mandate({
      id,
      authority,
      owner: pick.oneOf([code, other.code]),
      basis: pick.oneOf(['trusted-transport', 'encrypted-transport']),
      from: EVERYWHERE,
      standards: [`${code}-CONTENT`],
      accreditors: [authority, other.office],
    }),
  protection: ({ office: authority }, _, id) =>
    make.protection({ id, authority, endpointCountries: ['GBR'] }),
  standard: ({ office: authority, code }, other, id, pick) =>
    make.standard({
      id: id.toUpperCase(),
      authority,
      owner: pick.oneOf([code, other.code]),
      belowScope: 'satisfied',
      rules: [{ rule: 'inventory-complete', id: 'i', cites, maxAgeDays: null }],
    }),
  waiver: ({ office: authority, code }, other, id, pick) =>
    make.waiver({
      id,
      authority,
      owner: pick.oneOf([code, other.code]),
      network: pick.oneOf(NETS),
      standard: 'DEMANDS',
      rule: 'cap',
    }),
  // The registrar's to keep, and nobody's judgement.
  network: null,
  route: null,
  vendor: null,
};
const KINDS = FACT_KINDS.filter((kind) => STATED[kind] !== null);

/** What each kind says that could loosen something, the most likely to most often. */
function stated(of: Nation, other: Nation, taken: ReadonlySet<string>, pick: Choices): readonly object[] {
  const found = Array.from({ length: 1 + pick.below(4) }, (_, i) =>
    STATED[pick.oneOf(KINDS)]?.(of, other, `added-${i}`, pick),
  ).filter((f) => f !== undefined);
  const keys = new Set(taken);
  // A fact that is there is not another nation's to replace.
  return stored(found).filter((f) => !keys.has(make.keyOf(f)) && keys.add(make.keyOf(f)));
}

const WORLD = [
  ...['maker-a', 'maker-b', 'maker-c', 'operator'].map((id) => make.vendor({ id })),
  ...NETS.map((id) =>
    make.network({ id }, [
      make.deployment('AMF', 'maker-a'),
      make.deployment('gNB-DU', 'maker-b', { shares: { sites: 3000 } }),
    ]),
  ),
  make.protection({ id: 'tunnel' }),
];

it('T21: one nation’s word loosens nothing for another', () => {
  const turned: string[] = [];
  const kinds = new Map<string, number>();
  let [permits, asked, both] = [0, 0, 0];
  for (let seed = SEED; seed < SEED + CASES; seed += 1) {
    const pick = choicesFrom(seed);
    const [marking, format] = pick.oneOf(MARKINGS);
    const label = labelFor({ marking, format });
    const owners = responsibleOwners(label);
    const owner = pick.oneOf(NATIONS.filter((n) => owners.includes(n.code)));
    const speaker = NATIONS.find((n) => n !== owner) ?? expect.fail();
    const tunnel = pick.chance(0.25);
    const question: Question & Asked = {
      marking,
      format,
      label,
      hops: pick.chance(0.7) ? ['net-a'] : [...NETS],
      assurance: 'pinned',
      ...(tunnel && { protection: 'tunnel', supports: TUNNEL_DUTIES }),
    };
    const before = stored([...WORLD, ...demanding(owner, pick), ...content(speaker)]);
    if (core(before, question)) {
      permits += 1;
      continue;
    }
    if (owners.includes(speaker.code)) both += 1;
    for (let i = 0; i < 4; i += 1) {
      const more = stated(speaker, owner, new Set(before.map(make.keyOf)), pick);
      for (const f of more) {
        const kind = make.keyOf(f as never).split('/')[0] ?? '';
        kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
      }
      asked += 1;
      if (core([...before, ...stored(more)], question))
        turned.push(`case ${seed}: ${marking}, by ${more.map((f) => make.keyOf(f as never)).join(' ')}`);
    }
  }
  console.info(
    `T21: seed ${SEED}, ${CASES} worlds, ${permits} permits, ${asked} words over refusals, ${both} of information of both`,
    Object.fromEntries(kinds),
  );
  expect(turned).toEqual([]);
  // It is about refusals that are near a permit, and about every kind an authority states.
  expect(permits).toBeGreaterThan(CASES / 10);
  expect(both).toBeGreaterThan(CASES / 4);
  expect([...kinds.keys()].sort()).toEqual([...KINDS].sort());
});
