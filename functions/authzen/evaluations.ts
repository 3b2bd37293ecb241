import { evaluateOne } from './evaluation.ts';
import type { Session } from './pdp.ts';
import { HttpProblem } from './problem.ts';
import { inShape, type Members } from './read-body.ts';
import { type EvaluationsRequest, evaluationRequest, type Semantic } from './requests.ts';
import type { Decision } from './responses.ts';
import { slipIn } from './slips.ts';

/** After which decision each semantic stops. */
const STOPS_AFTER: { readonly [S in Semantic]: boolean | null } = {
  execute_all: null,
  deny_on_first_deny: false,
  permit_on_first_permit: true,
};

/** True where a batch has nothing in it: it is then a single evaluation in every respect. */
export function isSingle(body: Members): boolean {
  const { evaluations } = body;
  return evaluations === undefined || (Array.isArray(evaluations) && evaluations.length === 0);
}

/** The questions of a batch, each with the defaults it takes, or why an item is none. */
export function questionsOf(request: EvaluationsRequest): readonly (Members | HttpProblem)[] {
  const defaults = inherited(request);
  return request.evaluations.map((item) =>
    isObject(item)
      ? { ...defaults, ...item }
      : new HttpProblem(400, 'an item of evaluations must be an object'),
  );
}

/** The same, less those whose items hold a slip: what the defaults hold is the whole batch's. */
export function withoutSlips(
  questions: readonly (Members | HttpProblem)[],
  items: readonly unknown[],
  members: readonly string[],
): readonly (Members | HttpProblem)[] {
  return questions.map((question, i) => {
    const item = items[i];
    return (isObject(item) ? slipIn(item, members) : undefined) ?? question;
  });
}

function isObject(item: unknown): item is Members {
  return typeof item === 'object' && item !== null && !Array.isArray(item);
}

/**
 * A batch, in the order of the request, cut off after the decision its semantic stops at. An item that cannot be
 * evaluated is denied in its place, and counts as a deny.
 */
export async function evaluateMany(
  session: Session,
  questions: readonly (Members | HttpProblem)[],
  semantic: Semantic,
): Promise<Decision[]> {
  const stopsAfter = STOPS_AFTER[semantic];
  const decisions: Decision[] = [];
  for (const question of questions) {
    const one = await evaluateItem(session, question);
    decisions.push(one);
    if (one.decision === stopsAfter) break;
  }
  return decisions;
}

async function evaluateItem(session: Session, question: Members | HttpProblem): Promise<Decision> {
  try {
    if (question instanceof HttpProblem) throw question;
    return await evaluateOne(session, inShape(evaluationRequest, question));
  } catch (error) {
    const { status, message } =
      error instanceof HttpProblem ? error : new HttpProblem(500, 'the evaluation failed');
    return { decision: false, context: { error: { status, message } } };
  }
}

/** The defaults that are there. A key of an item replaces its default wholly: nothing inside is merged. */
function inherited({ subject, action, resource, context }: EvaluationsRequest): Members {
  return {
    ...(subject === undefined ? {} : { subject }),
    ...(action === undefined ? {} : { action }),
    ...(resource === undefined ? {} : { resource }),
    ...(context === undefined ? {} : { context }),
  };
}
