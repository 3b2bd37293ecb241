/** Gives the members of a schema their words: first what each is for, then what it must be. */
import { MEMBER_WORDS } from './member-words.ts';
import { isSchema, type JsonSchema } from './schema-forms.ts';

/** The key of what is said of the member at the end of this way: the longest that fits. */
export function wordsKey(way: readonly string[]): string | undefined {
  const keys = way.map((_, index) => way.slice(index).join('.'));
  return keys.find((key) => Object.hasOwn(MEMBER_WORDS, key));
}

type Visit = (member: JsonSchema, way: readonly string[]) => void;

/** Every member of a schema with its way: what it is of, and the rule where it is of one. */
export function eachMember(schema: JsonSchema, way: readonly string[], visit: Visit): void {
  for (const [name, member] of Object.entries(schema.properties ?? {})) {
    if (!isSchema(member)) continue;
    visit(member, [...way, name]);
    eachMember(member, [...way, name], visit);
  }
  const { items, additionalProperties, anyOf = [], allOf = [] } = schema;
  for (const inner of [items, additionalProperties, ...anyOf])
    if (isSchema(inner)) eachMember(inner, way, visit);
  for (const each of allOf) {
    if (!isSchema(each) || !isSchema(each.if) || !isSchema(each.then)) continue;
    const [told] = Object.values(each.if.properties ?? {});
    eachMember(each.then, [...way, String(isSchema(told) ? told.const : '')], visit);
  }
}

export function sayMembers(schema: JsonSchema, of: string): void {
  eachMember(schema, [of], (member, way) => {
    const key = wordsKey(way);
    if (key === undefined) return;
    const must = member.description;
    member.description = `${MEMBER_WORDS[key]}${must === undefined ? '' : ` ${must}`}`;
  });
}
