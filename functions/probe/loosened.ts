/**
 * What one build's answer lets pass that another's does not: a permit where the other asks for more or ends sooner, and
 * a marking read as less than the other reads.
 */
import { canonicalText, type Writable } from '../core/facts/canonical.ts';
import { entries, member, texts } from '../core/facts/fact.ts';
import { codesOf, type ProbeReply, UNJUDGED } from './check.ts';

export type BuildVerdict = 'permit' | 'refused' | 'no-answer';
type Loosening = 'marking' | 'obligations' | 'validity';

export interface BuildAnswer {
  readonly verdict: BuildVerdict;
  /** Digest of the build, as it says. */
  readonly build?: string;
  readonly label: unknown;
  readonly obligations: readonly string[];
  /** Epoch ms; infinite where nothing ends the answer. */
  readonly validUntil: number;
  /** Whole seconds for which a permit may be acted on, begun ones counted; 0 without. */
  readonly lease: number;
  /** Whether it could not judge: no answer, or a refusal that is about the guard and not about the question. */
  readonly unjudged: boolean;
}

/** What a build refuses whatever is asked; that a fact of the question cannot be read is its judgement. */
const OF_THE_GUARD: readonly string[] = UNJUDGED.filter(
  (code) => code !== 'FACT_UNSOUND' && code !== 'MANDATE_UNSOUND',
);

const NO_ANSWER: BuildAnswer = {
  verdict: 'no-answer',
  label: undefined,
  obligations: [],
  validUntil: 0,
  lease: 0,
  unjudged: true,
};

function instant(value: unknown): number | undefined {
  const at = typeof value === 'string' ? Date.parse(value) : Number.NaN;
  return Number.isNaN(at) ? undefined : at;
}

export function buildAnswerIn(reply: ProbeReply): BuildAnswer {
  if ('failed' in reply) return NO_ANSWER;
  try {
    return told(JSON.parse(reply.payload));
  } catch {
    return NO_ANSWER;
  }
}

function told(answer: unknown): BuildAnswer {
  const decision = member(answer, 'decision');
  if (typeof decision !== 'boolean') return NO_ANSWER;
  const build = member(answer, 'build');
  const [made, useBy] = [instant(member(answer, 'evaluatedAt')), instant(member(answer, 'useBy'))];
  const leased = decision && made !== undefined && useBy !== undefined;
  const codes = decision ? [] : codesOf(answer);
  return {
    verdict: decision ? 'permit' : 'refused',
    unjudged: OF_THE_GUARD.some((code) => codes.includes(code)),
    ...(typeof build === 'string' && { build }),
    label: member(answer, 'label'),
    obligations: entries(member(answer, 'obligations')).map((o) => canonicalText(o as Writable)),
    validUntil: instant(member(answer, 'validUntil')) ?? Number.POSITIVE_INFINITY,
    // What was read before the answer was made is part of the lease, so that only whole seconds can be compared.
    lease: leased ? Math.ceil((useBy - made) / 1000) : 0,
  };
}

/** Whether a marking is read as less restricted in some respect; another level or frame is neither more nor less. */
function restrictsLess(was: unknown, is: unknown): boolean {
  const same = ['frame', 'level', 'markedBy'].every((name) => member(was, name) === member(is, name));
  const keeps = ['compartments', 'controls', 'owners'].every((name) =>
    texts(member(was, name)).every((word) => texts(member(is, name)).includes(word)),
  );
  const [before, after] = [member(was, 'audience'), member(is, 'audience')];
  const within =
    before === null || (Array.isArray(after) && after.every((code) => texts(before).includes(String(code))));
  return !(same && keeps && within);
}

/**
 * Empty where the second build lets nothing pass that the first does not, but for what it permits.
 *
 * @param reads whether it is asked how the marking reads: one that was refused and is read now is read as less
 */
export function loosened(was: BuildAnswer, is: BuildAnswer, reads: boolean): readonly Loosening[] {
  const both = was.verdict === 'permit' && is.verdict === 'permit';
  const unread = is.label === undefined && is.verdict !== 'permit';
  const marking =
    reads &&
    !unread &&
    (was.label === undefined ? is.label !== undefined : restrictsLess(was.label, is.label));
  return [
    ...(marking ? (['marking'] as const) : []),
    ...(both && !was.obligations.every((o) => is.obligations.includes(o)) ? (['obligations'] as const) : []),
    ...(both && is.validUntil > was.validUntil ? (['validity'] as const) : []),
  ];
}
