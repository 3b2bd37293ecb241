/** Why `routeguard recover` goes no further: a closed set, each with what to do; printed in `docs/recovery.md`. */
import { RegistryRefusedError } from '../registry/errors.ts';

export const RECOVERY_REFUSALS = {
  NOTHING_TO_RESTORE: {
    means: 'A table is gone, and there is no backup of it from before the point.',
    todo: 'Take a later point, or a copy of your own (AWS Backup): restore it by hand, then `routeguard recover check`.',
  },
  OUTSIDE_WINDOW: {
    means: 'The point is outside what a table can be restored to.',
    todo: '`routeguard recover plan` prints each table’s window: take a point inside it.',
  },
  TARGET_TAKEN: {
    means: 'There is a table of the new name, and it is not this restore.',
    todo: 'Take another `--suffix`. Nothing is ever overwritten.',
  },
  RESTORE_FAILED: {
    means: 'A restore ended without a table that can be used.',
    todo: 'Where the key cannot be used: `CancelKeyDeletion` or `EnableKey`, then the same command. Otherwise take another `--suffix`.',
  },
  OTHER_KEY: {
    means: 'A table is encrypted under another key than the guard’s: nobody who decides could read it.',
    todo: 'Restore it again under another `--suffix`, with `--template` and `--resources` of the stack, or give the table the key (`aws dynamodb update-table --sse-specification`).',
  },
  FLOOR_SURVIVES: {
    means: 'The floor is there: an older one would forget what was acknowledged, and a stop with it.',
    todo: 'Leave `floor` out of `--lost`. Rows that do not belong there are removed by hand: docs/registry.md, “A registry restored from a backup”.',
  },
  PROTECTION_UNKNOWN: {
    means: 'The table that was lost is gone, so nothing says how the new one has to be protected.',
    todo: 'Give `--template` and `--resources`: the stack’s synthesised template, and what it made.',
  },
  UNPROTECTED: {
    means: 'A table lacks some of its protection.',
    todo: '`routeguard recover protect` without `--check` puts it on.',
  },
  IN_USE: {
    means: 'The guard decides on this floor now: closed, it would deny everything for ever.',
    todo: 'Name the floor that is left, not the one the guard goes on with. In a Region that is left, add `--in-use`.',
  },
  NOT_ITS_FLOOR: {
    means:
      'The table has no row of a floor, is not the floor beside this guard’s state, or acknowledged neither the HEAD there nor last what was signed for a state table of that name.',
    todo: 'Check the name: another guard’s floor, closed, ends that guard. Of a floor that is left, `--tables OBJECTS,STATE,FLOOR` names the state there was beside it, or one that came back, and the floor itself as the third; where the objects of before are in another table, `--damaged-objects` names it. A row that nobody published is removed by hand: docs/registry.md, “A registry restored from a backup”.',
  },
  STILL_OPEN: {
    means: 'The floor that is left has no row of its end.',
    todo: 'Give `routeguard recover close` again; the table’s policy may have kept it out.',
  },
  NO_HEAD: {
    means: 'The state table has no HEAD: nothing had been published at that point.',
    todo: 'Take a later point.',
  },
  FOREIGN_REGISTRY: {
    means:
      'HEAD is another registry’s: other keys signed it, it was made for another table, or the floor knows another history.',
    todo: 'Check the names and the keys. Of copies under another name, `--made-for` says what the state table was called.',
  },
  NEWER_BUILD: {
    means: 'A newer build published the registry: this one cannot read all of it, and proves nothing of it.',
    todo: 'Take the command line of the build that was in service, or of a newer one; upgrade a standby before it is confirmed (docs/upgrade.md). Nothing says that it is damaged: take no other point for that.',
  },
  OBJECTS_MISSING: {
    means: 'What HEAD consists of is not all in the objects table.',
    todo: 'Restore the objects to a later point (`--lost objects`): they only ever grow. Or take an earlier HEAD.',
  },
  NOT_SOUND: {
    means: 'The restored registry is not what was published.',
    todo: '`routeguard registry verify --offline` says where; take another point. Deploy nothing on it.',
  },
} as const satisfies Record<string, { readonly means: string; readonly todo: string }>;

type RecoveryRefusal = keyof typeof RECOVERY_REFUSALS;

export function refused(
  code: RecoveryRefusal,
  message: string,
  details?: Readonly<Record<string, unknown>>,
): RegistryRefusedError {
  return new RegistryRefusedError({ code, message, ...(details !== undefined && { details }) });
}
