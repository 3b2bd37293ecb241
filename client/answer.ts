import { readInstant } from './instant.ts';
import { readObject } from './json-text.ts';
import { handlerFor, type Obligation, type ObligationHandlers, readObligations } from './obligations.ts';
import { isAbout, mayRefuse, type SentQuestion } from './question.ts';
import type { Reply } from './reply.ts';
import { type Cause, type Retry, retryFor, SENTENCES } from './result.ts';

/** What the client knows when a reply arrives. Instants are milliseconds since 1970 by this client's wall clock. */
export interface Reception {
  /** The question, as it was sent. */
  readonly asked: SentQuestion;
  readonly sentAt: number;
  readonly receivedAt: number;
  /** Milliseconds from sending to receiving by a clock that nobody sets, so that setting a clock extends nothing. */
  readonly elapsed: number;
  /** Largest difference between the guard's clock and this one that is accepted, in milliseconds. */
  readonly skew: number;
  /** The longest lease that is accepted, in milliseconds. */
  readonly maxLease: number;
  readonly handlers: ObligationHandlers;
  /** True for an evaluation id that this client has already acted on. */
  readonly seen: (evaluationId: string) => boolean;
}

/** What a check looks at. Absent or malformed members are `NaN`, `null` or the empty string, so they fail. */
interface Heard {
  readonly status: number;
  readonly functionError: string | null;
  readonly readable: boolean;
  readonly repeats: boolean;
  readonly question: unknown;
  readonly decision: unknown;
  readonly outcome: unknown;
  readonly enforceable: unknown;
  readonly hypothetical: unknown;
  readonly retry: unknown;
  readonly evaluationId: string;
  readonly evaluatedAt: number;
  readonly useBy: number;
  readonly obligations: readonly Obligation[] | null;
  readonly reception: Reception;
}

/** One reason not to send, and the test that rules it out. */
interface Check {
  readonly cause: Cause;
  readonly passes: (heard: Heard) => boolean;
}

/**
 * All of them must pass, in this order; the first that does not names the cause. Every test is written so that
 * `NaN`, `undefined` and surprises fail it.
 */
const CHECKS: readonly Check[] = [
  // Lambda says 200 and puts the crash in another member.
  { cause: 'function-error', passes: (h) => h.functionError === null },
  // Over HTTP the guard's deny of a request it cannot read is a 400. No other status carries an answer.
  { cause: 'bad-status', passes: (h) => h.status === 200 || (h.status === 400 && h.decision === false) },
  { cause: 'unreadable', passes: (h) => h.readable },
  { cause: 'duplicate-member', passes: (h) => !h.repeats },
  // Whatever it says, it says it of something else.
  {
    cause: 'another-question',
    passes: ({ decision, question, reception: { asked } }) =>
      decision === false ? mayRefuse(question, asked) : isAbout(question, asked),
  },
  { cause: 'unknown-decision', passes: (h) => h.decision === true || h.decision === false },
  { cause: 'denied', passes: (h) => h.decision === true },
  { cause: 'unknown-outcome', passes: (h) => h.outcome === 'permit' },
  { cause: 'not-enforceable', passes: (h) => h.enforceable === true && h.hypothetical === undefined },
  { cause: 'unknown-retry', passes: (h) => h.retry === 'never' || h.retry === undefined },
  { cause: 'no-evaluation-id', passes: (h) => h.evaluationId !== '' },
  // The same question may be sent twice, by whoever repeats what travels: every evaluation has an id of its own.
  { cause: 'repeated-answer', passes: (h) => !h.reception.seen(h.evaluationId) },
  { cause: 'no-evaluation-time', passes: (h) => Number.isFinite(h.evaluatedAt) },
  // Nobody can have answered before the question was asked, or after the answer was there.
  {
    cause: 'clocks-disagree',
    passes: ({ evaluatedAt, reception: r }) =>
      evaluatedAt >= r.sentAt - r.skew && evaluatedAt <= r.receivedAt + r.skew,
  },
  { cause: 'no-lease', passes: (h) => Number.isFinite(h.useBy) },
  { cause: 'lease-expired', passes: (h) => h.reception.receivedAt < h.useBy },
  // Needs no common clock: the guard's clock started after ours, so this much time can only be too strict.
  { cause: 'lease-outlived', passes: (h) => h.reception.elapsed < h.useBy - h.evaluatedAt },
  // A revocation is unheard for as long as a lease. By the guard's clock, and by this one from the sending on.
  {
    cause: 'lease-too-long',
    passes: ({ evaluatedAt, useBy, reception: r }) =>
      useBy - evaluatedAt <= r.maxLease + r.skew && useBy - r.sentAt <= r.elapsed + r.maxLease + r.skew,
  },
  {
    cause: 'unknown-obligation',
    passes: ({ obligations, reception }) =>
      obligations?.every(({ type }) => handlerFor(reception.handlers, type) !== null) ?? false,
  },
];

