/**
 * T19, nation by nation: what one format of a nation says, said in its other formats and as a structured label, is
 * judged the same or is refused. Every format there is belongs to a comparison, or is the only one of its nation.
 */
import { expect, it } from 'vitest';
import { MARKING_FORMATS } from '../../functions/core/marking/formats.ts';
import { type Label, responsibleOwners } from '../../functions/core/marking/label.ts';
import { readMarking } from '../../functions/core/marking/read.ts';
import { SCHEMES } from '../../functions/core/marking/schemes/index.ts';
import { type Choices, choicesFrom, SCALE, SEED } from './random.ts';

const ON = '2026-11-23';

function read(format: string, input: unknown): Label | undefined {
  const result = readMarking(input, { format, on: ON });
  return result.ok ? result.label : undefined;
}

/** What a network is judged by. */
function judgedBy(label: Label) {
  const { frame, level, compartments, controls, audience, displayOnly } = label;
  return { owners: responsibleOwners(label), frame, level, compartments, controls, audience, displayOnly };
}

type Written<I> = readonly (readonly [name: string, format: string, write: (i: I) => unknown])[];

/** Which information is judged differently in two formats, and how often each format was read. */
function compare<I>(cases: readonly I[], written: Written<I>) {
  const counts = new Map<string, number>(written.map(([name]) => [name, 0]));
  const different: unknown[] = [];
  for (const i of cases) {
    const said = new Map<string, string>();
    for (const [name, format, write] of written) {
      const label = read(format, write(i));
      if (label === undefined) continue;
      counts.set(name, (counts.get(name) ?? 0) + 1);
      said.set(JSON.stringify(judgedBy(label)), name);
    }
    if (said.size > 1) different.push([i, ...said]);
  }
  return { counts, different };
}

/** Name on the ladder, and in an e-mail. */
const AUS_LEVELS = [
  ['UNOFFICIAL', 'UNOFFICIAL'],
  ['OFFICIAL', 'OFFICIAL'],
  ['OFFICIAL: Sensitive', 'OFFICIAL:Sensitive'],
  ['PROTECTED', 'PROTECTED'],
  ['SECRET', 'SECRET'],
  ['TOP SECRET', 'TOP-SECRET'],
] as const;
type AusLevel = (typeof AUS_LEVELS)[number];

/** As the PSPF writes it, as an e-mail does, and what a structured label has for it. */
const AUS_CAVEATS = [
  ['AUSTEO', 'RI:AUSTEO', { releasableTo: ['AUS'] }],
  ['AGAO', 'RI:AGAO', { releasableTo: ['AUS'], controls: ['AGAO'] }],
  ['REL TO AUS, GBR, USA', 'RI:REL AUS/GBR/USA', { releasableTo: ['AUS', 'GBR', 'USA'] }],
  ['NATIONAL CABINET', 'SH:NATIONAL-CABINET', { controls: ['NATIONAL CABINET'] }],
  ['CABINET', 'SH:CABINET', { controls: ['CABINET'] }],
  ['ACCOUNTABLE MATERIAL', 'SH:ACCOUNTABLE-MATERIAL', { controls: ['ACCOUNTABLE MATERIAL'] }],
  ['DELICATE SOURCE', 'SH:DELICATE-SOURCE', { controls: ['DELICATE SOURCE'] }],
  ['ORCON', 'SH:ORCON', { controls: ['ORCON'] }],
] as const;
type AusCaveat = readonly [
  pspf: string,
  epms: string,
  label: { readonly releasableTo?: readonly string[]; readonly controls?: readonly string[] },
];

interface AusInformation {
  readonly level: AusLevel;
  readonly caveats: readonly AusCaveat[];
}

/** Every level with every choice of at most three caveats. */
function ausInformation(): readonly AusInformation[] {
  const chosen: (readonly AusCaveat[])[] = [[]];
  for (const caveat of AUS_CAVEATS)
    chosen.push(...chosen.filter((few) => few.length < 3).map((few) => [...few, caveat]));
  return AUS_LEVELS.flatMap((level) => chosen.map((caveats) => ({ level, caveats })));
}

