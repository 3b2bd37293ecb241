/** What a stop takes away: every network and every marking of which something is permitted now. */
import { expect, it } from 'vitest';
import { lossesBetween } from '../../../functions/core/administration/losses.ts';
import { base, hold, NOW, withFacts } from './small-registry.ts';

/** All that are accredited up to SECRET and released to the United States, whoever else they may be told apart by. */
const MARKINGS = [
  'US CONFIDENTIAL',
  'US CONFIDENTIAL//NOFORN',
  'US RESTRICTED',
  'US RESTRICTED//NOFORN',
  'US SECRET',
  'US SECRET//NOFORN',
  'US UNCLASSIFIED',
  'US UNCLASSIFIED//NOFORN',
];

it('is told by every marking, also of those that are answered alike', () => {
  const after = withFacts(hold('one', { network: 'net-one' }));
  const change = { before: base(), after, touched: ['hold/one'] };
  expect(lossesBetween(change, NOW, () => true)).toEqual({
    networks: { permitted: 1, lost: ['net-one'] },
    markings: { permitted: 8, lost: MARKINGS },
    complete: true,
  });
});
