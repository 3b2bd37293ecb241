/** What is paid beside the decision itself: the answer that is made of it, the text that goes out, the line of the log and its record. */
import { answerOf, type DecisionInContext, type Envelope } from '../../../functions/core/decision/answer.ts';
import { decide } from '../../../functions/core/decision/decide.ts';
import { labelOf } from '../../../functions/core/decision/label-of.ts';
import { bindingOfText } from '../../../functions/core/decision/question-binding.ts';
import { inputFor } from '../../../functions/core/registry/input.ts';
import { registryFrom } from '../../../functions/core/registry/registry.ts';
import { type DecisionContext, decisionLine } from '../../../functions/decide/decision-line.ts';
import { startRecording } from '../../../functions/decide/record.ts';
import { newTrace } from '../../../functions/decide/trace.ts';
import { BUILD, OPEN_SAMPLE } from '../../decide/rig.ts';
import { CONTEXT } from '../deployed.ts';
import { newQuestions, take, textOf } from '../questions.ts';
import { atMost, type Effort, type Figure, type Row } from '../row.ts';
import { median, microseconds, turnAbout } from '../timing.ts';

function decided() {
  const at = Date.now();
  const [asked] = take(newQuestions(2), 1);
  if (asked === undefined) throw new Error('no question');
  const { marking, hops } = asked;
  const message = { id: 'm', marking, markingFormat: 'us-banner' };
  const read = labelOf(message, at);
  if (!read.ok) throw new Error('what is measured is a marking');
  const request = { message, path: { hops: hops.map((network) => ({ network })) } };
  const decision = decide(inputFor(registryFrom([...OPEN_SAMPLE.values()]), request, read, at));
  const registry = { version: 1, digest: `sha256:${'0'.repeat(64)}` } as const;
  const inContext: DecisionInContext = { decision, label: read.label, at, registry, leaseEnds: at + 60_000 };
  const text = textOf(asked);
  const envelope: Envelope = {
    ...{ question: bindingOfText(text), evaluationId: CONTEXT.awsRequestId, evaluatedAt: at },
    ...{ build: BUILD, explain: 'codes', hypothetical: false },
  };
  return { inContext, envelope, text };
}

async function measure(effort: Effort): Promise<readonly Figure[]> {
  const { inContext, envelope, text } = decided();
  const answer = answerOf(envelope, inContext);
  if (!answer.decision) throw new Error('what is measured is a permit');
  const trace = { ...newTrace(envelope.question), readUnits: 1, batches: 1, registryMs: 0.5 };
  const context: DecisionContext = {
    ...{ service: 'routeguard', door: 'direct', probe: false, totalMs: 0.75 },
    requestId: CONTEXT.awsRequestId,
  };
  const line = decisionLine(answer, trace, context);
  const nowhere = () => undefined;
  const samples = await turnAbout(
    {
      off: { run: () => answer },
      binding: { run: () => bindingOfText(text) },
      answer: { run: () => answerOf(envelope, inContext) },
      text: { run: () => JSON.stringify(answer) },
      line: { run: () => decisionLine(answer, trace, context) },
      written: { run: () => JSON.stringify(line) },
      record: {
        run: () =>
          startRecording(
            { door: 'direct', requestId: context.requestId, invokedFunctionArn: CONTEXT.invokedFunctionArn },
            nowhere,
          ).done(answer),
      },
    },
    effort.quick ? { warmUp: 300, rounds: 3, calls: 100 } : { warmUp: 10_000, rounds: 60, calls: 200 },
  );
  const off = median(samples.off);
  const us = (name: keyof typeof samples) => microseconds(median(samples[name]) - off);
  return [
    { what: 'the answer', unit: 'µs', value: us('answer') },
    { what: 'the line of the log, and its text', unit: 'µs', value: us('line') + us('written') },
    {
      what: 'the record around it: clock, environment, alias',
      unit: 'µs',
      value: Math.max(0, us('record') - us('line') - us('written')),
    },
    {
      what: 'answer, log line and record together',
      unit: 'µs',
      value: us('answer') + us('record'),
      toReach: atMost(15),
    },
    { what: 'the digest of the question in every answer', unit: 'µs', value: us('binding') },
    { what: 'the text of the answer, which Lambda writes', unit: 'µs', value: us('text') },
  ];
}

export const price: Row = {
  name: 'price',
  question: 'answer, log line, record: the price of each',
  against: 'off: the same loop without',
  toReach: '≤ 15 µs together',
  measure,
};
