/** The template’s functions as this machine runs them; building them is `../bundle.ts`. */

import { type ServiceName, serviceNames } from '../aws-services.ts';
import { type DoorFunction, type FunctionSpec, functions } from '../functions.ts';
import { FUNCTION_METADATA } from '../guard-function.ts';
import type { LocalAssembly } from './assembly.ts';
import type { Ignored } from './ignored.ts';
import { type Names, resolveText } from './intrinsics.ts';
import { physicalName } from './names.ts';
import { type Way, wayTo } from './platform/vpc.ts';
import {
  isObject,
  object,
  type Properties,
  resourcesOfType,
  type Template,
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
  'ReservedConcurrentExecutions',
  'Role',
  'Runtime',
  'Timeout',
  'VpcConfig',
]);
const NOT_SIMULATED = new Set(['Architectures', 'Description', 'Tags']);

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
  /** ARN. */
  readonly role: string;
  /** Executions reserved for it, which are also the most it may have; undefined where nothing is. */
  readonly reserved: number | undefined;
  /** Whether it reaches each service from where it is. */
  readonly ways: Readonly<Record<ServiceName, Way>>;
  /** Aliases and versions by which it may be invoked. */
  readonly qualifiers: readonly string[];
}

const NOT_ITS_OWN: Way = { open: false, why: 'it is not among what it calls (infra/functions.ts)' };

/** The template's functions, by logical id: made one by one, since some can be named only when others have run. */
export function functionIds(template: Template): readonly string[] {
  return resourcesOfType(template, FUNCTION).map(([logicalId]) => logicalId);
}

function identityOf(
  logicalId: string,
  resource: TemplateResource,
): Pick<FunctionSpec, 'name' | 'door' | 'calls'> {
  const metadata = resource.Metadata?.[FUNCTION_METADATA];
  const spec = isObject(metadata) ? functions.find((each) => each.name === metadata['name']) : undefined;
  if (!spec) throw new TemplateError(`function ${logicalId} does not say which one it is`);
  return spec;
}

/** @throws {TemplateError} for a function that is not described, or a property that is not simulated */
export function localFunction(
  assembly: LocalAssembly,
  logicalId: string,
  names: Names,
  ignored: Ignored,
): LocalFunction {
  const { template } = assembly;
  const resource = template.Resources[logicalId];
  if (resource?.Type !== FUNCTION) throw new TemplateError(`${logicalId} is no function`);
  const { name: shortName, door, calls } = identityOf(logicalId, resource);
  const properties = resource.Properties ?? {};
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
    role: resolveText(properties['Role'], names, 'Role'),
    reserved:
      properties['ReservedConcurrentExecutions'] === undefined
        ? undefined
        : wholeNumber(properties['ReservedConcurrentExecutions'], 'ReservedConcurrentExecutions'),
    ways: Object.fromEntries(
      serviceNames.map((service): readonly [ServiceName, Way] => [
        service,
        calls.includes(service) ? wayTo(service, properties, template, names) : NOT_ITS_OWN,
      ]),
    ) as Record<ServiceName, Way>,
    qualifiers: ['$LATEST', ...qualifiersOf(assembly, logicalId, ignored)],
  };
}

function environmentOf(properties: Properties, names: Names): Readonly<Record<string, string>> {
  const environment = object(properties['Environment'] ?? {}, 'Environment');
  const variables = object(environment['Variables'] ?? {}, 'Variables');
  return Object.fromEntries(
    Object.entries(variables).map(([name, value]) => [name, resolveText(value, names, `variable ${name}`)]),
  );
}

const HONOURED_OF_ALIAS = new Set(['FunctionName', 'FunctionVersion', 'Name']);

function qualifiersOf(assembly: LocalAssembly, logicalId: string, ignored: Ignored): readonly string[] {
  const aliases = resourcesOfType(assembly.template, 'AWS::Lambda::Alias')
    .map(([, alias]) => alias.Properties ?? {})
    .filter((alias) => isObject(alias['FunctionName']) && alias['FunctionName']['Ref'] === logicalId);
  for (const property of aliases.flatMap((alias) => Object.keys(alias)))
    if (!HONOURED_OF_ALIAS.has(property)) ignored.property('AWS::Lambda::Alias', property);
  return aliases.map((alias) => textIn(alias['Name'], 'alias name'));
}
