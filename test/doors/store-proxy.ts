/** A proxy in front of the engine that does what a network and a hostile or broken database do. */
import { createServer, type IncomingMessage, type ServerResponse, request as send } from 'node:http';
import type { AddressInfo } from 'node:net';

/**
 * `fair`: everything passes. `dead`: connections are reset. `hung`: requests are taken and never answered. `slow`: every
 * answer waits `slowMs`. `refusing`: the database says that the caller has no right. `lying`: one bit of every binary in
 * every answer is another one. `empty`: every item is absent.
 */
export type Weather = 'fair' | 'dead' | 'hung' | 'slow' | 'refusing' | 'lying' | 'empty';

export interface StoreProxy {
  /** To be given to what is tested as its database's endpoint. */
  readonly endpoint: string;
  /** The weather from the next request on; a function is asked for each, by the name of the operation. */
  weather(is: Weather | ((operation: string) => Weather)): void;
  /** How often each operation (`GetItem`, `BatchGetItem` …) was asked for since the last call. */
  counted(): Readonly<Record<string, number>>;
  stop(): Promise<void>;
}

const TYPE = 'application/x-amz-json-1.0';
const REFUSAL = JSON.stringify({
  __type: 'com.amazon.coral.service#AccessDeniedException',
  message: 'not authorised',
});

/** Every binary with one bit in its middle turned: still base64, no longer what was signed or digested. */
function altered(body: string): string {
  return body.replaceAll(/"B":"([^"]+)"/g, (_, base64: string) => {
    const bytes = Buffer.from(base64, 'base64');
    const middle = bytes.length >> 1;
    bytes.writeUInt8(bytes.readUInt8(middle) ^ 0x10, middle);
    return `"B":"${bytes.toString('base64')}"`;
  });
}

async function textOf(stream: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}

/** @param target the engine's endpoint @param slowMs how long `slow` waits, in milliseconds */
export async function startStoreProxy(target: string, slowMs = 1_000): Promise<StoreProxy> {
  let weatherOf: (operation: string) => Weather = () => 'fair';
  let counts: Record<string, number> = {};

  function answer(response: ServerResponse, status: number, body: string): void {
    response.writeHead(status, { 'content-type': TYPE }).end(body);
  }

  async function pass(asked: IncomingMessage, body: string): Promise<{ status: number; text: string }> {
    const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>();
    const url = new URL(asked.url ?? '/', target);
    send(url, { method: asked.method ?? 'POST', headers: asked.headers }, resolve)
      .once('error', reject)
      .end(body);
    const reply = await promise;
    return { status: reply.statusCode ?? 500, text: await textOf(reply) };
  }

  const server = createServer(async (asked, response) => {
    const operation = String(asked.headers['x-amz-target']).split('.').at(-1) ?? '';
    counts[operation] = (counts[operation] ?? 0) + 1;
    const weather = weatherOf(operation);
    if (weather === 'dead') return asked.socket.destroy();
    const body = await textOf(asked);
    if (weather === 'hung') return undefined;
    if (weather === 'refusing') return answer(response, 400, REFUSAL);
    if (weather === 'empty' && operation !== 'DescribeTable')
      return answer(
        response,
        200,
        operation === 'BatchGetItem' ? '{"Responses":{},"UnprocessedKeys":{}}' : '{}',
      );
    const reply = await pass(asked, body).catch(() => undefined);
    if (reply === undefined) return asked.socket.destroy();
    if (weather === 'slow') await new Promise((done) => setTimeout(done, slowMs));
    return answer(response, reply.status, weather === 'lying' ? altered(reply.text) : reply.text);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  return {
    endpoint: `http://127.0.0.1:${port}`,
    weather(is) {
      weatherOf = typeof is === 'string' ? () => is : is;
    },
    counted() {
      const since = counts;
      counts = {};
      return since;
    },
    stop: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
}
