/**
 * A change of code can create permits too. Both builds are asked the same questions about the registry as it is: every
 * marking profile in every format that can say it, and the formats' own examples, for how they read; then every route
 * and network by every marking profile, in and out of every tunnel, for what they decide. What the new build lets pass
 * and the other does not needs somebody's acknowledgement, by the digest of all of it: a permit, an obligation that is
 * dropped, a validity or a lease that is longer, a marking that reads as less.
 */
import { randomUUID } from 'node:crypto';
import { type BoardSubject, networkIds, routeIds } from '../board/evaluate.ts';
import { type MarkingProfile, markingProfiles } from '../core/administration/marking-profiles.ts';
import { questionsAbout, variationsIn } from '../core/administration/questions.ts';
import type { Case } from '../core/administration/simulation.ts';
import { canonicalBytes, canonicalText, type Digest, digestOf } from '../core/facts/canonical.ts';
import { dayOf } from '../core/facts/moment.ts';
import { examplesOf } from '../core/marking/examples.ts';
import { MARKING_FORMATS, type MarkingFormat } from '../core/marking/formats.ts';
import type { DecisionRequest } from '../core/request.ts';
import type { WholeRegistry } from '../store/whole-registry.ts';
import type { AskBuild } from './ask.ts';
import { type BuildAnswer, type BuildVerdict, buildAnswerIn, loosened } from './loosened.ts';
import { markingOf, written } from './written.ts';

/** As `detected` the format is for the reader to find out. */
type AskedFormat = MarkingFormat | 'detected';

interface BuildCase extends Case {
  /** Where it is asked how a marking reads: what it is written in, and the text. */
  readonly format?: AskedFormat;
  readonly text?: string;
}

interface BuildQuestion {
  readonly subject: BoardSubject;
  readonly asked: BuildCase;
  readonly request: DecisionRequest;
}

export interface BuildQuestions {
  readonly total: number;
  /** Over everything that decides what is asked. */
  readonly plan: Digest;
  /** How markings read, then every route and then every network; made as they are asked for. */
  each(): Iterable<BuildQuestion>;
}

export interface BuildFlip extends BuildCase {
  readonly subject: BoardSubject;
  readonly before: BuildVerdict;
  readonly after: BuildVerdict;
  /** What the new build lets pass beside a permit. */
  readonly looser?: ReturnType<typeof loosened>;
}

export interface BuildComparison {
  /** Questions that both builds judged. */
  readonly questions: number;
  /** Questions there was no time for, or that a build never judged: of those nobody knows whether they flip. */
  readonly unasked: number;
  readonly permits: number;
  /** Everything that the new build lets pass and the other does not. */
  readonly toPermit: readonly BuildFlip[];
  readonly toRefusal: readonly BuildFlip[];
  /** The longest lease of each build, whole seconds. */
  readonly lease: { readonly before: number; readonly after: number };
  /** Nothing is let pass that was not, as far as was asked. */
  readonly alike: boolean;
  /**
   * What an acknowledgement names: everything let pass and, where something was not asked, that it was not, of these
   * two builds. Where it was not and a build did not say which it is, it is another one each time: nobody acknowledges
   * a build that nobody can name.
   */
  readonly digest: Digest;
}

/** How often a build is asked that could not judge: of tens of thousands of answers one may be lost on the way. */
const ATTEMPTS = 3;

/** A permit is never asked about again: one that comes now and then is one. */
async function judged(ask: AskBuild, request: DecisionRequest): Promise<BuildAnswer> {
  for (let attempt = 1; ; attempt += 1) {
    const answer = buildAnswerIn(await ask(request));
    if (!answer.unjudged || attempt === ATTEMPTS) return answer;
  }
}

/** Questions in flight at once. */
const AT_ONCE = 8;
/** Questions between two looks at the clock. */
const CHUNK = 100;

interface ReadQuestion {
  /** Id of a marking profile, or that it is an example of a format. */
  readonly marking: string;
  readonly format: AskedFormat;
  readonly text: string;
}

