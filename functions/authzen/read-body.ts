/** Bodies as AuthZEN takes them: loose where the protocol is, and a 400 that names the member. */
import type * as z from 'zod/mini';
import { parseStrictJson } from '../core/strict-json.ts';
import { type HttpRequest, headerOf } from './exchange.ts';
import { HttpProblem } from './problem.ts';

export interface BodyLimits {
  /** UTF-8 bytes. */
  readonly maxBytes: number;
  readonly maxDepth: number;
}

export type Members = { readonly [member: string]: unknown };

/** The body as a JSON object, or a 400. */
export function readProtocolBody(request: HttpRequest, limits: BodyLimits): Members {
  if (!isJson(headerOf(request, 'content-type')))
    throw new HttpProblem(400, 'Content-Type must be application/json');
  if (request.body === undefined || request.body.trim() === '')
    throw new HttpProblem(400, 'the body is empty');
  const read = parseStrictJson(request.body, limits);
  if (!read.ok) throw new HttpProblem(400, 'the body is not acceptable JSON');
  const { value } = read;
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new HttpProblem(400, 'the body must be a JSON object');
  }
  return value as Members;
}

/** `application/json`, with no charset but UTF-8; other parameters mean nothing. */
function isJson(contentType: string | undefined): boolean {
  const [type, ...parameters] = (contentType ?? '').split(';').map((part) => part.trim().toLowerCase());
  if (type !== 'application/json') return false;
  return parameters.every((parameter) => {
    const [name, value] = parameter.split('=', 2);
    return name?.trim() !== 'charset' || /^"?utf-?8"?$/.test(value?.trim() ?? '');
  });
}

/** Names that may stand in a message: the protocol's, and nobody else's. */
const OWN_NAMES: ReadonlySet<unknown> = new Set([
  ...['subject', 'action', 'resource', 'context', 'type', 'id', 'name', 'properties'],
  ...['evaluations', 'options', 'evaluations_semantic', 'page', 'token', 'limit'],
]);

/** The value in the schema's shape, or a 400 that names the first member at fault. */
export function inShape<T extends z.ZodMiniType>(schema: T, value: unknown): z.output<T> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const path = parsed.error.issues[0]?.path ?? [];
  const foreign = path.findIndex((name) => !OWN_NAMES.has(name));
  const member = path.slice(0, foreign === -1 ? path.length : foreign).join('.');
  throw new HttpProblem(
    400,
    member === '' ? 'the request has the wrong shape' : `${member} is missing or wrong`,
  );
}
