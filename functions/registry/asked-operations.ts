import type { Operation } from '../core/administration/change.ts';
import {
  askedIn,
  CLOCK_TOLERANCE_MS,
  contentOf,
  type SignedContent,
} from '../core/administration/statement.ts';
import { canonicalText, digestOf } from '../core/facts/canonical.ts';
import type { RegistryContext } from './context.ts';
import { liftOf } from './lift.ts';
import type { Proposal } from './proposal.ts';
import { bodyBytes, operationsOf } from './proposal-body.ts';
import { Refusal } from './refusal.ts';
import { undoTo } from './rollback.ts';
import { demandSaid } from './signatures.ts';

/**
 * The operations of a proposal, where they are those that its author's own signature asks for. What is stored may be
 * anybody's: of a change the signature names the operations, and those of a lift or a rollback follow from what it names.
 *
 * @throws Refusal SIGNATURE_INVALID, or RESULT_GONE where they were purged
 */
export async function askedOperations(
  context: RegistryContext,
  proposal: Proposal,
  signal: AbortSignal,
): Promise<readonly Operation[]> {
  const { author, signed } = proposal;
  const changes = await operationsOf(context, proposal, signal);
  const asked = askedIn(proposal);
  const isTheirs = asked !== undefined && author.key === signed.key;
  if (!isTheirs || !(await areAsked(context, proposal, asked, changes, signal)))
    throw new Refusal(
      'SIGNATURE_INVALID',
      'this is not what its author proposed, or not what it comes to any more: propose it again',
    );
  demandSaid(context, signed, 'propose', { content: contentOf(asked) });
  return changes;
}

async function areAsked(
  context: RegistryContext,
  { author, base, signed }: Proposal,
  asked: SignedContent,
  changes: readonly Operation[],
  signal: AbortSignal,
): Promise<boolean> {
  switch (asked.kind) {
    case 'change':
      return asked.changes === digestOf(bodyBytes(changes));
    case 'lift': {
      const [only] = changes;
      if (only?.op !== 'end') return false;
      const meant = Date.parse(only.on) - Date.parse(signed.statement.at);
      return Math.abs(meant) <= CLOCK_TOLERANCE_MS && isSame(changes, [liftOf(asked, author, only)]);
    }
    case 'rollback': {
      if (base === null) return false;
      const from = await context.reader.open({ exact: base.version }, signal);
      const head = await context.reader.open({}, signal);
      const { version, also, by } = asked;
      const { parts } = await undoTo(context, { from, head }, { version, also, author }, signal);
      return isSame(changes, parts.find((part) => part.by === by)?.changes ?? []);
    }
    case 'confirm':
    case 'purge':
      return false;
    default:
      return unknownKind(asked);
  }
}

function isSame(a: readonly Operation[], b: readonly Operation[]): boolean {
  const [given, wanted] = [a, b].map((changes) => canonicalText(changes));
  return given === wanted;
}

function unknownKind(asked: never): never {
  throw new Error(`nobody proposes this: ${String((asked as SignedContent).kind)}`);
}
