import type { EndOperation } from '../core/administration/change.ts';
import type { Person } from '../core/administration/person.ts';
import type { SignedContent } from '../core/administration/statement.ts';
import { factDigest } from '../core/facts/canonical.ts';
import type { RawFact } from '../core/facts/view.ts';
import type { ReplyTo } from './answers.ts';
import { liftBody, readBody } from './bodies.ts';
import { nameOf } from './caller.ts';
import { factsAt } from './change-staging.ts';
import { type Call, instantText, openHead, type RegistryContext } from './context.ts';
import { fileProposal } from './propose.ts';
import { Refusal } from './refusal.ts';

/** Proposes to end a hold. It could permit, so it waits for a second person. */
export async function lift(context: RegistryContext, call: Call): Promise<ReplyTo<'lift'>> {
  const { hold, reason, sources, salt, signed } = readBody(liftBody, call.body());
  const head = await openHead(context, call);
  const key = `hold/${hold}`;
  const fact = (await factsAt(context, head)).get(key) as RawFact | undefined;
  if (fact === undefined) throw new Refusal('FACT_UNKNOWN', 'there is no hold of this id', { path: '/hold' });
  const asked = { kind: 'lift', reason, salt, hold, ...(sources !== undefined && { sources }) } as const;
  const on = instantText(context.clock());
  const changes = [liftOf(asked, call.caller, { on, was: factDigest(fact) })];
  return fileProposal(context, call, { kind: 'lift', reason, salt, signed, head, changes, asked });
}

/** What lifting comes to: the end of this hold, now, on the word of whoever asks where no source is named. */
export function liftOf(
  { hold, sources }: Extract<SignedContent, { readonly kind: 'lift' }>,
  author: Person,
  { on, was }: Pick<EndOperation, 'on' | 'was'>,
): EndOperation {
  const ending = sources ?? [
    { citation: `Lifting proposed by ${nameOf(author)}`, verified: true, primary: true },
  ];
  return { op: 'end', key: `hold/${hold}`, on, ending: ending as EndOperation['ending'], was };
}
