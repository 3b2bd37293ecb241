/** Everything the registry can refuse with, and the HTTP status of each. The codes are the contract; the words may improve. */
export const REFUSAL_STATUS = {
  REQUEST_UNPARSABLE: 400,
  REQUEST_INVALID: 400,
  CALLER_UNKNOWN: 403,
  NOT_AUTHORISED: 403,
  SECOND_PERSON_NEEDED: 403,
  SIGNATURE_INVALID: 403,
  AUTHOR_SIGNATURE_MISSING: 409,
  ROUTE_UNKNOWN: 404,
  NOT_FOUND: 404,
  VERSION_UNKNOWN: 404,
  CHUNK_EXPIRED: 409,
  CONFLICT: 409,
  FLIPS_CHANGED: 409,
  NOT_OPENABLE: 409,
  PROPOSAL_EXPIRED: 409,
  PROPOSAL_STATUS: 409,
  REGISTRY_EMPTY: 409,
  REGISTRY_HELD: 409,
  RESULT_GONE: 409,
  TOO_LARGE: 413,
  PROPOSAL_INVALID: 422,
  ACKNOWLEDGEMENT_MISSING: 422,
  ACKNOWLEDGEMENT_UNKNOWN: 422,
  NOT_RESTRICTING: 422,
  SIMULATION_TOO_LARGE: 422,
  SYNTHETIC_REFUSED: 422,
  REGISTRY_INTEGRITY: 503,
  STORE_UNAVAILABLE: 503,
  OUT_OF_TIME: 503,
  INTERNAL_FAULT: 503,
} as const satisfies Record<string, number>;

export type RefusalCode = keyof typeof REFUSAL_STATUS;

/** One thing that is wrong, with a JSON Pointer into the document it is wrong in. */
export interface Flaw {
  readonly path: string;
  readonly message: string;
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
    return REFUSAL_STATUS[this.code];
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
