/** The API of decisions; the methods of the registry are added to it by `registry-api.ts`. */
import {
  aws_apigateway as apigateway,
  type aws_ec2 as ec2,
  aws_iam as iam,
  type aws_kms as kms,
  type aws_lambda as lambda,
  aws_logs as logs,
  RemovalPolicy,
  aws_wafv2 as wafv2,
} from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { admission } from './access-api.ts';

export interface HttpApiProps {
  /** CloudWatch tells APIs apart by name alone. */
  readonly name: string;
  /** Answers `POST /v1/decide`. */
  readonly decide: lambda.Alias;
  readonly rateLimit: number;
  readonly burstLimit: number;
  readonly logRetention: logs.RetentionDays;
  readonly encryptionKey: kms.IKey;
  readonly accountRole: boolean;
  /** Who admits callers in place of IAM. */
  readonly authorizer?: apigateway.IAuthorizer;
  /** Makes the API private: nothing but this endpoint reaches it. */
  readonly privateEndpoint?: ec2.IVpcEndpoint;
  /** Whether an endpoint that the VPC has already leads to it. */
  readonly privateVpc?: ec2.IVpc;
  readonly webAclArn?: string;
}

/**
 * What is logged of a request. Nothing the caller wrote: the path is the template's (`/v1/decide`), and bodies,
 * headers, query and user agent are left out.
 */
const accessLogFormat = (service: string) =>
  apigateway.AccessLogFormat.custom(
    JSON.stringify({
      // Whose metrics are counted in it (`monitoring/door-metrics.ts`).
      Service: service,
      requestId: '$context.requestId',
      requestTime: '$context.requestTimeEpoch',
      resource: '$context.resourcePath',
      method: '$context.httpMethod',
      status: '$context.status',
      caller: '$context.identity.userArn',
      sourceIp: '$context.identity.sourceIp',
      latencyMs: '$context.responseLatency',
      responseBytes: '$context.responseLength',
      refusal: '$context.error.responseType',
    }),
  );

/**
 * The HTTP door: a REST API in which every method demands IAM authentication, so that the caller in
 * `requestContext.identity` is real; those that ask may have another authoriser. API Gateway itself bounds a request to 10 MB, Lambda's event to 6 MB.
 */
export class HttpApi extends Construct {
  readonly api: apigateway.RestApi;
  readonly accessLogs: logs.ILogGroup;

  constructor(scope: Construct, id: string, props: HttpApiProps) {
    super(scope, id);
    this.accessLogs = new logs.LogGroup(this, 'AccessLogs', {
      retention: props.logRetention,
      encryptionKey: props.encryptionKey,
      removalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
    });
    this.api = new apigateway.RestApi(this, 'Api', {
      restApiName: props.name,
      description: 'routeguard: decisions over HTTP',
      ...reach(props),
      cloudWatchRole: props.accountRole,
      ...(props.accountRole && { cloudWatchRoleRemovalPolicy: RemovalPolicy.RETAIN }),
      defaultMethodOptions: { authorizationType: apigateway.AuthorizationType.IAM },
      deployOptions: {
        stageName: 'guard',
        accessLogDestination: new apigateway.LogGroupLogDestination(this.accessLogs),
        accessLogFormat: accessLogFormat(props.name),
        // Execution logs hold errors only; data tracing would write whole bodies.
        loggingLevel: apigateway.MethodLoggingLevel.ERROR,
        dataTraceEnabled: false,
        // What the API adds to a request, told by X-Ray: paths and times, no body. The functions write their own.
        tracingEnabled: true,
        metricsEnabled: true,
        throttlingRateLimit: props.rateLimit,
        throttlingBurstLimit: props.burstLimit,
      },
    });
    this.#decide(props);
    if (props.webAclArn !== undefined)
      new wafv2.CfnWebACLAssociation(this, 'WebAcl', {
        webAclArn: props.webAclArn,
        resourceArn: this.api.deploymentStage.stageArn,
      });
  }

  #decide({ decide: target, authorizer }: HttpApiProps): void {
    const anObject = this.api.addModel('JsonObject', {
      modelName: 'JsonObject',
      contentType: 'application/json',
      description: 'Any JSON object; what is in it, the function validates and answers for.',
      schema: { schema: apigateway.JsonSchemaVersion.DRAFT4, type: apigateway.JsonSchemaType.OBJECT },
    });
    const validator = this.api.addRequestValidator('Validator', {
      validateRequestBody: true,
      validateRequestParameters: true,
    });
    this.api.root
      .addResource('v1')
      .addResource('decide')
      .addMethod(
        'POST',
        // A permission for exactly this method; none for the console's test button.
        new apigateway.LambdaIntegration(target as lambda.IFunction, {
          allowTestInvoke: false,
          scopePermissionToMethod: true,
        }),
        {
          ...admission(authorizer),
          requestValidator: validator,
          requestModels: { 'application/json': anObject },
        },
      );
  }
}

/** Where the API listens. A private one refuses, in its own policy, whatever does not come through its endpoint. */
function reach(props: HttpApiProps): Pick<apigateway.RestApiProps, 'endpointConfiguration' | 'policy'> {
  const { privateEndpoint, privateVpc } = props;
  if (privateEndpoint === undefined && privateVpc === undefined)
    return { endpointConfiguration: { types: [apigateway.EndpointType.REGIONAL] } };
  const from =
    privateEndpoint === undefined
      ? { 'aws:SourceVpc': privateVpc?.vpcId }
      : { 'aws:SourceVpce': privateEndpoint.vpcEndpointId };
  return {
    endpointConfiguration: {
      types: [apigateway.EndpointType.PRIVATE],
      ...(privateEndpoint !== undefined && { vpcEndpoints: [privateEndpoint] }),
    },
    policy: new iam.PolicyDocument({
      statements: [
        // Nothing is allowed here: within an account, what a resource's policy allows needs no grant of a caller's own,
        // so that an Allow would let every principal of the account call every method. Who may call is said by IAM.
        new iam.PolicyStatement({
          effect: iam.Effect.DENY,
          principals: [new iam.AnyPrincipal()],
          actions: ['execute-api:Invoke'],
          resources: ['execute-api:/*'],
          conditions: { StringNotEquals: from },
        }),
      ],
    }),
  };
}
