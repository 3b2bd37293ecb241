/** One HTTP exchange of a test with a served binding. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** `undefined` where the body is not JSON. */
  readonly json: unknown;
}

export interface Sent {
  readonly method?: string;
  readonly headers?: { readonly [name: string]: string };
  /** Text and buffers go as they are; anything else as JSON. */
  readonly body?: unknown;
}

export async function call(url: string, { method = 'POST', headers, body }: Sent = {}): Promise<Answer> {
  const raw = typeof body === 'string' || body instanceof Buffer ? body : JSON.stringify(body);
  const response = await fetch(url, {
    method,
    headers: headers ?? { 'content-type': 'application/json' },
    ...(raw === undefined ? {} : { body: raw }),
  });
  const text = await response.text();
  return { status: response.status, headers: response.headers, text, json: json(text) };
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
