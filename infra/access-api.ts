import { aws_apigateway as apigateway, aws_iam as iam, type aws_lambda as lambda } from 'aws-cdk-lib';

/** Paths of the access function. The protocol answers another method itself (405), so each takes any. */
const ACCESS_PATHS = [
  '/access/v1/evaluation',
  '/access/v1/evaluations',
  '/access/v1/search/subject',
  '/access/v1/search/resource',
  '/access/v1/search/action',
  '/v1/best-path',
] as const;

const DISCOVERY_PATH = '/.well-known/authzen-configuration';
export const EXPLAIN_PATH = '/v1/audit/explain';

export interface AccessMethodsProps {
  readonly access: lambda.Alias;
  readonly explain: lambda.Alias;
  /** Takes the place of IAM authentication, but never at the auditor's door. */
  readonly authorizer?: apigateway.IAuthorizer;
  /** Discovery says where things are and nothing of the registry. */
  readonly publicDiscovery: boolean;
}

/** Method options for whoever may ask: IAM, or the authoriser a deployment brings. */
export function admission(authorizer: apigateway.IAuthorizer | undefined): apigateway.MethodOptions {
  if (authorizer === undefined) return { authorizationType: apigateway.AuthorizationType.IAM };
  const { authorizationType } = authorizer;
  return { authorizer, ...(authorizationType !== undefined && { authorizationType }) };
}

/**
 * Adds AuthZEN, best path and full explanations to the HTTP door. Bodies are read by the functions alone: the protocol
 * says what a malformed one gets, and that its request id comes back with it.
 */
export function addAccessMethods(api: apigateway.RestApi, props: AccessMethodsProps): void {
  const requestValidator = api.addRequestValidator('AccessValidator', {
    validateRequestBody: false,
    validateRequestParameters: true,
  });
  const add = (
    path: string,
    method: string,
    target: lambda.Alias,
    options: apigateway.MethodOptions,
  ): void => {
    const integration = new apigateway.LambdaIntegration(target as lambda.IFunction, {
      allowTestInvoke: false,
      scopePermissionToMethod: true,
    });
    api.root.resourceForPath(path).addMethod(method, integration, { ...options, requestValidator });
  };
  const asked = admission(props.authorizer);
  for (const path of ACCESS_PATHS) add(path, 'ANY', props.access, asked);
  add(
    DISCOVERY_PATH,
    'ANY',
    props.access,
    props.publicDiscovery ? { authorizationType: apigateway.AuthorizationType.NONE } : asked,
  );
  add(EXPLAIN_PATH, 'POST', props.explain, admission(undefined));
}

/** Lets somebody ask over HTTP: decisions, AuthZEN, best path. Full explanations are not among it. */
export function grantAsk(grantee: iam.IGrantable, api: apigateway.RestApi): iam.Grant {
  const arn = (method: string, path: string) =>
    api.arnForExecuteApi(method, path, api.deploymentStage.stageName);
  return iam.Grant.addToPrincipal({
    grantee,
    actions: ['execute-api:Invoke'],
    resourceArns: [
      arn('POST', '/v1/decide'),
      ...ACCESS_PATHS.map((path) => arn('POST', path)),
      arn('GET', DISCOVERY_PATH),
    ],
  });
}
