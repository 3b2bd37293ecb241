/** What `preflight` says of tables that a template adopts, of a stack that is at work or half gone, and of whom it believes. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { LOCAL_FOUNDERS } from '../../infra/local/identities.ts';
import { stageTemplate } from '../infra/stage-template.ts';
import type { MutableTemplate } from '../infra/synthesised-guard.ts';
import {
  type AccountAnswers,
  type AccountServer,
  answered,
  asCaller,
  concurrency,
  formError,
  jsonError,
  madeBy,
  ownedBy,
  readyAccount,
  stackOf,
  startAccount,
} from './aws-account.ts';
import { preflightFindings } from './preflight-findings.ts';

const [PAT, LEE, KIM] = [
  'MCowBQYDK2VwAyEA11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=',
  'MCowBQYDK2VwAyEAPUAXw+hDiVqStwqnTRt+vJyYLM8uxJaMwM1V8Sr0Zgw=',
  'MCowBQYDK2VwAyEA/FHNjmIYoaONpH7QAjDwWAgW7RO6MwOsXeuRFUiQgCU=',
];

const KEY = 'arn:aws:kms:eu-west-2:123456789012:key/data-1';
const TABLES = { objects: 'Routeguard-prod-O', state: 'Routeguard-prod-S', floor: 'Routeguard-prod-F' };
const VARIABLES = { objects: 'OBJECTS_TABLE', state: 'STATE_TABLE', floor: 'FLOOR_TABLE' } as const;

/** Every function of the template told something else. */
function told(template: MutableTemplate, change: Record<string, unknown>): MutableTemplate {
  const copy = structuredClone(template);
  for (const { Type, Properties } of Object.values(copy.Resources)) {
    const { Variables } = (Properties?.['Environment'] ?? {}) as { Variables?: Record<string, unknown> };
    if (Type === 'AWS::Lambda::Function' && Variables?.['OBJECTS_TABLE'] !== undefined)
      Object.assign(Variables, change);
  }
  return copy;
}

const prod = told(stageTemplate('prod'), { FOUNDER_KEYS: `${PAT},${LEE}` });
const adopting = told(
  prod,
  Object.fromEntries(
    Object.entries(VARIABLES).map(([name, variable]) => [variable, TABLES[name as keyof typeof TABLES]]),
  ),
);
/** Of the stack that is there, each by its logical id; its key of the data is the one that tables are under. */
const nameOf = (id: string) => {
  if (id.startsWith('GuardTables')) return TABLES[id.slice(11, -8).toLowerCase() as keyof typeof TABLES];
  const alarm = prod.Resources[id]?.Properties?.['AlarmName'];
  if (typeof alarm === 'string') return alarm;
  if (prod.Resources[id]?.Type === 'AWS::Logs::LogGroup') return `Routeguard-prod-${id}`;
  return id.startsWith('GuardKeysData') ? 'data-1' : id;
};

const directory = mkdtempSync(join(tmpdir(), 'routeguard-preflight-'));
let account: AccountServer;
beforeAll(async () => {
  account = await startAccount();
});
afterAll(() => {
  account.stop();
  rmSync(directory, { recursive: true, force: true });
  vi.unstubAllEnvs();
});
beforeEach(() => asCaller(account));

/** What is found of these checks: each with its outcome, and what is to be done. */
async function found(
  checks: readonly string[],
  answers: AccountAnswers,
  template = prod,
): Promise<{ readonly said: readonly string[]; readonly todo: string }> {
  account.become({ ...readyAccount(template), ...answers });
  const findings = await preflightFindings(directory, template);
  const those = findings.filter(({ check }) => checks.includes(check));
  return {
    said: those.map(({ check, outcome, says }) => `${outcome} ${check}: ${says}`),
    todo: those.map(({ todo }) => todo ?? '').join(),
  };
}

