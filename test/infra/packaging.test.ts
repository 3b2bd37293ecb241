/** What a release is made of, and that nothing of who made it is in the bytes. */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { Ajv } from 'ajv';
import type { Metafile } from 'esbuild';
import { list } from 'tar';
import { afterAll, afterEach, describe, expect, it, vi } from 'vitest';
import { type BundledPackage, mergedPackages, packagesIn } from '../../infra/packaging/bundled-packages.ts';
import { clientPackage } from '../../infra/packaging/client-package.ts';
import { licencePage } from '../../infra/packaging/licence-page.ts';
import { carriedBy, closureOf, lockedPackages, lockedTree } from '../../infra/packaging/lock-file.ts';
import { ownPackage } from '../../infra/packaging/package-files.ts';
import { provenanceText } from '../../infra/packaging/provenance.ts';
import {
  demandNoPaths,
  differingFiles,
  filesBelow,
  settleModes,
  sumsBelow,
  sumsIn,
  sumsText,
} from '../../infra/packaging/release-files.ts';
import { sbomText } from '../../infra/packaging/sbom.ts';
import { sourceState } from '../../infra/packaging/source-state.ts';
import { tarballName } from '../../infra/packaging/tarball-name.ts';
import { packFolder } from '../../infra/packaging/tarballs.ts';

const desk = mkdtempSync(join(tmpdir(), 'routeguard-packaging-'));
afterAll(() => rmSync(desk, { recursive: true }));
afterEach(() => vi.unstubAllEnvs());

function folderOf(name: string, files: readonly (readonly [string, string])[]): string {
  const folder = join(desk, name);
  for (const [file, text] of files) {
    mkdirSync(join(folder, file, '..'), { recursive: true });
    writeFileSync(join(folder, file), text);
  }
  return folder;
}

const FILES = [
  ['bin/run.js', '#!'],
  ['ä.txt', 'a'],
  ['Z.txt', 'z'],
  ['a.txt', 'a'],
] as const;

describe('a tarball', () => {
  it('is the same to the byte, whoever packs the same files, where, when and under which mask', async () => {
    const one = folderOf('one', FILES);
    const other = folderOf('another place', FILES.toReversed());
    for (const name of filesBelow(other)) {
      chmodSync(join(other, name), 0o600);
      utimesSync(join(other, name), 1, 1);
    }
    const packed = [one, other].map(async (folder, n) => {
      settleModes(folder, new Set(['bin/run.js']));
      const file = join(desk, `${n}.tgz`);
      await packFolder(folder, file);
      return readFileSync(file);
    });
    const [first, second] = await Promise.all(packed);
    expect(first?.equals(second ?? Buffer.alloc(0))).toBe(true);
    // RFC 1952: no time, and 255 for an operating system that is not said.
    expect([...(first ?? [])].slice(4, 10)).toEqual([0, 0, 0, 0, 2, 255]);
    const entries: unknown[] = [];
    await list({
      file: join(desk, '0.tgz'),
      onReadEntry: ({ path, mode, uid, uname, mtime }) =>
        entries.push([path, mode, uid, uname, mtime?.toISOString()]),
    });
    const packedAt = '1985-10-26T08:15:00.000Z';
    expect(entries).toEqual([
      ['package/Z.txt', 0o644, undefined, '', packedAt],
      ['package/a.txt', 0o644, undefined, '', packedAt],
      ['package/bin/run.js', 0o755, undefined, '', packedAt],
      ['package/ä.txt', 0o644, undefined, '', packedAt],
    ]);
    expect(gunzipSync(first ?? Buffer.alloc(0)).includes(desk)).toBe(false);
  });

  it.each([
    ['@aws-cdk/cloud-assembly-schema', 'aws-cdk-cloud-assembly-schema-1.0.0.tgz'],
    ['tar', 'tar-1.0.0.tgz'],
  ])('of %s is named as npm names it', (name, file) => {
    expect(tarballName({ name, version: '1.0.0' })).toBe(file);
  });
});

