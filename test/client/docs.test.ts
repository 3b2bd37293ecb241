import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import * as http from '../../client/http.ts';
import * as client from '../../client/index.ts';
import * as lambda from '../../client/lambda.ts';
import * as middleware from '../../client/middy.ts';
import * as telemetry from '../../client/opentelemetry.ts';
import * as queue from '../../client/queue.ts';
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
  const names = [client, http, lambda, middleware, queue, telemetry, construct].flatMap((entry) =>
    Object.keys(entry),
  );

  it('is all that the entry points export', () => {
    expect(names).toHaveLength(14);
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
  it.each(['ten-lines.ts', 'without-middy.ts', 'queue.ts', 'traces.ts'])('shows %s as it is', (name) => {
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
    const imports = [...text('snippets/ten-lines.ts').matchAll(/from '([^.'][^']*)'/g)].map(
      ([, name = '']) => name,
    );
    // What the transport is asked for imports the SDK.
    const own = imports.filter((name) => !name.startsWith('@routeguard/'));
    const install =
      /^npm install path\/to\/routeguard-client-\S+\.tgz(.*)$/m.exec(text('../../docs/client.md'))?.[1] ?? '';
    expect(install.trim().split(' ')).toEqual(['@aws-sdk/client-lambda', ...own]);
  });
});
