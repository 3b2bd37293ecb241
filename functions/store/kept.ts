/**
 * Keeps what was made last for as long as it is asked for by the same key, which must name all that it was made from: then it
 * cannot be stale. One value, because what is kept so is large, and a process serves one version at a time but for audits.
 */
export function keptByKey<A extends readonly unknown[], T>(
  make: (...asked: A) => T,
  keyOf: (...asked: A) => string,
): (...asked: A) => T {
  let last: { readonly key: string; readonly made: T } | undefined;
  return (...asked) => {
    const key = keyOf(...asked);
    if (last?.key !== key) {
      const mine = { key, made: make(...asked) };
      last = mine;
      // What failed is not kept for whoever asks next.
      if (mine.made instanceof Promise)
        mine.made.catch(() => {
          if (last === mine) last = undefined;
        });
    }
    return last.made;
  };
}
