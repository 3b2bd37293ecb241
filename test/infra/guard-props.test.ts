/** Every prop's default, both ends of its bounds, and what is said one step beyond them. */
import { Duration, Stack, Token } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Vpc } from 'aws-cdk-lib/aws-ec2';
import { describe, expect, it } from 'vitest';
import { UNIVERSAL_ANSWERS } from '../../functions/probe/known-answers.ts';
import { publicKeyOf } from '../../functions/store/person-signature.ts';
import { GuardPropError, guardSettings, type TrafficRoutingGuardProps } from '../../infra/guard-props.ts';
import { identities, LOCAL_FOUNDERS } from '../../infra/local/identities.ts';
import { founderParameter } from '../../infra/packaging/founder-parameter.ts';
import { stageFrom } from '../../infra/stage.ts';

type Props = TrafficRoutingGuardProps;
type Prop = keyof Props;

const DEFAULTS = {
  leaseSeconds: 5,
  clockSkewSeconds: 2,
  connectMs: 150,
  readMs: 250,
  budgetMs: 1500,
  headCopies: 1,
  memorySize: 512,
  httpRateLimit: 200,
  httpBurstLimit: 400,
  additionalCommitPublicKeys: [],
  founderKeys: LOCAL_FOUNDERS,
  reservedConcurrency: undefined,
  provisionedConcurrency: undefined,
  httpAccess: 'regional',
  release: 'none',
  callers: [],
  knownAnswers: '',
};

const key = (length: number) => 'A'.repeat(length);
const digest = (text: string) => `sha256:${text}`;
const vpc = Vpc.fromVpcAttributes(new Stack(), 'Vpc', { vpcId: 'vpc-1', availabilityZones: ['a'] });
const { seconds, millis } = Duration;
const wide = { httpBurstLimit: 10_000 };
const silence = (silenceMinutes: number): Props => ({ monitoring: { thresholds: { silenceMinutes } } });
/** Known answers whose JSON has about this many characters. */
const answers = (characters: number): Props => {
  const [one] = UNIVERSAL_ANSWERS;
  if (one === undefined) throw new Error('no universal answer');
  const { length } = JSON.stringify([one]);
  const marking = one.request.message.marking + ' '.repeat(characters - length);
  const request = { ...one.request, message: { ...one.request.message, marking } };
  return { monitoring: { knownAnswers: [{ ...one, request }] } };
};

const FOUNDERS = LOCAL_FOUNDERS.join(',');

