/**
 * `npm run mutations`: seeds every fault of the rows, one at a time, in a copy of the checkout, and fails where the test
 * that must notice does not. The checkout itself is never changed.
 */
import { spawnSync } from 'node:child_process';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { exitOf } from '../campaigns/exit.ts';
import { helpersIn } from './helpers.ts';
import { type Mutation, testOf, type Verdict } from './mutation.ts';
import { MUTATIONS } from './rows.ts';
import { openWorkspace, type Workspace } from './workspace.ts';

const USAGE = `npm run mutations -- [options]

  --family NAME     only the rows of one family
  --file TEXT       only faults in files whose path contains TEXT
  --only TEXT       only rows whose name contains TEXT
  --test TEXT       only rows whose fault a test file must notice whose path contains TEXT
  --since REV       only rows whose file, test, or what that test is helped by changed since REV (git), newest first
  --seconds N       start no new row after N seconds, and say how many were not reached
  --workers N       copies of the checkout worked in side by side (default 2)
  --json            one JSON line a row
  --list            print the rows and seed nothing

Exits with 1 where a fault was not caught, or a test fails without any; with 2 for options it does not know.`;

const ROOT = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

function refuse(why: string): never {
  console.error(`${why}\n\n${USAGE}`);
  process.exit(2);
}

function options() {
  try {
    return parseArgs({
      options: {
        family: { type: 'string' },
        file: { type: 'string' },
        only: { type: 'string' },
        test: { type: 'string' },
        since: { type: 'string' },
        seconds: { type: 'string' },
        workers: { type: 'string', default: '2' },
        json: { type: 'boolean', default: false },
        list: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    }).values;
  } catch (error) {
    return refuse(error instanceof Error ? error.message : String(error));
  }
}

function wholeNumber(option: string, text: string): number {
  if (!/^[1-9]\d{0,5}$/.test(text)) refuse(`--${option} takes a whole number from 1 on, not ${text}`);
  return Number(text);
}

/** Files changed since a revision, the latest change first; all that ever changed where there is no such revision. */
function changedSince(revision: string): readonly string[] {
  const git = (...args: string[]) => spawnSync('git', args, { cwd: ROOT, encoding: 'utf8' });
  const known = git('rev-parse', '--verify', '--quiet', `${revision}^{commit}`).status === 0;
  const lists = [
    git('diff', '--name-only', 'HEAD'),
    git('log', '--name-only', '--format=', known ? `${revision}..HEAD` : 'HEAD'),
  ];
  const failed = lists.find(({ status }) => status !== 0);
  if (failed !== undefined) throw new Error(`--since needs git's history: ${failed.stderr}`);
  return [...new Set(lists.flatMap(({ stdout }) => stdout.split('\n')).filter((path) => path !== ''))];
}

function chosen({ family, file, only, test, since }: ReturnType<typeof options>): readonly Mutation[] {
  const rows = MUTATIONS.filter(
    (row) =>
      (family === undefined || row.family === family) &&
      (file === undefined || row.file.includes(file)) &&
      (only === undefined || row.name.includes(only)) &&
      (test === undefined || testOf(row).path.includes(test)),
  );
  if (since === undefined) return rows;
  const rank = new Map(changedSince(since).map((path, i) => [path, i]));
  const helpers = helpersIn(ROOT);
  const newest = (row: Mutation) =>
    Math.min(
      ...[row.file, ...helpers(testOf(row).path)].map((path) => rank.get(path) ?? Number.POSITIVE_INFINITY),
    );
  return rows
    .filter((row) => newest(row) < Number.POSITIVE_INFINITY)
    .toSorted((a, b) => newest(a) - newest(b) || isWholeFile(a) - isWholeFile(b));
}

/** 1 for a row that only a whole file of tests catches, as far as it says: where time is short, those that name a case come first. */
const isWholeFile = ({ caughtBy }: Mutation) => (caughtBy.includes(' > ') ? 0 : 1);

interface Judged {
  readonly row: Mutation;
  /** `fails-anyway`: the test fails without the fault too, so that it says nothing about it. */
  readonly verdict: Verdict | 'fails-anyway' | 'stale-row';
}

/** Tests without a fault in the code, each asked once however many rows name it. */
function soundTests() {
  const known = new Map<string, Promise<Verdict>>();
  return (workspace: Workspace, row: Mutation): Promise<Verdict> => {
    const asked = known.get(row.caughtBy) ?? workspace.check(row);
    known.set(row.caughtBy, asked);
    return asked;
  };
}

async function verdictOn(
  row: Mutation,
  workspace: Workspace,
  withoutFault: ReturnType<typeof soundTests>,
): Promise<Judged['verdict']> {
  if (!workspace.applies(row)) return 'stale-row';
  const sound = await withoutFault(workspace, row);
  if (sound === 'unseen') return workspace.try(row);
  return sound === 'caught' ? 'fails-anyway' : sound;
}

async function main(): Promise<number> {
  const asked = options();
  if (asked.help) {
    console.info(USAGE);
    return 0;
  }
  const workers = wholeNumber('workers', asked.workers);
  const seconds =
    asked.seconds === undefined ? Number.POSITIVE_INFINITY : wholeNumber('seconds', asked.seconds);
  const rows = chosen(asked);
  if (rows.length === 0 && asked.since === undefined) refuse('no row is like that');
  if (asked.list) {
    for (const row of rows) console.info(`${row.family}: ${row.name} (${row.file}) by ${row.caughtBy}`);
    return 0;
  }
  const until = performance.now() + seconds * 1000;
  const waiting = [...rows];
  const judged: Judged[] = [];
  const withoutFault = soundTests();

  async function work(workspace: Workspace): Promise<void> {
    for (let row = waiting.shift(); row !== undefined; row = waiting.shift()) {
      const verdict = await verdictOn(row, workspace, withoutFault);
      judged.push({ row, verdict });
      if (asked.json) console.info(JSON.stringify({ ...row, verdict }));
      else console.info(`${judged.length}/${rows.length} ${verdict.padEnd(6)} ${row.family}: ${row.name}`);
      if (performance.now() > until) return;
    }
  }

  const workspaces = Array.from({ length: workers }, () => openWorkspace(ROOT));
  try {
    await Promise.all(workspaces.map(work));
  } finally {
    for (const workspace of workspaces) workspace.remove();
  }
  const failed = judged.filter(({ verdict }) => verdict !== 'caught');
  for (const { row, verdict } of failed)
    console.error(
      `${verdict}: ${row.family}: ${row.name}\n  in ${row.file}, to be caught by ${row.caughtBy}`,
    );
  console.info(
    `mutations: ${judged.length - failed.length} caught, ${failed.length} not, ${waiting.length} not reached`,
  );
  return exitOf(failed);
}

process.exitCode = await main();
