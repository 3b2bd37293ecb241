import { Duration, RemovalPolicy, Stack, type StackProps } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Architecture, Runtime } from 'aws-cdk-lib/aws-lambda';
import { NodejsFunction, OutputFormat } from 'aws-cdk-lib/aws-lambda-nodejs';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';

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
    const send = new NodejsFunction(this, 'SendSms', {
      description: 'Sends a text message over one route, only under a permit of the traffic-routing guard',
      entry: new URL('handler.ts', import.meta.url).pathname,
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      memorySize: 256,
      // Longer than the client's deadline and the carrier's timeout together.
      timeout: Duration.seconds(10),
      environment: {
        ROUTEGUARD_FUNCTION: props.guardArn,
        GATEWAY_URL: props.gatewayUrl,
        SMS_ROUTE: props.route,
      },
      logGroup: new LogGroup(this, 'Log', {
        retention: RetentionDays.ONE_MONTH,
        removalPolicy: RemovalPolicy.DESTROY,
      }),
      bundling: {
        format: OutputFormat.ESM,
        mainFields: ['module', 'main'],
        bundleAwsSDK: true,
        minify: true,
      },
    });
    send.addToRolePolicy(
      new PolicyStatement({ actions: ['lambda:InvokeFunction'], resources: [props.guardArn] }),
    );
  }
}
