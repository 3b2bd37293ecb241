import { EXIT } from '../exit.ts';
import { complain, say, sayJson, sayWrapped } from '../terminal.ts';
import { connect, type RegistryClient, type RegistryOptions } from './connection.ts';
import { RegistryRefusedError, RegistryUnavailableError } from './errors.ts';
import { refusalInWords } from './refusal-words.ts';
import { type PersonSigner, personSigner } from './signing.ts';
import { type Tables, tablesOf } from './tables.ts';

/** What a command does once connected: the lines for a person, and what `--json` prints instead. */
export interface CommandOutcome {
  readonly words: readonly string[];
  /** Broken where they are wider than the screen. */
  readonly wraps?: true;
  readonly json: unknown;
  /** The exit code, where it is done and yet not 0. */
  readonly exit?: number | undefined;
}

/** Progress goes to standard error, so that standard output stays the answer. */
export function progress(line: string): void {
  complain(line);
}

/** What a held registry shows of itself nobody has judged: that is said beside it, once. */
function sayingHeld(registry: RegistryClient): RegistryClient {
  let said = false;
  return async (ask) => {
    const answer = await registry(ask);
    const { held } = answer;
    if (typeof held === 'string' && !said) {
      said = true;
      progress(`HELD (${held}): nobody has judged what is shown, and nothing is permitted by it`);
    }
    return answer;
  };
}

/** The proposal that a command asks about: what it is told to do next names it. */
interface About {
  proposal?: string;
}

function noting(about: About, registry: RegistryClient): RegistryClient {
  return async (ask) => {
    const id = /^proposals\/([^/]+)/.exec(ask.path)?.[1];
    if (id !== undefined) about.proposal = decodeURIComponent(id);
    return registry(ask);
  };
}

/** Runs a command against the registry and sets the exit code: 0 done, 3 refused, 4 unavailable. */
export async function run(
  options: RegistryOptions,
  work: (registry: RegistryClient) => Promise<CommandOutcome>,
): Promise<void> {
  const about: About = {};
  const registry = noting(about, sayingHeld(connect(options)));
  return ended(options, () => work(registry), about);
}

/** The same for a command that signs: without a key nothing is asked. */
export async function runSigning(
  options: RegistryOptions,
  work: (
    registry: RegistryClient,
    signer: PersonSigner,
    tables: Tables | undefined,
  ) => Promise<CommandOutcome>,
): Promise<void> {
  const about: About = {};
  const registry = noting(about, sayingHeld(connect(options)));
  const tables = tablesOf(options);
  return ended(
    options,
    async () => work(registry, await personSigner(options, registry, tables), tables),
    about,
  );
}

/** Prints what came of it, or why nothing did. */
export async function ended(
  options: Pick<RegistryOptions, 'json'>,
  work: () => Promise<CommandOutcome>,
  about: About = {},
): Promise<void> {
  try {
    const { words, wraps, json, exit } = await work();
    if (exit !== undefined) process.exitCode = exit;
    if (options.json) sayJson(json);
    else if (wraps) sayWrapped(words);
    else say(words);
  } catch (error) {
    if (error instanceof RegistryRefusedError) {
      if (options.json) sayJson({ error: error.error });
      else for (const line of refusalInWords(error.error, about.proposal)) complain(line);
      process.exitCode = EXIT.refused;
    } else if (error instanceof RegistryUnavailableError) {
      if (options.json) sayJson({ error: { code: 'UNAVAILABLE', message: error.message } });
      else complain(error.message);
      process.exitCode = EXIT.unavailable;
    } else throw error;
  }
}
