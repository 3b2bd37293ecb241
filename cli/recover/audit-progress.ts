/**
 * The audit of a whole history in slices, each within a time of its own, and how far it has come in a file: after a kill, or a table
 * that throttled for too long, the same command goes on there. Whoever can write the file can say what was found: it is one's own.
 */
import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import type { NamedCommit } from '../../functions/store/ancestry.ts';
import { type AuditCursor, type HistoryReport, verifyHistory } from '../../functions/store/history-verify.ts';
import { tableIdOf } from '../../functions/store/table-id.ts';
import { isObject } from '../../infra/local/template.ts';
import type { Tables } from '../registry/tables.ts';
import { UsageError } from '../usage-error.ts';

/** Versions between two notes of how far it has come. */
const SLICE = 100;
const BUDGET_MS = 600_000;

export interface AuditProgress {
  /** Called after each version, newest first. */
  readonly looked: (version: number) => void;
  /** Where it is noted; nowhere by default. */
  readonly file: string | undefined;
  readonly slice?: number;
}

/** @throws UsageError for a file that is no note of an audit; StoreError where the tables do not answer */
export async function auditInSlices(
  registry: Tables,
  { digest: head }: Pick<NamedCommit, 'digest'>,
  { looked, file, slice = SLICE }: AuditProgress,
): Promise<HistoryReport> {
  const of = await aboutOf(registry, head);
  let cursor = file === undefined ? undefined : notedIn(file, of);
  for (;;) {
    let left = slice;
    const report: HistoryReport = await verifyHistory({
      ...registry,
      ...(cursor !== undefined && { cursor }),
      signal: AbortSignal.timeout(BUDGET_MS),
      keepGoing: (version) => {
        looked(version);
        left -= 1;
        return left > 0;
      },
    });
    if (report.cursor === null) {
      if (file !== undefined) rmSync(file, { force: true });
      return report;
    }
    cursor = report.cursor;
    if (file === undefined) continue;
    // Whole or not at all: a process may be killed while it writes.
    writeFileSync(`${file}.new`, JSON.stringify({ of, cursor }), { mode: 0o600 });
    renameSync(`${file}.new`, file);
  }
}

/** Of other tables, whatever they are called, of another HEAD or by other keys it says nothing about these. */
async function aboutOf({ client, tables, founders, publicKeys }: Tables, head: string): Promise<string> {
  const signal = AbortSignal.timeout(BUDGET_MS);
  const ids = await Promise.all(Object.values(tables).map((table) => tableIdOf(client, table, signal)));
  const keys = publicKeys.map((key) => key.export({ format: 'der', type: 'spki' }).toString('base64'));
  return JSON.stringify([tables, ids, head, [...founders], keys]);
}

function notedIn(file: string, of: string): AuditCursor | undefined {
  if (!existsSync(file)) return undefined;
  let noted: unknown;
  try {
    noted = JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    noted = undefined;
  }
  if (!isObject(noted) || !isCursor(noted['cursor']))
    throw new UsageError(`${file} is no note of an audit: name a file that is not there`);
  return noted['of'] === of ? noted['cursor'] : undefined;
}

/** Of one's own file it is enough to know that it is no other. */
function isCursor(value: unknown): value is AuditCursor {
  return (
    isObject(value) &&
    ['head', 'version', 'named', 'places', 'commits', 'found'].every((name) => Object.hasOwn(value, name))
  );
}