function ausFields({ level, caveats }: AusInformation): string {
  return [`SEC=${level[1]}`, ...caveats.map(([, epms]) => `CAVEAT=${epms}`)].join(', ');
}

function ausLabel({ level, caveats }: AusInformation): object {
  const releases = caveats.flatMap(([, , said]) => said.releasableTo ?? []);
  const open = caveats.length === 0 && level[0].includes('OFFICIAL') && !level[0].endsWith('Sensitive');
  return {
    frame: 'AUS',
    level: level[0],
    owners: ['AUS'],
    markedBy: 'AUS',
    controls: caveats.flatMap(([, , said]) => said.controls ?? []),
    // Two decisions about release are one marking nowhere; as a label they would be written twice and refused.
    ...(releases.length > 0
      ? { releasableTo: releases }
      : open
        ? { unrestricted: true }
        : { ownerOnly: true }),
  };
}

const AUS_WRITTEN: Written<AusInformation> = [
  ['aus-pspf', 'aus-pspf', ({ level, caveats }) => [level[0], ...caveats.map(([pspf]) => pspf)].join('//')],
  ['aus-epms-subject', 'aus-epms-subject', (i) => `[${ausFields(i)}]`],
  [
    'aus-epms-header',
    'aus-epms-header',
    (i) => `VER=2018.4, NS=gov.au, ${ausFields(i)}, ORIGIN=a.b@c.gov.au`,
  ],
  ['label', 'label', ausLabel],
];

it('T19: no Australian format says less than another', () => {
  const cases = ausInformation();
  const { counts, different } = compare(cases, AUS_WRITTEN);
  console.info(`T19: ${cases.length} Australian markings, read`, Object.fromEntries(counts));
  expect(different.slice(0, 3)).toEqual([]);
  for (const [name] of AUS_WRITTEN) expect([name, (counts.get(name) ?? 0) > 150]).toEqual([name, true]);
});

interface CuiInformation {
  readonly specified: readonly string[];
  readonly basic: readonly string[];
  readonly controls: readonly string[];
  readonly noforn: boolean;
  readonly release: boolean;
  readonly display: boolean;
}

function cuiInformationFrom(pick: Choices): CuiInformation {
  const specified = pick.some(['CTI', 'NUC', 'PRVCY'], 0.2);
  return {
    specified,
    basic: pick.some(['BUDG', 'PRIVILEGE', 'PRVCY'], 0.2).filter((name) => !specified.includes(name)),
    controls: pick.some(['AC', 'AWP', 'DL ONLY', 'FED ONLY', 'FEDCON', 'NOCON'], 0.12),
    noforn: pick.chance(0.2),
    release: pick.chance(0.25),
    display: pick.chance(0.1),
  };
}

function cuiLine(i: CuiInformation, form: 'banner' | 'portion'): string {
  const items = [
    ...i.controls,
    ...(i.display ? ['DISPLAY ONLY FRA'] : []),
    ...(i.noforn ? ['NOFORN'] : []),
    ...(i.release ? ['REL TO USA, GBR'] : []),
  ].sort();
  const written = items.map((item) => (item === 'NOFORN' && form === 'portion' ? 'NF' : item));
  const categories = [...i.specified.map((name) => `SP-${name}`), ...i.basic].join('/');
  return ['CUI', categories, written.join('/')].filter((part) => part !== '').join('//');
}

function cuiIsm(i: CuiInformation, only: boolean): object {
  const controls = [
    ...i.controls.map((control) => control.replace(' ', '_')),
    ...(i.noforn ? ['NF'] : []),
    ...(i.release ? ['REL'] : []),
    ...(i.display ? ['DISPLAYONLY'] : []),
  ];
  const attributes = {
    compliesWith: only ? 'USGov USA-CUI-ONLY' : 'USGov USA-CUI',
    ...(only ? {} : { classification: 'U', ownerProducer: 'USA' }),
    cuiSpecified: i.specified.join(' '),
    cuiBasic: i.basic.join(' '),
    disseminationControls: controls.join(' '),
    releasableTo: i.release ? 'USA GBR' : '',
    displayOnlyTo: i.display ? 'FRA' : '',
  };
  return Object.fromEntries(Object.entries(attributes).filter(([, value]) => value !== ''));
}