describe('what the lock file holds', () => {
  const tree = lockedTree();
  it('the command line of the CDK, and what the construct stands on, with the sums of their bytes', () => {
    const closure = closureOf(['aws-cdk-lib', 'constructs', 'cdk-monitoring-constructs', 'aws-cdk'], tree);
    expect(closure.map(({ name }) => name)).toEqual([
      '@aws-cdk/asset-awscli-v1',
      '@aws-cdk/asset-node-proxy-agent-v6',
      '@aws-cdk/cloud-assembly-schema',
      'aws-cdk',
      'aws-cdk-lib',
      'cdk-monitoring-constructs',
      'constructs',
    ]);
    for (const { sha512 } of closure) expect(sha512).toMatch(/^[0-9a-f]{128}$/);
    expect(carriedBy('aws-cdk-lib', tree).map(({ name }) => name)).toContain('semver');
    expect(lockedPackages(tree).length).toBeGreaterThan(200);
  });

  const entry = (more: object) => ({ version: '1.0.0', integrity: `sha512-${'A'.repeat(86)}==`, ...more });
  it.each([
    ['is not there', {}],
    ['has no sum', { 'node_modules/a': entry({ integrity: undefined }) }],
    ['has a weaker one', { 'node_modules/a': entry({ integrity: 'sha1-AAAAAAAAAAAAAAAAAAAAAAAAAAA=' }) }],
    ['needs one that is not there', { 'node_modules/a': entry({ dependencies: { b: '1' } }) }],
  ])('a package that %s is not released', (_, packages) => {
    expect(() => closureOf(['a'], packages)).toThrow('without the sum of its bytes');
  });

  it('a package of its own is taken before another’s, and one inside a tarball not again', () => {
    const closure = closureOf(['a'], {
      'node_modules/a': entry({ dependencies: { b: '1', c: '1' } }),
      'node_modules/a/node_modules/b': entry({ version: '2.0.0' }),
      'node_modules/b': entry({}),
      'node_modules/a/node_modules/c': entry({ inBundle: true }),
    });
    expect(closure.map(({ name, version }) => `${name}@${version}`)).toEqual(['a@1.0.0', 'b@2.0.0']);
  });
});

const metafileOf = (inputs: Readonly<Record<string, number>>): Metafile => ({
  inputs: {},
  outputs: {
    'out.mjs': {
      ...{ bytes: 1, imports: [], exports: [] },
      inputs: Object.fromEntries(Object.entries(inputs).map(([path, n]) => [path, { bytesInOutput: n }])),
    },
  },
});
const manifest = (more: object) => JSON.stringify({ name: 'p', version: '1.0.0', license: 'MIT', ...more });

