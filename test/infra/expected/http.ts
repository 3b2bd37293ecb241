/** Every method of the HTTP door, by hand: `METHOD path`, the function behind it, and which validator looks first. */
export type MethodRow = readonly [method: string, path: string, target: string, validator: string];

const asked = (path: string): MethodRow => ['ANY', path, 'Access', 'AccessValidator'];
const by =
  (target: string) =>
  (method: string, path: string): MethodRow => [method, `/v1/registry/${path}`, target, 'RegistryValidator'];
const registry = by('Registry');
const stop = by('Stop');
const jobs = by('Jobs');
const purge = (method: string, path: string): MethodRow => [
  method,
  `/v1/registry-purge${path}`,
  'Purge',
  'RegistryValidator',
];

export const METHODS: readonly MethodRow[] = [
  ['POST', '/v1/decide', 'DecideHttp', 'Validator'],
  asked('/.well-known/authzen-configuration'),
  asked('/access/v1/evaluation'),
  asked('/access/v1/evaluations'),
  asked('/access/v1/search/subject'),
  asked('/access/v1/search/resource'),
  asked('/access/v1/search/action'),
  asked('/v1/best-path'),
  ['POST', '/v1/audit/explain', 'Explain', 'AccessValidator'],
  registry('POST', 'proposals'),
  registry('GET', 'proposals'),
  registry('GET', 'proposals/{id}'),
  registry('PUT', 'proposals/{id}/chunks/{n}'),
  registry('POST', 'proposals/{id}/validate'),
  jobs('POST', 'proposals/{id}/simulate'),
  registry('POST', 'proposals/{id}/sign'),
  registry('POST', 'proposals/{id}/approve'),
  registry('POST', 'proposals/{id}/reject'),
  stop('POST', 'revoke'),
  stop('POST', 'hold'),
  stop('POST', 'stop-rehearsal'),
  registry('POST', 'lift'),
  registry('POST', 'rollback'),
  registry('GET', 'rollback/{v}'),
  registry('POST', 'confirm'),
  registry('GET', 'signing'),
  registry('GET', 'log'),
  registry('GET', 'versions/{v}'),
  jobs('GET', 'versions/{v}/stops'),
  stop('GET', 'holds'),
  registry('GET', 'facts/{kind}'),
  registry('GET', 'names'),
  registry('GET', 'facts/{kind}/{fact}'),
  registry('GET', 'diff'),
  registry('GET', 'blame/{kind}/{fact}'),
  jobs('POST', 'verify'),
  jobs('POST', 'forecast'),
  registry('GET', 'jobs/{id}'),
  jobs('POST', 'jobs/{id}/run'),
  registry('GET', 'jobs/{id}/result'),
  purge('POST', ''),
  purge('POST', '/search'),
  purge('GET', '/{id}'),
  purge('POST', '/{id}/approve'),
];

/** What the access log holds of a request besides the guard's name: nothing a caller wrote. */
export const ACCESS_LOG = {
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
};

/** `who may invoke what, from where`: API Gateway each method's own function, a schedule its own. */
export function invocations(): readonly string[] {
  const api = 'arn:<AWS::Partition>:execute-api:<AWS::Region>:<AWS::AccountId>:<GuardHttpApi>';
  const ofMethods = METHODS.map(([method, path, target]) => {
    const route = `${method === 'ANY' ? '*' : method}${path.replaceAll(/\{\w+\}/g, '*')}`;
    return `apigateway.amazonaws.com <Guard${target}Live> ${api}/<GuardHttpApiDeploymentStageguard>/${route}`;
  });
  const ofSchedules = ['Probe', 'Watch'].map(
    (name) => `events.amazonaws.com <Guard${name}Live> <GuardMonitoring${name}Schedule.Arn>`,
  );
  return [...ofMethods, ...ofSchedules].sort();
}
