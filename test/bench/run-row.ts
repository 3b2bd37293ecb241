/** Starts the process of one row and waits for its figures. */
import { fork } from 'node:child_process';
import { join } from 'node:path';
import type { RowNews, RowWanted } from './measure-row.ts';

const PROGRAM = join(import.meta.dirname, 'measure-row.ts');
/** Collects garbage when it is told to; 100,000 networks are gigabytes. */
const OPTIONS = ['--expose-gc', '--max-old-space-size=12288'];

export type Measured = Extract<RowNews, { readonly kind: 'done' }>;

/** Undefined for a row that could not be measured: it has said why on standard error. */
export function runRow(wanted: RowWanted, say: (line: string) => void): Promise<Measured | undefined> {
  return new Promise((resolve) => {
    // What functions write to their logs goes where a write is cheapest: a terminal's speed is not what is measured.
    const child = fork(PROGRAM, { execArgv: OPTIONS, stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
    let done: Measured | undefined;
    child.on('message', (received) => {
      const news = received as RowNews;
      if (news.kind === 'said') say(news.line);
      else done = news;
    });
    child.once('exit', (code) => resolve(code === 0 ? done : undefined));
    child.send(wanted);
  });
}
