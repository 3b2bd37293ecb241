/** An SSH agent for tests, which holds keys of this process and may be told to answer otherwise. */
import { createPublicKey, type KeyObject, sign } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export const uint32 = (value: number): Buffer =>
  Buffer.from([value >>> 24, value >>> 16, value >>> 8, value]);
export const str = (bytes: Uint8Array | string): Buffer =>
  Buffer.concat([uint32(Buffer.from(bytes as string).length), Buffer.from(bytes as string)]);
export const message = (type: number, ...contents: readonly Uint8Array[]): Buffer =>
  str(Buffer.concat([Buffer.from([type]), ...contents]));

/** RFC 4251: the fewest bytes, with a leading zero where the first bit is set. */
function mpint(bytes: Uint8Array): Buffer {
  let start = 0;
  while (bytes[start] === 0) start += 1;
  const fewest = bytes.subarray(start);
  return str(Buffer.concat([Buffer.alloc((fewest[0] ?? 0) >= 0x80 ? 1 : 0), fewest]));
}

/** A public key as `ssh-add -L` shows it, before base64. */
export function blobOf(key: KeyObject): Buffer {
  const { crv, x = '', y = '' } = createPublicKey(key).export({ format: 'jwk' });
  const [one, two] = [Buffer.from(x, 'base64url'), Buffer.from(y, 'base64url')];
  if (crv === 'Ed25519') return Buffer.concat([str('ssh-ed25519'), str(one)]);
  const curve = `nistp${crv?.slice(2)}`;
  return Buffer.concat([
    ...[str(`ecdsa-sha2-${curve}`), str(curve)],
    str(Buffer.concat([Buffer.from([4]), one, two])),
  ]);
}

/** A signature over data, as an agent answers it. */
export function signatureBy(key: KeyObject, data: Uint8Array): Buffer {
  if (key.asymmetricKeyType === 'ed25519')
    return Buffer.concat([str('ssh-ed25519'), str(sign(null, data, key))]);
  const raw = sign('sha384', data, { key, dsaEncoding: 'ieee-p1363' });
  const halves = Buffer.concat([mpint(raw.subarray(0, 48)), mpint(raw.subarray(48))]);
  return Buffer.concat([str('ecdsa-sha2-nistp384'), str(halves)]);
}

export interface HeldKey {
  readonly comment: string;
  readonly key?: KeyObject;
  /** Of a key that this process does not have. */
  readonly blob?: Buffer;
}

export const IDENTITIES = 11;
export const SIGN = 13;

/** What is written instead of the honest answer, which it is given; null hangs up, undefined says nothing at all. */
export type Answering = (type: number, honest: Buffer) => Uint8Array | null | undefined;

export interface InTestAgent {
  readonly socket: string;
  /** Types of the questions, in order. */
  readonly asked: number[];
  held: readonly HeldKey[];
  answering: Answering;
  close(): Promise<void>;
}

export const honest: Answering = (_type, answer) => answer;

export async function inTestAgent(): Promise<InTestAgent> {
  const folder = mkdtempSync(join(tmpdir(), 'agent-'));
  const open = new Set<Socket>();
  const server = createServer((socket) => {
    open.add(socket);
    socket.on('error', () => undefined);
    socket.on('data', (request) => {
      const type = request[4] ?? 0;
      agent.asked.push(type);
      const answer = agent.answering(type, honestly(type, request.subarray(5)));
      if (answer === null) socket.destroy();
      // In two pieces, because nothing says that an answer comes in one.
      else if (answer !== undefined && socket.write(answer.subarray(0, 3))) socket.write(answer.subarray(3));
    });
  });
  const agent: InTestAgent = {
    ...{ socket: join(folder, 'agent'), asked: [], held: [], answering: honest },
    async close() {
      for (const socket of open) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
      rmSync(folder, { recursive: true });
    },
  };
  function honestly(type: number, contents: Buffer): Buffer {
    const keys = agent.held.map(({ comment, key, blob }) => ({
      ...{ comment, key },
      blob: blob ?? (key === undefined ? Buffer.alloc(0) : blobOf(key)),
    }));
    if (type === IDENTITIES)
      return message(
        ...([12, uint32(keys.length)] as const),
        ...keys.flatMap(({ blob, comment }) => [str(blob), str(comment)]),
      );
    const end = 4 + contents.readUInt32BE();
    const blob = contents.subarray(4, end);
    const data = contents.subarray(end + 4, end + 4 + contents.readUInt32BE(end));
    const key = keys.find((each) => each.blob.equals(blob))?.key;
    return key === undefined ? message(5) : message(14, str(signatureBy(key, data)));
  }
  await new Promise<void>((resolve) => server.listen(agent.socket, resolve));
  return agent;
}