describe('props within their bounds', () => {
  it('have the documented defaults', () => {
    expect(guardSettings({}, 3000, FOUNDERS)).toEqual(DEFAULTS);
  });

  it.each<[Props, Partial<Record<keyof typeof DEFAULTS, unknown>>]>([
    [{ lease: seconds(1) }, { leaseSeconds: 1 }],
    [{ lease: seconds(300) }, { leaseSeconds: 300 }],
    [{ clockSkew: seconds(0) }, { clockSkewSeconds: 0 }],
    [{ clockSkew: seconds(60) }, { clockSkewSeconds: 60 }],
    [{ connectTimeout: millis(10) }, { connectMs: 10 }],
    [
      { connectTimeout: millis(1000), decisionBudget: millis(2500) },
      { connectMs: 1000, budgetMs: 2500 },
    ],
    [{ readTimeout: millis(10) }, { readMs: 10 }],
    [
      { readTimeout: millis(1000), decisionBudget: millis(2300) },
      { readMs: 1000, budgetMs: 2300 },
    ],
    [{ decisionBudget: millis(800) }, { budgetMs: 800 }],
    [{ headCopies: 64 }, { headCopies: 64 }],
    [{ memorySize: 256 }, { memorySize: 256 }],
    [{ memorySize: 10_240 }, { memorySize: 10_240 }],
    [
      { httpRateLimit: 1, httpBurstLimit: 1 },
      { httpRateLimit: 1, httpBurstLimit: 1 },
    ],
    [
      { httpRateLimit: 10_000, ...wide },
      { httpRateLimit: 10_000, httpBurstLimit: 10_000 },
    ],
    [{ additionalCommitPublicKeys: [key(160)] }, { additionalCommitPublicKeys: [key(160)] }],
    [
      { reservedConcurrency: 1, provisionedConcurrency: 1 },
      { reservedConcurrency: 1, provisionedConcurrency: 1 },
    ],
    [{ reservedConcurrency: 10_000 }, { reservedConcurrency: 10_000 }],
    [{ provisionedConcurrency: 10_000 }, { provisionedConcurrency: 10_000 }],
    [{ httpAccess: 'none' }, { httpAccess: 'none' }],
    [{ httpAccess: 'private', vpc }, { httpAccess: 'private' }],
    [{ release: 'canary' }, { release: 'canary' }],
    [{ callers: ['123456789012'] }, { callers: ['123456789012'] }],
    [
      { monitoring: { knownAnswers: UNIVERSAL_ANSWERS } },
      { knownAnswers: JSON.stringify(UNIVERSAL_ANSWERS) },
    ],
    [{ acknowledgedFlips: digest('0'.repeat(64)) }, {}],
    [{ pdpIdentifier: 'https://guard.example/v1' }, {}],
    [{ fips: true, vpc, endpoints: 'existing' }, {}],
    [{ serviceName: `A.z-${'9'.repeat(60)}` }, {}],
    [silence(5), {}],
    [silence(60), {}],
    [{ monitoring: false }, {}],
  ])('%j', (props, expected) => {
    expect(guardSettings(props, 3000, FOUNDERS)).toEqual({ ...DEFAULTS, ...expected });
  });

  it('hold as many keys as the variables of the function with the most to be told', () => {
    const props = { additionalCommitPublicKeys: Array.from({ length: 11 }, () => key(160)) };
    expect(guardSettings(props, 3000, FOUNDERS).additionalCommitPublicKeys).toHaveLength(11);
  });

  it('hold known answers that are 3,000 characters with the founders’ keys', () => {
    expect(guardSettings(answers(2878), 3000, FOUNDERS).knownAnswers).toHaveLength(2878);
    const props = { ...answers(2717), additionalCommitPublicKeys: [key(160)] };
    expect(guardSettings(props, 3000, FOUNDERS).knownAnswers).toHaveLength(2717);
  });
});

