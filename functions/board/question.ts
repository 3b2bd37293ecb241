/** One question in depth: the path hop by hop with what speaks against each, and when the answer changes. */
import type { CoreDecision } from '../core/decision/decide.ts';
import type { Outcome } from '../core/decision/outcome.ts';
import type { Reason } from '../core/decision/reasons.ts';
import { member, texts } from '../core/facts/fact.ts';
import { spans } from '../core/time/spans.ts';
import type { WholeRegistry } from '../store/whole-registry.ts';
import { type BoardSubject, evaluate } from './evaluate.ts';
import type { Profile } from './profiles.ts';

export interface QuestionHop {
  readonly id: string;
  readonly name: string;
  readonly place: string;
  /** True for a network the route may fail over to. */
  readonly alternate: boolean;
  readonly reasons: readonly Reason[];
}

export interface Stretch {
  readonly from: number;
  /** `null`: no change is known. */
  readonly to: number | null;
  readonly outcome: Outcome;
  readonly codes: readonly string[];
}

export interface QuestionView {
  readonly profile: Profile;
  readonly id: string;
  readonly decision: CoreDecision;
  /** True for a network, which is judged by a route over it that may not exist. */
  readonly supposed: boolean;
  readonly hops: readonly QuestionHop[];
  /** Reasons that are about no hop: mandates, standards, holds. */
  readonly general: readonly Reason[];
  readonly stretches: readonly Stretch[];
  /** Epoch ms: up to here was looked; `null` where nothing is known to change any more. */
  readonly lookedUntil: number | null;
}

/** Instants looked at, for a page that somebody waits for. */
const LIMIT = { limit: 1000 };

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function hopIds(
  registry: WholeRegistry,
  subject: BoardSubject,
): readonly { id: string; alternate: boolean }[] {
  if ('network' in subject) return [{ id: subject.network, alternate: false }];
  const route = registry.index.facts.get(`route/${subject.route}`);
  return [
    ...texts(member(route, 'hops')).map((id) => ({ id, alternate: false })),
    ...texts(member(route, 'alternates')).map((id) => ({ id, alternate: true })),
  ];
}

function stretchesOf(
  registry: WholeRegistry,
  subject: BoardSubject,
  profile: Profile,
  at: number,
): Pick<QuestionView, 'stretches' | 'lookedUntil'> {
  const stretches: Stretch[] = [];
  const answerAt = (instant: number) => evaluate(registry, subject, profile, instant);
  for (const { from, until, answer } of spans(answerAt, at, undefined, LIMIT)) {
    if (answer === undefined) return { stretches, lookedUntil: from };
    const { outcome } = answer;
    const codes = [...new Set(answer.reasons.map((r) => r.code))].sort();
    const last = stretches.at(-1);
    if (last !== undefined && last.outcome === outcome && last.codes.join() === codes.join())
      stretches.splice(-1, 1, { ...last, to: until });
    else stretches.push({ from, to: until, outcome, codes });
  }
  return { stretches, lookedUntil: null };
}

export function questionOf(
  registry: WholeRegistry,
  subject: BoardSubject,
  profile: Profile,
  at: number,
): QuestionView {
  const decision = evaluate(registry, subject, profile, at);
  return {
    profile,
    id: 'network' in subject ? subject.network : subject.route,
    decision,
    supposed: 'network' in subject,
    hops: hopIds(registry, subject).map(({ id, alternate }, index) => {
      const network = registry.index.facts.get(`network/${id}`);
      return {
        id,
        name: text(member(network, 'name')),
        place: [
          ...new Set([text(member(network, 'jurisdiction')), ...texts(member(network, 'physicalCountries'))]),
        ]
          .filter((c) => c !== '')
          .join(', '),
        alternate,
        reasons: decision.reasons.filter((r) => r.hop === index),
      };
    }),
    general: decision.reasons.filter((r) => r.hop === undefined),
    ...stretchesOf(registry, subject, profile, at),
  };
}
