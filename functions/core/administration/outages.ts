/**
 * What goes dark with nothing changed by anybody: answers that permit and then do not. The forecast, the watch and the
 * board read this list and no other, so that none of them is silent about what another tells.
 */

import type { CoreDecision } from '../decision/core-decision.ts';
import { canonicalText } from '../facts/canonical.ts';
import { iso } from '../facts/moment.ts';
import type { Label } from '../marking/label.ts';
import type { Registry } from '../registry/registry.ts';
import { causesAt } from './causes.ts';
import { causesOf } from './flip-causes.ts';
import { answersOver, asPermitted, type Inquiry, inquiry } from './inquiry.ts';
import { permittableClasses } from './label-classes.ts';
import { type MarkingProfile, markingProfiles } from './marking-profiles.ts';
import { type Question, questionsAbout, type Variations, variationsIn } from './questions.ts';
import type { RegistryIndex } from './registry-index.ts';
import type { Case, Outage, Subject } from './simulation.ts';

const DAY_MS = 86_400_000;

/** Everything asked about each subject, from an instant to the end of some days: that end belongs to them. */
export interface OutageScope {
  readonly registry: Registry;
  readonly markings: readonly MarkingProfile[];
  readonly variations: Variations;
  /** Epoch ms. */
  readonly at: number;
  readonly horizon: number;
}

export function watched(index: RegistryIndex, registry: Registry, at: number, days: number): OutageScope {
  return {
    registry,
    markings: markingProfiles(at, index),
    variations: variationsIn(index),
    at,
    horizon: at + days * DAY_MS,
  };
}

type Change = Pick<Outage, 'from' | 'until' | 'because' | 'why' | 'unlooked'>;

/** Evaluations made, and the most there may be. */
interface Count extends OutageTerms {
  made: number;
}

/** How far a search for outages may go. */
export interface OutageTerms {
  /** Most evaluations made. */
  readonly most?: number | undefined;
  /** Asked before each evaluation. */
  readonly keepGoing?: (() => boolean) | undefined;
}

/** What ends a permit at an instant: the dates that fall on it, and the reasons that are there from then on. */
function endingOf(
  { registry }: OutageScope,
  question: Question,
  label: Label,
  instant: number,
  permit: CoreDecision,
): Pick<Change, 'because' | 'why'> {
  const asked = inquiry(registry, asPermitted(question, permit));
  const after = { from: asked.approach(instant), answer: asked.answer(label, instant) };
  const sides = [asked.approach(instant - 1), after.from].flatMap((from) =>
    from.signed === undefined ? [from] : [from, { ...from, ...from.signed }],
  );
  return { because: causesAt(instant, sides, label, after.answer), why: causesOf(after) };
}

/** The times one question is dark after it was not; what nobody looked at is among them. */
function darkTimes(
  all: OutageScope,
  question: Question,
  asked: Inquiry,
  { label }: MarkingProfile,
  count: Count,
): Change[] {
  const dark: Change[] = [];
  let permit: CoreDecision | undefined;
  let open: Change | undefined;
  const { most, keepGoing } = count;
  const terms = {
    ...(most !== undefined && { limit: most - count.made }),
    ...(keepGoing !== undefined && { keepGoing }),
  };
  for (const { from, answer } of answersOver([asked], label, all.at, all.horizon + 1, terms)) {
    const [now] = answer?.each ?? [];
    if (now === undefined) {
      dark.push({ from: iso(from), until: null, because: [], why: [], unlooked: true });
      break;
    }
    count.made += 1;
    const permits = now.outcome === 'permit';
    if (permit !== undefined && !permits)
      open = { from: iso(from), until: null, ...endingOf(all, question, label, from, permit) };
    else if (permits && open !== undefined) {
      dark.push({ ...open, until: iso(from) });
      open = undefined;
    }
    permit = permits ? now : undefined;
  }
  return open === undefined ? dark : [...dark, open];
}

/**
 * The outages of one subject, cases that go dark alike as one.
 *
 * @param terms what they leave no room for is told as an outage that nobody looked at
 */
export function outagesOf(
  all: OutageScope,
  subject: Exclude<Subject, { readonly recent: number }>,
  terms: OutageTerms = {},
): { readonly outages: readonly Outage[]; readonly evaluations: number } {
  const groups = new Map<string, { readonly change: Change; readonly cases: Case[] }>();
  const count = { ...terms, made: 0 };
  for (const question of questionsAbout(subject, all.variations)) {
    const asked = inquiry(all.registry, question);
    for (const alike of permittableClasses(all.markings, [all.registry], question)) {
      const [first] = alike;
      if (first === undefined) continue;
      for (const change of darkTimes(all, question, asked, first, count)) {
        const key = canonicalText(change);
        const group = groups.get(key) ?? { change, cases: [] };
        groups.set(key, group);
        group.cases.push(...alike.map(({ id }) => ({ marking: id, ...question.asked })));
      }
    }
  }
  const outages = [...groups.values()].map(({ change, cases }) => ({
    subject,
    cases: cases.sort((a, b) => (canonicalText({ ...a }) < canonicalText({ ...b }) ? -1 : 1)),
    ...change,
  }));
  return { outages, evaluations: count.made };
}
