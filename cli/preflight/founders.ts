/** Whether the template knows who signs the first version, every function the same, and whether it is somebody. */
import { parseFounderKeys } from '../../functions/store/person-signature.ts';
import { LOCAL_FOUNDERS } from '../../infra/local/identities.ts';
import { isObject } from '../../infra/local/template.ts';
import { type CheckedAnswer, couldNotAsk, mustFix, ok } from './finding.ts';
import type { PlannedTemplate } from './planned-stack.ts';
import { knownValue } from './region-types.ts';
import { toldVariables } from './told-variables.ts';

const EACH = 'each founder makes a key (`routeguard registry key new --out FILE`): -c founderKeys=…';
const AGAIN = 'synthesise it again, with this build';

/** What every function has that reads the registry, with the founders beside it (functions/store/store-settings.ts). */
const OF_READERS = ['OBJECTS_TABLE', 'COMMIT_PUBLIC_KEYS', 'FOUNDER_KEYS'] as const;

/** Nothing is made yet, and no pseudo parameter is a founder. */
const NAMELESS = { pseudo: {}, ref: () => undefined, attribute: () => undefined };

/**
 * @param given as the parameter of a released template will be given
 * @throws TemplateError for variables of another form
 */
export function foundersCheck(
  template: PlannedTemplate,
  given: string | undefined,
): readonly CheckedAnswer[] {
  const told = new Map<string, unknown>();
  for (const [id, variables] of toldVariables(template))
    if (OF_READERS.some((name) => variables[name] !== undefined)) told.set(id, variables['FOUNDER_KEYS']);
  const untold = [...told].filter(([, keys]) => keys === undefined).map(([id]) => id);
  if (untold.length > 0)
    return [mustFix(`functions that read the registry are told no founders: ${untold.join(', ')}`, AGAIN)];
  const values = new Map([...told.values()].map((keys) => [JSON.stringify(keys), keys]));
  const [keys] = values.values();
  if (values.size !== 1) return [mustFix('the functions of the template do not agree on any founders', EACH)];
  const text = knownValue(keys, NAMELESS);
  if (typeof text === 'string') return [named(text, given)];
  const parameter = isObject(keys) && Object.keys(keys).length === 1 ? keys['Ref'] : undefined;
  if (typeof parameter !== 'string' || template.Parameters?.[parameter] === undefined)
    return [couldNotAsk('the template composes the founders of what only the deployment knows', AGAIN)];
  if (given !== undefined) return [judged(given)];
  return [
    couldNotAsk(
      `the template takes the founders as its parameter ${parameter}`,
      `say what it will be given: --founder-keys (and to the deployment: --parameters ${parameter}=…)`,
    ),
  ];
}

/** A template that names them takes no others, whatever the deployment is given. */
function named(text: string, given: string | undefined): CheckedAnswer {
  const answer = judged(text);
  const inOrder = (keys: string) =>
    keys
      .split(',')
      .map((key) => key.trim())
      .sort()
      .join();
  if (answer.outcome !== 'ok' || given === undefined || inOrder(given) === inOrder(text)) return answer;
  return mustFix('the template names other founders than --founder-keys', AGAIN);
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
