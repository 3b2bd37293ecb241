/** Writes docs/schemas/ (`npm run docs:schemas`): a JSON Schema of every kind of fact, from the shapes that facts are read by. */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import * as z from 'zod/mini';
import { operation } from '../../functions/core/administration/change.ts';
import { FACT_KINDS, type FactKind, fact } from '../../functions/core/facts/fact.ts';
import { day, validity } from '../../functions/core/facts/moment.ts';
import * as primitives from '../../functions/core/facts/primitives.ts';
import { source } from '../../functions/core/facts/provenance.ts';
import { rule } from '../../functions/core/rules/vocabulary.ts';
import { KIND_WORDS } from './member-words.ts';
import { RULE_PAGES } from './rule-pages.ts';
import { sayChecks } from './schema-checks.ts';
import { byMember, choice, isSchema, type JsonSchema, wordOf } from './schema-forms.ts';
import { sayMembers } from './schema-words.ts';

const DIALECT = 'https://json-schema.org/draft/2020-12/schema';

/** Shapes that stand in many places: each is written once in a schema, by the name of what it is of. */
const named = z.registry<{ id: string }>();
for (const [id, shape] of Object.entries({ ...primitives, day, valid: validity, sources: source }))
  if (typeof shape === 'object') named.add(shape, { id });

interface Made {
  readonly schema: JsonSchema;
  readonly $defs: Record<string, JsonSchema>;
}

function madeOf(shape: z.core.$ZodType): Made {
  const {
    $schema: _,
    $defs = {},
    ...schema
  } = z.toJSONSchema(shape, {
    io: 'input',
    unrepresentable: 'any',
    metadata: named,
    override({ zodSchema, jsonSchema }) {
      sayChecks(zodSchema, jsonSchema);
      if (zodSchema !== rule) return;
      const { oneOf = [], ...rest } = jsonSchema;
      delete jsonSchema.oneOf;
      Object.assign(jsonSchema, rest, byMember('rule', oneOf.filter(isSchema).map(ruleShape)));
    },
  });
  // The name of a shape is no address.
  const shared = Object.entries($defs).map(([name, { id, ...each }]) => [name, each] as const);
  for (const [name, each] of shared) sayMembers(each, name);
  return { schema, $defs: Object.fromEntries(shared) };
}

function ruleShape(shape: JsonSchema): readonly [string, JsonSchema] {
  const name = wordOf(shape, 'rule');
  const page = Object.entries(RULE_PAGES).find(([known]) => known === name);
  return [name, page === undefined ? shape : { ...shape, description: page[1].about.demands }];
}

const EDITORS: JsonSchema = { type: 'string', description: 'For editors: where this schema is.' };

/** One kind of fact. */
function kindSchema(shape: z.core.$ZodType): readonly [FactKind, JsonSchema] {
  const { schema, $defs } = madeOf(shape);
  const kind = FACT_KINDS.find((each) => each === wordOf(schema, 'kind'));
  if (kind === undefined) throw new Error('a shape of no kind of fact');
  sayMembers(schema, kind);
  const { description: must, properties, ...rest } = schema;
  return [
    kind,
    {
      $schema: DIALECT,
      title: kind,
      description: must === undefined ? KIND_WORDS[kind] : `${KIND_WORDS[kind]} ${must}`,
      ...rest,
      properties: { $schema: EDITORS, ...properties },
      $defs,
    },
  ];
}

const fileOf = (name: string) => `${name}.schema.json`;

/** A list by one schema, anything else by another. */
const listOr = (list: JsonSchema, one: JsonSchema): JsonSchema => choice({ type: 'array' }, list, one);

/** A file of facts: one, or a list of them. */
function factSchema(): JsonSchema {
  const one: JsonSchema = { $ref: '#/$defs/fact' };
  const every = byMember(
    'kind',
    FACT_KINDS.map((kind) => [kind, { $ref: fileOf(kind) }]),
  );
  sayMembers(every, 'fact');
  return {
    $schema: DIALECT,
    title: 'facts',
    description: 'One fact, or a list of them.',
    ...listOr({ items: one }, one),
    $defs: { fact: every },
  };
}

/** In a file the digest may be left out: it is then that of the fact as it stands. */
function operationShape({ properties = {}, required = [], ...rest }: JsonSchema): JsonSchema {
  const fact: JsonSchema = { $ref: `${fileOf('fact')}#/$defs/fact` };
  return {
    ...rest,
    properties: { ...properties, ...(properties['fact'] !== undefined && { fact }) },
    required: required.filter((name) => name !== 'was'),
  };
}

/** A change as `registry propose` reads it: facts and operations, by themselves or with a reason. */
function changeSchema(): JsonSchema {
  const { schema, $defs } = madeOf(operation);
  const shapes = (schema.oneOf ?? []).filter(isSchema).map(operationShape);
  const operations = byMember(
    'op',
    shapes.map((each) => [wordOf(each, 'op'), each]),
  );
  const whole: JsonSchema = {
    type: 'object',
    properties: { $schema: EDITORS, reason: { type: 'string' }, changes: { $ref: '#/$defs/changes' } },
    required: ['changes'],
    additionalProperties: false,
  };
  sayMembers(operations, 'operation');
  sayMembers(whole, 'whole');
  const entry = choice(
    { required: ['op'] },
    { $ref: '#/$defs/operation' },
    { $ref: `${fileOf('fact')}#/$defs/fact` },
  );
  return {
    $schema: DIALECT,
    title: 'change',
    description: 'Facts and operations that are one proposal; a fact alone is added.',
    ...listOr(
      { $ref: '#/$defs/changes' },
      choice(
        { anyOf: [{ required: ['op'] }, { required: ['kind'] }] },
        { $ref: '#/$defs/entry' },
        { $ref: '#/$defs/whole' },
      ),
    ),
    $defs: {
      ...$defs,
      changes: { type: 'array', minItems: 1, items: { $ref: '#/$defs/entry' } },
      entry,
      operation: operations,
      whole,
    },
  };
}

/** Every schema that is published, by the name of its file. */
export function factSchemas(): ReadonlyMap<string, JsonSchema> {
  const all = [
    ...fact._zod.def.options.map(kindSchema),
    ['fact', factSchema()] as const,
    ['change', changeSchema()] as const,
  ];
  return new Map(all.map(([name, schema]) => [fileOf(name), schema]));
}

if (import.meta.main) {
  const folder = new URL('../schemas/', import.meta.url);
  // A kind that is no more leaves nothing behind.
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder);
  for (const [file, schema] of factSchemas())
    writeFileSync(new URL(file, folder), `${JSON.stringify(schema, null, 2)}\n`);
}
