/** Small changes, and digests written without the code that is tested. */
import { createHash } from 'node:crypto';
import type { Wire } from './rig.ts';

export const source = { citation: 'A test', verified: true };

/** An accreditation of a year far ahead, each of another one: two that say the same of the same time are refused. */
export function accreditation(id: string, year = 2036, more: object = {}): Wire {
  return {
    op: 'add',
    fact: {
      kind: 'accreditation',
      id,
      authority: 'us-accreditor',
      subject: { network: 'us-a' },
      carries: [{ frame: 'US', level: 'UNCLASSIFIED', compartments: [], controls: [] }],
      audience: ['USA'],
      valid: { from: `${year}-01-01`, to: `${year}-12-31`, zone: 'UTC' },
      sources: [source],
      ...more,
    },
  };
}

/** A vendor nobody uses: a change that costs a simulation nothing. */
export function vendor(id: string): Wire {
  const valid = { from: '2020-01-01', to: null, zone: 'UTC' };
  return {
    op: 'add',
    fact: { kind: 'vendor', id, name: 'A test', synthetic: true, ownedBy: [], valid, sources: [source] },
  };
}

export function digestOf(text: string): `sha256:${string}` {
  return `sha256:${createHash('sha256').update(text).digest('hex')}`;
}
