/** What the stages of a checkout are told for a loss, before it and after, by `-c NAME=VALUE`: a standby, tables, keys, no canary. */
import { aws_kms as kms, type Stack } from 'aws-cdk-lib';
import type { Release, TrafficRoutingGuardProps } from './guard-props.ts';
import { KEY_ARN } from './keys.ts';
import type { ContextName } from './stage.ts';
import { standbyFrom } from './standby-source.ts';
import type { AdoptedTables } from './tables.ts';

/** The context values, each with the table it names. */
const ADOPTING = {
  adoptObjects: 'objects',
  adoptState: 'state',
  adoptFloor: 'floor',
} as const satisfies Partial<Readonly<Record<ContextName, keyof AdoptedTables>>>;

/**
 * The props that the context comes to, none where it says nothing. What it says is held to the bounds of the props.
 *
 * @throws Error for a value that is no text, or a signing key that is no ARN of a key
 */
export function recoveryProps(
  stack: Stack,
): Pick<
  TrafficRoutingGuardProps,
  'adopt' | 'signingKey' | 'additionalCommitPublicKeys' | 'release' | 'standbyOf'
> {
  const names = Object.keys(ADOPTING) as (keyof typeof ADOPTING)[];
  const adopt: AdoptedTables = Object.fromEntries(
    names.flatMap((name) => {
      const table = said(stack, name);
      return table === undefined ? [] : [[ADOPTING[name], table]];
    }),
  );
  const signing = said(stack, 'signingKey');
  const keys = said(stack, 'commitPublicKeys');
  const release = said(stack, 'release');
  const standby = said(stack, 'standbyOf');
  if (signing !== undefined && !KEY_ARN.test(signing))
    throw new Error(
      'context "signingKey" must be the ARN of a KMS key, arn:…:kms:REGION:ACCOUNT:key/ID: an alias or id alone will not do',
    );
  return {
    ...(Object.keys(adopt).length > 0 && { adopt }),
    ...(signing !== undefined && { signingKey: kms.Key.fromKeyArn(stack, 'SigningKey', signing) }),
    // Held, a registry answers no question of the hook, and an alarm that is red already would undo the canary.
    ...(release !== undefined && { release: release as Release }),
    ...(standby !== undefined && { standbyOf: standbyFrom(standby) }),
    ...(keys !== undefined && { additionalCommitPublicKeys: keys.split(',').map((key) => key.trim()) }),
  };
}

function said(stack: Stack, name: ContextName): string | undefined {
  const value: unknown = stack.node.tryGetContext(name);
  if (value === undefined) return undefined;
  if (typeof value !== 'string' || value === '')
    throw new Error(`context "${name}" must be text, or left out`);
  return value;
}
