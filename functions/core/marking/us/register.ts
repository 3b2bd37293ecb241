/**
 * The public register of US markings: *IC Markings System Register and Manual*, 31 Dec 2016, UNCLASSIFIED,
 * released by ODNI under FOIA DF-2019-00061 ("MAN"), Table 4 (pp36-38). Closed lists in register order: what is
 * not here is refused (MAN §B.5 p23 asks systems to reject information not marked in accordance with it).
 */

/** Where a marking stands: over a whole document, or before one part of it. */
export type Form = 'banner' | 'portion';

/** US levels, and RESTRICTED, which only a foreign owner has (MAN §H.3 p56; ISM-ID-00040). */
export type UsLevel = 'TOP SECRET' | 'SECRET' | 'CONFIDENTIAL' | 'RESTRICTED' | 'UNCLASSIFIED';

/** An entry of the register of US markings, with its spellings. */
export interface Entry<Id extends string> {
  readonly id: Id;
  /** Authorised spellings in a banner: the marking title, then the abbreviation. The last one is canonical. */
  readonly banner: readonly [string, ...string[]];
  readonly portion: string;
}

export const LEVELS = [
  { id: 'TOP SECRET', banner: ['TOP SECRET'], portion: 'TS' },
  { id: 'SECRET', banner: ['SECRET'], portion: 'S' },
  { id: 'CONFIDENTIAL', banner: ['CONFIDENTIAL'], portion: 'C' },
  { id: 'RESTRICTED', banner: ['RESTRICTED'], portion: 'R' },
  { id: 'UNCLASSIFIED', banner: ['UNCLASSIFIED'], portion: 'U' },
] as const satisfies readonly Entry<UsLevel>[];

/** MAN Appendix B levels as Table 4 lists them. Each stands at the US level of the same name. */
export const NATO_LEVELS = [
  { id: 'TOP SECRET', banner: ['COSMIC TOP SECRET'], portion: 'CTS' },
  { id: 'SECRET', banner: ['NATO SECRET'], portion: 'NS' },
  { id: 'CONFIDENTIAL', banner: ['NATO CONFIDENTIAL'], portion: 'NC' },
  { id: 'RESTRICTED', banner: ['NATO RESTRICTED'], portion: 'NR' },
  { id: 'UNCLASSIFIED', banner: ['NATO UNCLASSIFIED'], portion: 'NU' },
] as const satisfies readonly Entry<UsLevel>[];

/** Category 8, in register order. The lists of REL TO and DISPLAY ONLY follow the spelling after one space. */
export const IC_CONTROLS = [
  { id: 'RSEN', banner: ['RISK SENSITIVE', 'RSEN'], portion: 'RS' },
  { id: 'FOUO', banner: ['FOR OFFICIAL USE ONLY', 'FOUO'], portion: 'FOUO' },
  { id: 'ORCON', banner: ['ORIGINATOR CONTROLLED', 'ORCON'], portion: 'OC' },
  { id: 'ORCON-USGOV', banner: ['ORIGINATOR CONTROLLED-USGOV', 'ORCON-USGOV'], portion: 'OC-USGOV' },
  { id: 'IMCON', banner: ['CONTROLLED IMAGERY', 'IMCON'], portion: 'IMC' },
  { id: 'NOFORN', banner: ['NOT RELEASABLE TO FOREIGN NATIONALS', 'NOFORN'], portion: 'NF' },
  { id: 'PROPIN', banner: ['CAUTION-PROPRIETARY INFORMATION INVOLVED', 'PROPIN'], portion: 'PR' },
  { id: 'REL TO', banner: ['AUTHORIZED FOR RELEASE TO', 'REL TO'], portion: 'REL TO' },
  {
    id: 'RELIDO',
    banner: ['RELEASABLE BY INFORMATION DISCLOSURE OFFICIAL', 'RELIDO'],
    portion: 'RELIDO',
  },
  { id: 'DEA SENSITIVE', banner: ['DEA SENSITIVE'], portion: 'DSEN' },
  { id: 'FISA', banner: ['FOREIGN INTELLIGENCE SURVEILLANCE ACT', 'FISA'], portion: 'FISA' },
  { id: 'DISPLAY ONLY', banner: ['DISPLAY ONLY'], portion: 'DISPLAY ONLY' },
] as const satisfies readonly Entry<string>[];

