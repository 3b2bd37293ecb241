/** Whether a parsed document is plain JSON of bounded size. YAML and hand-made values can be cyclic, deep or shared. */
import type { Json } from '../facts/canonical.ts';

/** The largest fact, in bytes of JSON: a network with 512 deployments fits, and every document it lands in is stored. */
export const MAX_FACT_BYTES = 192 * 1024;
const MAX_FACT_DEPTH = 24;

/** One sentence where a value is not a JSON object the registry can hold; `undefined` where it is. */
export function unfitForStorage(value: unknown): string | undefined {
  let budget = MAX_FACT_BYTES;
  const waiting: { readonly value: unknown; readonly depth: number }[] = [{ value, depth: 0 }];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const { value: v, depth } = next;
    // A shared or cyclic part is walked each time it is met, so the budget bounds what it would expand to.
    budget -= 1;
    if (typeof v === 'string') {
      if (!v.isWellFormed()) return 'a text holds half of a surrogate pair';
      budget -= Buffer.byteLength(v, 'utf8') + 2;
    } else if (typeof v === 'number') {
      if (!Number.isSafeInteger(v) || Object.is(v, -0)) return 'numbers are whole: a share of 35 % is 3500';
    } else if (typeof v === 'object' && v !== null) {
      if (depth > MAX_FACT_DEPTH) return 'nested too deeply';
      const plain = Array.isArray(v) || Object.getPrototypeOf(v) === Object.prototype;
      if (!plain || Object.hasOwn(v, '__proto__')) return 'not plain JSON';
      for (const [name, inner] of Object.entries(v)) {
        if (!name.isWellFormed()) return 'a name holds half of a surrogate pair';
        budget -= Buffer.byteLength(name, 'utf8') + 3;
        waiting.push({ value: inner, depth: depth + 1 });
        if (budget < 0) return `larger than ${MAX_FACT_BYTES} bytes`;
      }
    } else if (typeof v !== 'boolean' && v !== null) return 'not JSON';
    if (budget < 0) return `larger than ${MAX_FACT_BYTES} bytes`;
  }
  return undefined;
}

export function isPlainJson(value: unknown): value is Json {
  return unfitForStorage(value) === undefined;
}
