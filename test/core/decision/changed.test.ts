/** What an answer notes where what was judged has changed since, of whatever it was a judgement. */
import { expect, it } from 'vitest';
import type { Reason } from '../../../functions/core/decision/reasons.ts';
import { digestOf } from '../../../functions/core/facts/canonical.ts';
import { decideOver, type Question } from './ask.ts';
import { all, type Change, instead, plus } from './changes.ts';
import { accreditation, FACTS, protection } from './facts.ts';

const judged = digestOf(Buffer.from('something else'));
const TUNNELLED: Question = { protection: 'tunnel' };
const tunnel = plus(
  protection({ id: 'tunnel' }),
  accreditation({ id: 'tunnel-accredited', subject: { protection: 'tunnel' }, judged }),
);
const ended = { valid: { from: '2019-01-01', to: '2024-06-01', zone: 'UTC' } } as const;

const ROWS: readonly [string, Change, readonly Partial<Reason>[], Question?][] = [
  ['nothing', (facts) => facts, []],
  [
    'a network that was accredited',
    instead('accreditation', 'net-a-accredited', { judged }),
    [{ fact: 'accreditation/net-a-accredited', hop: 0 }],
  ],
  [
    'a network that was assessed',
    instead('assessment', 'net-a-assessed', { judged }),
    [{ fact: 'assessment/net-a-assessed', hop: 0 }],
  ],
  [
    'a vendor',
    instead('assessment', 'maker-a-assessed', { judged }),
    [{ fact: 'assessment/maker-a-assessed', vendor: 'maker-a' }],
  ],
  ['a tunnel', tunnel, [{ fact: 'accreditation/tunnel-accredited' }], TUNNELLED],
  ['a judgement that has ended', instead('assessment', 'net-a-assessed', { judged, ...ended }), []],
  [
    'all of them',
    all(
      tunnel,
      instead('assessment', 'net-a-assessed', { judged }),
      instead('assessment', 'maker-a-assessed', { judged }),
    ),
    [
      { fact: 'assessment/net-a-assessed', hop: 0 },
      { fact: 'assessment/maker-a-assessed', vendor: 'maker-a' },
      { fact: 'accreditation/tunnel-accredited' },
    ],
    TUNNELLED,
  ],
];

it.each(ROWS)('%s has changed', (_, change, notes, question) => {
  const told = decideOver(change(FACTS), question).notes.filter((n) => n.code === 'CHANGED_SINCE_JUDGED');
  expect(told).toEqual(notes.map((n) => ({ code: 'CHANGED_SINCE_JUDGED', ...n })));
});
