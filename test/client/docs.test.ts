import { readFileSync } from 'node:fs';
import { build } from 'esbuild';
import { describe, expect, it } from 'vitest';
import * as client from '../../client/index.ts';
import * as middleware from '../../client/middy.ts';
import * as construct from '../../infra/index.ts';
import { sourceFiles } from '../ci/source-files.ts';

const text = (path: string): string => readFileSync(new URL(path, import.meta.url), 'utf8');

/** The example in the comment before what is exported under a name, with no indent. */
function exampleOf(name: string): readonly string[] {
  const declared = new RegExp(`^export (?:class|function|const) ${name}\\b`, 'm');
  const [, source = ''] =
    sourceFiles(['client', 'infra', 'functions/probe']).find(([, s]) => declared.test(s)) ?? [];
  const before = source.slice(0, source.search(declared));
  if (!before.endsWith('*/\n')) return [];
  const [, example = ''] = before.slice(before.lastIndexOf('/**')).split(' * @example\n');
  return example.split('\n').flatMap((line) => (line.startsWith(' * ') ? [line.slice(3).trimStart()] : []));
}

const kebab = (name: string) =>
  name.includes('_')
    ? name.toLowerCase().replaceAll('_', '-')
    : name.replace(/(?<!^)[A-Z]/g, (letter) => `-${letter}`).toLowerCase();

describe('whatever is installed and called', () => {
  const names = [client, middleware, construct].flatMap((entry) => Object.keys(entry));

  it('is all that the entry points export', () => {
    expect(names).toHaveLength(12);
  });

  // The examples are files, so the type checker reads them like any other code.
  it.each(names)('%s shows an example that compiles', (name) => {
    const example = exampleOf(name);
    expect(example.length).toBeGreaterThan(0);
    const file = text(`snippets/examples/${kebab(name)}.ts`).split('\n');
    expect(file.map((line) => line.trimStart()).join('\n')).toContain(example.join('\n'));
    expect(example.join('\n')).toContain(name);
  });
});

describe('docs/client.md', () => {
  // The snippets are files of this folder, so the type checker reads them like any other code.
  it.each(['ten-lines.ts', 'without-middy.ts'])('shows %s as it is', (name) => {
    expect(text('../../docs/client.md')).toContain(`\`\`\`ts\n${text(`snippets/${name}`)}\`\`\``);
  });

  it('protects a route in about ten lines', () => {
    const lines = text('snippets/ten-lines.ts')
      .split('\n')
      .filter((line) => line !== '');
    expect(lines.length).toBeLessThanOrEqual(12);
  });

  it('holds a snippet that runs', async () => {
    const { handler } = await import('./snippets/ten-lines.ts');
    expect(handler).toBeTypeOf('function');
  });

  it('has whoever follows it install what the ten lines import when they run', () => {
    const packages = [...text('snippets/ten-lines.ts').matchAll(/from '([^.'][^']*)'/g)].map(
      ([, name = '']) => name,
    );
    const install =
      /^npm install path\/to\/routeguard-\S+\.tgz(.*)$/m.exec(text('../../docs/client.md'))?.[1] ?? '';
    const own = packages.filter((name) => !name.startsWith('routeguard/'));
    expect([own, install.trim().split(' ')]).toEqual([['@middy/core'], ['@middy/core']]);
  });

  it('has a strict compiler find the types that the declarations name', () => {
    const named = [
      'client/index.ts',
      'client/middy.ts',
      'client/lambda.ts',
      'client/http.ts',
      'client/message-digest.ts',
    ]
      .flatMap((file) => [...text(`../../${file}`).matchAll(/ from '([^.'][^']*)'/g)])
      .map(([, name = '']) => name)
      .filter((name) => ['aws-lambda', '@aws-sdk/client-lambda'].includes(name) || name.startsWith('node:'));
    const typed = named.map((name) =>
      name.startsWith('node:') ? '@types/node' : name === 'aws-lambda' ? '@types/aws-lambda' : name,
    );
    const install =
      /^npm install --save-dev (.*)$/m.exec(text('../../docs/client.md'))?.[1]?.split(' ') ?? [];
    expect(install.filter((name) => name !== 'typescript').sort()).toEqual([...new Set(typed)].sort());
  });

  it('states the size of the client', async () => {
    const { outputFiles } = await build({
      entryPoints: [new URL('../../client/index.ts', import.meta.url).pathname],
      bundle: true,
      minify: true,
      write: false,
      format: 'esm',
      platform: 'node',
      external: ['@aws-sdk/*', '@smithy/*', '@aws-crypto/*'],
      metafile: true,
    });
    const kilobytes = (outputFiles[0]?.contents.byteLength ?? 0) / 1_000;
    const stated = Number(/client is about (\d+) KB minified/.exec(text('../../docs/client.md'))?.[1]);
    expect(Math.abs(kilobytes - stated)).toBeLessThan(1);
  });

  it('imports nothing from the guard', async () => {
    const { metafile } = await build({
      entryPoints: ['index.ts', 'middy.ts'].map(
        (name) => new URL(`../../client/${name}`, import.meta.url).pathname,
      ),
      bundle: true,
      write: false,
      outdir: 'out',
      format: 'esm',
      platform: 'node',
      packages: 'external',
      metafile: true,
    });
    const outside = Object.keys(metafile.inputs).filter((path) => !path.startsWith('client/'));
    expect(outside).toEqual([]);
  });
});
