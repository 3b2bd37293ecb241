/** The language server that editors run for YAML and JSON, spoken to as they speak to it: LSP over standard input and output. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

interface Message {
  readonly id?: number;
  readonly method?: string;
  readonly params?: unknown;
  readonly result?: unknown;
}

export interface Found {
  /** From 1. */
  readonly line: number;
  readonly message: string;
}

export interface LanguageServer {
  /** What it says of a file that is opened with this text. */
  problemsOf(file: string, text: string): Promise<readonly Found[]>;
  /** What it offers at a place of a file that was opened, from 1. */
  offersAt(file: string, line: number, column: number): Promise<readonly string[]>;
  stop(): Promise<void>;
}

/** No schema but those that files name themselves, and no schema from the net. */
const SETTINGS = { validate: true, completion: true, schemaStore: { enable: false } };

export async function startLanguageServer(): Promise<LanguageServer> {
  const home = dirname(dirname(dirname(fileURLToPath(import.meta.resolve('yaml-language-server')))));
  const server = spawn(process.execPath, [join(home, 'bin', 'yaml-language-server'), '--stdio'], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const answers = new Map<number, (result: unknown) => void>();
  const diagnosed = new Map<string, (found: readonly Found[]) => void>();
  let last = 0;

  const send = (message: Message) => {
    const text = JSON.stringify({ jsonrpc: '2.0', ...message });
    server.stdin.write(`Content-Length: ${Buffer.byteLength(text)}\r\n\r\n${text}`);
  };
  const ask = (method: string, params: unknown): Promise<unknown> => {
    last += 1;
    const { promise, resolve } = Promise.withResolvers<unknown>();
    answers.set(last, resolve);
    send({ id: last, method, params });
    return promise;
  };

  const hear = ({ id, method, params, result }: Message) => {
    if (method === 'textDocument/publishDiagnostics') {
      const { uri, diagnostics } = params as PublishedDiagnostics;
      diagnosed.get(uri)?.(
        diagnostics.map(({ range, message }) => ({ line: range.start.line + 1, message })),
      );
    } else if (method === 'workspace/configuration') {
      const { items } = params as { readonly items: readonly { readonly section: string }[] };
      send({ id: id ?? 0, result: items.map(({ section }) => (section === 'yaml' ? SETTINGS : null)) });
    } else if (method !== undefined && id !== undefined) send({ id, result: null });
    else if (id !== undefined) answers.get(id)?.(result);
  };
  hearMessages(server.stdout, hear);

  await ask('initialize', {
    processId: process.pid,
    rootUri: null,
    capabilities: { workspace: { configuration: true } },
  });
  send({ method: 'initialized', params: {} });

  const opened = new Map<string, number>();
  return {
    problemsOf(file, text) {
      const uri = pathToFileURL(file).href;
      const { promise, resolve } = Promise.withResolvers<readonly Found[]>();
      diagnosed.set(uri, resolve);
      const version = (opened.get(uri) ?? 0) + 1;
      opened.set(uri, version);
      const languageId = file.endsWith('.json') ? 'json' : 'yaml';
      if (version === 1)
        send({
          method: 'textDocument/didOpen',
          params: { textDocument: { uri, languageId, version, text } },
        });
      else
        send({
          method: 'textDocument/didChange',
          params: { textDocument: { uri, version }, contentChanges: [{ text }] },
        });
      return promise;
    },
    async offersAt(file, line, column) {
      const answer = await ask('textDocument/completion', {
        textDocument: { uri: pathToFileURL(file).href },
        position: { line: line - 1, character: column - 1 },
      });
      const { items } = answer as { readonly items: readonly { readonly label: string }[] };
      return items.map(({ label }) => label);
    },
    async stop() {
      const ended = once(server, 'exit');
      await ask('shutdown', null);
      send({ method: 'exit' });
      await ended;
    },
  };
}

interface PublishedDiagnostics {
  readonly uri: string;
  readonly diagnostics: readonly {
    readonly range: { readonly start: { readonly line: number } };
    readonly message: string;
  }[];
}

/** Messages as they come: a header that says how many bytes follow, and these. */
function hearMessages(from: NodeJS.ReadableStream, hear: (message: Message) => void): void {
  let bytes = Buffer.alloc(0);
  from.on('data', (chunk: Buffer) => {
    bytes = Buffer.concat([bytes, chunk]);
    for (;;) {
      const end = bytes.indexOf('\r\n\r\n');
      const length = Number(
        /Content-Length: (\d+)/i.exec(bytes.subarray(0, Math.max(end, 0)).toString())?.[1],
      );
      if (end < 0 || bytes.length < end + 4 + length) return;
      const text = bytes.subarray(end + 4, end + 4 + length).toString();
      bytes = bytes.subarray(end + 4 + length);
      hear(JSON.parse(text));
    }
  });
}
