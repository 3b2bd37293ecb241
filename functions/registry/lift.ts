import { factDigest } from '../core/facts/canonical.ts';
import type { RawFact } from '../core/facts/view.ts';
import { liftBody, readBody } from './bodies.ts';
import { nameOf } from './caller.ts';
import { factsAt } from './change-staging.ts';
import { type Call, instantText, openHead, type RegistryContext, type Reply } from './context.ts';
import { fileProposal } from './propose.ts';
import { Refusal } from './refusal.ts';

/** Proposes to end a hold. It could permit, so it waits for a second person. */
export async function lift(context: RegistryContext, call: Call): Promise<Reply> {
  const { hold, reason, sources, salt, signed } = readBody(liftBody, call.body());
  const head = await openHead(context, call);
  const key = `hold/${hold}`;
  const fact = (await factsAt(context, head)).get(key) as RawFact | undefined;
  if (fact === undefined) throw new Refusal('NOT_FOUND', 'there is no hold of this id', { path: '/hold' });
  const ending = sources ?? [{ citation: `Lifting proposed by ${nameOf(call.caller)}`, verified: true }];
  const on = instantText(context.clock());
  const changes = [{ op: 'end', key, on, ending, was: factDigest(fact) }] as const;
  const asked = { kind: 'lift', reason, salt, hold, ...(sources !== undefined && { sources }) } as const;
  return fileProposal(context, call, { kind: 'lift', reason, salt, signed, head, changes, asked });
}
