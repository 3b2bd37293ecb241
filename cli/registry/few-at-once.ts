/** Requests under way at a time: more are throttled, and one after another takes minutes. */
const AT_ONCE = 8;

/** Asks for each, a few at a time; what each comes to, in their order. */
export async function fewAtOnce<T, R>(
  items: readonly T[],
  ask: (item: T) => Promise<R>,
): Promise<readonly R[]> {
  const found: R[] = [];
  for (let start = 0; start < items.length; start += AT_ONCE)
    found.push(...(await Promise.all(items.slice(start, start + AT_ONCE).map(ask))));
  return found;
}
