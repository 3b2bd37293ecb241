/**
 * A second reader of US banner lines, written from the same public register by another technique and sharing no
 * code with the product: one anchored pattern for the shape, then flat predicates over the words. Cross-domain
 * practice calls two independent parsers redundancy; a disagreement between them fails the build.
 *
 * The pattern could backtrack on hostile text; it is test code and reads at most 1024 characters.
 */
export interface SecondReading {
  readonly level: string;
  readonly owners: readonly string[];
  readonly compartments: readonly string[];
  readonly controls: readonly string[];
  readonly fgi: readonly string[];
  /** `null` for no restriction. */
  readonly audience: readonly string[] | null;
  readonly displayOnly: readonly string[];
}

/** What the reader needs to know about codes; the test supplies it, so that both readers use one dated table. */
export interface CodeFacts {
  readonly isNation: (code: string) => boolean;
  readonly isOrganisation: (code: string) => boolean;
  readonly members: (codes: readonly string[]) => readonly string[];
}

const alternatives = (words: readonly string[]) =>
  words.map((word) => word.replace(/[-/]/g, '\\$&')).join('|');

const ABBREVIATE: readonly (readonly [title: string, short: string])[] = [
  ['RISK SENSITIVE', 'RSEN'],
  ['FOR OFFICIAL USE ONLY', 'FOUO'],
  ['ORIGINATOR CONTROLLED-USGOV', 'ORCON-USGOV'],
  ['ORIGINATOR CONTROLLED', 'ORCON'],
  ['CONTROLLED IMAGERY', 'IMCON'],
  ['NOT RELEASABLE TO FOREIGN NATIONALS', 'NOFORN'],
  ['CAUTION-PROPRIETARY INFORMATION INVOLVED', 'PROPIN'],
  ['RELEASABLE BY INFORMATION DISCLOSURE OFFICIAL', 'RELIDO'],
  ['FOREIGN INTELLIGENCE SURVEILLANCE ACT', 'FISA'],
  ['LIMITED DISTRIBUTION', 'LIMDIS'],
  ['EXCLUSIVE DISTRIBUTION', 'EXDIS'],
  ['NO DISTRIBUTION', 'NODIS'],
  ['SENSITIVE BUT UNCLASSIFIED NOFORN', 'SBU NOFORN'],
  ['SENSITIVE BUT UNCLASSIFIED', 'SBU'],
  ['LAW ENFORCEMENT SENSITIVE NOFORN', 'LES NOFORN'],
  ['LAW ENFORCEMENT SENSITIVE', 'LES'],
  ['SENSITIVE SECURITY INFORMATION', 'SSI'],
];
const IC_ORDER = [
  'RSEN',
  'FOUO',
  'ORCON',
  'ORCON-USGOV',
  'IMCON',
  'NOFORN',
  'PROPIN',
  'REL',
  'RELIDO',
  'DEA SENSITIVE',
  'FISA',
  'DISPLAY',
];
const NON_IC_ORDER = ['LIMDIS', 'EXDIS', 'NODIS', 'SBU', 'SBU NOFORN', 'LES', 'LES NOFORN', 'SSI'];
const IC_WORDS = [
  ...IC_ORDER.filter((word) => word !== 'REL' && word !== 'DISPLAY'),
  ...ABBREVIATE.slice(0, 9).map(([title]) => title),
];
const NON_IC_WORDS = [...NON_IC_ORDER, ...ABBREVIATE.slice(9).map(([title]) => title)];