describe('licences', () => {
  it('are those of what is bundled, and of nothing that was left out of it', () => {
    const root = folderOf('bundled', [
      ['node_modules/p/package.json', manifest({})],
      ['node_modules/p/LICENSE.md', 'the text of p\r\n'],
      ['node_modules/p/CopyrightNotice.txt', 'the copyright of p'],
      ['node_modules/p/NOTICE', 'the notice of p'],
      ['node_modules/p/notice.js', 'no notice'],
      ['node_modules/@s/q/node_modules/r/package.json', manifest({ name: 'r', version: '2.0.0' })],
      ['node_modules/@s/q/node_modules/r/Licence', 'the text of r'],
    ]);
    const metafile = metafileOf({
      'functions/decide/handler.ts': 10,
      'node_modules/p/lib/index.js': 5,
      'node_modules/p/lib/more.js': 5,
      'node_modules/@s/q/node_modules/r/index.js': 1,
      'node_modules/left-out/index.js': 0,
    });
    expect(packagesIn(metafile, root)).toEqual([
      {
        name: 'p',
        version: '1.0.0',
        licence: 'MIT',
        texts: ['the text of p', 'the copyright of p', 'the notice of p'],
      },
      { name: 'r', version: '2.0.0', licence: 'MIT', texts: ['the text of r'] },
    ]);
  });

  it.each([
    ['has a notice alone', {}, ['NOTICE', 'a notice'], 'without the text of its licence (MIT)'],
    ['has an empty text', {}, ['LICENSE', ' \n'], 'without the text of its licence (MIT)'],
    ['names no licence', { license: undefined }, ['LICENSE', 'a text'], 'names no licence'],
    [
      'is another version than the one whose text was found',
      { name: '@middy/core', version: '7.9.3', license: 'MIT' },
      ['README.md', 'MIT'],
      '@middy/core 7.9.3 is bundled and comes without the text of its licence (MIT)',
    ],
  ] as const)('fail a release where a bundled package %s', (what, more, file, says) => {
    const root = folderOf(`without, ${what}`, [['node_modules/p/package.json', manifest(more)], file]);
    writeFileSync(join(root, 'node_modules/p', file[0]), file[1]);
    expect(() => packagesIn(metafileOf({ 'node_modules/p/index.js': 1 }), root)).toThrow(says);
  });

  it.each([
    ['@middy/util', '7.9.2', 'MIT', 'Luciano Mammino'],
    ['@middy/core', '7.9.2', 'MIT', 'Luciano Mammino'],
    ['anybody', '1.0.0', 'Apache-2.0', 'Apache License'],
  ])('of %s %s are supplied where its tarball has none', (name, version, license, says) => {
    const root = folderOf(`supplied ${version}`, [
      ['node_modules/p/package.json', manifest({ name, version, license })],
    ]);
    const [found] = packagesIn(metafileOf({ 'node_modules/p/index.js': 1 }), root);
    expect(found?.texts.join()).toContain(says);
  });

  it('stand on the page once, under all who come under them', () => {
    const of = (name: string, ...texts: readonly string[]): BundledPackage => ({
      name,
      version: '1',
      licence: 'MIT',
      texts,
    });
    const page = licencePage(of('own', 'T'), [of('p', 'T', 'N'), of('q', 'U')]);
    const rule = '-'.repeat(78);
    expect(page).toBe(
      `What is in here, and under which licences.\n\n${rule}\n\nown@1 (MIT)\np@1 (MIT)\n\nT\n\n${rule}\n\np@1 (MIT)\n\nN\n\n${rule}\n\nq@1 (MIT)\n\nU\n`,
    );
  });
});

const [LIBRARY = ownPackage()] = [{ name: '@s/lib', version: '3.0.0', licence: 'MIT', texts: [] }];
const sha256 = createHash('sha256').update('').digest('hex');
const sha512 = createHash('sha512').update('').digest('hex');
const contents = (bundled: readonly BundledPackage[]) => ({
  packages: [
    { ...ownPackage(), file: 'packages/routeguard-0.1.0.tgz', sha256 },
    { ...clientPackage(), file: 'packages/routeguard-client-0.1.0.tgz', sha256 },
  ],
  bundles: [
    {
      name: 'decide',
      file: 'dist/functions/decide/index.mjs',
      packages: bundled,
      sha256,
      places: ['a/index.mjs'],
    },
  ],
  tarballs: [
    {
      ...{ name: 'aws-cdk', version: '2.0.0', licence: 'Apache-2.0', sha256, sha512 },
      file: 'packages/aws-cdk-2.0.0.tgz',
      carries: [{ name: 'inside', version: '1.0.0', licence: '(MIT OR Apache-2.0)' }],
    },
  ],
  sha512: new Map([['@s/lib@3.0.0', sha512]]),
  date: new Date('2026-11-30T00:00:00Z'),
});

