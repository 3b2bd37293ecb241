import { describe, expect, it } from 'vitest';
import { reportToCodeDeploy } from '../../functions/probe/codedeploy.ts';

const execution = { DeploymentId: 'd-1', LifecycleEventHookExecutionId: 'e-1' };
const env = {
  AWS_REGION: 'eu-west-2',
  AWS_ACCESS_KEY_ID: 'A',
  AWS_SECRET_ACCESS_KEY: 'S',
  AWS_SESSION_TOKEN: 'T',
};

describe('telling CodeDeploy', () => {
  it('is one signed call with the status', async () => {
    const calls: [string, RequestInit | undefined][] = [];
    await reportToCodeDeploy(
      execution,
      'Failed',
      { ...env, URL_SUFFIX: 'amazonaws.com.cn' },
      async (url, init) => {
        calls.push([String(url), init]);
        return new Response('{}');
      },
    );
    const [[url, init] = []] = calls;
    expect(url).toBe('https://codedeploy.eu-west-2.amazonaws.com.cn/');
    expect(JSON.parse(String(init?.body))).toEqual({
      deploymentId: 'd-1',
      lifecycleEventHookExecutionId: 'e-1',
      status: 'Failed',
    });
    const headers = new Headers(init?.headers as Record<string, string>);
    expect(headers.get('authorization')).toMatch(/Credential=A\/\d{8}\/eu-west-2\/codedeploy\/aws4_request/);
    expect(headers.get('x-amz-target')).toBe('CodeDeploy_20141006.PutLifecycleEventHookExecutionStatus');
    expect(headers.get('x-amz-security-token')).toBe('T');
  });

  it('goes to the FIPS endpoint where the guard does', async () => {
    const asked: string[] = [];
    await reportToCodeDeploy(
      execution,
      'Succeeded',
      { ...env, AWS_USE_FIPS_ENDPOINT: 'true' },
      async (url) => {
        asked.push(String(url));
        return new Response('{}');
      },
    );
    expect(asked).toEqual(['https://codedeploy-fips.eu-west-2.amazonaws.com/']);
  });

  it('throws where CodeDeploy refuses', async () => {
    const refuse = async () => new Response('', { status: 400 });
    await expect(reportToCodeDeploy(execution, 'Succeeded', env, refuse)).rejects.toThrow('400');
  });
});
