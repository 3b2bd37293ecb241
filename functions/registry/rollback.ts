import { keyOf, type Operation } from '../core/administration/change.ts';
import type { Person } from '../core/administration/person.ts';
import { BEFORE_EVERYTHING } from '../core/administration/polarity.ts';
import { factDigest } from '../core/facts/canonical.ts';
import type { RawFact } from '../core/facts/view.ts';
import { diff } from '../store/history.ts';
import type { ReplyTo } from './answers.ts';
import { readBody, rollbackBody } from './bodies.ts';
import { nameOf } from './caller.ts';
import type { Call, RegistryContext } from './context.ts';
import { fileProposal } from './propose.ts';
import { Refusal } from './refusal.ts';

/**
 * Proposes the facts of an earlier version again, as a change against HEAD: history only grows, and every fact that
 * comes back or goes is authorised, simulated and approved like any other.
 */
export async function rollback(context: RegistryContext, call: Call): Promise<ReplyTo<'rollback'>> {
  const { version, reason, salt, signed } = readBody(rollbackBody, call.body());
  const head = await context.reader.open({}, call.signal);
  const back = { from: head.version, to: version, author: call.caller };
  const changes = await wayBack(context, back, call.signal);
  if (changes.length === 0)
    throw new Refusal('PROPOSAL_INVALID', 'that version has the facts there are now', { path: '/version' });
  const asked = { kind: 'rollback', reason, salt, version } as const;
  return fileProposal(context, call, { kind: 'rollback', reason, salt, signed, asked, head, changes });
}

/** Between which versions a rollback goes, and who asked for it. */
export interface WayBack {
  readonly from: number | undefined;
  readonly to: number;
  readonly author: Person;
}

/** The operations that make the facts of one version those of an earlier one, in order of their keys. */
export async function wayBack(
  context: RegistryContext,
  { from, to, author }: WayBack,
  signal: AbortSignal,
): Promise<readonly Operation[]> {
  if (from === undefined) return [];
  const head = await context.reader.open({ exact: from }, signal);
  const target = await context.reader.open({ exact: to }, signal);
  const citation = `Rolled back to version ${to}, proposed by ${nameOf(author)}`;
  const changes: Operation[] = [];
  for await (const { key, before, after } of diff(head, target, 'facts')) {
    const [now, then] = [before as RawFact | undefined, after as RawFact | undefined];
    if (then === undefined && now !== undefined) {
      const ending = [{ citation, verified: true, primary: true }];
      changes.push({ op: 'end', key, on: BEFORE_EVERYTHING, ending, was: factDigest(now) });
    } else if (then !== undefined) {
      changes.push(
        now === undefined ? { op: 'add', fact: then } : { op: 'replace', fact: then, was: factDigest(now) },
      );
    }
  }
  return changes.sort((a, b) => ((keyOf(a) ?? '') < (keyOf(b) ?? '') ? -1 : 1));
}
