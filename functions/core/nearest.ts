/** Letters to add, drop, change or swap with their neighbour to get from one word to the other. */
function distance(a: string, b: string): number {
  const rows: number[][] = [Array.from({ length: b.length + 1 }, (_, j) => j)];
  const cost = (i: number, j: number) => rows[i]?.[j] ?? Number.POSITIVE_INFINITY;
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    rows.push(row);
    for (let j = 1; j <= b.length; j += 1) {
      const changed = cost(i - 1, j - 1) + (a[i - 1] === b[j - 1] ? 0 : 1);
      const swapped = a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1] ? cost(i - 2, j - 2) + 1 : changed;
      row.push(Math.min(changed, swapped, cost(i - 1, j) + 1, cost(i, j - 1) + 1));
    }
  }
  return cost(a.length, b.length);
}

/** The word of a list that was probably meant, because it is alike or begins so; undefined where none is near, or the word itself too long to be one. */
export function nearest(word: string, words: readonly string[]): string | undefined {
  if (word.length > 64) return undefined;
  const [best] = words
    .map((w) => ({ w, d: distance(word.toLowerCase(), w.toLowerCase()) }))
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
