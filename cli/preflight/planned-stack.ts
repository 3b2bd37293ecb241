/** The stack to be deployed: its template, from a file, a synthesised app or the app itself. */
import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import type { Names } from '../../infra/local/intrinsics.ts';
import { isObject, type Properties, type Template } from '../../infra/local/template.ts';
import { projectRoot } from '../../infra/project-paths.ts';
import type { Stage } from '../../infra/stage.ts';
import { UsageError } from '../usage-error.ts';

/** A template as CloudFormation reads it, as far as somebody looks at it before it does. */
export interface PlannedTemplate extends Template {
  readonly Parameters?: Readonly<Record<string, Properties>>;
  readonly Rules?: Readonly<Record<string, Properties>>;
  readonly Outputs?: Properties;
}

export interface PlannedStack {
  readonly name: string;
  readonly template: PlannedTemplate;
  /** In bytes, as it is written. */
  readonly size: number;
}

const ENDING = '.template.json';

/**
 * @param where a template, or a folder that `cdk synth` wrote
 * @param stackName which of several, or what the stack of a template will be called
 * @throws UsageError for what is none
 */
export function readPlanned(where: string, stackName?: string): PlannedStack {
  if (!existsSync(where))
    throw new UsageError(`${where} is not there: name a template, or the folder that cdk synth wrote`);
  if (!statSync(where).isDirectory())
    return readTemplate(where, stackName ?? basename(where).replace(/(?:\.template)?\.json$/, ''));
  const names = readdirSync(where)
    .filter((name) => name.endsWith(ENDING))
    .map((name) => name.slice(0, -ENDING.length));
  const found = stackName ?? (names.length === 1 ? names[0] : undefined);
  if (found === undefined || !names.includes(found))
    throw new UsageError(
      names.length === 0
        ? `${where} holds no template: run cdk synth first`
        : `--stack says which of ${names.join(', ')}`,
    );
  return readTemplate(join(where, found + ENDING), found);
}

function readTemplate(file: string, name: string): PlannedStack {
  const text = readFileSync(file, 'utf8');
  let template: unknown;
  try {
    template = JSON.parse(text);
  } catch {
    throw new UsageError(`${file} is not JSON`);
  }
  if (!isTemplate(template))
    throw new UsageError(`${file} is no CloudFormation template: it has no Resources`);
  return { name, template, size: Buffer.byteLength(text) };
}

function isTemplate(value: unknown): value is PlannedTemplate {
  if (!isObject(value) || !isObject(value['Resources'])) return false;
  return Object.values(value['Resources']).every(
    (each) =>
      isObject(each) &&
      typeof each['Type'] === 'string' &&
      (each['Properties'] === undefined || isObject(each['Properties'])),
  );
}

/**
 * Synthesises a stage as `cdk deploy` would, its rules and `cdk.context.json` included.
 *
 * @param founderKeys as `-c founderKeys=…`
 * @param told what else `cdk deploy` will be given by `-c`, each as `NAME=VALUE`
 * @throws UsageError outside a checkout, and where the synth fails, with its words
 */
export async function synthesisePlanned(
  stage: Stage,
  founderKeys: string | undefined,
  told: readonly string[],
): Promise<PlannedStack> {
  const commands = join(projectRoot, 'node_modules/.bin');
  const cdk = join(commands, 'cdk');
  if (!existsSync(join(projectRoot, 'infra/app.ts')) || !existsSync(cdk))
    throw new UsageError(
      '--stage synthesises the app of a checkout: here name the folder that cdk synth wrote, or a template',
    );
  const outdir = mkdtempSync(join(tmpdir(), 'routeguard-preflight-'));
  try {
    const given = founderKeys === undefined ? told : [`founderKeys=${founderKeys}`, ...told];
    const context = given.flatMap((each) => ['-c', each]);
    await promisify(execFile)(cdk, ['synth', '--quiet', '-o', outdir, '-c', `stage=${stage}`, ...context], {
      cwd: projectRoot,
      // As npx does: the app is run by the Node that the project brings.
      env: { ...process.env, PATH: `${commands}${delimiter}${process.env['PATH'] ?? ''}` },
      maxBuffer: 64 * 1024 * 1024,
    });
    return readPlanned(outdir, `Routeguard-${stage}`);
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw new UsageError(`the synth of ${stage} fails: ${lastWords(error)}`);
  } finally {
    rmSync(outdir, { recursive: true, force: true });
  }
}

/** What a program says last is seldom why: the first line that names an error is. */
function lastWords(error: unknown): string {
  const said = isObject(error) && typeof error['stderr'] === 'string' ? error['stderr'] : String(error);
  const lines = said.split('\n').map((line) => line.trim());
  return (
    lines.find((line) => /Error: /.test(line))?.replace(/^.*?Error: /, '') ??
    lines.find((line) => line !== '') ??
    'it says nothing'
  );
}

/** Who deploys where: what pseudo parameters stand for. */
export interface DeployPlace {
  readonly account: string;
  readonly partition: string;
  readonly region: string;
  readonly suffix: string;
}

/** What is known of names before anything is made: the place, and the stack's own. */
export function plannedNames(
  stack: PlannedStack,
  { account, partition, region, suffix }: DeployPlace,
): Names {
  return {
    pseudo: {
      'AWS::AccountId': account,
      'AWS::Partition': partition,
      'AWS::Region': region,
      'AWS::StackName': stack.name,
      'AWS::URLSuffix': suffix,
    },
    ref: () => undefined,
    attribute: () => undefined,
  };
}
