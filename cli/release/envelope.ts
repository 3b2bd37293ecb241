/** DSSE v1.0.2: a payload, what it is, and signatures over both (in-toto's envelope). */
import * as z from 'zod/mini';
import { ReleaseError } from '../../infra/packaging/release-error.ts';
import { PROVENANCE_ENVELOPE } from '../../infra/packaging/release-files.ts';

const PAYLOAD_TYPE = 'application/vnd.in-toto+json';

const shape = z.object({
  payloadType: z.literal(PAYLOAD_TYPE),
  payload: z.string(),
  signatures: z.array(z.object({ sig: z.string() })),
});

/** What is signed: the lengths tell where the type ends and the payload begins. */
export function signedForm(payload: Uint8Array): Buffer {
  const header = `DSSEv1 ${PAYLOAD_TYPE.length} ${PAYLOAD_TYPE} ${payload.length} `;
  return Buffer.concat([Buffer.from(header, 'utf8'), payload]);
}

export function envelopeText(payload: Uint8Array, keyid: string, signature: Uint8Array): string {
  const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64');
  const signatures = [{ keyid, sig: base64(signature) }];
  return `${JSON.stringify({ payloadType: PAYLOAD_TYPE, payload: base64(payload), signatures })}\n`;
}

interface Envelope {
  readonly payload: Buffer;
  readonly signatures: readonly Buffer[];
}

/** @throws ReleaseError for what is no envelope of a statement */
export function envelopeIn(text: string): Envelope {
  try {
    const { payload, signatures } = shape.parse(JSON.parse(text));
    return {
      payload: Buffer.from(payload, 'base64'),
      signatures: signatures.map(({ sig }) => Buffer.from(sig, 'base64')),
    };
  } catch (cause) {
    throw new ReleaseError(`${PROVENANCE_ENVELOPE} is no signed statement`, { cause });
  }
}
