/** What each decision took and came to, for whichever SDK of OpenTelemetry the process has; without one, for nobody. */
import { type Histogram, metrics, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import type { RouteGuardOptions } from './options.ts';

const NAME = '@routeguard/client';

/**
 * An observer for `RouteGuard`: a span of kind client for each decision, `routeguard.decide`, with its outcome, its cause and the
 * evaluation id, and a histogram of seconds, `routeguard.client.decision.duration`, by outcome and cause. A denial is an answer and no
 * error; where nobody decided, the span's status is one, and `error.type` says which. Nothing of the message, its marking or its path
 * is in either.
 *
 * @example
 * const transport = lambdaTransport({ functionName: 'decide' });
 * export const guard = new RouteGuard({ transport, observe: openTelemetry() });
 */
export function openTelemetry(): NonNullable<RouteGuardOptions['observe']> {
  const tracer = trace.getTracer(NAME);
  let duration: Histogram | undefined;
  return (decision) => {
    // Not before: a meter that is asked for before the process has its SDK measures nothing, ever.
    duration ??= metrics.getMeter(NAME).createHistogram('routeguard.client.decision.duration', {
      unit: 's',
      description: 'From the question to a permit whose obligations are performed, or to a refusal',
    });
    const measured = duration;
    const started = performance.now();
    const span = tracer.startSpan('routeguard.decide', { kind: SpanKind.CLIENT });
    return decision.then((result) => {
      const { kind } = result;
      const came = {
        'routeguard.outcome': kind,
        ...(kind === 'permit' ? {} : { 'routeguard.cause': result.cause }),
        ...(kind === 'unavailable' ? { 'error.type': result.cause } : {}),
      };
      measured.record((performance.now() - started) / 1_000, came);
      span.setAttributes(came);
      if (kind !== 'unavailable' && result.evaluationId !== null)
        span.setAttribute('routeguard.evaluation_id', result.evaluationId);
      if (kind === 'unavailable') span.setStatus({ code: SpanStatusCode.ERROR });
      span.end();
    });
  };
}
