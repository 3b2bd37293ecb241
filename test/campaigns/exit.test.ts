import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { exitOf, exitOfChild } from './exit.ts';

it.each([
  ['nothing failed', [], 0],
  ['something failed', ['a revocation'], 1],
  ['two things failed', [undefined, null], 1],
])('where %s', (_, failures, status) => {
  expect(exitOf(failures)).toBe(status);
});

it.each([
  ['passes', 'process.exit(0)', 0],
  ['fails', 'process.exit(3)', 3],
  ['is killed', "process.kill(process.pid, 'SIGKILL')", 1],
])('of a process that %s', (_, code, status) => {
  expect(exitOfChild(spawnSync(process.execPath, ['-e', code]))).toBe(status);
});

describe.each([
  ['theorems', 'test/theorems/campaign.ts', ['1', '2', '3 4']],
  ['search', 'test/access/campaign.ts', ['many']],
])('a campaign that is asked in words: %s', (name, file, wrong) => {
  const run = (...words: string[]) =>
    spawnSync(process.execPath, [file, ...words], { encoding: 'utf8', timeout: 20_000 });

  it('helps, and runs nothing', () => {
    const { status, stdout, stderr } = run('--help');
    expect([status, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(new RegExp(`^npm run campaign:${name} -- `));
    expect(stdout.trim()).toMatch(/2 for what it does not know\.$/);
  });

  it.each([[wrong], [['--unknown']]])('runs nothing for %j', (words) => {
    const { status, stdout, stderr } = run(...words);
    expect([status, stdout]).toEqual([2, '']);
    expect(stderr).toContain(`npm run campaign:${name} -- `);
  });
});
