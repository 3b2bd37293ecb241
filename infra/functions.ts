import type { ServiceName } from './aws-services.ts';

/**
 * Who can reach a function. One function per door: a function invoked directly never reads an API Gateway identity,
 * and a function behind the API is invoked by nothing else.
 */
export type DoorFunction =
  /** `lambda:InvokeFunction` on its alias. */
  | 'direct'
  /** IAM-authenticated REST API only; the caller is in `requestContext.identity`. */
  | 'api'
  /** CloudFormation, while the stack is deployed. */
  | 'deployment'
  /** A schedule of the stack, and nobody else. */
  | 'schedule'
  /** CodeDeploy, before a new version gets traffic. */
  | 'release'
  /** `lambda:InvokeFunction` on its alias, by whoever looks at the dashboard. */
  | 'dashboard';

/** One Lambda function: everything the bundler, the construct and the local runner need to know about it. */
export interface FunctionSpec {
  /** Short name: the folder of its bundle, and what the local runner accepts besides the synthesised name. */
  readonly name: string;
  /** Entry module, relative to the project's root. It exports `handler` (async, at most two parameters). */
  readonly entry: string;
  readonly door: DoorFunction;
  readonly description: string;
  /** In MiB. */
  readonly memory: number;
  /** Lambda's own timeout, in seconds. A function answers well before it. */
  readonly timeout: number;
  /** Every service that its code calls: in a VPC there is a way to each of them, and the local run refuses it the others. */
  readonly calls: readonly ServiceName[];
}

/** The export every entry module offers. */
export const HANDLER_EXPORT = 'handler';

export const functions = [
  {
    name: 'decide',
    entry: 'functions/decide/direct.ts',
    door: 'direct',
    description: 'May this message be routed over this path? Invoked by upstream services.',
    memory: 512,
    timeout: 3,
    calls: ['dynamodb'],
  },
  {
    name: 'decide-http',
    entry: 'functions/decide/http.ts',
    door: 'api',
    description: 'The same question over POST /v1/decide.',
    memory: 512,
    timeout: 3,
    calls: ['dynamodb'],
  },
  {
    name: 'access',
    entry: 'functions/access/http.ts',
    door: 'api',
    description: 'AuthZEN 1.0 and best path: decisions, searches, and what is missing.',
    memory: 1769,
    timeout: 20,
    calls: ['dynamodb'],
  },
  {
    name: 'explain',
    entry: 'functions/explain/http.ts',
    door: 'api',
    description: 'Full explanations over POST /v1/audit/explain, for auditors.',
    memory: 1024,
    timeout: 15,
    calls: ['dynamodb'],
  },
  {
    name: 'registry',
    entry: 'functions/registry/handler.ts',
    door: 'api',
    description: 'Change control of the registry: proposals, approvals, history.',
    memory: 1769,
    timeout: 29,
    // Lambda says who reads, before something is published that an older build cannot read.
    calls: ['dynamodb', 'kms', 'lambda'],
  },
  {
    name: 'stop',
    entry: 'functions/registry/stop.ts',
    door: 'api',
    description: 'Stops: holds and revocations, which wait for nobody.',
    memory: 1769,
    timeout: 29,
    calls: ['dynamodb', 'kms'],
  },
  {
    name: 'jobs',
    entry: 'functions/registry/jobs.ts',
    door: 'api',
    description: 'Long work of the registry, in slices: simulations, forecasts, audits.',
    memory: 1769,
    timeout: 29,
    calls: ['dynamodb', 'kms'],
  },
  {
    name: 'registry-purge',
    entry: 'functions/registry/purge.ts',
    door: 'api',
    description: 'Removes for good what should never have been recorded. Two people, break-glass.',
    memory: 1024,
    timeout: 29,
    calls: ['dynamodb'],
  },
  {
    name: 'commit-key',
    entry: 'functions/commit-key/handler.ts',
    door: 'deployment',
    description: 'Reads the public half of the commit signing key once per deployment.',
    memory: 256,
    timeout: 30,
    // S3 takes the answers of custom resources for CloudFormation.
    calls: ['kms', 's3'],
  },
  {
    name: 'probe',
    entry: 'functions/probe/handler.ts',
    door: 'schedule',
    description: 'Asks decide questions with known answers, every minute.',
    memory: 256,
    timeout: 30,
    // The API where it can be reached, for the rehearsal of a stop.
    calls: ['execute-api', 'lambda'],
  },
  {
    name: 'watch',
    entry: 'functions/watch/handler.ts',
    door: 'schedule',
    description: 'Looks at the registry every minute: age, holds, waivers, what expires.',
    memory: 1024,
    timeout: 55,
    calls: ['dynamodb'],
  },
  {
    name: 'standby',
    entry: 'functions/standby/handler.ts',
    door: 'schedule',
    description: 'Copies the registry of the first Region, every minute, where this is its standby.',
    memory: 1024,
    timeout: 55,
    calls: ['dynamodb'],
  },
  {
    name: 'board',
    entry: 'functions/board/handler.ts',
    door: 'dashboard',
    description: 'Draws the board: which networks may carry what, and what ends soon.',
    memory: 2048,
    timeout: 60,
    calls: ['dynamodb'],
  },
  {
    name: 'release-hook',
    entry: 'functions/probe/release-hook.ts',
    door: 'release',
    description: 'Asks a new version of decide the known questions before it gets traffic.',
    memory: 512,
    // Lambda's most: it asks both builds about everything, and refuses what it had no time for.
    timeout: 900,
    calls: ['codedeploy', 'dynamodb', 'lambda'],
  },
] as const satisfies readonly FunctionSpec[];

export type FunctionName = (typeof functions)[number]['name'];

export function functionSpec(name: FunctionName): FunctionSpec {
  const spec = functions.find((each) => each.name === name);
  if (!spec) throw new Error(`no function is called ${name}`);
  return spec;
}
