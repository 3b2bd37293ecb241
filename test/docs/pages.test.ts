/**
 * The pages of change control, command by command, as somebody would who starts with an empty table and reads on: one
 * local guard for all of them, in their order.
 */
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { program } from '../../cli/command-line.ts';
import { LOCAL_FOUNDERS } from '../../infra/local/identities.ts';
import { type LocalGuard, startLocalGuard } from '../../infra/local/local-guard.ts';
import { publicKeyText } from '../../infra/local/signing-key.ts';
import { type Ran, routeguard } from '../cli/command.ts';
import { freePort } from '../local/guard-fixture.ts';
import { registryAssembly } from '../registry/registry-assembly.ts';
import { blocksOf, outcomeOf, type PageCommand } from './page-commands.ts';

const ROOT = process.cwd();
const PAGES = ['docs/first-day.md', 'docs/registry.md'];
const blocks = PAGES.map((page) => [page, blocksOf(page)] as const);

let guard: LocalGuard;
const desk = mkdtempSync(join(tmpdir(), 'routeguard-pages-'));
beforeAll(async () => {
  guard = await startLocalGuard({
    port: await freePort(),
    data: undefined,
    empty: true,
    environment: {},
    report: () => {},
    log: () => {},
    signal: new AbortController().signal,
    synthesise: () => registryAssembly(['decide-http']),
  });
  // A desk of one's own, with what a checkout has: a page may write files.
  for (const name of ['samples', 'standards', 'docs']) symlinkSync(join(ROOT, name), join(desk, name));
  process.chdir(desk);
  // Somebody's editor, who finds a clearer name.
  mkdirSync('bin');
  writeFileSync('bin/vi', '#!/bin/sh\nexec sed -i \'s/^name: .*/name: One network by itself/\' "$1"\n', {
    mode: 0o755,
  });
  vi.stubEnv('PATH', `${join(desk, 'bin')}:${process.env['PATH']}`);
  // Words that must go: they stand in the reason of a stop.
  writeFileSync('spilled.txt', 'The first drill\n');
  const { region, dynamodb } = guard.context;
  vi.stubEnv('AWS_REGION', region);
  vi.stubEnv('AWS_ENDPOINT_URL_DYNAMODB', dynamodb.endpoint);
  vi.stubEnv('AWS_ACCESS_KEY_ID', dynamodb.credentials.accessKeyId);
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', dynamodb.credentials.secretAccessKey);
}, 120_000);
afterAll(async () => {
  process.chdir(ROOT);
  vi.unstubAllEnvs();
  rmSync(desk, { recursive: true });
  await guard?.stop();
});

/** What a page cannot know and its reader does: what was printed last, and what the deployment has. */
const seen = new Map<string, string>();

function remember({ out }: Ran): void {
  const last = (pattern: RegExp) => out.match(pattern)?.at(-1);
  for (const [name, pattern] of [
    ['proposal', /\bp-\d{8}T\d{6}Z-[0-9a-f]+/g],
    ['request', /\bx-\d{8}T\d{6}Z-[0-9a-f]+/g],
    ['digest', /\bsha256:[0-9a-f]{64}\b/g],
  ] as const) {
    const found = last(pattern);
    if (found !== undefined) seen.set(name, found);
  }
}

function filled(word: string): string {
  const { objects, state, floor } = guard.context.tables;
  const known = (name: string) => seen.get(name) ?? `no ${name} was printed`;
  return word
    .replace(/^ID$/, known('proposal'))
    .replace(/^p-(?:\d.*|…)$/, known('proposal'))
    .replace(/^x-(?:\d.*|…)$/, known('request'))
    .replace(/^sha256:…$/, known('digest'))
    .replace('<objects>', objects)
    .replace('<state>', state)
    .replace('<floor>', floor)
    .replace('<founder>,<founder>', LOCAL_FOUNDERS.join(','))
    .replace('<commit-key>', publicKeyText(guard.context.signing));
}

/** Where the command looks for a guard that is not at its usual place. */
function whereToLook(words: readonly string[]): readonly string[] {
  let command = program();
  for (const word of words) command = command.commands.find((each) => each.name() === word) ?? command;
  const option = command.options.find(({ long }) => long === '--url')?.long;
  return option === undefined || words.includes('--offline') ? [] : [`${option}=${guard.context.baseUrl}`];
}

/** A person is shown what they sign, and says yes; here they have read it, and give its digest. */
async function reading(words: readonly string[]): Promise<readonly string[]> {
  const [registry, what, id = ''] = words;
  if (registry !== 'registry' || !['sign', 'approve'].includes(what ?? '') || words.includes('--reviewed'))
    return [];
  const as = words[words.indexOf('--as') + 1] ?? '';
  const args = ['registry', 'review', id, '--as', as];
  const review = await routeguard(...args, ...whereToLook(args));
  const digest = /^Reviewed (sha256:\S+)$/m.exec(review.out)?.[1];
  expect(digest, review.err).toBeDefined();
  return ['--reviewed', digest ?? ''];
}

async function tried({ line, variables, words, comment }: PageCommand): Promise<void> {
  for (const [name, value] of variables) vi.stubEnv(name, filled(value));
  if (words.length === 0) return;
  expect(words[0], line).toBe('routeguard');
  const args = words.slice(1).map(filled);
  const ran = await routeguard(...args, ...whereToLook(args), ...(await reading(args)));
  const { code, says } = outcomeOf(comment);
  const all = `${ran.out}${ran.err}`;
  expect(ran.code, `${line}\n${all}`).toBe(code);
  for (const each of says) expect(all, line).toMatch(each);
  remember(ran);
}

describe.each(blocks)('%s', (_page, all) => {
  const commands = all.flatMap((block) => block.commands).map((each) => [each.line, each] as const);
  it.each(commands)('%s', (_line, command) => tried(command), 60_000);
});

it('what is not tried says why', () => {
  const reasons = blocks.flatMap(([page, all]) =>
    all.flatMap(({ notHere }) => (notHere === undefined ? [] : [`${page}: ${notHere}`])),
  );
  expect(reasons).toEqual(['docs/registry.md: a registry that came back from a backup']);
});
