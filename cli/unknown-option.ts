/**
 * A misspelt option, found before anything else is said of a command line: the parser asks for what is missing first, and
 * an option that is misspelt is missing, too.
 */
import type { Command, Option } from 'commander';
import { suggesting } from '../functions/core/nearest.ts';

const HELP: ReadonlySet<string> = new Set(['-h', '--help']);

function takesNext(option: Option, arg: string, next: string | undefined): boolean {
  if (arg.includes('=')) return false;
  return option.required || (option.optional && next?.startsWith('-') === false);
}

/** A sentence about the first option that the command named by these arguments does not have; undefined where there is none. */
export function unknownOption(program: Command, args: readonly string[]): string | undefined {
  let command = program;
  let isSettled = false;
  for (let index = 0; index < args.length; index += 1) {
    const arg = args[index] ?? '';
    const [flag = ''] = arg.split('=');
    if (arg === '--' || HELP.has(arg)) return undefined;
    if (!/^-[^\d]/.test(arg)) {
      const sub = isSettled ? undefined : command.commands.find((each) => each.name() === arg);
      if (sub === undefined) isSettled = true;
      else command = sub;
      continue;
    }
    const option = command.options.find(({ long, short }) => flag === long || flag === short);
    if (option === undefined) {
      const options = command.options.flatMap(({ long }) => long?.slice(2) ?? []);
      const sentence = suggesting(`unknown option '${flag}'`, flag.replace(/^-+/, ''), options);
      return `${sentence.replace('did you mean ', 'did you mean --')} (--help shows what the command takes)`;
    }
    if (takesNext(option, arg, args[index + 1])) index += 1;
  }
  return undefined;
}
