import { judge, type NotSound, notSound, type Reception, type SoundPermit } from './answer.ts';
import { frozen } from './frozen.ts';
import { tell } from './listener.ts';
import { performAll } from './obligations.ts';
import { type RouteGuardOptions, type Settings, settingsFrom } from './options.ts';
import { questionToSend, type SentQuestion } from './question.ts';
import type { Reply } from './reply.ts';
import { type RouteRequest, requestMembers, unusable } from './request.ts';
import { type Permit, type Refusal, type RouteResult, refusal } from './result.ts';
import { fullJitter } from './retry-budget.ts';
import { SeenEvaluations } from './seen-evaluations.ts';
import { whenAborted } from './when-aborted.ts';

/** What became of a message: sent under a permit, or not sent. */
export type Sent<T> =
  | { readonly sent: true; readonly value: T; readonly permit: Permit }
  | { readonly sent: false; readonly refusal: Refusal };

/**
 * Asks the guard before a message is routed, and believes nothing but a sound, timely, enforceable permit whose
 * obligations have all been performed. It never throws: whatever goes wrong is a `deny` or an `unavailable`.
 *
 * @example
 * const guard = new RouteGuard({ transport: lambdaTransport({ functionName: 'decide' }) });
 * const message = { id: sms.id, marking: sms.marking };
 * const result = await guard.decide({ message, path: { route: 'sms-gb-primary' } });
 * if (result.kind === 'permit') await sendSms(sms);
 */
export class RouteGuard {
  readonly #settings: Settings;
  readonly #seen = new SeenEvaluations();

  constructor(options: RouteGuardOptions) {
    this.#settings = settingsFrom(options);
  }

  /** One decision for one message. On `permit` every obligation has been performed. */
  decide(request: RouteRequest): Promise<RouteResult> {
    const decision = this.#decide(request).then(frozen);
    tell(this.#settings.observe, decision);
    return decision;
  }

  async #decide(request: RouteRequest): Promise<RouteResult> {
    const { obligations, retryBudget, surroundings, deadlineMs, attempts } = this.#settings;
    const asked = requestMembers(request, Object.keys(obligations).sort());
    if (!asked.ok) return refusal('unusable-request', asked);
    const deadline = surroundings.monotonic() + deadlineMs;
    retryBudget.earn();
    for (let attempt = 1; ; attempt += 1) {
      const result = await this.#once(asked.members, deadline);
      if (!mayRetry(result) || attempt >= attempts) return result;
      const wait = fullJitter(attempt, surroundings.random);
      if (surroundings.monotonic() + wait >= deadline || !retryBudget.spend()) return result;
      await surroundings.sleep(wait);
    }
  }

  /** Runs `send` only under a permit, and hands the permit to it. What `send` throws is thrown on. */
  async route<T>(request: RouteRequest, send: (permit: Permit) => Promise<T>): Promise<Sent<T>> {
    const result = await this.decide(request);
    if (result.kind !== 'permit') return { sent: false, refusal: result };
    return { sent: true, value: await send(result), permit: result };
  }

  async #once(members: { readonly message: object }, deadline: number): Promise<RouteResult> {
    const { surroundings, skewMs, maxLeaseSeconds, obligations: handlers } = this.#settings;
    // Of each attempt its own: what comes late to one is no answer to the next.
    const asked = this.#asked(members);
    if (asked === null) return refusal('unusable-request', unusable('nobody made a nonce for it'));
    const sentAt = surroundings.now();
    const started = surroundings.monotonic();
    const reply = await this.#attempt(asked.text, Math.min(this.#settings.attemptMs, deadline - started));
    const reception: Reception = {
      asked,
      sentAt,
      receivedAt: surroundings.now(),
      elapsed: surroundings.monotonic() - started,
      skew: skewMs,
      maxLease: maxLeaseSeconds * 1_000,
      handlers,
      seen: (id) => this.#seen.has(id),
    };
    const judged = this.#judge(reply, reception);
    if (!judged.ok) return refusal(judged.cause, judged);
    this.#seen.add(judged.evaluationId);
    return this.#discharge(judged, started);
  }

  /** Null where whoever makes nonces does not. */
  #asked(members: { readonly message: object }): SentQuestion | null {
    try {
      return questionToSend(members, this.#settings.surroundings.nonce());
    } catch {
      return null;
    }
  }

  #judge(reply: Reply, reception: Reception): SoundPermit | NotSound {
    try {
      return judge(reply, reception);
    } catch {
      // Only a transport that breaks its own contract comes here.
      return notSound('unreadable');
    }
  }

  async #attempt(text: string, milliseconds: number): Promise<Reply> {
    if (!(milliseconds > 0)) return { kind: 'timed-out' };
    const signal = this.#settings.surroundings.timeout(milliseconds);
    if (signal.aborted) return { kind: 'timed-out' };
    // A transport that ignores its signal must not hold the message's fate open.
    const tooLate = whenAborted(signal).then((): Reply => ({ kind: 'timed-out' }));
    try {
      return await Promise.race([this.#settings.transport.send(text, signal), tooLate]);
    } catch {
      return { kind: 'unreachable' };
    }
  }

  /** Performs the obligations inside the lease, then looks at the lease once more. */
  async #discharge(sound: SoundPermit, started: number): Promise<RouteResult> {
    const { surroundings, obligations: handlers } = this.#settings;
    const { evaluationId, evaluatedAt, useBy, obligations, registryVersion } = sound;
    const lasts = useBy - evaluatedAt;
    const current = (): boolean => surroundings.now() < useBy && surroundings.monotonic() - started < lasts;
    if (obligations.length > 0) {
      const left = Math.min(useBy - surroundings.now(), lasts - (surroundings.monotonic() - started));
      if (!(await performAll(obligations, handlers, surroundings.timeout(left))))
        return refusal('obligation-failed', { evaluationId });
      if (!current()) return refusal('lease-expired', { evaluationId });
    }
    return {
      kind: 'permit',
      retry: 'never',
      sentence: 'The guard permits this message on this path.',
      evaluationId,
      evaluatedAt: new Date(evaluatedAt).toISOString(),
      useBy: new Date(useBy).toISOString(),
      registryVersion,
      obligations,
      current,
    };
  }
}

/**
 * Another attempt helps where nobody decided, or where the guard itself says that something will pass. A permit
 * that ran out while its obligations were performed is not asked for again: they would be performed twice.
 */
function mayRetry(result: RouteResult): boolean {
  if (result.kind === 'permit' || result.retry === 'never') return false;
  return result.kind === 'unavailable' || result.cause === 'denied';
}
