/** The commands over data files, run as a person runs them. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

function routeguard(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['cli/main.ts', ...args], {
    cwd: ROOT,
    encoding: 'utf8',
  });
  return { status, stdout, stderr };
}

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'data-commands-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

function file(name: string, value: unknown): string {
  const path = join(folder, name);
  writeFileSync(path, typeof value === 'string' ? value : JSON.stringify(value, null, 2));
  return path;
}

const SCENARIO = {
  id: 'one',
  at: '2020-02-15',
  standard: 'UK-HRV-2020-01',
  message: { marking: 'SECRET//REL TO USA, GBR' },
  network: { id: 'uk-a', segments: [{ segment: 'ran', shares: { 'maker-x': 10 } }] },
  expect: { outcome: 'permit' },
};

describe('routeguard scenarios', () => {
  test('exit 0 and a table where all pass', () => {
    const { status, stdout } = routeguard('scenarios', file('good.json', SCENARIO));
    expect(status).toBe(0);
    expect(stdout).toMatch(/pass {2}one .*UK-HRV-2020-01 .*permit/);
    expect(stdout).toContain('1 passed, 0 failed');
  });

  test('exit 1 on a mismatch, with what differs', () => {
    const wrong = { ...SCENARIO, expect: { outcome: 'deny', reasons: ['SHARE_OVER_CAP'] } };
    const { status, stdout } = routeguard('scenarios', file('wrong.json', wrong));
    expect(status).toBe(1);
    expect(stdout).toContain('outcome is permit, expected deny');
    expect(stdout).toContain('reason missing: SHARE_OVER_CAP');
  });

  test('exit 2 on a malformed file, naming file, line and path', () => {
    const bad = file('bad.json', { ...SCENARIO, at: 'soon' });
    const { status, stderr } = routeguard('scenarios', bad);
    expect(status).toBe(2);
    expect(stderr).toContain(`${bad}:3: scenario "one", /at: `);
  });

  test('--json is JSON', () => {
    const { stdout } = routeguard('scenarios', file('good.json', SCENARIO), '--json');
    expect(JSON.parse(stdout)).toMatchObject([{ id: 'one', pass: true, outcome: 'permit', mismatches: [] }]);
  });
});

describe('routeguard check', () => {
  test('exit 1 with file, line and remedy', () => {
    const bad = file('vendor.json', { kind: 'vendor', id: 'maker-x', nmae: 'X' });
    const { status, stdout } = routeguard('check', bad);
    expect(status).toBe(1);
    expect(stdout).toContain(
      `${bad}:4: vendor/maker-x/nmae: unknown member: remove it or correct its spelling; did you mean "name"?`,
    );
  });
});

describe('routeguard timeline', () => {
  const ASK = ['--marking', 'OFFICIAL', '--owner', 'GBR', '--network', 'gb-a', '--path-assurance', 'pinned'];
  const SPAN = ['--from', '2019-01-01', '--to', '2029-01-01', '--facts', 'samples/registry'];

  test('each change of a sample network on its day, in the zone of its instrument', () => {
    const { status, stdout } = routeguard('timeline', ...ASK, ...SPAN, '--json');
    expect(status).toBe(0);
    const entries = JSON.parse(stdout) as { day: string; zone: string; instruments: { id: string }[] }[];
    const days = entries.map((e) => e.day);
    for (const day of ['2020-01-28', '2020-07-14', '2022-10-13', '2028-01-01']) expect(days).toContain(day);
    const last = entries.find((e) => e.day === '2028-01-01');
    expect(last?.zone).toBe('Europe/London');
    expect(last?.instruments.map((i) => i.id)).toContain('UK-HRV-2020-07');
  });

  test('for people, with the citation of the rule that turned it', () => {
    const { stdout } = routeguard('timeline', ...ASK, ...SPAN);
    expect(stdout).toMatch(/^2028-01-01 {2}DENY {2}\(Europe\/London\)$/m);
    expect(stdout).toContain('source: Report on the decision of 14 July 2020');
  });

  test.each([
    ['a day that is none', ['--from', '2019-02-29', '--to', '2029-01-01']],
    ['an empty span', ['--from', '2029-01-01', '--to', '2029-01-01']],
    [
      'files that are not there',
      ['--from', '2019-01-01', '--to', '2029-01-01', '--facts', join(ROOT, 'nowhere')],
    ],
  ])('exit 2: %s', (_what, span) => {
    const { status, stderr } = routeguard('timeline', ...ASK, ...span);
    expect(status).toBe(2);
    expect(stderr).not.toContain('at ');
  });
});
