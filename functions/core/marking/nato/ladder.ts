/** A level of NATO information. */
export type NatoLevel = 'UNCLASSIFIED' | 'RESTRICTED' | 'CONFIDENTIAL' | 'SECRET' | 'TOP SECRET';

/** NATO levels, lowest first, without the words NATO and COSMIC (MAN Table 4; ADatP-4774). */
export const NATO_LADDER: readonly NatoLevel[] = [
  'UNCLASSIFIED',
  'RESTRICTED',
  'CONFIDENTIAL',
  'SECRET',
  'TOP SECRET',
];
