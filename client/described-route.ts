import type { MessageDescription, PathDescription, RouteRequest } from './request.ts';

/** How a service finds, in what it was given, which message is to be routed, and where. */
export interface RouteDescriber<TGiven extends readonly unknown[]> {
  /** The message to be routed. */
  readonly message: (...given: TGiven) => MessageDescription | Promise<MessageDescription>;
  /** Where it is to go. */
  readonly path: (...given: TGiven) => PathDescription | Promise<PathDescription>;
  /** Further standards that must permit. @default none */
  readonly standards?: readonly string[];
}

/** @throws TypeError that names the option which is missing or of another kind */
export function demandDescriber(what: string, describer: RouteDescriber<never>): void {
  const { message, path, standards } = describer;
  if (typeof message !== 'function') throw new TypeError(`${what}: message must be a function`);
  if (typeof path !== 'function') throw new TypeError(`${what}: path must be a function`);
  if (standards === undefined) return;
  if (!(Array.isArray(standards) && standards.every((id) => typeof id === 'string')))
    throw new TypeError(`${what}: standards must be a list of ids`);
}

/** The request for what was given. What a describer throws is thrown on. */
export async function describedRequest<TGiven extends readonly unknown[]>(
  { message, path, standards }: RouteDescriber<TGiven>,
  ...given: TGiven
): Promise<RouteRequest> {
  return {
    message: await message(...given),
    path: await path(...given),
    ...(standards === undefined ? {} : { standards }),
  };
}