const variables = (change: Record<string, string> = {}) =>
  answered({
    FunctionName: 'f',
    Environment: {
      Variables: {
        ...{ OBJECTS_TABLE: TABLES.objects, STATE_TABLE: TABLES.state, FLOOR_TABLE: TABLES.floor },
        ...{ FOUNDER_KEYS: `${PAT},${LEE}`, COMMIT_PUBLIC_KEYS: 'NOW' },
        ...change,
      },
    },
  });
const left = { 'dynamodb.ListTables': answered({ TableNames: ['Orders', ...Object.values(TABLES)] }) };
const stackIn = (status: string): AccountAnswers => ({
  'cloudformation.DescribeStacks': stackOf(status),
  'cloudformation.ListStackResources': madeBy(prod, nameOf),
  'lambda.concurrency': answered({}),
  'lambda.configuration': variables(),
  'kms.GetPublicKey': answered({ PublicKey: 'NOW' }),
});
const there = stackIn('UPDATE_COMPLETE');
const tableOf =
  (change: object = {}): AccountAnswers[string] =>
  (_before, input) => {
    const { TableName: name } = JSON.parse(input) as { readonly TableName: string };
    const names =
      name === TABLES.objects
        ? [['digest', 'HASH']]
        : [
            ['pk', 'HASH'],
            ['sk', 'RANGE'],
          ];
    const whole = {
      TableArn: `arn:aws:dynamodb:eu-west-2:123456789012:table/${name}`,
      TableStatus: 'ACTIVE',
      SSEDescription: { KMSMasterKeyArn: KEY },
      KeySchema: names.map(([AttributeName, KeyType]) => ({ AttributeName, KeyType })),
      AttributeDefinitions: names.map(([AttributeName]) => ({ AttributeName, AttributeType: 'S' })),
    };
    return answered({ Table: name === TABLES.state ? { ...whole, ...change } : whole });
  };
const ownGroups = answered({
  logGroups: Object.keys(prod.Resources)
    .filter((id) => prod.Resources[id]?.Type === 'AWS::Logs::LogGroup')
    .map((id) => ({ logGroupName: nameOf(id) })),
});
const IN_USE = `ok left-over: in use, and not left over, because the template or the stack names them: ${Object.values(TABLES).join(', ')}`;
const NONE = 'ok left-over: no table and no log group is left over from an earlier stack of that name';

describe('what bears the stack’s name', () => {
  it.each<[string, AccountAnswers, MutableTemplate, readonly string[]]>([
    ['is in use where the template adopts it', left, adopting, [NONE, IN_USE]],
    [
      'is in use where functions that are there have it, and the template does not name it',
      {
        ...left,
        ...there,
        'cloudformation.ListStackResources': madeBy(prod, (id) =>
          id.startsWith('GuardTables') ? id : nameOf(id),
        ),
      },
      prod,
      [NONE, IN_USE],
    ],
    ['is the stack’s own', { ...left, ...there, 'logs.DescribeLogGroups': ownGroups }, prod, [NONE]],
    [
      'and belongs to no stack is left over beside one that serves',
      { ...there, 'dynamodb.ListTables': answered({ TableNames: [TABLES.state, 'Routeguard-prod-Old'] }) },
      prod,
      [
        'must-fix left-over: no stack has them, and an earlier one of that name has left them: table Routeguard-prod-Old',
      ],
    ],
    [
      'may have been made a moment ago',
      {
        ...there,
        'cloudformation.DescribeStackResources': (_before, input) => ownedBy(input, 'Routeguard-prod'),
        'dynamodb.ListTables': answered({ TableNames: ['Routeguard-prod-New'] }),
      },
      prod,
      [NONE],
    ],
    [
      'is not known where functions disagree on it',
      left,
      (() => {
        const copy = structuredClone(adopting);
        const { Environment } = copy.Resources['GuardDecideFunction36C090F2']?.Properties ?? {};
        (Environment as { Variables: Record<string, string> }).Variables['STATE_TABLE'] = 'Other';
        return copy;
      })(),
      ['could-not-ask left-over: the template cannot be read: its functions do not agree on STATE_TABLE'],
    ],
  ])('%s', async (_what, answers, template, said) => {
    expect((await found(['left-over'], answers, template)).said).toEqual(said);
  });

  it.each(['DELETE_FAILED', 'ROLLBACK_FAILED', 'REVIEW_IN_PROGRESS', 'DELETE_IN_PROGRESS'])(
    'is the stack’s own in %s, with the concurrency that it keeps',
    async (status) => {
      const reserved = { 'lambda.concurrency': answered({ ReservedConcurrentExecutions: 20 }) };
      const functions = Object.values(prod.Resources).filter(({ Type }) => Type === 'AWS::Lambda::Function');
      const kept = { 'lambda.account-settings': concurrency(600, 600 - 20 * functions.length) };
      const { said } = await found(['left-over', 'concurrency'], {
        ...left,
        ...stackIn(status),
        ...reserved,
        ...kept,
      });
      expect(said).toEqual([
        'ok concurrency: the quota of 600 holds 399: 299 to keep, 100 that an account must leave',
        NONE,
      ]);
    },
  );

  it('and functions that are gone keep nothing', async () => {
    const gone = jsonError('ResourceNotFoundException', '', 404);
    const { said } = await found(['concurrency', 'functions', 'in-service'], {
      ...stackIn('DELETE_IN_PROGRESS'),
      'lambda.concurrency': gone,
      'lambda.configuration': gone,
    });
    expect(said).toEqual([
      'ok concurrency: the quota of 1000 holds 399: 299 to keep, 100 that an account must leave',
      'ok in-service: no function is there that believes anybody yet',
    ]);
  });
});

