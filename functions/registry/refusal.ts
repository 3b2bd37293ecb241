import { REFUSALS, type RefusalCode } from './refusal-table.ts';

/** One thing that is wrong, with a JSON Pointer into the document it is wrong in. */
export interface Flaw {
  readonly path: string;
  readonly message: string;
  /** Key of the fact, where there is one. */
  readonly key?: string;
}

export interface RefusalContext {
  /** JSON Pointer to the member at fault. */
  readonly path?: string;
  /** Every flaw at once, where there are several. */
  readonly problems?: readonly Flaw[];
  /** What the caller needs to go on: a version, a digest, a list of numbers. Never the caller's own text. */
  readonly details?: Readonly<Record<string, unknown>>;
  readonly cause?: unknown;
}

/** A request that is refused. `message` goes to the caller, and only there. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly code: RefusalCode;
  readonly context: RefusalContext;

  constructor(code: RefusalCode, message: string, context: RefusalContext = {}) {
    super(message, context.cause === undefined ? undefined : { cause: context.cause });
    this.code = code;
    this.context = context;
  }

  get status(): number {
    return REFUSALS[this.code].status;
  }

  /** The body on the wire: `{ error: { code, message, path?, problems?, details? } }`. */
  get body(): { readonly error: Readonly<Record<string, unknown>> } {
    const { path, problems, details } = this.context;
    return {
      error: {
        code: this.code,
        message: this.message,
        ...(path !== undefined && { path }),
        ...(problems !== undefined && { problems }),
        ...(details !== undefined && { details }),
      },
    };
  }
}
