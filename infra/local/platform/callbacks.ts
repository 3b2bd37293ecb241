/** Where CloudFormation takes the answers of custom resources: addresses in a bucket of its own, signed by it. */
import { randomBytes } from 'node:crypto';
import { LOCAL_REGION } from '../names.ts';
import { errorReply, type LocalReply } from '../reply.ts';
import type { ServiceCall } from './service-call.ts';

const BUCKET = `cloudformation-custom-resource-response-${LOCAL_REGION.replaceAll('-', '')}`;
/**
 * The most an answer may hold, in bytes.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/crpg-ref-responses.html
 */
const MOST_BYTES = 4096;

/** An address that has been given out. */
export interface Callback {
  readonly url: string;
  /** JSON text of the answer; undefined until there is one. */
  readonly answer: () => string | undefined;
  readonly close: () => void;
}

export class Callbacks {
  /** Answers by path and query. */
  readonly #open = new Map<string, string | undefined>();

  /** @param stackId ARN of the stack */
  open(stackId: string, logicalId: string, requestId: string): Callback {
    const key = encodeURIComponent(`${stackId}|${logicalId}|${requestId}`);
    // Nobody can check this signature; nobody can guess it either.
    const path = `/${key}?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Expires=7200&X-Amz-SignedHeaders=host&X-Amz-Signature=${randomBytes(32).toString('hex')}`;
    this.#open.set(path, undefined);
    return {
      url: `https://${BUCKET}.s3.amazonaws.com${path}`,
      answer: () => this.#open.get(path),
      close: () => this.#open.delete(path),
    };
  }

  /** `PUT` of an answer, as S3 takes it. @param contentType of the request, empty where there is none */
  put(call: ServiceCall, contentType: string): LocalReply {
    const key = call.path.split('?', 1)[0]?.slice(1) ?? '';
    const attempt = call.attempt('s3:PutObject', `arn:aws:s3:::${BUCKET}/${decodeURIComponent(key)}`);
    if (!call.endpointAllows(attempt)) return errorReply(403, 'AccessDenied', 'Access Denied');
    // A content type that was not signed breaks the signature.
    if (call.method !== 'PUT' || !this.#open.has(call.path) || contentType !== '')
      return errorReply(403, 'SignatureDoesNotMatch', 'The signature does not match.');
    if (call.body.length > MOST_BYTES) return errorReply(400, 'EntityTooLarge', 'The answer is too long.');
    this.#open.set(call.path, call.body.toString('utf8'));
    return { status: 200, headers: {}, body: '' };
  }
}
