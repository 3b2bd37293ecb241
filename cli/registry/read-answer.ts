import type * as z from 'zod/mini';
import { RegistryUnavailableError } from './errors.ts';

/** The answer of the registry as one of its shapes. @throws RegistryUnavailableError where it has another */
export function readAs<T>(shape: z.ZodMiniType<T>, answer: unknown): T {
  const read = shape.safeParse(answer);
  if (read.success) return read.data;
  throw new RegistryUnavailableError('the registry did not answer what was asked');
}
