/** What is the same for every portion that takes a list of its banner's: reckoned for the list, not for the portion. */
type Codes = readonly string[];

/** The function, computed once for a list and the same other arguments, for as long as the list is kept. */
export function oncePerList<A extends readonly unknown[], R>(
  compute: (list: Codes, ...others: A) => R,
): (list: Codes, ...others: A) => R {
  const known = new WeakMap<Codes, { readonly others: A; readonly result: R }>();
  return (list, ...others) => {
    const last = known.get(list);
    if (last?.others.every((other, i) => other === others[i])) return last.result;
    const result = compute(list, ...others);
    known.set(list, { others, result });
    return result;
  };
}
