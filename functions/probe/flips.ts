/**
 * A change of code can create permits too. Both builds are asked the same questions about the registry as it is: every
 * route and network by every marking profile. What one permits and the other does not is a flip; a flip to permit
 * needs somebody's acknowledgement, by the digest of all of them.
 */
import { evaluateRequest, networkIds, routeIds, type Subject } from '../board/evaluate.ts';
import { profilesOf } from '../board/profiles.ts';
import type { WholeRegistry } from '../board/whole-registry.ts';
import type { DecisionRequest } from '../core/decision/request.ts';
import { canonicalBytes, type Digest, digestOf, type Json } from '../core/facts/canonical.ts';
import { member } from '../core/facts/fact.ts';
import type { Ask } from './ask.ts';

export interface BuildQuestion {
  readonly subject: Subject;
  readonly profile: string;
  readonly request: DecisionRequest;
}

export type Verdict = 'permit' | 'refused' | 'no-answer';

export interface BuildFlip {
  readonly subject: Subject;
  readonly profile: string;
  readonly before: Verdict;
  readonly after: Verdict;
}

export interface BuildComparison {
  readonly questions: number;
  readonly permits: number;
  readonly toPermit: readonly BuildFlip[];
  readonly toRefusal: readonly BuildFlip[];
  /** Over the flips to permit: what an acknowledgement names. */
  readonly digest: Digest;
}

/** Questions in flight at once. */
const AT_ONCE = 8;

/** Every route and then every network, by every profile. */
export function buildQuestions(registry: WholeRegistry, at: number): readonly BuildQuestion[] {
  const subjects: readonly Subject[] = [
    ...routeIds(registry).map((route) => ({ route })),
    ...networkIds(registry).map((network) => ({ network })),
  ];
  const profiles = profilesOf(registry, at);
  return subjects.flatMap((subject) =>
    profiles.map((profile) => ({
      subject,
      profile: profile.name,
      request: evaluateRequest(subject, profile),
    })),
  );
}

async function verdictOf(ask: Ask, request: DecisionRequest): Promise<Verdict> {
  const reply = await ask(request);
  if ('failed' in reply) return 'no-answer';
  try {
    const decision = member(JSON.parse(reply.payload), 'decision');
    return decision === true ? 'permit' : decision === false ? 'refused' : 'no-answer';
  } catch {
    return 'no-answer';
  }
}

/** A question that one build does not answer is a flip as well, whichever way. */
export async function compareBuilds(
  before: Ask,
  after: Ask,
  questions: readonly BuildQuestion[],
): Promise<BuildComparison> {
  const flips: BuildFlip[] = [];
  let permits = 0;
  const waiting = [...questions];
  const work = async () => {
    for (let q = waiting.shift(); q !== undefined; q = waiting.shift()) {
      const [old, now] = await Promise.all([verdictOf(before, q.request), verdictOf(after, q.request)]);
      if (now === 'permit') permits += 1;
      if (old !== now) flips.push({ subject: q.subject, profile: q.profile, before: old, after: now });
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  const key = (f: BuildFlip) => JSON.stringify([f.subject, f.profile]);
  const sorted = flips.sort((a, b) => (key(a) < key(b) ? -1 : 1));
  const toPermit = sorted.filter((f) => f.after === 'permit');
  return {
    questions: questions.length,
    permits,
    toPermit,
    toRefusal: sorted.filter((f) => f.after !== 'permit'),
    digest: digestOf(canonicalBytes(toPermit as unknown as Json)),
  };
}
