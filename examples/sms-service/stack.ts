import { Duration, Stack, type StackProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { askingFunction } from './asking-function.ts';

export interface SmsServiceStackProps extends StackProps {
  /** ARN of the guard's `decide` alias, from the outputs of its stack. */
  readonly guardArn: string;
  /** The carrier's HTTP interface. */
  readonly gatewayUrl: string;
  /** The registered route its messages take. */
  readonly route: string;
}

/** One function that sends text messages, and may ask the guard. */
export class SmsServiceStack extends Stack {
  constructor(scope: Construct, id: string, props: SmsServiceStackProps) {
    super(scope, id, props);
    askingFunction(this, 'SendSms', {
      description: 'Sends a text message over one route, only under a permit of the traffic-routing guard',
      entry: new URL('handler.ts', import.meta.url).pathname,
      // Longer than the client's deadline and the carrier's timeout together.
      timeout: Duration.seconds(10),
      guardArn: props.guardArn,
      environment: { GATEWAY_URL: props.gatewayUrl, SMS_ROUTE: props.route },
    });
  }
}
