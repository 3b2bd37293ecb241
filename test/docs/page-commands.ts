/** The commands of a page, as it has them: blocks of `sh`, one command a line, and what a line's comment says of its outcome. */
import { readFileSync } from 'node:fs';

export interface PageCommand {
  /** As the page has it, for whoever looks for it. */
  readonly line: string;
  /** Variables that are set for this command, or from here on where there is no command. */
  readonly variables: readonly (readonly [string, string])[];
  readonly words: readonly string[];
  /** What the page says of its outcome; empty where it says nothing. */
  readonly comment: string;
}

export interface Block {
  readonly commands: readonly PageCommand[];
  /** Why it cannot be tried on one machine; the page says so itself: `sh not-here: a reason`. */
  readonly notHere: string | undefined;
}

const FENCE = /^```(\w*) ?(.*)\n([\s\S]*?)^```$/gm;

export function blocksOf(page: string): readonly Block[] {
  const text = readFileSync(page, 'utf8');
  return [...text.matchAll(FENCE)].flatMap(([, language = '', info = '', body = '']) => {
    const commands = body
      .replaceAll('\\\n', ' ')
      .split('\n')
      .filter((line) => line.trim() !== '');
    const isShell = /^(?:[A-Z]+=\S+ )?(?:routeguard|export|npx|aws) /.test(commands[0] ?? '');
    if (isShell && language !== 'sh')
      throw new Error(`${page}: commands that are no block of sh: ${commands[0]}`);
    if (language !== 'sh') return [];
    const notHere = /^not-here: (.+)$/.exec(info)?.[1];
    if (info !== '' && notHere === undefined)
      throw new Error(`${page}: say why it is not tried: not-here: …`);
    return [{ notHere, commands: notHere === undefined ? commands.map(commandIn) : [] }];
  });
}

const WORD = /(?:"[^"]*"|[^\s"])+/g;

function commandIn(line: string): PageCommand {
  const [, command = '', comment = ''] = /^(.*?)(?:\s+# (.*))?$/.exec(line) ?? [];
  const words = (command.match(WORD) ?? []).map((word) => word.replaceAll('"', ''));
  const start = words[0] === 'export' ? 1 : 0;
  let end = start;
  while (/^[A-Z_]+=/.test(words[end] ?? '')) end += 1;
  const variables = words.slice(start, end).map((word): readonly [string, string] => {
    const at = word.indexOf('=');
    return [word.slice(0, at), word.slice(at + 1)];
  });
  return { line, variables, words: words.slice(end), comment };
}

export interface Outcome {
  readonly code: number;
  /** What must stand in what was printed. */
  readonly says: readonly RegExp[];
}

/** What a comment promises: codes, a version, words between quotes (`…` for any); a refusal where it names one, or an exit code. */
export function outcomeOf(comment: string): Outcome {
  const codes = comment.match(/\b[A-Z]+(?:_[A-Z]+)+\b|\bPERMIT\b/g) ?? [];
  const quoted = [...comment.matchAll(/"([^"]+)"/g)].map(([, words = '']) => words);
  const version = comment.match(/\bversion \d+\b/g) ?? [];
  const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  const literal = (text: string) => text.split('…').map(escaped).join('.*');
  return {
    code: codes.some((code) => code !== 'PERMIT') || /^(?:refused|exit code 3)\b/.test(comment) ? 3 : 0,
    says: [...codes, ...version, ...quoted].map((text) => new RegExp(literal(text), 'i')),
  };
}
