import { aws_apigateway as apigateway, type aws_lambda as lambda } from 'aws-cdk-lib';
import { PURGE_ROUTES } from '../functions/registry/purge-routes.ts';
import { ROUTES, type ServedBy, serverOf } from '../functions/registry/routes.ts';

/** The functions behind the registry's methods and the purge's. */
export type Administration = Readonly<Record<ServedBy | 'purge', lambda.Alias>>;

/**
 * Adds the registry's methods and the purge's to the HTTP door, from the tables the functions themselves route by. Each is a method of its own,
 * so that IAM policies can tell proposing from approving; each demands IAM authentication, and each has a permission to
 * invoke the function that names exactly it.
 */
export function addRegistryMethods(api: apigateway.RestApi, { purge, ...served }: Administration): void {
  // Bodies are read by the function alone, which says precisely what is wrong with one.
  const requestValidator = api.addRequestValidator('RegistryValidator', {
    validateRequestBody: false,
    validateRequestParameters: true,
  });
  const methods = [
    ...ROUTES.map((route) => ({ ...route, target: served[serverOf(route)] })),
    ...PURGE_ROUTES.map((route) => ({ ...route, target: purge })),
  ];
  for (const { method, path, target } of methods) {
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
