/**
 * What each state of a stack means for a deployment, and what leads out of it. Where something of it may be serving, nobody is told
 * to delete it, nor to roll back to before it was made.
 *
 * The states are those of CloudFormation's API (`StackStatus`,
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_Stack.html; `test/cli/stack-standing.test.ts` holds them
 * against the SDK in the CDK's command line); what they mean,
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/stack-failure-options.html and
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_RollbackStack.html, read 2026-11-30.
 */
import { type CheckedAnswer, couldNotAsk, mustFix, ok } from './finding.ts';

const KNOWN_STATUS = [
  ...(['CREATE_IN_PROGRESS', 'CREATE_FAILED', 'CREATE_COMPLETE'] as const),
  ...(['ROLLBACK_IN_PROGRESS', 'ROLLBACK_FAILED', 'ROLLBACK_COMPLETE'] as const),
  ...(['DELETE_IN_PROGRESS', 'DELETE_FAILED', 'DELETE_COMPLETE'] as const),
  ...(['UPDATE_IN_PROGRESS', 'UPDATE_COMPLETE_CLEANUP_IN_PROGRESS', 'UPDATE_COMPLETE'] as const),
  ...(['UPDATE_FAILED', 'UPDATE_ROLLBACK_IN_PROGRESS', 'UPDATE_ROLLBACK_FAILED'] as const),
  ...(['UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS', 'UPDATE_ROLLBACK_COMPLETE'] as const),
  ...(['REVIEW_IN_PROGRESS', 'IMPORT_IN_PROGRESS', 'IMPORT_COMPLETE'] as const),
  ...(['IMPORT_ROLLBACK_IN_PROGRESS', 'IMPORT_ROLLBACK_FAILED', 'IMPORT_ROLLBACK_COMPLETE'] as const),
] as const;

/** The CDK's command line asks so (`failpaused-need-rollback-first`), and with --force it does it without. */
const NEVER_ROLL_BACK =
  'Where the change replaces anything, the CDK asks “Roll back first and then proceed”, and with --force does it unasked: answer no, and never give --force';

type StackStatus = (typeof KNOWN_STATUS)[number];

export interface StackStanding {
  /** CloudFormation has it, in whatever state, and lists what is its own. */
  readonly isThere: boolean;
  /** Something of it may be there and at work: what bears its name is its own. */
  readonly mayServe: boolean;
  readonly answer: CheckedAnswer;
}

/** @param status as CloudFormation says it; undefined where there is no such stack */
export function standingOf(name: string, status: string | undefined): StackStanding {
  if (status === undefined)
    return { isThere: false, mayServe: false, answer: ok(`there is no stack ${name} yet`) };
  const known = KNOWN_STATUS.find((each) => each === status);
  if (known !== undefined) return { isThere: known !== 'DELETE_COMPLETE', ...standing(name, known) };
  return {
    isThere: true,
    mayServe: true,
    answer: couldNotAsk(
      `${name} is in a state that this build does not know (${status})`,
      'look in CloudFormation’s documentation what may be done in it; delete nothing before that',
    ),
  };
}

function standing(name: string, status: StackStatus): Omit<StackStanding, 'isThere'> {
  const said = `${name} is there (${status})`;
  switch (status) {
    case 'CREATE_COMPLETE':
    case 'UPDATE_COMPLETE':
    case 'UPDATE_ROLLBACK_COMPLETE':
    case 'IMPORT_COMPLETE':
    case 'IMPORT_ROLLBACK_COMPLETE':
      return { mayServe: true, answer: ok(`${said}: a deployment changes it`) };
    case 'REVIEW_IN_PROGRESS':
      return {
        mayServe: false,
        answer: ok(`nothing of ${name} is made yet (${status}): a deployment makes it`),
      };
    case 'DELETE_COMPLETE':
      return { mayServe: false, answer: ok(`${name} was deleted (${status}): a deployment makes another`) };
    case 'CREATE_IN_PROGRESS':
    case 'UPDATE_IN_PROGRESS':
    case 'UPDATE_COMPLETE_CLEANUP_IN_PROGRESS':
    case 'UPDATE_ROLLBACK_IN_PROGRESS':
    case 'UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS':
    case 'IMPORT_IN_PROGRESS':
    case 'IMPORT_ROLLBACK_IN_PROGRESS':
      return { mayServe: true, answer: working(name, status) };
    case 'ROLLBACK_IN_PROGRESS':
    case 'DELETE_IN_PROGRESS':
      return { mayServe: false, answer: working(name, status) };
    case 'CREATE_FAILED':
      return {
        mayServe: true,
        answer: mustFix(
          `${name} was made in part, and what there is of it may be at work (${status})`,
          `mend what its events say, and go on with \`npx cdk deploy --no-rollback\`. Do not roll it back: with no state to go back to, CloudFormation would delete all of it. ${NEVER_ROLL_BACK}`,
        ),
      };
    case 'UPDATE_FAILED':
      return {
        mayServe: true,
        answer: mustFix(
          `the last update of ${name} stopped half-way, and the stack is at work (${status})`,
          `mend what its events say, and go on with \`npx cdk deploy --no-rollback\`; or go back with \`aws cloudformation rollback-stack --stack-name ${name}\`, if its events say that it was CREATE_COMPLETE or UPDATE_COMPLETE once: one that never was would be deleted by it. ${NEVER_ROLL_BACK}`,
        ),
      };
    case 'UPDATE_ROLLBACK_FAILED':
      return {
        mayServe: true,
        answer: mustFix(
          `an update of ${name} could not be taken back, and the stack is at work (${status})`,
          `mend what its events say, then \`aws cloudformation continue-update-rollback --stack-name ${name}\`, and deploy again`,
        ),
      };
    case 'IMPORT_ROLLBACK_FAILED':
      return {
        mayServe: true,
        answer: mustFix(
          `an import into ${name} could not be taken back, and the stack is at work (${status})`,
          'its events say what could not be taken back; CloudFormation documents no call that leads out of this: ask AWS Support, or deploy a stack of another name that adopts its tables (docs/recovery.md)',
        ),
      };
    case 'ROLLBACK_COMPLETE':
      return {
        mayServe: false,
        answer: mustFix(
          `${name} is left over from a first deployment that failed (${status})`,
          `read why in its events, then \`aws cloudformation delete-stack --stack-name ${name}\` (termination protection off first): nothing of it is at work`,
        ),
      };
    case 'ROLLBACK_FAILED':
      return {
        mayServe: false,
        answer: mustFix(
          `the first deployment of ${name} failed, and not all of it could be taken back (${status})`,
          'CloudFormation lets it only be deleted, which `npx cdk deploy` does unasked: see first that its tables hold no registry, or deploy a stack of another name that adopts them (docs/recovery.md)',
        ),
      };
    case 'DELETE_FAILED':
      return {
        mayServe: false,
        answer: mustFix(
          `somebody deleted ${name}, and not all of it could be (${status})`,
          'if its tables hold a registry, deploy a stack of another name that adopts them (docs/recovery.md); what is left of this one can wait, and its events say why it is',
        ),
      };
    default:
      return unknownStatus(status);
  }
}

const working = (name: string, status: StackStatus) =>
  mustFix(`${name} is being worked on (${status})`, 'wait until that has ended, and run it again');

function unknownStatus(status: never): never {
  throw new Error(`no standing for ${String(status)}`);
}
