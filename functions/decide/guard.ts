/** The decision service: strict parsing, the label, the registry, the pure fold, the answer. Shared by every door. */
import {
  type Answer,
  answerOf,
  type Envelope,
  isOver,
  OUT_OF_TIME,
  refusingAnswer,
} from '../core/decision/answer.ts';
import { nextDateAnywhere } from '../core/decision/boundaries.ts';
import { type CoreDecision, type DecisionInput, decide } from '../core/decision/decide.ts';
import { decidingText } from '../core/decision/decides.ts';
import { isHypothetical } from '../core/decision/hypothetical.ts';
import { labelOf } from '../core/decision/label-of.ts';
import { bindingOfText, boundTo } from '../core/decision/question-binding.ts';
import { readRequest } from '../core/decision/read-request.ts';
import type { Reason, ReasonCode } from '../core/decision/reasons.ts';
import { instantOf } from '../core/facts/moment.ts';
import type { DecisionRequest, Explain } from '../core/request.ts';
import type { OpenRegistry, RegistryReader } from '../store/registry-reader.ts';
import { StoreError } from '../store/store-error.ts';
import { type AnswerMemory, isOf, type KeptDecision, versionName } from './answer-memory.ts';
import { inputOn } from './decide-on.ts';
import { parseRequestText } from './parse-text.ts';
import { reasonOfStoreError } from './store-reasons.ts';
import { newTrace, type Trace } from './trace.ts';

export interface GuardOptions {
  readonly reader: RegistryReader;
  readonly build: string;
  readonly budgetMs: number;
  readonly leaseMs: number;
  /** Epoch milliseconds. */
  readonly clock: () => number;
  readonly newEvaluationId: () => string;
  /** How much an answer through this door may reveal. */
  readonly mostExplained: Exclude<Explain, 'none'>;
  /** Where decisions already made are kept. @default nowhere: each is made anew */
  readonly memory?: AnswerMemory;
}

/** Opens the version of the registry a request wants. */
type Open = (
  wanted: NonNullable<DecisionRequest['registry']> | Record<string, never>,
) => Promise<OpenRegistry>;

/** What an answer was made from, for whoever has more to say of it. */
export interface Made {
  readonly input: DecisionInput;
  readonly decision: CoreDecision;
  /** The version of the registry that it rests on. */
  readonly registry: OpenRegistry;
}

interface Decided {
  readonly answer: Answer;
  /** Absent where nothing was decided, and of a permit that is over. */
  readonly made?: Made;
}

export interface Guard {
  /** Decides on the JSON text of a request. Never throws: a fault inside is a refusal. */
  decideText(text: string, trace?: Trace): Promise<Answer>;
  /**
   * Decides on a request that a door has parsed strictly.
   *
   * @param open for a caller whose decisions and other reads must rest on one state of the world; see `oneHead`
   */
  decideValue(value: unknown, trace?: Trace, open?: Open): Promise<Answer>;
  /** The same, with what the answer was made from: each is made anew. */
  decided(value: unknown, trace?: Trace): Promise<Decided>;
  /** The answer to an invocation that carries no text of a request. */
  notText(trace?: Trace): Answer;
  /** The answer for a call that could not be attended to in time. */
  outOfTime(trace?: Trace): Answer;
}

/** What shapes an answer, as far as a request has been read. */
type Asked = Pick<Envelope, 'explain' | 'hypothetical'>;

/** A request that was read, and when it is about. */
interface Questioned extends Asked {
  readonly request: DecisionRequest;
  /** The instant the answer is for, epoch ms. */
  readonly at: number;
  readonly trace: Trace;
}

const UNREAD: Asked = { explain: 'codes', hypothetical: false };

