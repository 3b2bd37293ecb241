/** Every state that CloudFormation knows of a stack: whether something of it may serve, and what is said of it. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { PreflightOutcome } from '../../cli/preflight/finding.ts';
import { standingOf } from '../../cli/preflight/stack-standing.ts';

type Row = readonly [status: string, mayServe: boolean, PreflightOutcome, todo: RegExp | null];

const WAIT = /^wait until that has ended/;
const TABLE: readonly Row[] = [
  ['CREATE_COMPLETE', true, 'ok', null],
  ['UPDATE_COMPLETE', true, 'ok', null],
  ['UPDATE_ROLLBACK_COMPLETE', true, 'ok', null],
  ['IMPORT_COMPLETE', true, 'ok', null],
  ['IMPORT_ROLLBACK_COMPLETE', true, 'ok', null],
  ['REVIEW_IN_PROGRESS', false, 'ok', null],
  ['DELETE_COMPLETE', false, 'ok', null],
  ['CREATE_IN_PROGRESS', true, 'must-fix', WAIT],
  ['UPDATE_IN_PROGRESS', true, 'must-fix', WAIT],
  ['UPDATE_COMPLETE_CLEANUP_IN_PROGRESS', true, 'must-fix', WAIT],
  ['UPDATE_ROLLBACK_IN_PROGRESS', true, 'must-fix', WAIT],
  ['UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS', true, 'must-fix', WAIT],
  ['IMPORT_IN_PROGRESS', true, 'must-fix', WAIT],
  ['IMPORT_ROLLBACK_IN_PROGRESS', true, 'must-fix', WAIT],
  ['ROLLBACK_IN_PROGRESS', false, 'must-fix', WAIT],
  ['DELETE_IN_PROGRESS', false, 'must-fix', WAIT],
  [
    'CREATE_FAILED',
    true,
    'must-fix',
    /deploy --no-rollback`\. Do not roll it back: .* would delete all.*with --force does it unasked: answer no/,
  ],
  [
    'UPDATE_FAILED',
    true,
    'must-fix',
    /deploy --no-rollback`; or .*rollback-stack.* CREATE_COMPLETE or.*“Roll back first and then proceed”.*answer no/,
  ],
  [
    'UPDATE_ROLLBACK_FAILED',
    true,
    'must-fix',
    /continue-update-rollback --stack-name Guard`, and deploy again/,
  ],
  [
    'IMPORT_ROLLBACK_FAILED',
    true,
    'must-fix',
    /no call that leads out of this: ask AWS Support, or .* adopts/,
  ],
  ['ROLLBACK_COMPLETE', false, 'must-fix', /delete-stack --stack-name Guard` .*: nothing of it is at work/],
  ['ROLLBACK_FAILED', false, 'must-fix', /see first that its tables hold no registry, or .* adopts them/],
  ['DELETE_FAILED', false, 'must-fix', /if its tables hold a registry, .* adopts them/],
];

describe('a stack', () => {
  it.each(TABLE)('in %s', (status, mayServe, outcome, todo) => {
    const standing = standingOf('Guard', status);
    expect(standing).toMatchObject({ mayServe, answer: { outcome } });
    expect(standing.answer.todo).toEqual(todo === null ? null : expect.stringMatching(todo));
    expect(standing.answer.says).toContain(`(${status})`);
    expect(standing.isThere).toBe(status !== 'DELETE_COMPLETE');
  });

  it('is never to be deleted where something of it may be at work, or where it is not known', () => {
    const standings = [...TABLE.map(([status]) => status), 'PAUSED_BY_SOMEBODY'].map((status) =>
      standingOf('Guard', status),
    );
    const deleting = standings.filter(({ answer }) => answer.todo?.includes('delete-stack'));
    expect(deleting.map(({ answer }) => answer.says)).toEqual([
      'Guard is left over from a first deployment that failed (ROLLBACK_COMPLETE)',
    ]);
    expect(standings.at(-1)).toMatchObject({ mayServe: true, answer: { outcome: 'could-not-ask' } });
  });

  it('has no state that is not in the table', () => {
    const sdk = readFileSync('node_modules/aws-cdk/lib/index.js', 'utf8');
    const [, members = ''] = /\bvar StackStatus\d* = \{([^}]*UPDATE_ROLLBACK_FAILED[^}]*)\}/.exec(sdk) ?? [];
    const known = [...members.matchAll(/: "([A-Z_]+)"/g)].map(([, status]) => status);
    expect(known.toSorted()).toEqual(TABLE.map(([status]) => status).toSorted());
  });
});
