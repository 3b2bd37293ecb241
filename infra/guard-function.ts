import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  type CfnResource,
  Duration,
  type aws_ec2 as ec2,
  aws_iam as iam,
  type aws_kms as kms,
  aws_lambda as lambda,
  aws_logs as logs,
  RemovalPolicy,
} from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { LIVE_ALIAS } from '../functions/registry/live-alias.ts';
import { digestOfBundle } from './bundle-digest.ts';
import { dataProtection } from './data-protection.ts';
import { type FunctionSpec, HANDLER_EXPORT } from './functions.ts';
import { allowNetworkInterfaces } from './network-interfaces.ts';

/** Metadata on the function resource: how the local runner finds a function's short name and door. */
export const FUNCTION_METADATA = 'routeguard:function';

/** What every function of a guard shares: where it runs, what it may at most do, who reads its logs. */
export interface FunctionSurroundings {
  /** Directory with `functions/<name>/index.mjs`. */
  readonly assets: string;
  readonly logRetention: logs.RetentionDays;
  /** Encrypts the log group and the function's variables. */
  readonly encryptionKey: kms.IKey;
  /** Masks in the log whatever looks like personal data: a second net below the closed schema of the lines. */
  readonly dataProtection: boolean;
  readonly network?: {
    readonly vpc: ec2.IVpc;
    readonly subnets?: ec2.SubnetSelection;
    readonly group: ec2.ISecurityGroup;
  };
  readonly permissionsBoundary?: iam.IManagedPolicy;
}

export interface GuardFunctionProps extends FunctionSurroundings {
  readonly spec: FunctionSpec;
  readonly environment: Readonly<Record<string, string>>;
  readonly memorySize: number;
  /** Brought by the account instead of made here. */
  readonly role?: iam.IRole;
  readonly reservedConcurrency?: number;
  readonly provisionedConcurrency?: number;
}

/** One Lambda function as the guard wants them all: a bundle, a role of its own, a log group, the alias `live`. */
export class GuardFunction extends Construct {
  readonly role: iam.IRole;
  readonly function: lambda.Function;
  readonly live: lambda.Alias;
  readonly logGroup: logs.LogGroup;
  /** `sha256:…` of the deployed bundle. */
  readonly buildDigest: string;
  readonly #aliases: lambda.Alias[] = [];

  constructor(scope: Construct, id: string, props: GuardFunctionProps) {
    super(scope, id);
    const { spec, network } = props;
    const directory = join(props.assets, 'functions', spec.name);
    this.buildDigest = digestOfBundle(readBundle(directory, spec));
    this.logGroup = new logs.LogGroup(this, 'Logs', {
      retention: props.logRetention,
      encryptionKey: props.encryptionKey,
      removalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
      ...(props.dataProtection && { dataProtectionPolicy: dataProtection() }),
    });
    this.role = props.role ?? this.#makeRole(spec, props.permissionsBoundary);
    this.logGroup.grantWrite(this.role);
    if (network !== undefined) allowNetworkInterfaces(this.role);
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
      logGroup: this.logGroup,
      currentVersionOptions: { removalPolicy: RemovalPolicy.RETAIN },
      ...(props.reservedConcurrency !== undefined && {
        reservedConcurrentExecutions: props.reservedConcurrency,
      }),
      ...(network !== undefined && {
        vpc: network.vpc,
        securityGroups: [network.group],
        ...(network.subnets !== undefined && { vpcSubnets: network.subnets }),
      }),
    });
    const resource = this.function.node.defaultChild as CfnResource;
    resource.addMetadata(FUNCTION_METADATA, { name: spec.name, door: spec.door });
    this.live = this.alias('Live', LIVE_ALIAS, props.provisionedConcurrency);
  }

  /** Every name by which it is invoked. */
  get aliases(): readonly lambda.Alias[] {
    return this.#aliases;
  }

  /** Another name for the same version. */
  alias(id: string, aliasName: string, provisionedConcurrency?: number): lambda.Alias {
    const alias = new lambda.Alias(this, id, {
      aliasName,
      // CDK's classes and interfaces disagree under exactOptionalPropertyTypes; they are the same objects.
      version: this.function.currentVersion as lambda.IVersion,
      ...(provisionedConcurrency !== undefined && {
        provisionedConcurrentExecutions: provisionedConcurrency,
      }),
    });
    this.#aliases.push(alias);
    return alias;
  }

  #makeRole(spec: FunctionSpec, boundary: iam.IManagedPolicy | undefined): iam.Role {
    return new iam.Role(this, 'Role', {
      assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com'),
      description: `routeguard: runs ${spec.name}`,
      ...(boundary !== undefined && { permissionsBoundary: boundary }),
    });
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
