/**
 * Which guard a command asks, and as whom: said by an option, else by the environment, else by the person's own file. What
 * nearer says of one thing, nothing further away says otherwise; what nobody says is the guard on this machine.
 */
import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';
import type { Command } from 'commander';
import { suggesting } from '../functions/core/nearest.ts';
import { doorAt, LOCAL_URL, type SignedDoor } from './http-signing.ts';
import { DataFileError, parseText, readText } from './read-json-file.ts';
import { UsageError } from './usage-error.ts';

/** What can be said of the guard. A variable of this project is never empty: one that is was meant to be something. */
const VARIABLES = {
  url: ['ROUTEGUARD_URL'],
  function: ['ROUTEGUARD_FUNCTION'],
  region: ['AWS_REGION', 'AWS_DEFAULT_REGION'],
  profile: ['AWS_PROFILE'],
} as const;

type Setting = keyof typeof VARIABLES;
const SETTINGS = Object.keys(VARIABLES) as readonly Setting[];

export interface WhichGuard {
  readonly url?: string;
  readonly function?: string;
  readonly region?: string;
  readonly profile?: string;
  readonly config?: string;
}

/** The same words in every command that asks a guard or its registry. */
export function withWhichGuard(command: Command): Command {
  const named = command
    .option('--url <url>', `the guard's HTTP door (default ROUTEGUARD_URL, or ${LOCAL_URL})`)
    .option(
      '--function <name>',
      'name or ARN of its function, for decide and timeline (default ROUTEGUARD_FUNCTION)',
    );
  return withAwsPlace(named);
}

/** Of every command that asks AWS. */
export function withAwsPlace(command: Command): Command {
  return command
    .option('--region <region>', 'its AWS Region (default AWS_REGION, or the profile’s)')
    .option('--profile <name>', 'the AWS profile to ask with (default AWS_PROFILE)')
    .option('--config <file>', `all of that in a file (default ${shownFile()})`);
}

interface Said {
  readonly value: string;
  /** Who says it, as a sentence about it begins. */
  readonly by: string;
}

type Sayings = { readonly [S in Setting]?: Said };

function inOptions(options: WhichGuard): Sayings {
  return sayings((setting) => ({ value: options[setting], by: `--${setting}` }));
}

function inEnvironment(env: NodeJS.ProcessEnv): Sayings {
  return sayings((setting) => {
    const own = setting === 'url' || setting === 'function';
    const by = VARIABLES[setting].find((name) => (own ? env[name] !== undefined : env[name]));
    return { value: by === undefined ? undefined : env[by], by: by ?? '' };
  });
}

/** In the person's own folder and nowhere else: a folder that others write to would say where markings are sent. */
function ownFile(env: NodeJS.ProcessEnv): string {
  const { XDG_CONFIG_HOME: own = '' } = env;
  return join(isAbsolute(own) ? own : join(homedir(), '.config'), 'routeguard', 'config.json');
}

function shownFile(): string {
  return '~/.config/routeguard/config.json';
}

/** @throws UsageError for a file that cannot be read, or says something that nobody would heed */
function inFile(named: string | undefined, env: NodeJS.ProcessEnv): Sayings {
  const file = named ?? ownFile(env);
  const members = membersOf(file, named === undefined);
  for (const name of Object.keys(members))
    if (!(SETTINGS as readonly string[]).includes(name))
      throw new UsageError(suggesting(`${file}: unknown member ${name}`, name, SETTINGS));
  return sayings((setting) => {
    const value = members[setting];
    if (value !== undefined && typeof value !== 'string')
      throw new UsageError(`${file}: ${setting} is not a text`);
    return { value, by: `${setting} in ${file}` };
  });
}

function membersOf(file: string, mayLack: boolean): Readonly<Record<string, unknown>> {
  try {
    const value = parseText(readText(file), file);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return { ...value };
  } catch (error) {
    if (!(error instanceof DataFileError)) throw error;
    if (mayLack && error.message.endsWith('(ENOENT)')) return {};
    throw new UsageError(error.message);
  }
  throw new UsageError(`${file}: not a JSON object with some of ${SETTINGS.join(', ')}`);
}

function sayings(
  of: (setting: Setting) => { readonly value: string | undefined; readonly by: string },
): Sayings {
  const found = SETTINGS.flatMap((setting) => {
    const { value, by } = of(setting);
    if (value === '') throw new UsageError(`${by} is empty: write what it names, or leave it out`);
    return value === undefined ? [] : [[setting, { value, by }] as const];
  });
  return Object.fromEntries(found);
}

function all(options: WhichGuard, env: NodeJS.ProcessEnv): readonly Sayings[] {
  return [inOptions(options), inEnvironment(env), inFile(options.config, env)];
}

/** As whom AWS is asked, and where. */
export interface AwsPlace {
  readonly region?: string;
  readonly profile?: string;
}

/** @throws UsageError */
export function awsPlace(options: WhichGuard, env = process.env): AwsPlace {
  const [given, environment, file] = all(options, env);
  // Keys in the environment are nearer than a profile in a file.
  const profile =
    given?.profile ?? environment?.profile ?? (env['AWS_ACCESS_KEY_ID'] ? undefined : file?.profile);
  const region = given?.region ?? environment?.region ?? file?.region;
  return {
    ...(region !== undefined && { region: region.value }),
    ...(profile !== undefined && { profile: profile.value }),
  };
}

/** The door of the guard. @throws UsageError also where a function is named and no door: it is not asked over HTTP */
export function guardDoor(options: WhichGuard, env = process.env): SignedDoor {
  const everything = all(options, env);
  const url = everything.find((each) => each.url !== undefined)?.url;
  const named = everything.find((each) => each.function !== undefined)?.function;
  if (named !== undefined && (url === undefined || options.function !== undefined))
    throw new UsageError(
      `${named.by} names a function, and this command asks the guard's HTTP door: say --url`,
    );
  return doorAt(url?.value, url?.by);
}

/** The door of the guard, or the name of its function, whichever is said nearer; of one file or environment the function. */
export function guardOrFunction(options: WhichGuard, env = process.env): SignedDoor | string {
  if (options.url !== undefined && options.function !== undefined)
    throw new UsageError('give either --url or --function');
  const nearest = all(options, env).find((each) => (each.url ?? each.function) !== undefined);
  return nearest?.function?.value ?? doorAt(nearest?.url?.value, nearest?.url?.by);
}