/** A dissemination control of the US intelligence community. */
export type IcControl = (typeof IC_CONTROLS)[number]['id'];

/** Category 9, in register order. */
export const NON_IC_CONTROLS = [
  { id: 'LIMDIS', banner: ['LIMITED DISTRIBUTION', 'LIMDIS'], portion: 'DS' },
  { id: 'EXDIS', banner: ['EXCLUSIVE DISTRIBUTION', 'EXDIS'], portion: 'XD' },
  { id: 'NODIS', banner: ['NO DISTRIBUTION', 'NODIS'], portion: 'ND' },
  { id: 'SBU', banner: ['SENSITIVE BUT UNCLASSIFIED', 'SBU'], portion: 'SBU' },
  { id: 'SBU NOFORN', banner: ['SENSITIVE BUT UNCLASSIFIED NOFORN', 'SBU NOFORN'], portion: 'SBU-NF' },
  { id: 'LES', banner: ['LAW ENFORCEMENT SENSITIVE', 'LES'], portion: 'LES' },
  { id: 'LES NOFORN', banner: ['LAW ENFORCEMENT SENSITIVE NOFORN', 'LES NOFORN'], portion: 'LES-NF' },
  { id: 'SSI', banner: ['SENSITIVE SECURITY INFORMATION', 'SSI'], portion: 'SSI' },
] as const satisfies readonly Entry<string>[];

/** A US dissemination control from outside the intelligence community. */
export type NonIcControl = (typeof NON_IC_CONTROLS)[number]['id'];

/** Category 6, in register order, with ATOMAL after the US markings (MAN p122). */
export const AEA_MARKINGS = [
  { id: 'RD', banner: ['RESTRICTED DATA', 'RD'], portion: 'RD' },
  { id: 'FRD', banner: ['FORMERLY RESTRICTED DATA', 'FRD'], portion: 'FRD' },
  {
    id: 'DOD UCNI',
    banner: ['DOD UNCLASSIFIED CONTROLLED NUCLEAR INFORMATION', 'DOD UCNI'],
    portion: 'DCNI',
  },
  {
    id: 'DOE UCNI',
    banner: ['DOE UNCLASSIFIED CONTROLLED NUCLEAR INFORMATION', 'DOE UCNI'],
    portion: 'UCNI',
  },
  { id: 'TFNI', banner: ['TRANSCLASSIFIED FOREIGN NUCLEAR INFORMATION', 'TFNI'], portion: 'TFNI' },
  { id: 'ATOMAL', banner: ['ATOMAL'], portion: 'ATOMAL' },
] as const satisfies readonly Entry<string>[];

/** A US marking under the Atomic Energy Act. */
export type AeaMarking = (typeof AEA_MARKINGS)[number]['id'];

/** Current SIGMA categories (MAN p108); 1-5 and 9-13 are obsolete. */
export const SIGMAS: readonly string[] = ['14', '15', '18', '20'];

/** NATO special access qualifiers, in the slot of category 5 (MAN p127). */
export const NATO_SAP = ['BALK', 'BOHEMIA'] as const;
/** A NATO special access programme, as US markings carry it. */
export type NatoSap = (typeof NATO_SAP)[number];

/** How the compartments of a control system may be spelled. */
interface CompartmentRule {
  /** Spellings in a banner (title, abbreviation) and the canonical name; absent for unpublished compartments. */
  readonly banner?: readonly [string, ...string[]];
  readonly id?: string;
  /** Sub-compartments: letters, or letters and digits, from min to max characters; absent if there are none. */
  readonly subs?: { readonly only: 'letters' | 'alphanumeric'; readonly min: number; readonly max: number };
}

/** A US control system for sensitive compartmented information. */
export interface ControlSystem extends Entry<string> {
  /** True where the system is never written without a compartment. */
  readonly needsCompartment: boolean;
  readonly compartments: readonly (CompartmentRule & { readonly id: string })[];
  /** Shape of compartments the register does not publish; absent where the published list is closed. */
  readonly unpublished?: CompartmentRule & {
    readonly shape: { readonly only: 'letters' | 'alphanumeric'; readonly min: number; readonly max: number };
  };
}

