/** What becomes of a fact that ends: its validity is cut short and the source of the end is recorded in it. */
import type * as z from 'zod/mini';
import { canonicalText } from '../facts/canonical.ts';
import type { FactKind } from '../facts/fact.ts';
import { endOfDay, instantOf, type Validity } from '../facts/moment.ts';
import { MOST_ENTRIES } from '../facts/primitives.ts';
import type { sources } from '../facts/provenance.ts';
import { readingOf } from '../facts/reading.ts';
import { HAS_ENDING } from '../facts/sourced-end.ts';
import type { RawFact } from '../facts/view.ts';

/** Until when a fact holds, and on whose word. */
export interface FactEnd {
  /** Last day it holds, or the instant from which it no longer does. */
  readonly on: string;
  readonly ending: readonly z.infer<typeof sources>[number][];
}

/** The fact as it stands once it has ended, or why it cannot end so. */
export type EndingResult =
  | { readonly ok: true; readonly fact: RawFact }
  /** It would never have been valid: it leaves the registry, and history keeps it. */
  | { readonly ok: true; readonly fact: null }
  | { readonly ok: false; readonly message: string };

/** The first instant (epoch ms) at which a fact that is ended `on` a day or instant no longer holds. */
function endInstant(on: string, valid: Validity): number {
  return instantOf(on) ?? endOfDay(on, valid.zone);
}

/** True of a fact that holds no more. One that nobody can read has not ended. @param at epoch ms */
export function hasEnded(fact: RawFact, at: number): boolean {
  const reading = readingOf(fact);
  return reading.sound && reading.interval.to <= at;
}

/** A standard's sources carry keys that its rules cite; a source of its end is cited by none. */
function keyed(sources: readonly RawFact[], taken: readonly unknown[]): readonly RawFact[] {
  const keys = new Set(taken);
  let n = 1;
  return sources.map((s) => {
    while (keys.has(`ending-${n}`)) n += 1;
    keys.add(`ending-${n}`);
    return { ...s, key: `ending-${n}` };
  });
}

function withEnding(raw: RawFact, kind: FactKind, ending: readonly RawFact[]): RawFact {
  if (HAS_ENDING[kind]) return { ...raw, ending };
  const known = Array.isArray(raw['sources']) ? (raw['sources'] as readonly RawFact[]) : [];
  // As they are stored, whatever order their members were written in: said twice, the end would be refused.
  const texts = new Set(known.map((s) => canonicalText(s)));
  const fresh = ending.filter((s) => !texts.has(canonicalText(s)));
  const added =
    kind === 'standard'
      ? keyed(
          fresh,
          known.map((s) => s['key']),
        )
      : fresh;
  // What ends is never kept from ending by how much stands in it: the last of very many sources makes room.
  return { ...raw, sources: [...known.slice(0, Math.max(0, MOST_ENTRIES - added.length)), ...added] };
}

/** Ends a fact. Refuses to prolong one, and to touch one whose validity cannot be read. */
export function endFact(raw: RawFact, { on, ending }: FactEnd): EndingResult {
  const reading = readingOf(raw);
  if (!reading.sound)
    return { ok: false, message: 'the fact cannot be read, so it cannot be ended: replace it' };
  const { fact, interval } = reading;
  const to = endInstant(on, fact.valid);
  if (to === interval.to) return { ok: false, message: 'the fact already ends then' };
  if (!(to < interval.to))
    return { ok: false, message: 'the fact ends earlier than that: ending never prolongs' };
  if (to <= interval.from) return { ok: true, fact: null };
  const { valid } = raw as RawFact & { readonly valid: RawFact };
  const ended = { ...raw, valid: { ...valid, to: on } };
  return { ok: true, fact: withEnding(ended, fact.kind, ending as readonly RawFact[]) };
}
