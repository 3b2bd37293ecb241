/** All the registry's functions as one, over one context: a test asks whatever it likes, wherever that is served. */
import type { RegistryContext } from '../../functions/registry/context.ts';
import { jobsRouting } from '../../functions/registry/jobs-routing.ts';
import { registryRouting } from '../../functions/registry/registry-routing.ts';
import { type HandledRequest, handleWith, type RequestTimes } from '../../functions/registry/router.ts';
import { stopRouting } from '../../functions/registry/stop-routing.ts';

export function handle(
  context: RegistryContext,
  event: unknown,
  times: RequestTimes,
): Promise<HandledRequest> {
  return handleWith(
    context,
    event,
    times,
    (method, path) => registryRouting(method, path) ?? stopRouting(method, path) ?? jobsRouting(method, path),
  );
}
