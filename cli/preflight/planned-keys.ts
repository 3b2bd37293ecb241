/** Whom a template believes: the founders that its functions are told, and the keys whose signature on a commit counts. */
import type { Names } from '../../infra/local/intrinsics.ts';
import { type AwsCaller, unreadableAnswer } from './aws-caller.ts';
import { keysIn } from './live-functions.ts';
import type { PlannedTemplate } from './planned-stack.ts';
import { knownValue } from './region-types.ts';
import type { StackResource } from './stack-resources.ts';
import { toldVariables } from './told-variables.ts';

export interface TheStack {
  readonly template: PlannedTemplate;
  readonly own: readonly StackResource[];
  /** Of what is there already. */
  readonly names: Names;
  /** As the parameter of a released template will be given. */
  readonly founderKeys: string | undefined;
}

/** One for each function that is told any; undefined where only the deployment knows. */
export function foundersTold({
  template,
  founderKeys,
  names,
}: TheStack): readonly (readonly string[])[] | undefined {
  const texts = valuesOf(template, 'FOUNDER_KEYS').map((value) => knownValue(value, names) ?? founderKeys);
  if (!texts.every((text) => typeof text === 'string')) return undefined;
  return texts.map(keysIn);
}

/** Stands for the public half of a key while a list is composed. */
const OF = '@';

/**
 * One for each function that is told any, without the halves of keys that are yet to be made; undefined where only the deployment
 * knows.
 */
export async function commitKeysTold(
  caller: AwsCaller,
  { template, names }: TheStack,
): Promise<readonly (readonly string[])[] | undefined> {
  const half = { ...names, attribute: (id: string) => OF + id };
  const texts = valuesOf(template, 'COMMIT_PUBLIC_KEYS').map((value) => knownValue(value, half));
  if (!texts.every((text) => typeof text === 'string')) return undefined;
  const halves = new Map<string, string | undefined>();
  const told: (readonly string[])[] = [];
  for (const text of texts) {
    const list: string[] = [];
    for (const key of keysIn(text)) {
      if (!key.startsWith(OF)) list.push(key);
      else {
        if (!halves.has(key))
          halves.set(key, await publicHalf(caller, template, names, key.slice(OF.length)));
        const found = halves.get(key);
        if (found !== undefined) list.push(found);
      }
    }
    told.push(list);
  }
  return told;
}

function valuesOf(template: PlannedTemplate, variable: string): readonly unknown[] {
  return toldVariables(template).flatMap(([, { [variable]: value }]) => (value === undefined ? [] : [value]));
}

/** The public half of a signing key, as the deployment will ask for it; undefined for a key that is yet to be made. */
async function publicHalf(
  caller: AwsCaller,
  template: PlannedTemplate,
  names: Names,
  id: string,
): Promise<string | undefined> {
  const key = knownValue(template.Resources[id]?.Properties?.['KeyId'], names);
  if (typeof key !== 'string') return undefined;
  const answer = await caller.post('kms', 'GetPublicKey', { KeyId: key });
  const text = answer['PublicKey'];
  if (typeof text !== 'string') throw unreadableAnswer('kms GetPublicKey');
  return text;
}
