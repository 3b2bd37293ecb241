import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  type CfnResource,
  Duration,
  aws_iam as iam,
  type aws_kms as kms,
  aws_lambda as lambda,
  aws_logs as logs,
  RemovalPolicy,
} from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { digestOfBundle } from './bundle-digest.ts';
import { type FunctionSpec, HANDLER_EXPORT } from './functions.ts';

/** Metadata on the function resource: how the local runner finds a function's short name and door. */
export const FUNCTION_METADATA = 'routeguard:function';

export interface GuardFunctionProps {
  readonly spec: FunctionSpec;
  /** Directory with `functions/<name>/index.mjs`. */
  readonly assets: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly memorySize: number;
  readonly logRetention: logs.RetentionDays;
  /** Encrypts the log group. */
  readonly encryptionKey: kms.IKey;
}

/** One Lambda function as the guard wants them all: a bundle, a role of its own, a log group, the alias `live`. */
export class GuardFunction extends Construct {
  readonly role: iam.Role;
  readonly function: lambda.Function;
  readonly live: lambda.Alias;
  /** `sha256:…` of the deployed bundle. */
  readonly buildDigest: string;

  constructor(scope: Construct, id: string, props: GuardFunctionProps) {
    super(scope, id);
    const { spec } = props;
    const directory = join(props.assets, 'functions', spec.name);
    this.buildDigest = digestOfBundle(readBundle(directory, spec));
    const logGroup = new logs.LogGroup(this, 'Logs', {
      retention: props.logRetention,
      encryptionKey: props.encryptionKey,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    this.role = new iam.Role(this, 'Role', {
      assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com'),
      description: `routeguard: runs ${spec.name}`,
    });
    logGroup.grantWrite(this.role);
    this.function = new lambda.Function(this, 'Function', {
      description: spec.description,
      runtime: lambda.Runtime.NODEJS_24_X,
      architecture: lambda.Architecture.ARM_64,
      code: lambda.Code.fromAsset(directory),
      handler: `index.${HANDLER_EXPORT}`,
      memorySize: props.memorySize,
      timeout: Duration.seconds(spec.timeout),
      environment: { ...props.environment, BUILD_DIGEST: this.buildDigest },
      role: this.role,
      logGroup,
      currentVersionOptions: { removalPolicy: RemovalPolicy.RETAIN },
    });
    const resource = this.function.node.defaultChild as CfnResource;
    resource.addMetadata(FUNCTION_METADATA, { name: spec.name, door: spec.door });
    // CDK's classes and interfaces disagree under exactOptionalPropertyTypes; they are the same objects.
    const version = this.function.currentVersion as lambda.IVersion;
    this.live = new lambda.Alias(this, 'Live', { aliasName: 'live', version });
  }
}

function readBundle(directory: string, spec: FunctionSpec): Uint8Array {
  const file = join(directory, 'index.mjs');
  try {
    return readFileSync(file);
  } catch (cause) {
    throw new Error(`TrafficRoutingGuard: \`assets\` holds no bundle of ${spec.name} (${file})`, { cause });
  }
}