/** Another stack in that state, to which one of the tables belongs. */
const stagingHas = (status: string): AccountAnswers => ({
  'cloudformation.DescribeStacks': (_before, input) =>
    input.includes('Routeguard-staging') ? stackOf(status, 'Routeguard-staging') : stackOf('UPDATE_COMPLETE'),
  'cloudformation.DescribeStackResources': (_before, input) =>
    ownedBy(input, input.includes(TABLES.state) ? 'Routeguard-staging' : undefined),
});

describe('tables that the template adopts', () => {
  const AT = `must-fix adopted-tables: table ${TABLES.state} of eu-west-2`;
  it.each<[string, AccountAnswers, MutableTemplate, readonly unknown[]]>([
    [
      'are as it needs them',
      {},
      adopting,
      [expect.stringMatching(/^ok adopted-tables: .* are there, with their keys/)],
    ],
    [
      'are another stack’s',
      stagingHas('UPDATE_ROLLBACK_COMPLETE'),
      adopting,
      [
        `must-fix adopted-tables: table ${TABLES.state}, which the template adopts, is the stack Routeguard-staging’s (UPDATE_ROLLBACK_COMPLETE): two guards would have one registry, and that stack goes on deciding what becomes of it`,
      ],
    ],
    ...['ROLLBACK_FAILED', 'DELETE_FAILED', 'IMPORT_ROLLBACK_FAILED'].map(
      (status): [string, AccountAnswers, MutableTemplate, readonly unknown[]] => [
        `are another stack’s that is told to leave them (${status})`,
        stagingHas(status),
        adopting,
        [
          `ok adopted-tables: table ${TABLES.state}, which the template adopts, is still counted as the stack Routeguard-staging’s, which nothing leads out of (${status}); from here on nobody may publish through what is left of it`,
        ],
      ],
    ),
    [
      'were those of a stack that is deleted',
      stagingHas('DELETE_COMPLETE'),
      adopting,
      [expect.stringMatching(/^ok adopted-tables: .* are there, with their keys/)],
    ],
    [
      'are this stack’s own',
      { 'cloudformation.DescribeStackResources': (_before, input) => ownedBy(input, 'Routeguard-prod') },
      adopting,
      [expect.stringMatching(/^ok adopted-tables: .* are there, with their keys/)],
    ],
    [
      'nobody may ask whose they are',
      { 'cloudformation.DescribeStackResources': formError('AccessDenied') },
      adopting,
      [
        'could-not-ask adopted-tables: cloudformation DescribeStackResources is not allowed to these credentials (AccessDenied)',
      ],
    ],
    [
      'are not there',
      { 'dynamodb.DescribeTable': jsonError('ResourceNotFoundException') },
      adopting,
      Object.values(TABLES).map(
        (name) =>
          `must-fix adopted-tables: there is no table ${name} of eu-west-2, which the template adopts`,
      ),
    ],
    [
      'are not ready',
      { 'dynamodb.DescribeTable': tableOf({ TableStatus: 'CREATING' }) },
      adopting,
      [`${AT} cannot be read now (CREATING)`],
    ],
    [
      'have other keys',
      { 'dynamodb.DescribeTable': tableOf({ KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }] }) },
      adopting,
      [`${AT} has the keys pk HASH S, and not pk HASH S, sk RANGE S`],
    ],
    [
      'are under another key',
      { 'dynamodb.DescribeTable': tableOf({ SSEDescription: { KMSMasterKeyArn: 'other' } }) },
      adopting,
      [`${AT} is under other, and the guard may use ${KEY}`],
    ],
    [
      'are of another account',
      { 'dynamodb.DescribeTable': tableOf({ TableArn: 'arn:aws:dynamodb:eu-west-2:1:table/t' }) },
      adopting,
      [`${AT} is of another account than 123456789012`],
    ],
    [
      'nobody may ask about',
      { 'dynamodb.DescribeTable': jsonError('AccessDeniedException') },
      adopting,
      [
        'could-not-ask adopted-tables: dynamodb DescribeTable is not allowed to these credentials (AccessDeniedException)',
      ],
    ],
    [
      'cannot be under a key that the stack is yet to make',
      { 'cloudformation.ListStackResources': madeBy({ Resources: {} }) },
      told(prod, { STATE_TABLE: TABLES.state }),
      [
        expect.stringMatching(
          /^must-fix adopted-tables: the stack would make a key of its own \(GuardKeysData\w+\), under which Routeguard-prod-S is not/,
        ),
      ],
    ],
    [
      'have a name that a parameter says',
      {},
      told(prod, { STATE_TABLE: { Ref: 'StateTable' } }),
      [
        'could-not-ask adopted-tables: the template cannot be read: STATE_TABLE is neither a name nor a table of the template',
      ],
    ],
  ])('%s', async (_what, answers, template, said) => {
    const all = { ...there, 'dynamodb.DescribeTable': tableOf(), ...answers };
    expect((await found(['adopted-tables'], all, template)).said).toEqual(said);
  });
});

