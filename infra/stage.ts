/** Where a guard runs. The stage is part of the stack's name, so that stages may share an account. */
export const stages = ['dev', 'staging', 'prod'] as const;

export type Stage = (typeof stages)[number];

/** Reads the context value `stage` (`cdk synth -c stage=prod`). Absent means dev; anything unknown is an error. */
export function stageFrom(context: unknown): Stage {
  if (context === undefined) return 'dev';
  const stage = stages.find((each) => each === context);
  if (!stage) throw new Error(`context "stage" must be one of ${stages.join(', ')}`);
  return stage;
}
