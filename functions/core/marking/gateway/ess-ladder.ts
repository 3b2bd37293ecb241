/** Classifications of RFC 2634 §3.2 by number. The frame of such a label is its policy, `ess:1.1`. */
export const ESS_LADDER: readonly string[] = [
  'UNMARKED',
  'UNCLASSIFIED',
  'RESTRICTED',
  'CONFIDENTIAL',
  'SECRET',
  'TOP SECRET',
];
export const ESS_FRAME = 'ess:';
