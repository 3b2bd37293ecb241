/** The AuthZEN Authorization API 1.0 over any decision point. See docs/authzen.md. */
export { behindRestApi, proxyResult, type RestEvent } from './api-gateway.ts';

export { type Admission, authzenBinding, type BindingOptions } from './binding.ts';
export type { HttpHandler, HttpRequest } from './exchange.ts';
export { behindNodeHttp } from './node-http.ts';
export { type Pdp, pageOf, type Session } from './pdp.ts';
export type { EvaluationRequest } from './requests.ts';
export type { Decision, EntityResult } from './responses.ts';
