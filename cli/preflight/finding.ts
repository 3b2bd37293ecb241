/** What a look at an account before a deployment finds, and what came of each question. */
import { TemplateError } from '../../infra/local/template.ts';
import { AwsCallError } from './aws-caller.ts';

/** What nobody could ask is never taken for what is well. */
export type PreflightOutcome = 'ok' | 'must-fix' | 'could-not-ask';

export interface PreflightFinding {
  /** Which question: `concurrency`. */
  readonly check: string;
  readonly outcome: PreflightOutcome;
  /** One sentence: what is so, or why nobody could say. */
  readonly says: string;
  /** What to do; null where there is nothing. */
  readonly todo: string | null;
}

/** What a check comes to, before it is known by its name. */
export type CheckedAnswer = Omit<PreflightFinding, 'check'>;

export const ok = (says: string): CheckedAnswer => ({ outcome: 'ok', says, todo: null });

export const mustFix = (says: string, todo: string): CheckedAnswer => ({ outcome: 'must-fix', says, todo });

export const couldNotAsk = (says: string, todo: string): CheckedAnswer => ({
  outcome: 'could-not-ask',
  says,
  todo,
});

/** One question: what it comes to, or why it could not be asked. An answer of another shape than expected is none. */
export async function checked(
  check: string,
  look: () => Promise<readonly CheckedAnswer[]> | readonly CheckedAnswer[],
): Promise<readonly PreflightFinding[]> {
  try {
    return (await look()).map((answer) => ({ check, ...answer }));
  } catch (error) {
    if (error instanceof AwsCallError) return [{ check, ...couldNotAsk(error.message, error.todo) }];
    if (error instanceof TemplateError)
      return [
        {
          check,
          ...couldNotAsk(
            `the template cannot be read: ${error.message}`,
            'synthesise it again, with this build',
          ),
        },
      ];
    throw error;
  }
}
