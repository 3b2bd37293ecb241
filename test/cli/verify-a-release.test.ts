/** docs/verify-a-release.md, its commands as they are written: on the release that was signed, and on what a hostile medium holds. */
import { execFileSync, spawnSync } from 'node:child_process';
import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { publicKeyOf } from '../../functions/store/person-signature.ts';
import { packFolder } from '../../infra/packaging/tarballs.ts';
import { routeguard } from './command.ts';
import { writeRelease } from './written-release.ts';

const desk = mkdtempSync(join(tmpdir(), 'routeguard-arrived-'));
afterAll(() => rmSync(desk, { recursive: true }));

const blocks = readFileSync('docs/verify-a-release.md', 'utf8')
  .split(/^```\n/m)
  .filter((_, n) => n % 2 === 1);
function blockWith(words: string): string {
  const [block, ...others] = blocks.filter((each) => each.includes(words));
  if (block === undefined || others.length > 0) throw new Error(`the page has not one block with ${words}`);
  return block;
}
const COPY = blockWith('cp -R -P');
const BY_NODE = blockWith("node -e '");
const BY_SHELL = blockWith('openssl');
const INSTALL = blockWith('npm install').split('\n').slice(0, 2).join('\n');
const [ED25519 = '', P384 = ''] = BY_SHELL.match(/^signed\(\).*\n/gm) ?? [];

const KINDS = {
  ed25519: generateKeyPairSync('ed25519').privateKey,
  'p-384': generateKeyPairSync('ec', { namedCurve: 'P-384' }).privateKey,
};

function shell(commands: string, cwd: string, key: KeyObject = KINDS.ed25519) {
  const env = {
    ...process.env,
    PATH: [dirname(process.execPath), process.env['PATH']].join(delimiter),
    HOME: desk,
  };
  const script = commands.replaceAll('MCow…', publicKeyOf(key));
  const { status, stdout } = spawnSync('sh', ['-c', script], { cwd, env, encoding: 'utf8' });
  return { status, stdout };
}

/** Runs what the package would run where npm lets it. */
async function tarball(name: string): Promise<Buffer> {
  const folder = join(desk, `packed-${name}`);
  mkdirSync(folder);
  const scripts = { postinstall: `echo > ${desk}/RAN` };
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ name, version: '0.1.0', scripts }));
  await packFolder(folder, `${folder}.tgz`);
  return readFileSync(`${folder}.tgz`);
}

const media: Partial<Record<keyof typeof KINDS, string>> = {};
let extra: Buffer;
beforeAll(async () => {
  const files = { 'CHANGELOG.md': 'c\n', 'packages/routeguard-0.1.0.tgz': await tarball('routeguard') };
  extra = await tarball('extra');
  for (const kind of ['ed25519', 'p-384'] as const) {
    const medium = writeRelease(join(desk, kind), { commit: 'a'.repeat(40), files });
    const pem = KINDS[kind].export({ type: 'pkcs8', format: 'pem' });
    writeFileSync(join(desk, `${kind}.pem`), pem, { mode: 0o600 });
    const ran = await routeguard('release', 'sign', medium, '--key', join(desk, `${kind}.pem`));
    expect(ran.code).toBe(0);
    media[kind] = medium;
  }
});

let places = 0;
/** What arrived, by the page's own copy. */
function arrived(medium: string): string {
  places += 1;
  const place = join(desk, `place-${places}`);
  mkdirSync(place);
  expect(shell(COPY.replace('MEDIUM', medium), place).status).toBe(0);
  return join(place, 'arrived/release');
}

const asPage = (how: 'node' | 'shell', folder: string, key = KINDS.ed25519) =>
  shell(how === 'node' ? BY_NODE : BY_SHELL.replace(key === KINDS.ed25519 ? P384 : ED25519, ''), folder, key);

type Spoil = (at: (name: string) => string) => void;
const HOSTILE: readonly (readonly [string, Spoil])[] = [
  ['a package besides', (at) => writeFileSync(at('packages/a.tgz'), extra)],
  ['one that a terminal hides', (at) => writeFileSync(at('packages/\u001b[2K\r\u001b[8m.tgz'), extra)],
  [
    'one whose name has a signed one in it',
    (at) => writeFileSync(at('CHANGELOG.md\nprovenance.dsse.json'), extra),
  ],
  ['one that is no text', (at) => writeFileSync(Buffer.from(at('packages/\u00ff.tgz'), 'latin1'), extra)],
  ['a hidden file', (at) => writeFileSync(at('.npmrc'), 'ignore-scripts=false\n')],
  ['an altered one', (at) => writeFileSync(at('packages/routeguard-0.1.0.tgz'), extra)],
  ['one too few', (at) => unlinkSync(at('CHANGELOG.md'))],
  [
    'a link in place of a package',
    (at) => {
      renameSync(at('packages/routeguard-0.1.0.tgz'), at('../outside.tgz'));
      symlinkSync(at('../outside.tgz'), at('packages/routeguard-0.1.0.tgz'));
    },
  ],
  [
    'a link in place of the sums',
    (at) => {
      renameSync(at('SHA256SUMS'), at('../outside'));
      symlinkSync(at('../outside'), at('SHA256SUMS'));
    },
  ],
  [
    'a link in place of a folder',
    (at) => {
      renameSync(at('packages'), at('../packages'));
      symlinkSync(at('../packages'), at('packages'));
    },
  ],
  [
    'a pipe in place of the signature',
    (at) => {
      unlinkSync(at('SHA256SUMS.sig'));
      execFileSync('mkfifo', [at('SHA256SUMS.sig')]);
    },
  ],
  ['other sums', (at) => writeFileSync(at('SHA256SUMS'), '\n')],
];

describe.each(['node', 'shell'] as const)('by %s', (how) => {
  it.each(['ed25519', 'p-384'] as const)('what was signed by %s is as it was signed', (kind) => {
    const folder = arrived(media[kind] ?? '');
    const { status, stdout } = asPage(how, folder, KINDS[kind]);
    expect([status, stdout.trimEnd().split('\n').at(-1)]).toEqual([0, 'as it was signed']);
    const other = KINDS[kind === 'ed25519' ? 'p-384' : 'ed25519'];
    expect(asPage(how, folder, other).status).not.toBe(0);
  });

  it.each(HOSTILE)('a medium with %s is refused, in plain characters', (_, spoil) => {
    places += 1;
    const medium = join(desk, `medium-${places}`, 'release');
    cpSync(media.ed25519 ?? '', medium, { recursive: true });
    spoil((name) => join(medium, name));
    const { status, stdout } = asPage(how, arrived(medium));
    expect([status, stdout]).toEqual([1, expect.stringMatching(/^[ -~\n]*REFUSED[ -~\n]*$/)]);
  });
});

it('what is installed is what was signed, and runs nothing', () => {
  const folder = arrived(media.ed25519 ?? '');
  writeFileSync(join(folder, 'packages/a.tgz'), extra);
  expect(shell(INSTALL, folder).status).toBe(0);
  expect(readdirSync(join(folder, '../guard/node_modules')).filter((name) => !name.startsWith('.'))).toEqual([
    'routeguard',
  ]);
  expect(existsSync(join(desk, 'RAN'))).toBe(false);
});
