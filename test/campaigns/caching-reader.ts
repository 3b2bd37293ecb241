import type { RegistryReader } from '../../functions/store/registry-reader.ts';

/** The broken variant: goes on deciding on the version that it saw first. */
export function caching(reader: RegistryReader): RegistryReader {
  let first: number | undefined;
  return {
    async open(wanted, signal) {
      const open = await reader.open(first === undefined ? wanted : { exact: first }, signal);
      first ??= open.version;
      return open;
    },
  };
}
