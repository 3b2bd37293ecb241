/**
 * Read-only calls of AWS services: signed requests in the three protocols that they speak, so that looking at an account
 * takes no client of each. A call that comes to nothing says why, and what to do.
 */
import { setTimeout as wait } from 'node:timers/promises';
import { Sha256 } from '@aws-crypto/sha256-js';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { SignatureV4 } from '@smithy/signature-v4';
import { isUnconfigured } from '../../client/unconfigured.ts';
import { parseStrictJson } from '../../functions/core/strict-json.ts';
import { isObject, type Properties } from '../../infra/local/template.ts';
import { doorAt } from '../http-signing.ts';
import { UsageError } from '../usage-error.ts';
import { awsPlace, type WhichGuard } from '../which-guard.ts';
import { type AnswerNode, nodeAt, readAnswerXml, textAt } from './answer-xml.ts';

/** Services that name the operation in a header: its prefix, and the version of JSON. */
const BY_TARGET = {
  cloudcontrolapi: ['CloudApiService', '1.0'],
  dynamodb: ['DynamoDB_20120810', '1.0'],
  kms: ['TrentService', '1.1'],
  logs: ['Logs_20140328', '1.1'],
  servicequotas: ['ServiceQuotasV20190624', '1.1'],
  ssm: ['AmazonSSM', '1.1'],
} as const;

/** Services that take a form and answer with XML: the version of their API. */
const BY_FORM = { cloudformation: '2010-05-15', ec2: '2016-11-15', sts: '2011-06-15' } as const;

type ServiceByPath = 'apigateway' | 'lambda';
type ServiceByTarget = keyof typeof BY_TARGET;
type ServiceByForm = keyof typeof BY_FORM;

/** A service refused, or gave no answer that anybody could read. */
export class AwsCallError extends Error {
  override readonly name = 'AwsCallError';
  /** As the service calls it (`AccessDeniedException`); empty where it said nothing. */
  readonly code: string;
  readonly todo: string;
  /** The service's own words. */
  readonly said: string;

  constructor(message: string, code: string, todo: string, said = '') {
    super(message);
    this.code = code;
    this.todo = todo;
    this.said = said;
  }
}

/** An answer of another shape than the service's documentation gives it. */
export function unreadableAnswer(what: string): AwsCallError {
  return new AwsCallError(
    `${what} was answered in a way that this cannot read`,
    '',
    'run it again; if it stays so, look by hand',
  );
}

export interface AwsCaller {
  readonly region: string;
  /** What the names of services end in, in the partition of that Region. */
  readonly suffix: string;
  readonly credentials: LambdaClient['config']['credentials'];
  readonly post: (service: ServiceByTarget, operation: string, input: object) => Promise<Properties>;
  readonly form: (
    service: ServiceByForm,
    operation: string,
    input?: Readonly<Record<string, string>>,
  ) => Promise<AnswerNode>;
  readonly get: (service: ServiceByPath, path: string, operation: string) => Promise<Properties>;
}

const TIMEOUT_MS = 15_000;
const ATTEMPTS = 4;
const FIRST_WAIT_MS = 100;
const MAX_ANSWER = 16 * 1024 * 1024;

/** https://docs.aws.amazon.com/sdkref/latest/guide/feature-retry-behavior.html and the services' own names for it. */
const THROTTLED =
  /^(?:Throttling|ThrottlingException|ThrottledException|RequestThrottled|RequestLimitExceeded|TooManyRequestsException|SlowDown)$/;
const DENIED = /^(?:AccessDenied(?:Exception)?|UnauthorizedOperation|NotAuthorized|AuthorizationError)$/;
const NOT_KNOWN =
  /^(?:ExpiredToken(?:Exception)?|InvalidClientTokenId|UnrecognizedClientException|InvalidSignatureException|SignatureDoesNotMatch|AuthFailure|RequestExpired)$/;

