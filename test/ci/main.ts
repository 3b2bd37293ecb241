/**
 * `npm run ci`: everything that must hold before a change lands. Ends with one line, `N passed, N failed`, where a step
 * that fails, a stale page or a test that was not run counts as a failure.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { checkAll, closing, type System } from './check.ts';
import count from './count.json' with { type: 'json' };

const ROOT = join(import.meta.dirname, '..', '..');

function textAt(path: string): string {
  if (!statSync(path).isDirectory()) return readFileSync(path, 'utf8');
  const names = readdirSync(path).sort();
  return names.map((name) => `${name}\n${textAt(join(path, name))}`).join('\n');
}

const system: System = {
  async run([command, ...args], output) {
    const begun = performance.now();
    const name = `\n— ${[command, ...args].join(' ').replace('npm run --silent ', '')}`;
    if (output === 'shown') console.log(name);
    const child = spawn(command, args, {
      cwd: ROOT,
      stdio: [
        'ignore',
        output === 'shown' ? 'inherit' : 'pipe',
        output === 'shown at the end' ? 'pipe' : 'inherit',
      ],
      env: { ...process.env, CI: 'true' },
    });
    const said: Buffer[] = [];
    for (const stream of [child.stdout, child.stderr])
      stream?.on('data', (chunk: Buffer) => {
        said.push(chunk);
      });
    const [status] = (await once(child, 'close')) as [number | null];
    const stdout = Buffer.concat(said).toString('utf8');
    if (output === 'shown at the end') console.log(`${name}\n${stdout}`);
    if (output !== 'kept') console.log(`  ${Math.round((performance.now() - begun) / 1000)} s`);
    return { status: status ?? 1, stdout };
  },
  read: (path) => textAt(resolve(ROOT, path)),
  say: (line) => console.log(line),
};

const folder = mkdtempSync(join(tmpdir(), 'routeguard-ci-'));
try {
  // Whoever knows where the change begins says so; a clone alone does not.
  const since = process.env['CI_SINCE'] ?? 'HEAD~5';
  const { lines, code } = closing(await checkAll(system, { folder, since, tests: count.tests }));
  for (const line of lines) console.log(line);
  process.exitCode = code;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
