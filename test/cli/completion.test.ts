/** What a shell offers behind Tab is what the commands take: asked of bash itself, where there is one. */
import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { routeguard } from './command.ts';

const hasBash = spawnSync('bash', ['-c', 'true']).status === 0;

async function offered(line: string): Promise<readonly string[]> {
  const { code, out } = await routeguard('completion', 'bash');
  expect(code).toBe(0);
  const words = line.split(' ');
  const ask = `COMP_WORDS=(${words.map((word) => `'${word}'`).join(' ')}); COMP_CWORD=${words.length - 1}; _routeguard; printf '%s\\n' "\${COMPREPLY[@]}"`;
  const { status, stdout, stderr } = spawnSync('bash', ['-c', `${out}\n${ask}`], { encoding: 'utf8' });
  expect([status, stderr]).toEqual([0, '']);
  return stdout.split('\n').filter((each) => each !== '');
}

describe.runIf(hasBash)('bash', () => {
  it.each<[string, readonly string[]]>([
    ['routeguard dec', ['decide']],
    ['routeguard registry rev', ['review', 'revoke']],
    ['routeguard registry purge app', ['approve']],
    ['routeguard decide --mar', ['--marking']],
    ['routeguard decide --explain ', ['none', 'codes', 'full']],
    ['routeguard decide --explain co', ['codes']],
    ['routeguard search --type ', ['network', 'route']],
    ['routeguard decide --marking registry --fun', ['--function']],
    ['routeguard decide --config ', []],
    ['routeguard completion f', ['fish']],
    ['routeguard help deci', []],
    ['routeguard nothing dec', ['decide']],
  ])('%s', async (line, words) => {
    expect([...(await offered(line))].sort()).toEqual([...words].sort());
  });

  it('every command and every option that help shows is offered', async () => {
    const { out } = await routeguard('registry', 'hold', '--help');
    const shown = [...out.matchAll(/^ {2}(?:-\w, )?(--[a-z-]+)/gm)].map(([, option]) => option);
    expect(shown.length).toBeGreaterThan(10);
    expect([...(await offered('routeguard registry hold --'))].sort()).toEqual([...shown].sort());
  });
});

it.each(['zsh', 'fish'])('%s gets the same commands and options', async (shell) => {
  const { code, out } = await routeguard('completion', shell);
  expect(code).toBe(0);
  for (const word of ['decide', 'best-path', 'registry', 'marking', 'founder-keys', 'none codes full'])
    expect(out).toContain(word);
});

it.each([[[]], [['tcsh']]])('another shell, %j, is a mistake', async (args) => {
  expect(await routeguard('completion', ...args)).toMatchObject({ code: 2, out: '' });
});
