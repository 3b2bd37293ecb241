import * as z from 'zod/mini';
import { explained, jsonSchema, type NamedSchema } from './named-schema.ts';
import type { ApiOperation, ApiParameter, ApiTag, ComponentReference, Shown } from './operation.ts';
import { headersOf, SharedResponses } from './shared-responses.ts';
import type { MemberWords } from './words.ts';

export interface DocumentInfo {
  readonly title: string;
  readonly version: string;
  readonly description: string;
}

/**
 * An OpenAPI 3.1 document of these operations, and of the schemas that others share. Schemas are taken from the code, so that the document cannot say
 * anything else; OpenAPI 3.1 schemas are JSON Schema 2020-12, which is what zod writes.
 */
export function openApiDocument(
  info: DocumentInfo,
  tags: readonly ApiTag[],
  operations: readonly ApiOperation[],
  shared: readonly NamedSchema[],
): object {
  const schemas = new Map<string, unknown>();
  const metadata = z.registry<{ id: string }>();
  for (const { name, schema } of shared) metadata.add(schema, { id: name });
  const reference: ComponentReference = ({ name: given, schema, isTold }, words) => {
    const name = metadata.get(schema)?.id ?? given;
    if (!schemas.has(name)) {
      const { $defs = {}, ...root } = jsonSchema(schema, metadata, isTold);
      for (const [id, each] of Object.entries({ [name]: root, ...$defs }))
        schemas.set(
          id,
          explained(each, [], (way) => words(id, way)),
        );
    }
    return { $ref: `#/components/schemas/${name}` };
  };
  const errors = new SharedResponses(reference);
  const paths: { [path: string]: { [method: string]: object } } = {};
  for (const operation of operations) {
    paths[operation.path] = {
      ...paths[operation.path],
      [operation.method]: describe(operation, reference, errors),
    };
  }
  return {
    openapi: '3.1.0',
    info: {
      ...info,
      license: { name: 'Apache 2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: '/', description: 'The guard that this document came from.' }],
    tags,
    paths,
    components: {
      schemas: byName(schemas),
      responses: byName(errors.all),
      securitySchemes: {
        sigv4: {
          type: 'apiKey',
          name: 'Authorization',
          in: 'header',
          description:
            'AWS Signature Version 4 for the service execute-api; a deployment may use another authoriser.',
          'x-amazon-apigateway-authtype': 'awsSigv4',
        },
      },
    },
    security: [{ sigv4: [] }],
  };
}

function byName(components: ReadonlyMap<string, unknown>): object {
  return Object.fromEntries([...components].sort(([a], [b]) => (a < b ? -1 : 1)));
}

function describe(operation: ApiOperation, reference: ComponentReference, errors: SharedResponses): object {
  const { method, path, operationId, tag, summary, request, responses, words, echoes = [] } = operation;
  const granted = `${method.toUpperCase()}${path.replaceAll(/\{\w+\}/g, '*')}`;
  const parameters = [...echoes.map(echoedHeader), ...(operation.parameters ?? []).map(parameterOf)];
  return {
    operationId,
    tags: [tag],
    summary,
    description: `${operation.description} Granted as \`execute-api:Invoke\` on \`${granted}\` of the stage.`,
    ...(parameters.length === 0 ? {} : { parameters }),
    ...(request === undefined
      ? {}
      : { requestBody: { required: true, content: contentOf(request, reference, words) } }),
    responses: {
      ...Object.fromEntries(
        Object.entries(responses).map(([status, shown]) => [
          status,
          {
            description: ANSWERED[status] ?? 'The answer.',
            ...headersOf(echoes),
            content: contentOf(shown, reference, words),
          },
        ]),
      ),
      ...errors.of(operation),
    },
    ...(operation.assembled === undefined
      ? {}
      : { 'x-assembled': { oneOf: operation.assembled.map((each) => reference(each, words)) } }),
  };
}

/** What an answer's status says beside it. */
const ANSWERED: Readonly<Record<string, string>> = {
  '201': 'Filed; the answer is what was filed.',
  '202': 'Not done yet; the answer says what is missing.',
};

function contentOf({ example, ...named }: Shown, reference: ComponentReference, words: MemberWords): object {
  return { 'application/json': { schema: reference(named, words), example } };
}

function echoedHeader(name: string): object {
  return {
    ...{ name, in: 'header', required: false, schema: { type: 'string', maxLength: 256 } },
    description: 'Any name of the request: it comes back with the answer.',
    example: 'r-20261128-0001',
  };
}

function parameterOf({ name, in: place, required, description, schema, example }: ApiParameter): object {
  const { $schema: _, ...written } = z.toJSONSchema(schema, { io: 'input' });
  return { name, in: place, required, description, schema: written, example };
}
