/** Requests and answers of the registry, as they are on the wire. */

// biome-ignore lint/suspicious/noExplicitAny: answers are read by tests as they are on the wire
export type Wire = any;

export interface Answered {
  readonly status: number;
  readonly body: Wire;
}

/** Somebody's requests. */
export interface Person {
  get(path: string, query?: Readonly<Record<string, string>>): Promise<Answered>;
  post(path: string, body?: unknown): Promise<Answered>;
  put(path: string, body: unknown): Promise<Answered>;
}
