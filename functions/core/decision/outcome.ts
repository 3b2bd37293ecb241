/** The four outcomes inside. On the wire only `permit` becomes `decision: true`. */
export type Outcome = 'permit' | 'not-applicable' | 'indeterminate' | 'deny';

/** Worst first: deny, indeterminate, not-applicable (an owner without a mandate), permit. */
const SEVERITY = { permit: 0, 'not-applicable': 1, indeterminate: 2, deny: 3 } as const satisfies Record<
  Outcome,
  number
>;

/** The worst of some outcomes. INVARIANT: of none it is `deny`, because an empty fold has shown nothing. */
export function worst(outcomes: readonly Outcome[]): Outcome {
  let result: Outcome | undefined;
  for (const outcome of outcomes) {
    if (result === undefined || SEVERITY[outcome] > SEVERITY[result]) result = outcome;
  }
  return result ?? 'deny';
}
