/** What the functions of the stack that is there are told of the registry: whose word counts, and in which tables it is. */
import { LIVE_ALIAS } from '../../functions/registry/live-alias.ts';
import { isObject, type Properties } from '../../infra/local/template.ts';
import { AwsCallError, type AwsCaller, unreadableAnswer } from './aws-caller.ts';
import { REGISTRY_TABLE_NAMES, REGISTRY_TABLES } from './registry-tables.ts';
import type { StackResource } from './stack-resources.ts';

export interface LiveFunctions {
  /** Whatever any of them is told: a half-way update leaves two. */
  readonly founders: ReadonlySet<string>;
  readonly commitKeys: ReadonlySet<string>;
  /** By the logical id of a function: the tables that it has. */
  readonly served: ReadonlyMap<string, TablesTold>;
}

type TablesTold = Partial<Readonly<Record<keyof typeof REGISTRY_TABLES, string>>>;

/** Undefined where the function is gone: a stack that is being deleted lists what no more is there. */
export async function orGone(asked: Promise<Properties>): Promise<Properties | undefined> {
  try {
    return await asked;
  } catch (error) {
    if (error instanceof AwsCallError && error.code === 'ResourceNotFoundException') return undefined;
    throw error;
  }
}

/**
 * What callers reach is the alias `live`, which a release that was stopped or rolled back leaves where it was; `$LATEST` is what was
 * deployed last. A function that nobody calls by an alias has none.
 */
async function inServiceOf(get: AwsCaller['get'], name: string): Promise<Properties | undefined> {
  const path = `/2015-03-31/functions/${name}/configuration`;
  return (
    (await orGone(get('lambda', `${path}?Qualifier=${LIVE_ALIAS}`, 'GetFunctionConfiguration'))) ??
    orGone(get('lambda', path, 'GetFunctionConfiguration'))
  );
}

/** Public keys as a variable or an option has them. */
export function keysIn(text: string): readonly string[] {
  return text
    .split(',')
    .map((key) => key.trim())
    .filter((key) => key !== '');
}

export async function askFunctions(
  { get }: AwsCaller,
  own: readonly StackResource[],
): Promise<LiveFunctions> {
  const founders = new Set<string>();
  const commitKeys = new Set<string>();
  const served = new Map<string, TablesTold>();
  for (const { type, logicalId, physicalId } of own) {
    if (type !== 'AWS::Lambda::Function' || physicalId === '') continue;
    const answer = await inServiceOf(get, physicalId);
    if (answer === undefined) continue;
    const variables = variablesOf(answer);
    for (const key of keysIn(variables['FOUNDER_KEYS'] ?? '')) founders.add(key);
    for (const key of keysIn(variables['COMMIT_PUBLIC_KEYS'] ?? '')) commitKeys.add(key);
    for (const name of REGISTRY_TABLE_NAMES) {
      const table = variables[REGISTRY_TABLES[name]];
      if (table !== undefined) served.set(logicalId, { ...served.get(logicalId), [name]: table });
    }
  }
  return { founders, commitKeys, served };
}

/** A function without variables has no Environment; one whose variables nobody may decrypt has an Error in it. */
function variablesOf({ FunctionName: name, Environment: environment }: Properties): Record<string, string> {
  const unreadable = unreadableAnswer('lambda GetFunctionConfiguration');
  if (typeof name !== 'string') throw unreadable;
  if (environment === undefined || environment === null) return {};
  const variables = isObject(environment) ? environment['Variables'] : undefined;
  if (!isObject(variables)) throw unreadable;
  return Object.fromEntries(
    Object.entries(variables).map(([key, value]) => {
      if (typeof value !== 'string') throw unreadable;
      return [key, value];
    }),
  );
}
