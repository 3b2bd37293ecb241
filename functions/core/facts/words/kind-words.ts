import type { Fact } from '../fact.ts';
import type { FactNames } from './names.ts';

/** What a kind has to say for itself; who says it, from when until when and by which sources is said alike for all. */
type OwnMembers<F extends Fact> = Omit<F, 'kind' | 'id' | 'authority' | 'valid' | 'sources' | 'ending'>;

/** With what a fact is told: its id, what others are called, and whether it is or becomes so. */
export interface Telling {
  /** For what the sentence itself is called by; never the ground of a sentence about something else. */
  readonly id: string;
  readonly names: FactNames;
  /** Whether it is being recorded, or stands. */
  readonly be: 'becomes' | 'is';
}

/** A fact in words: one sentence, and the rest line by line. */
export interface Said {
  /** Who or what it is about and what it decides, in one sentence. */
  readonly gist: string;
  /** The rest, a line each. INVARIANT: between them and the gist, every member is said. */
  readonly details: readonly string[];
}

/** How facts of one kind are told, from their content and never from their id. */
export interface KindWords<F extends Fact> {
  /** What it is, for a sentence about it: `the assessment of Maker One (vendor maker-one) against STATE-TRUST-2019-12`. */
  topic(own: OwnMembers<F>, telling: Telling): string;
  says(own: OwnMembers<F>, telling: Telling): Said;
}
