/** The command line in this process: starting Node once a command would cost more than everything it does. */
import { vi } from 'vitest';
import { commandLine } from '../../cli/command-line.ts';

export interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** Runs one command line as a shell would: what it throws is a crash, with Node's exit code for one. */
export async function routeguard(...args: readonly string[]): Promise<Ran> {
  let out = '';
  let err = '';
  const toOut = (text: unknown) => {
    out += String(text);
    return true;
  };
  const toErr = (text: unknown) => {
    err += String(text);
    return true;
  };
  const spies = [
    vi.spyOn(console, 'log').mockImplementation((text) => void toOut(`${text}\n`)),
    vi.spyOn(console, 'error').mockImplementation((text) => void toErr(`${text}\n`)),
    vi.spyOn(process.stdout, 'write').mockImplementation(toOut),
    vi.spyOn(process.stderr, 'write').mockImplementation(toErr),
  ];
  const before = process.exitCode;
  process.exitCode = undefined;
  try {
    await commandLine(args);
    return { code: Number(process.exitCode ?? 0), out, err };
  } catch (error) {
    return { code: 1, out, err: `crashed: ${String(error)}` };
  } finally {
    process.exitCode = before;
    for (const spy of spies) spy.mockRestore();
  }
}
