/**
 * Limited dissemination controls of the CUI Registry (archives.gov/cui/registry/limited-dissemination), and AC and
 * AWP, which exist for privileged information (ISM-ID-00507). Banner and portion spellings.
 */
export const CUI_CONTROLS = [
  { banner: 'AC', portion: 'AC' },
  { banner: 'AWP', portion: 'AWP' },
  { banner: 'DL ONLY', portion: 'DL ONLY' },
  { banner: 'FED ONLY', portion: 'FED ONLY' },
  { banner: 'FEDCON', portion: 'FEDCON' },
  { banner: 'NOCON', portion: 'NOCON' },
  { banner: 'NOFORN', portion: 'NF' },
] as const;

/** Keep it inside the federal government. */
const FEDERAL: ReadonlySet<string> = new Set(['FED ONLY', 'FEDCON']);

/**
 * Who may receive CUI under these controls, each by its banner spelling: nobody abroad whom no list names, and
 * nobody abroad at all where it stays inside the federal government.
 *
 * @param listed what the rest of the marking says, `null` for no restriction
 */
export function cuiAudience(
  controls: readonly string[],
  listed: readonly string[] | null,
): readonly string[] | null {
  if (controls.some((control) => FEDERAL.has(control)))
    return listed === null ? ['USA'] : listed.filter((code) => code === 'USA');
  return listed === null && controls.length > 0 ? ['USA'] : listed;
}

/**
 * Category markings of the CUI Registry (archives.gov/cui/registry/category-marking-list), without the SP- prefix,
 * by index grouping. A category that is not listed here is refused until it is added with its registry page.
 */
const GROUPS = {
  'Critical infrastructure': 'CEII CRIT CRITAN CVI EMGT ISVI PCII PHYS SAFE TSCA WATER',
  Defense: 'CTI DCNI DCRIT NNPI PSI',
  'Export control': 'EXPT EXPTR',
  Financial: 'BUDG FNC FSEC FSI MERG NETW RTR',
  Immigration: 'ASYL BATT VISA',
  Intelligence: 'AG FISA FISAB GEO INTEL OPSEC',
  'International agreements': 'INTL',
  'Law enforcement': 'AIV CFUND CHRI CSUB DNA INF INV JUV LCOMM LEI LFNC LSCRN NSL RWRD WHSTL',
  Legal: 'ADPO BARG JURY LMI LPROT LVIC PRE PRIVILEGE',
  'Natural and cultural resources': 'ARCHR HISTP NPSR',
  Nuclear: 'NUC SGI SRI UCNI',
  Patent: 'APP INVENT PSEC',
  Privacy: 'CMPRS CONTRACT DREC GENETIC HLTH MIL PERS PRIIG PRVCY STUD',
  'Procurement and acquisition': 'PROCURE SBIZ SSEL',
  'Proprietary business information': 'MFC PROPIN',
  Statistical: 'CENS STAT',
  Tax: 'TAX WDT',
  Transportation: 'RAIL SSI',
} as const;

export const CUI_CATEGORIES: ReadonlySet<string> = new Set(
  Object.values(GROUPS).flatMap((names) => names.split(' ')),
);
