import type { Operation } from '../core/administration/change.ts';
import { hasEnded } from '../core/administration/ending.ts';
import { factDigest } from '../core/facts/canonical.ts';
import { actOrPreview, type LoneChange } from './act-alone.ts';
import type { ReplyTo } from './answers.ts';
import { readBody, revokeBody } from './bodies.ts';
import { nameOf } from './caller.ts';
import { type ActingContext, type Call, instantText } from './context.ts';
import { Refusal } from './refusal.ts';

/** Ends favourable facts now. One person may: fewer of them never permit more. */
export async function revoke(context: ActingContext, call: Call): Promise<ReplyTo<'revoke'>> {
  const { facts: keys, reason, sources, dryRun } = readBody(revokeBody, call.body());
  const unique = [...new Set(keys)];
  const now = context.clock();
  // Over for a decider whose clock is behind, too.
  const on = instantText(now - context.clockSkewMs);
  // Not the reason: it stands in the commit's note, from which it can be purged.
  const ending = sources ?? [
    { citation: `Revoked by ${nameOf(call.caller)}`, verified: true, primary: true },
  ];
  const change: LoneChange = {
    kind: 'revoke',
    reason,
    note: { facts: unique },
    changes: (facts) =>
      unique.flatMap((key, index): readonly Operation[] => {
        const fact = facts.get(key);
        if (fact === undefined)
          throw new Refusal('FACT_UNKNOWN', 'there is no such fact in the registry as it stands', {
            path: `/facts/${index}`,
          });
        return hasEnded(fact, now) ? [] : [{ op: 'end', key, on, ending, was: factDigest(fact) }];
      }),
  };
  return { status: 200, body: await actOrPreview(context, call, change, dryRun) };
}
