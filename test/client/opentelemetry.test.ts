/** What a trace and a metric say of a decision: with the real SDKs of OpenTelemetry, in memory. */
import { metrics, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import {
  AggregationTemporality,
  InMemoryMetricExporter,
  MeterProvider,
  PeriodicExportingMetricReader,
} from '@opentelemetry/sdk-metrics';
import {
  BasicTracerProvider,
  InMemorySpanExporter,
  SimpleSpanProcessor,
} from '@opentelemetry/sdk-trace-base';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { type Reply, RouteGuard } from '../../client/index.ts';
import { openTelemetry } from '../../client/opentelemetry.ts';
import { PLAIN } from './judged.ts';
import { boundText, REQUEST } from './vectors.ts';

const spans = new InMemorySpanExporter();
const points = new InMemoryMetricExporter(AggregationTemporality.DELTA);
const reader = new PeriodicExportingMetricReader({ exporter: points, exportIntervalMillis: 3_600_000 });
trace.setGlobalTracerProvider(new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(spans)] }));
metrics.setGlobalMeterProvider(new MeterProvider({ readers: [reader] }));
beforeEach(() => {
  spans.reset();
  points.reset();
});
afterAll(async () => {
  await reader.shutdown();
  trace.disable();
  metrics.disable();
});

type Answer = (text: string) => Reply;
const answered =
  (answer: object): Answer =>
  (sent) => ({
    kind: 'answered',
    status: 200,
    functionError: null,
    text: boundText(sent, JSON.stringify(answer)),
  });

function guardOver(answer: Answer, observe = openTelemetry()): RouteGuard {
  return new RouteGuard({
    attempts: 1,
    observe,
    transport: { send: async (sent) => answer(sent) },
    surroundings: { now: () => Date.parse(PLAIN.timing.sentAt), monotonic: () => 0 },
  });
}

const DENIAL = { ...(PLAIN.reply.answer as object), decision: false, outcome: 'deny', evaluationId: 'e-2' };

describe('a decision', () => {
  it.each([
    [
      'a permit',
      answered(PLAIN.reply.answer as object),
      { 'routeguard.outcome': 'permit' },
      { 'routeguard.evaluation_id': 'e-1' },
      SpanStatusCode.UNSET,
    ],
    [
      'a denial',
      answered(DENIAL),
      { 'routeguard.outcome': 'deny', 'routeguard.cause': 'denied' },
      { 'routeguard.evaluation_id': 'e-2' },
      SpanStatusCode.UNSET,
    ],
    [
      'an answer about something else',
      () => ({ kind: 'answered', status: 200, functionError: null, text: '{}' }) as const,
      { 'routeguard.outcome': 'deny', 'routeguard.cause': 'another-question' },
      {},
      SpanStatusCode.UNSET,
    ],
    [
      'none at all',
      () => ({ kind: 'throttled' }) as const,
      { 'routeguard.outcome': 'unavailable', 'routeguard.cause': 'throttled', 'error.type': 'throttled' },
      {},
      SpanStatusCode.ERROR,
    ],
  ])('%s is one span and one duration', async (_, answer, both, ofTheSpan, code) => {
    await guardOver(answer).decide(REQUEST);
    await reader.forceFlush();
    expect(
      spans.getFinishedSpans().map(({ name, kind, attributes, status }) => [name, kind, attributes, status]),
    ).toEqual([['routeguard.decide', SpanKind.CLIENT, { ...both, ...ofTheSpan }, { code }]]);
    const [metric] = points
      .getMetrics()
      .flatMap(({ scopeMetrics }) => scopeMetrics.flatMap(({ metrics: all }) => all));
    expect(metric?.descriptor).toMatchObject({ name: 'routeguard.client.decision.duration', unit: 's' });
    expect(
      metric?.dataPoints.map(({ attributes, value }) => [attributes, (value as { count: number }).count]),
    ).toEqual([[both, 1]]);
  });

  it('tells nobody what was asked about', async () => {
    await guardOver(answered(DENIAL)).decide(REQUEST);
    await reader.forceFlush();
    const told = JSON.stringify([
      spans.getFinishedSpans().map(({ attributes, events, name }) => [attributes, events, name]),
      points.getMetrics(),
    ]);
    for (const secret of [REQUEST.message.id, REQUEST.message.marking, REQUEST.path.route])
      expect(told).not.toContain(secret);
  });
});

describe('an observer', () => {
  it('changes nothing by breaking', async () => {
    const broken = () => {
      throw new Error('the collector is gone');
    };
    const result = await guardOver(answered(DENIAL), broken).decide(REQUEST);
    expect(result).toMatchObject({ kind: 'deny', cause: 'denied' });
  });

  it('hears of a decision that is routed, too', async () => {
    const heard: unknown[] = [];
    const guard = guardOver(answered(PLAIN.reply.answer as object), (decision) => {
      void decision.then(({ kind }) => heard.push(kind));
    });
    expect(await guard.route(REQUEST, async () => 'sent')).toMatchObject({ sent: true });
    expect(heard).toEqual(['permit']);
  });
});
