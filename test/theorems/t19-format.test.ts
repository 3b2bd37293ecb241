/**
 * T19: the same information written in another format, or spread over portions, gives the same owners, level, read-in
 * and audience, or is refused; adding portions never takes anything away.
 */
import { expect, it } from 'vitest';
import type { Label } from '../../functions/core/marking/label.ts';
import { readMarking } from '../../functions/core/marking/read.ts';
import { type Choices, choicesFrom, SCALE, SEED } from './random.ts';

const ON = '2024-06-15';
const CASES = 3000 * SCALE;
const LADDER = ['UNCLASSIFIED', 'RESTRICTED', 'CONFIDENTIAL', 'SECRET', 'TOP SECRET'] as const;

/** In the order in which a line has them, before and after its decision about release; as a banner, and a portion. */
const CONTROLS = ['RSEN', 'IMCON', 'PROPIN', 'DEA SENSITIVE', 'FISA'] as const;
type Control = (typeof CONTROLS)[number];
const IN_PORTIONS: Readonly<Record<Control | 'ORCON' | 'ORCON-USGOV', string>> = {
  RSEN: 'RS',
  ORCON: 'OC',
  'ORCON-USGOV': 'OC-USGOV',
  IMCON: 'IMC',
  PROPIN: 'PR',
  'DEA SENSITIVE': 'DSEN',
  FISA: 'FISA',
};

interface Information {
  readonly owners: readonly string[];
  readonly level: Exclude<(typeof LADDER)[number], 'UNCLASSIFIED' | 'RESTRICTED'>;
  readonly sci: readonly string[];
  readonly sap: readonly string[];
  /** Of the originator, and others that stand at this level. */
  readonly orcon: 'none' | 'ORCON' | 'ORCON-USGOV';
  readonly others: readonly Control[];
  readonly law: 'none' | 'LES' | 'LES NOFORN' | 'SSI';
  readonly atomic: 'none' | 'RD' | 'RD-CNWDI' | 'FRD-SIGMA 14';
  /** Foreign sources; `hidden` for one nobody may name. */
  readonly sources: readonly string[] | 'hidden';
  /** Beside USA; `none` where nothing is said, `noforn` where it is said that there is nobody. */
  readonly release: readonly string[] | 'none' | 'noforn';
}

function informationFrom(pick: Choices): Information {
  return {
    owners: pick.oneOf([
      ['USA'],
      ['USA'],
      ['GBR'],
      ['NATO'],
      ['CAN', 'GBR'],
      ['GBR', 'USA'],
      ['NATO', 'USA'],
    ]),
    level: pick.oneOf(['CONFIDENTIAL', 'SECRET', 'TOP SECRET']),
    sci: pick.some(['SI', 'TK'], 0.3),
    sap: pick.some(['BP', 'BP-J12'], 0.2),
    orcon: pick.oneOf(['none', 'none', 'none', 'ORCON', 'ORCON-USGOV']),
    others: pick.some(CONTROLS, 0.1),
    law: pick.oneOf(['none', 'none', 'none', 'LES', 'LES NOFORN', 'SSI']),
    atomic: pick.oneOf(['none', 'none', 'none', 'none', 'RD', 'RD-CNWDI', 'FRD-SIGMA 14']),
    sources: pick.oneOf([[], [], [], ['GBR'], ['NATO'], ['DEU', 'NATO'], 'hidden']),
    release: pick.oneOf([
      'none',
      'noforn',
      ['GBR'],
      ['CAN', 'GBR'],
      ['GBR', 'NATO'],
      ['CAN', 'GBR', 'NATO'],
      ['NATO'],
    ]),
  };
}

const joint = ({ owners }: Information) => owners.includes('USA') && owners.length > 1;
/** `USA` and its partners as a list of owners is written: nations, then organisations. */
const listed = (codes: readonly string[]) =>
  codes.toSorted((a, b) => Number(a === 'NATO') - Number(b === 'NATO') || (a < b ? -1 : 1));

function headOf(i: Information, form: 'banner' | 'portion'): string {
  const level = form === 'banner' ? i.level : { CONFIDENTIAL: 'C', SECRET: 'S', 'TOP SECRET': 'TS' }[i.level];
  if (joint(i)) return `//JOINT ${level} ${listed(i.owners).join(' ')}`;
  if (i.owners.includes('USA')) return level;
  if (!i.owners.includes('NATO')) return `//${i.owners.join(' ')} ${level}`;
  if (form === 'banner') return i.level === 'TOP SECRET' ? '//COSMIC TOP SECRET' : `//NATO ${level}`;
  return i.level === 'TOP SECRET' ? '//CTS' : `//N${level}`;
}

