/** The AuthZEN Authorization API 1.0 over any decision point. See docs/authzen.md. */
export { behindRestApi, proxyResult, type RestEvent } from './api-gateway.ts';
export type { Api } from './apis.ts';
export { type Admission, authzenBinding, type BindingOptions } from './binding.ts';
export type { HttpHandler, HttpRequest, HttpResponse } from './exchange.ts';
export { behindNodeHttp } from './node-http.ts';
export { type Caller, type FoundPage, type PageWindow, type Pdp, pageOf, type Session } from './pdp.ts';
export type {
  ActionSearchRequest,
  EvaluationRequest,
  ResourceSearchRequest,
  SubjectSearchRequest,
} from './requests.ts';
export type { ActionResult, Decision, EntityResult } from './responses.ts';
