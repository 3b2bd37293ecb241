/**
 * A fact that is not written yet: every member that its kind must have, with what it is for above it. Whatever must be
 * written stands as an empty text, which no member takes: a template that was not filled in says nothing.
 */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { FactKind } from '../../functions/core/facts/fact.ts';

/** A published schema, as far as a template follows it. */
interface Schema {
  readonly $ref?: string;
  readonly $defs?: Readonly<Record<string, Schema>>;
  readonly description?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
  readonly enum?: readonly string[];
  readonly const?: string;
}

/** Where the schema of a kind is published: in the project, and in the package. */
export function schemaFile(kind: FactKind): string {
  return fileURLToPath(new URL(`../../docs/schemas/${kind}.schema.json`, import.meta.url));
}

export function templateOf(kind: FactKind, id: string): string {
  const schema: Schema = JSON.parse(readFileSync(schemaFile(kind), 'utf8'));
  const lines = membersOf(schema, schema.$defs ?? {});
  return `${lines.join('\n')}\n`.replace('\nid: ""\n', `\nid: ${id}\n`);
}

type Shared = Readonly<Record<string, Schema>>;

function membersOf({ properties = {}, required = [] }: Schema, shared: Shared): readonly string[] {
  const members = Object.entries(properties).filter(([name]) => name !== '$schema');
  return members.flatMap(([name, member]) => {
    const words = member.description === undefined ? [] : [`# ${member.description}`];
    if (!required.includes(name)) return [...words, `# ${name}: (may be left out)`];
    return [...words, ...linesOf(name, member, shared)];
  });
}

function linesOf(name: string, member: Schema, shared: Shared): readonly string[] {
  const schema = resolved(member, shared);
  if (schema.const !== undefined) return [`${name}: ${schema.const}`];
  if (schema.items !== undefined)
    return [`${name}:`, ...indented(itemOf(resolved(schema.items, shared), shared))];
  if (schema.properties !== undefined) return [`${name}:`, ...indented(membersOf(schema, shared))];
  const [form, ...others] = (schema.anyOf ?? []).map((each) => resolved(each, shared));
  if (form?.properties !== undefined) {
    const instead = others.map((other) => `# Or: ${Object.keys(other.properties ?? {}).join(', ')}`);
    return [`${name}:`, ...indented([...instead, ...membersOf(form, shared)])];
  }
  const words = schema.enum ?? [];
  return [...(words.length === 0 ? [] : [`# One of: ${words.join(', ')}.`]), `${name}: ""`];
}

function itemOf(schema: Schema, shared: Shared): readonly string[] {
  if (schema.properties === undefined)
    return schema.enum ? [`# Of: ${schema.enum.join(', ')}.`, '- ""'] : ['- ""'];
  const [first = '', ...rest] = membersOf(schema, shared);
  return [`- ${first}`, ...rest.map((line) => `  ${line}`)];
}

function resolved(schema: Schema, shared: Shared): Schema {
  const { $ref } = schema;
  return $ref === undefined ? schema : { ...shared[$ref.slice($ref.lastIndexOf('/') + 1)] };
}

function indented(lines: readonly string[]): readonly string[] {
  return lines.map((line) => `  ${line}`);
}
