/**
 * `npm run release:reproduce`: builds the committed state twice, in clones of their own, in folders of different names, under
 * another mask, time zone and language, and compares every byte. Ends with 1 where a file differs, and names it.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { projectRoot } from '../project-paths.ts';
import { differingFiles, sumsBelow } from './release-files.ts';

const BUILDERS = [
  { folder: 'here', umask: 0o022, environment: { TZ: 'UTC', LANG: 'C.UTF-8', LC_ALL: 'C.UTF-8' } },
  {
    folder: 'in/a place of another name',
    umask: 0o077,
    environment: { TZ: 'Pacific/Kiritimati', LANG: 'tr_TR.UTF-8', LC_ALL: 'tr_TR.UTF-8' },
  },
] as const;

const parent = mkdtempSync(join(tmpdir(), 'routeguard-twice-'));

function build({ folder, umask, environment }: (typeof BUILDERS)[number]): string {
  const clone = join(parent, folder);
  const before = process.umask(umask);
  const run = (command: string, ...args: readonly string[]) =>
    execFileSync(command, args, {
      cwd: clone,
      stdio: ['ignore', 'inherit', 'inherit'],
      env: { ...process.env, ...environment },
    });
  console.log(`— ${clone}`);
  execFileSync('git', ['clone', '--quiet', projectRoot, clone], { stdio: 'inherit' });
  run('npm', 'ci', '--silent', '--prefer-offline', '--no-audit');
  run('npm', 'run', '--silent', 'release');
  process.umask(before);
  return join(clone, 'dist/release');
}

try {
  const [first, second] = BUILDERS.map(build).map(sumsBelow);
  if (first === undefined || second === undefined) throw new Error('two builds');
  const differences = differingFiles(first, second);
  for (const name of differences) console.log(`DIFFERS: ${name}`);
  console.log(`${first.size} files, ${differences.length} of them differ`);
  process.exitCode = differences.length === 0 ? 0 : 1;
} finally {
  rmSync(parent, { recursive: true, force: true });
}
