import type { Operation } from '../core/administration/change.ts';
import { BEFORE_EVERYTHING } from '../core/administration/polarity.ts';
import { factDigest } from '../core/facts/canonical.ts';
import type { RawFact } from '../core/facts/view.ts';
import { diff } from '../store/history.ts';
import { readBody, rollbackBody } from './bodies.ts';
import { nameOf } from './caller.ts';
import type { Call, RegistryContext, Reply } from './context.ts';
import { fileProposal } from './propose.ts';
import { Refusal } from './refusal.ts';

/**
 * Proposes the facts of an earlier version again, as a change against HEAD: history only grows, and every fact that
 * comes back or goes is authorised, simulated and approved like any other.
 */
export async function rollback(context: RegistryContext, call: Call): Promise<Reply> {
  const { version, reason, salt, signed } = readBody(rollbackBody, call.body());
  const head = await context.reader.open({}, call.signal);
  const target = await context.reader.open({ exact: version }, call.signal);
  const citation = `Rolled back to version ${version}, proposed by ${nameOf(call.caller)}`;
  const changes: Operation[] = [];
  for await (const { key, before, after } of diff(head, target, 'facts')) {
    const [now, then] = [before as RawFact | undefined, after as RawFact | undefined];
    if (then === undefined && now !== undefined) {
      const ending = [{ citation, verified: true }];
      changes.push({ op: 'end', key, on: BEFORE_EVERYTHING, ending, was: factDigest(now) });
    } else if (then !== undefined) {
      changes.push(
        now === undefined ? { op: 'add', fact: then } : { op: 'replace', fact: then, was: factDigest(now) },
      );
    }
  }
  if (changes.length === 0)
    throw new Refusal('PROPOSAL_INVALID', 'that version has the facts there are now', { path: '/version' });
  changes.sort((a, b) => (sortKey(a) < sortKey(b) ? -1 : 1));
  const asked = { kind: 'rollback', reason, salt, version } as const;
  const parts = { kind: 'rollback', reason, salt, signed, asked } as const;
  return fileProposal(context, call, { ...parts, head, changes, rollbackTo: version });
}

function sortKey(change: Operation): string {
  return change.op === 'end' ? change.key : `${String(change.fact['kind'])}/${String(change.fact['id'])}`;
}
