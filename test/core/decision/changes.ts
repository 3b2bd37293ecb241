/** Changes to a set of facts, to be put together. */
export type Change = (facts: readonly unknown[]) => readonly unknown[];

export const plus =
  (...added: readonly unknown[]): Change =>
  (facts) => [...facts, ...added];
export const without =
  (kind: string, id: string): Change =>
  (facts) =>
    facts.filter((f) => !isFact(f, kind, id));
export const instead =
  (kind: string, id: string, change: object): Change =>
  (facts) =>
    facts.map((f) => (isFact(f, kind, id) ? { ...(f as object), ...change } : f));
export const all =
  (...changes: readonly Change[]): Change =>
  (facts) =>
    changes.reduce((sum, change) => change(sum), facts);

function isFact(f: unknown, kind: string, id: string): boolean {
  return (f as { kind: string }).kind === kind && (f as { id: string }).id === id;
}