describe('the SBOM', () => {
  const other = { ...LIBRARY, name: 'b' };
  it('is a function of what is shipped: neither drawn nor timed', () => {
    const texts = [
      [LIBRARY, other],
      [other, LIBRARY],
    ].map((bundled) => sbomText(contents(bundled)));
    expect(texts[0]).toBe(texts[1]);
    expect(texts[0]).toBe(sbomText(contents([LIBRARY, other])));
  });

  it('is CycloneDX 1.6, and names the product, its bundles and what is in them', () => {
    const folder = 'node_modules/@cyclonedx/cyclonedx-library/res/schema';
    const named = (name: string) => `${name}.SNAPSHOT.schema.json`;
    const schemaOf = (name: string) => JSON.parse(readFileSync(join(folder, named(name)), 'utf8'));
    const ajv = new Ajv({ strict: false, validateFormats: false });
    for (const name of ['spdx', 'jsf-0.82'])
      ajv.addSchema({ ...schemaOf(name), $id: `http://cyclonedx.org/schema/${named(name)}` });
    const validate = ajv.compile(schemaOf('bom-1.6'));
    const bom = JSON.parse(sbomText(contents([LIBRARY, other])));
    validate(bom);
    expect(validate.errors).toBeNull();
    expect(validate({ ...bom, components: [{ type: 'thing', name: 'x' }] })).toBe(false);
    expect(bom).not.toHaveProperty('serialNumber');
    expect(bom.metadata.timestamp).toBe('2026-11-30T00:00:00.000Z');
    expect(bom.metadata.component).toMatchObject({
      name: 'routeguard',
      version: '0.1.0',
      purl: 'pkg:npm/routeguard@0.1.0',
    });
    const component = (ref: string) =>
      bom.components.find((each: Record<string, unknown>) => each['bom-ref'] === ref);
    expect(component('@s/lib@3.0.0')).toMatchObject({
      purl: 'pkg:npm/%40s/lib@3.0.0',
      licenses: [{ expression: 'MIT' }],
      hashes: [{ alg: 'SHA-512', content: sha512 }],
    });
    expect(component('@routeguard/client@0.1.0')).toMatchObject({
      purl: 'pkg:npm/%40routeguard/client@0.1.0',
      properties: [{ name: 'routeguard:file', value: 'packages/routeguard-client-0.1.0.tgz' }],
    });
    expect(component('bundle:decide')).toMatchObject({
      hashes: [{ alg: 'SHA-256', content: sha256 }],
      properties: [{ name: 'routeguard:file', value: 'a/index.mjs' }],
    });
    expect(component('packages/aws-cdk-2.0.0.tgz').components).toHaveLength(1);
    expect(bom.dependencies).toContainEqual({ ref: 'bundle:decide', dependsOn: ['@s/lib@3.0.0', 'b@3.0.0'] });
  });
});

describe('the sums', () => {
  it('read as they were written, and differ where a byte does', () => {
    const folder = folderOf('summed', FILES);
    const sums = sumsBelow(folder);
    expect(sumsIn(sumsText(sums))).toEqual(sums);
    expect(differingFiles(sums, sums)).toEqual([]);
    const other = new Map([...sums, ['a.txt', sha256], ['new', sha256]]);
    other.delete('Z.txt');
    expect(differingFiles(sums, other)).toEqual(['Z.txt', 'a.txt', 'new']);
  });

  it.each([
    ['in JSON', '{"file":"/home/me/guard/infra/a.ts"}', true],
    ['of a trace', 'at file:///home/me/guard/infra/a.ts:1:1', true],
    ['of a longer name', '{"file":"/home/me/guard-2/a.ts"}', false],
    ['below another', 'https://example.com/home/me/guard/a.ts', false],
  ])('a folder of the builder %s fails the release, and nothing else does', (what, text, fails) => {
    const folder = folderOf(`paths ${what}`, [['a.json', text]]);
    const demand = () => demandNoPaths(folder, ['/home/me/guard']);
    if (fails) expect(demand).toThrow('a.json names a folder of the machine that builds');
    else demand();
  });
});

