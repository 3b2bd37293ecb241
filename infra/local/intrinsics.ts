import { isObject, list, TemplateError, textIn } from './template.ts';

/** What `Ref` and `Fn::GetAtt` mean for the resources that exist locally. */
export interface Names {
  /** Pseudo parameters such as `AWS::Region`. */
  readonly pseudo: Readonly<Record<string, string>>;
  /** The value of `Ref` for a logical id; `undefined` for a resource that has no local counterpart. */
  readonly ref: (logicalId: string) => string | undefined;
  /** The value of `Fn::GetAtt`. */
  readonly attribute: (logicalId: string, attribute: string) => string | undefined;
}

type Resolver = (argument: unknown, names: Names) => unknown;

/** Every intrinsic the local run understands. */
const resolvers = new Map<string, Resolver>([
  ['Ref', (argument, names) => ref(textIn(argument, 'Ref'), names)],
  ['Fn::GetAtt', (argument, names) => getAtt(argument, names)],
  ['Fn::Join', (argument, names) => join(argument, names)],
  ['Fn::Split', (argument, names) => split(argument, names)],
  ['Fn::Sub', (argument, names) => sub(argument, names)],
]);

/**
 * A template value with its intrinsics replaced.
 *
 * @throws {TemplateError} for an intrinsic outside the closed set, or a name that means nothing locally
 */
export function resolve(value: unknown, names: Names): unknown {
  if (Array.isArray(value)) return value.map((each) => resolve(each, names));
  if (!isObject(value)) return value;
  const keys = Object.keys(value);
  const [only] = keys;
  if (only !== undefined && (only === 'Ref' || only === 'Condition' || only.startsWith('Fn::'))) {
    const resolver = resolvers.get(only);
    if (!resolver || keys.length !== 1)
      throw new TemplateError(`intrinsic ${keys.join(', ')} is not one the local run resolves`);
    return resolver(value[only], names);
  }
  return Object.fromEntries(keys.map((key) => [key, resolve(value[key], names)]));
}

/** A value that must come out as text. */
export function resolveText(value: unknown, names: Names, where: string): string {
  return textIn(resolve(value, names), where);
}

function ref(name: string, names: Names): string {
  const value = name.startsWith('AWS::') ? names.pseudo[name] : names.ref(name);
  if (value === undefined) throw new TemplateError(`Ref ${name} has no local value`);
  return value;
}

function getAtt(argument: unknown, names: Names): string {
  // Both spellings are CloudFormation's: ["Id", "Attribute"] and "Id.Attribute".
  const parts = typeof argument === 'string' ? splitOnce(argument) : list(argument, 'Fn::GetAtt');
  const [logicalId, attribute] = parts;
  if (parts.length !== 2 || typeof logicalId !== 'string' || typeof attribute !== 'string')
    throw new TemplateError('Fn::GetAtt is malformed');
  const value = names.attribute(logicalId, attribute);
  if (value === undefined) throw new TemplateError(`Fn::GetAtt ${logicalId}.${attribute} has no local value`);
  return value;
}

function splitOnce(dotted: string): readonly string[] {
  const dot = dotted.indexOf('.');
  return dot === -1 ? [dotted] : [dotted.slice(0, dot), dotted.slice(dot + 1)];
}

function join(argument: unknown, names: Names): string {
  const [separator, parts, ...rest] = list(argument, 'Fn::Join');
  if (rest.length > 0) throw new TemplateError('Fn::Join is malformed');
  return list(resolve(parts, names), 'Fn::Join')
    .map((part) => resolveText(part, names, 'a part of Fn::Join'))
    .join(textIn(separator, 'separator of Fn::Join'));
}

function split(argument: unknown, names: Names): readonly string[] {
  const [separator, whole, ...rest] = list(argument, 'Fn::Split');
  if (rest.length > 0) throw new TemplateError('Fn::Split is malformed');
  return resolveText(whole, names, 'Fn::Split').split(textIn(separator, 'separator of Fn::Split'));
}

function sub(argument: unknown, names: Names): string {
  // The form with a map of variables is valid CloudFormation that nothing here writes.
  return textIn(argument, 'Fn::Sub').replace(/\$\{([^}]*)\}/g, (_whole, name: string) => {
    if (name.startsWith('!')) return `\${${name.slice(1)}}`;
    return name.includes('.') ? getAtt(name, names) : ref(name, names);
  });
}
