/** A request as any HTTP server can hand it over. */
export interface HttpRequest {
  readonly method: string;
  /** Without query and without a stage prefix. */
  readonly path: string;
  /** Any case; a repeated header joined with `, `. */
  readonly headers: { readonly [name: string]: string | undefined };
  /** `undefined` where there is none, or where it is not UTF-8. */
  readonly body: string | undefined;
}

export interface HttpResponse {
  readonly status: number;
  /** Lower-case names. */
  readonly headers: { readonly [name: string]: string };
  /** JSON text, or empty. */
  readonly body: string;
}

export type HttpHandler = (request: HttpRequest) => Promise<HttpResponse>;

/** One header by name in any case, or `undefined`. */
export function headerOf(request: HttpRequest, name: string): string | undefined {
  const found = Object.entries(request.headers).find(
    ([key, value]) => value !== undefined && key.toLowerCase() === name,
  );
  return found?.[1];
}

/** Answers must not be kept: a decision is for one moment. */
const JSON_HEADERS = { 'content-type': 'application/json', 'cache-control': 'no-store' };

export function jsonResponse(
  status: number,
  value: unknown,
  headers: { readonly [name: string]: string } = {},
): HttpResponse {
  return { status, headers: { ...JSON_HEADERS, ...headers }, body: JSON.stringify(value) };
}
