/** A JSON object with no member named twice, as read from text. */
export type ReadObject =
  | { readonly ok: true; readonly members: { readonly [member: string]: unknown }; readonly repeats: boolean }
  | { readonly ok: false };

/** One JSON string, and the colon that makes it a member name. */
const STRING_AND_COLON = /"(?:[^"\\]|\\.)*"(\s*:)?/g;

/**
 * Reads a JSON object and says whether a member is named twice anywhere in it: `JSON.parse` keeps the last one
 * silently, another reader may keep the first. Names in the text are counted against names in the value.
 */
export function readObject(text: string): ReadObject {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { ok: false };
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return { ok: false };
  let named = 0;
  for (const match of text.matchAll(STRING_AND_COLON)) if (match[1] !== undefined) named += 1;
  return {
    ok: true,
    members: value as { readonly [member: string]: unknown },
    repeats: named !== countMembers(value),
  };
}

function countMembers(root: object): number {
  let count = 0;
  // A list of work instead of recursion: an answer may be nested deeper than the stack.
  const open: object[] = [root];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const values: unknown[] = Object.values(next);
    if (!Array.isArray(next)) count += values.length;
    for (const value of values) if (typeof value === 'object' && value !== null) open.push(value);
  }
  return count;
}
