/** Signed HTTP to a guard: the local one as one of its identities, or a deployed one with AWS credentials. */
import type { SentQuestion } from '../client/question.ts';
import { isUnconfigured } from '../client/unconfigured.ts';
import { member } from '../functions/core/facts/fact.ts';
import { parseStrictJson } from '../functions/core/strict-json.ts';
import { identities } from '../infra/local/identities.ts';
import { EXIT } from './exit.ts';
import { type HeardReply, hear } from './heard.ts';
import { awsSigner, localSigner, type SignedDoor, signedRequest } from './http-signing.ts';
import { NoAnswerError, noAnswerFor, saysNo } from './no-answer.ts';
import { UsageError } from './usage-error.ts';
import { awsPlace, guardDoor, type WhichGuard } from './which-guard.ts';

/** Lambda and API Gateway answer with no more, in bytes. */
const MAX_BODY = 6 * 1024 * 1024;

/** What the guard answered; the body is JSON that names no member twice. */
export interface HttpAnswer {
  readonly status: number;
  readonly body: unknown;
  /** The reply itself, for whoever would act on it. */
  readonly heard: HeardReply;
}

type LocalAsker = 'caller' | 'auditor';

function localIdentity(name: string) {
  const local = identities.find((each) => each.name === name);
  if (local === undefined) throw new UsageError(`the local guard knows nobody called ${name}`);
  return local;
}

/**
 * Posts a text that is JSON.
 *
 * @param who the local identity that signs where the guard is on this machine
 * @throws NoAnswerError where no JSON comes back; UsageError for a URL that is none
 */
export async function post(
  options: WhichGuard,
  who: LocalAsker,
  path: string,
  text: string,
  door = guardDoor(options),
): Promise<HttpAnswer> {
  const { base, isLocal } = door;
  const signer = isLocal ? localSigner(localIdentity(who)) : awsSigner(awsPlace(options));
  try {
    const request = { method: 'POST', path, body: text } as const;
    const { target, init } = await signedRequest(door, signer, request);
    const heard = await hear(async () => {
      const response = await fetch(target, init);
      const bytes = await response.arrayBuffer();
      const answer = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
      return { kind: 'answered', status: response.status, functionError: null, text: answer } as const;
    });
    const { status } = heard.reply;
    const parsed = parseStrictJson(heard.reply.text, { maxBytes: MAX_BODY, maxDepth: 64 });
    if (!parsed.ok) throw new Error(`the answer is not JSON: ${parsed.code}`);
    return { status, body: parsed.value, heard };
  } catch (cause) {
    if (isUnconfigured(cause)) throw noAnswerFor('unconfigured', { cause });
    const remedy = isLocal ? ' Is it running? `npm start` starts it.' : '';
    throw new NoAnswerError(`no answer from the guard at ${base.origin}.${remedy}`, { cause });
  }
}

/** Posts a question that is decided. A refusal of the guard itself is an answer; one of the door in front of it is not. */
export async function postQuestion(
  options: WhichGuard,
  door: SignedDoor,
  who: LocalAsker,
  path: string,
  { text }: SentQuestion,
): Promise<HeardReply> {
  const reply = await post(options, who, path, text, door);
  const isAnswer =
    reply.status === 400 &&
    member(reply.body, 'decision') === false &&
    member(reply.body, 'registry') === undefined;
  if (reply.status !== 200 && !isAnswer) throw httpRefusal(reply);
  return reply.heard;
}

/** An answer that is no answer: a refusal by the door in front of the guard, or by the guard itself. */
export function httpRefusal(answer: Pick<HttpAnswer, 'status' | 'body'>): NoAnswerError {
  const exit = saysNo(answer.status) ? EXIT.refused : EXIT.unavailable;
  return new NoAnswerError(refusalInWords(answer), { exit });
}

function refusalInWords({ status, body }: Pick<HttpAnswer, 'status' | 'body'>): string {
  const said = body as
    | {
        readonly message?: unknown;
        readonly reasons?: readonly { readonly code: string; readonly text: string }[];
      }
    | string
    | null;
  if (typeof said === 'string') return `the guard refused (${status}): ${said}`;
  const reasons = said?.reasons?.map((r) => `${r.code}: ${r.text}`).join(' ');
  return `the guard refused (${status}): ${reasons ?? String(said?.message ?? 'no reason given')}`;
}
