import { readFileSync } from 'node:fs';
import { Command } from 'commander';
import { type FoundPlace, places as placesShape } from '../../functions/registry/answers.ts';
import { EXIT } from '../exit.ts';
import { UsageError } from '../usage-error.ts';
import { type RegistryClient, type RegistryOptions, withRegistryOptions } from './connection.ts';
import { readAs } from './read-answer.ts';
import { run } from './run.ts';
import { versionArgument } from './stop-commands.ts';

export type { FoundPlace };

interface SearchOptions extends RegistryOptions {
  readonly fact?: string;
  readonly versions?: string;
}

/** `purge search FILE`, `purge search --fact KEY` */
export function purgeSearchCommand(): Command {
  const command = new Command('search')
    .description(
      'look through every item of every table for words, or for a fact as versions have it that are not in force; exit code 3 where they are',
    )
    .argument('[file]', 'a file with the words, never the words themselves; - reads standard input')
    .option('--fact <key>', 'instead of words')
    .option('--versions <from-to>', 'of --fact: only as these versions have it')
    .action((file: string | undefined, options: SearchOptions) =>
      run(options, async (registry) => {
        const places = await everywhere(registry, wanted(file, options));
        if (places.length > 0) process.exitCode = EXIT.refused;
        const words =
          places.length === 0
            ? ['It is in no item of any table.']
            : places.map((place) => placeInWords(place, options));
        return { words, json: { places } };
      }),
    );
  return withRegistryOptions(command);
}

type Wanted =
  | { readonly text: string }
  | { readonly fact: string; readonly from?: number; readonly to?: number };

function wanted(file: string | undefined, { fact, versions }: SearchOptions): Wanted {
  if ((file === undefined) === (fact === undefined))
    throw new UsageError('name a file with the words (- reads standard input), or --fact');
  if (fact !== undefined) return { fact, ...versionsOf(versions) };
  const text = wordsIn(file ?? '');
  if (text.length < 4) throw new UsageError('the words are four characters at least, or they are everywhere');
  return { text };
}

/** One phrase, on one line or on several. */
function wordsIn(file: string): string {
  let bytes: Uint8Array;
  try {
    bytes = readFileSync(file === '-' ? 0 : file);
  } catch {
    throw new UsageError(`${file} cannot be read: name a file with the words, or - for standard input`);
  }
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes).replace(/\r?\n$/, '');
    if (!text.includes('\0')) return text;
  } catch {
    // Another encoding than the tables have: it would be found nowhere.
  }
  throw new UsageError(`${file} is not text in UTF-8: words in another encoding would be found nowhere`);
}

/** `3-7`, `3` */
export function versionsOf(given: string | undefined): { readonly from?: number; readonly to?: number } {
  if (given === undefined) return {};
  const [from = '', to = from, ...more] = given.split('-');
  const range = { from: versionArgument(from), to: versionArgument(to) };
  if (more.length > 0 || range.from > range.to)
    throw new UsageError('--versions is a version, or two of them: 3-7');
  return range;
}

/** Asks until every table was looked through. */
export async function everywhere(registry: RegistryClient, what: Wanted): Promise<readonly FoundPlace[]> {
  const places: FoundPlace[] = [];
  let after: Readonly<Record<string, unknown>> | null = null;
  do {
    const answer = await registry({
      method: 'POST',
      door: '/v1/registry-purge',
      path: 'search',
      body: { ...what, after },
    });
    const { places: more, next } = readAs(placesShape, answer);
    places.push(...more);
    after = next;
  } while (after !== null);
  // The record of a proposal and bytes that are kept for it go together.
  return [...new Map(places.map((place) => [placeName(place), place])).values()];
}

/** Whether a request can name it: a note and a proposal by themselves, everything of facts by `--fact`. */
export function isErasable(table: FoundPlace['table'], what: string): boolean {
  if (table === 'state') return what === 'PROPOSALS' || what === 'JOBS';
  return table === 'objects' && (what === 'law' || what === 'leaf');
}

/** What a request for a fact is about. */
export function factAsVersionsHadIt(fact: string, versions: string | undefined): string {
  return versions === undefined
    ? `${fact} as any version has it that is not in force`
    : `${fact} as ${versions.includes('-') ? 'versions' : 'version'} ${versions} had it`;
}

/** Where something is. */
export function placeName({ table, what, name }: FoundPlace): string {
  return `  ${table}: ${what} ${name}`;
}

/** Where something is, and by which request it goes. */
function placeInWords(place: FoundPlace, asked: Pick<SearchOptions, 'fact' | 'versions'>): string {
  return `${placeName(place)}: ${howToErase(place, asked)}`;
}

function howToErase(
  { table, what, name, versions = [], facts = [] }: FoundPlace,
  asked: Pick<SearchOptions, 'fact' | 'versions'>,
): string {
  if (what === 'note')
    return versions.length === 0
      ? `of no version: \`purge request --object ${name}\``
      : `\`purge request --note-of ${versions[0]}\``;
  if (what === 'PROPOSALS') return `\`purge request --proposal ${name}\``;
  if (what === 'JOBS') return `\`purge request --job ${name}\``;
  if (!isErasable(table, what)) return 'never purged';
  if (asked.fact !== undefined) {
    const only = asked.versions === undefined ? '' : ` --versions ${asked.versions}`;
    return `\`purge request --fact ${asked.fact}${only}\``;
  }
  if (facts.length > 0) return `\`purge request ${facts.map((key) => `--fact ${key}`).join(' ')}\``;
  return '`purge request --fact`, with the key of each fact that says it';
}
