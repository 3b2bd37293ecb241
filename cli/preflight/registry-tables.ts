/** The three tables of a registry as a template has them: which of them it adopts, and what a table in that place has to be. */
import type { Names } from '../../infra/local/intrinsics.ts';
import { isObject, object, resourcesOfType, TemplateError } from '../../infra/local/template.ts';
import { TABLE_LOGICAL_IDS } from '../recover/template-protection.ts';
import type { AwsCaller } from './aws-caller.ts';
import { stackStatus } from './existing.ts';
import { type CheckedAnswer, couldNotAsk, mustFix, ok } from './finding.ts';
import type { PlannedStack, PlannedTemplate } from './planned-stack.ts';
import { knownValue } from './region-types.ts';
import { type StackResource, stackOwning } from './stack-resources.ts';
import { type ReaderWords, tableFlaws, tableKeysOf } from './table-there.ts';
import { toldVariables } from './told-variables.ts';

/** The variable by which every function that reads it is told its name (functions/store/store-settings.ts). */
export const REGISTRY_TABLES = {
  objects: 'OBJECTS_TABLE',
  state: 'STATE_TABLE',
  floor: 'FLOOR_TABLE',
} as const satisfies Record<keyof typeof TABLE_LOGICAL_IDS, string>;

export type RegistryTableName = keyof typeof REGISTRY_TABLES;
export const REGISTRY_TABLE_NAMES: readonly RegistryTableName[] = ['objects', 'state', 'floor'];

const WORDS: ReaderWords = {
  reader: 'the guard',
  purpose: 'which the template adopts',
  names:
    'look into what `routeguard recover restore` printed, or the outputs of the stack that had them: -c adoptObjects=…, adoptState=…, adoptFloor=… (docs/recovery.md, “A table”)',
};

/**
 * Where a template has each of its tables: the logical id of its own, or the name of an adopted one.
 *
 * @throws TemplateError where functions disagree, or a name is composed: then nobody can say what is in use
 */
export function plannedTables(
  template: PlannedTemplate,
): ReadonlyMap<RegistryTableName, { readonly own: string } | { readonly adopted: string }> {
  const found = new Map<RegistryTableName, { readonly own: string } | { readonly adopted: string }>();
  const told = toldVariables(template);
  for (const name of REGISTRY_TABLE_NAMES) {
    const variable = REGISTRY_TABLES[name];
    const values = new Map(
      told.flatMap(([, { [variable]: value }]) =>
        value === undefined ? [] : [[JSON.stringify(value), value]],
      ),
    );
    const [value] = values.values();
    if (values.size > 1) throw new TemplateError(`its functions do not agree on ${variable}`);
    if (value === undefined) continue;
    const id = isObject(value) && Object.keys(value).length === 1 ? value['Ref'] : undefined;
    if (typeof value === 'string') found.set(name, { adopted: value });
    else if (typeof id === 'string' && template.Resources[id]?.Type === 'AWS::DynamoDB::Table')
      found.set(name, { own: id });
    else throw new TemplateError(`${variable} is neither a name nor a table of the template`);
  }
  return found;
}

/** @param names of what is there already, the stack's own keys among it */
export async function adoptedTablesCheck(
  caller: AwsCaller,
  account: string,
  { name: stack, template }: Pick<PlannedStack, 'name' | 'template'>,
  own: readonly StackResource[],
  names: Names,
): Promise<readonly CheckedAnswer[]> {
  const adopted = [...plannedTables(template)].flatMap(([name, where]) =>
    'adopted' in where ? [[name, where.adopted] as const] : [],
  );
  if (adopted.length === 0) return [ok('the template adopts no table')];
  const answers: CheckedAnswer[] = [];
  for (const [name, table] of adopted) {
    const { key, keys } = placeOf(template, name);
    const arn = knownValue(key, names);
    const flaws = await tableFlaws(
      caller,
      { name: table, account, keys, key: typeof arn === 'string' ? arn : undefined },
      WORDS,
    );
    answers.push(...flaws, ...(await ownedElsewhere(caller, table, stack)));
    if (typeof arn !== 'string') answers.push(keyless(table, key, template, own));
  }
  if (answers.length > 0) return answers;
  return [
    ok(
      `the tables that the template adopts are there, with their keys, under the key that the guard may use: ${adopted.map(([, table]) => table).join(', ')}; what protects them \`routeguard recover protect --check\` tells`,
    ),
  ];
}

/** A stack in one of these is told to leave its tables to another one (`stack-standing.ts`). */
const LEADS_NOWHERE: ReadonlySet<string> = new Set([
  'ROLLBACK_FAILED',
  'DELETE_FAILED',
  'IMPORT_ROLLBACK_FAILED',
]);

/**
 * Another stack's table is let go by that stack, or deleted with it, whatever this one has made of it; and two guards that publish into
 * one registry are in each other's way.
 */
async function ownedElsewhere(
  caller: AwsCaller,
  table: string,
  stack: string,
): Promise<readonly CheckedAnswer[]> {
  const owner = await stackOwning(caller, table);
  if (owner === undefined || owner === stack) return [];
  const status = await stackStatus(caller, owner);
  // CloudFormation knows for a while what was a deleted stack's.
  if (status === undefined || status === 'DELETE_COMPLETE') return [];
  if (LEADS_NOWHERE.has(status))
    return [
      ok(
        `table ${table}, which the template adopts, is still counted as the stack ${owner}’s, which nothing leads out of (${status}); from here on nobody may publish through what is left of it`,
      ),
    ];
  return [
    mustFix(
      `table ${table}, which the template adopts, is the stack ${owner}’s (${status}): two guards would have one registry, and that stack goes on deciding what becomes of it`,
      `adopt tables of your own (\`routeguard recover restore\`). Only where you know that nothing asks ${owner} any more: delete it, its tables are kept (docs/recovery.md, “A table”), and run this again`,
    ),
  ];
}

/** The key that the template names is not known yet. */
function keyless(
  table: string,
  key: unknown,
  template: PlannedTemplate,
  own: readonly StackResource[],
): CheckedAnswer {
  const [id] = isObject(key) && Array.isArray(key['Fn::GetAtt']) ? key['Fn::GetAtt'] : [];
  const isMade = typeof id === 'string' && template.Resources[id]?.Type === 'AWS::KMS::Key';
  if (isMade && !own.some(({ logicalId }) => logicalId === id))
    return mustFix(
      `the stack would make a key of its own (${id}), under which ${table} is not: no function could read it`,
      'give the template the key that the tables are under: `encryptionKey` (an app of your own, docs/deploy.md)',
    );
  return couldNotAsk(
    `the template does not say under which key ${table} must be`,
    'look by hand: it must be the one that the functions may use',
  );
}

/** The template's own table in that place says what an adopted one has to be. */
function placeOf(template: PlannedTemplate, name: RegistryTableName) {
  const places = resourcesOfType(template, 'AWS::DynamoDB::Table').filter(([id]) =>
    TABLE_LOGICAL_IDS[name].test(id),
  );
  const [place] = places;
  if (place === undefined || places.length > 1)
    throw new TemplateError(`it has not one ${name} table of its own, to say what an adopted one must be`);
  const [id, { Properties: properties = {} }] = place;
  const keys = tableKeysOf(properties);
  if (keys === undefined) throw new TemplateError(`${id} declares no keys`);
  return {
    keys,
    key: object(properties['SSESpecification'] ?? {}, `${id} SSESpecification`)['KMSMasterKeyId'],
  };
}