export function createGuard(options: GuardOptions): Guard {
  const { clock, build } = options;
  const envelope = ({ question }: Trace, { explain, hypothetical }: Asked): Envelope => ({
    question,
    evaluationId: options.newEvaluationId(),
    evaluatedAt: clock(),
    build,
    explain,
    hypothetical,
  });
  const refuse = (trace: Trace, reasons: readonly Reason[], asked: Asked = UNREAD) => {
    trace.reasons = reasons;
    return refusingAnswer(envelope(trace, asked), reasons);
  };
  const refuseWith = (trace: Trace, code: ReasonCode, asked?: Asked) => refuse(trace, [{ code }], asked);

  /** The answer to a decision on a version that is open, and whether there is one: a permit may be over already. */
  function told(
    asked: Questioned,
    { label, decision }: Pick<KeptDecision, 'label' | 'decision'>,
    registry: OpenRegistry,
  ): { readonly answer: Answer; readonly over: boolean } {
    const { at, trace } = asked;
    Object.assign(trace, registry.consumed());
    const to = envelope(trace, asked);
    const decided = {
      decision,
      label,
      at,
      registry: { version: registry.version, digest: registry.digest },
      leaseEnds: registry.readStartedAt + options.leaseMs,
    };
    const over = isOver(to, decided);
    trace.reasons = over ? [OUT_OF_TIME] : decision.reasons;
    trace.exemptions = decision.exemptions;
    trace.waivers = decision.waivers;
    return { answer: answerOf(to, decided), over };
  }

  async function decideRequest(asked: Questioned, open: Open, memory?: AnswerMemory): Promise<Decided> {
    const { request, hypothetical, at, trace } = asked;
    const readingFrom = performance.now();
    let opening: Promise<OpenRegistry> | undefined;
    const opened = () => (opening ??= open(request.registry ?? {}));

    const question = memory === undefined || hypothetical ? undefined : decidingText(request);
    const kept = question === undefined ? undefined : memory?.find(question, at);
    if (kept !== undefined && (await isOf(kept, await opened()))) {
      trace.registryMs = performance.now() - readingFrom;
      trace.remembered = true;
      return { answer: told(asked, kept, await opened()).answer };
    }

    // A marking that nobody can read costs no read of the registry.
    const reading = labelOf(request.message, at);
    if (!reading.ok) return { answer: refuse(trace, reading.reasons, asked) };
    const { label } = reading;
    const registry = await opened();
    const input = await inputOn(registry, request, reading, at);
    const decision = decide(input);
    trace.registryMs = performance.now() - readingFrom;
    if (question !== undefined) {
      const version = await versionName(registry);
      // Sooner than it is valid: it also tells what it cites, of facts that change nothing else.
      const until = Math.min(decision.validUntil ?? Number.POSITIVE_INFINITY, nextDateAnywhere(input));
      memory?.keep(question, { version, from: at, until, label, decision });
    }
    const { answer, over } = told(asked, { label, decision }, registry);
    return over ? { answer } : { answer, made: { input, decision, registry } };
  }

  /** When a question is about, once that and how much it may be told are as they may be. */
  function questioned(
    request: DecisionRequest,
    hypothetical: boolean,
    trace: Trace,
  ): Questioned | { readonly refused: Answer } {
    const explain = request.explain ?? 'codes';
    if (explain === 'full' && options.mostExplained !== 'full')
      return { refused: refuseWith(trace, 'EXPLAIN_NOT_GRANTED', { ...UNREAD, hypothetical }) };
    const at = request.at === undefined ? clock() : instantOf(request.at);
    return at === undefined
      ? { refused: refuseWith(trace, 'INSTANT_INVALID', { explain, hypothetical }) }
      : { request, explain, hypothetical, at, trace };
  }

  const openFresh: Open = (wanted) => options.reader.open(wanted, AbortSignal.timeout(options.budgetMs));

  async function decided(
    value: unknown,
    trace: Trace = newTrace(),
    open: Open = openFresh,
    memory?: AnswerMemory,
  ): Promise<Decided> {
    let hypothetical = false;
    try {
      trace.question = boundTo(trace.question, value);
      const reading = readRequest(value);
      if (!reading.ok) return { answer: refuse(trace, reading.reasons) };
      hypothetical = isHypothetical(reading.request);
      const asked = questioned(reading.request, hypothetical, trace);
      return 'refused' in asked ? { answer: asked.refused } : await decideRequest(asked, open, memory);
    } catch (error) {
      // T3: whatever was thrown, nothing was permitted. The error itself may hold stored or caller text: it goes nowhere.
      const code = error instanceof StoreError ? reasonOfStoreError(error.code) : 'INTERNAL_FAULT';
      return { answer: refuseWith(trace, code, { ...UNREAD, hypothetical }) };
    }
  }

  async function decideValue(value: unknown, trace?: Trace, open?: Open): Promise<Answer> {
    return (await decided(value, trace, open, options.memory)).answer;
  }

  return {
    decided: (value, trace) => decided(value, trace),
    decideValue,
    async decideText(text, trace = newTrace(bindingOfText(text))) {
      const parsed = parseRequestText(text);
      return parsed.ok ? decideValue(parsed.value, trace) : refuseWith(trace, parsed.code);
    },
    notText: (trace = newTrace()) => refuseWith(trace, 'REQUEST_NOT_TEXT'),
    outOfTime: (trace = newTrace()) => refuseWith(trace, 'BUDGET_EXHAUSTED'),
  };
}
