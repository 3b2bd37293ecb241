/** What the functions' roles may do, as the template's policies say it. */
import { type Names, resolve } from '../intrinsics.ts';
import { list, object, resourcesOfType, type Template } from '../template.ts';
import { type Attempt, judgeAttempt } from './policy.ts';

/** Everything a role's call is judged by. */
export interface Permissions {
  readonly template: Template;
  readonly names: Names;
}

/** Whether the policies of a role allow an attempt. */
export function roleAllows({ template, names }: Permissions, attempt: Attempt): boolean {
  const documents = resourcesOfType(template, 'AWS::IAM::Policy')
    .map(([, { Properties }]) => Properties ?? {})
    .filter((policy) =>
      list(resolve(policy['Roles'] ?? [], names), 'Roles').some((role) =>
        attempt.role.endsWith(`:role/${role}`),
      ),
    )
    .map((policy) => policy['PolicyDocument']);
  const statements = documents.flatMap((each) => list(object(each, 'policy')['Statement'], 'Statement'));
  return judgeAttempt({ Statement: statements }, attempt, names) === 'role';
}

/** Whether a key's own policy allows it, by itself or together with the role's. */
export function keyAllows(permissions: Permissions, keyPolicy: unknown, attempt: Attempt): boolean {
  switch (judgeAttempt(keyPolicy, attempt, permissions.names)) {
    case 'role':
      return true;
    case 'account':
      return roleAllows(permissions, attempt);
    case 'nobody':
      return false;
  }
}
