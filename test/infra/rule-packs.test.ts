import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  App,
  aws_dynamodb as dynamodb,
  aws_iam as iam,
  aws_lambda as lambda,
  aws_logs as logs,
  Stack,
} from 'aws-cdk-lib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { GuardStack } from '../../infra/guard-stack.ts';
import { projectRoot } from '../../infra/project-paths.ts';
import { addRulePacks } from '../../infra/rules/rule-packs.ts';
import { stages } from '../../infra/stage.ts';
import { fixtureAssets } from './synthesised-guard.ts';

const assets = fixtureAssets();
const directories: string[] = [];
afterAll(() => {
  assets.remove();
  for (const each of directories) rmSync(each, { recursive: true, force: true });
});

function newApp(): App {
  const outdir = mkdtempSync(join(tmpdir(), 'routeguard-rules-'));
  directories.push(outdir);
  const { context } = JSON.parse(readFileSync(join(projectRoot, 'cdk.json'), 'utf8'));
  return new App({ outdir, context, analyticsReporting: false });
}

/** Synthesises under every rule pack; the rules that failed, or none. */
function findings(app: App): readonly string[] {
  addRulePacks(app);
  try {
    app.synth();
    return [];
  } catch (error) {
    const report = readFileSync(join(app.outdir, 'validation-report.json'), 'utf8');
    return [
      ...new Set(
        report.match(/(?:ROUTEGUARD_[A-Z_]+|AwsSolutions-[A-Z]+\d+|NIST\.800\.53\.R5-\w+)/g) ?? [
          String(error),
        ],
      ),
    ];
  }
}

describe('every stage passes every rule pack', () => {
  it.each(stages)(
    '%s',
    (stage) => {
      const app = newApp();
      new GuardStack(app, stage, { assets: assets.directory });
      expect(findings(app)).toEqual([]);
    },
    60_000,
  );
});

describe('and a violation fails the synth', () => {
  const broken: readonly [rule: string, what: string, build: (stack: Stack) => unknown][] = [
    [
      'ROUTEGUARD_GLOBAL_TABLE_ENCRYPTED',
      'an unprotected TableV2',
      (stack) =>
        new dynamodb.TableV2(stack, 'Table', {
          partitionKey: { name: 'pk', type: dynamodb.AttributeType.STRING },
        }),
    ],
    [
      'ROUTEGUARD_TABLE_PROTECTED',
      'an unprotected table',
      (stack) =>
        new dynamodb.Table(stack, 'Table', {
          partitionKey: { name: 'pk', type: dynamodb.AttributeType.STRING },
        }),
    ],
    [
      'ROUTEGUARD_NO_FUNCTION_URL',
      'a function URL',
      (stack) =>
        new lambda.CfnUrl(stack, 'Url', {
          authType: 'AWS_IAM',
          targetFunctionArn: stack.formatArn({ service: 'lambda', resource: 'function' }),
        }),
    ],
    ['ROUTEGUARD_LOGS_KEPT', 'a log group without a key', (stack) => new logs.LogGroup(stack, 'Logs')],
    [
      'AwsSolutions-IAM5',
      'a wildcard',
      (stack) =>
        new iam.ManagedPolicy(stack, 'Policy', {
          statements: [new iam.PolicyStatement({ actions: ['dynamodb:GetItem'], resources: ['*'] })],
        }),
    ],
  ];
  // One template with all of it: a synth under every pack takes seconds.
  let found: readonly string[];
  beforeAll(() => {
    const app = newApp();
    for (const [rule, , make] of broken) make(new Stack(app, rule.replaceAll(/[^A-Z]/gi, '')));
    found = findings(app);
  }, 60_000);

  it.each(broken)('%s: %s', (rule) => {
    expect(found).toContain(rule);
  });
});
