/**
 * What CloudFormation takes of one template (AWS CloudFormation User Guide, "Understand CloudFormation quotas":
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html, read 2026-11-30). None of it
 * can be raised by asking, but by more stacks.
 */
import { type CheckedAnswer, mustFix, ok } from './finding.ts';
import type { PlannedStack } from './planned-stack.ts';

const MOST = {
  resources: 500,
  outputs: 200,
  parameters: 200,
  bytes: 1_000_000,
  'characters in a logical id': 255,
} as const;
/** The same guide, "CreateStack": a letter, then letters, digits and hyphens. */
const STACK_NAME = /^[A-Za-z][A-Za-z0-9-]{0,127}$/;

export function templateSizeCheck({ name, template, size }: PlannedStack): readonly CheckedAnswer[] {
  const ids = Object.keys(template.Resources);
  const has: Record<keyof typeof MOST, number> = {
    resources: ids.length,
    outputs: Object.keys(template.Outputs ?? {}).length,
    parameters: Object.keys(template.Parameters ?? {}).length,
    bytes: size,
    'characters in a logical id': Math.max(0, ...ids.map((id) => id.length)),
  };
  const over = (Object.keys(MOST) as (keyof typeof MOST)[]).filter((what) => !(has[what] <= MOST[what]));
  const found = over.map((what) =>
    mustFix(
      `the template has ${has[what]} ${what}, and CloudFormation takes ${MOST[what]}`,
      'leave parts of it out, or divide it',
    ),
  );
  if (!STACK_NAME.test(name))
    found.push(
      mustFix(
        `${name} is no name for a stack`,
        'name it by a letter, and letters, digits and hyphens, 128 at most',
      ),
    );
  return found.length > 0
    ? found
    : [ok(`${ids.length} resources in ${size} bytes: CloudFormation takes them`)];
}
