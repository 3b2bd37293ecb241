/**
 * Programs that a campaign needs and the project does not: looked for on this machine, and packages for them installed into a
 * folder of their own below the temporary one, once a version.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** This machine lacks something; the message says what, and where it comes from. */
class MissingToolError extends Error {
  override readonly name = 'MissingToolError';
}

/** Runs a program that must be there. @throws MissingToolError */
export function demandTool(program: string, args: readonly string[], need: string, version = /./): void {
  const { error, stdout, stderr } = spawnSync(program, args, { encoding: 'utf8' });
  const said = `${stdout ?? ''}${stderr ?? ''}`;
  if (error !== undefined) throw new MissingToolError(`${program} is not here: ${need}`);
  if (!version.test(said))
    throw new MissingToolError(`${program} is too old (${said.split('\n')[0]}): ${need}`);
}

/** A folder that holds what `install` put there, the first time. */
function installed(name: string, install: (folder: string) => void): string {
  const folder = join(tmpdir(), 'routeguard-campaigns', name);
  const done = join(folder, '.installed');
  if (existsSync(done)) return folder;
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  console.info(`Installing ${name} into ${folder}`);
  install(folder);
  writeFileSync(done, '');
  return folder;
}

function run(program: string, args: readonly string[], cwd: string): void {
  const { status, stdout, stderr } = spawnSync(program, args, { cwd, encoding: 'utf8', maxBuffer: 64 << 20 });
  if (status !== 0)
    throw new MissingToolError(
      `${program} ${args.join(' ')} ended with ${status}:\n${`${stdout}${stderr}`.split('\n').slice(-15).join('\n')}`,
    );
}

/** The folder of the programs of a Python package and its requirements. */
export function pythonPackages(name: string, requirements: readonly string[]): string {
  demandTool('python3', ['--version'], 'install Python 3.10 or newer', /Python 3\.(?:1\d|[2-9]\d)/);
  const folder = installed(name, (where) => {
    run('python3', ['-m', 'venv', 'env'], where);
    run(join(where, 'env/bin/pip'), ['install', '--quiet', ...requirements], where);
  });
  return join(folder, 'env/bin');
}

/** The folder of the archives of a Maven artefact and its dependencies. */
export function javaLibraries(group: string, artefact: string, version: string): string {
  demandTool('java', ['-version'], 'install Java 17 or newer', /version "(?:1[7-9]|[2-9]\d)/);
  demandTool('mvn', ['--version'], 'install Maven, which fetches it');
  const folder = installed(`${artefact}-${version}`, (where) => {
    const dependency = `<dependency><groupId>${group}</groupId><artifactId>${artefact}</artifactId><version>${version}</version></dependency>`;
    writeFileSync(
      join(where, 'pom.xml'),
      `<project><modelVersion>4.0.0</modelVersion><groupId>routeguard</groupId><artifactId>campaign</artifactId><version>1</version><packaging>pom</packaging><dependencies>${dependency}</dependencies></project>`,
    );
    run('mvn', ['-q', '-B', 'dependency:copy-dependencies', '-DoutputDirectory=lib'], where);
  });
  return join(folder, 'lib');
}

/** The folder of npm packages. */
export function npmPackages(name: string, packages: readonly string[]): string {
  const folder = installed(name, (where) => {
    writeFileSync(join(where, 'package.json'), '{"private":true}');
    run('npm', ['install', '--silent', '--no-audit', ...packages], where);
  });
  return join(folder, 'node_modules');
}

/** Runs a campaign: 2 where this machine lacks what it needs, which is neither passed nor failed. */
export async function campaign(work: () => Promise<number>): Promise<number> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof MissingToolError)) throw error;
    console.error(`NOT RUN: ${error.message}`);
    return 2;
  }
}
