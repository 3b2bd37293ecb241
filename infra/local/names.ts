import { LOCAL_ACCOUNT, LOCAL_API } from './identities.ts';
import type { Names } from './intrinsics.ts';
import type { Template } from './template.ts';

/** The one Region the local template is resolved for. Callers may sign for any. */
export const LOCAL_REGION = 'us-east-1';

/** What the names of services end in, in the partition of that Region. */
export const LOCAL_SUFFIX = 'amazonaws.com';

/** What a resource is called locally: what CloudFormation would generate, without its random suffix. */
export function physicalName(stackName: string, logicalId: string): string {
  return `${stackName}-${logicalId}`;
}

export function functionArn(name: string, qualifier?: string): string {
  const arn = `arn:aws:lambda:${LOCAL_REGION}:${LOCAL_ACCOUNT}:function:${name}`;
  return qualifier === undefined ? arn : `${arn}:${qualifier}`;
}

/** Attributes of custom resources, by logical id: what their functions answered. */
export type CustomAttributes = ReadonlyMap<string, Readonly<Record<string, string>>>;

/** Local values of `Ref` and `Fn::GetAtt` for the few kinds of resource that exist locally. */
export function localNames(
  stackName: string,
  template: Template,
  custom: CustomAttributes = new Map(),
): Names {
  const name = (logicalId: string): string => physicalName(stackName, logicalId);
  return {
    pseudo: {
      'AWS::AccountId': LOCAL_ACCOUNT,
      'AWS::Partition': 'aws',
      'AWS::Region': LOCAL_REGION,
      'AWS::StackName': stackName,
      'AWS::URLSuffix': LOCAL_SUFFIX,
    },
    ref: (logicalId) => {
      const resource = template.Resources[logicalId];
      switch (resource?.Type) {
        case 'AWS::CodeDeploy::Application':
        case 'AWS::CodeDeploy::DeploymentGroup':
        case 'AWS::DynamoDB::Table':
        case 'AWS::IAM::Role':
        case 'AWS::Lambda::Function':
        case 'AWS::Logs::LogGroup':
          return name(logicalId);
        case 'AWS::ApiGateway::Model':
        case 'AWS::ApiGateway::RequestValidator':
        case 'AWS::ApiGateway::Resource':
          return logicalId;
        case 'AWS::ApiGateway::RestApi':
          return LOCAL_API;
        case 'AWS::ApiGateway::Stage':
          return String(resource.Properties?.['StageName']);
        case 'AWS::Lambda::Alias': {
          const { FunctionName, Name } = resource.Properties ?? {};
          const target = (FunctionName as { Ref?: string } | undefined)?.Ref;
          return target === undefined ? undefined : functionArn(name(target), String(Name));
        }
        default:
          return undefined;
      }
    },
    attribute: (logicalId, attribute) => {
      const type = template.Resources[logicalId]?.Type;
      const answered = custom.get(logicalId)?.[attribute];
      if (answered !== undefined) return answered;
      if (type === 'AWS::IAM::Role' && attribute === 'Arn')
        return `arn:aws:iam::${LOCAL_ACCOUNT}:role/${name(logicalId)}`;
      if (type === 'AWS::Lambda::Function' && attribute === 'Arn') return functionArn(name(logicalId));
      if (type === 'AWS::KMS::Key' && attribute === 'Arn')
        return `arn:aws:kms:${LOCAL_REGION}:${LOCAL_ACCOUNT}:key/${logicalId}`;
      if (type === 'AWS::Lambda::Version' && attribute === 'Version') return '1';
      if (type === 'AWS::ApiGateway::RestApi' && attribute === 'RootResourceId') return logicalId;
      return undefined;
    },
  };
}
