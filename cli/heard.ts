/** What came back to a question, and when by this machine's clocks: the client's own check wants both. */
import type { Reply } from '../client/reply.ts';
import { PROCESS_SURROUNDINGS } from '../client/surroundings.ts';

export interface HeardReply {
  readonly reply: Reply;
  /** Milliseconds since 1970. */
  readonly sentAt: number;
  /** Milliseconds since 1970. */
  readonly receivedAt: number;
  /** Milliseconds between the two by a clock that nobody sets. */
  readonly elapsed: number;
}

export async function hear<R extends Reply>(
  ask: () => Promise<R>,
): Promise<HeardReply & { readonly reply: R }> {
  const sentAt = PROCESS_SURROUNDINGS.now();
  const started = PROCESS_SURROUNDINGS.monotonic();
  const reply = await ask();
  return {
    reply,
    sentAt,
    receivedAt: PROCESS_SURROUNDINGS.now(),
    elapsed: PROCESS_SURROUNDINGS.monotonic() - started,
  };
}
