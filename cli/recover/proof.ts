/** Whether what came back is what was published: the store's own audit of all of it, and whom the registry is held for. */
import type { NamedCommit } from '../../functions/store/ancestry.ts';
import { homeOf } from '../../functions/store/commit.ts';
import { floorRows } from '../../functions/store/floor-rows.ts';
import { readHead } from '../../functions/store/head-read.ts';
import type { HistoryReport } from '../../functions/store/history-verify.ts';
import { readingWithin } from '../../functions/store/object-items.ts';
import { createRegistryReader, type OpenSnapshot } from '../../functions/store/registry-reader.ts';
import { StoreError, type StoreErrorCode } from '../../functions/store/store-error.ts';
import type { Tables } from '../registry/tables.ts';
import { isOfNewerFormat } from '../registry/words.ts';
import { type AuditProgress, auditInSlices } from './audit-progress.ts';
import { refused } from './refusals.ts';

export interface Proof {
  readonly head: NamedCommit;
  /** Why everybody denies on it, as every reader says; null where nobody does. */
  readonly held: StoreErrorCode | null;
  readonly report: HistoryReport;
  /** HEAD, opened once for all that is asked of it, whoever it is held for; null where the floor says nothing that can be read. */
  readonly opened: OpenSnapshot | null;
}

/** For one look at HEAD and at what it consists of. */
const BUDGET_MS = 600_000;

/**
 * @param state the state table that the guard has, or had
 * @throws RegistryRefusedError NO_HEAD, FOREIGN_REGISTRY, NEWER_BUILD, OBJECTS_MISSING, NOT_SOUND
 */
export async function proven(registry: Tables, state: string, audit: AuditProgress): Promise<Proof> {
  const head = await headOf(registry);
  if (head.commit.home !== homeOf(state) && !(await isAcknowledged(registry, head)))
    throw refused(
      'FOREIGN_REGISTRY',
      `HEAD in ${registry.tables.state} was made for another table than ${state}, and the floor does not know it; where this is a copy, --made-for says what the state table was called`,
    );
  const report = await auditInSlices(registry, head, audit);
  const missing = report.problems.filter(({ code }) => code === 'OBJECT_MISSING');
  const details = { problems: report.problems.slice(0, 50).map(({ code, version }) => ({ code, version })) };
  if (missing.length > 0)
    throw refused(
      'OBJECTS_MISSING',
      `${missing.length} objects of versions up to ${head.commit.version} are not in ${registry.tables.objects}`,
      details,
    );
  const opened = await openedNow(registry, head);
  const held = opened === null ? 'FLOOR_MALFORMED' : opened.held;
  // Held, HEAD is not what was acknowledged last: that is told apart from this, and judged by who may confirm it.
  const problems = report.problems.filter(
    ({ code, digest }) => !(held !== null && code === 'FLOOR' && digest === head.digest),
  );
  // Where something else is wrong, that is told: whoever forges may say that it takes a newer build.
  if (isOfNewerFormat(problems.map(({ code }) => ({ code }))))
    throw ofNewer(`version ${head.commit.version}`, details);
  if (problems.length > 0)
    throw refused('NOT_SOUND', `${problems.length} problems up to version ${head.commit.version}`, details);
  if (opened !== null && held === null) await demandOpened(opened);
  return { head, held, report, opened };
}

/** In the registry's own words: nothing is wrong with it, as far as this build can tell. */
function ofNewer(what: string, details?: Readonly<Record<string, unknown>>) {
  const means = 'says what this build cannot read: it needs a newer one (REGISTRY_FORMAT)';
  return refused('NEWER_BUILD', `${what} ${means}`, details);
}

/** @throws RegistryRefusedError NO_HEAD, FOREIGN_REGISTRY, NEWER_BUILD */
async function headOf({ client, tables, publicKeys }: Tables): Promise<NamedCommit> {
  try {
    const context = readingWithin(AbortSignal.timeout(BUDGET_MS));
    const head = await readHead(client, tables.state, publicKeys, context);
    if (head === undefined) throw refused('NO_HEAD', `${tables.state} has no HEAD`);
    return head;
  } catch (error) {
    if (!(error instanceof StoreError) || /^STORE_/.test(error.code)) throw error;
    if (error.code === 'FORMAT_UNKNOWN') throw ofNewer(`HEAD in ${tables.state}`);
    throw refused(
      'FOREIGN_REGISTRY',
      `HEAD in ${tables.state} is not signed by a key of this guard, or is damaged (${error.code})`,
    );
  }
}

/** Also of a HEAD that came back twice: the floor knows what this registry was, whatever its tables were called. */
export async function isAcknowledged(
  { client, tables }: Pick<Tables, 'client' | 'tables'>,
  { digest, commit }: NamedCommit,
): Promise<boolean> {
  const row = await floorRows(client, tables.floor, Date.now).at(
    commit,
    readingWithin(AbortSignal.timeout(BUDGET_MS)),
  );
  return row?.digest === digest;
}

/** What was told is of the HEAD that was audited: of another one, it may call lost or left behind what is published now. @throws StoreError CONFLICT */
export async function demandUnmoved(registry: Tables, { digest }: NamedCommit): Promise<void> {
  const now = await headOf(registry);
  if (now.digest !== digest) throw new StoreError('CONFLICT', { version: now.commit.version });
}

/**
 * As every reader opens it. Null for a row of the floor that is none: everybody denies on it, and what is lost is told all the same.
 *
 * @throws StoreError CONFLICT where it has moved since it was audited: what was proven is another
 */
async function openedNow(registry: Tables, { digest }: NamedCommit): Promise<OpenSnapshot | null> {
  const reader = createRegistryReader({ ...registry, acceptUnconfirmed: true, budgetMs: BUDGET_MS });
  const opened = await reader.open().catch((error: unknown) => {
    if (error instanceof StoreError && error.code === 'FLOOR_MALFORMED') return null;
    throw error;
  });
  if (opened === null) return null;
  if (opened.digest !== digest) throw new StoreError('CONFLICT', { version: opened.version });
  return opened;
}

/** Reads the first of what nobody holds as `decide` does: nothing is called open that it denies on. */
async function demandOpened(opened: OpenSnapshot): Promise<void> {
  try {
    await opened.read([]);
  } catch (error) {
    if (!(error instanceof StoreError) || /^STORE_/.test(error.code)) throw error;
    if (error.code === 'FORMAT_UNKNOWN') throw ofNewer('what decisions read of it');
    throw refused('NOT_SOUND', `\`decide\` denies everything on it: ${error.message}`);
  }
}