const CODE = '[A-Z]{2,4}';
const LIST = `${CODE}(?:, ${CODE})*`;
const SUB = '(?: [A-Z0-9]{1,6})*';
const HCS = `HCS(?:-O)?(?:-P${SUB})?`;
const SI = `SI(?:-(?:GAMMA|G)(?: [A-Z]{4})*|-(?:ECRU|NONBOOK)|-[A-Z]{2,3}${SUB})*`;
const TK = `(?:TALENT KEYHOLE|TK)(?:-(?:BLUEFISH|BLFH|IDITAROD|IDIT|KANDIK|KAND)${SUB})*`;
const RSV = '(?:RESERVE|RSV)(?:-[A-Z0-9]{3})+';
const SYSTEM = `(?:${HCS}|${RSV}|${SI}|${TK})`;
const WORD = '[A-Z0-9]{1,32}';
const PROGRAM = `${WORD}(?: ${WORD})*(?:-${WORD}(?: ${WORD})*)*`;
const SIGMA = '-SIGMA(?: (?:14|15|18|20))+';
const AEA = `(?:(?:RESTRICTED DATA|RD)(?:-(?:CNWDI|CRITICAL NUCLEAR WEAPON DESIGN INFORMATION))?(?:${SIGMA})?|(?:FORMERLY RESTRICTED DATA|FRD)(?:${SIGMA})?|(?:DOD|DOE) (?:UCNI|UNCLASSIFIED CONTROLLED NUCLEAR INFORMATION)|TFNI|TRANSCLASSIFIED FOREIGN NUCLEAR INFORMATION|ATOMAL)`;
const IC = `(?:(?:REL TO|AUTHORIZED FOR RELEASE TO) USA, ${LIST}|DISPLAY ONLY ${LIST}|${alternatives(IC_WORDS)})`;
const NON_IC = `(?:${alternatives([...NON_IC_WORDS].sort((a, b) => b.length - a.length))})`;
const US_LEVEL = 'TOP SECRET|SECRET|CONFIDENTIAL|UNCLASSIFIED';
const LINE = new RegExp(
  [
    `^(?:(?<us>${US_LEVEL})`,
    `|//JOINT (?<joint>${US_LEVEL}) (?<jointOwners>${CODE}(?: ${CODE})+)`,
    '|//(?<nato>COSMIC TOP SECRET|NATO (?:ISAF )?(?:SECRET|CONFIDENTIAL|RESTRICTED|UNCLASSIFIED))',
    `|//(?<owners>FGI|${CODE}(?: ${CODE})*?) (?<foreign>${US_LEVEL}|RESTRICTED))`,
    `(?://(?<sci>${SYSTEM}(?:/${SYSTEM})*))?`,
    `(?://(?:SAR|SPECIAL ACCESS REQUIRED)-(?<sap>${PROGRAM}(?:/${PROGRAM})*))?`,
    '(?://(?<natoSap>BALK/BOHEMIA|BALK|BOHEMIA))?',
    `(?://(?<aea>${AEA}(?:/${AEA})*))?`,
    `(?://(?:FGI|FOREIGN GOVERNMENT INFORMATION)(?<fgi>(?: ${CODE})*))?`,
    `(?://(?<ic>${IC}(?:/${IC})*))?`,
    `(?://(?<nonIc>${NON_IC}(?:/${NON_IC})*))?$`,
  ].join(''),
);

const RANKS: Readonly<Record<string, number>> = {
  UNCLASSIFIED: 0,
  RESTRICTED: 1,
  CONFIDENTIAL: 2,
  SECRET: 3,
  'TOP SECRET': 4,
};
const NOT_A_NAME = new Set(
  (
    'TS SECRET TOP CONFIDENTIAL UNCLASSIFIED RESTRICTED COSMIC NATO CTS NS NC NR NU RSEN RS FOUO ORCON OC OC-USGOV USGOV IMCON IMC ' +
    'NOFORN NOFORM NF PROPIN PR RELIDO DSEN FISA LIMDIS DS EXDIS XD NODIS ND SBU SBU-NF LES LES-NF SSI RD FRD TFNI DCNI ' +
    'UCNI ATOMAL BALK BOHEMIA HCS SI TK RSV RESERVE CNWDI SIGMA SG FGI JOINT REL RELTO SAR SAP CUI EYES ONLY USA ' +
    'DISPLAY MULTIPLE'
  )
    .split(' ')
    .filter((word) => word !== 'TOP'),
);
const PHRASES = [
  'DEA SENSITIVE',
  'DISPLAY ONLY',
  'RISK SENSITIVE',
  'CONTROLLED IMAGERY',
  'RESTRICTED DATA',
  'TALENT KEYHOLE',
  'NO DISTRIBUTION',
  'LIMITED DISTRIBUTION',
  'EXCLUSIVE DISTRIBUTION',
  'ORIGINATOR CONTROLLED',
  'TOP SECRET',
  'REL TO',
  'AUTHORIZED FOR RELEASE TO',
  'SENSITIVE BUT UNCLASSIFIED',
  'LAW ENFORCEMENT SENSITIVE',
  'SENSITIVE SECURITY INFORMATION',
];