function cuiLabel(i: CuiInformation): object {
  const categories = [...i.specified.map((name) => `SP-${name}`), ...i.basic].map((name) => `CUI:${name}`);
  return {
    frame: 'US',
    level: 'UNCLASSIFIED',
    owners: ['USA'],
    markedBy: 'USA',
    compartments: ['CUI', ...categories],
    controls: i.controls,
    displayOnly: i.display ? ['FRA'] : [],
    // Federal information goes to nobody abroad, whatever a list says.
    ...(i.release && !i.controls.some((control) => control.startsWith('FED'))
      ? { releasableTo: ['USA', 'GBR'] }
      : { noforn: true }),
  };
}

const CUI_WRITTEN: Written<CuiInformation> = [
  ['cui-banner', 'cui-banner', (i) => cuiLine(i, 'banner')],
  ['cui-portion', 'cui-portion', (i) => `(${cuiLine(i, 'portion')})`],
  ['ism-attrs', 'ism-attrs', (i) => cuiIsm(i, false)],
  ['ism-attrs, CUI only', 'ism-attrs', (i) => cuiIsm(i, true)],
];
/** A label says that there is no restriction only where it says nothing else: CUI is always written with one. */
const CUI_RESTRICTED: Written<CuiInformation> = [...CUI_WRITTEN, ['label', 'label', cuiLabel]];
const CUI_CASES = 3000 * SCALE;

it('T19: no format of CUI says less than another', () => {
  const pick = choicesFrom(SEED);
  const cases = Array.from({ length: CUI_CASES }, () => cuiInformationFrom(pick));
  const open = cases.filter((i) => !i.noforn && !i.release && !i.display && i.controls.length === 0);
  // What stands beside NOFORN or a display list and is released is refused by the formats that know CUI.
  const bound = cases.filter((i) => !open.includes(i) && !(i.release && (i.noforn || i.display)));
  const all = compare(cases, CUI_WRITTEN);
  const restricted = compare(bound, CUI_RESTRICTED);
  console.info(`T19: seed ${SEED}, ${CUI_CASES} times CUI, read`, Object.fromEntries(all.counts));
  expect([...all.different, ...restricted.different].slice(0, 3)).toEqual([]);
  for (const [name] of CUI_RESTRICTED)
    expect([name, (restricted.counts.get(name) ?? 0) > CUI_CASES / 10]).toEqual([name, true]);
});

/** Which formats are compared with one another, and where; `label` is compared with each of them. */
const COMPARED: readonly (readonly [where: string, ...formats: string[]])[] = [
  [
    't19-format.test.ts',
    'us-banner',
    'us-portion',
    'us-document',
    'ism-attrs',
    'ism-xml',
    'sio-label-header',
    'xep-0258-xml',
  ],
  ['t19-label.test.ts', 'nato-text', 'stanag-4774-xml', 'stanag-5636-json'],
  ['t19-nation.test.ts', ...AUS_WRITTEN.map(([, format]) => format)],
  ['t19-nation.test.ts', ...CUI_WRITTEN.map(([, format]) => format)],
];
/** Nations with a grammar of their own and no other format: theirs is compared as a structured label. */
const ALONE: readonly (readonly [format: string, nation: string])[] = [
  ['uk-gsc', 'GBR'],
  ...Object.values(SCHEMES)
    .filter(({ format }) => format !== 'aus-pspf')
    .map(({ format, markedBy }) => [format, markedBy] as const),
];

it('T19: every format is compared, or is the only one of its nation', () => {
  const compared = new Set([...COMPARED.flatMap(([, ...formats]) => formats), ...ALONE.map(([f]) => f)]);
  expect(MARKING_FORMATS.filter((format) => !compared.has(format))).toEqual([]);
  const nations = [...ALONE.map(([, nation]) => nation), 'AUS', 'NATO', 'USA'];
  expect(nations.filter((nation, index) => nations.indexOf(nation) < index)).toEqual([]);
});
