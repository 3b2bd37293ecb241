import { Duration, Stack } from 'aws-cdk-lib';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import { askingFunction } from '../sms-service/asking-function.ts';
import type { SmsServiceStackProps } from '../sms-service/stack.ts';

const TIMEOUT = Duration.seconds(30);

/** A queue of text messages, a function that consumes it and may ask the guard, and two queues for what is not sent. */
export class SmsQueueStack extends Stack {
  constructor(scope: Construct, id: string, props: SmsServiceStackProps) {
    super(scope, id, props);
    const kept = {
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      retentionPeriod: Duration.days(14),
    };
    // Denied for good, or unreadable: with the reason, for a person.
    const parked = new Queue(this, 'Parked', kept);
    // What came again eight times and was never decided.
    const undecided = new Queue(this, 'Undecided', kept);
    const messages = new Queue(this, 'Messages', {
      ...kept,
      // A message's age goes on in the queue it is moved to: it has to be younger than what is kept there.
      retentionPeriod: Duration.days(4),
      // Six times the function's timeout, as Lambda asks for.
      visibilityTimeout: Duration.seconds(6 * TIMEOUT.toSeconds()),
      deadLetterQueue: { queue: undecided, maxReceiveCount: 8 },
    });
    const consume = askingFunction(this, 'ConsumeSms', {
      description:
        'Sends text messages from a queue over one route, only under a permit of the traffic-routing guard',
      entry: new URL('handler.ts', import.meta.url).pathname,
      timeout: TIMEOUT,
      guardArn: props.guardArn,
      environment: { GATEWAY_URL: props.gatewayUrl, SMS_ROUTE: props.route, PARKED_URL: parked.queueUrl },
    });
    // Without the failures of single records, Lambda would delete what is to come again.
    consume.addEventSource(new SqsEventSource(messages, { batchSize: 10, reportBatchItemFailures: true }));
    parked.grantSendMessages(consume);
  }
}
