/** A stage that is the standby of another Region's guard: what it has besides, what it has not, and who may do what. */
import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { METRICS } from '../../functions/metrics/names.ts';
import { SERVICE } from './expected/alarms.ts';
import { FOUNDERS } from './expected/functions.ts';
import { resourceOf, stageTemplate } from './stage-template.ts';
import { alarmRow, grantsOf, ofType, plainOutputs, plainResources, type Resources } from './template-rows.ts';
import { stackWith, type ToldStack } from './told-stack.ts';

const KEY = 'arn:aws:kms:eu-west-1:123456789012:key/mrk-1';
const FIRST = ['eu-west-1', 'objects-1', 'state-1', 'floor-1', KEY];
const SIGNED = { commitPublicKeys: 'A'.repeat(160) };
const CONTEXT = { standbyOf: FIRST.join(','), ...SIGNED };

let own: Resources;
let told: ToldStack;
let standby: Resources;
beforeAll(() => {
  own = plainResources(stageTemplate('prod'));
  told = stackWith(CONTEXT, true);
  standby = plainResources(told.template);
}, 120_000);

/** The part of a role that is no log of its own. */
const granted = (resources: Resources, id: string) =>
  (grantsOf(resources)[id] ?? []).filter((each) => !each.includes('logs:'));
const alarms = (resources: Resources) =>
  new Map(ofType(resources, 'AWS::CloudWatch::Alarm').map(([id, each]) => [id, alarmRow([id, each])]));
const there = (table: string) => `arn:<AWS::Partition>:dynamodb:eu-west-1:<AWS::AccountId>:table/${table}`;
const inHead = 'if dynamodb:LeadingKeys ForAllValues:StringLike ["HEAD"] and dynamodb:LeadingKeys Null false';
const via = (region: string) =>
  `if kms:ViaService StringEquals ["dynamodb.${region}.amazonaws.com","dynamodb.${region}.<AWS::URLSuffix>"]`;

