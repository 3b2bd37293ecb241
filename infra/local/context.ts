import type { KeyObject } from 'node:crypto';
import type { LocalIdentity } from './identities.ts';

/** What a running local guard gives to whoever fills it (`seed.ts`) or shows it (`demonstration.ts`). */
export interface LocalContext {
  /** Where the local guard serves, without a trailing slash: `http://127.0.0.1:8787`. */
  readonly baseUrl: string;
  /** The region the local template was resolved for. */
  readonly region: string;
  readonly dynamodb: {
    readonly endpoint: string;
    readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
  };
  readonly tables: {
    /** Objects by digest: PK `digest` (S). Insert only. */
    readonly objects: string;
    /** HEAD, proposals, jobs: PK `pk` (S), SK `sk` (S). */
    readonly state: string;
    /** How far the registry has come: PK `pk` (S), SK `sk` (S). Insert only. */
    readonly floor: string;
  };
  /** The P-384 pair commits are signed with; `decide` holds the public half in `COMMIT_PUBLIC_KEYS`. */
  readonly signing: {
    readonly privateKey: KeyObject;
    readonly publicKey: KeyObject;
  };
  readonly identities: readonly LocalIdentity[];
  /**
   * Runs `work` while the functions cannot reach the database (it is paused, so calls hang until their timeouts
   * fire), then lets it continue. `null` when the database is somebody else's.
   */
  readonly duringOutage: (<T>(work: () => Promise<T>) => Promise<T>) | null;
}
