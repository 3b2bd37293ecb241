/** `routeguard completion SHELL`: what the shell offers behind Tab, from the commands as they are. Nobody is asked anything. */
import { Argument, Command, type Option } from 'commander';
import { say } from './terminal.ts';

const SHELLS = ['bash', 'zsh', 'fish'] as const;
type Shell = (typeof SHELLS)[number];

interface Place {
  /** Names of the commands down to this one, with a space between; empty for the program. */
  readonly path: string;
  readonly commands: readonly Command[];
  readonly options: readonly Option[];
  /** What an argument may be. */
  readonly choices: readonly string[];
}

/** Every command that help shows, and the program itself. */
function placesIn(command: Command, path = ''): readonly Place[] {
  const help = command.createHelp();
  const commands = help.visibleCommands(command);
  const here = {
    path,
    commands,
    options: help.visibleOptions(command),
    choices: command.registeredArguments.flatMap(({ argChoices = [] }) => argChoices),
  };
  return [here, ...commands.flatMap((sub) => placesIn(sub, `${path} ${sub.name()}`.trim()))];
}

const longOf = ({ long, short }: Option) => long ?? short ?? '';
const takesValue = ({ required, optional }: Option) => required || optional;
const quoted = (text: string) => `'${text.replaceAll("'", String.raw`'\''`)}'`;

function bash(places: readonly Place[]): readonly string[] {
  const paths = places.filter(({ path }) => path !== '').map(({ path }) => quoted(path));
  const values = places.flatMap(({ path, options }) =>
    options.filter(takesValue).map((option) => {
      const offers = option.argChoices === undefined ? '' : `offers=${quoted(option.argChoices.join(' '))}`;
      return `    ${quoted(`${path} ${longOf(option)}`.trim())}) ${offers || 'return'} ;;`;
    }),
  );
  const words = places.map(({ path, commands, options, choices }) => {
    const all = [...commands.map((each) => each.name()), ...choices, ...options.map(longOf)];
    return `    ${quoted(path)}) offers=${quoted(all.join(' '))} ;;`;
  });
  return [
    '_routeguard() {',
    `  local at="" word next offers="" current="\${COMP_WORDS[COMP_CWORD]}" before="\${COMP_WORDS[COMP_CWORD-1]}"`,
    '  COMPREPLY=()',
    `  for word in "\${COMP_WORDS[@]:1:COMP_CWORD-1}"; do`,
    `    next="\${at:+$at }$word"`,
    `    case "$next" in ${paths.join('|')}) at="$next" ;; esac`,
    '  done',
    '  # A value: one of those that are known, or else a file.',
    `  case "\${at:+$at }$before" in`,
    ...values,
    '  esac',
    '  [ -n "$offers" ] || case "$at" in',
    ...words,
    '  esac',
    '  COMPREPLY=($(compgen -W "$offers" -- "$current"))',
    '}',
    'complete -o default -F _routeguard routeguard',
  ];
}

/** Zsh reads what was written for bash: https://zsh.sourceforge.io/Doc/Release/Completion-System.html, "bashcompinit". */
function zsh(places: readonly Place[]): readonly string[] {
  return ['#compdef routeguard', 'autoload -U +X bashcompinit && bashcompinit', ...bash(places)];
}

/** https://fishshell.com/docs/current/cmds/complete.html */
function fish(places: readonly Place[]): readonly string[] {
  const text = (said: string) => `'${said.replace(/[\\']/g, String.raw`\$&`)}'`;
  const offered = ({ path, commands, options, choices }: Place) => {
    const here = `complete -c routeguard -n ${text(`__routeguard_at ${path}`.trim())}`;
    return [
      ...commands.map((each) => `${here} -f -a ${text(each.name())} -d ${text(each.description())}`),
      ...choices.map((choice) => `${here} -f -a ${text(choice)}`),
      ...options.map((option) => {
        const known = option.argChoices === undefined ? '' : ` -f -a ${text(option.argChoices.join(' '))}`;
        const value = takesValue(option) ? ` -r${known}` : '';
        return `${here} -l ${longOf(option).slice(2)}${value} -d ${text(option.description)}`;
      }),
    ];
  };
  return [
    'function __routeguard_at',
    '  set -l at',
    '  for word in (commandline -opc)[2..-1]',
    `    contains -- "$at $word" ${places.map(({ path }) => text(` ${path}`)).join(' ')}; and set at "$at $word"`,
    '  end',
    '  set -l here (string trim -- "$at")',
    '  test "$here" = "$argv"',
    'end',
    ...places.flatMap(offered),
  ];
}

const SCRIPTS: Readonly<Record<Shell, (places: readonly Place[]) => readonly string[]>> = { bash, zsh, fish };

/** @param program every command, made anew: a command does not know what it is part of before it is */
export function completionCommand(program: () => Command): Command {
  return new Command('completion')
    .description('Prints what makes the Tab key of a shell know the commands and options.')
    .addArgument(new Argument('<shell>', 'the shell that will read it').choices(SHELLS))
    .addHelpText(
      'after',
      '\nbash:  source <(routeguard completion bash)    in ~/.bashrc\nzsh:   source <(routeguard completion zsh)     in ~/.zshrc, behind compinit\nfish:  routeguard completion fish > ~/.config/fish/completions/routeguard.fish',
    )
    .action((shell: Shell) => say(SCRIPTS[shell](placesIn(program()))));
}
