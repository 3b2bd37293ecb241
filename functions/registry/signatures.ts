import type { Person, Signatory } from '../core/administration/person.ts';
import {
  CLOCK_TOLERANCE_MS,
  isSignedAs,
  type OperationName,
  type SignedAs,
  type SignedStatement,
  type StatementOf,
} from '../core/administration/statement.ts';
import { canonicalText, type Json } from '../core/facts/canonical.ts';
import { homeOf } from '../store/commit.ts';
import { isSignedByItsKey } from '../store/person-signature.ts';
import type { RegistryContext } from './context.ts';
import { Refusal } from './refusal.ts';

/** What must have been signed; the registry and the time are added to it. */
export type ExpectedStatement<O extends OperationName> = Omit<
  StatementOf<O>,
  'operation' | 'registry' | 'at'
>;

/**
 * Reads whose signature this is: made just now, by the key it names, over exactly what is expected.
 *
 * @throws Refusal SIGNATURE_INVALID; CONFLICT with what would have to be signed, where another state was
 */
export function demandSigned<O extends OperationName>(
  context: Pick<RegistryContext, 'tables' | 'clock'>,
  given: SignedStatement,
  operation: O,
  expected: ExpectedStatement<O>,
): SignedAs<O> {
  const signed = demandSaid(context, given, operation, expected);
  if (!(Math.abs(context.clock() - Date.parse(signed.statement.at)) <= CLOCK_TOLERANCE_MS))
    throw invalid('/at', 'signed at another time than now: is the clock of this machine right?');
  return signed;
}

/** The same for a signature that was given earlier and kept. */
export function demandSaid<O extends OperationName>(
  context: Pick<RegistryContext, 'tables'>,
  given: SignedStatement,
  operation: O,
  expected: ExpectedStatement<O>,
): SignedAs<O> {
  const { content, ...state } = expected as ExpectedStatement<OperationName>;
  if (!isSignedByItsKey(given))
    throw new Refusal('SIGNATURE_INVALID', 'the key named has not signed this statement', {
      path: '/signed/signature',
    });
  if (!isSignedAs(given, operation)) throw invalid('/operation', `this takes a statement to ${operation}`);
  const registry = homeOf(context.tables.state);
  if (given.statement.registry !== registry) throw invalid('/registry', 'signed for another registry');
  if (given.statement.content !== content) throw invalid('/content', 'signed for something else than this');
  const said: Readonly<Record<string, Json>> = given.statement;
  for (const [name, value] of Object.entries<Json>(state)) {
    if (canonicalText(said[name] ?? null) !== canonicalText(value ?? null))
      throw new Refusal(
        'CONFLICT',
        'signed for another state of the registry: look at it and sign it again',
        {
          path: `/signed/statement/${name}`,
          details: { sign: state },
        },
      );
  }
  return given;
}

/** True where a signature that was kept is over exactly this: what is stored may be anybody's. */
export function isSaid<O extends OperationName>(
  context: Pick<RegistryContext, 'tables'>,
  kept: SignedStatement,
  operation: O,
  expected: ExpectedStatement<O>,
): kept is SignedAs<O> {
  try {
    demandSaid(context, kept, operation, expected);
    return true;
  } catch (error) {
    if (error instanceof Refusal) return false;
    throw error;
  }
}

/** The person of a request, by its event and by the key that signed. */
export function signatory(caller: Person, { key }: SignedStatement): Signatory {
  return { ...caller, key };
}

function invalid(member: string, message: string): Refusal {
  return new Refusal('SIGNATURE_INVALID', message, { path: `/signed/statement${member}` });
}
