/** Consumers of queues: each record is sent under a permit, parked with the reason, or delivered again; none is lost. */
import { describe, expect, it } from 'vitest';
import type { Sent } from '../../client/index.ts';
import {
  type BatchResponse,
  Dispatcher,
  type DispatcherOptions,
  type DispatchReport,
  type ParkedRecord,
  type SqsRecord,
} from '../../client/queue.ts';
import { refusal } from '../../client/result.ts';
import { PLAIN } from './judged.ts';
import { clientFor } from './vectors.ts';

interface Item {
  readonly id: string;
  /** What becomes of it. */
  readonly fate: Fate;
}

const REFUSALS = {
  denied: refusal('denied', { retry: 'never', evaluationId: 'e-7', reasons: ['HOP_DENIED'] }),
  'denied for now': refusal('denied', { retry: 'after' }),
  throttled: refusal('throttled'),
  unconfigured: refusal('unconfigured'),
  'of another question': refusal('another-question'),
  'a page instead of an answer': refusal('unreadable'),
  'clocks that disagree': refusal('clocks-disagree'),
  'an obligation that failed': refusal('obligation-failed'),
  'with an obligation nobody performs': refusal('unknown-obligation'),
  'nobody parks': refusal('denied', { retry: 'never', evaluationId: 'nobody parks' }),
} as const;
type Fate =
  | 'permitted'
  | 'the carrier fails'
  | 'no message'
  | 'no path'
  | 'the guard breaks'
  | keyof typeof REFUSALS;

const permitted = await (await clientFor(PLAIN)).route(
  { message: { id: 'm-1', marking: 'SECRET//NOFORN' }, path: { route: 'r' } },
  async () => {},
);
if (!permitted.sent) throw new Error('the plain vector permits');
const { permit } = permitted;

const context = (left = 60_000) => ({ getRemainingTimeInMillis: () => left }) as never;

interface Rig {
  readonly dispatcher: Dispatcher<Item>;
  readonly sent: string[];
  readonly parked: ParkedRecord[];
  readonly reports: DispatchReport[];
  readonly asked: unknown[];
}

function rig(options: Partial<DispatcherOptions<Item>> = {}): Rig {
  const [sent, parked, reports, asked]: [string[], ParkedRecord[], DispatchReport[], unknown[]] = [
    [],
    [],
    [],
    [],
  ];
  const guard = {
    route: async <T>(request: unknown, send: (given: typeof permit) => Promise<T>): Promise<Sent<T>> => {
      asked.push(request);
      const { fate } = (request as { readonly message: { readonly protection: Item } }).message.protection;
      if (fate === 'the guard breaks') throw new Error('a guard never throws');
      if (fate === 'permitted' || fate === 'the carrier fails')
        return { sent: true, value: await send(permit), permit };
      return {
        sent: false,
        refusal: REFUSALS[fate as keyof typeof REFUSALS],
      };
    },
  };
  const dispatcher = new Dispatcher<Item>({
    guard,
    read: (text) => JSON.parse(text),
    message: (item) => {
      if (item.fate === 'no message') throw new Error('nobody finds it');
      return { id: item.id, marking: 'SECRET//NOFORN', protection: item as never };
    },
    path: async ({ fate }) =>
      fate === 'no path' ? Promise.reject(new Error('nobody knows')) : { route: 'r' },
    send: async ({ id, fate }) => {
      if (fate === 'the carrier fails') throw new Error('a timeout');
      sent.push(id);
    },
    park: async (record) => {
      if (record.reason.evaluationId === 'nobody parks') throw new Error('the queue is gone');
      parked.push(record);
    },
    report: (report) => reports.push(report),
    ...options,
  });
  return { dispatcher, sent, parked, reports, asked };
}

/** An item in which one byte is no text: a reader that mends it would read another item. */
const BROKEN = Buffer.from('{"id":"m-\xff","fate":"permitted"}', 'latin1').toString('base64');
const text = (id: string, fate: Fate) => JSON.stringify({ id, fate });
const sqsRecord = (id: string, body: string, group?: string): SqsRecord => ({
  messageId: id,
  body,
  eventSourceARN: `arn:aws:sqs:eu-west-2:111122223333:sms${group === undefined ? '' : '.fifo'}`,
  attributes: { MessageGroupId: group },
});
const again = ({ batchItemFailures }: BatchResponse) =>
  batchItemFailures.map(({ itemIdentifier }) => itemIdentifier);

