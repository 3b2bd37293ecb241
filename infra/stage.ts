import { suggesting } from '../functions/core/nearest.ts';

/** Where a guard runs. The stage is part of the stack's name, so that stages may share an account. */
export const stages = ['dev', 'staging', 'prod'] as const;

export type Stage = (typeof stages)[number];

/** What the app is told by `-c NAME=VALUE`. */
const CONTEXT = [
  ...(['stage', 'founderKeys'] as const),
  // For a loss; see recovery-context.ts.
  ...(['adoptObjects', 'adoptState', 'adoptFloor', 'signingKey', 'commitPublicKeys'] as const),
  ...(['release', 'standbyOf'] as const),
] as const;

export type ContextName = (typeof CONTEXT)[number];

/** A name that nobody but an app of one's own gives: the CDK's and its toolkit's have a colon, a slash or an at sign. */
const OWN = /^[\w.-]+$/;
/** Written into cdk.json by `cdk acknowledge`. */
const TOOLKITS: ReadonlySet<string> = new Set(['acknowledged-issue-numbers']);

/**
 * Reads the context value `stage` (`cdk synth -c stage=prod`). Absent means dev; anything unknown is an error, a name that
 * is nearly one of ours too: `-c stag=prod` would be dev.
 */
export function stageFrom(context: Readonly<Record<string, unknown>>): Stage {
  const known: readonly string[] = CONTEXT;
  const unknown = Object.keys(context).find(
    (name) => OWN.test(name) && !TOOLKITS.has(name) && !known.includes(name),
  );
  if (unknown !== undefined)
    throw new Error(
      suggesting(`context "${unknown}" is unknown: the app takes ${known.join(', ')}`, unknown, known),
    );
  const { stage: given } = context;
  if (given === undefined) return 'dev';
  const stage = stages.find((each) => each === given);
  if (!stage) throw new Error(`context "stage" must be one of ${stages.join(', ')}`);
  return stage;
}
