/** `@routeguard/client` as it is released: installed in an empty folder, run by Node, bundled, and read by type checkers. */
import { execFile } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { checkPackage, createPackageFromTarballData } from '@arethetypeswrong/core';
import { build, type Format } from 'esbuild';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { settleModes } from '../../infra/packaging/release-files.ts';
import { packFolder } from '../../infra/packaging/tarballs.ts';
import { projectRoot } from '../../infra/project-paths.ts';
import { type InstalledClient, installedClient } from './built-package.ts';
import { type LoopbackServer, loopbackServer } from './loopback-server.ts';
import { boundReply, earlierPermit, REQUEST } from './vectors.ts';

const ENTRIES = ['index', 'lambda', 'http', 'middy', 'queue', 'opentelemetry'];
const entryName = (entry: string) => `@routeguard/client${entry === 'index' ? '' : `/${entry}`}`;

let guard: LoopbackServer;
/** Of a service that brings what the peers are. */
let service: InstalledClient;
/** Of a service that brings nothing at all. */
let bare: InstalledClient;
beforeAll(async () => {
  guard = await loopbackServer((heard, response) => {
    const permit = earlierPermit(new Date().toISOString(), `e-${guard.heard.length}`);
    const reply = boundReply(heard.body, permit);
    response.writeHead(heard.headers.authorization === undefined ? 403 : 200);
    response.end(reply.kind === 'answered' ? reply.text : '');
  });
  const environment = () => ({
    AWS_ENDPOINT_URL_LAMBDA: guard.url,
    AWS_REGION: 'eu-west-2',
    AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE',
    AWS_SECRET_ACCESS_KEY: 'example-secret',
  });
  service = await installedClient(['@aws-sdk', '@middy', '@opentelemetry', '@types'], environment);
  bare = await installedClient([], environment);
}, 60_000);
afterAll(async () => {
  await guard.close();
  for (const each of [service, bare]) each.remove();
});

const asks = (transport: string) => `
  new RouteGuard({ transport: ${transport} }).decide(${JSON.stringify(REQUEST)})
    .then(({ kind, cause }) => console.log(kind, cause));`;
const LAMBDA = asks("lambdaTransport({ functionName: 'decide' })");
const HTTP = asks("httpTransport({ baseUrl: process.env.AWS_ENDPOINT_URL_LAMBDA, region: 'eu-west-2' })");
const imported = (names: string, entry: string) => `import { ${names} } from '${entryName(entry)}';\n`;
const required = (names: string, entry: string) => `const { ${names} } = require('${entryName(entry)}');\n`;

describe.each([
  ['an ES module', 'mjs', imported],
  ['CommonJS', 'cjs', required],
] as const)('in %s', { timeout: 60_000 }, (_, extension, from) => {
  it('asks by direct invocation, beside the SDK', async () => {
    const text = from('RouteGuard', 'index') + from('lambdaTransport', 'lambda') + LAMBDA;
    expect(await service.printed(`lambda.${extension}`, text)).toBe('permit undefined\n');
  });

  it('asks over HTTP where nothing else is installed', async () => {
    const text = from('RouteGuard', 'index') + from('httpTransport', 'http') + HTTP;
    expect(await bare.printed(`http.${extension}`, text)).toBe('permit undefined\n');
  });

  it.each(ENTRIES)('%s loads, and has what its declarations have', async (entry) => {
    const text =
      extension === 'mjs'
        ? `import * as all from '${entryName(entry)}';\n`
        : `const all = require('${entryName(entry)}');\n`;
    const declared = readFileSync(
      join(service.client, `dist/${entry}.d.${extension === 'mjs' ? 'mts' : 'cts'}`),
      'utf8',
    );
    const values = [...declared.matchAll(/export declare (?:class|function|const) (\w+)/g)].map(([, n]) => n);
    const shared = [...declared.matchAll(/export \{([^}]*)\}/g)].flatMap(([, names = '']) =>
      names.split(',').flatMap((name) => /^\s*(?!type )(?:\w+ as )?(\w+)\s*$/.exec(name)?.[1] ?? []),
    );
    const print = 'console.log(JSON.stringify(Object.keys(all).sort()))';
    expect(JSON.parse(await service.printed(`keys-${entry}.${extension}`, text + print))).toEqual(
      [...values, ...shared].sort(),
    );
  });
});

describe.each<Format>(['esm', 'cjs'])('bundled as %s', { timeout: 60_000 }, (format) => {
  it('protects the function of the ten lines', async () => {
    const extension = format === 'esm' ? 'mjs' : 'cjs';
    await build({
      entryPoints: [join(projectRoot, 'test/client/snippets/ten-lines.ts')],
      outfile: join(service.folder, `ten-lines.${extension}`),
      bundle: true,
      platform: 'node',
      format,
      mainFields: format === 'esm' ? ['module', 'main'] : ['main', 'module'],
      // As it is installed, and not as it lies in the checkout.
      alias: Object.fromEntries(
        ENTRIES.toReversed().map((entry) => [entryName(entry), join(service.client, `dist/${entry}.mjs`)]),
      ),
    });
    const call = `import * as bundle from './ten-lines.${extension}';
      console.log(await bundle.handler({ id: 'm-1', marking: 'SECRET//NOFORN', text: 'hello', to: '+447700900000' }, {}));`;
    expect(await service.printed(`call-${format}.mjs`, call)).toBe('m-1\n');
  });
});

