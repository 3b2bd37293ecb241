/** The published document, asked what it says of an operation: whoever answers otherwise fails the test that heard it. */
import { Ajv2020 } from 'ajv/dist/2020.js';
import { apiDocument } from '../../openapi/api.ts';

interface Content {
  readonly description?: string;
  readonly content: { readonly 'application/json': { readonly example: unknown } };
}

interface Parameter {
  readonly name: string;
  readonly in: 'path' | 'query' | 'header';
  readonly description?: string;
  readonly example?: unknown;
}

interface OperationObject {
  readonly operationId: string;
  readonly tags: readonly [string];
  readonly summary: string;
  readonly description: string;
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: Content;
  readonly responses: { readonly [status: string]: Content | { readonly $ref: string } };
}

export interface PublishedOperation extends OperationObject {
  readonly method: string;
  readonly path: string;
}

interface OpenApiDocument {
  readonly openapi: string;
  readonly tags: readonly { readonly name: string; readonly description: string }[];
  readonly paths: { readonly [path: string]: { readonly [method: string]: OperationObject } };
  readonly components: {
    readonly schemas: { readonly [name: string]: object };
    readonly responses: { readonly [name: string]: Content };
  };
}

/** As it is written now: another test finds docs/openapi.json to be this. */
export const PUBLISHED = JSON.parse(JSON.stringify(apiDocument())) as OpenApiDocument;

export const PUBLISHED_OPERATIONS: readonly PublishedOperation[] = Object.entries(PUBLISHED.paths).flatMap(
  ([path, methods]) => Object.entries(methods).map(([method, each]) => ({ method, path, ...each })),
);

const ajv = new Ajv2020({ strict: true, strictTypes: false, strictRequired: false, allErrors: false });
// Those of the document that are no words of JSON Schema; whoever reads a schema in it needs none of them.
ajv.addVocabulary(['openapi', 'info', 'servers', 'tags', 'paths', 'components', 'security']);
ajv.addSchema(PUBLISHED, 'openapi.json');

const pointer = (...way: readonly string[]) =>
  way.map((name) => `/${encodeURIComponent(name.replaceAll('~', '~0').replaceAll('/', '~1'))}`).join('');

function refusedBy(where: string, value: unknown): string | undefined {
  const schema = `openapi.json#${where}${pointer('content', 'application/json', 'schema')}`;
  const validate = ajv.getSchema(schema) ?? ajv.compile({ $ref: schema });
  return validate(value) ? undefined : ajv.errorsText(validate.errors);
}

/** The operation of a path and method; another method of a path is answered as its first says. */
function operationAt(method: string, path: string): PublishedOperation {
  const segments = path.split('/');
  const there = PUBLISHED_OPERATIONS.filter((each) => {
    const parts = each.path.split('/');
    return (
      parts.length === segments.length &&
      parts.every((part, i) => part === segments[i] || part.startsWith('{'))
    );
  });
  // A path without variables comes before one with them.
  const [first, ...others] = there.toSorted((a, b) => a.path.split('{').length - b.path.split('{').length);
  if (first === undefined) throw new Error(`openapi.json has no ${path}`);
  const same = [first, ...others].filter((each) => each.path === first.path);
  return same.find((each) => each.method === method.toLowerCase()) ?? first;
}

/** What is wrong with the body of a request to it; undefined where nothing is. */
export function wrongInRequest({ method, path }: PublishedOperation, body: unknown): string | undefined {
  return refusedBy(pointer('paths', path, method, 'requestBody'), body);
}

/** What is wrong with an answer of it; undefined where nothing is. */
export function wrongInAnswer(of: PublishedOperation, status: number, body: unknown): string | undefined {
  const { method, path, responses } = of;
  const told = responses[status];
  if (told === undefined) return 'no such status';
  const where =
    '$ref' in told ? told.$ref.slice(1) : pointer('paths', path, method, 'responses', String(status));
  return refusedBy(where, body);
}

/** @throws Error where the document has no such answer of this method and path */
export function expectPublished(method: string, path: string, status: number, body: unknown): void {
  const operation = operationAt(method, path);
  const wrong = wrongInAnswer(operation, status, body);
  if (wrong !== undefined)
    throw new Error(`${operation.operationId} answers ${status}, and openapi.json says otherwise: ${wrong}`);
}

/** The response of an operation by status, wherever it stands. */
export function publishedResponse({ responses }: PublishedOperation, status: string): Content {
  const told = responses[status];
  if (told === undefined) throw new Error(`no status ${status}`);
  if (!('$ref' in told)) return told;
  const found = PUBLISHED.components.responses[told.$ref.split('/').at(-1) ?? ''];
  if (found === undefined) throw new Error(`${told.$ref} is nowhere`);
  return found;
}