/** Each text in each format once. */
function readQuestions(markings: readonly MarkingProfile[], at: number): readonly ReadQuestion[] {
  const on = dayOf(at, 'UTC');
  const asked = [
    ...MARKING_FORMATS.flatMap((format) => {
      const { valid, invalid } = examplesOf(format);
      const marking = `an example of ${format}`;
      return [...valid, ...invalid].flatMap((text) => [
        { marking, format, text },
        { marking, format: 'detected' as const, text },
      ]);
    }),
    ...markings.flatMap(({ id, label }) =>
      written(label, on).map(({ format, marking }) => ({ marking: id, format, text: marking })),
    ),
  ];
  return [...new Map(asked.map((q) => [`${q.format} ${q.text}`, q])).values()];
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
  // How a marking reads does not depend on where it goes: each is asked about one place, in turn.
  const places = ways.flatMap(({ subject, ways: [first] }) =>
    first === undefined ? [] : [{ subject, ...first }],
  );
  const reads = places.length === 0 ? [] : readQuestions(markings, at);
  return {
    total: reads.length + ways.reduce((sum, w) => sum + w.ways.length, 0) * markings.length,
    plan: digestOf(
      canonicalBytes([
        ways.map((w) => [w.subject, w.ways.map(({ asked }) => ({ ...asked }))]),
        markings.map((m) => m.id),
        reads.map(({ format, text }) => [format, text]),
      ]),
    ),
    *each() {
      for (const [n, { marking, format, text }] of reads.entries()) {
        const place = places[n % places.length];
        if (place === undefined) return;
        const named = format === 'detected' ? {} : { markingFormat: format };
        const message = { ...place.request.message, marking: text, ...named };
        yield {
          subject: place.subject,
          asked: { marking, format, text },
          request: { ...place.request, message },
        };
      }
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

/** What the answers of one build have told of it. */
class Said {
  readonly builds = new Set<string>();
  lease = 0;

  note({ build, lease }: BuildAnswer): void {
    if (build !== undefined) this.builds.add(build);
    this.lease = Math.max(this.lease, lease);
  }
}

/**
 * A question that one build does not answer is a flip as well, whichever way, and it was not asked: what a build would say that
 * says nothing, nobody knows.
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
  const sides = { before: new Said(), after: new Said() };
  let permits = 0;
  let questions = 0;
  let unjudged = 0;
  const waiting = each()[Symbol.iterator]();
  let chunkEnds = 0;
  const work = async () => {
    while (questions < chunkEnds) {
      const { value: q, done } = waiting.next();
      if (done === true) return;
      questions += 1;
      const [old, now] = await Promise.all([judged(before, q.request), judged(after, q.request)]);
      sides.before.note(old);
      sides.after.note(now);
      if (old.unjudged || now.unjudged) unjudged += 1;
      if (now.verdict === 'permit') permits += 1;
      const looser = loosened(old, now, q.asked.format !== undefined);
      if (old.verdict !== now.verdict || looser.length > 0)
        flips.push({
          ...{ subject: q.subject, ...q.asked, before: old.verdict, after: now.verdict },
          ...(looser.length > 0 && { looser }),
        });
    }
  };
  do {
    chunkEnds = questions + CHUNK;
    await Promise.all(Array.from({ length: AT_ONCE }, work));
  } while (questions < total && keepGoing());
  const key = (f: BuildFlip) => canonicalText(f);
  const sorted = flips.map((flip) => ({ flip, key: key(flip) })).sort((a, b) => (a.key < b.key ? -1 : 1));
  const letsPass = (flip: BuildFlip) =>
    flip.looser !== undefined || (flip.before !== 'permit' && flip.after === 'permit');
  const toPermit = sorted.flatMap(({ flip }) => (letsPass(flip) ? [flip] : []));
  const unasked = total - questions + unjudged;
  const lease = { before: sides.before.lease, after: sides.after.lease };
  // Of a build that permitted nothing no lease is known: what the other permits is a flip by itself.
  const longer = lease.before > 0 && lease.after > lease.before;
  const builds = [sides.before.builds, sides.after.builds].map((named) =>
    named.size > 0 ? [...named].sort() : [randomUUID()],
  );
  const told = {
    toPermit,
    ...(longer && { lease }),
    ...(unasked > 0 && { unfinished: plan, builds }),
  };
  return {
    questions: total - unasked,
    unasked,
    permits,
    toPermit,
    toRefusal: sorted.flatMap(({ flip }) => (letsPass(flip) ? [] : [flip])),
    lease,
    alike: toPermit.length === 0 && !longer,
    digest: digestOf(canonicalBytes(unasked === 0 && !longer ? toPermit : told)),
  };
}
