/**
 * The operations as a collection for Bruno (https://docs.usebruno.com/bru-lang/overview): a file for each, with its example, in a
 * folder for each door, signed as somebody of the local guard who may call it.
 */
import type { ApiOperation, ApiParameter } from './operation.ts';

/** Who asks at each door. Their secrets are worth nothing but on this machine. */
export const BRUNO_IDENTITIES: Readonly<Record<string, string>> = {
  AuthZEN: 'caller',
  Decisions: 'auditor',
  Registry: 'usa-proposer',
  Purge: 'usa-proposer',
};

type Files = ReadonlyMap<string, string>;

/** The files of the collection, by their path in its folder. */
export function brunoCollection(operations: readonly ApiOperation[]): Files {
  const settings = { version: '1', name: 'routeguard', type: 'collection', ignore: [] };
  const folders = Object.entries(BRUNO_IDENTITIES).map(
    ([tag, identity]) => [`${tag}/folder.bru`, folder(tag, identity)] as const,
  );
  const requests = operations.map(
    (operation, index) =>
      [`${operation.tag}/${operation.operationId}.bru`, request(operation, index + 1)] as const,
  );
  return new Map([
    ['bruno.json', `${JSON.stringify(settings, null, 2)}\n`],
    ['environments/local.bru', block('vars', ['baseUrl: http://127.0.0.1:8787'])],
    ...folders,
    ...requests,
  ]);
}

const block = (name: string, lines: readonly string[]): string =>
  `${name} {\n${lines
    .flatMap((line) => line.split('\n'))
    .map((line) => `  ${line}\n`)
    .join('')}}\n`;

function folder(tag: string, identity: string): string {
  return [
    block('meta', [`name: ${tag}`]),
    block('auth', ['mode: awsv4']),
    block('auth:awsv4', [
      `accessKeyId: LOCAL${identity.toUpperCase().replaceAll('-', '')}`,
      `secretAccessKey: local-only-${identity}`,
      'sessionToken: ',
      'service: execute-api',
      'region: us-east-1',
      'profileName: ',
    ]),
  ].join('\n');
}

function request(operation: ApiOperation, seq: number): string {
  const { operationId, method, path, summary, request: body, parameters = [] } = operation;
  const url = `{{baseUrl}}${path.replaceAll(/\{(\w+)\}/g, ':$1')}`;
  const required = parameters.filter((each) => each.in === 'query' && each.required);
  const query = required.map(({ name, example }) => `${name}=${example}`).join('&');
  return [
    block('meta', [`name: ${operationId}`, 'type: http', `seq: ${seq}`]),
    block(method, [
      `url: ${url}${query === '' ? '' : `?${query}`}`,
      `body: ${body === undefined ? 'none' : 'json'}`,
      'auth: inherit',
    ]),
    ...parametersOf('query', parameters),
    ...parametersOf('path', parameters),
    ...(body === undefined ? [] : [block('body:json', [JSON.stringify(body.example, null, 2)])]),
    block('docs', [summary]),
  ].join('\n');
}

/** One that may be left out is there and switched off. */
function parametersOf(place: ApiParameter['in'], all: readonly ApiParameter[]): readonly string[] {
  const lines = all
    .filter((each) => each.in === place)
    .map(({ name, required, example }) => `${required ? '' : '~'}${name}: ${example}`);
  return lines.length === 0 ? [] : [block(`params:${place}`, lines)];
}
