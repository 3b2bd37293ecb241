/** `npm run campaign:clients`: see the usage below. */
import { execFile } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { parseArgs, promisify } from 'node:util';
import { synthesise } from '../../infra/local/assembly.ts';
import { startLocalGuard } from '../../infra/local/local-guard.ts';
import { projectRoot } from '../../infra/project-paths.ts';
import { earlierPermit, VECTORS, type Vector } from '../client/vectors.ts';
import { freePort } from '../local/guard-fixture.ts';
import { exitOf } from './exit.ts';
import { campaign, demandTool, javaLibraries, pythonPackages } from './tools.ts';

const AWS_FOR_JAVA = '2.31.0';
const USAGE = `npm run campaign:clients

The enforcement points of examples/clients, in Python, Go and Java: every vector of client/vectors, and a permit and a denial of the
guard that npm start runs, over HTTP with signatures. Needs Python 3.10 and PyPI, Go 1.24 and its module proxy, Java 17 and Maven.

Exits with 1 where something fails, 2 where it could not be run.`;

const run = promisify(execFile);
const MOST = { maxBuffer: 64 << 20 };

/** How the files of one language are run, in a copy of its folder. */
interface Language {
  readonly name: string;
  readonly vectors: (file: string) => Promise<string>;
  readonly ask: (base: string, marking: string, route: string) => Promise<string>;
}

async function python(folder: string): Promise<Language> {
  const program = join(pythonPackages('pep-python', ['boto3']), 'python');
  const told = async (...args: readonly string[]) =>
    (await run(program, args, { cwd: folder, env: ENV, ...MOST })).stdout;
  return {
    name: 'Python',
    vectors: (file) => told('vectors.py', file),
    ask: (...question) => told('ask.py', ...question),
  };
}

async function go(folder: string): Promise<Language> {
  demandTool('go', ['version'], 'install Go 1.24 or newer', /go1\.(?:2[4-9]|[3-9]\d)/);
  const told = async (args: readonly string[], more = {}) =>
    (await run('go', args, { cwd: folder, env: { ...ENV, ...more }, ...MOST })).stdout;
  return {
    name: 'Go',
    vectors: (file) => told(['test', '-count=1', '-v', '-run', 'Vectors', '.'], { VECTORS: file }),
    ask: (...question) => told(['run', './ask', ...question]),
  };
}

async function java(folder: string): Promise<Language> {
  const libraries = javaLibraries('software.amazon.awssdk', 'http-auth-aws', AWS_FOR_JAVA);
  const classes = ['-cp', [join(libraries, '*'), '.'].join(delimiter)];
  await run('javac', [...classes, 'RouteGuard.java', 'Vectors.java', 'Ask.java'], { cwd: folder });
  const told = async (...args: readonly string[]) =>
    (await run('java', [...classes, ...args], { cwd: folder, env: ENV, ...MOST })).stdout;
  return {
    name: 'Java',
    vectors: (file) => told('Vectors', file),
    ask: (...question) => told('Ask', ...question),
  };
}

const LANGUAGES = { python, go, java } as const;

/** The well-known caller of the local guard; whatever else a compiler needs is this process's. */
const ENV = {
  ...process.env,
  AWS_ACCESS_KEY_ID: 'LOCALCALLER',
  AWS_SECRET_ACCESS_KEY: 'local-only-caller',
};

/** Every reply as text, and the permit that is acted on before. */
function writtenVectors(file: string): void {
  const written = VECTORS.map((vector) => {
    const { reply, timing } = vector;
    const earlier = earlierPermit(timing.sentAt, 'earlier');
    if (earlier.kind !== 'answered') throw new Error('a permit is an answer');
    const { answer, ...rest } = reply;
    return {
      ...vector,
      reply: reply.failure === undefined ? { ...rest, text: reply.text ?? JSON.stringify(answer) } : rest,
      earlier: JSON.parse(earlier.text),
    };
  });
  writeFileSync(file, JSON.stringify(written));
}

function disagreements(said: string): readonly string[] {
  const told = new Map<string, Vector['expect']>();
  for (const line of said.split('\n')) {
    if (!line.startsWith('{')) continue;
    const { name, ...came } = JSON.parse(line);
    told.set(name, came);
  }
  return VECTORS.flatMap(({ name, expect }) => {
    const came = told.get(name);
    const agrees =
      came !== undefined &&
      (['send', 'kind', 'cause', 'retry'] as const).every((member) => came[member] === expect[member]);
    return agrees ? [] : [`${name}: ${JSON.stringify(came)} and not ${JSON.stringify(expect)}`];
  });
}

const QUESTIONS = [
  ['SECRET//REL TO USA, GBR', /^send\n$/],
  ['TOP SECRET//SI//NOFORN', /^do not send: denied .*[A-Z_]{4,}/],
  ['NOT A MARKING', /^do not send: denied .*MARKING_/],
] as const;

async function main(): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'routeguard-campaign-clients-'));
  const failures: string[] = [];
  const port = await freePort();
  const guard = await startLocalGuard({
    ...{ port, data: undefined, environment: {}, report: console.error, log: () => {} },
    signal: new AbortController().signal,
    synthesise: () => synthesise('dev'),
  });
  try {
    const file = join(folder, 'vectors.json');
    writtenVectors(file);
    for (const [name, made] of Object.entries(LANGUAGES)) {
      const place = join(folder, name);
      cpSync(join(projectRoot, 'examples/clients', name), place, { recursive: true });
      const language = await made(place);
      const wrong = disagreements(await language.vectors(file));
      console.info(`${language.name}: ${VECTORS.length - wrong.length} of ${VECTORS.length} vectors`);
      failures.push(...wrong.map((each) => `${language.name}: ${each}`));
      for (const [marking, expected] of QUESTIONS) {
        const said = await language.ask(`http://127.0.0.1:${port}`, marking, 'sms-gb-primary');
        console.info(`  ${said.trim()}`);
        if (!expected.test(said)) failures.push(`${language.name}: ${marking}: ${said}`);
      }
    }
  } finally {
    await guard.stop();
    rmSync(folder, { recursive: true, force: true });
  }
  for (const failure of failures) console.error(`FAILED: ${failure}`);
  console.info(failures.length === 0 ? 'All of them agree.' : `${failures.length} failures.`);
  return exitOf(failures);
}

const { values } = parseArgs({ options: { help: { type: 'boolean' } } });
if (values.help) console.info(USAGE);
else process.exit(await campaign(main));
