import { aws_apigateway as apigateway, aws_cognito as cognito, aws_iam as iam } from 'aws-cdk-lib';
import { describe, expect, it } from 'vitest';
import { ACCESS_PATHS } from '../../infra/access-api.ts';
import { GuardPropError, type TrafficRoutingGuardProps } from '../../infra/guard-props.ts';
import { identities, mayCall } from '../../infra/local/identities.ts';
import { type MutableTemplate, synthesiseGuard } from './synthesised-guard.ts';

/** Authorisation by path of the template's methods. */
function authorisation(template: MutableTemplate): Readonly<Record<string, unknown>> {
  const pathOf = (id: string): string => {
    const { Type, Properties } = template.Resources[id] ?? { Type: '', Properties: {} };
    if (Type !== 'AWS::ApiGateway::Resource') return '';
    const parent = Properties['ParentId'] as { Ref?: string } | undefined;
    return `${parent?.Ref === undefined ? '' : pathOf(parent.Ref)}/${String(Properties['PathPart'])}`;
  };
  return Object.fromEntries(
    Object.values(template.Resources)
      .filter(({ Type }) => Type === 'AWS::ApiGateway::Method')
      .map(({ Properties }) => [
        `${Properties['HttpMethod']} ${pathOf((Properties['ResourceId'] as { Ref: string }).Ref)}`,
        Properties['AuthorizationType'],
      ]),
  );
}

function variablesOf(template: MutableTemplate, prefix: string): Readonly<Record<string, unknown>> {
  const [, found] =
    Object.entries(template.Resources).find(
      ([id, { Type }]) => Type === 'AWS::Lambda::Function' && id.startsWith(prefix),
    ) ?? [];
  if (found === undefined) throw new Error(`no function ${prefix}`);
  return (found.Properties['Environment'] as { Variables: Record<string, unknown> }).Variables;
}

const EXPLAIN = 'POST /v1/audit/explain';
const DISCOVERY = 'ANY /.well-known/authzen-configuration';
const ASKED = ['POST /v1/decide', ...ACCESS_PATHS.map((path) => `ANY ${path}`), DISCOVERY];

describe('who may ask', () => {
  it('is IAM everywhere, unless somebody says otherwise', () => {
    const found = authorisation(synthesiseGuard());
    expect(Object.keys(found)).toEqual(expect.arrayContaining([...ASKED, EXPLAIN]));
    expect(new Set(Object.values(found))).toEqual(new Set(['AWS_IAM']));
  });

  it('is an authoriser the deployment brings, but never for the registry and full explanations', () => {
    // The authoriser lives in the same stack, so it is made before the guard.
    const template = synthesiseGuard((stack) => ({
      httpAuthorizer: new apigateway.CognitoUserPoolsAuthorizer(stack, 'Authorizer', {
        cognitoUserPools: [new cognito.UserPool(stack, 'Pool')],
      }),
    }));
    const found = authorisation(template);
    for (const [method, type] of Object.entries(found))
      expect([method, type]).toEqual([method, ASKED.includes(method) ? 'COGNITO_USER_POOLS' : 'AWS_IAM']);
    expect(variablesOf(template, 'GuardAccessFunction')['CALLER_FROM']).toBe('authorizer');
  });

  it('lets anybody discover where that is asked for, and nothing else', () => {
    const found = authorisation(synthesiseGuard({ publicDiscovery: true }));
    expect(Object.entries(found).filter(([, type]) => type !== 'AWS_IAM')).toEqual([[DISCOVERY, 'NONE']]);
  });

  it('grants asking without explaining, and explaining with auditing', () => {
    const ofAsker = (name: 'grantAsk' | 'grantAudit'): string => {
      const { Resources } = synthesiseGuard({}, (guard, stack) => {
        guard[name](new iam.Role(stack, 'Asker', { assumedBy: new iam.AccountRootPrincipal() }));
      });
      return JSON.stringify(Object.entries(Resources).filter(([id]) => id.startsWith('AskerDefaultPolicy')));
    };
    for (const path of ['POST/v1/decide', 'GET/.well-known/authzen-configuration', 'POST/v1/best-path'])
      expect(ofAsker('grantAsk')).toContain(path);
    expect(ofAsker('grantAsk')).not.toContain('/v1/audit');
    expect(ofAsker('grantAudit')).toContain('POST/v1/audit/explain');
  });
});

describe('on one machine', () => {
  it.each([
    ['caller', '/v1/best-path', true],
    ['caller', '/access/v1/evaluation', true],
    ['caller', '/.well-known/authzen-configuration', true],
    ['caller', '/v1/audit/explain', false],
    ['auditor', '/v1/audit/explain', true],
    ['proposer', '/v1/audit/explain', false],
    ['approver', '/access/v1/evaluation', false],
  ])('%s at %s: %s', (name, path, may) => {
    const who = identities.find((each) => each.name === name);
    expect(who !== undefined && mayCall(who, path)).toBe(may);
  });
});

describe('props of the access door', () => {
  it('tell the function its name', () => {
    const template = synthesiseGuard({ pdpIdentifier: 'https://guard.example/v1' });
    expect(variablesOf(template, 'GuardAccessFunction')['PDP_IDENTIFIER']).toBe('https://guard.example/v1');
  });

  it.each<[keyof TrafficRoutingGuardProps, TrafficRoutingGuardProps]>([
    ['pdpIdentifier', { pdpIdentifier: 'http://guard.example' }],
    ['pdpIdentifier', { pdpIdentifier: 'https://guard.example/' }],
    ['pdpIdentifier', { pdpIdentifier: 'https://guard.example/?a' }],
    ['pdpIdentifier', { pdpIdentifier: 'https://guard.example', httpAccess: 'none' }],
    ['publicDiscovery', { publicDiscovery: true, httpAccess: 'none' }],
  ])('refuse %s: %j', (prop, props) => {
    expect(() => synthesiseGuard(props)).toThrow(GuardPropError);
    expect(() => synthesiseGuard(props)).toThrow(`\`${prop}\``);
  });
});