type Row = readonly [Fate, 'sent' | 'parked' | 'again'];
const ROWS: readonly Row[] = [
  ['permitted', 'sent'],
  ['denied', 'parked'],
  ['with an obligation nobody performs', 'parked'],
  ['denied for now', 'again'],
  ['of another question', 'again'],
  // What nobody can believe says nothing of the message.
  ['a page instead of an answer', 'again'],
  ['clocks that disagree', 'again'],
  ['an obligation that failed', 'again'],
  ['throttled', 'again'],
  // Nobody decided: whoever runs the service must look, and the message waits.
  ['unconfigured', 'again'],
  ['the carrier fails', 'again'],
  ['no message', 'again'],
  ['no path', 'again'],
  ['the guard breaks', 'again'],
  ['nobody parks', 'again'],
];

describe('one record', () => {
  it.each(ROWS)('%s: %s, from a queue', async (fate, outcome) => {
    const { dispatcher, sent, parked, reports } = rig();
    const answer = await dispatcher.sqs({ Records: [sqsRecord('q-1', text('m-1', fate))] }, context());
    expect(again(answer)).toEqual(outcome === 'again' ? ['q-1'] : []);
    expect(sent).toEqual(outcome === 'sent' ? ['m-1'] : []);
    expect(parked.map(({ id }) => id)).toEqual(outcome === 'parked' ? ['q-1'] : []);
    expect(reports.map(({ id, outcome: told }) => [id, told])).toEqual([['q-1', outcome]]);
  });

  it.each(ROWS)('%s: %s, from a stream', async (fate, outcome) => {
    const { dispatcher, sent, parked } = rig();
    const data = Buffer.from(text('m-1', fate)).toString('base64');
    const answer = await dispatcher.kinesis(
      { Records: [{ kinesis: { sequenceNumber: '7', data } }] },
      context(),
    );
    expect(again(answer)).toEqual(outcome === 'again' ? ['7'] : []);
    expect([sent.length, parked.length]).toEqual([Number(outcome === 'sent'), Number(outcome === 'parked')]);
  });

  it.each(ROWS)('%s: %s, from a topic', async (fate, outcome) => {
    const { dispatcher, sent, parked } = rig();
    const Records = [{ Sns: { MessageId: 't-1', Message: text('m-1', fate) } }];
    const answer = dispatcher.sns({ Records }, context());
    if (outcome === 'again') await expect(answer).rejects.toThrow('1 of 1 records must be delivered again');
    else await answer;
    expect([sent.length, parked.length]).toEqual([Number(outcome === 'sent'), Number(outcome === 'parked')]);
  });

  it('is parked with what the guard said, and as it was delivered', async () => {
    const { dispatcher, parked } = rig();
    const record = sqsRecord('q-1', text('m-1', 'denied'));
    await dispatcher.sqs({ Records: [record] }, context());
    expect(parked).toEqual([{ id: 'q-1', record, reason: REFUSALS.denied }]);
  });

  it.each([
    [
      'text that is no item',
      async ({ dispatcher }: Rig) => dispatcher.sqs({ Records: [sqsRecord('q-1', '{')] }, context()),
    ],
    [
      'bytes that are no text',
      async ({ dispatcher }: Rig) =>
        dispatcher.kinesis({ Records: [{ kinesis: { sequenceNumber: 'q-1', data: BROKEN } }] }, context()),
    ],
    [
      'a body that is none',
      async ({ dispatcher }: Rig) => dispatcher.sqs({ Records: [sqsRecord('q-1', 7 as never)] }, context()),
    ],
  ])('%s is parked, and nobody is asked', async (_, deliver) => {
    const made = rig();
    expect(again(await deliver(made))).toEqual([]);
    expect([made.sent, made.asked]).toEqual([[], []]);
    expect(made.parked.map(({ reason }) => [reason.cause, reason.retry])).toEqual([
      ['unusable-request', 'never'],
    ]);
  });

  it('names further standards, where they are named', async () => {
    const { dispatcher, asked } = rig({ standards: ['UK-HRV-2020-01'] });
    await dispatcher.sqs({ Records: [sqsRecord('q-1', text('m-1', 'permitted'))] }, context());
    expect(asked).toEqual([expect.objectContaining({ path: { route: 'r' }, standards: ['UK-HRV-2020-01'] })]);
  });
});

