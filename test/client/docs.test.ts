import { readFileSync } from 'node:fs';
import { build } from 'esbuild';
import { describe, expect, it } from 'vitest';

const text = (path: string): string => readFileSync(new URL(path, import.meta.url), 'utf8');

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
