/**
 * An accreditation's audience holds every country that can reach what is carried: the network's jurisdiction, where
 * it runs, from where it is managed; the ends of a tunnel. It is the accreditor's statement about this network, so a
 * country left out means that one of the two is wrong.
 */

import type { Accreditation } from '../../facts/accreditation.ts';
import { reachOf } from '../../facts/network.ts';
import type { Check, CheckContext, JudgedFact } from './check.ts';

function reach(ctx: CheckContext, { fact: { subject } }: JudgedFact<Accreditation>): readonly string[] {
  if ('network' in subject) {
    const network = ctx.soundOf('network', subject.network);
    return network === undefined ? [] : reachOf(network.fact);
  }
  return ctx.soundOf('protection', subject.protection)?.fact.endpointCountries ?? [];
}

export const audience: Check = (ctx) =>
  ctx.judged('accreditation').flatMap((accreditation) => {
    const missing = reach(ctx, accreditation).filter((c) => !accreditation.fact.audience.includes(c));
    if (missing.length === 0) return [];
    const message = `the audience leaves out ${missing.join(', ')}, from where the subject can be reached`;
    return [{ key: accreditation.key, path: '/audience', message }];
  });