describe('a standby', () => {
  it('passes every rule pack: it acknowledges what it does not obey', () => {
    expect(told.violations).toEqual([]);
  });

  it('has one more function, on a schedule of a minute, outside of the network', () => {
    const Properties = standby['GuardStandbyFunction']?.Properties ?? {};
    expect(Properties['VpcConfig']).toBeUndefined();
    expect(Properties).toMatchObject({ MemorySize: 1024, Timeout: 55, ReservedConcurrentExecutions: 1 });
    const { Variables } = Properties['Environment'] as { Variables: Record<string, string> };
    const { BUILD_DIGEST: _, ...variables } = Variables;
    expect(variables).toEqual({
      SERVICE_NAME: SERVICE.prod,
      OBJECTS_TABLE: '<GuardTablesObjects>',
      STATE_TABLE: '<GuardTablesState>',
      FLOOR_TABLE: '<GuardTablesFloor>',
      COMMIT_PUBLIC_KEYS: `<GuardCommitPublicKey.PublicKey>,${SIGNED.commitPublicKeys}`,
      FOUNDER_KEYS: FOUNDERS,
      READS_FORMAT: '1',
      FIRST_REGION: 'eu-west-1',
      FIRST_OBJECTS_TABLE: 'objects-1',
      FIRST_STATE_TABLE: 'state-1',
      FIRST_FLOOR_TABLE: 'floor-1',
    });
    expect(standby['GuardStandbySchedule']?.Properties).toMatchObject({
      ScheduleExpression: 'rate(1 minute)',
      State: 'ENABLED',
    });
    expect(standby['GuardStandbyLiveEventInvokeConfig']?.Properties).toMatchObject({
      MaximumEventAgeInSeconds: 60,
      MaximumRetryAttempts: 0,
    });
  });

  it('may read one registry there and write one copy here, HEAD of it, tombstones and no floor', () => {
    expect(granted(standby, 'GuardStandbyRole')).toEqual([
      'Allow: dynamodb:BatchGetItem dynamodb:PartiQLInsert dynamodb:PutItem on <GuardTablesObjects.Arn>',
      `Allow: dynamodb:BatchGetItem on ${there('objects-1')}`,
      `Allow: dynamodb:DescribeTable dynamodb:Query on <GuardTablesFloor.Arn> ${there('floor-1')}`,
      `Allow: dynamodb:GetItem on <GuardTablesState.Arn> ${there('state-1')} ${inHead}`,
      `Allow: dynamodb:PutItem on <GuardTablesState.Arn> ${inHead}`,
      `Allow: kms:Decrypt kms:Encrypt kms:GenerateDataKey kms:GenerateDataKeyWithoutPlaintext kms:ReEncryptFrom kms:ReEncryptTo on <GuardKeysData.Arn> ${via('<AWS::Region>')}`,
      `Allow: kms:Decrypt on ${KEY} ${via('eu-west-1')}`,
    ]);
  });

  it('says which rule runs it: disabled, it copies nothing while people confirm', () => {
    const named = Object.entries(plainOutputs(told.template)).filter(([id]) =>
      id.includes('StandbyRuleName'),
    );
    expect(named.map(([, [value]]) => value)).toEqual(['<GuardStandbySchedule>']);
  });

  it('is left out of what the objects and the state table deny, and of nothing else', () => {
    const roles = (resources: Resources, table: string) => {
      const text = JSON.stringify(resources[`GuardTables${table}`]?.Properties['ResourcePolicy']);
      return [...text.matchAll(/<Guard(\w+)Role\.Arn>/g)].map(([, name]) => name);
    };
    expect(['Objects', 'State', 'Floor'].map((table) => roles(standby, table))).toEqual([
      ['Purge', 'Standby'],
      ['Registry', 'Stop', 'Standby'],
      ['Registry', 'Stop'],
    ]);
    expect(['Objects', 'State', 'Floor'].map((table) => roles(own, table))).toEqual([
      ['Purge'],
      ['Registry', 'Stop'],
      ['Registry', 'Stop'],
    ]);
  });

  it('leaves no right of it behind once it is deployed without `standbyOf`', () => {
    const rights = (resources: Resources) =>
      [...ofType(resources, 'AWS::IAM::Role'), ...ofType(resources, 'AWS::IAM::Policy')].filter(([id]) =>
        /standby/i.test(id),
      );
    expect(rights(standby).map(([id, { DeletionPolicy }]) => [id, DeletionPolicy])).toEqual([
      ['GuardStandbyRole', undefined],
      ['GuardStandbyRoleDefaultPolicy', undefined],
    ]);
    expect(JSON.stringify(own)).not.toMatch(/GuardStandby/);
  });

  it('has alarms of its own, and none on what is planned: that it is held, and that nobody asks', () => {
    const [before, after] = [alarms(own), alarms(standby)];
    const short = (id: string) => id.replace('GuardMonitoringAlarms', '');
    expect(
      [...before.keys()]
        .filter((id) => !after.has(id))
        .map(short)
        .sort(),
    ).toEqual(['HeadBelowFloor', 'Silence']);
    const added = [...after].filter(([id]) => !before.has(id));
    const metric = (how: string, name: string, seconds = 60) =>
      `${how} in ${seconds} of Routeguard ${name}{Service=${SERVICE.prod}}`;
    const again = (name: string) =>
      expect.stringContaining(`IF(TIME_SERIES(1), FILL([${metric('Sum', name)}], 0), 0)`);
    const once = ['>= 1', '1 of 20', 'notBreaching'];
    expect(added.map(([id, row]) => [short(id), ...row.slice(1, 5)])).toEqual([
      ['StandbyBehind', metric('Maximum', 'StandbyBehind'), '> 900', '1 of 3', 'ignore'],
      ['StandbyFailing', metric('Sum', 'StandbyFailures'), '>= 1', '3 of 10', 'breaching'],
      ['StandbyImpaired', again('StandbyShortcomings'), ...once],
      ['StandbyEnded', metric('Maximum', 'StandbyEnded'), '>= 1', '1 of 3', 'ignore'],
      ['StandbyUnproven', metric('Maximum', 'StandbyUnproven', 3600), ...['>= 1', '1 of 24', 'notBreaching']],
      ['StandbyNowAndThen', again('StandbyFailures'), ...once],
    ]);
    const told = [
      ...ofType(standby, 'AWS::CloudWatch::Alarm'),
      ...ofType(standby, 'AWS::CloudWatch::CompositeAlarm'),
    ].filter(([id]) => id.includes('AlarmsStandby'));
    const pages = told.filter(([, { Properties }]) =>
      JSON.stringify(Properties['AlarmActions']).includes('Paging'),
    );
    expect(pages.map(([id]) => short(id))).toEqual([
      'StandbyEnded',
      'StandbyFailingPage',
      'StandbyImpairedPage',
      'StandbyBehindPage',
    ]);
  });

  it('costs besides what docs/cost.md counts', () => {
    const [before, after] = [alarms(own), alarms(standby)];
    const added = [...after].filter(([id]) => !before.has(id));
    const metrics = Object.keys(METRICS).filter((name) => name.startsWith('Standby'));
    const pages = [standby, own].map((of) => ofType(of, 'AWS::CloudWatch::CompositeAlarm').length);
    const composites = (pages[0] ?? 0) - (pages[1] ?? 0);
    const [first, runs] = [added.length, ofType(standby, 'AWS::Events::Rule').length];
    expect(runs).toBe(ofType(own, 'AWS::Events::Rule').length + 1);
    const dollars = (metrics.length * 0.3 + first * 0.1 + composites * 0.5).toFixed(2);
    const page = readFileSync('docs/cost.md', 'utf8').replaceAll(/ +/g, ' ');
    expect(page).toContain(
      `| standby: ${metrics.length} metrics, ${first} alarms, ${composites} of them pages by a composite | $0.30, $0.10 and $0.50 each | $${dollars} |`,
    );
    expect(page).toContain('| standby: copying once a minute, 1 GB | 43,200 runs ');
    expect(standby['GuardStandbyFunction']?.Properties).toMatchObject({ MemorySize: 1024 });
  });

  it('is among what notifies where it dies or is throttled', () => {
    const reads = (resources: Resources, name: string) =>
      JSON.stringify(alarms(resources).get(`GuardMonitoringAlarms${name}`)).includes('GuardStandbyFunction');
    const both = ['SupportErrors', 'SupportThrottled'];
    expect(both.map((name) => [reads(standby, name), reads(own, name)])).toEqual(
      both.map(() => [true, false]),
    );
  });

  it('is otherwise what it will be when it decides', () => {
    const kinds = (resources: Resources) => Object.keys(resources).filter((id) => !/standby/i.test(id));
    const gone = Object.keys(own).filter((id) => standby[id] === undefined);
    expect(gone.map((id) => id.replace('GuardMonitoringAlarms', '')).sort()).toEqual([
      'HeadBelowFloor',
      'Silence',
    ]);
    expect(kinds(standby).filter((id) => own[id] === undefined)).toEqual([]);
    expect(resourceOf(told.template, 'AWS::Lambda::Function', 'GuardDecideFunction')).toBeDefined();
  });
});

