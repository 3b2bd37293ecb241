/**
 * What makes an answer hypothetical, and what becomes of its result. INVARIANT: a result that may not be acted on stands
 * in no member that somebody acts on.
 */
import type { DecisionRequest } from '../request.ts';

type Member = keyof DecisionRequest;

/** When a member of a request asks about something else than now. A new one does not compile until it is sorted. */
const ASKS_ELSEWHERE = {
  at: 'always',
  registry: 'exact',
  message: 'never',
  path: 'never',
  nonce: 'never',
  standards: 'never',
  explain: 'never',
  supportedObligations: 'never',
} as const satisfies Readonly<Record<Member, 'always' | 'never' | 'exact'>>;

/** True for a question about another time or an exact version of the registry, even where those are now's. */
export function isHypothetical(request: Partial<DecisionRequest>): boolean {
  return (Object.keys(ASKS_ELSEWHERE) as Member[]).some((member) => {
    const asked = request[member];
    if (asked === undefined || ASKS_ELSEWHERE[member] === 'never') return false;
    return ASKS_ELSEWHERE[member] === 'always' || Object.hasOwn(Object(asked), 'exact');
  });
}

/** A hypothetical result goes into a member of that name, and `nothing` is said in its place. */
export function setApart<R extends object>(
  hypothetical: boolean,
  result: R,
  nothing: R,
): R & { readonly hypothetical?: R } {
  return hypothetical ? { ...nothing, hypothetical: result } : result;
}
