/** Whether a deployment goes on believing whom the functions that are there believe, and on the tables that they have. */
import type { AwsCaller } from './aws-caller.ts';
import { type CheckedAnswer, couldNotAsk, mustFix, ok } from './finding.ts';
import type { LiveFunctions } from './live-functions.ts';
import { commitKeysTold, foundersTold, type TheStack } from './planned-keys.ts';
import { plannedTables, REGISTRY_TABLE_NAMES } from './registry-tables.ts';

const NOTHING_YET = 'if nothing has been published yet, nobody is forgotten';

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

const shown = (keys: readonly string[]) => keys.join(', ');

function foundersKept(stack: TheStack, live: LiveFunctions): readonly CheckedAnswer[] {
  const told = foundersTold(stack);
  if (told === undefined)
    return [
      couldNotAsk(
        'whether the founders stay the same: the template does not say who they will be',
        'say what it will be given: --founder-keys',
      ),
    ];
  const lost = [...live.founders].filter((key) => told.some((list) => !list.includes(key)));
  if (lost.length === 0) return [];
  return [
    mustFix(
      `the deployment has other founders than the functions that are there: such a guard believes nobody who signed before (left out: ${shown(lost)})`,
      `the founders of the first version stay in the list for as long as the registry lives: -c founderKeys=… (docs/deploy.md, “The founders”); ${NOTHING_YET}`,
    ),
  ];
}

async function commitKeysKept(
  caller: AwsCaller,
  stack: TheStack,
  live: LiveFunctions,
): Promise<readonly CheckedAnswer[]> {
  const told = await commitKeysTold(caller, stack);
  if (told === undefined)
    return [
      couldNotAsk(
        'whether keys of commits are left out: the template composes them of what only the deployment knows',
        'compare with the output CommitPublicKeys by hand',
      ),
    ];
  const lost = [...live.commitKeys].filter((key) => told.some((list) => !list.includes(key)));
  if (lost.length === 0) return [];
  return [
    mustFix(
      `the deployment leaves out keys of commits that the functions that are there believe: no version that they signed opens any more (left out: ${shown(lost)})`,
      `give them to it: -c commitPublicKeys=… (\`additionalCommitPublicKeys\`; docs/recovery.md, “The signing key”); ${NOTHING_YET}`,
    ),
  ];
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
