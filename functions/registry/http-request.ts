import { member } from '../core/facts/fact.ts';
import { parseStrictJson, type StrictJsonErrorCode } from '../core/strict-json.ts';
import { textOfBody } from '../service/http.ts';
import { MAX_DEPTH } from './limits.ts';
import { Refusal } from './refusal.ts';

/** A request as the router sees it: what API Gateway verified, and bytes nobody has read yet. */
export interface RegistryRequest {
  readonly method: string;
  readonly path: string;
  readonly query: ReadonlyMap<string, string>;
  /** As API Gateway wrote it. */
  readonly requestContext: unknown;
  readonly body: string;
}

/** The largest body in one piece. Lambda ends at 6 MB; more than this is sent in chunks. */
const MAX_BODY_BYTES = 4 * 1024 * 1024;

/**
 * Reads a REST API's proxy event.
 *
 * @throws Refusal REQUEST_INVALID where it is none, or where a query parameter is given twice
 */
export function readEvent(event: unknown): RegistryRequest {
  const method = member(event, 'httpMethod');
  const path = member(event, 'path');
  if (typeof method !== 'string' || typeof path !== 'string')
    throw new Refusal('REQUEST_INVALID', 'not a request of the REST API');
  return {
    method,
    path,
    query: queryOf(member(event, 'multiValueQueryStringParameters')),
    requestContext: member(event, 'requestContext'),
    body: bodyOf(event),
  };
}

/**
 * The JSON object in a body.
 *
 * @throws Refusal TOO_LARGE, REQUEST_UNPARSABLE
 */
export function jsonBody(request: RegistryRequest): Readonly<Record<string, unknown>> {
  const value = parseDocument(request.body === '' ? '{}' : request.body, MAX_BODY_BYTES);
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new Refusal('REQUEST_INVALID', 'the body is a JSON object', { path: '' });
  return value as Readonly<Record<string, unknown>>;
}

const PARSE_MESSAGE: Readonly<Record<StrictJsonErrorCode, string>> = {
  NOT_TEXT: 'not text',
  TOO_LARGE: 'too large',
  BYTE_ORDER_MARK: 'starts with a byte order mark',
  LONE_SURROGATE: 'a lone surrogate: the text is not Unicode',
  TOO_DEEP: `nested deeper than ${MAX_DEPTH} levels`,
  DUPLICATE_KEY: 'one object has the same member twice',
  FORBIDDEN_KEY: 'a member name that is not allowed',
  NUMBER_OUT_OF_RANGE: 'a number that JSON readers disagree about',
  SYNTAX: 'not JSON',
};

/** Strict JSON within a bound; an error names a position, never the text. */
export function parseDocument(text: string, maxBytes: number): unknown {
  const parsed = parseStrictJson(text, { maxBytes, maxDepth: MAX_DEPTH });
  if (parsed.ok) return parsed.value;
  if (parsed.code === 'TOO_LARGE')
    throw new Refusal('TOO_LARGE', `larger than ${maxBytes} bytes: send a proposal in chunks`, {
      details: { maxBytes },
    });
  throw new Refusal('REQUEST_UNPARSABLE', PARSE_MESSAGE[parsed.code], { details: { at: parsed.at } });
}

function bodyOf(event: unknown): string {
  const body = member(event, 'body');
  const isBase64Encoded = member(event, 'isBase64Encoded') === true;
  const text = textOfBody({ body: typeof body === 'string' ? body : null, isBase64Encoded });
  if (text === undefined) throw new Refusal('REQUEST_UNPARSABLE', 'the body is not UTF-8');
  return text;
}

function queryOf(parameters: unknown): ReadonlyMap<string, string> {
  const query = new Map<string, string>();
  if (typeof parameters !== 'object' || parameters === null) return query;
  for (const [name, values] of Object.entries(parameters)) {
    if (!Array.isArray(values) || values.length !== 1 || typeof values[0] !== 'string')
      throw new Refusal('REQUEST_INVALID', 'a query parameter is given once');
    query.set(name, values[0]);
  }
  return query;
}
