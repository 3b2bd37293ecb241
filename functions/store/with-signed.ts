import type { Registry } from '../core/registry/registry.ts';
import type { OpenSnapshot } from './open-snapshot.ts';

/** Loads a version, and beside it what people signed where one person has stopped something since. */
export function withSigned<R extends Registry>(
  load: (snapshot: OpenSnapshot) => Promise<R>,
): (snapshot: OpenSnapshot) => Promise<R> {
  return async (snapshot) => {
    const own = await load(snapshot);
    const signed = await snapshot.approved();
    return signed === undefined ? own : { ...own, signed: await load(signed) };
  };
}
