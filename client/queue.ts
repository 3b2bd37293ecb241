/** Consumers of queues and streams: each record is sent under a permit, parked with the reason, or delivered again. */
import { demandDescriber, describedRequest, type RouteDescriber } from './described-route.ts';
import { frozen } from './frozen.ts';
import type { InvocationContext } from './invocation-context.ts';
import { knownMembers } from './known-members.ts';
import { tell } from './listener.ts';
import {
  type Batch,
  type BatchResponse,
  type Delivery,
  deliveries,
  fromKinesis,
  fromSns,
  fromSqs,
  type KinesisRecord,
  type SnsRecord,
  type SourceRecord,
  type SqsRecord,
} from './queue-records.ts';
import type { Cause, Denial, Permit, Refusal } from './result.ts';
import type { RouteGuard } from './route-guard.ts';
import { whenAborted } from './when-aborted.ts';

export type {
  Batch,
  BatchResponse,
  InvocationContext,
  KinesisRecord,
  RouteDescriber,
  SnsRecord,
  SourceRecord,
  SqsRecord,
};

/** A record that will not be sent. */
export interface ParkedRecord {
  /** SQS's and SNS's message id, Kinesis's sequence number. */
  readonly id: string;
  /** As it was delivered. */
  readonly record: SourceRecord;
  /** Why, with the guard's reason codes and its evaluation id; nothing of the message. */
  readonly reason: Denial;
}

/** What became of one record; nothing of its message. */
export type DispatchReport =
  | { readonly id: string; readonly outcome: 'sent'; readonly evaluationId: string }
  | { readonly id: string; readonly outcome: 'parked'; readonly reason: Denial }
  | {
      readonly id: string;
      readonly outcome: 'again';
      /**
       * No permit, for `reason`; something of the service threw; too little time was left, to begin or to end it; or what it must not
       * overtake comes again.
       */
      readonly because: 'refused' | 'failed' | 'no-time' | 'order';
      readonly reason: Refusal | null;
    };

export interface DispatcherOptions<TItem> extends RouteDescriber<[item: TItem]> {
  readonly guard: Pick<RouteGuard, 'route'>;
  /** The item in a record's text. Whatever it cannot read, by a throw, is parked. */
  readonly read: (text: string) => TItem | Promise<TItem>;
  /** Sends one item. What it throws has the record delivered again. */
  readonly send: (item: TItem, permit: Permit) => Promise<unknown>;
  /**
   * Keeps what will not be sent, with the reason, for a person to look at: in a queue of its own, for instance. The record counts as
   * done when this resolves; what it throws has the record delivered again.
   */
  readonly park: (parked: ParkedRecord) => Promise<unknown>;
  /** Hears what became of each record: for a log. What it throws or rejects with changes nothing. @default nobody */
  readonly report?: (report: DispatchReport) => unknown;
  /** Records that are under way at once, where they have no order; at most 100. @default 10 */
  readonly concurrency?: number;
  /**
   * With less than so many milliseconds left to the function, no further record is begun: the function's timeout must be longer. What is
   * still under way a second before it is over is delivered again. @default 6000
   */
  readonly enoughMs?: number;
}

const KNOWN: { readonly [K in keyof Required<DispatcherOptions<never>>]: true } = {
  guard: true,
  read: true,
  message: true,
  path: true,
  standards: true,
  send: true,
  park: true,
  report: true,
  concurrency: true,
  enoughMs: true,
};

/** Thrown by a consumer of SNS, which has no other way to have a message delivered again. Carries nothing of it. */
class NotDispatchedError extends Error {
  override readonly name = 'NotDispatchedError';
}

