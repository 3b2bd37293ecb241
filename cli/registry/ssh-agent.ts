/** One question to the SSH agent of the environment, and its answer: RFC 9987 (SSH Agent Protocol), section 3. */
import { createConnection } from 'node:net';
import { addAbortSignal } from 'node:stream';
import { UsageError } from '../usage-error.ts';
import { RegistryUnavailableError } from './errors.ts';
import { number, reading, SshFormatError, type SshReader } from './ssh-wire.ts';

/** Bytes of the longest answer; OpenSSH's own client takes no more (authfd.c, MAX_AGENT_REPLY_LEN). */
const LONGEST = 256 * 1024;
/** It may be a person who has to touch a token, or to say yes. */
const PATIENCE_MS = 120_000;

const FAILURE = 5;

interface AgentRequest {
  readonly type: number;
  readonly contents?: Uint8Array;
  /** The type of the answer to it. */
  readonly answer: number;
  /** What it means that the agent refuses. */
  readonly refused: string;
}

export type AskAgent = <T>(question: AgentRequest, read: (reader: SshReader) => T) => Promise<T>;

/**
 * The agent at `SSH_AUTH_SOCK`.
 *
 * @throws UsageError where there is none, it refuses, or answers with something else; RegistryUnavailableError where it
 * does not answer in time
 */
export function sshAgent(patienceMs = PATIENCE_MS): AskAgent {
  const path = process.env['SSH_AUTH_SOCK'];
  if (!path)
    throw new UsageError(
      'SSH_AUTH_SOCK names no SSH agent: start one (`ssh-agent`), then `ssh-add` your key',
    );
  return async ({ type, contents = new Uint8Array(), answer, refused }, read) => {
    const request = Buffer.concat([number(1 + contents.length), Buffer.from([type]), contents]);
    try {
      const reader = reading(await answerTo(request, path, AbortSignal.timeout(patienceMs)));
      const said = reader.byte();
      if (said === FAILURE) throw new UsageError(refused);
      if (said !== answer) throw new SshFormatError('another type of answer');
      const value = read(reader);
      reader.end();
      return value;
    } catch (error) {
      throw told(error);
    }
  };
}

async function answerTo(request: Uint8Array, path: string, signal: AbortSignal): Promise<Buffer> {
  const connection = addAbortSignal(signal, createConnection({ path }));
  try {
    connection.write(request);
    let got = Buffer.alloc(0);
    for await (const chunk of connection as AsyncIterable<Buffer>) {
      got = Buffer.concat([got, chunk]);
      if (got.length < 4) continue;
      const end = 4 + got.readUInt32BE();
      if (end > 4 + LONGEST) throw new SshFormatError('too long');
      if (got.length > end) throw new SshFormatError('more than one answer');
      if (got.length === end) return got.subarray(4);
    }
    throw new SshFormatError('it hung up');
  } finally {
    connection.destroy();
  }
}

function told(error: unknown): unknown {
  if (error instanceof SshFormatError)
    return new UsageError('what listens at SSH_AUTH_SOCK does not answer as an SSH agent does', {
      cause: error,
    });
  const { name, code } = error as NodeJS.ErrnoException;
  if (name === 'AbortError') return new RegistryUnavailableError('the SSH agent did not answer in time');
  if (error instanceof UsageError || code === undefined) return error;
  return new UsageError(`no SSH agent answers at SSH_AUTH_SOCK (${code}): is it still running?`);
}
