/** Where the control plane keeps its records in the state table. HEAD has a partition of its own, which is none of these. */
export const PARTITIONS = {
  proposals: 'PROPOSALS',
  jobs: 'JOBS',
  purges: 'PURGES',
} as const;

/** With the record of which proposal or job bytes go that are kept under this name. */
export function partitionOf(keeper: string): string {
  return keeper.startsWith('p-') ? PARTITIONS.proposals : PARTITIONS.jobs;
}

/** The bytes kept for one record have a partition: this, and its id. */
export const BLOB_PREFIX = 'BLOB#';