/** Lines that a strict compiler takes, and lines that it must not: a type that is `any` would take them all. */
const STRICT = `
import { RouteGuard, type RouteResult } from '@routeguard/client';
import { httpTransport } from '@routeguard/client/http';
import { lambdaTransport } from '@routeguard/client/lambda';
import { requireRoute } from '@routeguard/client/middy';
import { openTelemetry } from '@routeguard/client/opentelemetry';
import { Dispatcher } from '@routeguard/client/queue';

const overHttp = httpTransport({ baseUrl: 'https://guard.example/prod', region: 'eu-west-2' });
const guard = new RouteGuard({ transport: overHttp, observe: openTelemetry() });
export const direct = new RouteGuard({ transport: lambdaTransport({ functionName: 'decide' }) });
const path = () => ({ route: 'sms-gb' });
const message = ({ id, marking }: { id: string; marking: string }) => ({ id, marking });
export const middleware = requireRoute({ guard, message, path });
const read = (text: string): { id: string; marking: string } => JSON.parse(text);
export const dispatcher = new Dispatcher({ guard, read, message, path, send: async () => {}, park: async () => {} });
export const result: Promise<RouteResult> = guard.decide({ message: message({ id: 'm', marking: 'U' }), path: path() });
// @ts-expect-error: a result is no text
export const text: Promise<string> = result;
// @ts-expect-error: a guard needs a transport
new RouteGuard({});
// @ts-expect-error: a function has a name
lambdaTransport({ functionName: 7 });
// @ts-expect-error: a middleware needs a path
requireRoute({ guard, message });
// @ts-expect-error: a dispatcher needs somewhere to park
new Dispatcher({ guard, read, message, path, send: async () => {} });
`;

/** What a service really passes: the SDK's client, and middy's function. */
const WITH_PEERS = `
import { LambdaClient } from '@aws-sdk/client-lambda';
import middy from '@middy/core';
import type { Context, SQSHandler, KinesisStreamHandler, SNSHandler } from 'aws-lambda';
import { RouteGuard } from '@routeguard/client';
import { lambdaTransport } from '@routeguard/client/lambda';
import { requireRoute } from '@routeguard/client/middy';
import { Dispatcher } from '@routeguard/client/queue';

interface Sms { readonly id: string; readonly marking: string }
const client = new LambdaClient({ maxAttempts: 1 });
const guard = new RouteGuard({ transport: lambdaTransport({ functionName: 'decide', client }) });
const message = (sms: Sms) => ({ id: sms.id, marking: sms.marking });
const path = (_: Sms, context: Context) => ({ route: context.functionName });
export const handler = middy()
  .use(requireRoute<Sms>({ guard, message, path }))
  .handler(async (event: Sms, context) => \`\${event.id} \${context.routeguard.evaluationId.toUpperCase()}\`);
const read = (text: string): Sms => JSON.parse(text);
const dispatcher = new Dispatcher({ guard, read, message, path: () => ({ route: 'r' }), send: async () => {}, park: async () => {} });
export const sqs: SQSHandler = dispatcher.sqs;
export const kinesis: KinesisStreamHandler = dispatcher.kinesis;
export const sns: SNSHandler = dispatcher.sns;
`;

/** What the compiler has to say, without colours. */
async function compilerSays(where: InstalledClient, file: string, options: object): Promise<string> {
  const config = join(where.folder, `${file}.json`);
  const compilerOptions = {
    strict: true,
    noEmit: true,
    target: 'es2022',
    lib: ['es2022', 'dom'],
    ...options,
  };
  writeFileSync(config, JSON.stringify({ compilerOptions, files: [file] }));
  const tsc = join(projectRoot, 'node_modules/typescript/bin/tsc');
  try {
    await promisify(execFile)(process.execPath, [tsc, '-p', config], { cwd: where.folder });
    return '';
  } catch (error) {
    return String((error as { readonly stdout?: unknown }).stdout ?? error);
  }
}

