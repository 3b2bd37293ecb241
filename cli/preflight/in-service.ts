/** Whether a deployment goes on believing whom the functions that are there believe, and on the tables that they have. */
import type { Names } from '../../infra/local/intrinsics.ts';
import { type AwsCaller, unreadableAnswer } from './aws-caller.ts';
import { type CheckedAnswer, couldNotAsk, mustFix, ok } from './finding.ts';
import { keysIn, type LiveFunctions } from './live-functions.ts';
import type { PlannedTemplate } from './planned-stack.ts';
import { knownValue } from './region-types.ts';
import { plannedTables, REGISTRY_TABLE_NAMES } from './registry-tables.ts';
import type { StackResource } from './stack-resources.ts';
import { toldVariables } from './told-variables.ts';

const NOTHING_YET = 'if nothing has been published yet, nobody is forgotten';

export interface TheStack {
  readonly template: PlannedTemplate;
  readonly own: readonly StackResource[];
  /** Of what is there already. */
  readonly names: Names;
  /** As the parameter of a released template will be given. */
  readonly founderKeys: string | undefined;
}

export async function inServiceCheck(
  caller: AwsCaller,
  stack: TheStack,
  live: LiveFunctions,
): Promise<readonly CheckedAnswer[]> {
  if (live.founders.size === 0 && live.commitKeys.size === 0)
    return [ok('no function is there that believes anybody yet')];
  const flaws = [
    ...foundersKept(stack, live),
    ...(await commitKeysKept(caller, stack, live)),
    ...tablesKept(stack, live),
  ];
  if (flaws.length > 0) return flaws;
  const moved = tablesMoved(stack, live);
  if (moved.length > 0)
    return [ok('the deployment believes whom the functions that are there believe'), ...moved];
  return [ok('the deployment believes whom the functions that are there believe, and has their tables')];
}

function valuesOf(template: PlannedTemplate, variable: string): readonly unknown[] {
  return toldVariables(template).flatMap(([, { [variable]: value }]) => (value === undefined ? [] : [value]));
}

const shown = (keys: readonly string[]) => keys.join(', ');

function foundersKept(
  { template, founderKeys, names }: TheStack,
  live: LiveFunctions,
): readonly CheckedAnswer[] {
  const texts = valuesOf(template, 'FOUNDER_KEYS').map((value) => knownValue(value, names) ?? founderKeys);
  if (texts.some((text) => typeof text !== 'string'))
    return [
      couldNotAsk(
        'whether the founders stay the same: the template does not say who they will be',
        'say what it will be given: --founder-keys',
      ),
    ];
  const lost = [...live.founders].filter((key) => texts.some((text) => !keysIn(String(text)).includes(key)));
  if (lost.length === 0) return [];
  return [
    mustFix(
      `the deployment has other founders than the functions that are there: such a guard believes nobody who signed before (left out: ${shown(lost)})`,
      `the founders of the first version stay in the list for as long as the registry lives: -c founderKeys=… (docs/deploy.md, “The founders”); ${NOTHING_YET}`,
    ),
  ];
}

/** Stands for the public half of a key while a list is composed. */
const OF = '@';

async function commitKeysKept(
  caller: AwsCaller,
  { template, names }: TheStack,
  live: LiveFunctions,
): Promise<readonly CheckedAnswer[]> {
  const half = { ...names, attribute: (id: string) => OF + id };
  const lists = valuesOf(template, 'COMMIT_PUBLIC_KEYS').map((value) => knownValue(value, half));
  const halves = new Map<string, string | undefined>();
  const kept: (readonly string[])[] = [];
  for (const text of lists) {
    if (typeof text !== 'string')
      return [
        couldNotAsk(
          'whether keys of commits are left out: the template composes them of what only the deployment knows',
          'compare with the output CommitPublicKeys by hand',
        ),
      ];
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
    kept.push(list);
  }
  const lost = [...live.commitKeys].filter((key) => kept.some((list) => !list.includes(key)));
  if (lost.length === 0) return [];
  return [
    mustFix(
      `the deployment leaves out keys of commits that the functions that are there believe: no version that they signed opens any more (left out: ${shown(lost)})`,
      `give them to it: -c commitPublicKeys=… (\`additionalCommitPublicKeys\`; docs/recovery.md, “The signing key”); ${NOTHING_YET}`,
    ),
  ];
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

/** Another table is adopted on purpose, as the template says by its name: what serves now is told, and that it will not. */
function tablesMoved({ template }: TheStack, live: LiveFunctions): readonly CheckedAnswer[] {
  return [...plannedTables(template)].flatMap(([name, where]) => {
    if (!('adopted' in where)) return [];
    const others = [...live.served].filter(
      ([, { [name]: has }]) => has !== undefined && has !== where.adopted,
    );
    const tables = new Set(others.map(([, { [name]: has = '' }]) => has));
    return [...tables].map((table) =>
      ok(
        `the deployment takes the functions that serve from the ${name} table ${table} to ${where.adopted}: what was published in ${table} since is in it alone (${shown(others.flatMap(([id, { [name]: has }]) => (has === table ? [id] : [])))})`,
      ),
    );
  });
}

/** Another table is adopted on purpose; back to the stack's own goes who forgot to name the adopted one. */
function tablesKept({ template, own }: TheStack, live: LiveFunctions): readonly CheckedAnswer[] {
  const planned = plannedTables(template);
  return REGISTRY_TABLE_NAMES.flatMap((name) => {
    const where = planned.get(name);
    if (where === undefined || 'adopted' in where) return [];
    const mine = own.find(({ logicalId }) => logicalId === where.own)?.physicalId;
    const has = new Set([...live.served.values()].flatMap(({ [name]: table = [] }) => table));
    const others = [...has].filter((table) => table !== mine);
    if (others.length === 0) return [];
    return [
      mustFix(
        `the functions that are there have the ${name} table ${shown(others)}, and the deployment goes back to the stack’s own`,
        `every deployment needs the same adopt… values: -c adopt${name[0]?.toUpperCase()}${name.slice(1)}=… (docs/recovery.md, “Deploy”)`,
      ),
    ];
  });
}
