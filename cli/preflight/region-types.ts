/**
 * Whether the Region offers what the template is made of, and takes its names: CloudFormation's registry is asked there for
 * the schema of each type, and each property, choice and length of the template is held against it. No table of Regions or
 * of limits is kept here.
 */

import { parseStrictJson } from '../../functions/core/strict-json.ts';
import { type Names, resolve } from '../../infra/local/intrinsics.ts';
import { isObject, type Properties, TemplateError } from '../../infra/local/template.ts';
import { textAt } from './answer-xml.ts';
import { AwsCallError, type AwsCaller, unreadableAnswer } from './aws-caller.ts';
import { type CheckedAnswer, mustFix, ok } from './finding.ts';
import type { PlannedTemplate } from './planned-stack.ts';

const WITHOUT = 'switch off what asks for it (docs/deploy.md, "Partitions"), or deploy to another Region';

/** Types that only this app serves, and what the CDK notes about itself. */
function isServedHere(type: string): boolean {
  return (
    type.startsWith('Custom::') ||
    type === 'AWS::CloudFormation::CustomResource' ||
    type === 'AWS::CDK::Metadata'
  );
}

/** Of each type of the template, as the Region has it; null where it does not. */
export type RegionTypes = ReadonlyMap<string, Properties | null>;

/** @param tell how far it has come */
export async function askTypes(
  { form }: AwsCaller,
  template: PlannedTemplate,
  tell: (line: string) => void,
): Promise<RegionTypes> {
  const types = [...new Set(Object.values(template.Resources).map(({ Type }) => Type))]
    .filter((type) => !isServedHere(type))
    .sort();
  tell(`asking for ${types.length} types of resource`);
  const found = new Map<string, Properties | null>();
  // One after the other: the registry throttles, and a throttled answer is none.
  for (const type of types) found.set(type, await schemaOf(form, type));
  return found;
}

async function schemaOf(form: AwsCaller['form'], type: string): Promise<Properties | null> {
  try {
    const answer = await form('cloudformation', 'DescribeType', { Type: 'RESOURCE', TypeName: type });
    const schema = textAt(answer, 'DescribeTypeResult', 'Schema') ?? '';
    const parsed = parseStrictJson(schema, { maxBytes: 4 << 20, maxDepth: 64 });
    const isIts = parsed.ok && isObject(parsed.value) && parsed.value['typeName'] === type;
    if (!isIts || !isObject(parsed.value['properties']))
      throw unreadableAnswer(`cloudformation DescribeType ${type}`);
    return parsed.value;
  } catch (error) {
    if (error instanceof AwsCallError && /^TypeNotFound/.test(error.code)) return null;
    throw error;
  }
}

export function regionTypesCheck(
  types: RegionTypes,
  template: PlannedTemplate,
  names: Names,
  region: string,
): readonly CheckedAnswer[] {
  const flaws = new Set<string>();
  for (const [type, schema] of types) if (schema === null) flaws.add(`${region} does not offer ${type}`);
  for (const [id, { Type: type, Properties: properties = {} }] of Object.entries(template.Resources)) {
    const schema = types.get(type);
    if (schema === undefined || schema === null) continue;
    for (const flaw of flawsIn(properties, schema, { root: schema, names }))
      flaws.add(`${id}, ${type}: ${flaw}`);
  }
  if (flaws.size > 0) return [...flaws].map((flaw) => mustFix(flaw, WITHOUT));
  return [ok(`${region} offers the ${types.size} types of the template, with every property that it sets`)];
}

interface SchemaReading {
  readonly root: Properties;
  readonly names: Names;
}

/** What a value is that its schema does not take. What no schema describes nobody says anything about. */
function flawsIn(value: unknown, schema: unknown, reading: SchemaReading, path = ''): readonly string[] {
  const node = dereferenced(schema, reading.root);
  if (node === undefined) return [];
  const known = knownValue(value, reading.names);
  if (typeof known === 'string' || typeof known === 'number') return ofText(known, node, path);
  if (Array.isArray(known)) return known.flatMap((each) => flawsIn(each, node['items'], reading, path));
  const properties = node['properties'];
  if (!isObject(known) || !isObject(properties)) return [];
  const isOpen = isObject(node['patternProperties']) || isObject(node['additionalProperties']);
  return Object.entries(known).flatMap(([name, each]) => {
    const inside = path === '' ? name : `${path}.${name}`;
    if (Object.hasOwn(properties, name)) return flawsIn(each, properties[name], reading, inside);
    return isOpen ? [] : [`there is no ${inside} here`];
  });
}

function ofText(value: string | number, node: Properties, path: string): readonly string[] {
  const { enum: choices, maxLength: most } = node;
  const text = String(value);
  if (Array.isArray(choices) && !choices.some((choice) => String(choice) === text))
    return [`${path} cannot be ${text} here`];
  if (typeof most === 'number' && typeof value === 'string' && [...value].length > most)
    return [`${path} has ${[...value].length} characters, and may have ${most}`];
  return [];
}

/** A schema with its references followed; undefined for one that leaves a choice, about which nothing is said. */
function dereferenced(schema: unknown, root: Properties): Properties | undefined {
  let node = schema;
  for (let steps = 0; steps < 8 && isObject(node) && typeof node['$ref'] === 'string'; steps += 1) {
    const parts = node['$ref'].replace(/^#\//, '').split('/');
    node = parts.reduce<unknown>((found, part) => (isObject(found) ? found[part] : undefined), root);
  }
  return isObject(node) ? node : undefined;
}

/** A value as far as it is known before anything is made; undefined for what only the deployment will say. */
export function knownValue(value: unknown, names: Names): unknown {
  if (!isObject(value)) return value;
  const keys = Object.keys(value);
  if (keys.length !== 1 || !/^(?:Ref|Condition|Fn::.*)$/.test(keys[0] ?? '')) return value;
  try {
    return resolve(value, names);
  } catch (error) {
    if (error instanceof TemplateError) return undefined;
    throw error;
  }
}
