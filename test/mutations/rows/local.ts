/** Faults in the local run: what it would let pass that AWS does not, and ways out of a VPC that are not there. */
import { type CaughtBy, type Fault, mutationsOf } from '../mutation.ts';

const SANDBOX = 'test/local/sandbox.test.ts';
const VPC = 'test/local/platform/vpc.test.ts';
const POLICY = 'test/local/platform/policy.test.ts';
const KMS = 'test/local/platform/kms.test.ts';
const CUSTOM = 'test/local/custom-resources.test.ts';
const SCHEDULES = 'test/local/schedules.test.ts';
const DOORS = 'test/local/doors.test.ts';
const PROD = 'test/local/prod.test.ts';
const REACH = 'test/infra/reach.test.ts';

const file = (path: string, caughtBy: CaughtBy, ...faults: readonly Fault[]) => ({
  file: `infra/${path}`,
  caughtBy,
  faults,
});

export const LOCAL = mutationsOf('local', [
  file(
    'guard-network.ts',
    REACH,
    ['nobody in the VPC reaches the tables', '    this.#dynamodb();\n', ''],
    ['the key’s endpoint lets nobody sign', ", 'kms:Sign'],", '],'],
    ['the tables’ endpoint lets nobody scan', "          'dynamodb:Scan',\n", ''],
    [
      'nothing is let out to what gateway endpoints lead to',
      '    this.#dynamodb();\n    this.#customResources();\n    this.#toGatewayEndpoints();',
      '    this.#dynamodb();\n    this.#customResources();',
    ],
  ),
  file(
    'functions.ts',
    REACH,
    ['who reads the key is not known to answer anybody', "calls: ['kms', 's3']", "calls: ['kms']"],
    [
      'who publishes is not known to sign',
      "calls: ['dynamodb', 'kms', 'lambda']",
      "calls: ['dynamodb', 'lambda']",
    ],
  ),
  file(
    'local/platform/vpc.ts',
    VPC,
    ['the VPC of an endpoint does not matter', "idOf(each['VpcId']) === place.vpc && ", ''],
    [
      'one route table stands for all',
      'place.routeTables.every((table) => tables.includes(table))',
      'place.routeTables.some((table) => tables.includes(table))',
    ],
    ['an endpoint answers for every name', "endpoint['PrivateDnsEnabled'] !== true", 'false'],
    ['an endpoint lets everybody in', 'return mayEnter(template, groups, place) ?', 'return true ?'],
    [
      'one subnet with a way out stands for all',
      'leadsOut: routeTables.every(',
      'leadsOut: routeTables.some(',
    ],
    ['an internet gateway is a way out', "['NatGatewayId',", "['NatGatewayId', 'GatewayId',"],
    [
      'every port is as good as that of HTTPS',
      "Number(rule['ToPort']) >= HTTPS",
      "Number(rule['ToPort']) >= 0",
    ],
  ),
  file(
    'local/platform/policy.ts',
    POLICY,
    ['a denial denies nothing', "if (statement['Effect'] !== 'Allow') return 'nobody';", ''],
    [
      'resources do not matter',
      'if (!resources.some((pattern) => isLike(pattern, attempt.resource)))',
      'if (false)',
    ],
    ['conditions do not matter', 'if (!meets(', 'if (false && !meets('],
    ['what begins so is the same', '}$`).test(text)', '}`).test(text)'],
    ['the account’s word is the role’s', "? 'account' : 'nobody'", "? 'role' : 'nobody'"],
  ),
  file(
    'local/platform/kms.ts',
    KMS,
    ['everybody signs', "!keyAllows(permissions, key[1].Properties?.['KeyPolicy'], attempt)", 'false'],
    ['the endpoint’s policy does not matter', '!call.endpointAllows(attempt) || ', ''],
    ['any text is signed', ' || message.length > MOST_SIGNED', ''],
    ['every key signs', "Properties?.['KeySpec'] === KEY_SPEC && ", ''],
  ),
  file(
    'local/custom-resources.ts',
    CUSTOM,
    ['a failure is an answer', "if (Status !== 'SUCCESS')", "if (Status === 'NEVER')"],
    ['an answer to another request counts', "answer['RequestId'] === asked.requestId", 'true'],
    ['a resource needs no name', " || PhysicalResourceId === ''", ''],
  ),
  file(
    'local/platform/callbacks.ts',
    CUSTOM,
    ['a type that was not signed is taken', " || contentType !== ''", ''],
    ['any length is taken', 'call.body.length > MOST_BYTES', 'false'],
    [
      'the bucket’s endpoint lets everything pass',
      'if (!call.endpointAllows(attempt))',
      'if (attempt.action === "")',
      `${PROD} > lets nothing be put`,
    ],
  ),
  file(
    'local/schedules.ts',
    SCHEDULES,
    ['an hour is a minute', 'hour: 3_600_000', 'hour: 60_000'],
    [
      'a failure is not said',
      'return `failed, ${result.fault.errorType}',
      'return `${result.fault.errorType}',
    ],
    ['what is switched off runs', " || properties['State'] === 'DISABLED'", ''],
  ),
  file('local/http-door.ts', DOORS, [
    'a throttled function’s 429 comes through',
    'const throttled = jsonReply(500,',
    'const throttled = jsonReply(429,',
  ]),
  file(
    'local/sandbox-pool.ts',
    SANDBOX,
    ['whoever comes beyond the reserve waits', "return 'throttled-by-reserve';", ';'],
    [
      'a reserve of none is none',
      'reserved !== undefined && this.#busy >= reserved',
      'reserved && this.#busy >= reserved',
    ],
  ),
  file('local/sandbox-child.ts', `${SANDBOX} > memory`, [
    'memory has no end',
    '> ${started.memory * 1024 * 1024}) end();',
    '> ${started.memory * 1024 * 1024 * 1024}) end();',
  ]),
  file(
    'local/sandbox-network.ts',
    `${SANDBOX} > the network`,
    [
      'what has no way out finds one',
      "if ('to' in rule) return connect.call(this, addressOf(rule.to), connected);",
      "if ('to' in rule) return connect.call(this, addressOf(rule.to), connected);\n    if (host !== '') return connect.apply(this, args);",
    ],
    ['nobody is told', "tell({ type: 'unreachable', host, why: rule.why });", ''],
  ),
  file('aws-services.ts', `${SANDBOX} > the network`, [
    'a name that begins like a service’s is one',
    "if (!pattern.startsWith('*.')) return pattern === host;",
    "if (!pattern.startsWith('*.')) return host.startsWith(pattern);",
  ]),
  file('local/platform/platform.ts', PROD, [
    'what a VPC does not lead to is reached all the same',
    'way.open ?',
    'way !== undefined ?',
  ]),
]);
