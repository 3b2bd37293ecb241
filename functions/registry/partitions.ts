/** Where the control plane keeps its records in the state table. HEAD has a partition of its own, which is none of these. */
export const PARTITIONS = {
  proposals: 'PROPOSALS',
  jobs: 'JOBS',
  purges: 'PURGES',
} as const;

/** Blobs have a partition each: this, and the digest. */
export const BLOB_PREFIX = 'BLOB#';