function lineOf(i: Information, form: 'banner' | 'portion'): string {
  const release =
    i.release === 'none' ? [] : i.release === 'noforn' ? [form === 'banner' ? 'NOFORN' : 'NF'] : undefined;
  const spelled = (control: keyof typeof IN_PORTIONS) => (form === 'banner' ? control : IN_PORTIONS[control]);
  const said = (...among: readonly Control[]) => i.others.filter((c) => among.includes(c)).map(spelled);
  const released = release ?? [`REL TO USA, ${(i.release as readonly string[]).join(', ')}`];
  const controls = [
    ...said('RSEN'),
    ...(i.orcon === 'none' ? [] : [spelled(i.orcon)]),
    ...said('IMCON'),
    ...(i.release === 'noforn' ? [...released, ...said('PROPIN')] : [...said('PROPIN'), ...released]),
    ...said('DEA SENSITIVE', 'FISA'),
  ];
  const law = form === 'banner' ? i.law : i.law.replace(' NOFORN', '-NF');
  const atomic = form === 'banner' ? i.atomic : i.atomic.replace('SIGMA', 'SG');
  const [program, compartment] = [i.sap.length > 0 ? 'SAR-BP' : '', i.sap.includes('BP-J12') ? '-J12' : ''];
  const sources = i.sources === 'hidden' ? 'FGI' : ['FGI', ...i.sources].join(' ');
  return [
    headOf(i, form),
    i.sci.join('/'),
    `${program}${compartment}`,
    i.atomic === 'none' ? '' : atomic,
    i.sources.length === 0 ? '' : sources,
    controls.join('/'),
    i.law === 'none' ? '' : law,
  ]
    .filter((part) => part !== '')
    .join('//');
}

const banner = (i: Information) => lineOf(i, 'banner');
const portion = (i: Information) => `(${lineOf(i, 'portion')})`;

function structured(i: Information): object {
  return {
    frame: 'US',
    level: i.level,
    owners: i.owners,
    markedBy: 'USA',
    compartments: [
      ...i.sci,
      ...(i.sap.length > 0 ? ['SAR-BP'] : []),
      ...(i.sap.includes('BP-J12') ? ['SAR-BP-J12'] : []),
      ...(i.atomic === 'none' ? [] : [i.atomic]),
    ],
    controls: [
      ...(i.orcon === 'none' ? [] : [i.orcon]),
      ...i.others,
      ...(i.law === 'none' ? [] : [i.law.replace(' NOFORN', '')]),
    ],
    fgi: i.sources === 'hidden' ? ['FGI'] : i.sources,
    ...(typeof i.release === 'string' || i.law === 'LES NOFORN'
      ? { noforn: true }
      : { releasableTo: ['USA', ...i.release] }),
  };
}

function ism(i: Information): object {
  const nato =
    [...i.owners, ...i.sources].includes('NATO') && !(i.owners.length === 1 && i.owners[0] === 'NATO');
  const letter = { CONFIDENTIAL: 'C', SECRET: 'S', 'TOP SECRET': 'TS' }[i.level];
  const controls = [
    // ISM writes ORCON beside ORCON-USGOV (ISM-ID-00302).
    ...(i.orcon === 'none' ? [] : ['OC']),
    ...(i.orcon === 'ORCON-USGOV' ? ['OC-USGOV'] : []),
    ...i.others.map((control) => IN_PORTIONS[control]),
    ...(i.release === 'noforn' ? ['NF'] : typeof i.release === 'string' ? [] : ['REL']),
  ];
  const text = (list: readonly string[]) => (list.length === 0 ? undefined : list.join(' '));
  const attributes = {
    classification: letter,
    ownerProducer: listed(i.owners).join(' '),
    joint: joint(i) ? 'true' : undefined,
    SCIcontrols: text(i.sci),
    SARIdentifier: i.sap.length === 0 ? undefined : `SAR-DOD:BP${i.sap.includes('BP-J12') ? '-J12' : ''}`,
    FGIsourceOpen: i.sources === 'hidden' ? undefined : text(i.sources),
    FGIsourceProtected: i.sources === 'hidden' ? 'FGI' : undefined,
    nonICmarkings: i.law === 'none' ? undefined : i.law.replace(' NOFORN', '-NF'),
    atomicEnergyMarkings:
      i.atomic === 'none'
        ? undefined
        : { RD: 'RD', 'RD-CNWDI': 'RD RD-CNWDI', 'FRD-SIGMA 14': 'FRD FRD-SG-14' }[i.atomic],
    disseminationControls: text(controls),
    releasableTo: typeof i.release === 'string' ? undefined : text(['USA', ...i.release]),
    highWaterNATO: nato ? `NATO-${letter}` : undefined,
  };
  return Object.fromEntries(Object.entries(attributes).filter(([, value]) => value !== undefined));
}