/**
 * What stands between a queue and whatever sends. Each record ends in one of three ways: sent under a permit; parked, where the guard
 * denied it for good or nobody can read it; or delivered again, where nobody decided, or the guard said that asking later may help, or
 * sending failed. None is lost, and none is sent without a permit; one whose sending failed half-way may be sent twice.
 *
 * The event source must report batch item failures (`ReportBatchItemFailures`): without it, Lambda takes whatever a consumer answers for
 * a success of the whole batch, and deletes it.
 *
 * @example
 * const message = ({ id, marking }: Sms) => ({ id, marking });
 * const path = () => ({ route: 'sms-gb' });
 * const dispatcher = new Dispatcher({ guard, read, message, path, send: sendSms, park });
 * return dispatcher.sqs;
 */
export class Dispatcher<TItem> {
  readonly #options: DispatcherOptions<TItem> &
    Required<Pick<DispatcherOptions<TItem>, 'concurrency' | 'enoughMs'>>;

  /** @throws TypeError or RangeError at once, for options that are none */
  constructor(given: DispatcherOptions<TItem>) {
    const options = knownMembers('Dispatcher', given, KNOWN);
    if (typeof options.guard?.route !== 'function') throw new TypeError('Dispatcher needs a guard');
    demandDescriber('Dispatcher', options);
    for (const name of ['read', 'send', 'park'] as const)
      if (typeof options[name] !== 'function') throw new TypeError(`Dispatcher: ${name} must be a function`);
    if (options.report !== undefined && typeof options.report !== 'function')
      throw new TypeError('Dispatcher: report must be a function');
    const { concurrency = 10, enoughMs = 6_000 } = options;
    if (!(Number.isInteger(concurrency) && concurrency >= 1 && concurrency <= 100))
      throw new RangeError('Dispatcher: concurrency must be a whole number from 1 to 100');
    if (!(Number.isFinite(enoughMs) && enoughMs >= 0))
      throw new RangeError('Dispatcher: enoughMs must be a number of milliseconds');
    this.#options = { ...options, concurrency, enoughMs };
  }

  /** Of a standard queue, or of a FIFO queue: there, nothing of a group overtakes what is delivered again. */
  readonly sqs = async (event: Batch<SqsRecord>, context: InvocationContext): Promise<BatchResponse> => {
    const again = await this.#dispatchAll(deliveries(event, fromSqs), context);
    return { batchItemFailures: again.map(({ id }) => ({ itemIdentifier: id })) };
  };

  /** Of a stream, in its order: whatever comes after a record that is delivered again comes again, too. */
  readonly kinesis = async (
    event: Batch<KinesisRecord>,
    context: InvocationContext,
  ): Promise<BatchResponse> => {
    const [first] = await this.#dispatchAll(deliveries(event, fromKinesis), context);
    return { batchItemFailures: first === undefined ? [] : [{ itemIdentifier: first.id }] };
  };

  /**
   * Of a topic. Lambda delivers again twice, and then gives it to the function's destination for failures: without one, it is lost.
   *
   * @throws NotDispatchedError where something is to be delivered again
   */
  readonly sns = async (event: Batch<SnsRecord>, context: InvocationContext): Promise<void> => {
    const again = await this.#dispatchAll(deliveries(event, fromSns), context);
    if (again.length > 0)
      throw new NotDispatchedError(
        `${again.length} of ${event.Records.length} records must be delivered again`,
      );
  };