describe('a batch', () => {
  it('gives back what must come again, in its order, and nothing else', async () => {
    const { dispatcher, sent, parked } = rig();
    const fates: readonly Fate[] = ['throttled', 'permitted', 'denied', 'the carrier fails', 'permitted'];
    const Records = fates.map((fate, n) => sqsRecord(`q-${n}`, text(`m-${n}`, fate)));
    expect(again(await dispatcher.sqs({ Records }, context()))).toEqual(['q-0', 'q-3']);
    expect([sent.toSorted(), parked.map(({ id }) => id)]).toEqual([['m-1', 'm-4'], ['q-2']]);
  });

  it('of a FIFO queue lets nothing of a group overtake what comes again', async () => {
    const { dispatcher, sent, reports } = rig();
    const Records = [
      sqsRecord('a-1', text('a-1', 'permitted'), 'a'),
      sqsRecord('b-1', text('b-1', 'throttled'), 'b'),
      sqsRecord('a-2', text('a-2', 'denied'), 'a'),
      sqsRecord('b-2', text('b-2', 'permitted'), 'b'),
      sqsRecord('a-3', text('a-3', 'permitted'), 'a'),
    ];
    expect(again(await dispatcher.sqs({ Records }, context()))).toEqual(['b-1', 'b-2']);
    expect(sent.toSorted()).toEqual(['a-1', 'a-3']);
    expect(reports.find(({ id }) => id === 'b-2')).toEqual({
      ...{ id: 'b-2', outcome: 'again', because: 'order', reason: null },
    });
  });

  it('of a standard queue with groups has no order', async () => {
    const { dispatcher, sent } = rig();
    const Records = ['throttled', 'permitted'].map((fate, n) => ({
      ...sqsRecord(`q-${n}`, text(`m-${n}`, fate as Fate)),
      attributes: { MessageGroupId: 'tenant' },
    }));
    expect(again(await dispatcher.sqs({ Records }, context()))).toEqual(['q-0']);
    expect(sent).toEqual(['m-1']);
  });

  it('of a stream comes again from the first that must', async () => {
    const { dispatcher, sent } = rig();
    const fates: readonly Fate[] = ['permitted', 'denied', 'throttled', 'permitted'];
    const Records = fates.map((fate, n) => ({
      kinesis: { sequenceNumber: `${n}`, data: Buffer.from(text(`m-${n}`, fate)).toString('base64') },
    }));
    expect(again(await dispatcher.kinesis({ Records }, context()))).toEqual(['2']);
    expect(sent).toEqual(['m-0']);
  });

  it.each([
    [5_999, undefined, 'again'],
    [6_000, undefined, 'sent'],
    [1_999, 2_000, 'again'],
    [Number.NaN, undefined, 'again'],
    [1_000, 0, 'again'],
    [1_500, 0, 'sent'],
  ])('with %d ms left, where %j are enough, is %s', async (left, enoughMs, outcome) => {
    const { dispatcher, sent } = rig(enoughMs === undefined ? {} : { enoughMs });
    const answer = await dispatcher.sqs(
      { Records: [sqsRecord('q-1', text('m-1', 'permitted'))] },
      context(left),
    );
    expect([again(answer).length, sent.length]).toEqual(outcome === 'again' ? [1, 0] : [0, 1]);
  });

  it.each<[string, Partial<DispatcherOptions<Item>>]>([
    ['sending', { send: ({ id }) => (id === 'm-1' ? new Promise(() => {}) : Promise.resolve()) }],
    ['finding a path', { path: ({ id }) => (id === 'm-1' ? new Promise(() => {}) : { route: 'r' }) }],
    ['reading', { read: (body) => (body.includes('m-1') ? new Promise<Item>(() => {}) : JSON.parse(body)) }],
  ])(
    'of which one hangs while %s has that one come again, and no other',
    { timeout: 5_000 },
    async (_, options) => {
      const { dispatcher, reports } = rig({ ...options, enoughMs: 0 });
      const Records = ['m-0', 'm-1', 'm-2'].map((id, n) => sqsRecord(`q-${n}`, text(id, 'permitted')));
      // A tenth of a second is left until the answer must be there.
      const answer = await dispatcher.sqs({ Records }, context(1_100));
      expect(again(answer)).toEqual(['q-1']);
      expect(reports.filter(({ outcome }) => outcome === 'again')).toEqual([
        { id: 'q-1', outcome: 'again', because: 'no-time', reason: null },
      ]);
    },
  );

  it.each<Fate>(['permitted', 'denied'])(
    'sends and parks nothing that was given up: %s, too late',
    { timeout: 5_000 },
    async (fate) => {
      const { promise: decided, resolve } = Promise.withResolvers<void>();
      const { dispatcher, sent, parked } = rig({
        enoughMs: 0,
        path: async () => {
          await decided;
          return { route: 'r' };
        },
      });
      const answer = await dispatcher.sqs({ Records: [sqsRecord('q-1', text('m-1', fate))] }, context(1_050));
      resolve();
      await new Promise((done) => setImmediate(done));
      expect([again(answer), sent, parked]).toEqual([['q-1'], [], []]);
    },
  );

  it('has no more under way than is said', async () => {
    let underWay = 0;
    let most = 0;
    const { dispatcher } = rig({
      concurrency: 3,
      send: async () => {
        underWay += 1;
        most = Math.max(most, underWay);
        await new Promise((resolve) => setImmediate(resolve));
        underWay -= 1;
      },
    });
    const Records = Array.from({ length: 10 }, (_, n) => sqsRecord(`q-${n}`, text(`m-${n}`, 'permitted')));
    expect(again(await dispatcher.sqs({ Records }, context()))).toEqual([]);
    expect(most).toBe(3);
  });

  it('is dispatched whatever hears of it', async () => {
    const report = () => {
      throw new Error('the log is full');
    };
    const { dispatcher, sent } = rig({ report });
    const answer = await dispatcher.sqs({ Records: [sqsRecord('q-1', text('m-1', 'permitted'))] }, context());
    expect([again(answer), sent]).toEqual([[], ['m-1']]);
  });

  // Whatever throws has all of it delivered again.
  it.each([
    ['is of another source', {}, 'the event has no Records'],
    ['has records that are no list', { Records: { map: () => [] } }, 'the event has no Records'],
    ['is nothing', null, 'the event has no Records'],
    ['has a record without an id', { Records: [sqsRecord('', '{}')] }, 'a record of the event has no id'],
    ['has a record that is none', { Records: [null] }, TypeError],
    ['is of another kind', { Records: [{ Sns: { MessageId: '1', Message: '{}' } }] }, 'no eventSourceARN'],
  ])('that %s is not taken for done', async (_, event, problem) => {
    await expect(rig().dispatcher.sqs(event as never, context())).rejects.toThrow(problem);
  });
});

