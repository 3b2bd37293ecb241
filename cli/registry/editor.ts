/** The person's own editor, as `git commit` finds and opens it. */
import { spawn } from 'node:child_process';
import { UsageError } from '../usage-error.ts';

/** A program and its first arguments. */
export type EditorCommand = readonly [string, ...string[]];

/**
 * What `VISUAL` or `EDITOR` says, split into words; quotes keep a word with blanks together.
 *
 * @throws UsageError where neither says anything: no editor is anybody's by default
 */
export function editorIn(env: NodeJS.ProcessEnv = process.env): EditorCommand {
  const said = env['VISUAL']?.trim() || env['EDITOR']?.trim() || '';
  const words = [...said.matchAll(/"([^"]*)"|'([^']*)'|(\S+)/g)].map(([, a, b, c]) => a ?? b ?? c ?? '');
  const [program, ...rest] = words;
  if (program === undefined || program === '')
    throw new UsageError(
      'no editor is named: set VISUAL or EDITOR to the command that opens a file and waits, such as EDITOR=vi or EDITOR="code --wait"',
    );
  return [program, ...rest];
}

/** Opens a file and waits until the editor is closed. @throws UsageError where it could not, or says that it failed */
export async function openEditor([program, ...rest]: EditorCommand, file: string): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  // An interrupt is for the editor: whoever ended with it would leave the file behind.
  const stay = () => undefined;
  process.on('SIGINT', stay);
  const editor = spawn(program, [...rest, file], { stdio: 'inherit' });
  editor.on('error', () =>
    reject(new UsageError(`the editor ${program} cannot be started: set VISUAL or EDITOR`)),
  );
  editor.on('exit', (code) => {
    if (code === 0) resolve();
    else reject(new UsageError(`the editor ended with ${code ?? 'a signal'}: nothing is proposed`));
  });
  try {
    await promise;
  } finally {
    process.off('SIGINT', stay);
  }
}
