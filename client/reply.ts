/**
 * What a transport brings back, before anybody has judged it. A transport reports; it never decides whether the
 * message may be sent.
 */
export type Reply =
  /** The guard, or something in its place, answered with text. */
  | {
      readonly kind: 'answered';
      /** HTTP status of the reply, or of the Invoke call. */
      readonly status: number;
      /** Lambda's `FunctionError` member: present when the function crashed, although the status is 200. */
      readonly functionError: string | null;
      readonly text: string;
    }
  /** Too many requests: nothing was decided. */
  | { readonly kind: 'throttled' }
  /** No answer within the time for one attempt. */
  | { readonly kind: 'timed-out' }
  /** No connection, a reset, a name that does not resolve, or a body cut short. */
  | { readonly kind: 'unreachable' }
  /** This process has no credentials or no Region, so that nobody was asked. Asking again cannot help. */
  | { readonly kind: 'unconfigured' }
  /** The caller may not ask: missing permission, wrong function, wrong region. Asking again cannot help. */
  | { readonly kind: 'refused' };

/** Carries one request and brings back the reply to that request and no other. */
export interface Transport {
  /**
   * @param text the request as JSON text
   * @param signal aborted when the time for this attempt is over
   */
  send(text: string, signal: AbortSignal): Promise<Reply>;
}

/** No decision is anywhere near this long; a longer reply is not one. Characters. */
export const MAX_REPLY_LENGTH = 1_000_000;

/** What an HTTP status of a refusal means for the caller; the same table for Invoke errors and for HTTP. */
export function replyForStatus(status: number): Reply {
  if (status === 429) return { kind: 'throttled' };
  if (status === 408 || status === 504) return { kind: 'timed-out' };
  if (status >= 400 && status < 500) return { kind: 'refused' };
  return { kind: 'unreachable' };
}