describe('options of a dispatcher', () => {
  const usual = {
    guard: { route: () => {} },
    read: () => {},
    message: () => {},
    path: () => {},
    send: () => {},
    park: () => {},
  };
  it.each([
    [{ guard: {} }, 'Dispatcher needs a guard'],
    [{ read: undefined }, 'Dispatcher: read must be a function'],
    [{ send: 'now' }, 'Dispatcher: send must be a function'],
    [{ park: undefined }, 'Dispatcher: park must be a function'],
    [{ message: undefined }, 'Dispatcher: message must be a function'],
    [{ path: undefined }, 'Dispatcher: path must be a function'],
    [{ standards: 'UK-HRV-2020-01' }, 'Dispatcher: standards must be a list of ids'],
    [{ report: 'all' }, 'Dispatcher: report must be a function'],
    [{ concurrency: 0 }, 'concurrency must be a whole number from 1 to 100'],
    [{ concurrency: 1.5 }, 'concurrency must be a whole number from 1 to 100'],
    [{ concurrency: 101 }, 'concurrency must be a whole number from 1 to 100'],
    [{ enoughMs: -1 }, 'enoughMs must be a number of milliseconds'],
    [{ deadletter: () => {} }, 'Dispatcher has no option deadletter'],
  ])('%j: %s', (options, problem) => {
    expect(() => new Dispatcher({ ...usual, ...options } as never)).toThrow(problem);
  });
});
