/** What a release is built from: the commit, if there is one and nothing differs from it, and its time. */
import { spawnSync } from 'node:child_process';
import { projectRoot } from '../project-paths.ts';
import { ReleaseError } from './release-error.ts';

export interface SourceState {
  /** The commit whose files these are, and no others; undefined where they differ, or nobody knows. */
  readonly commit: string | undefined;
  /** `SOURCE_DATE_EPOCH`, or the commit's; undefined where there is neither. */
  readonly date: Date | undefined;
}

function git(root: string, ...args: readonly string[]): string | undefined {
  const { status, stdout } = spawnSync('git', args, {
    cwd: root,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  return status === 0 ? stdout.trim() : undefined;
}

/**
 * Whether the files are the commit's and no others are in its folders: what git is told to ignore, not to list or not to look
 * at is packed all the same.
 */
function isCommitted(root: string): boolean {
  const status = ['status', '--porcelain', '--untracked-files=all'];
  if (git(root, ...status) !== '') return false;
  const folders = git(root, 'ls-tree', '-d', '--name-only', '-z', 'HEAD')?.split('\0').filter(Boolean) ?? [];
  if (folders.length > 0 && git(root, ...status, '--ignored', '--', ...folders) !== '') return false;
  const unseen = git(root, 'ls-files', '-v')?.split('\n') ?? [''];
  return unseen.every((line) => line.startsWith('H '));
}

/** @throws ReleaseError for a SOURCE_DATE_EPOCH that is no number of seconds */
export function sourceState(root: string = projectRoot): SourceState {
  // A copy inside another's repository has no commit of its own.
  const isOwn = git(root, 'rev-parse', '--show-prefix') === '';
  const isClean = isOwn && isCommitted(root);
  const commit = isClean ? git(root, 'rev-parse', 'HEAD') : undefined;
  const epoch = process.env['SOURCE_DATE_EPOCH'] ?? (commit && git(root, 'log', '-1', '--format=%ct'));
  if (!epoch) return { commit, date: undefined };
  if (!/^\d{1,11}$/.test(epoch))
    throw new ReleaseError('SOURCE_DATE_EPOCH is a number of seconds since 1970');
  return { commit, date: new Date(Number(epoch) * 1000) };
}