describe('props outside their bounds are refused by name', () => {
  const whole = (from: number, to: number, unit = '') =>
    `must be a whole number from ${from} to ${to}${unit}`;
  const noDoor = 'needs an HTTP door: `httpAccess` is "none"';
  const url = 'must be an https URL without query and trailing slash';
  const flips = 'must be a digest: sha256: and 64 hexadecimal digits';
  const name = 'must be letters, digits, dots and dashes, at most 64';
  const minutes = '.thresholds.silenceMinutes must be 5 to 60 in steps of 5';
  const most =
    '.knownAnswers must be at most 3000 characters of JSON, less those of `founderKeys` and `additionalCommitPublicKeys`';
  const budget = (monitoring: object): Props => ({ monitoring });
  const refused: readonly [Prop, string, Props][] = [
    [
      'monitoring',
      '.budgetEmails and .budgetTag need .monthlyBudgetUsd',
      budget({ budgetEmails: ['a@b.c'] }),
    ],
    ['monitoring', '.budgetEmails and .budgetTag need .monthlyBudgetUsd', budget({ budgetTag: 'a$b' })],
    ...[0, -1, 1_000_001, Number.NaN].map((monthlyBudgetUsd): [Prop, string, Props] => [
      'monitoring',
      '.monthlyBudgetUsd must be more than 0, at most 1000000',
      budget({ monthlyBudgetUsd }),
    ]),
    ...[[], Array(11).fill('a@b.c'), ['nobody']].map((budgetEmails): [Prop, string, Props] => [
      'monitoring',
      '.budgetEmails must be one to ten addresses',
      budget({ monthlyBudgetUsd: 1, budgetEmails }),
    ]),
    ['monitoring', '.budgetTag must be key$value', budget({ monthlyBudgetUsd: 1, budgetTag: 'guard' })],
    [
      'monitoring',
      '.budgetEmails must be given: `notify` has no topic',
      budget({ monthlyBudgetUsd: 1, notify: { addAlarmActions: () => {} } }),
    ],
    ...[seconds(0), seconds(301), millis(1500), seconds(Token.asNumber({}))].map(
      (lease): [Prop, string, Props] => ['lease', whole(1, 300, ' seconds'), { lease }],
    ),
    ['clockSkew', whole(0, 60, ' seconds'), { clockSkew: seconds(61) }],
    ['clockSkew', whole(0, 60, ' seconds'), { clockSkew: millis(500) }],
    ...[9, 1001].flatMap((ms): [Prop, string, Props][] => [
      ['connectTimeout', whole(10, 1000, ' ms'), { connectTimeout: millis(ms) }],
      ['readTimeout', whole(10, 1000, ' ms'), { readTimeout: millis(ms) }],
    ]),
    ['decisionBudget', whole(100, 30_000, ' ms'), { decisionBudget: millis(99) }],
    ['decisionBudget', 'must hold two attempts at one read (800 ms)', { decisionBudget: millis(799) }],
    ['decisionBudget', 'must be at most 2500 ms', { decisionBudget: millis(2501) }],
    ...[255, 10_241, 512.5, Number.NaN, Token.asNumber({})].map((memorySize): [Prop, string, Props] => [
      'memorySize',
      whole(256, 10_240),
      { memorySize },
    ]),
    ...[0, 65, 1.5].map((headCopies): [Prop, string, Props] => ['headCopies', whole(1, 64), { headCopies }]),
    ...[0, 10_001].flatMap((n): [Prop, string, Props][] => [
      ['httpRateLimit', whole(1, 10_000), { httpRateLimit: n }],
      ['httpBurstLimit', whole(1, 10_000), { httpBurstLimit: n }],
      ['reservedConcurrency', whole(1, 10_000), { reservedConcurrency: n }],
      ['provisionedConcurrency', whole(1, 10_000), { provisionedConcurrency: n }],
    ]),
    ['httpBurstLimit', 'must be at least `httpRateLimit`', { httpBurstLimit: 199 }],
    ...['not a key', key(159), key(161), `${key(159)}=`].map((bad): [Prop, string, Props] => [
      'additionalCommitPublicKeys',
      '[1] is no base64 DER (SPKI) of a P-384 key',
      { additionalCommitPublicKeys: [key(160), bad] },
    ]),
    [
      'provisionedConcurrency',
      'must be at most `reservedConcurrency`',
      { reservedConcurrency: 5, provisionedConcurrency: 6 },
    ],
    ['httpAccess', '"private" needs `vpc`', { httpAccess: 'private' }],
    ['httpAccess', 'must be one of none, private, regional', { httpAccess: 'public' as 'none' }],
    ['release', 'must be one of canary, none', { release: 'linear' as 'none' }],
    [
      'release',
      '"canary" needs `monitoring`: its alarms roll back',
      { release: 'canary', monitoring: false },
    ],
    ['webAclArn', noDoor, { httpAccess: 'none', webAclArn: 'arn' }],
    ['adopt', 'must name a table, or be left out: objects, state, floor', { adopt: {} }],
    [
      'adopt',
      '.heads is no table: objects, state, floor',
      { adopt: { state: 'back', heads: 'x' } as { state: string } },
    ],
    ...['ab', 'a b', 'a'.repeat(256), 'arn:aws:dynamodb:r:1:table/back'].map(
      (floor): [Prop, string, Props] => [
        'adopt',
        '.floor must be the name of a table of this account and Region, not its ARN: 3 to 255 letters, digits, dots, dashes, underscores',
        { adopt: { floor } },
      ],
    ),
    ['adopt', 'must name a table of its own for each', { adopt: { state: 'back', floor: 'back' } }],
    ['pdpIdentifier', noDoor, { httpAccess: 'none', pdpIdentifier: 'https://guard.example' }],
    ['publicDiscovery', noDoor, { httpAccess: 'none', publicDiscovery: true }],
    ['httpAuthorizer', noDoor, { httpAccess: 'none', httpAuthorizer: { authorizerId: 'a' } }],
    ...['http://guard.example', 'https://guard.example/', 'https://guard.example/?a'].map(
      (pdpIdentifier): [Prop, string, Props] => ['pdpIdentifier', url, { pdpIdentifier }],
    ),
    ['endpoints', 'needs `vpc`', { endpoints: 'existing' }],
    ['vpcSubnets', 'needs `vpc`', { vpcSubnets: {} }],
    ...([undefined, 'create'] as const).map((endpoints): [Prop, string, Props] => [
      'fips',
      'in a `vpc` needs endpoints for the FIPS names: `endpoints: "existing"`',
      { fips: true, vpc, ...(endpoints !== undefined && { endpoints }) },
    ]),
    ...['*', '12345678901', '1234567890123'].map((account): [Prop, string, Props] => [
      'callers',
      '[1] is no account: twelve digits',
      { callers: ['123456789012', account] },
    ]),
    ...[digest(''), digest('0'.repeat(63)), digest('g'.repeat(64)), '0'.repeat(64)].map(
      (acknowledgedFlips): [Prop, string, Props] => ['acknowledgedFlips', flips, { acknowledgedFlips }],
    ),
    ...['a b', '', 'a'.repeat(65), 'a_b'].map((serviceName): [Prop, string, Props] => [
      'serviceName',
      name,
      { serviceName },
    ]),
    ['monitoring', '.knownAnswers: known answers: ', { monitoring: { knownAnswers: [] } }],
    ['monitoring', most, answers(2879)],
    ['monitoring', most, { ...answers(2718), additionalCommitPublicKeys: [key(160)] }],
    [
      'additionalCommitPublicKeys',
      'must be at most 2000 characters with `founderKeys`, joined by commas',
      { additionalCommitPublicKeys: Array.from({ length: 12 }, () => key(160)) },
    ],
    ...[0, 4, 7, 65, Number.NaN].map((n): [Prop, string, Props] => ['monitoring', minutes, silence(n)]),
  ];
  it.each(refused)('%s %s, case %#', (prop, problem, props) => {
    expect(() => guardSettings(props, 3000, FOUNDERS)).toThrow(GuardPropError);
    const said = `TrafficRoutingGuard: \`${prop}\` ${problem}`;
    expect(() => guardSettings(props, 3000, FOUNDERS)).toThrow(
      problem.endsWith(': ') ? said : expect.objectContaining({ message: said }),
    );
  });
});

