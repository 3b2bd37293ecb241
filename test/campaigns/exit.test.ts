import { spawnSync } from 'node:child_process';
import { expect, it } from 'vitest';
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
