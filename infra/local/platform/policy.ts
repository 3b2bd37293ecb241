/** Policies as far as the template writes them: who may do what to which resource. */
import { type Names, resolve } from '../intrinsics.ts';
import { isObject, list, object, type Properties, TemplateError, textIn } from '../template.ts';

/** One call, as a policy judges it. */
export interface Attempt {
  /** `kms:Sign` */
  readonly action: string;
  /** ARN. */
  readonly resource: string;
  /** ARN of the caller's role; a statement of a resource's own policy names it, or its account. */
  readonly role: string;
  /** Condition keys that are set for it. */
  readonly context: Readonly<Record<string, string>>;
}

/** Who a statement that matches is about: the role itself, or the account, which leaves it to the role's policies. */
export type PolicyVerdict = 'role' | 'account' | 'nobody';

/** Members of a statement that would change what it says, and that nothing here writes. */
const UNKNOWN = ['NotAction', 'NotResource', 'NotPrincipal'];

/**
 * What a policy says of an attempt. A denial that matches outweighs everything.
 *
 * @throws {TemplateError} for a statement in words that are not simulated
 */
export function judgeAttempt(document: unknown, attempt: Attempt, names: Names): PolicyVerdict {
  let allowed: PolicyVerdict = 'nobody';
  for (const each of list(object(document, 'policy')['Statement'], 'Statement')) {
    const statement = object(each, 'statement');
    const about = matches(statement, attempt, names);
    if (about === 'nobody') continue;
    if (statement['Effect'] !== 'Allow') return 'nobody';
    if (allowed !== 'role') allowed = about;
  }
  return allowed;
}

function matches(statement: Properties, attempt: Attempt, names: Names): PolicyVerdict {
  const unknown = UNKNOWN.find((name) => statement[name] !== undefined);
  if (unknown !== undefined) throw new TemplateError(`a policy with ${unknown} is not simulated`);
  // Before anything is resolved: resources of other services have no local name.
  if (!texts(statement['Action']).some((pattern) => isLike(pattern, attempt.action))) return 'nobody';
  const resources = texts(resolve(statement['Resource'], names));
  if (!resources.some((pattern) => isLike(pattern, attempt.resource))) return 'nobody';
  if (!meets(object(statement['Condition'] ?? {}, 'Condition'), attempt, names)) return 'nobody';
  const { Principal: principal } = statement;
  // Only a resource's own policy says who; a role's is about the role.
  if (principal === undefined || principal === '*') return 'role';
  const arns = isObject(principal) ? texts(resolve(principal['AWS'] ?? [], names)) : [];
  if (arns.some((arn) => arn === '*' || arn === attempt.role)) return 'role';
  return arns.includes(attempt.role.replace(/:role\/.*$/, ':root')) ? 'account' : 'nobody';
}

function meets(conditions: Properties, attempt: Attempt, names: Names): boolean {
  return Object.entries(conditions).every(([operator, wanted]) => {
    if (operator !== 'StringEquals' && operator !== 'StringEqualsIfExists')
      throw new TemplateError(`a policy with the condition ${operator} is not simulated`);
    return Object.entries(object(wanted, operator)).every(([key, value]) => {
      const found = attempt.context[key];
      if (found === undefined) return operator === 'StringEqualsIfExists';
      return texts(resolve(value, names)).includes(found);
    });
  });
}

function texts(value: unknown): readonly string[] {
  return (Array.isArray(value) ? value : [value]).map((each) => textIn(each, 'a policy’s member'));
}

/** `*` stands for anything. */
function isLike(pattern: string, text: string): boolean {
  const parts = pattern.split('*').map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${parts.join('.*')}$`).test(text);
}