describe('founders', () => {
  const [one = '', two = ''] = LOCAL_FOUNDERS;
  const p384 =
    'MHYwEAYHKoZIzj0CAQYFK4EEACIDYgAEypZVA9CCZ/tt5YmgmJIM2zdL1Gh1ve62uMhsoHFwwkmvM7khiSBw0VD2O/D5F5jHfkh1f6jtbB6pqXOXm+ODaY5/XBuOwEnyGeMioYqKh4fScqn/hBWslKzRu3y2Bwhe';
  const more = identities.map(({ key }) => publicKeyOf(key)).slice(0, 8);
  const token = Token.asString({ Ref: 'FounderKeys' });

  it.each<[string, readonly string[] | undefined, unknown, readonly string[]]>([
    ['are the prop', [one, two], undefined, [one, two]],
    ['are the prop, whatever the context says', [two, p384], FOUNDERS, [two, p384]],
    ['are the context’s text', undefined, `${one}, ${two}`, [one, two]],
    ['are the context’s list', undefined, [one, p384], [one, p384]],
    ['are eight', more, undefined, more],
    ['are known at the deployment', [token], undefined, [token]],
  ])('%s', (_, founderKeys, context, expected) => {
    const props = founderKeys === undefined ? {} : { founderKeys };
    expect(guardSettings(props, 3000, context).founderKeys).toEqual(expected);
  });

  const few = 'are no founder keys: at least two different public keys, separated by commas';
  const form = 'are no founder keys: each is base64 of DER (SPKI), Ed25519 or ECDSA P-384';
  const count = 'must be two to 8 public keys';
  it.each<[unknown, string]>([
    [
      undefined,
      'must be given, or the context value `founderKeys`: the public keys of two to eight people who sign the first version, each made by `routeguard registry key new --out FILE`',
    ],
    ['', few],
    [[], few],
    [one, few],
    [[one, one], few],
    [`${one},`, form],
    [[one, key(160)], form],
    [[one, token], form],
    [[...more, p384], count],
    [[one, 2], count],
    [null, count],
    [true, count],
    [{ 0: one, 1: two }, count],
  ])('are not %j', (context, problem) => {
    const refusal = expect.objectContaining({
      name: 'GuardPropError',
      message: `TrafficRoutingGuard: \`founderKeys\` ${problem}`,
    });
    expect(() => guardSettings({}, 3000, context)).toThrow(refusal);
    if (context !== undefined && context !== null)
      expect(() => guardSettings({ founderKeys: context as string[] }, 3000, FOUNDERS)).toThrow(refusal);
  });

  it('of a release are a parameter that takes two to eight keys and nothing else', () => {
    const stack = new Stack();
    const name = stack.resolve(founderParameter(stack));
    const { Parameters } = Template.fromStack(stack).toJSON();
    expect(name).toEqual({ Ref: 'FounderKeys' });
    const { AllowedPattern, ...rest } = Parameters.FounderKeys;
    expect(rest).toEqual({
      Type: 'String',
      Description: 'Public keys of the two to eight people who sign the first version of the registry',
    });
    const takes = (...keys: readonly string[]) => new RegExp(AllowedPattern).test(keys.join());
    expect([[one, p384], more].map((keys) => takes(...keys))).toEqual([true, true]);
    const refused = [[], [one], [...more, p384], [one, key(160)], [one, ''], [` ${one}`, two]];
    expect(refused.map((keys) => takes(...keys))).toEqual(refused.map(() => false));
  });
});

describe('the stage', () => {
  it.each([
    [undefined, 'dev'],
    ['dev', 'dev'],
    ['staging', 'staging'],
    ['prod', 'prod'],
  ])('%s is %s', (context, stage) => {
    expect(stageFrom({ stage: context, founderKeys: 'x', 'aws:cdk:x': 1, '@aws-cdk/core:x': true })).toBe(
      stage,
    );
  });

  it.each(['', 'production', 'DEV', 1, null])('%j is refused', (context) => {
    expect(() => stageFrom({ stage: context })).toThrow('context "stage" must be one of dev, staging, prod');
  });

  it.each([
    ['stag', '; did you mean stage?'],
    ['Stage', '; did you mean stage?'],
    ['founderKey', '; did you mean founderKeys?'],
    ['founder-keys', '; did you mean founderKeys?'],
    ['acknowledgedFlips', ''],
  ])('-c %s=prod is refused', (name, meant) => {
    expect(() => stageFrom({ [name]: 'prod' })).toThrow(
      `context "${name}" is unknown: the app takes stage, founderKeys, adoptObjects, adoptState, adoptFloor, signingKey, commitPublicKeys, release, standbyOf${meant}`,
    );
  });
});
