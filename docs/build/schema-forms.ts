/** Forms of JSON Schema that several schemas here are written in. */
import type * as z from 'zod/mini';

export type JsonSchema = z.core.JSONSchema.BaseSchema;

export function isSchema(value: unknown): value is JsonSchema {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** One schema where a condition is met, and another where it is not. */
export function choice(condition: JsonSchema, met: JsonSchema, otherwise?: JsonSchema): JsonSchema {
  // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema, and nothing awaits it
  return { if: condition, then: met, ...(otherwise !== undefined && { else: otherwise }) };
}

/**
 * One of several shapes, told apart by a member. Not as alternatives: of what fits none of those, an editor says that it
 * fits none, or speaks of one that was not meant.
 */
export function byMember(member: string, shapes: readonly (readonly [string, JsonSchema])[]): JsonSchema {
  return {
    type: 'object',
    properties: { [member]: { enum: shapes.map(([word]) => word) } },
    required: [member],
    allOf: shapes.map(([word, shape]) => choice({ properties: { [member]: { const: word } } }, shape)),
  };
}

/** The word by which a shape is told from its like. */
export function wordOf(shape: JsonSchema, member: string): string {
  return String((shape.properties?.[member] as JsonSchema | undefined)?.const);
}
