// biome-ignore-all lint/suspicious/noTemplateCurlyInString: faults in code that has templates
/** Faults in the stop's own door, in its rehearsal, in what works beside it, and in the plan of who keeps what. */
import { mutationsOf } from '../mutation.ts';

const STAGES = 'test/infra/stages.test.ts';
const REHEARSAL = 'test/registry/rehearsal.test.ts';
const PROBE = 'test/probe/rehearsal.test.ts';
const STARVED = 'test/local/starved-stop.test.ts';

export const STOPPING = mutationsOf('stopping', [
  {
    file: 'functions/registry/routes.ts',
    caughtBy: STARVED,
    faults: [
      ['a hold waits behind proposals', "path: '/v1/registry/hold', by: 'stop'", "path: '/v1/registry/hold'"],
      [
        'a revocation waits behind long work',
        "path: '/v1/registry/revoke', by: 'stop'",
        "path: '/v1/registry/revoke', by: 'jobs'",
        STAGES,
      ],
      [
        'who stops something waits to see what is stopped',
        "path: '/v1/registry/holds', by: 'stop'",
        "path: '/v1/registry/holds'",
        STAGES,
      ],
      [
        'what counts losses keeps stops waiting',
        "path: '/v1/registry/versions/{v}/stops', by: 'jobs'",
        "path: '/v1/registry/versions/{v}/stops', by: 'stop'",
        STAGES,
      ],
    ],
  },
  {
    file: 'infra/registry-api.ts',
    caughtBy: STARVED,
    faults: [
      ['the API sends stops to the registry', 'target: served[serverOf(route)]', 'target: served.registry'],
    ],
  },
  {
    file: 'functions/store/rehearsal.ts',
    caughtBy: REHEARSAL,
    faults: [
      [
        'what is rehearsed could be HEAD',
        'encodeHead({ ...content, signature: new Uint8Array(SIGNATURE_BYTES) })',
        'encodeHead(content)',
      ],
      ['a rehearsal moves HEAD', 'Item: { ...unsigned, ...REHEARSAL_KEY }', 'Item: unsigned'],
      [
        'what stands in its place has a rehearsal fail for good',
        "...whileHolding(there?.['digest'])",
        "...(there?.['digest'] ? whileHolding(there['digest']) : { ConditionExpression: 'attribute_not_exists(pk)' })",
      ],
      [
        'a stop that would not fit is rehearsed',
        '  demandInsertable(objects);\n',
        '',
        'test/registry/room-for-stops.test.ts > is rehearsed',
      ],
      [
        'of two rehearsals one fails',
        'if (error instanceof StoreError && error.cause instanceof ConditionalCheckFailedException)',
        'if (error instanceof StoreError && false)',
      ],
    ],
  },
  {
    file: 'functions/registry/acting.ts',
    caughtBy: 'test/registry/hot-head.test.ts',
    faults: [
      ['who stops something gives up while others decide', 'attempts: WHILE_THROTTLED', 'attempts: 3'],
    ],
  },
  {
    file: 'functions/registry/rehearse.ts',
    caughtBy: REHEARSAL,
    faults: [
      ['anybody may have a rehearsal fail for good', 'facts.has(`hold/${id}${suffix}`)', 'false as boolean'],
      [
        'a rehearsal gives way once',
        'facts.has(`hold/${id}${suffix}`)',
        "suffix === '' && facts.has(`hold/${id}`)",
      ],
      [
        'nothing is inserted',
        "timed('insert', () => rehearseInsert(access, staged.objects))",
        "timed('insert', async () => {})",
      ],
      [
        'nothing is written',
        "timed('move', () => rehearseMove(access, content))",
        "timed('move', async () => {})",
      ],
      [
        'the floor is not tried',
        "timed('floor', () => context.publisher.acknowledge(head))",
        "timed('floor', async () => {})",
      ],
      ['an empty registry is a fault', "if (error.code === 'HEAD_MISSING') return 'empty';", ''],
      [
        'a held registry is a fault',
        "if (HELD.has(error.code)) return 'held';",
        '',
        'test/adversary/purges.test.ts > no route believes',
      ],
      ['anything may be sent', 'readBody(emptyBody, call.body());', ''],
    ],
  },
  {
    file: 'functions/probe/rehearsal.ts',
    caughtBy: PROBE,
    faults: [
      ['a failed stop counts as one', 'rehearsed ? 1 : 0', '1'],
      [
        'no answer is an answer',
        "return { failed: 'door', code: 'NO_ANSWER' };",
        "return { standing: 'empty', steps: [] };",
      ],
      ['any answer will do', 'standing !== undefined && isWhole', 'standing !== undefined'],
      ['fewer steps will do', 'steps.length === STEPS', 'steps.length > 0'],
      ['what a door says is logged as it is', 'STEP.test(step) &&', ''],
      ['a code is logged as it is', '&& CODE.test(code)', ''],
    ],
  },
  {
    file: 'functions/probe/handler.ts',
    caughtBy: PROBE,
    faults: [
      ['nobody rehearses', 'rehearsalUrl === undefined\n', 'rehearsalUrl !== undefined\n'],
      [
        'a run that got no answers says nothing of it',
        'return { wrong, unanswered,',
        'return { wrong, unanswered: 0,',
      ],
    ],
  },
  {
    file: 'infra/local/platform/lambda.ts',
    caughtBy: 'test/local/platform/lambda.test.ts',
    faults: [
      ['whoever asks is told', '!roleAllows(permissions, attempt)', 'false'],
      ['the endpoint lets everything be asked', '!call.endpointAllows(attempt) || ', ''],
      [
        'an alias is not counted',
        ".filter((each) => each !== '$LATEST')",
        ".filter((each) => each === 'live')",
      ],
    ],
  },
  {
    file: 'infra/local/schedules.ts',
    caughtBy: 'test/local/schedules.test.ts > went well',
    faults: [
      ['answers that did not come went well', '  unanswered: [0],\n', ''],
      ['a stop that fails went well', 'rehearsed: [true, null]', 'rehearsed: [true, null, false]'],
      [
        'a function that failed went well',
        "typeof result === 'string' || !result.ok) return false",
        "typeof result === 'string' || !result.ok) return true",
      ],
      ['what says nothing known went well', 'known.length > 0 &&', ''],
    ],
  },
  {
    file: 'infra/capacity.ts',
    caughtBy: 'test/infra/capacity.test.ts',
    faults: [
      ['AuthZEN gets what is left', 'Math.max(2, Math.ceil(deciding / 2))', '2'],
      ['auditors get nothing of it', 'Math.max(2, Math.ceil(deciding / 10))', '2'],
      [
        'a small guard has half a searcher',
        'Math.max(2, Math.ceil(deciding / 2))',
        'Math.ceil(deciding / 2)',
      ],
      ['nothing is left for others', 'quota: sum + UNRESERVED', 'quota: sum'],
      ['one function is not counted', 'shares.reduce(', 'shares.slice(1).reduce('],
    ],
  },
  {
    file: 'infra/traffic-routing-guard.ts',
    caughtBy: STAGES,
    faults: [
      [
        'who works publishes',
        'for (const { role } of [changing, stop]) this',
        'for (const { role } of [changing, stop, jobs]) this',
      ],
      [
        'who stops may do all that others do',
        'this.tables.grantStop(stop.role)',
        'this.tables.grantPublish(stop.role)',
      ],
      ['who works moves HEAD', 'this.tables.grantWork(jobs.role)', 'this.tables.grantPublish(jobs.role)'],
      [
        'a stop seals',
        'for (const { role } of [changing, jobs]) this',
        'for (const { role } of [changing, jobs, stop]) this',
      ],
      ['one key for both', "#publicKey('SealPublicKey', sealing)", "#publicKey('SealPublicKey', signing)"],
      [
        'the probe cannot reach the API',
        'apiEndpoint.connections.allowFrom(group,',
        'apiEndpoint.connections.allowFrom(ec2.Peer.ipv4("10.0.0.0/32"),',
      ],
      ['nobody is told of the plan', "Annotations.of(this).addInfoV2('routeguard:capacity', told);", ''],
      [
        'a probe without a way to the API rehearses',
        "this.#network === undefined || this.#settings.httpAccess === 'private' ? this.http : undefined",
        'this.http',
        'test/infra/variants.test.ts',
      ],
    ],
  },
  {
    file: 'infra/tables.ts',
    caughtBy: STAGES,
    faults: [
      [
        'who works writes HEAD',
        "['dynamodb:PutItem', [`${BLOB_PREFIX}*`, PARTITIONS.jobs, PARTITIONS.proposals]],",
        "['dynamodb:PutItem', [`${BLOB_PREFIX}*`, PARTITIONS.jobs, PARTITIONS.proposals, HEAD_PARTITION]],",
      ],
      [
        'who stops writes proposals',
        "['dynamodb:PutItem', [...HEADS, REHEARSAL_PARTITION]],",
        "['dynamodb:PutItem', [...HEADS, REHEARSAL_PARTITION, PARTITIONS.proposals]],",
      ],
      [
        'only the last to publish is left out',
        '[...(this.#leftOut.get(statement) ?? []), role.roleArn]',
        '[role.roleArn]',
      ],
    ],
  },
  {
    file: 'infra/grants.ts',
    caughtBy: STAGES,
    faults: [['the probe holds', "'/v1/registry/stop-rehearsal'", "'/v1/registry/hold'"]],
  },
]);
