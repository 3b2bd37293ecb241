/**
 * A change of code can create permits too. Both builds are asked the same questions about the registry as it is: every
 * route and network by every marking profile, in and out of every tunnel. What one permits and the other does not is a
 * flip; a flip to permit needs somebody's acknowledgement, by the digest of all of them.
 */
import { type BoardSubject, networkIds, routeIds } from '../board/evaluate.ts';
import type { WholeRegistry } from '../board/whole-registry.ts';
import { markingProfiles } from '../core/administration/marking-profiles.ts';
import { questionsAbout, variationsIn } from '../core/administration/questions.ts';
import type { Case } from '../core/administration/simulation.ts';
import { canonicalBytes, canonicalText, type Digest, digestOf, type Json } from '../core/facts/canonical.ts';
import { member } from '../core/facts/fact.ts';
import type { Label } from '../core/marking/label.ts';
import type { DecisionRequest } from '../core/request.ts';
import type { AskBuild } from './ask.ts';

interface BuildQuestion {
  readonly subject: BoardSubject;
  readonly asked: Case;
  readonly request: DecisionRequest;
}

export interface BuildQuestions {
  readonly total: number;
  /** Over everything that decides what is asked. */
  readonly plan: Digest;
  /** Every route and then every network, made as they are asked for. */
  each(): Iterable<BuildQuestion>;
}

type BuildVerdict = 'permit' | 'refused' | 'no-answer';

export interface BuildFlip extends Case {
  readonly subject: BoardSubject;
  readonly before: BuildVerdict;
  readonly after: BuildVerdict;
}

export interface BuildComparison {
  /** Questions asked of both builds. */
  readonly questions: number;
  /** Questions there was no time for: of those nobody knows whether they flip. */
  readonly unasked: number;
  readonly permits: number;
  readonly toPermit: readonly BuildFlip[];
  readonly toRefusal: readonly BuildFlip[];
  /** What an acknowledgement names: the flips to permit and, where something was not asked, that it was not. */
  readonly digest: Digest;
}

/** Questions in flight at once. */
const AT_ONCE = 8;
/** Questions between two looks at the clock. */
const CHUNK = 100;

/** A label as the structured marking that reads as it. */
export function markingOf(label: Label): Record<string, unknown> {
  const { frame, level, compartments, controls, markedBy, audience } = label;
  const owners = label.owners.length === 0 ? [markedBy] : label.owners;
  const who = audience === null ? { unrestricted: true } : { releasableTo: audience };
  return { frame, level, owners, markedBy, compartments, controls, ...who };
}

export function buildQuestions(registry: WholeRegistry, at: number): BuildQuestions {
  const subjects: readonly BoardSubject[] = [
    ...routeIds(registry).map((route) => ({ route })),
    ...networkIds(registry).map((network) => ({ network })),
  ];
  const markings = markingProfiles(at, registry.index);
  const variations = variationsIn(registry.index);
  // A caller supposes no route: of a network's ways of being asked those without one are left, each once.
  const waysOf = (subject: BoardSubject) =>
    questionsAbout(subject, variations).filter(
      ({ asked }) => asked.assurance === undefined || asked.assurance === 'assumed',
    );
  const ways = subjects.map((subject) => ({ subject, ways: waysOf(subject) }));
  return {
    total: ways.reduce((sum, w) => sum + w.ways.length, 0) * markings.length,
    plan: digestOf(
      canonicalBytes([
        ways.map((w) => [w.subject, w.ways.map(({ asked }) => ({ ...asked }))]),
        markings.map((m) => m.id),
      ]),
    ),
    *each() {
      for (const { subject, ways: asking } of ways)
        for (const { request, asked } of asking)
          for (const { id, label } of markings) {
            const { assurance: _supposed, ...way } = asked;
            const message = {
              ...request.message,
              marking: markingOf(label),
              markingFormat: 'label' as const,
            };
            yield { subject, asked: { marking: id, ...way }, request: { ...request, message } };
          }
    },
  };
}

async function verdictOf(ask: AskBuild, request: DecisionRequest): Promise<BuildVerdict> {
  const reply = await ask(request);
  if ('failed' in reply) return 'no-answer';
  try {
    const decision = member(JSON.parse(reply.payload), 'decision');
    return decision === true ? 'permit' : decision === false ? 'refused' : 'no-answer';
  } catch {
    return 'no-answer';
  }
}

/**
 * A question that one build does not answer is a flip as well, whichever way.
 *
 * @param keepGoing asked between chunks of questions
 */
export async function compareBuilds(
  before: AskBuild,
  after: AskBuild,
  { total, plan, each }: BuildQuestions,
  keepGoing: () => boolean,
): Promise<BuildComparison> {
  const flips: BuildFlip[] = [];
  let permits = 0;
  let questions = 0;
  const waiting = each()[Symbol.iterator]();
  let chunkEnds = 0;
  const work = async () => {
    while (questions < chunkEnds) {
      const { value: q, done } = waiting.next();
      if (done === true) return;
      questions += 1;
      const [old, now] = await Promise.all([verdictOf(before, q.request), verdictOf(after, q.request)]);
      if (now === 'permit') permits += 1;
      if (old !== now) flips.push({ subject: q.subject, ...q.asked, before: old, after: now });
    }
  };
  do {
    chunkEnds = questions + CHUNK;
    await Promise.all(Array.from({ length: AT_ONCE }, work));
  } while (questions < total && keepGoing());
  const key = (f: BuildFlip) => canonicalText(f as unknown as Json);
  const sorted = flips.map((flip) => ({ flip, key: key(flip) })).sort((a, b) => (a.key < b.key ? -1 : 1));
  const toPermit = sorted.flatMap(({ flip }) => (flip.after === 'permit' ? [flip] : []));
  const unasked = total - questions;
  return {
    questions,
    unasked,
    permits,
    toPermit,
    toRefusal: sorted.flatMap(({ flip }) => (flip.after === 'permit' ? [] : [flip])),
    digest: digestOf(
      canonicalBytes((unasked === 0 ? toPermit : { toPermit, unfinished: plan }) as unknown as Json),
    ),
  };
}
