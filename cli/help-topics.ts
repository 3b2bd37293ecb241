/** What `routeguard help TOPIC` says that belongs to no one command. */
import { Command } from 'commander';
import { EXIT_CODES } from './exit.ts';
import { sayWrapped, wrapped } from './terminal.ts';

/** As the parser breaks help where nothing says how wide the screen is. */
const WIDTH = 80;

interface Topic {
  readonly about: string;
  readonly lines: () => readonly string[];
}

const TOPICS: Readonly<Record<string, Topic>> = {
  'exit-codes': {
    about: 'what the exit codes say, in every command',
    lines: () => EXIT_CODES.map(([code, what]) => `${code}  ${what}`),
  },
};

/** Commands, because that is what the parser looks for behind `help`; `routeguard exit-codes` says the same. */
export function helpTopics(): readonly Command[] {
  return Object.entries(TOPICS).map(([name, { about, lines }]) =>
    new Command(name)
      .description(about)
      .helpOption(false)
      .configureHelp({
        formatHelp: (_, { helpWidth = WIDTH }) => `${wrapped(lines(), helpWidth).join('\n')}\n`,
      })
      .action(() => sayWrapped(lines())),
  );
}

export function topicsInWords(): string {
  return Object.entries(TOPICS)
    .map(([name, { about }]) => `  routeguard help ${name}  ${about}`)
    .join('\n');
}
