/** Every word of the closed lists that go with a level, at every level: accepted exactly where the policy has it. */
import { describe, expect, it } from 'vitest';
import type { MarkingFormat } from '../../../functions/core/marking/formats.ts';
import { readMarking } from '../../../functions/core/marking/read.ts';

const on = '2026-01-01';

interface List {
  readonly format: MarkingFormat;
  readonly write: (level: string, word: string) => string;
  /** Lowest first, by letter. */
  readonly levels: Readonly<Record<string, string>>;
  /** Letters of the levels with which a word is accepted. */
  readonly words: Readonly<Record<string, string>>;
}

const all = (accepted: string, words: string) =>
  Object.fromEntries(words.split(',').map((word) => [word, accepted]));
const NATO = {
  U: 'NATO UNCLASSIFIED',
  R: 'NATO RESTRICTED',
  C: 'NATO CONFIDENTIAL',
  S: 'NATO SECRET',
  T: 'COSMIC TOP SECRET',
};
const AUS = {
  u: 'UNOFFICIAL',
  o: 'OFFICIAL',
  s: 'OFFICIAL:Sensitive',
  P: 'PROTECTED',
  S: 'SECRET',
  T: 'TOP-SECRET',
};
const UK = { o: 'OFFICIAL', s: 'OFFICIAL-SENSITIVE', S: 'SECRET', T: 'TOP SECRET' };

// biome-ignore format: one row a line
const LISTS: Readonly<Record<string, List>> = {
  'NATO sensitivities': {
    format: 'nato-text',
    write: (level, word) => `${level} ${word}`,
    levels: NATO,
    words: { ATOMAL: 'CST', BALK: 'T', BOHEMIA: 'T', CRYPTO: 'CST', SIOP: 'URCST', EXCLUSIVE: '' },
  },
  'NATO groups': {
    format: 'nato-text',
    write: (level, word) => `${level} Releasable to ${word}`,
    levels: NATO,
    words: { ...all('URCS', 'IP,KFOR,MD,RESOLUTE SUPPORT,Japan'), ...all('U', 'EAPC,ICI,ISAF,PARP,PATG,PFP'), ...all('', 'NATO,SFOR') },
  },
  'NATO groups alone': {
    format: 'nato-text',
    write: (level, word) => `${level} ${word} ONLY`,
    levels: NATO,
    words: { NATO: 'URCST', ...all('URCS', 'IP,KFOR,MD,RESOLUTE SUPPORT'), ...all('U', 'EAPC,ICI,ISAF,PARP,PATG,PFP') },
  },
  'NATO contexts': {
    format: 'nato-text',
    write: (level, word) => level.replace(/NATO|COSMIC/, `NATO/${word}`),
    levels: NATO,
    words: { ...all('URCS', 'EAPC,GEORGIA,IP,ISAF,KFOR,PFP,RESOLUTE SUPPORT,RUSSIA,UKRAINE'), SFOR: '' },
  },
  'NATO administration': {
    format: 'nato-text',
    write: (level, word) => `${level} - ${word}`,
    levels: NATO,
    words: { ...all('URCST', 'COMMERCIAL,MANAGEMENT,MEDICAL,PERSONAL,STAFF'), BUDGET: '' },
  },
  'Australian caveats': {
    format: 'aus-epms-subject',
    write: (level, word) => `[SEC=${level}, CAVEAT=${word}]`,
    levels: AUS,
    words: {
      ...all('PST', 'SH:ACCOUNTABLE-MATERIAL,SH:CABINET,SH:DELICATE-SOURCE,SH:ORCON,C:WORD'),
      ...all('sPST', 'SH:NATIONAL-CABINET,RI:AUSTEO,RI:AGAO,RI:REL AUS/NZL'),
      ...all('uosPST', 'FG:GBR'),
      ...all('', 'SH:EXCLUSIVE,RI:REL AUS,RI:REL CAN/GBR,RI:REL GBR/AUS,FG:AUS,FG:XXX,C:W,C:word'),
    },
  },
  'Australian access': {
    format: 'aus-epms-subject',
    write: (level, word) => `[SEC=${level}, ACCESS=${word}]`,
    levels: AUS,
    words: { ...all('sPST', 'Legal-Privilege,Legislative-Secrecy,Personal-Privacy'), Commercial: '' },
  },
  'Australian declassification': {
    format: 'aus-epms-subject',
    write: (level, word) => `[SEC=${level}, EXPIRES=2030-01-01, DOWNTO=${word}]`,
    levels: AUS,
    words: { UNOFFICIAL: 'osPST', OFFICIAL: 'sPST', 'OFFICIAL:Sensitive': 'PST', PROTECTED: 'ST', SECRET: 'T', 'TOP-SECRET': '' },
  },
  'British instructions': {
    format: 'uk-gsc',
    write: (level, word) => `${level} - ${word}`,
    levels: UK,
    words: {
      ...{ 'RECIPIENTS ONLY': 'sST', 'FOR PUBLIC RELEASE': 'o', 'HMG USE ONLY': 'os', EMBARGOED: 'osS' },
      ...all('os', 'COMMERCIAL,LOCSEN,PERSONAL,HR/MANAGEMENT,LEGAL,LEGAL PROFESSIONAL PRIVILEGE,LPP,MARKET SENSITIVE,PERSONAL DATA'),
      ...all('ST', 'UK EYES ONLY,FIVE EYES ONLY,UK/US EYES ONLY,UK / NZ EYES ONLY'),
      ...all('', 'US EYES ONLY,UK/GBR EYES ONLY,CANUKUS EYES ONLY,PERSONNEL'),
    },
  },
  'British descriptors of 2014': {
    format: 'uk-gsc',
    write: (level, word) => `${level} ${word}`,
    levels: UK,
    words: { ...all('s', 'COMMERCIAL,LOCSEN,PERSONAL'), LEGAL: '' },
  },
  'British release to the Union': {
    format: 'uk-gsc',
    write: (level, word) => `UK ${level} - ${word}`,
    levels: UK,
    words: { 'REL EU': 'osST', 'REL USA': '' },
  },
};