describe('a deployment over functions that are there', () => {
  const OK =
    'ok in-service: the deployment believes whom the functions that are there believe, and has their tables';
  const OTHERS =
    'must-fix in-service: the deployment has other founders than the functions that are there: such a guard believes nobody who signed before';
  const UNSIGNED =
    'must-fix in-service: the deployment leaves out keys of commits that the functions that are there believe: no version that they signed opens any more';
  const COMMIT =
    Object.keys(prod.Resources).find(
      (id) => prod.Resources[id]?.Type === 'Custom::RouteguardCommitPublicKey',
    ) ?? '';
  const half = { 'Fn::GetAtt': [COMMIT, 'PublicKey'] };
  it.each<[string, AccountAnswers, Record<string, unknown>, readonly unknown[]]>([
    ['believes the same', {}, {}, [OK]],
    ['believes the same in another order', {}, { FOUNDER_KEYS: `${LEE},${PAT}` }, [OK]],
    ['believes one more', {}, { FOUNDER_KEYS: `${PAT},${LEE},${KIM}` }, [OK]],
    ['leaves out a founder', {}, { FOUNDER_KEYS: `${LEE},${KIM}` }, [`${OTHERS} (left out: ${PAT})`]],
    [
      'leaves out the founder of one function alone',
      {
        'lambda.configuration': (before) => variables(before === 9 ? { FOUNDER_KEYS: `${PAT},${KIM}` } : {}),
      },
      {},
      [`${OTHERS} (left out: ${KIM})`],
    ],
    [
      'has another signing key',
      { 'kms.GetPublicKey': answered({ PublicKey: 'NEW' }) },
      {},
      [`${UNSIGNED} (left out: NOW)`],
    ],
    [
      'has another signing key, and the old half',
      { 'kms.GetPublicKey': answered({ PublicKey: 'NEW' }) },
      { COMMIT_PUBLIC_KEYS: { 'Fn::Join': ['', [half, ',NOW']] } },
      [OK],
    ],
    [
      'leaves out an older key',
      { 'lambda.configuration': variables({ COMMIT_PUBLIC_KEYS: 'NOW,OLD' }) },
      {},
      [`${UNSIGNED} (left out: OLD)`],
    ],
    [
      'goes back to the stack’s own table',
      { 'lambda.configuration': variables({ STATE_TABLE: 'restored' }) },
      {},
      [
        'must-fix in-service: the functions that are there have the state table restored, and the deployment goes back to the stack’s own',
      ],
    ],
    [
      'adopts a restored table',
      {},
      { STATE_TABLE: 'restored' },
      [
        'ok in-service: the deployment believes whom the functions that are there believe',
        expect.stringMatching(
          /^ok in-service: the deployment takes the functions that serve from the state table Routeguard-prod-S to restored: .*\(GuardCommitKeyFunction\w+, GuardDecideFunction\w+, /,
        ),
      ],
    ],
    [
      'has what was deployed last, and not what serves',
      {
        'lambda.configuration': (_before, input) =>
          variables(input.endsWith('?Qualifier=live') ? { STATE_TABLE: 'restored' } : {}),
      },
      {},
      [
        'must-fix in-service: the functions that are there have the state table restored, and the deployment goes back to the stack’s own',
      ],
    ],
    [
      'is over functions of which some have no alias',
      {
        'lambda.configuration': (_before, input) =>
          input.endsWith('?Qualifier=live')
            ? jsonError('ResourceNotFoundException', '', 404)
            : variables({ STATE_TABLE: 'restored' }),
      },
      {},
      [
        'must-fix in-service: the functions that are there have the state table restored, and the deployment goes back to the stack’s own',
      ],
    ],
    [
      'takes its founders from whom nobody has named',
      {},
      { FOUNDER_KEYS: { Ref: 'FounderKeys' } },
      [
        'could-not-ask in-service: whether the founders stay the same: the template does not say who they will be',
      ],
    ],
    [
      'has a key that nobody may ask for',
      { 'kms.GetPublicKey': jsonError('AccessDeniedException') },
      {},
      [
        'could-not-ask in-service: kms GetPublicKey is not allowed to these credentials (AccessDeniedException)',
      ],
    ],
    [
      'cannot see what functions are told',
      {
        'lambda.configuration': answered({
          FunctionName: 'f',
          Environment: { Error: { ErrorCode: 'AccessDenied' } },
        }),
      },
      {},
      [
        'could-not-ask functions: lambda GetFunctionConfiguration was answered in a way that this cannot read',
        'could-not-ask in-service: what it depends on could not be asked',
      ],
    ],
  ])('%s', async (_what, answers, change, said) => {
    expect(
      (await found(['functions', 'in-service'], { ...there, ...answers }, told(prod, change))).said,
    ).toEqual(said);
  });

  it('is told which founders stay, and where it is written', async () => {
    const { todo } = await found(
      ['in-service'],
      there,
      told(prod, { FOUNDER_KEYS: LOCAL_FOUNDERS.join(',') }),
    );
    expect(todo).toMatch(
      /the founders of the first version stay in the list .*docs\/deploy\.md, “The founders”/,
    );
  });
});
