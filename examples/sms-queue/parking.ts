import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { ParkingPlace } from './consumer.ts';

/** A queue that nobody consumes but a person: each message as it came, with the reason beside it as attributes. */
export function parkingQueue(url: string): ParkingPlace {
  // A queue that does not answer must not hold up a batch: its message comes again.
  const requestHandler = { connectionTimeout: 1_000, requestTimeout: 3_000, throwOnRequestTimeout: true };
  const client = new SQSClient({ maxAttempts: 2, requestHandler });
  return {
    async park({ record, reason }) {
      if (!('body' in record)) throw new TypeError('parks records of a queue alone');
      const text = (value: string) => ({ DataType: 'String', StringValue: value });
      await client.send(
        new SendMessageCommand({
          QueueUrl: url,
          MessageBody: record.body,
          MessageAttributes: {
            cause: text(reason.cause),
            sentence: text(reason.sentence),
            ...(reason.evaluationId === null ? {} : { evaluationId: text(reason.evaluationId) }),
            ...(reason.reasons.length === 0 ? {} : { reasons: text(reason.reasons.join(' ')) }),
          },
        }),
      );
    },
  };
}