describe.each(Object.entries(LISTS))('%s', (_what, { format, write, levels, words }) => {
  it.each(Object.entries(words))('%s at %s', (word, expected) => {
    const accepted = Object.entries(levels).filter(
      ([, level]) => readMarking(write(level, word), { format, on }).ok,
    );
    expect(accepted.map(([letter]) => letter).join('')).toBe(expected);
  });
});

describe('ISM attributes that inform', () => {
  const reads = (more: object, classification = 'S') => {
    const attributes = { ownerProducer: 'USA', classification, disseminationControls: 'NF', ...more };
    const result = readMarking(attributes, { format: 'ism-attrs', on });
    return result.ok ? 'read' : result.errors[0].code;
  };
  // By what each may say: anything, anything about what is classified, a flag, a day, a day about what is classified.
  const ANYTHING =
    'DESVersion,ISMCATCESVersion,compilationReason,exemptFrom,noticeType,noticeReason,unregisteredNoticeType,pocType,cuiControlledBy,cuiControlledByOffice,cuiDecontrolEvent,cuiPOC';
  const CLASSIFIED =
    'classifiedBy,classificationReason,derivativelyClassifiedBy,derivedFrom,declassEvent,declassException';
  const FLAGS = 'resourceElement,excludeFromRollup,externalNotice,noAggregation,hasApproximateMarkings';
  const DATES = 'createDate,noticeDate,cuiDecontrolDate,declassDate';
  const ROWS = Object.entries({ ANYTHING, CLASSIFIED, FLAGS, DATES }).flatMap(([kind, names]) =>
    names.split(',').map((name) => [name, kind] as const),
  );
  const bad = 'MALFORMED_ATTRIBUTE';
  // Of a word, a flag that is set, a day, no day, and the word about what is not classified.
  const SAID: Readonly<Record<string, readonly string[]>> = {
    ANYTHING: ['read', 'read', 'read', 'read', 'read'],
    CLASSIFIED: ['read', 'read', 'read', 'read', 'UNCLASSIFIED_ONLY'],
    FLAGS: [bad, 'read', bad, bad, bad],
    DATES: ['INVALID_DATE', 'INVALID_DATE', 'read', 'INVALID_DATE', 'INVALID_DATE'],
  };
  it.each(ROWS)('%s is of %s', (name, kind) => {
    const said = ['word', 'true', '2020-01-31', '2020-02-30'].map((value) => reads({ [name]: value }));
    const approximate = name === 'hasApproximateMarkings' ? 'APPROXIMATE' : 'read';
    expect([...said, reads({ [name]: 'word' }, 'U')]).toEqual(
      (SAID[kind] ?? []).map((code, i) => (i === 1 && kind === 'FLAGS' ? approximate : code)),
    );
  });

  it.each([
    ['USGov USIC USDOD OtherAuthority', 'read'],
    ['USA-CUI', 'read'],
    ['USA-CUI-ONLY', 'CUI_ONLY'],
    ['USIC Atlantis', 'UNKNOWN_ATTRIBUTE'],
  ])('compliesWith %s: %s', (compliesWith, expected) => {
    expect(reads({ compliesWith })).toBe(expected);
  });

  it.each([
    [{ declassDate: '2030-01-01' }, 'UNCLASSIFIED_ONLY'],
    [{ ownerProducer: 'USA ' }, 'STRAY_SPACE'],
    [{ ownerProducer: ' ' }, bad],
    [{ ownerProducer: 1 }, bad],
    [{ classifiedBy: 'x'.repeat(1024) }, 'UNCLASSIFIED_ONLY'],
    [{ classifiedBy: 'x'.repeat(1025) }, 'TOO_LONG'],
  ])('%j: %s', (more, expected) => {
    expect(reads(more, 'U')).toBe(expected);
  });
});
