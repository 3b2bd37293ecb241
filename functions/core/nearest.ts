/** Letters left out, put in, changed or swapped with the next between two words (optimal string alignment). */
export function slipsBetween(a: string, b: string): number {
  let [before, last] = [[] as number[], Array.from({ length: b.length + 1 }, (_, j) => j)];
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const cost = a[i - 1] === b[j - 1] ? 0 : 1;
      const isSwap = a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      const swapped = isSwap ? (before[j - 2] ?? Number.POSITIVE_INFINITY) + 1 : Number.POSITIVE_INFINITY;
      row.push(Math.min((last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (last[j - 1] ?? 0) + cost, swapped));
    }
    [before, last] = [last, row];
  }
  return last[b.length] ?? 0;
}

/**
 * The word of a list that was probably meant, because it is alike or begins so; undefined where none is near, or the word
 * itself too long to be one.
 */
export function nearest(word: string, words: readonly string[]): string | undefined {
  if (word.length > 64) return undefined;
  const [best] = words
    .map((w) => ({ w, d: slipsBetween(word.toLowerCase(), w.toLowerCase()) }))
    .sort((a, b) => a.d - b.d);
  if (best !== undefined && best.d <= Math.max(1, Math.floor(word.length / 4))) return best.w;
  const begun = words.filter((w) => w.toLowerCase().startsWith(word.toLowerCase()));
  return word.length >= 3 && begun.length === 1 ? begun[0] : undefined;
}

/** A sentence about a word, and which one of a list was probably meant. */
export function suggesting(sentence: string, word: string, words: readonly string[]): string {
  const meant = nearest(word, words);
  return meant === undefined ? sentence : `${sentence}; did you mean ${meant}?`;
}
