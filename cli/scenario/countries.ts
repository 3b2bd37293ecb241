/** Two-letter country codes as many texts write them; facts use three letters. Any other country is written with three. */
const ALPHA_3: Readonly<Record<string, string>> = {
  AT: 'AUT',
  AU: 'AUS',
  BE: 'BEL',
  BR: 'BRA',
  CA: 'CAN',
  CH: 'CHE',
  CN: 'CHN',
  CZ: 'CZE',
  DE: 'DEU',
  DK: 'DNK',
  EE: 'EST',
  ES: 'ESP',
  FI: 'FIN',
  FR: 'FRA',
  GB: 'GBR',
  GG: 'GGY',
  HK: 'HKG',
  IE: 'IRL',
  IN: 'IND',
  IT: 'ITA',
  JE: 'JEY',
  JP: 'JPN',
  KR: 'KOR',
  NL: 'NLD',
  NO: 'NOR',
  NZ: 'NZL',
  PL: 'POL',
  PT: 'PRT',
  RO: 'ROU',
  RU: 'RUS',
  SE: 'SWE',
  SG: 'SGP',
  TW: 'TWN',
  UA: 'UKR',
  US: 'USA',
};

/** The three-letter code, or `undefined` for two letters that are not in the table. */
export function alpha3(code: string): string | undefined {
  return code.length === 3 ? code : ALPHA_3[code];
}
