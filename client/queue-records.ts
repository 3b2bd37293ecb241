/** What Lambda hands to consumers of SQS, Kinesis and SNS, as far as a dispatcher reads it; by shape as in `@types/aws-lambda`. */

export interface SqsRecord {
  readonly messageId: string;
  readonly body: string;
  /** A FIFO queue's name ends with `.fifo`. */
  readonly eventSourceARN: string;
  readonly attributes?: { readonly MessageGroupId?: string | undefined };
}

export interface KinesisRecord {
  readonly kinesis: {
    readonly sequenceNumber: string;
    /** Base64. */
    readonly data: string;
  };
}

export interface SnsRecord {
  readonly Sns: { readonly MessageId: string; readonly Message: string };
}

export type SourceRecord = SqsRecord | KinesisRecord | SnsRecord;

export interface Batch<TRecord> {
  readonly Records: readonly TRecord[];
}

/** What a consumer with `ReportBatchItemFailures` answers: the records that are to be delivered again. */
export interface BatchResponse {
  batchItemFailures: { itemIdentifier: string }[];
}

/** A record as a dispatcher sees it, whichever source it is from. */
export interface Delivery<TRecord extends SourceRecord> {
  readonly id: string;
  /** Null where it is no text. */
  readonly text: string | null;
  /** Records of one group go in their order; null where there is none. */
  readonly group: string | null;
  readonly record: TRecord;
}

/** @throws TypeError for a batch that is none, of which nothing is then taken for done */
export function deliveries<TRecord extends SourceRecord>(
  batch: Batch<TRecord>,
  read: (record: TRecord) => Delivery<TRecord>,
): readonly Delivery<TRecord>[] {
  if (!Array.isArray(batch?.Records))
    throw new TypeError('the event has no Records: it is of another source');
  const read_ = batch.Records.map((record: TRecord) => read(record));
  for (const { id } of read_)
    if (typeof id !== 'string' || id === '') throw new TypeError('a record of the event has no id');
  return read_;
}

export function fromSqs(record: SqsRecord): Delivery<SqsRecord> {
  const { messageId, body, attributes, eventSourceARN } = record;
  if (typeof eventSourceARN !== 'string') throw new TypeError('a record of the event has no eventSourceARN');
  // A standard queue may have groups, too, and they say nothing of an order.
  const ordered = eventSourceARN.endsWith('.fifo');
  const group = ordered ? (attributes?.MessageGroupId ?? '') : null;
  return { id: messageId, text: body, group, record };
}

export function fromKinesis(record: KinesisRecord): Delivery<KinesisRecord> {
  const { sequenceNumber, data } = record.kinesis;
  return { id: sequenceNumber, text: utf8(data), group: '', record };
}

export function fromSns(record: SnsRecord): Delivery<SnsRecord> {
  const { MessageId, Message } = record.Sns;
  return { id: MessageId, text: Message, group: null, record };
}

function utf8(base64: string): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(Buffer.from(base64, 'base64'));
  } catch {
    return null;
  }
}
