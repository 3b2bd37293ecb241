import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import {
  canonicalHeaders,
  canonicalPath,
  canonicalQuery,
  headerValues,
  type RawHeaders,
} from './sigv4-canonical.ts';

/** A request as it came over the wire. */
export interface ReceivedRequest {
  readonly method: string;
  /** Path and query, as in the request line. */
  readonly target: string;
  /** Name, value, name, value …, duplicates and spelling preserved (`IncomingMessage.rawHeaders`). */
  readonly rawHeaders: RawHeaders;
  readonly body: Uint8Array;
}

/** Why a signature was not accepted. The texts and names are AWS's own, so that SDKs explain them. */
export const refusals = {
  missing: { errorType: 'MissingAuthenticationTokenException', message: 'Missing Authentication Token' },
  incomplete: {
    errorType: 'IncompleteSignatureException',
    message: 'The Authorization header, the signed headers or the date are incomplete or malformed.',
  },
  unknownKey: {
    errorType: 'UnrecognizedClientException',
    message: 'The security token included in the request is invalid.',
  },
  scope: {
    errorType: 'InvalidSignatureException',
    message: 'Credential should be scoped to a valid date, Region and service.',
  },
  expired: {
    errorType: 'InvalidSignatureException',
    message: 'Signature expired or not yet valid: check this machine’s clock.',
  },
  mismatch: {
    errorType: 'InvalidSignatureException',
    message:
      'The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method.',
  },
} as const;

export type SignatureRefusal = keyof typeof refusals;

export type Verification =
  | { readonly ok: true; readonly accessKeyId: string }
  | { readonly ok: false; readonly refusal: SignatureRefusal };

export interface VerifyOptions {
  /** `lambda` or `execute-api`. */
  readonly service: string;
  /** Milliseconds since the epoch. */
  readonly now: number;
  /** The secret of an access key, or `undefined` for an unknown one. */
  readonly secretOf: (accessKeyId: string) => string | undefined;
}

/** How far a request's clock may be off, either way: AWS allows five minutes too. */
export const MOST_SKEW_MS = 5 * 60 * 1000;

const ALGORITHM = 'AWS4-HMAC-SHA256';
const AUTHORIZATION =
  /^AWS4-HMAC-SHA256 Credential=([A-Za-z0-9]{1,128})\/(\d{8})\/([a-z0-9-]{1,32})\/([a-z0-9-]{1,32})\/aws4_request, ?SignedHeaders=([a-z0-9;_-]{1,2048}), ?Signature=([0-9a-f]{64})$/;

/**
 * Verifies an AWS Signature Version 4 in the `Authorization` header, over the exact bytes received. Stricter than AWS
 * where that costs no caller anything: pre-signed URLs, session tokens and unsigned payloads are refused. As with AWS,
 * a signed request can be repeated until it expires.
 */
export function verifySignature(request: ReceivedRequest, options: VerifyOptions): Verification {
  const authorizations = headerValues(request.rawHeaders, 'authorization');
  const [authorization] = authorizations;
  if (authorization === undefined) return refuse('missing');
  const parts = AUTHORIZATION.exec(authorization);
  if (authorizations.length !== 1 || !parts) return refuse('incomplete');
  const [, accessKeyId = '', date = '', region = '', service = '', signedNames = '', signature = ''] = parts;

  const headers = canonicalHeaders(request.rawHeaders, signedNames.split(';'));
  const path = canonicalPath(request.target);
  const query = canonicalQuery(request.target);
  const dates = headerValues(request.rawHeaders, 'x-amz-date');
  const time = dates.length === 1 ? instantOf(dates[0] ?? '') : undefined;
  if (headers === undefined || path === undefined || query === undefined || time === undefined)
    return refuse('incomplete');

  const secret = options.secretOf(accessKeyId);
  if (secret === undefined || headerValues(request.rawHeaders, 'x-amz-security-token').length > 0)
    return refuse('unknownKey');
  if (service !== options.service || !dates[0]?.startsWith(date)) return refuse('scope');
  if (Math.abs(options.now - time) > MOST_SKEW_MS) return refuse('expired');

  const bodyHash = sha256(request.body);
  const declared = headerValues(request.rawHeaders, 'x-amz-content-sha256');
  if (declared.some((hash) => hash !== bodyHash)) return refuse('mismatch');
  const canonical = [request.method, path, query, headers, signedNames, bodyHash].join('\n');
  const scope = `${date}/${region}/${service}/aws4_request`;
  const stringToSign = [ALGORITHM, dates[0], scope, sha256(canonical)].join('\n');
  const expected = hmac(signingKey(secret, date, region, service), stringToSign);
  const given = Buffer.from(signature, 'hex');
  const genuine = expected.length === given.length && timingSafeEqual(expected, given);
  return genuine ? { ok: true, accessKeyId } : refuse('mismatch');
}

function refuse(refusal: SignatureRefusal): Verification {
  return { ok: false, refusal };
}

/** `20260131T235959Z` in milliseconds since the epoch; `undefined` for anything else, 30 February included. */
function instantOf(basic: string): number | undefined {
  const parts = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(basic);
  if (!parts) return undefined;
  const [, year, month, day, hour, minute, second] = parts;
  const extended = `${year}-${month}-${day}T${hour}:${minute}:${second}.000Z`;
  const instant = Date.parse(extended);
  if (Number.isNaN(instant) || new Date(instant).toISOString() !== extended) return undefined;
  return instant;
}

function signingKey(secret: string, date: string, region: string, service: string): Buffer {
  return [date, region, service, 'aws4_request'].reduce<Buffer>(
    (key, part) => hmac(key, part),
    Buffer.from(`AWS4${secret}`),
  );
}

function hmac(key: Uint8Array, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest();
}

function sha256(data: string | Uint8Array): string {
  return createHash('sha256').update(data).digest('hex');
}