interface Prepared {
  readonly service: ServiceByPath | ServiceByTarget | ServiceByForm;
  readonly operation: string;
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** @throws UsageError without a Region */
export async function awsCaller(options: WhichGuard, env = process.env): Promise<AwsCaller> {
  const client = new LambdaClient(awsPlace(options, env));
  const region = await client.config.region().catch(() => {
    throw new UsageError('--region names the AWS Region to deploy to, or AWS_REGION, or the profile');
  });
  const { url } = client.config.endpointProvider({ Region: region });
  const suffix = url.hostname.slice(`lambda.${region}.`.length);
  const given = env['AWS_ENDPOINT_URL'];
  const base = given === undefined ? undefined : doorAt(given, 'AWS_ENDPOINT_URL').base;

  async function once({ service, method, path, headers, body }: Prepared): Promise<Response> {
    const target = base ?? new URL(`https://${service}.${region}.${suffix}`);
    const signer = new SignatureV4({
      service,
      region,
      credentials: client.config.credentials,
      sha256: Sha256,
    });
    const { pathname, searchParams } = new URL(path, target);
    const query = Object.fromEntries(searchParams);
    const signed = await signer.sign({
      ...{ method, protocol: target.protocol, hostname: target.hostname, path: pathname, query },
      ...(target.port !== '' && { port: Number(target.port) }),
      headers: { host: target.host, ...headers },
      ...(body !== '' && { body }),
    });
    const { host: _host, ...rest } = signed.headers;
    return fetch(new URL(path, target), {
      ...{ method, headers: rest, redirect: 'error', signal: AbortSignal.timeout(TIMEOUT_MS) },
      ...(body !== '' && { body }),
    });
  }

  async function call(prepared: Prepared): Promise<string> {
    const name = `${prepared.service} ${prepared.operation}`;
    for (let attempt = 1; ; attempt += 1) {
      let response: Response;
      let text: string;
      try {
        response = await once(prepared);
        text = await response.text();
      } catch (error) {
        if (isUnconfigured(error)) throw NO_CREDENTIALS;
        if (attempt < ATTEMPTS) {
          await wait(FIRST_WAIT_MS * 2 ** attempt);
          continue;
        }
        throw new AwsCallError(
          `${name} does not answer at ${(base ?? new URL(`https://${prepared.service}.${region}.${suffix}`)).host}`,
          '',
          'look at the network and whether the Region is enabled for the account, and run it again',
        );
      }
      if (response.ok) return text;
      const { code, said } = errorIn(response, text);
      const later = THROTTLED.test(code) || response.status === 429 || response.status >= 500;
      if (later && attempt < ATTEMPTS) {
        await wait(FIRST_WAIT_MS * 2 ** attempt);
        continue;
      }
      throw refusalOf(name, code, response.status, said);
    }
  }

  return {
    region,
    suffix,
    credentials: client.config.credentials,
    async post(service, operation, input) {
      const [prefix, version] = BY_TARGET[service];
      const headers = {
        'content-type': `application/x-amz-json-${version}`,
        'x-amz-target': `${prefix}.${operation}`,
      };
      const text = await call({
        ...{ service, operation, method: 'POST', path: '/', headers, body: JSON.stringify(input) },
      });
      return membersOf(text, `${service} ${operation}`);
    },
    async form(service, operation, input = {}) {
      const body = new URLSearchParams({ Action: operation, Version: BY_FORM[service], ...input }).toString();
      const headers = { 'content-type': 'application/x-www-form-urlencoded' };
      const text = await call({ service, operation, method: 'POST', path: '/', headers, body });
      const root = readAnswerXml(text);
      if (root?.name !== `${operation}Response`) throw unreadableAnswer(`${service} ${operation}`);
      return root;
    },
    async get(service, path, operation) {
      const headers = { accept: 'application/json' };
      const text = await call({ service, operation, method: 'GET', path, headers, body: '' });
      return membersOf(text, `${service} ${operation}`);
    },
  };
}

const NO_CREDENTIALS = new AwsCallError(
  'there are no AWS credentials',
  '',
  'sign in (`aws sso login`, AWS_PROFILE, --profile), and run it again',
);

function membersOf(text: string, what: string): Properties {
  const parsed = parseStrictJson(text, { maxBytes: MAX_ANSWER, maxDepth: 64 });
  if (!parsed.ok || !isObject(parsed.value)) throw unreadableAnswer(what);
  return parsed.value;
}

interface ServiceError {
  readonly code: string;
  readonly said: string;
}

/** Each protocol says it somewhere else: in a header, a member or an element. */
function errorIn({ headers }: Response, text: string): ServiceError {
  if (text.startsWith('<')) {
    const root = readAnswerXml(text);
    const error = nodeAt(root, 'Error') ?? nodeAt(root, 'Errors', 'Error');
    return { code: textAt(error, 'Code') ?? '', said: textAt(error, 'Message') ?? '' };
  }
  const parsed = parseStrictJson(text);
  const body = parsed.ok && isObject(parsed.value) ? parsed.value : {};
  const { __type: type, code, message, Message: capital } = body;
  const named =
    headers.get('x-amzn-errortype')?.split(':', 1)[0] ??
    textOf(type ?? code)
      .split('#')
      .at(-1) ??
    '';
  return { code: named, said: textOf(message ?? capital) };
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function refusalOf(name: string, code: string, status: number, words: string): AwsCallError {
  const said = code === '' ? `status ${status}` : code;
  if (DENIED.test(code))
    return new AwsCallError(
      `${name} is not allowed to these credentials (${said})`,
      code,
      'let them make the calls that --help lists, or ask somebody who may',
    );
  if (NOT_KNOWN.test(code))
    return new AwsCallError(
      `AWS does not accept these credentials (${said})`,
      code,
      'sign in again, and run it again',
    );
  if (THROTTLED.test(code) || status === 429)
    return new AwsCallError(`${name} was throttled, four times (${said})`, code, 'run it again in a minute');
  if (status >= 500) return new AwsCallError(`${name} failed (${said})`, code, 'run it again');
  return new AwsCallError(
    `${name} was refused (${said}${words === '' ? '' : `: ${words}`})`,
    code,
    'look what that means in the service’s documentation',
    words,
  );
}
