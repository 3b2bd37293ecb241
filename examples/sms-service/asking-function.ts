import { type Duration, RemovalPolicy } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Architecture, Runtime } from 'aws-cdk-lib/aws-lambda';
import { NodejsFunction, OutputFormat } from 'aws-cdk-lib/aws-lambda-nodejs';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';

export interface AskingFunctionProps {
  readonly description: string;
  readonly entry: string;
  readonly timeout: Duration;
  /** ARN of the guard's `decide` alias: the function may ask it, and finds it in `ROUTEGUARD_FUNCTION`. */
  readonly guardArn: string;
  readonly environment: Readonly<Record<string, string>>;
}

/** A function that may ask the guard, with a log of its own beside it in the scope. */
export function askingFunction(
  scope: Construct,
  id: string,
  { guardArn, environment, ...props }: AskingFunctionProps,
): NodejsFunction {
  const made = new NodejsFunction(scope, id, {
    ...props,
    runtime: Runtime.NODEJS_24_X,
    architecture: Architecture.ARM_64,
    memorySize: 256,
    environment: { ROUTEGUARD_FUNCTION: guardArn, ...environment },
    logGroup: new LogGroup(scope, 'Log', {
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
  made.addToRolePolicy(new PolicyStatement({ actions: ['lambda:InvokeFunction'], resources: [guardArn] }));
  return made;
}
