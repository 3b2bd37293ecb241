import { aws_apigateway as apigateway, type aws_lambda as lambda } from 'aws-cdk-lib';
import { ROUTES } from '../functions/registry/routes.ts';

/**
 * Adds the registry's methods to the HTTP door, from the table the function itself routes by. Each is a method of its own,
 * so that IAM policies can tell proposing from approving; each demands IAM authentication, and each has a permission to
 * invoke the function that names exactly it.
 */
export function addRegistryMethods(api: apigateway.RestApi, target: lambda.Alias): void {
  // Bodies are read by the function alone, which says precisely what is wrong with one.
  const requestValidator = api.addRequestValidator('RegistryValidator', {
    validateRequestBody: false,
    validateRequestParameters: true,
  });
  for (const { method, path } of ROUTES) {
    const integration = new apigateway.LambdaIntegration(target as lambda.IFunction, {
      allowTestInvoke: false,
      scopePermissionToMethod: true,
    });
    api.root.resourceForPath(path).addMethod(method, integration, {
      authorizationType: apigateway.AuthorizationType.IAM,
      requestValidator,
    });
  }
}