  /** Those that are to be delivered again, in the order of the batch. */
  async #dispatchAll<TRecord extends SourceRecord>(
    batch: readonly Delivery<TRecord>[],
    context: InvocationContext,
  ): Promise<readonly Delivery<TRecord>[]> {
    const waiting = inOrder(batch);
    const again = new Set<Delivery<TRecord>>();
    const worker = async (): Promise<void> => {
      for (let chain = waiting.shift(); chain !== undefined; chain = waiting.shift())
        for (const [n, each] of chain.entries()) {
          if (await this.#dispatch(each, context)) continue;
          // What comes later in its order waits for it.
          for (const later of chain.slice(n)) again.add(later);
          for (const { id } of chain.slice(n + 1)) this.#again(id, 'order');
          break;
        }
    };
    await Promise.all(Array.from({ length: this.#options.concurrency }, worker));
    return batch.filter((each) => again.has(each));
  }

  /** True of what is done with. It does not throw, and is over before the function is. */
  async #dispatch(delivery: Delivery<SourceRecord>, context: InvocationContext): Promise<boolean> {
    const { enoughMs } = this.#options;
    const left = remaining(context);
    if (!(left >= enoughMs && left > ANSWERS_WITHIN_MS)) return this.#again(delivery.id, 'no-time');
    // Whatever hangs would have Lambda deliver all of the batch again, and what was sent be sent twice.
    const time = new AbortController();
    const timer = setTimeout(() => time.abort(), left - ANSWERS_WITHIN_MS);
    try {
      const ended = await Promise.race([this.#attempt(delivery, time.signal), whenAborted(time.signal)]);
      if (ended === false) return this.#again(delivery.id, 'no-time');
      tell(this.#options.report, ended);
      return ended.outcome !== 'again';
    } finally {
      clearTimeout(timer);
    }
  }

  /** @param over aborted once nobody waits for this record any more: it is delivered again, and neither sent nor parked besides */
  async #attempt({ id, text, record }: Delivery<SourceRecord>, over: AbortSignal): Promise<DispatchReport> {
    const { guard, send, park } = this.#options;
    const parked = async (reason: Denial): Promise<DispatchReport> => {
      over.throwIfAborted();
      await park({ id, record, reason });
      return { id, outcome: 'parked', reason };
    };
    try {
      const item = await this.#read(text);
      if (!item.ok) return await parked(UNREADABLE);
      const request = await describedRequest(this.#options, item.value);
      const outcome = await guard.route(request, async (permit) => {
        over.throwIfAborted();
        await send(item.value, permit);
      });
      if (outcome.sent) return { id, outcome: 'sent', evaluationId: outcome.permit.evaluationId };
      const { refusal: reason } = outcome;
      if (isFinal(reason)) return await parked(reason);
      return { id, outcome: 'again', because: 'refused', reason };
    } catch {
      return { id, outcome: 'again', because: 'failed', reason: null };
    }
  }

  async #read(
    text: string | null,
  ): Promise<{ readonly ok: true; readonly value: TItem } | { readonly ok: false }> {
    if (typeof text !== 'string') return { ok: false };
    try {
      return { ok: true, value: await this.#options.read(text) };
    } catch {
      return { ok: false };
    }
  }

  #again(id: string, because: 'no-time' | 'order'): false {
    tell(this.#options.report, { id, outcome: 'again', because, reason: null });
    return false;
  }
}

/** What is left of it is for the answer, in milliseconds. */
const ANSWERS_WITHIN_MS = 1_000;

/** The guard's own no, and what no answer can mend. An answer that nobody can believe, and one that never came, say nothing of the message. */
const FINAL: ReadonlySet<Cause> = new Set(['denied', 'unusable-request', 'unknown-obligation']);

function isFinal(reason: Refusal): reason is Denial {
  return reason.kind === 'deny' && reason.retry === 'never' && FINAL.has(reason.cause);
}

function remaining(context: InvocationContext): number {
  try {
    return context.getRemainingTimeInMillis();
  } catch {
    return Number.NaN;
  }
}

const UNREADABLE: Denial = frozen({
  ...{ kind: 'deny', retry: 'never', cause: 'unusable-request', evaluationId: null, reasons: [] },
  sentence: 'The record could not be read, so nothing was asked.',
});

/** Chains of records: what has an order in one chain, everything else by itself. */
function inOrder<TRecord extends SourceRecord>(batch: readonly Delivery<TRecord>[]): Delivery<TRecord>[][] {
  const groups = new Map<string, Delivery<TRecord>[]>();
  const chains: Delivery<TRecord>[][] = [];
  for (const each of batch) {
    const chain = each.group === null ? undefined : groups.get(each.group);
    if (chain === undefined) {
      const begun = [each];
      chains.push(begun);
      if (each.group !== null) groups.set(each.group, begun);
    } else chain.push(each);
  }
  return chains;
}
