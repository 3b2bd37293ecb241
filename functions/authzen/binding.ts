import { ALL_APIS, type Api, apiAt } from './apis.ts';
import { type CallSettings, PREPARE } from './calls.ts';
import { isDiscovery, metadataOf } from './discovery.ts';
import { type HttpHandler, type HttpRequest, type HttpResponse, jsonResponse } from './exchange.ts';
import { PageTokens } from './page-token.ts';
import type { Caller, Pdp } from './pdp.ts';
import { HttpProblem, problemResponse } from './problem.ts';
import { type BodyLimits, readProtocolBody } from './read-body.ts';
import { REQUEST_ID, requestIdOf } from './request-id.ts';

/** Who may ask. `unauthenticated` is a 401 with the challenge, `forbidden` a 403. */
export type Admission =
  | { readonly kind: 'admitted'; readonly caller: Caller }
  | { readonly kind: 'unauthenticated'; readonly challenge: string }
  | { readonly kind: 'forbidden' };

export interface BindingOptions {
  readonly pdp: Pdp;
  /** The URL callers know the decision point by; where it has several names, the one for this request. */
  readonly identifier: string | ((request: HttpRequest) => string);
  /** At least 32 bytes, the same in every process that serves the same callers. */
  readonly pageKey: Uint8Array;
  /** What is offered. `evaluation` always is. @default all */
  readonly apis?: readonly Api[];
  /** URNs for the metadata. @default none */
  readonly capabilities?: readonly string[];
  /** @default everyone is admitted: the door in front has authenticated them */
  readonly admit?: (request: HttpRequest) => Promise<Admission> | Admission;
  /** UTF-8 bytes of a body. @default 1 MiB */
  readonly maxBytes?: number;
  /** @default 32 */
  readonly maxDepth?: number;
  /** Items of a batch. @default 1000 */
  readonly maxEvaluations?: number;
  /** Steps of work one request may ask for, in all its items; what a step is, says the decision point. */
  readonly maxSteps: number;
  /** Results of a page where the caller names no limit. @default 1000 */
  readonly defaultLimit?: number;
  /** Largest page. @default 1000 */
  readonly maxLimit?: number;
}

const ANYBODY: Admission = { kind: 'admitted', caller: { id: '' } };

/**
 * The HTTP binding of the AuthZEN Authorization API 1.0 over any decision point. It knows the protocol and nothing
 * of what is decided. It never throws: what goes wrong is an error status, which no caller can read as a permit.
 */
export function authzenBinding(options: BindingOptions): HttpHandler {
  const settings: Settings = {
    limits: { maxBytes: options.maxBytes ?? 1_048_576, maxDepth: options.maxDepth ?? 32 },
    apis: [...new Set<Api>(['evaluation', ...(options.apis ?? ALL_APIS)])],
    maxEvaluations: options.maxEvaluations ?? 1_000,
    members: options.pdp.members ?? [],
    work: { maxSteps: options.maxSteps, stepsOf: options.pdp.stepsOf ?? (() => 1) },
    pages: {
      tokens: new PageTokens(options.pageKey),
      defaultLimit: options.defaultLimit ?? 1_000,
      maxLimit: options.maxLimit ?? 1_000,
    },
  };
  return async (request) => {
    let requestId: string | undefined;
    try {
      requestId = requestIdOf(request);
      return withRequestId(await answer(request, options, settings), requestId);
    } catch (error) {
      const problem =
        error instanceof HttpProblem ? error : new HttpProblem(500, 'the request could not be processed');
      return withRequestId(problemResponse(problem), requestId);
    }
  };
}

interface Settings extends CallSettings {
  readonly limits: BodyLimits;
  readonly apis: readonly Api[];
}

async function answer(
  request: HttpRequest,
  options: BindingOptions,
  settings: Settings,
): Promise<HttpResponse> {
  const { identifier } = options;
  const known = typeof identifier === 'string' ? identifier : identifier(request);
  if (isDiscovery(request.path, known)) {
    onlyMethod(request, 'GET');
    return jsonResponse(200, metadataOf(known, settings.apis, options.capabilities ?? []));
  }
  const api = apiAt(request.path, settings.apis);
  if (api === undefined) throw new HttpProblem(404, 'there is nothing at this address');
  onlyMethod(request, 'POST');
  const caller = await admitted(request, options);
  // Nothing is asked of the decision point for a request that is malformed anyway.
  const call = PREPARE[api](readProtocolBody(request, settings.limits), caller, settings);
  return jsonResponse(200, await call(await options.pdp.open(caller)));
}

async function admitted(request: HttpRequest, { admit }: BindingOptions): Promise<Caller> {
  const admission = admit === undefined ? ANYBODY : await admit(request);
  switch (admission.kind) {
    case 'admitted':
      return admission.caller;
    case 'unauthenticated':
      throw new HttpProblem(401, 'authentication is needed', { 'www-authenticate': admission.challenge });
    case 'forbidden':
      throw new HttpProblem(403, 'this caller may not ask');
    default:
      throw new HttpProblem(500, admission satisfies never);
  }
}

function onlyMethod({ method }: HttpRequest, allowed: 'GET' | 'POST'): void {
  if (method.toUpperCase() !== allowed)
    throw new HttpProblem(405, `only ${allowed} is possible here`, { allow: allowed });
}

function withRequestId(response: HttpResponse, id: string | undefined): HttpResponse {
  return id === undefined ? response : { ...response, headers: { ...response.headers, [REQUEST_ID]: id } };
}
