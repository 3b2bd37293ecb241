/** The template’s functions as this machine runs them; building them is `../bundle.ts`. */
import { type DoorFunction, functions } from '../functions.ts';
import { FUNCTION_METADATA } from '../guard-function.ts';
import type { LocalAssembly } from './assembly.ts';
import type { Ignored } from './ignored.ts';
import { type Names, resolveText } from './intrinsics.ts';
import { physicalName } from './names.ts';
import {
  isObject,
  object,
  type Properties,
  resourcesOfType,
  TemplateError,
  type TemplateResource,
  textIn,
  wholeNumber,
} from './template.ts';

const FUNCTION = 'AWS::Lambda::Function';
const HONOURED = new Set([
  'Code',
  'Environment',
  'Handler',
  'LoggingConfig',
  'MemorySize',
  'Runtime',
  'Timeout',
]);
const NOT_SIMULATED = new Set(['Architectures', 'Description', 'Role', 'Tags']);

/** Doors of callers that this machine does not have: CloudFormation, schedules, CodeDeploy. */
const NOT_CALLED_HERE: ReadonlySet<DoorFunction> = new Set(['deployment', 'schedule', 'release']);

/** A function of the template, ready to be run. */
export interface LocalFunction {
  /** `decide` */
  readonly shortName: string;
  /** The name the template gives it. */
  readonly name: string;
  readonly door: DoorFunction;
  readonly directory: string;
  /** `index.handler` */
  readonly handler: string;
  /** In MiB. */
  readonly memory: number;
  /** In seconds. */
  readonly timeout: number;
  /** Exactly the template's variables. */
  readonly environment: Readonly<Record<string, string>>;
  readonly logGroup: string;
  /** Aliases and versions by which it may be invoked. */
  readonly qualifiers: readonly string[];
}

/**
 * The functions that have a door here. What CloudFormation, a schedule or CodeDeploy calls stays out.
 */
export function localFunctions(
  assembly: LocalAssembly,
  names: Names,
  ignored: Ignored,
): readonly LocalFunction[] {
  const found: LocalFunction[] = [];
  for (const [logicalId, resource] of resourcesOfType(assembly.template, FUNCTION)) {
    const { shortName, door } = identityOf(logicalId, resource);
    if (NOT_CALLED_HERE.has(door)) ignored.resource(`${FUNCTION} (${door})`);
    else found.push(localFunction(assembly, logicalId, shortName, door, names, ignored));
  }
  return found;
}

function identityOf(
  logicalId: string,
  resource: TemplateResource,
): { shortName: string; door: DoorFunction } {
  const metadata = resource.Metadata?.[FUNCTION_METADATA];
  const spec = isObject(metadata) ? functions.find((each) => each.name === metadata['name']) : undefined;
  if (!spec) throw new TemplateError(`function ${logicalId} does not say which one it is`);
  return { shortName: spec.name, door: spec.door };
}

function localFunction(
  assembly: LocalAssembly,
  logicalId: string,
  shortName: string,
  door: DoorFunction,
  names: Names,
  ignored: Ignored,
): LocalFunction {
  const properties = assembly.template.Resources[logicalId]?.Properties ?? {};
  for (const property of Object.keys(properties)) {
    if (HONOURED.has(property)) continue;
    if (!NOT_SIMULATED.has(property)) throw new TemplateError(`${FUNCTION} ${property} is not simulated`);
    ignored.property(FUNCTION, property);
  }
  if (properties['Runtime'] !== 'nodejs24.x')
    throw new TemplateError(`${logicalId} does not run on nodejs24.x`);
  const code = object(properties['Code'], `code of ${logicalId}`);
  return {
    shortName,
    name: physicalName(assembly.stackName, logicalId),
    door,
    directory: assembly.assetDirectory(resolveText(code['S3Key'], names, 'S3Key')),
    handler: textIn(properties['Handler'], 'Handler'),
    memory: wholeNumber(properties['MemorySize'], 'MemorySize'),
    timeout: wholeNumber(properties['Timeout'], 'Timeout'),
    environment: environmentOf(properties, names),
    logGroup: resolveText(
      object(properties['LoggingConfig'], 'LoggingConfig')['LogGroup'],
      names,
      'LogGroup',
    ),
    qualifiers: ['$LATEST', ...qualifiersOf(assembly, logicalId)],
  };
}

function environmentOf(properties: Properties, names: Names): Readonly<Record<string, string>> {
  const environment = object(properties['Environment'] ?? {}, 'Environment');
  const variables = object(environment['Variables'] ?? {}, 'Variables');
  return Object.fromEntries(
    Object.entries(variables).map(([name, value]) => [name, resolveText(value, names, `variable ${name}`)]),
  );
}

function qualifiersOf(assembly: LocalAssembly, logicalId: string): readonly string[] {
  return resourcesOfType(assembly.template, 'AWS::Lambda::Alias')
    .map(([, alias]) => alias.Properties ?? {})
    .filter((alias) => isObject(alias['FunctionName']) && alias['FunctionName']['Ref'] === logicalId)
    .map((alias) => textIn(alias['Name'], 'alias name'));
}
