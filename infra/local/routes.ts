/** The methods of the template’s API as this machine serves them. */
import type { Ignored } from './ignored.ts';
import { type Names, resolveText } from './intrinsics.ts';
import {
  object,
  type Properties,
  resourcesOfType,
  type Template,
  TemplateError,
  textIn,
} from './template.ts';

const METHOD = 'AWS::ApiGateway::Method';
const HONOURED = new Set([
  'AuthorizationType',
  'HttpMethod',
  'Integration',
  'RequestModels',
  'RequestValidatorId',
  'ResourceId',
  'RestApiId',
]);

/** A method of the template's REST API. */
export interface LocalRoute {
  readonly method: string;
  /** The resource path, `/v1/decide`; a part in braces is a variable for one segment. */
  readonly path: string;
  /** ARN of the alias that answers. */
  readonly target: string;
  /** Whether API Gateway demands a JSON object as the body before it invokes anything. */
  readonly bodyIsObject: boolean;
}

/** @throws {TemplateError} for a method that is open, that is no Lambda proxy, or that validates in an unknown way */
export function routes(template: Template, names: Names, ignored: Ignored): readonly LocalRoute[] {
  return resourcesOfType(template, METHOD).map(([logicalId, resource]) => {
    const properties = resource.Properties ?? {};
    for (const property of Object.keys(properties)) {
      if (!HONOURED.has(property)) ignored.property(METHOD, property);
    }
    if (properties['AuthorizationType'] !== 'AWS_IAM')
      throw new TemplateError(`${logicalId} does not demand IAM authentication`);
    const integration = object(properties['Integration'], 'Integration');
    if (integration['Type'] !== 'AWS_PROXY') throw new TemplateError(`${logicalId} is no Lambda proxy`);
    return {
      method: textIn(properties['HttpMethod'], 'HttpMethod'),
      path: pathOf(template, resolveText(properties['ResourceId'], names, 'ResourceId'), names),
      target: targetOf(resolveText(integration['Uri'], names, 'Uri')),
      bodyIsObject: bodyIsObject(template, properties, names),
    };
  });
}

function pathOf(template: Template, resourceId: string, names: Names): string {
  const resource = template.Resources[resourceId];
  if (resource?.Type === 'AWS::ApiGateway::RestApi') return '';
  if (resource?.Type !== 'AWS::ApiGateway::Resource')
    throw new TemplateError(`${resourceId} is no API resource`);
  const part = textIn(resource.Properties?.['PathPart'], 'PathPart');
  // Greedy variables (`{proxy+}`) have no local counterpart.
  if (!/^(?:[A-Za-z0-9._-]+|\{[A-Za-z0-9_]+\})$/.test(part))
    throw new TemplateError(`path part ${part} is not simulated`);
  return `${pathOf(template, resolveText(resource.Properties?.['ParentId'], names, 'ParentId'), names)}/${part}`;
}

function targetOf(uri: string): string {
  const target = /\/2015-03-31\/functions\/([^/]+)\/invocations$/.exec(uri)?.[1];
  if (target === undefined) throw new TemplateError('an integration that invokes no function');
  return target;
}

/** The one validation the API uses: `application/json` bodies are objects. */
function bodyIsObject(template: Template, method: Properties, names: Names): boolean {
  const validatorId = method['RequestValidatorId'];
  if (validatorId === undefined) return false;
  const validator = template.Resources[resolveText(validatorId, names, 'RequestValidatorId')];
  if (validator?.Properties?.['ValidateRequestBody'] !== true) return false;
  const models = Object.entries(object(method['RequestModels'] ?? {}, 'RequestModels'));
  for (const [contentType, model] of models) {
    const schema = template.Resources[resolveText(model, names, 'model')]?.Properties?.['Schema'];
    const keys = Object.keys(object(schema, 'model schema')).filter((key) => key !== '$schema');
    if (
      contentType !== 'application/json' ||
      keys.join() !== 'type' ||
      object(schema, 'schema')['type'] !== 'object'
    )
      throw new TemplateError('a request model that is more than "a JSON object"');
  }
  return models.length > 0;
}

/** A route and what its path variables are in one request. */
export interface RouteMatch {
  readonly route: LocalRoute;
  readonly pathParameters: Readonly<Record<string, string>> | null;
}

/** The route of a request. As in API Gateway, a literal segment wins over a variable. */
export function matchLocalRoute(
  all: readonly LocalRoute[],
  method: string,
  path: string,
): RouteMatch | undefined {
  const segments = path.split('/');
  const matches = all
    .filter((route) => route.method === method || route.method === 'ANY')
    .flatMap((route) => {
      const pathParameters = bindPath(route.path.split('/'), segments);
      return pathParameters === undefined ? [] : [{ route, pathParameters }];
    });
  const variables = (match: RouteMatch): number => Object.keys(match.pathParameters ?? {}).length;
  return matches.sort((a, b) => variables(a) - variables(b))[0];
}

function bindPath(
  parts: readonly string[],
  segments: readonly string[],
): RouteMatch['pathParameters'] | undefined {
  if (parts.length !== segments.length) return undefined;
  const bound: Record<string, string> = Object.create(null);
  for (const [index, part] of parts.entries()) {
    const segment = segments[index] ?? '';
    if (!part.startsWith('{')) {
      if (part !== segment) return undefined;
    } else if (segment === '') return undefined;
    else bound[part.slice(1, -1)] = segment;
  }
  return Object.keys(bound).length === 0 ? null : bound;
}