/** An answer that passed every check. Its obligations are still to be performed. */
export interface SoundPermit {
  readonly ok: true;
  readonly evaluationId: string;
  /** Milliseconds since 1970, the guard's clock. */
  readonly evaluatedAt: number;
  /** Milliseconds since 1970, the guard's clock. */
  readonly useBy: number;
  readonly obligations: readonly Obligation[];
  readonly registryVersion: number | null;
}

export interface NotSound {
  readonly ok: false;
  readonly cause: Cause;
  readonly retry: Retry;
  readonly evaluationId: string | null;
  readonly reasons: readonly string[];
}

/** Of what has nothing to say of itself. */
export function notSound(cause: Cause): NotSound {
  return { ok: false, cause, retry: retryFor(cause), evaluationId: null, reasons: [] };
}

/** Judges one reply. Unknown members of the answer are ignored; unknown values of the members that matter are not. */
export function judge(reply: Reply, reception: Reception): SoundPermit | NotSound {
  if (reply.kind !== 'answered') {
    // A kind that is none of ours comes from a transport without types.
    const cause = Object.hasOwn(SENTENCES, reply.kind) ? reply.kind : 'unreachable';
    return notSound(cause);
  }
  const read = readObject(reply.text);
  const member = (name: string): unknown =>
    read.ok && Object.hasOwn(read.members, name) ? read.members[name] : undefined;
  const heard: Heard = {
    status: reply.status,
    functionError: reply.functionError,
    readable: read.ok,
    repeats: read.ok && read.repeats,
    question: member('question'),
    decision: member('decision'),
    outcome: member('outcome'),
    enforceable: member('enforceable'),
    hypothetical: member('hypothetical'),
    retry: member('retry'),
    evaluationId: readEvaluationId(member('evaluationId')),
    evaluatedAt: readInstant(member('evaluatedAt')) ?? Number.NaN,
    useBy: readInstant(member('useBy')) ?? Number.NaN,
    obligations: readObligations(member('obligations')),
    reception,
  };
  const failed = CHECKS.find(({ passes }) => !passes(heard));
  if (failed !== undefined) {
    const denied = failed.cause === 'denied';
    return {
      ok: false,
      cause: failed.cause,
      retry: retryOf(failed.cause, heard),
      evaluationId: heard.evaluationId === '' ? null : heard.evaluationId,
      reasons: denied ? readReasonCodes(member('reasons')) : [],
    };
  }
  const { evaluationId, evaluatedAt, useBy } = heard;
  return {
    ok: true,
    evaluationId,
    evaluatedAt,
    useBy,
    obligations: heard.obligations ?? [],
    registryVersion: readVersion(member('registry')),
  };
}

/** Whether to ask again: on a deny the guard's word, and `never` for any other word. */
function retryOf(cause: Cause, { retry, status }: Heard): Retry {
  switch (cause) {
    case 'denied':
      return retry === 'after' ? 'after' : 'never';
    case 'bad-status':
      // The same request will be as wrong the next time.
      return status >= 400 && status < 500 ? 'never' : 'after';
    default:
      return retryFor(cause);
  }
}

/** Letters, digits and `._:-`, at most 128: it ends up in log lines. The empty string for anything else. */
function readEvaluationId(value: unknown): string {
  return typeof value === 'string' && /^[A-Za-z0-9._:-]{1,128}$/.test(value) ? value : '';
}

/** The version of the registry that was decided on, for log lines and later questions with `atLeast`. */
function readVersion(registry: unknown): number | null {
  if (typeof registry !== 'object' || registry === null || !('version' in registry)) return null;
  const { version } = registry;
  return typeof version === 'number' && Number.isSafeInteger(version) ? version : null;
}

/** The codes among the reasons, at most 64. They only explain a denial, so what is malformed is left out. */
function readReasonCodes(value: unknown): readonly string[] {
  if (!Array.isArray(value)) return [];
  return (value as unknown[]).slice(0, 64).flatMap((reason) => {
    if (typeof reason !== 'object' || reason === null || !Object.hasOwn(reason, 'code')) return [];
    const { code } = reason as { readonly code: unknown };
    return typeof code === 'string' && /^[A-Z][A-Z0-9_]{0,63}$/.test(code) ? [code] : [];
  });
}