const ismElement = (i: Information) => {
  const said = Object.entries(ism(i)).map(([name, value]) => ` ism:${name}="${value}"`);
  return `<ism:security xmlns:ism="urn:us:gov:ic:ism"${said.join('')}/>`;
};
const sioLabel = (i: Information) => `type=":xml"; label="${Buffer.from(ismElement(i)).toString('base64')}"`;
const xepLabel = (i: Information) =>
  `<securitylabel xmlns="urn:xmpp:sec-label:0"><label>${ismElement(i)}</label></securitylabel>`;

/** Every way in which the same is written, by the format it is written in. */
const WRITTEN: readonly (readonly [name: string, format: string, write: (i: Information) => unknown])[] = [
  ['banner', 'us-banner', banner],
  ['portion', 'us-portion', portion],
  ['portion alone', 'us-document', (i) => ({ portions: [portion(i)] })],
  ['portion twice', 'us-document', (i) => ({ portions: [portion(i), portion(i)] })],
  ['document', 'us-document', (i) => ({ banner: banner(i), portions: [portion(i)] })],
  ['label', 'label', structured],
  ['ism-attrs', 'ism-attrs', ism],
  ['ism-xml', 'ism-xml', ismElement],
  ['sio-label-header', 'sio-label-header', sioLabel],
  ['xep-0258-xml', 'xep-0258-xml', xepLabel],
];

/** What a network is judged by, with the owners as a hand-written reading of the rule has them. */
function judgedBy(label: Label) {
  const { level, compartments, controls, audience } = label;
  return { owners: [...new Set([...label.owners, 'USA'])].sort(), level, compartments, controls, audience };
}

function read(format: string, input: unknown): Label | undefined {
  const result = readMarking(input, { format, on: ON });
  return result.ok ? result.label : undefined;
}

/** True where `more` is at least as restricted as `less` in every respect. */
function atLeast(more: Label, less: Label): boolean {
  const within = (part: readonly string[], whole: readonly string[]) => part.every((x) => whole.includes(x));
  const rank = (label: Label) => (LADDER as readonly string[]).indexOf(label.level);
  return (
    rank(more) >= rank(less) &&
    within(less.compartments, more.compartments) &&
    within(less.controls, more.controls) &&
    within(judgedBy(less).owners, judgedBy(more).owners) &&
    (less.audience === null || (more.audience !== null && within(more.audience, less.audience)))
  );
}

it('T19: no format says less than another', () => {
  const pick = choicesFrom(SEED);
  const counts = new Map<string, number>();
  const different: string[] = [];
  for (let n = 0; n < CASES; n += 1) {
    const i = informationFrom(pick);
    const said = new Map<string, string>();
    for (const [name, format, write] of WRITTEN) {
      const label = read(format, write(i));
      if (label === undefined) continue;
      counts.set(name, (counts.get(name) ?? 0) + 1);
      said.set(JSON.stringify(judgedBy(label)), name);
    }
    if (said.size > 1) different.push(`${JSON.stringify(i)}: ${JSON.stringify([...said])}`);
  }
  console.info(
    `T19: seed ${SEED}, ${CASES} times the same in ${WRITTEN.length} formats, read`,
    Object.fromEntries(counts),
  );
  expect(different.slice(0, 3)).toEqual([]);
  for (const [name] of WRITTEN) expect([name, (counts.get(name) ?? 0) > CASES / 20]).toEqual([name, true]);
});

it('T19: another portion, another order, another split takes nothing away', () => {
  const pick = choicesFrom(SEED + 1);
  let read2 = 0;
  const weaker: string[] = [];
  for (let n = 0; n < CASES; n += 1) {
    const [first, second] = [informationFrom(pick), informationFrom(pick)];
    const others = [portion(second), '(U)', '(U//FOUO)', '(//GBR R//REL TO USA, GBR)'];
    const head = pick.chance(0.4) ? { banner: banner(first) } : {};
    const some = { ...head, portions: [portion(first)] };
    const more = { ...head, portions: [portion(first), ...pick.some(others, 0.5)] };
    const turned = { ...more, portions: more.portions.toReversed() };
    const [less, all, again] = [some, more, turned].map((d) => read('us-document', d));
    if (less === undefined || all === undefined) continue;
    read2 += 1;
    if (!atLeast(all, less)) weaker.push(JSON.stringify(more));
    if (JSON.stringify(again) !== JSON.stringify(all)) weaker.push(`order: ${JSON.stringify(more)}`);
    for (const one of more.portions) {
      const alone = read('us-document', { portions: [one] });
      // A source that the banner says is one is not an owner; without a banner every owner stays.
      if (head.banner === undefined && alone !== undefined && !atLeast(all, alone))
        weaker.push(JSON.stringify(more));
    }
  }
  console.info(`T19: seed ${SEED + 1}, ${read2} of ${CASES} pairs of documents read`);
  expect(weaker.slice(0, 3)).toEqual([]);
  expect(read2).toBeGreaterThan(CASES / 10);
});