describe('its types', { timeout: 120_000 }, () => {
  const modes = [
    ['node16', { module: 'node16' }],
    ['nodenext', { module: 'nodenext' }],
    ['bundler', { module: 'esnext', moduleResolution: 'bundler' }],
  ] as const;
  const files = ['strict.mts', 'strict.cts'];

  it.each(modes.flatMap(([name, options]) => files.map((file) => [name, file, options] as const)))(
    'hold under %s in %s, where no other package is, library files checked too',
    async (_, file, options) => {
      writeFileSync(join(bare.folder, file), STRICT);
      expect(await compilerSays(bare, file, { ...options, types: [], skipLibCheck: false })).toBe('');
    },
  );

  it.each(modes)('take the SDK’s client and middy’s function under %s', async (_, options) => {
    writeFileSync(join(service.folder, 'peers.mts'), WITH_PEERS);
    expect(await compilerSays(service, 'peers.mts', { ...options, skipLibCheck: true })).toBe('');
  });

  it.each(['queue.ts', 'without-middy.ts', 'traces.ts'])(
    'let a service that is a library declare what docs/client.md shows: %s',
    async (name) => {
      for (const file of [name, 'sms.ts'])
        writeFileSync(
          join(service.folder, file.replace('.ts', '.mts')),
          readFileSync(join(projectRoot, 'test/client/snippets', file), 'utf8').replaceAll(
            "'./sms.ts'",
            "'./sms.mjs'",
          ),
        );
      const options = {
        module: 'nodenext',
        declaration: true,
        noEmit: false,
        outDir: 'declared',
        skipLibCheck: true,
      };
      expect(await compilerSays(service, name.replace('.ts', '.mts'), options)).toBe('');
    },
  );

  it('name no other package', () => {
    const declarations = readdirSync(join(service.client, 'dist')).filter((file) =>
      /\.d\.[cm]ts$/.test(file),
    );
    expect(declarations.length).toBeGreaterThan(ENTRIES.length * 2);
    const foreign = declarations.flatMap((file) => [
      ...readFileSync(join(service.client, 'dist', file), 'utf8').matchAll(
        /^(?:import|export) .* from "(?!\.\/).*$/gm,
      ),
      ...readFileSync(join(service.client, 'dist', file), 'utf8').matchAll(
        /import\("(?!\.\/)[^"]*"\)|reference types/g,
      ),
    ]);
    expect(foreign).toEqual([]);
  });

  it('are what its JavaScript is, for every way to resolve them', async () => {
    const tarball = join(service.folder, 'client.tgz');
    settleModes(service.client);
    await packFolder(service.client, tarball);
    const result = await checkPackage(createPackageFromTarballData(readFileSync(tarball)));
    // A resolver of before 2022, which reads no exports and finds the first entry alone.
    const problems = 'problems' in result ? result.problems : [result];
    expect(
      problems.filter((each) => !('resolutionKind' in each && each.resolutionKind === 'node10')),
    ).toEqual([]);
  });
});

describe('what it is made of', () => {
  it('is a package that publint finds nothing in', async () => {
    const { messages, pkg } = await publint({ pkgDir: service.client, strict: true, pack: false });
    expect(messages.map((message) => formatMessage(message, pkg))).toEqual([]);
  });

  it('says what it is, whose it is and what is bundled', () => {
    const read = (file: string) => readFileSync(join(service.client, file), 'utf8');
    expect(readdirSync(service.client).sort()).toEqual(
      ['CHANGELOG.md', 'LICENSE', 'NOTICE', 'README.md', 'dist', 'package.json'].sort(),
    );
    expect(read('NOTICE')).toContain('aws4fetch@');
    const manifest = JSON.parse(read('package.json'));
    expect(Object.keys(manifest)).not.toContain('devDependencies');
    expect(Object.keys(manifest)).not.toContain('dependencies');
    expect(Object.keys(manifest.peerDependencies)).toEqual(Object.keys(manifest.peerDependenciesMeta));
  });

  it.each([
    ['the client alone', ['index'], 15_000],
    ['with direct invocation', ['index', 'lambda'], 16_500],
    ['with direct invocation, behind middy', ['index', 'lambda', 'middy'], 18_000],
    ['with direct invocation, behind a queue', ['index', 'lambda', 'queue'], 21_500],
    ['over HTTP, the signer in it', ['index', 'http'], 24_000],
  ])('%s is as small as docs/client.md says', async (what, entries, most) => {
    const { outputFiles } = await build({
      stdin: {
        contents: entries.map((entry) => `export * from './dist/${entry}.mjs';`).join('\n'),
        resolveDir: service.client,
      },
      ...{ bundle: true, minify: true, write: false, format: 'esm', platform: 'node', packages: 'external' },
    });
    const bytes = outputFiles?.[0]?.contents.byteLength ?? Number.POSITIVE_INFINITY;
    expect(bytes).toBeLessThan(most);
    const page = readFileSync(join(projectRoot, 'docs/client.md'), 'utf8');
    expect(page).toContain(`| ${what} | ${(bytes / 1_000).toFixed(1)} KB |`);
  });

  it('has nothing of the guard in it', async () => {
    const { metafile } = await build({
      entryPoints: ENTRIES.map((entry) => join(projectRoot, `client/${entry}.ts`)),
      ...{ absWorkingDir: projectRoot, outdir: 'out', bundle: true, write: false, metafile: true },
      ...{ format: 'esm', platform: 'node', packages: 'external' },
    });
    expect(Object.keys(metafile.inputs).filter((path) => !path.startsWith('client/'))).toEqual([]);
  });
});