/**
 * Category 4. Only published systems: the register keeps others unpublished, and an unknown word in this slot is
 * how a reader that guesses comes to lose NOFORN (`SECRET//TK/NOFORN`). HCS alone is legacy (MAN p62).
 */
export const CONTROL_SYSTEMS: readonly ControlSystem[] = [
  {
    id: 'HCS',
    banner: ['HCS'],
    portion: 'HCS',
    needsCompartment: true,
    compartments: [
      { id: 'O', banner: ['O'] },
      { id: 'P', banner: ['P'], subs: { only: 'alphanumeric', min: 1, max: 6 } },
    ],
  },
  {
    id: 'RSV',
    banner: ['RESERVE', 'RSV'],
    portion: 'RSV',
    needsCompartment: true,
    compartments: [],
    unpublished: { shape: { only: 'alphanumeric', min: 3, max: 3 } },
  },
  {
    id: 'SI',
    banner: ['SI'],
    portion: 'SI',
    needsCompartment: false,
    compartments: [
      { id: 'EU', banner: ['ECRU', 'EU'] },
      { id: 'G', banner: ['GAMMA', 'G'], subs: { only: 'letters', min: 4, max: 4 } },
      { id: 'NK', banner: ['NONBOOK', 'NK'] },
    ],
    unpublished: {
      shape: { only: 'letters', min: 2, max: 3 },
      subs: { only: 'alphanumeric', min: 1, max: 6 },
    },
  },
  {
    id: 'TK',
    banner: ['TALENT KEYHOLE', 'TK'],
    portion: 'TK',
    needsCompartment: false,
    compartments: [
      { id: 'BLFH', banner: ['BLUEFISH', 'BLFH'], subs: { only: 'alphanumeric', min: 1, max: 6 } },
      { id: 'IDIT', banner: ['IDITAROD', 'IDIT'], subs: { only: 'alphanumeric', min: 1, max: 6 } },
      { id: 'KAND', banner: ['KANDIK', 'KAND'], subs: { only: 'alphanumeric', min: 1, max: 6 } },
    ],
  },
];

/** Words that were markings once and are refused with a reason of their own. */
export const RETIRED_WORDS: ReadonlySet<string> = new Set([
  // Control systems and their grouping words (MAN §H.4 pp74-98)
  'COMINT',
  'ECI',
  'EL',
  'ENDSEAL',
  'KDK',
  'KLONDIKE',
  // Release (MAN p157: EYES ONLY is rejected from 1 October 2017) and declassification in the banner (p192)
  'EYES',
  'EYES ONLY',
  'MR',
  'X1',
  'X2',
  'X3',
  'X4',
  'X5',
  'X6',
  'X7',
  'X8',
  'OADR',
  // Older atomic and dissemination words
  'N',
  'WNINTEL',
  'NOCONTRACT',
  'NC',
  'WARNING NOTICE',
  'SAMI',
  'SPECAT',
  'WAIVED',
  'ACCM',
  'RESTRICTED DATA-N',
  // NATO words written as one with their qualifier before December 2010 (MAN p192)
  'CTSA',
  'CTS-A',
  'CTS-B',
  'CTS-BALK',
  'NSA',
  'NSAT',
  'NCA',
  'NS-A',
  'NC-A',
]);

/** Spellings of an entry in one form, and the canonical one. */
export function spellings(entry: Entry<string>, form: Form): readonly string[] {
  return form === 'banner' ? entry.banner : [entry.portion];
}

export function canonicalSpelling(entry: Entry<string>, form: Form): string {
  return form === 'banner' ? (entry.banner.at(-1) ?? entry.banner[0]) : entry.portion;
}

/** Spelling → entry with its place in the register, for one form. */
export function vocabulary<Id extends string>(
  entries: readonly Entry<Id>[],
  form: Form,
): ReadonlyMap<string, { readonly id: Id; readonly order: number }> {
  return new Map(
    entries.flatMap((entry, order) =>
      spellings(entry, form).map((spelling) => [spelling, { id: entry.id, order }] as const),
    ),
  );
}
