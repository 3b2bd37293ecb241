/** A file may name its JSON Schema at its top, for editors: that is no part of what it says. */
export function withoutSchemaName(document: unknown): unknown {
  if (typeof document !== 'object' || document === null || Array.isArray(document)) return document;
  const { $schema: _, ...said } = document as Readonly<Record<string, unknown>>;
  return said;
}
