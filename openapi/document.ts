import * as z from 'zod/mini';

/** One operation: the schemas the code itself reads with, and what they are called in the document. */
export interface ApiOperation {
  readonly method: 'get' | 'post';
  readonly path: string;
  readonly operationId: string;
  readonly summary: string;
  /** Absent for a request without a body. */
  readonly request?: { readonly name: string; readonly schema: z.core.$ZodType };
  /** The body of a 200. */
  readonly response: { readonly name: string; readonly schema: z.core.$ZodType };
  /** What other statuses mean, with the body `errors` of the group. */
  readonly errors: { readonly [status: string]: string };
  readonly errorBody: { readonly name: string; readonly schema: z.core.$ZodType };
  /** Headers of the request that come back. */
  readonly echoes?: readonly string[];
}

export interface DocumentInfo {
  readonly title: string;
  readonly version: string;
  readonly description: string;
}

/**
 * An OpenAPI 3.1 document of these operations. Schemas are taken from the code, so that the document cannot say
 * anything else; OpenAPI 3.1 schemas are JSON Schema 2020-12, which is what zod writes.
 */
export function openApiDocument(info: DocumentInfo, operations: readonly ApiOperation[]): object {
  const schemas = new Map<string, object>();
  const reference = ({
    name,
    schema,
  }: {
    readonly name: string;
    readonly schema: z.core.$ZodType;
  }): object => {
    const text = z.toJSONSchema(schema, { io: 'input' });
    const { $schema: _, ...rest } = text;
    schemas.set(name, rest);
    return { $ref: `#/components/schemas/${name}` };
  };
  const paths: { [path: string]: { [method: string]: object } } = {};
  for (const operation of operations) {
    paths[operation.path] = { ...paths[operation.path], [operation.method]: describe(operation, reference) };
  }
  return {
    openapi: '3.1.0',
    info,
    paths,
    components: {
      schemas: Object.fromEntries([...schemas].sort(([a], [b]) => (a < b ? -1 : 1))),
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

type Reference = (named: { readonly name: string; readonly schema: z.core.$ZodType }) => object;

function describe(operation: ApiOperation, reference: Reference): object {
  const echoed = operation.echoes ?? [];
  const headers = Object.fromEntries(
    echoed.map((name) => [name, { description: 'As in the request.', schema: { type: 'string' } }]),
  );
  const response = (description: string, schema: object): object => ({
    description,
    ...(echoed.length === 0 ? {} : { headers }),
    content: { 'application/json': { schema } },
  });
  return {
    operationId: operation.operationId,
    summary: operation.summary,
    ...(echoed.length === 0
      ? {}
      : {
          parameters: echoed.map((name) => ({
            name,
            in: 'header',
            required: false,
            schema: { type: 'string', maxLength: 256 },
          })),
        }),
    ...(operation.request === undefined
      ? {}
      : {
          requestBody: {
            required: true,
            content: { 'application/json': { schema: reference(operation.request) } },
          },
        }),
    responses: {
      '200': response('The answer.', reference(operation.response)),
      ...Object.fromEntries(
        Object.entries(operation.errors).map(([status, meaning]) => [
          status,
          response(meaning, reference(operation.errorBody)),
        ]),
      ),
    },
  };
}
