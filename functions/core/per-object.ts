/**
 * What is worked out of a thing that never changes is worked out once, and kept for as long as the thing is. INVARIANT: for
 * facts, evidence and whatever else is never written to once it is made; of anything else it would go on telling what was.
 */
export function perObject<K extends object, V>(work: (of: K) => V): (of: K) => V {
  const known = new WeakMap<K, { readonly worked: V }>();
  return (of) => {
    let found = known.get(of);
    if (found === undefined) {
      found = { worked: work(of) };
      known.set(of, found);
    }
    return found.worked;
  };
}
