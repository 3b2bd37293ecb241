/** Attempts to call what nobody granted: through a policy that allows without saying whom. */
import { expect, it } from 'vitest';
import { synthesised } from '../infra/stages.ts';

interface Statement {
  readonly Effect?: unknown;
  readonly Principal?: unknown;
  readonly Condition?: unknown;
  readonly Action?: unknown;
}

/** Every policy statement anywhere in a template. */
function* statementsIn(value: unknown): Generator<Statement> {
  if (typeof value !== 'object' || value === null) return;
  if (Object.hasOwn(value, 'Effect')) yield value as Statement;
  for (const each of Object.values(value)) yield* statementsIn(each);
}

/** True where a statement of a resource's policy allows everybody, whoever that is. */
function allowsAnybody({ Effect, Principal, Condition }: Statement): boolean {
  const everybody = JSON.stringify(Principal ?? '').includes('"*"');
  const named = /aws:PrincipalAccount|aws:PrincipalArn|kms:CallerAccount/.test(
    JSON.stringify(Condition ?? {}),
  );
  return Effect === 'Allow' && everybody && !named;
}

/** CloudFormation signs the address it wants an answer at, so that nobody's account can be asked for. */
const ANSWERS = ['s3:PutObject'];

it.each(synthesised.stages)('no statement of $stage allows without naming who', ({ stage, resources }) => {
  const all = [...statementsIn(resources)];
  expect(all.length).toBeGreaterThan(50);
  expect(all.filter(allowsAnybody).map(({ Action }) => Action)).toEqual(stage === 'prod' ? ANSWERS : []);
});
