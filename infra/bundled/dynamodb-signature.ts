/** Signature Version 4 of the one shape that a request to DynamoDB has: `POST /`, no query, the whole body in hand. */
import { createHmac, hash } from 'node:crypto';

export interface SigningCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string | undefined;
}

export interface UnsignedRequest {
  readonly region: string;
  readonly body: string;
  /** Lower-case names; `host` among them. All of them are signed. */
  readonly headers: Readonly<Record<string, string>>;
}

const SERVICE = 'dynamodb';
const hmac = (key: string | Buffer, text: string): Buffer => createHmac('sha256', key).update(text).digest();

/** The key of a day, and what it was made from: it is the same for every request of that day. */
let kept: { readonly from: string; readonly key: Buffer } | undefined;

function signingKey(secret: string, day: string, region: string): Buffer {
  const from = JSON.stringify([secret, day, region]);
  if (kept?.from !== from)
    kept = {
      from,
      key: [day, region, SERVICE, 'aws4_request'].reduce<Buffer>(hmac, Buffer.from(`AWS4${secret}`)),
    };
  return kept.key;
}

/**
 * The headers of a request with those that sign it. As "Create a signed AWS API request" (IAM User Guide) tells it, compared
 * with `@smithy/signature-v4` by a test.
 *
 * @param now milliseconds since the epoch
 */
export function signedHeaders(
  { region, body, headers }: UnsignedRequest,
  { accessKeyId, secretAccessKey, sessionToken }: SigningCredentials,
  now: number,
): Record<string, string> {
  const instant = new Date(now).toISOString().replace(/[-:]|\.\d{3}/g, '');
  const day = instant.slice(0, 8);
  const sent: Record<string, string> = {
    ...headers,
    'x-amz-date': instant,
    ...(sessionToken === undefined ? {} : { 'x-amz-security-token': sessionToken }),
  };
  const names = Object.keys(sent).sort();
  const list = names.join(';');
  const lines = names.map((name) => `${name}:${(sent[name] ?? '').trim().replace(/\s+/g, ' ')}\n`).join('');
  const canonical = `POST\n/\n\n${lines}\n${list}\n${hash('sha256', body, 'hex')}`;
  const scope = `${day}/${region}/${SERVICE}/aws4_request`;
  const text = `AWS4-HMAC-SHA256\n${instant}\n${scope}\n${hash('sha256', canonical, 'hex')}`;
  const signature = hmac(signingKey(secretAccessKey, day, region), text).toString('hex');
  sent['authorization'] =
    `AWS4-HMAC-SHA256 Credential=${accessKeyId}/${scope}, SignedHeaders=${list}, Signature=${signature}`;
  return sent;
}
