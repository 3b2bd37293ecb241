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

/** Where on this machine a host of AWS is found: a socket's path, or a port. */
export type LocalPlace =
  | { readonly path: string }
  | { readonly host: string; readonly port: number; readonly tls: boolean };

/** A host name (`*.` before it: whatever stands there), and where it is, or why it cannot be reached. */
export type HostRule =
  | { readonly host: string; readonly to: LocalPlace }
  | { readonly host: string; readonly why: string };

/** What a sandbox process is started with. */
export interface SandboxStart {
  /** Of the bundle. */
  readonly directory: string;
  /** `index.handler` */
  readonly handler: string;
  /** In MiB. */
  readonly memory: number;
  /** Every host that can be reached, and why others cannot. */
  readonly hosts: readonly HostRule[];
}

export type SandboxMessage =
  | { readonly type: 'ready' }
  | { readonly type: 'init-fault'; readonly fault: Fault }
  | { readonly type: 'result'; readonly requestId: string; readonly payload: string }
  | { readonly type: 'fault'; readonly requestId: string; readonly fault: Fault };

/** Sent besides, whenever the function tries to connect to what it cannot reach. */
export interface Unreachable {
  readonly type: 'unreachable';
  readonly host: string;
  readonly why: string;
}

/** Lambda's limit on a synchronous request or response, in bytes. */
export const PAYLOAD_LIMIT = 6_291_556;