const ascending = (names: readonly string[]) =>
  names.every((name, index) => index === 0 || (names[index - 1] ?? '') < name);
const shorten = (item: string) => ABBREVIATE.find(([title]) => title === item)?.[1] ?? item;

/** Reads a banner, or returns `undefined`: this reader gives no reasons. */
export function secondReading(text: string, codes: CodeFacts): SecondReading | undefined {
  if (text.length > 1024) return undefined;
  const match = LINE.exec(text)?.groups;
  if (match === undefined) return undefined;
  const known = (list: readonly string[]) =>
    list.every((code) => codes.isNation(code) || codes.isOrganisation(code));
  const sortedCodes = (list: readonly string[]) =>
    known(list) && ascending(list.map((code) => (codes.isNation(code) ? `0${code}` : `1${code}`)));

  // Heads
  const level =
    match['us'] ??
    match['joint'] ??
    match['foreign'] ??
    (match['nato'] ?? '').replace('COSMIC ', '').replace(/^NATO (?:ISAF )?/, '');
  const rank = RANKS[level] ?? -1;
  const owners =
    match['jointOwners']?.split(' ') ??
    (match['owners'] === 'FGI' ? [] : match['owners']?.split(' ')) ??
    (match['nato'] ? ['NATO'] : ['USA']);
  const isJoint = match['joint'] !== undefined;
  const isForeign = match['owners'] !== undefined;
  const isNato = match['nato'] !== undefined;
  if (isJoint && (!sortedCodes(owners) || !owners.includes('USA'))) return undefined;
  if (isForeign && (!sortedCodes(owners) || owners.includes('USA') || owners.includes('NATO')))
    return undefined;

  // Trees
  const tree = (segment: string | undefined, rename: (name: string, parent: string) => string) =>
    (segment?.split('/') ?? []).map((item) => {
      const [name = '', ...rest] = item.split('-');
      const root = rename(name, '');
      return {
        root,
        compartments: rest.map((part) => {
          const [head = '', ...subs] = part.split(' ');
          return { name: rename(head, root), subs };
        }),
      };
    });
  const SHORT: Readonly<Record<string, string>> = {
    'TALENT KEYHOLE': 'TK',
    RESERVE: 'RSV',
    GAMMA: 'G',
    ECRU: 'EU',
    NONBOOK: 'NK',
    BLUEFISH: 'BLFH',
    IDITAROD: 'IDIT',
    KANDIK: 'KAND',
  };
  const sci = tree(match['sci'], (name) => SHORT[name] ?? name);
  const sap = tree(match['sap'], (name) => name);
  for (const list of [sci, sap]) {
    if (!ascending(list.map((system) => system.root))) return undefined;
    for (const system of list) {
      if (!ascending(system.compartments.map((compartment) => compartment.name))) return undefined;
      for (const { name, subs } of system.compartments) {
        if (!ascending(subs)) return undefined;
        if (list === sci && (name === 'EU' || name === 'NK' || name === 'O') && subs.length > 0)
          return undefined;
        if (list === sci && name === 'ECI') return undefined;
        if (list === sci && name === 'EL') return undefined;
        if (list === sci && name === 'NC') return undefined;
        if (subs.some((sub) => NOT_A_NAME.has(sub))) return undefined;
        if ((list === sap || system.root === 'SI' || system.root === 'RSV') && NOT_A_NAME.has(name))
          return undefined;
        if (list === sci && RETIRED_COMPARTMENTS.has(name)) return undefined;
      }
    }
  }
  if (sci.some(({ root, compartments }) => (root === 'HCS' || root === 'RSV') && compartments.length === 0))
    return undefined;
  for (const { root } of sap) {
    if (root.length < 2 || root === 'MULTIPLE PROGRAMS' || PHRASES.includes(root) || isTitle(root))
      return undefined;
    if (root.split(' ').some((word) => NOT_A_NAME.has(word))) return undefined;
  }

  // Flat lists
  const ic = (match['ic'] === undefined ? [] : splitOutsideLists(match['ic'])).map((item) => {
    const rel = /^(?:REL TO|AUTHORIZED FOR RELEASE TO) (.*)$/.exec(item)?.[1];
    const display = /^DISPLAY ONLY (.*)$/.exec(item)?.[1];
    return {
      id: rel ? 'REL' : display ? 'DISPLAY' : shorten(item),
      codes: (rel ?? display ?? '').split(', ').filter((code) => code !== ''),
    };
  });
  const nonIc = (match['nonIc']?.split('/') ?? []).map(shorten);
  const places = (items: readonly string[], order: readonly string[]) =>
    items.map((item) => order.indexOf(item));
  const rising = (numbers: readonly number[]) =>
    numbers.every((number, index) => index === 0 || (numbers[index - 1] ?? -1) < number);
  if (
    !rising(
      places(
        ic.map((item) => item.id),
        IC_ORDER,
      ),
    ) ||
    !rising(places(nonIc, NON_IC_ORDER))
  )
    return undefined;
  const rel = ic.find((item) => item.id === 'REL')?.codes;
  const display = ic.find((item) => item.id === 'DISPLAY')?.codes ?? [];
  if (rel && (rel.slice(1).includes('USA') || !sortedCodes(rel.slice(1)))) return undefined;
  if (display.includes('USA') || !sortedCodes(display)) return undefined;
  const fgi = match['fgi']?.split(' ').slice(1);
  if (fgi && (!sortedCodes(fgi) || fgi.includes('USA'))) return undefined;
  const aea = (match['aea']?.split('/') ?? []).map((item) =>
    item
      .replace('CRITICAL NUCLEAR WEAPON DESIGN INFORMATION', 'CNWDI')
      .replace('UNCLASSIFIED CONTROLLED NUCLEAR INFORMATION', 'UCNI')
      .replace('TRANSCLASSIFIED FOREIGN NUCLEAR INFORMATION', 'TFNI')
      .replace('FORMERLY RESTRICTED DATA', 'FRD')
      .replace('RESTRICTED DATA', 'RD'),
  );
  const aeaNames = aea.map((item) => item.split('-')[0] ?? '');
  if (!rising(places(aeaNames, ['RD', 'FRD', 'DOD UCNI', 'DOE UCNI', 'TFNI', 'ATOMAL']))) return undefined;
  if (aea.some((item) => !ascending(/SIGMA (.*)$/.exec(item)?.[1]?.split(' ') ?? []))) return undefined;

  // Rules over sets
  const has = (id: string) => ic.some((item) => item.id === id) || nonIc.includes(id);
  const nodes = [...sci, ...sap.map((system) => ({ ...system, root: `SAR-${system.root}` }))].flatMap(
    ({ root, compartments }) => [
      root,
      ...compartments.flatMap(({ name, subs }) => [
        `${root}-${name}`,
        ...subs.map((sub) => `${root}-${name} ${sub}`),
      ]),
    ],
  );
  const node = (pattern: RegExp) => nodes.some((candidate) => pattern.test(candidate));
  const noforn = has('NOFORN') || has('SBU NOFORN') || has('LES NOFORN');
  const natoQualified = match['natoSap'] !== undefined || aeaNames.includes('ATOMAL');
  const guarded = node(/^SI-G$/) || node(/^HCS-O$/) || node(/^HCS-P ./);
  const atomic = aeaNames.filter((name) => name === 'RD' || name === 'FRD' || name === 'TFNI').length;
  const covers = () => {
    const audience = [...(rel ?? []), ...codes.members(rel ?? [])];
    return codes.members(owners).every((owner) => audience.includes(owner));
  };
  const broken = [
    noforn && (has('REL') || has('RELIDO') || has('DISPLAY')),
    has('RELIDO') && (has('ORCON') || has('ORCON-USGOV') || has('DISPLAY')),
    has('ORCON') && has('ORCON-USGOV'),
    display.some((code) => rel?.includes(code)),
    (has('RSEN') || has('IMCON')) && rank < 3,
    (has('ORCON') || has('ORCON-USGOV')) && rank < 2,
    (has('FOUO') || has('LIMDIS') || has('SBU') || has('SBU NOFORN')) && rank > 0,
    has('FOUO') &&
      (nonIc.length > 0 || ic.some(({ id }) => !['FOUO', 'NOFORN', 'REL', 'RELIDO', 'DISPLAY'].includes(id))),
    sap.length > 0 && rank < 2,
    node(/^SI$/) && rank < 2,
    node(/^(HCS|TK|RSV)$/) && rank < 3,
    node(/^(SI-[A-Z]|TK-BLFH|HCS-P .)/) && rank < 4,
    node(/^(HCS|TK-)/) && !has('NOFORN'),
    guarded && (!has('ORCON') || has('ORCON-USGOV')),
    aeaNames.some((name) => name.endsWith('UCNI')) && rank > 0,
    aeaNames.some((name) => !name.endsWith('UCNI')) && rank < 2,
    aea.some((item) => /CNWDI|SIGMA/.test(item)) && rank < 3,
    atomic > 1,
    (has('EXDIS') || has('NODIS')) && !has('NOFORN'),
    has('EXDIS') && has('NODIS'),
    (has('EXDIS') || has('NODIS')) && (has('SBU') || has('SBU NOFORN')),
    has('SBU') && has('SBU NOFORN'),
    has('LES') && has('LES NOFORN'),
    has('NOFORN') && (has('SBU NOFORN') || has('LES NOFORN')),
    natoQualified && !isNato && !(fgi?.includes('NATO') ?? false),
    match['natoSap'] !== undefined && rank < 4,
    isJoint && (noforn || node(/^HCS$/) || !covers()),
    (isForeign || isNato) && fgi !== undefined,
    isNato && (noforn || has('RELIDO')),
  ];
  if (broken.some((rule) => rule === true)) return undefined;

  const sort = (values: readonly string[]) => [...new Set(values)].sort();
  const open =
    match['us'] === 'UNCLASSIFIED' &&
    fgi === undefined &&
    aea.length === 0 &&
    !has('RELIDO') &&
    !has('DISPLAY');
  return {
    level,
    owners: sort(owners),
    compartments: sort([
      ...nodes,
      ...(match['natoSap']?.split('/') ?? []),
      ...aea.flatMap((item) => {
        const [name = ''] = item.split('-');
        const sigmas = /SIGMA (.*)$/.exec(item)?.[1]?.split(' ') ?? [];
        return [
          name,
          ...(item.includes('CNWDI') ? [`${name}-CNWDI`] : []),
          ...sigmas.map((sigma) => `${name}-SIGMA ${sigma}`),
        ];
      }),
      ...(match['nato']?.includes(' ISAF ') ? ['NATO ISAF'] : []),
      ...([...owners, ...(fgi ?? [])].includes('NATO') ? ['NATO'] : []),
    ]),
    controls: sort([
      ...ic.map(({ id }) => id).filter((id) => !['NOFORN', 'REL', 'RELIDO', 'DISPLAY'].includes(id)),
      ...(has('ORCON-USGOV') ? ['ORCON'] : []),
      ...nonIc.map((id) => id.replace(' NOFORN', '')),
    ]),
    fgi: sort(fgi === undefined ? [] : fgi.length === 0 ? ['FGI'] : fgi),
    audience: noforn ? ['USA'] : rel ? sort(codes.members(rel)) : open ? null : ['USA'],
    displayOnly: sort(display),
  };
}

const RETIRED_COMPARTMENTS = new Set([
  'COMINT',
  'ECI',
  'EL',
  'ENDSEAL',
  'KDK',
  'KLONDIKE',
  'EYES',
  'MR',
  'NSA',
  'NCA',
  'NC',
]);

function isTitle(name: string): boolean {
  return ABBREVIATE.some(([title, short]) => title === name || short === name);
}

/** A release list contains no slash, so a plain split is enough; named for what it must not break. */
function splitOutsideLists(segment: string): readonly string[] {
  return segment.split('/');
}
