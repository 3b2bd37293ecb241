/**
 * Policies of public test data (the OpenTDF projects), named by UUID. Their ladder is that of the samples, their
 * values are lower-case codes. Nothing is accredited for such a frame, so a label of one is readable and never
 * routable.
 */
export const SAMPLE_POLICIES: ReadonlySet<string> = new Set([
  '62c76c68-d73d-4628-8ccc-4c1e18118c22',
  '2ccf11cb-6c9a-4e49-9746-a7f0a295945d',
]);
export const SAMPLE_LADDER: readonly string[] = [
  'UNCLASSIFIED',
  'RESTRICTED',
  'CONFIDENTIAL',
  'SECRET',
  'TOP SECRET',
];
export const SAMPLE_FRAME = 'stanag-sample:';
