import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { registryCommand } from '../../cli/registry.ts';
import { type LocalGuard, startLocalGuard } from '../../infra/local/local-guard.ts';
import { freePort } from '../local/guard-fixture.ts';
import { registryAssembly } from './registry-assembly.ts';
import type { Wire } from './rig.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

let guard: LocalGuard;
let url: string;
beforeAll(async () => {
  guard = await startLocalGuard({
    port: await freePort(),
    data: undefined,
    empty: true,
    environment: {},
    report: () => {},
    log: () => {},
    signal: new AbortController().signal,
    synthesise: () => registryAssembly(),
  });
  url = guard.context.baseUrl;
}, 120_000);
afterAll(() => guard?.stop());

/** The command in this process: what starting Node a dozen times would prove is proven by `spawned`. */
async function registry(...args: readonly string[]): Promise<{ code: number; out: Wire }> {
  const lines: string[] = [];
  const printed = vi.spyOn(console, 'log').mockImplementation((line: string) => lines.push(line));
  const told = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  const before = process.exitCode;
  process.exitCode = undefined;
  try {
    await registryCommand().parseAsync([...args, '--url', url, '--json'], { from: 'user' });
    return {
      code: Number(process.exitCode ?? 0),
      out: lines.length === 0 ? null : JSON.parse(lines.join('')),
    };
  } finally {
    process.exitCode = before;
    printed.mockRestore();
    told.mockRestore();
  }
}

/** The command as a person starts it. */
function spawned(...args: readonly string[]): Promise<{ code: number; out: Wire }> {
  return new Promise((resolve) => {
    const command = ['cli/main.ts', 'registry', ...args, '--url', url, '--json'];
    execFile(process.execPath, command, { cwd: ROOT }, (error, stdout) => {
      const code = error === null ? 0 : Number(error.code);
      resolve({ code, out: stdout === '' ? null : JSON.parse(stdout) });
    });
  });
}

it('the command line, the signed door and the bundle of the registry work together', async () => {
  const proposed = await registry(
    'propose',
    'samples/first-day/genesis.yaml',
    '--genesis',
    '--as',
    'proposer',
  );
  expect([proposed.code, proposed.out.status]).toEqual([0, 'open']);
  const { id } = proposed.out;
  const early = await registry('approve', id, '--as', 'approver');
  expect([early.code, early.out.error.code]).toEqual([3, 'FLIPS_CHANGED']);
  const simulated = await registry('simulate', id, '--as', 'proposer');
  expect([simulated.code, simulated.out.complete]).toEqual([0, true]);
  const unseen = await registry('approve', id, '--as', 'approver').catch((error: Error) => error.message);
  expect(unseen).toMatch(/look at it with `routeguard registry review/);
  const review = await registry('review', id, '--as', 'approver');
  expect(review.code).toBe(0);
  const seen = ['--reviewed', review.out.reviewed];
  const own = ['--reviewed', (await registry('review', id, '--as', 'proposer')).out.reviewed];
  expect(own).not.toEqual(seen);
  const alone = await registry('approve', id, ...own, '--as', 'proposer');
  expect([alone.code, alone.out.error.code]).toEqual([3, 'SECOND_PERSON_NEEDED']);
  const unsigned = await registry('approve', id, ...seen, '--as', 'approver');
  expect([unsigned.code, unsigned.out.error.code]).toEqual([3, 'AUTHOR_SIGNATURE_MISSING']);
  const signed = await registry('sign', id, ...own, '--as', 'proposer');
  expect([signed.code, signed.out.status]).toEqual([0, 'open']);
  const approved = await registry('approve', id, ...seen, '--as', 'approver');
  expect([approved.code, approved.out.version]).toEqual([0, 1]);
  const hold = await registry(
    'hold',
    'drill',
    '--as',
    'usa-proposer',
    '--authority',
    'us-state',
    '--everything',
    '--cause',
    'doubt',
    '--reason',
    'A drill',
  );
  expect([hold.code, hold.out.version]).toEqual([0, 2]);
  const log = await spawned('log', '--as', 'auditor');
  expect(log.out.entries).toHaveLength(2);
}, 60_000);

it('two people purge a secret from a reason; one of them, and an auditor, may not', async () => {
  const asked = await registry(
    ...['purge', 'request', '--note-of', '2', '--authority', 'us-state'],
    ...['--reason', 'Spillage', '--as', 'usa-proposer'],
  );
  expect([asked.code, asked.out.status]).toEqual([0, 'open']);
  const { id, digest } = asked.out;
  const approve = ['purge', 'approve', id, '--request', digest, '--as'];
  // The auditor has no right to these methods: the door says so, not the function.
  expect((await registry('purge', 'show', id, '--as', 'auditor')).code).toBe(3);
  const alone = await registry(...approve, 'usa-proposer');
  expect([alone.code, alone.out.missing]).toEqual([0, ['us-state']]);
  const done = await registry(...approve, 'usa-approver');
  expect([done.code, done.out.outcomes]).toEqual([0, { 2: 'purged' }]);
  const [entry] = (await registry('log', '--as', 'auditor')).out.entries;
  const { noteDigest } = entry;
  expect(entry).toMatchObject({ version: 2, purged: true, note: null });
  const verified = await registry('verify', '--as', 'auditor');
  expect(verified.out).toMatchObject({ sound: true, purged: [{ version: 2, digest: noteDigest }] });
}, 60_000);

it('a caller of decisions may not administer, and the exit code tells why', async () => {
  expect((await spawned('log', '--as', 'caller')).code).toBe(3);
  expect((await spawned('log', '--as', 'nobody')).code).toBe(2);
  const there = url;
  url = 'http://127.0.0.1:1';
  expect((await spawned('log', '--as', 'auditor')).code).toBe(4);
  url = there;
});
