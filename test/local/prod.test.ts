/** The stage prod on this machine, with its own bundles: it comes to a first permit, and each fault in its network is named. */
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type LocalAssembly, synthesise } from '../../infra/local/assembly.ts';
import { type LocalGuard, startLocalGuard } from '../../infra/local/local-guard.ts';
import type { Template } from '../../infra/local/template.ts';
import { resourceOf } from '../infra/stage-template.ts';
import type { MutableTemplate } from '../infra/synthesised-guard.ts';
import { freePort, invoke } from './guard-fixture.ts';
import { logBytesOf } from './log-bytes.ts';

let prod: LocalAssembly;
beforeAll(async () => {
  prod = await synthesise('prod');
});
afterAll(() => prod?.remove());

const reports: string[] = [];
/** What functions wrote while the permit was asked for. */
let written = '';
let permitted = '';

async function start(empty: boolean, change: (template: MutableTemplate) => void): Promise<LocalGuard> {
  reports.length = 0;
  written = '';
  const template = structuredClone(prod.template) as MutableTemplate;
  change(template);
  return startLocalGuard({
    ...{ port: await freePort(), data: undefined, empty, environment: {} },
    report: (line) => reports.push(line),
    log: (text) => {
      written += text;
    },
    signal: new AbortController().signal,
    synthesise: async () => ({ ...prod, template: template as Template, remove: async () => {} }),
  });
}

const message = { id: 'm-1', marking: 'SECRET//REL TO USA, GBR', markingFormat: 'us-banner' };
const ask = async (guard: LocalGuard) => {
  const request = JSON.stringify({ message, path: { route: 'sms-gb-primary' } });
  const { payload } = await invoke(guard.context.baseUrl, { request });
  return payload as { decision: boolean; reasons: { code: string }[] };
};

it('permits and is watched, all through the endpoints of its VPC', async () => {
  const guard = await start(false, () => {});
  try {
    written = '';
    expect(await ask(guard)).toMatchObject({ decision: true });
    permitted = written;
    expect(await guard.schedules.runAll()).toBe(true);
    expect(reports.toSorted()).toEqual([
      'probe, rate(1 minute): {"wrong":0,"unanswered":0,"rehearsed":true}',
      'watch, rate(1 minute): {"ok":true}',
    ]);
    expect(guard.isPrivate).toBe(true);
  } finally {
    await guard.stop();
  }
});

it('a permit writes one line, and docs/cost.md counts the bytes of all that is logged with it', () => {
  const lines = permitted.trimEnd().split('\n');
  expect(lines.map((line) => JSON.parse(line).event)).toEqual(['decision']);
  const page = readFileSync('docs/cost.md', 'utf8');
  const cell = (row: string, column: number) => {
    const line = page.split('\n').find((each) => each.startsWith(`| ${row}`)) ?? '';
    return Number(line.split('|')[column]?.replaceAll(/[^\d.]/g, ''));
  };
  const { line, prefix, platform, events } = logBytesOf(lines[0] ?? '');
  // Times have as many digits as they have: a hundredth of the line is left to them.
  expect(Math.abs(cell('bytes of the log line', 2) - line)).toBeLessThanOrEqual(line / 100);
  expect(cell('bytes that the platform logs with it', 2)).toBe(prefix + platform + events);
  const bytes = cell('bytes of the log line', 2) + cell('bytes that the platform logs with it', 2);
  const logged = Math.round(bytes / 10) / 100;
  expect(cell('log: the record', 2)).toBe(logged);
  expect(cell('log: the record', 4)).toBe(Math.round(logged * 50) / 100);
  const parts = ['Lambda requests', 'Lambda duration', 'DynamoDB strong reads', 'log: the record'];
  const sum = parts.reduce((total, part) => total + cell(part, 4), 0);
  expect(cell('**together**', 4)).toBeCloseTo(sum, 5);
});

const ENDPOINT = 'AWS::EC2::VPCEndpoint';
const BUCKET = 'cloudformation-custom-resource-response-useast1.s3.amazonaws.com';
const without = (start: string) => (template: MutableTemplate) => {
  delete template.Resources[resourceOf(template, ENDPOINT, start).id];
};
/** An endpoint that lets pass something else than is asked. */
const passing = (start: string, action: string) => (template: MutableTemplate) => {
  const { PolicyDocument } = resourceOf(template, ENDPOINT, start).Properties;
  for (const statement of (PolicyDocument as { Statement: { Action: unknown }[] }).Statement)
    statement.Action = action;
};

describe('it does not start', () => {
  it.each<[what: string, change: (template: MutableTemplate) => void, said: readonly string[]]>([
    [
      'without a way to CloudFormation’s bucket',
      without('VpcRouteguardS3'),
      [
        'GuardCommitPublicKey',
        'CREATE_FAILED: CloudFormation did not receive a response from your Custom Resource',
        `commit-key cannot reach ${BUCKET}: its VPC has no endpoint com.amazonaws.us-east-1.s3`,
      ],
    ],
    [
      'without a way to the signing key',
      without('GuardNetworkKms'),
      [
        'CREATE_FAILED: Received response status [FAILED] from custom resource',
        'commit-key cannot reach kms.us-east-1.amazonaws.com: its VPC has no endpoint com.amazonaws.us-east-1.kms',
      ],
    ],
    [
      'where the bucket’s endpoint lets nothing be put',
      passing('VpcRouteguardS3', 's3:GetObject'),
      ['CloudFormation did not receive a response'],
    ],
    [
      'where the key’s endpoint lets nothing be read',
      passing('GuardNetworkKms', 'kms:Sign'),
      ['Received response status [FAILED] from custom resource. Message returned: AccessDeniedException'],
    ],
  ])('%s', async (_what, change, said) => {
    const failed = await start(true, change).then(
      (guard) => guard.stop().then(() => 'it started'),
      (error: unknown) => String(error),
    );
    for (const part of said) expect(failed).toContain(part);
  });
});

it('without a way to the tables it denies and lets no release pass, and says why', async () => {
  const guard = await start(true, without('VpcRouteguardDynamoDb'));
  try {
    expect(await ask(guard)).toMatchObject({ decision: false, reasons: [{ code: 'REGISTRY_UNAVAILABLE' }] });
    const execution = { DeploymentId: 'd-1', LifecycleEventHookExecutionId: 'e-1' };
    const hook = { FunctionName: 'release-hook' };
    expect(await invoke(guard.context.baseUrl, execution, hook, 'releaser')).toMatchObject({ status: 200 });
    const tables = 'dynamodb.us-east-1.amazonaws.com';
    const why = 'its VPC has no endpoint com.amazonaws.us-east-1.dynamodb';
    expect(reports).toEqual([
      `decide cannot reach ${tables}: ${why}`,
      `release-hook cannot reach ${tables}: ${why}`,
      'the release’s hook told CodeDeploy: Failed',
    ]);
  } finally {
    await guard.stop();
  }
});
