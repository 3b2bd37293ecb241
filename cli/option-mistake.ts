/**
 * What is wrong with the options of a command line, found before anything else is said of it. The parser asks for what is
 * missing first, and an option that is misspelt is missing, too; of one written twice it keeps the last and says nothing.
 */
import type { Command, Option } from 'commander';
import { suggesting } from '../functions/core/nearest.ts';

/** Options of an earlier version. */
const RENAMED: ReadonlyMap<string, string> = new Map([['--endpoint', '--url']]);

const HELP: ReadonlySet<string> = new Set(['-h', '--help']);

function takesNext(option: Option, arg: string, next: string | undefined): boolean {
  if (arg.includes('=')) return false;
  return option.required || (option.optional && next?.startsWith('-') === false);
}

/** True of an option that may be repeated: what it reads is a list, to which each adds. */
function isList({ variadic, defaultValue }: Option): boolean {
  return variadic || Array.isArray(defaultValue);
}

/** Options of one value that is itself a list, by the name of that value. */
const SEVERAL_IN_ONE: ReadonlySet<string> = new Set(['<keys>', '<names>', '<what>']);

function writtenTwice({ flags, long }: Option): string {
  const [, value = ''] = flags.split(' ');
  const several = SEVERAL_IN_ONE.has(value)
    ? 'with commas between several'
    : 'and run the command again for another';
  return `option '${long}' is written twice, and only the last would count: write it once${value === '' ? '' : `, ${several}`}`;
}

/**
 * A sentence about the first option that the command named by these arguments does not have, or that stands there a second
 * time and takes one value; undefined where there is none.
 */
export function optionMistake(program: Command, args: readonly string[]): string | undefined {
  let command = program;
  let isSettled = false;
  const seen = new Set<Option>();
  for (let index = 0; index < args.length; index += 1) {
    const arg = args[index] ?? '';
    const [flag = ''] = arg.split('=');
    if (arg === '--' || HELP.has(arg)) return undefined;
    if (!/^-[^\d]/.test(arg)) {
      const sub = isSettled ? undefined : command.commands.find((each) => each.name() === arg);
      // A command that is unknown has no options that could be: the parser names the command.
      if (sub === undefined && !isSettled && command.commands.length > 0) return undefined;
      if (sub === undefined) isSettled = true;
      else command = sub;
      continue;
    }
    const option = command.options.find(({ long, short }) => flag === long || flag === short);
    if (option === undefined) {
      const now = RENAMED.get(flag);
      if (now !== undefined) return `option '${flag}' is ${now} now, the same in every command`;
      const options = command.options.flatMap(({ long }) => long?.slice(2) ?? []);
      const sentence = suggesting(`unknown option '${flag}'`, flag.replace(/^-+/, ''), options);
      return `${sentence.replace('did you mean ', 'did you mean --')} (--help shows what the command takes)`;
    }
    if (seen.has(option) && !isList(option)) return writtenTwice(option);
    seen.add(option);
    if (takesNext(option, arg, args[index + 1])) index += 1;
  }
  return undefined;
}
