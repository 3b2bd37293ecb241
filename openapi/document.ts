import * as z from 'zod/mini';

/** A schema the code itself reads or is typed with, and what it is called in the document. */
export interface NamedSchema {
  readonly name: string;
  readonly schema: z.core.$ZodType;
  /** Of an answer: whether a member is always there, though whoever reads with this schema does without. */
  readonly isTold?: (member: unknown) => boolean;
}

export interface ApiParameter {
  readonly name: string;
  readonly in: 'path' | 'query';
  readonly required: boolean;
  readonly description: string;
  readonly schema: z.core.$ZodType;
  readonly example: string | number;
}

/** One operation: the schemas the code itself reads with, and what they are called in the document. */
export interface ApiOperation {
  readonly method: 'get' | 'post' | 'put';
  readonly path: string;
  readonly operationId: string;
  /** The door it belongs to. */
  readonly tag: string;
  readonly summary: string;
  readonly parameters?: readonly ApiParameter[];
  /** Absent for a request without a body. */
  readonly request?: NamedSchema & { readonly example?: unknown };
  /** The bodies of answers, by status. */
  readonly responses: { readonly [status: string]: NamedSchema };
  /** What other statuses mean, with the body `errorBody`. */
  readonly errors: { readonly [status: string]: string };
  readonly errorBody: NamedSchema;
  /** Says what members are whose schemas do not. */
  readonly words?: Words;
  /** What the texts of its answers are when they are put together. */
  readonly assembled?: readonly NamedSchema[];
  /** Headers of the request that come back. */
  readonly echoes?: readonly string[];
}

export interface DocumentInfo {
  readonly title: string;
  readonly version: string;
  readonly description: string;
}

/** A sentence on a member of a component. */
type Words = (component: string, member: string) => string;

type Reference = (named: NamedSchema) => object;

/**
 * An OpenAPI 3.1 document of these operations, and of the schemas that others share. Schemas are taken from the code, so that the document cannot say
 * anything else; OpenAPI 3.1 schemas are JSON Schema 2020-12, which is what zod writes.
 */
export function openApiDocument(
  info: DocumentInfo,
  operations: readonly ApiOperation[],
  shared: readonly NamedSchema[],
): object {
  const schemas = new Map<string, unknown>();
  const metadata = z.registry<{ id: string }>();
  for (const { name, schema } of shared) metadata.add(schema, { id: name });
  const referenceWith =
    (words: Words | undefined): Reference =>
    ({ name: given, schema, isTold }) => {
      const name = metadata.get(schema)?.id ?? given;
      if (!schemas.has(name)) {
        const { $defs = {}, ...root } = jsonSchema(schema, metadata, isTold);
        for (const [id, each] of Object.entries({ [name]: root, ...$defs })) {
          schemas.set(
            id,
            explained(each, (member) => words?.(id, member)),
          );
        }
      }
      return { $ref: `#/components/schemas/${name}` };
    };
  const paths: { [path: string]: { [method: string]: object } } = {};
  for (const operation of operations) {
    paths[operation.path] = {
      ...paths[operation.path],
      [operation.method]: describe(operation, referenceWith(operation.words)),
    };
  }
  return {
    openapi: '3.1.0',
    info,
    servers: [{ url: '/' }],
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

interface WrittenSchema {
  readonly $defs?: Readonly<Record<string, object>>;
  readonly [keyword: string]: unknown;
}

/** As zod writes it, its definitions to be found among the components. */
function jsonSchema(
  schema: z.core.$ZodType,
  metadata: z.core.$ZodRegistry<{ id: string }>,
  isTold: NamedSchema['isTold'] = () => false,
): WrittenSchema {
  const {
    $schema: _,
    id: _id,
    ...rest
  } = z.toJSONSchema(schema, {
    io: 'input',
    metadata,
    override({ zodSchema, jsonSchema: written }) {
      if (!(zodSchema instanceof z.ZodMiniObject)) return;
      const members: Readonly<Record<string, unknown>> = zodSchema.shape;
      const required = Object.keys(members).filter(
        (name) => written.required?.includes(name) === true || isTold(members[name]),
      );
      if (required.length > 0) written.required = required;
    },
  });
  return JSON.parse(JSON.stringify(rest).replaceAll('#/$defs/', '#/components/schemas/'));
}

type WordsOf = (member: string) => string | undefined;

/** The same schema, its members explained, those of members too. */
function explained(schema: unknown, wordsOf: WordsOf): unknown {
  if (Array.isArray(schema)) return schema.map((each) => explained(each, wordsOf));
  if (typeof schema !== 'object' || schema === null) return schema;
  const keywords = Object.entries(schema).map(([keyword, value]: [string, unknown]) => {
    const isMembers = keyword === 'properties' && typeof value === 'object' && value !== null;
    return [keyword, isMembers ? withWords(value, wordsOf) : explained(value, wordsOf)];
  });
  return Object.fromEntries(keywords);
}

function withWords(members: object, wordsOf: WordsOf): object {
  const entries = Object.entries(members).map(([name, schema]: [string, object]) => {
    const description = wordsOf(name);
    return [
      name,
      { ...(description !== undefined && { description }), ...Object(explained(schema, wordsOf)) },
    ];
  });
  return Object.fromEntries(entries);
}

function describe(operation: ApiOperation, reference: Reference): object {
  const { operationId, tag, summary, request, responses, errors, errorBody } = operation;
  const echoed = operation.echoes ?? [];
  const headers = Object.fromEntries(
    echoed.map((name) => [name, { description: 'As in the request.', schema: { type: 'string' } }]),
  );
  const response = (description: string, named: NamedSchema): object => ({
    description,
    ...(echoed.length === 0 ? {} : { headers }),
    content: { 'application/json': { schema: reference(named) } },
  });
  const parameters = [...echoed.map(echoedHeader), ...(operation.parameters ?? []).map(parameterOf)];
  return {
    operationId,
    tags: [tag],
    summary,
    ...(parameters.length === 0 ? {} : { parameters }),
    ...(request === undefined ? {} : { requestBody: bodyOf(request, reference) }),
    responses: {
      ...mapped(responses, (named, status) => response(ANSWERED[status] ?? 'The answer.', named)),
      ...mapped(errors, (meaning) => response(meaning, errorBody)),
    },
    ...(operation.assembled === undefined
      ? {}
      : { 'x-assembled': { oneOf: operation.assembled.map(reference) } }),
  };
}

/** What an answer's status says beside it. */
const ANSWERED: Readonly<Record<string, string>> = {
  '201': 'Filed; the answer is what was filed.',
  '202': 'Not done yet; the answer says what is missing.',
};

function mapped<T>(of: { readonly [key: string]: T }, change: (value: T, key: string) => object): object {
  return Object.fromEntries(Object.entries(of).map(([key, value]) => [key, change(value, key)]));
}

function bodyOf({ example, ...named }: NonNullable<ApiOperation['request']>, reference: Reference): object {
  const content = { schema: reference(named), ...(example === undefined ? {} : { example }) };
  return { required: true, content: { 'application/json': content } };
}

function echoedHeader(name: string): object {
  return { name, in: 'header', required: false, schema: { type: 'string', maxLength: 256 } };
}

function parameterOf({ name, in: place, required, description, schema, example }: ApiParameter): object {
  const { $schema: _, ...written } = z.toJSONSchema(schema, { io: 'input' });
  return { name, in: place, required, description, schema: written, example };
}
