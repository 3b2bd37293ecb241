/** `recover close`: ends the registry of before in the floor that is left, so that no deployment opens it again. */
import { Command } from 'commander';
import type { Digest } from '../../functions/core/facts/canonical.ts';
import { loadCommit } from '../../functions/store/ancestry.ts';
import { homeOf } from '../../functions/store/commit.ts';
import { floorRows } from '../../functions/store/floor-rows.ts';
import { readHead } from '../../functions/store/head-read.ts';
import { type ReadContext, readingWithin } from '../../functions/store/object-items.ts';
import { createRegistryReader } from '../../functions/store/registry-reader.ts';
import { orMalformed, orMissing, StoreError } from '../../functions/store/store-error.ts';
import type { Tables } from '../registry/tables.ts';
import { UsageError } from '../usage-error.ts';
import { describeTable } from './backups.ts';
import { closeFloor, isClosed } from './closing.ts';
import { damagedObjects } from './damaged-objects.ts';
import { eitherTable } from './either-table.ts';
import { type DeployedGuardOptions, withGuardOptions } from './guard-tables.ts';
import { isAcknowledged } from './proof.ts';
import { refused } from './refusals.ts';
import { runOnTables } from './run.ts';
import { unsignedIn } from './signed-rows.ts';
import { pollMsIn, type WaitOptions, withWaitOptions } from './wait-options.ts';
import { whileEarly } from './while-early.ts';

interface CloseOptions extends DeployedGuardOptions, WaitOptions {
  readonly floor?: string;
  readonly damagedObjects?: string;
  readonly forEver?: true;
  readonly inUse?: true;
}

const BUDGET_MS = 60_000;

/** A policy that was just put is seen everywhere within seconds. */
const UNTIL_LET = { early: new Set(['AccessDeniedException']), attempts: 12 } as const;

export function closeCommand(): Command {
  const command = new Command('close')
    .description(
      'end the registry of before in the floor table that is left, for ever: whatever is deployed on it denies everything',
    )
    .option('--floor <table>', 'the floor table that is left: not the one the guard goes on with')
    .option(
      '--for-ever',
      'that this is meant: nothing opens on that table again, and the row cannot be taken away',
    )
    .option('--damaged-objects <table>', 'the objects table of before, where the guard has another now')
    .option('--in-use', 'also where the guard decides on it now, as in a Region that is left: that ends')
    .action((options: CloseOptions) => {
      const { floor, forEver, inUse } = options;
      if (floor === undefined || forEver !== true)
        throw new UsageError(
          'close needs --floor TABLE, the floor that is left, and --for-ever: nothing opens on it again, and it cannot be undone',
        );
      const pollMs = pollMsIn(options);
      return runOnTables(options, async (guard) => {
        const { client } = guard;
        const damaged = await damagedObjects(guard, options.damagedObjects);
        if ((await describeTable(client, floor)) === null)
          return {
            words: [`${floor} is not there: nothing can open on it.`],
            json: { floor, closed: 'gone' },
          };
        const was = (await isClosed(client, floor)) ? 'before' : 'now';
        if (was === 'now') await demandItsFloor(guard, floor, damaged);
        if (inUse !== true && floor === guard.tables.floor && (await isOpen(guard)))
          throw refused('IN_USE', `the guard decides on ${floor} now, and would never again`);
        if (was === 'now')
          await closeFloor(client, floor, (work) => whileEarly(work, { ...UNTIL_LET, pollMs }));
        if (!(await isClosed(client, floor))) throw refused('STILL_OPEN', `${floor} has no row of its end`);
        const isNow = was === 'now' ? 'is closed for ever' : 'was closed before';
        return {
          words: [
            `${floor} ${isNow}: whatever is deployed on it denies everything, and nobody can confirm it.`,
          ],
          json: { floor, closed: was },
        };
      });
    });
  return withGuardOptions(withWaitOptions(command));
}

/**
 * A row in any other table ends another guard, or nothing. A guard that was made by copying another's tables has its objects and its HEAD:
 * what a floor acknowledged can be read there, and says nothing of whose floor it is. So it has to stand beside the state that is named,
 * and to have acknowledged last what was signed for that very state; or the HEAD that is in it, where nobody can read the last, or it came back.
 */
async function demandItsFloor(guard: Tables, floor: string, damaged: string | undefined): Promise<void> {
  const { objects, state } = guard.tables;
  const context = readingWithin(AbortSignal.timeout(BUDGET_MS));
  const newest = await orMalformed(floorRows(guard.client, floor, Date.now).newest('COMMIT', context));
  if (newest === null) throw refused('NOT_ITS_FLOOR', `${floor} has no row of a floor`);
  const tables = [objects, ...(damaged === undefined ? [] : [damaged])];
  const last = newest === 'malformed' ? null : await signedCommit(guard, tables, newest.digest, context);
  const isBeside = floor === guard.tables.floor;
  if (isBeside && last?.home === homeOf(state)) return;
  const head = await orMissing(() => readHead(guard.client, state, guard.publicKeys, context));
  if (isBeside && head != null && (await isAcknowledged(guard, head))) return;
  const what =
    newest === 'malformed'
      ? 'has a newest row that is none'
      : `says that version ${newest.version} of epoch ${newest.epoch} (${newest.digest}) was acknowledged last, which ${last === null ? `is not in ${tables.join(' or ')}, signed` : `was made for another state table than ${state}`}`;
  const why = !isBeside
    ? `it is not the floor beside ${state}, which is ${guard.tables.floor}, so that HEAD there says nothing of it`
    : head == null
      ? `${state} has no HEAD that can be read`
      : `it did not acknowledge HEAD in ${state} (version ${head.commit.version} of epoch ${head.commit.epoch})`;
  throw refused('NOT_ITS_FLOOR', `${floor} ${what}; and ${why}`);
}

/** Null where it is in no table, or none of the keys that count has signed it. */
async function signedCommit(guard: Tables, tables: readonly string[], digest: Digest, context: ReadContext) {
  const commit = await orMissing(() => loadCommit(eitherTable(guard, tables, context), digest));
  return (await unsignedIn(guard, tables)([digest], context)).has(digest) ? null : commit;
}

/** As `decide` opens it, that of a newer build too. What the database does not answer is thrown: nobody knows then. */
async function isOpen(guard: Tables): Promise<boolean> {
  try {
    await createRegistryReader({ ...guard, budgetMs: BUDGET_MS }).open();
    return true;
  } catch (error) {
    if (error instanceof StoreError && !/^STORE_/.test(error.code)) return error.code === 'FORMAT_UNKNOWN';
    throw error;
  }
}