describe('what it is built from', () => {
  const build = {
    ...{
      sums: new Map([['a', sha256]]),
      source: undefined,
      builder: 'urn:b',
      lockSha256: sha256,
      node: 'v24',
    },
    materials: [{ name: '@s/lib', version: '3.0.0', licence: 'MIT', sha512 }],
  };
  it.each([
    ['a commit', 'c'.repeat(40), [{ name: 'source', digest: { gitCommit: 'c'.repeat(40) } }]],
    ['no commit', undefined, []],
  ])('of %s is said in in-toto’s form, with SLSA’s predicate', (_, commit, source) => {
    expect(JSON.parse(provenanceText({ ...build, commit }))).toEqual({
      _type: 'https://in-toto.io/Statement/v1',
      subject: [{ name: 'a', digest: { sha256 } }],
      predicateType: 'https://slsa.dev/provenance/v1',
      predicate: {
        buildDefinition: {
          buildType: 'pkg:npm/routeguard#docs/verify-a-release.md',
          externalParameters: { command: 'npm run release' },
          internalParameters: { node: 'v24' },
          resolvedDependencies: [
            ...source,
            { name: 'package-lock.json', digest: { sha256 } },
            { uri: 'pkg:npm/%40s/lib@3.0.0', digest: { sha512 } },
          ],
        },
        runDetails: { builder: { id: 'urn:b' } },
      },
    });
  });

  it('a folder of no repository is no commit’s, and has the time that it is told', () => {
    vi.stubEnv('SOURCE_DATE_EPOCH', undefined);
    expect(sourceState(desk)).toEqual({ commit: undefined, date: undefined });
    vi.stubEnv('SOURCE_DATE_EPOCH', '86400');
    expect(sourceState(desk).date?.toISOString()).toBe('1970-01-02T00:00:00.000Z');
    vi.stubEnv('SOURCE_DATE_EPOCH', 'today');
    expect(() => sourceState(desk)).toThrow('SOURCE_DATE_EPOCH');
  });

  it.each<[string, (root: string, git: (...args: readonly string[]) => void) => void, boolean]>([
    ['what was committed', () => undefined, true],
    ['a file that is ignored', (root) => writeFileSync(join(root, 'docs/notes.log'), 'n'), false],
    [
      'a file that this clone ignores',
      (root) => {
        writeFileSync(join(root, '.git/info/exclude'), 'z.json\n');
        writeFileSync(join(root, 'docs/z.json'), 'n');
      },
      false,
    ],
    [
      'a file that git is told not to list',
      (root, git) => {
        git('config', 'status.showUntrackedFiles', 'no');
        writeFileSync(join(root, 'docs/new.md'), 'n');
      },
      false,
    ],
    [
      'a change that git is told not to see',
      (root, git) => {
        git('update-index', '--assume-unchanged', 'docs/a.md');
        writeFileSync(join(root, 'docs/a.md'), 'other');
      },
      false,
    ],
  ])('%s: whether it is a commit’s', (what, change, isCommits) => {
    const root = folderOf(`source ${what}`, [
      ['docs/a.md', 'a'],
      ['.gitignore', '*.log\n'],
    ]);
    const who = ['-c', 'user.name=a', '-c', 'user.email=a@b.example', '-c', 'commit.gpgsign=false'];
    const git = (...args: readonly string[]) => execFileSync('git', [...who, ...args], { cwd: root });
    git('init', '--quiet');
    git('add', '.');
    git('commit', '--quiet', '-m', 'a');
    change(root, git);
    expect(sourceState(root).commit !== undefined).toBe(isCommits);
  });

  it('each package once, in the order of its name', () => {
    const of = (name: string): BundledPackage => ({ ...LIBRARY, name });
    expect(mergedPackages([of('b'), of('a'), of('b')])).toEqual([of('a'), of('b')]);
  });
});
