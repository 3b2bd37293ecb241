/**
 * What a failure of the store is to somebody who administers the registry: one of the two places where thrown errors
 * are mapped.
 */
import { ConflictError } from '../store/publisher.ts';
import { StoreError, type StoreErrorCode } from '../store/store-error.ts';
import { Refusal } from './refusal.ts';
import type { RefusalCode } from './refusal-table.ts';

const CODE = {
  STORE_UNAVAILABLE: 'STORE_UNAVAILABLE',
  STORE_REFUSED: 'STORE_UNAVAILABLE',
  HEAD_MISSING: 'REGISTRY_EMPTY',
  HEAD_MALFORMED: 'REGISTRY_INTEGRITY',
  SIGNATURE_INVALID: 'REGISTRY_INTEGRITY',
  APPROVAL_INVALID: 'REGISTRY_INTEGRITY',
  DIGEST_MISMATCH: 'REGISTRY_INTEGRITY',
  OBJECT_MISSING: 'REGISTRY_INTEGRITY',
  OBJECT_MALFORMED: 'REGISTRY_INTEGRITY',
  FORMAT_UNKNOWN: 'REGISTRY_FORMAT',
  OBJECT_PURGED: 'VERSION_PURGED',
  VERSION_PURGED: 'VERSION_PURGED',
  VERSION_REGRESSION: 'REGISTRY_INTEGRITY',
  HISTORY_FORKED: 'REGISTRY_INTEGRITY',
  LINEAGE_CHANGED: 'REGISTRY_HELD',
  HEAD_BELOW_FLOOR: 'REGISTRY_HELD',
  HEAD_UNACKNOWLEDGED: 'REGISTRY_HELD',
  FLOOR_MISSING: 'REGISTRY_HELD',
  FLOOR_CONTRADICTED: 'REGISTRY_INTEGRITY',
  FLOOR_MALFORMED: 'REGISTRY_INTEGRITY',
  REGISTRY_BEHIND: 'VERSION_UNKNOWN',
  VERSION_UNKNOWN: 'VERSION_UNKNOWN',
  HOME_USED: 'REGISTRY_INTEGRITY',
  CONFLICT: 'CONFLICT',
  TOO_LARGE: 'TOO_LARGE',
  NOT_STORABLE: 'PROPOSAL_INVALID',
  NOT_OPENABLE: 'NOT_OPENABLE',
} as const satisfies Record<StoreErrorCode, RefusalCode>;

const MESSAGE = {
  STORE_UNAVAILABLE: 'the database did not answer in time; the same request may be sent again',
  REGISTRY_EMPTY:
    'no registry has been published yet: the first proposal has base null (`propose --genesis`)',
  REGISTRY_INTEGRITY: 'what is stored is not what was published; run verify and follow the runbook',
  REGISTRY_FORMAT:
    'the registry was published by a newer build, and says what this one cannot read; nothing has changed',
  REGISTRY_HELD:
    'HEAD is not what was acknowledged last: it came back from a backup, or was put back, or somebody has written into the floor; see `recover check`, and confirm its version. Until then everything is denied and nothing has to be stopped: keep what you wanted to stop, and stop it first thing afterwards',
  VERSION_UNKNOWN: 'there is no such version',
  VERSION_PURGED:
    'part of what this rests on was purged for good, and its tombstone is all that is left: it cannot be shown, compared, replayed or gone back to; `registry verify` lists it',
  CONFLICT: 'another publication moved the registry first: rebase on the version in details and ask again',
  TOO_LARGE: 'a fact or the law exceeds what one item of the store may hold',
  NOT_OPENABLE:
    'what was signed would open for nobody, so it is not published and nothing has changed: see that the clocks of those who signed agree and that they still speak, then sign again; if it stays so, run verify',
  PROPOSAL_INVALID: 'the change has no canonical form the store could keep',
} as const satisfies Record<(typeof CODE)[StoreErrorCode], string>;

const ROWS = 'docs/registry.md, “A registry restored from a backup”';

/** Where what to do is more than the refusal’s code says. */
const OWN_MESSAGE: Partial<Record<StoreErrorCode, string>> = {
  FLOOR_CONTRADICTED: `between what came back and what was acknowledged last, the floor has another version in the place that details name, or one was left out there: whoever publishes has written past what was acknowledged, and nobody may sign for that. See what \`recover check\` lists; rows above that place that do not belong there are removed by hand (${ROWS})`,
  FLOOR_MALFORMED: `the floor has a row that is none, or more rows than anybody follows that name no version of their place: nobody who only publishes wrote them, and nothing can be signed or published over them. Those rows are removed by hand (${ROWS}), then the same request is sent again`,
};

/** What a failure of the store means to somebody who administers the registry. */
function refusalOfStoreError(error: StoreError): Refusal {
  const code = CODE[error.code];
  const details = {
    store: error.code,
    ...(error.version !== undefined && { version: error.version }),
    ...(error.digest !== undefined && { digest: error.digest }),
  };
  if (error instanceof ConflictError && error.actual !== undefined) {
    const { version, recordedAt, author, kind } = error.actual.commit;
    Object.assign(details, { conflict: { version, recordedAt, author, kind } });
  }
  return new Refusal(code, OWN_MESSAGE[error.code] ?? MESSAGE[code], { details, cause: error });
}

/** Whatever was thrown, as a refusal; what nobody foresaw says nothing of itself. */
export function refusalOf(error: unknown): Refusal {
  if (error instanceof Refusal) return error;
  if (error instanceof StoreError) return refusalOfStoreError(error);
  return new Refusal('INTERNAL_FAULT', 'the registry failed in a way nobody foresaw', { cause: error });
}
