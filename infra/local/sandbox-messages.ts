/** What Lambda's runtime interface would carry, as messages between the runner and a sandbox process. */

export interface SandboxInvocation {
  readonly requestId: string;
  /** JSON text. */
  readonly event: string;
  /** Milliseconds since the epoch at which the sandbox is killed. */
  readonly deadline: number;
  readonly invokedFunctionArn: string;
}

/** A fault as Lambda reports it to the caller. */
export interface Fault {
  readonly errorType: string;
  readonly errorMessage: string;
  readonly trace?: readonly string[];
}

export type SandboxMessage =
  | { readonly type: 'ready' }
  | { readonly type: 'init-fault'; readonly fault: Fault }
  | { readonly type: 'result'; readonly requestId: string; readonly payload: string }
  | { readonly type: 'fault'; readonly requestId: string; readonly fault: Fault };

/** Lambda's limit on a synchronous request or response, in bytes. */
export const PAYLOAD_LIMIT = 6_291_556;
