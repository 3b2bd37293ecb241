import type { Session } from './pdp.ts';
import { HttpProblem } from './problem.ts';
import type { EvaluationRequest } from './requests.ts';
import { type Decision, decision } from './responses.ts';

/** One evaluation. A session that fails, or answers anything but a decision, is a 500. */
export async function evaluateOne(session: Session, request: EvaluationRequest): Promise<Decision> {
  const read = decision.safeParse(await session.evaluate(request));
  if (!read.success) throw new HttpProblem(500, 'the evaluation failed');
  return read.data;
}
