/** What somebody asks who stops something, and nothing that could keep them waiting. */
import type { ReplyTo } from './answers.ts';
import type { ActingContext, Call } from './context.ts';
import { holdNow } from './hold.ts';
import { rehearse } from './rehearse.ts';
import { revoke } from './revoke.ts';
import { routing } from './router.ts';
import { type NameServedBy, routesBy } from './routes.ts';
import { showHolds } from './stopped.ts';

export const stopRouting = routing(routesBy('stop'), {
  revoke,
  hold: holdNow,
  holds: showHolds,
  rehearse,
} as const satisfies {
  readonly [N in NameServedBy<'stop'>]: (context: ActingContext, call: Call) => Promise<ReplyTo<N>>;
});
