/** Whether the template knows who signs the first version, and whether it is somebody. */
import { parseFounderKeys } from '../../functions/store/person-signature.ts';
import { LOCAL_FOUNDERS } from '../../infra/local/identities.ts';
import { isObject, resourcesOfType } from '../../infra/local/template.ts';
import { type CheckedAnswer, couldNotAsk, mustFix, ok } from './finding.ts';
import type { PlannedTemplate } from './planned-stack.ts';

const EACH = 'each founder makes a key (`routeguard registry key new --out FILE`): -c founderKeys=…';

/** @param given as the parameter of a released template will be given */
export function foundersCheck(
  template: PlannedTemplate,
  given: string | undefined,
): readonly CheckedAnswer[] {
  const said = new Set(
    resourcesOfType(template, 'AWS::Lambda::Function').flatMap(([, { Properties: properties = {} }]) => {
      const { Environment: environment } = properties;
      const variables = isObject(environment) ? environment['Variables'] : undefined;
      const keys = isObject(variables) ? variables['FOUNDER_KEYS'] : undefined;
      return keys === undefined ? [] : [isObject(keys) ? `parameter ${String(keys['Ref'])}` : String(keys)];
    }),
  );
  const [text] = said;
  if (text === undefined || said.size > 1)
    return [mustFix('the functions of the template do not agree on any founders', EACH)];
  const [, parameter] = /^parameter (.*)$/.exec(text) ?? [];
  if (parameter === undefined) return [judged(text)];
  if (given !== undefined) return [judged(given)];
  return [
    couldNotAsk(
      `the template takes the founders as its parameter ${parameter}`,
      `say what it will be given: --founder-keys (and to the deployment: --parameters ${parameter}=…)`,
    ),
  ];
}

function judged(text: string): CheckedAnswer {
  try {
    const keys = parseFounderKeys(text);
    if (keys.some((key) => LOCAL_FOUNDERS.includes(key)))
      return mustFix('a founder is one of the local run, whose private key everybody has', EACH);
    return ok(`${keys.length} founders sign the first version`);
  } catch (error) {
    return mustFix(error instanceof Error ? error.message : 'the founders are malformed', EACH);
  }
}
