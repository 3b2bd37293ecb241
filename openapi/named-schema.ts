/** Schemas of the code as the document has them: as zod writes them, every member with its words. */
import * as z from 'zod/mini';

/** A schema the code itself reads or is typed with, and what it is called in the document. */
export interface NamedSchema {
  readonly name: string;
  readonly schema: z.core.$ZodType;
  /** Of an answer: whether a member is always there, though whoever reads with this schema does without. */
  readonly isTold?: (member: unknown) => boolean;
}

interface WrittenSchema {
  readonly $defs?: Readonly<Record<string, object>>;
  readonly [keyword: string]: unknown;
}

/** As zod writes it, its definitions to be found among the components. */
export function jsonSchema(
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

type WordsOf = (way: readonly string[]) => string;

/** The same schema, its members explained, those of members too; `way` leads to it. */
export function explained(schema: unknown, way: readonly string[], wordsOf: WordsOf): unknown {
  if (Array.isArray(schema)) return schema.map((each) => explained(each, way, wordsOf));
  if (typeof schema !== 'object' || schema === null) return schema;
  const keywords = Object.entries(schema).map(([keyword, value]: [string, unknown]) => {
    const isMembers = keyword === 'properties' && typeof value === 'object' && value !== null;
    return [keyword, isMembers ? withWords(value, way, wordsOf) : explained(value, way, wordsOf)];
  });
  return Object.fromEntries(keywords);
}

function withWords(members: object, way: readonly string[], wordsOf: WordsOf): object {
  const entries = Object.entries(members).map(([name, schema]: [string, object]) => {
    const there = [...way, name];
    return [name, { description: wordsOf(there), ...Object(explained(schema, there, wordsOf)) }];
  });
  return Object.fromEntries(entries);
}