it.each<[Readonly<Record<string, unknown>>, string]>([
  [{ standbyOf: 'eu-west-1' }, 'context "standbyOf" must be REGION,OBJECTS,STATE,FLOOR,KEY'],
  [{ standbyOf: [...FIRST, 'more'].join(',') }, 'context "standbyOf" must be REGION'],
  [
    { ...SIGNED, standbyOf: ['Ireland', ...FIRST.slice(1)].join(',') },
    '.region must be the name of a Region',
  ],
  [
    { ...SIGNED, standbyOf: ['eu-west-2', ...FIRST.slice(1)].join(',') },
    '.encryptionKeyArn must be the ARN of a key of that Region',
  ],
  [
    { ...SIGNED, standbyOf: ['eu-west-1', 'a/b', ...FIRST.slice(2)].join(',') },
    '.objects must be the name of a table',
  ],
  [
    { ...SIGNED, standbyOf: ['eu-west-1', 'one', 'one', 'two', KEY].join(',') },
    'must name a table of its own for each',
  ],
  [{ ...CONTEXT, adoptState: 'state-back' }, 'not together with `adopt`'],
  [{ standbyOf: FIRST.join(',') }, '`standbyOf` needs the public half'],
])('%j is refused', (context, problem) => {
  expect(() => stackWith(context, false)).toThrow(problem);
});
