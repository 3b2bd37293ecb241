/**
 * T5: what may not go may not go with a more sensitive label. Of labels that somebody speaks for: a mandate starts at
 * a level, and below it the answer is `not-applicable`, which a higher level leaves behind; an equivalence translates
 * one level and no other. Every mandate here starts at CONFIDENTIAL or OFFICIAL, and no equivalence is of these frames.
 */

import type { Label } from '../../functions/core/marking/label.ts';
import { levelRank } from '../../functions/core/marking/ladders.ts';
import { leq } from '../core/marking/leq.ts';
import { theorem } from './theorem.ts';

const with_ = (list: readonly string[], x: string) => [...new Set([...list, x])].sort();

/** The least steps up from a label, and one long one. */
function above(l: Label): readonly Label[] {
  const audience = l.audience ?? ['FRA', 'GBR', 'USA'];
  return [
    ...['SECRET', 'TOP SECRET'].map((level) => ({ ...l, level })),
    ...['SI', 'TK', 'HCS'].map((x) => ({ ...l, compartments: with_(l.compartments, x) })),
    ...['ORCON', 'PROPIN'].map((x) => ({ ...l, controls: with_(l.controls, x) })),
    ...['USA', 'GBR', 'FRA'].map((x) => ({ ...l, owners: with_(l.owners, x) })),
    { ...l, audience },
    ...audience.map((gone) => ({ ...l, audience: audience.filter((x) => x !== gone) })),
    { ...l, audience: [], level: 'TOP SECRET', compartments: with_(l.compartments, 'HCS') },
  ].filter((high) => leq(l, high));
}

theorem({
  name: 'T5',
  cases: 200,
  *violations(decide, { facts, question, permits }) {
    const { label } = question;
    const least = label.frame === 'US' ? 'CONFIDENTIAL' : 'OFFICIAL';
    if (permits || !((levelRank(label.frame, label.level) ?? -1) >= (levelRank(label.frame, least) ?? 0)))
      return;
    for (const high of above(label))
      if (decide(facts, { ...question, label: high }))
        yield `${JSON.stringify(high)} over ${JSON.stringify(label)}`;
  },
});
