import { setTimeout as wait } from 'node:timers/promises';
import type { RegistryReader } from '../../functions/store/registry-reader.ts';

/** The broken variant: HEAD is read for every fiftieth decision only. */
export function caching(reader: RegistryReader): RegistryReader {
  let cached: ReturnType<RegistryReader['open']> | undefined;
  let opens = 0;
  return {
    async open(wanted, signal) {
      if (opens % 50 === 0 || cached === undefined) cached = reader.open(wanted, signal);
      opens += 1;
      await wait(1);
      return cached;
    },
  };
}
