/** The shapes of a simulation and of a forecast: plain JSON, so that they can be stored, shown and digested. */
import type { Outcome } from '../decision/outcome.ts';
import type { ReasonCode } from '../decision/reasons.ts';
import type { Digest } from '../facts/canonical.ts';
import type { PathAssurance } from '../facts/route.ts';
import type { Flow } from '../facts/scope-words.ts';
import type { Segment } from '../facts/taxonomy.ts';
import type { RawFact } from '../facts/view.ts';
import type { ObligationType } from '../obligation.ts';

/** What an answer is about: a network by id or identifier, a registered route, or a recent request by its position. */
export type Subject =
  | { readonly network: string }
  | { readonly identifier: string }
  | { readonly route: string }
  | { readonly recent: number };

/** One question about a subject: which marking, how well the path is known, in which tunnel, as part of what. */
export interface Case {
  /** Id of a marking profile (`US SECRET//REL TO GBR, USA`); see `marking-profiles.ts`. */
  readonly marking: string;
  /** Of a network: the assurance of a route over it alone, were one registered. A route says its own. */
  readonly assurance?: PathAssurance;
  readonly protection?: string;
  readonly flow?: Flow;
  /** Of a recent request: the standards it adds, and the obligations it can discharge. Everything else asks for none and can do all. */
  readonly standards?: readonly string[];
  readonly supports?: readonly ObligationType[];
  /** There where it is so only once the report's `stops` are lifted. */
  readonly lifted?: true;
}

/**
 * A reason that a change removes or brings, or that time does: what it is about, and no figure of it. Every member but
 * `hop` is a registry id or a closed word.
 */
export interface RefusalCause {
  readonly code: ReasonCode;
  readonly owner?: string;
  readonly standard?: string;
  readonly rule?: string;
  /** The standard that states the rule, where the one asked only builds on it or was replaced by it. */
  readonly statedIn?: string;
  readonly network?: string;
  /** Where no one network stands there. */
  readonly hop?: number;
  readonly segment?: Segment;
  readonly vendor?: string;
  /** Key of a fact that the reason itself names: the hold that stops it, the designation that is adopted. */
  readonly fact?: string;
}

/** The end of a permit that stays one, where a change moves it. ISO 8601 UTC; `null` where no end is known. */
interface MovedEnd {
  readonly was: string | null;
  readonly becomes: string | null;
}

/** Answers about one subject that change in the same way over the same time for the same reasons. */
export interface Flip {
  /** 1, 2, 3 …; flips to permit come first and are acknowledged by this number. */
  readonly number: number;
  readonly direction: 'to-permit' | 'to-deny';
  readonly subject: Subject;
  readonly cases: readonly Case[];
  /** ISO 8601 UTC; `null` for "from the instant of the simulation". */
  readonly from: string | null;
  /** There where it is so sooner once the report's `stops` are lifted: from when. `null` as above. */
  readonly sooner?: string | null;
  /** `null` where no end is known. */
  readonly until: string | null;
  /** On the basis on which the other side permits: what a tunnel is answered besides is no matter of it. */
  readonly before: Outcome;
  readonly after: Outcome;
  /** What the change removes (to permit) or brings (to deny), on the basis on which the other side permits. Sorted. */
  readonly why: readonly RefusalCause[];
  /** Keys of the facts of this change that either answer rests on. Sorted; empty where neither has one in sight. */
  readonly restsOn: readonly string[];
  /** What the permit obliges whoever enforces it to. Sorted. */
  readonly obliges: readonly ObligationType[];
  /** There where nothing begins or stops but the end of a permit moves. */
  readonly ends?: MovedEnd;
}

/** What a simulation is planned from: the facts before and after a change, and the instant. */
export interface SimulationInput {
  readonly before: ReadonlyMap<string, RawFact>;
  readonly after: ReadonlyMap<string, RawFact>;
  readonly touched: readonly string[];
  /** Epoch ms: now. */
  readonly at: number;
  /** Recent decision requests, as JSON values. */
  readonly recent?: readonly unknown[];
  /** Most questions (subject × case) taken on; beyond it, an error and never a part. */
  readonly limit?: number;
}

/** What a simulation will ask, before anything is asked. */
export interface SimulationPlan {
  /** Subjects × cases: what "complete" means. */
  readonly questions: number;
  readonly subjects: number;
  readonly markings: readonly string[];
  /** Over everything that decides what is asked; a stored state of another plan is refused. */
  readonly digest: Digest;
}

/** Progress, storable between slices. */
export interface SimulationState {
  readonly plan: Digest;
  /** Subjects finished. */
  readonly done: number;
  /** Evaluations so far, both sides and all instants counted. */
  readonly evaluations: number;
  readonly flips: readonly Omit<Flip, 'number'>[];
}

/** What a complete simulation found: every answer that a change flips. */
export interface SimulationReport {
  /** ISO 8601 UTC. */
  readonly at: string;
  readonly complete: true;
  readonly questions: number;
  readonly evaluations: number;
  readonly markings: readonly string[];
  /** Positions of recent requests that no decision is made on: they are refused on both sides. */
  readonly unreadable: readonly number[];
  /** Keys of accreditations and assessments that bind something else than what is registered after the change. */
  readonly changedSinceJudged: readonly string[];
  /**
   * Keys of the holds that stand after the change, in force or to come: each question is asked as things are stopped, and
   * as if any of them were not. What a stop hides today it does not hide for ever.
   */
  readonly stops: readonly string[];
  readonly flips: readonly Flip[];
  readonly toPermit: number;
  readonly toDeny: number;
  /** Over the set of flips, not over when it was computed: equal flips, equal digest. */
  readonly flipsDigest: Digest;
}

/** A fact whose own date is the instant at which something goes dark. */
export interface DenialCause {
  readonly key: string;
  /**
   * `ends` or `begins`: its validity. `changes`: a deployment or an ownership in it. `deadline`: a rule of this
   * standard asks for something from then on, such as a newer inventory.
   */
  readonly what: 'ends' | 'begins' | 'changes' | 'deadline';
}

/** Something that goes dark: answers that permit and then do not. */
export interface Outage {
  readonly subject: Subject;
  /** In code-unit order of their text. */
  readonly cases: readonly Case[];
  /** ISO 8601 UTC: the first instant at which it is dark. */
  readonly from: string;
  /** When it permits again within the window; `null` where it does not. */
  readonly until: string | null;
  readonly because: readonly DenialCause[];
  /** The reasons that are there from then on, on the basis on which it was permitted. */
  readonly why: readonly RefusalCause[];
  /** There where nobody looked past `from`: it is not known to be dark, and counts as dark. */
  readonly unlooked?: true;
}

/** What a forecast is planned from: the facts as they stand, and over which days it looks. */
export interface ForecastInput {
  readonly facts: ReadonlyMap<string, RawFact>;
  /** What people signed, where one person has stopped something since. */
  readonly signed?: ReadonlyMap<string, RawFact> | undefined;
  /** Epoch ms. */
  readonly at: number;
  /** Whole days of 24 hours. */
  readonly days: number;
  /** Only routes, where the whole matrix is too large. */
  readonly only?: 'routes';
  readonly limit?: number;
}

/** How far a forecast has come; storable between slices. */
export interface ForecastState {
  readonly plan: Digest;
  readonly done: number;
  readonly evaluations: number;
  readonly outages: readonly Outage[];
}

/** What goes dark over the days to come without anybody changing anything. */
export interface Forecast {
  /** ISO 8601 UTC. */
  readonly at: string;
  readonly until: string;
  readonly days: number;
  /** False where an answer had more dates than are followed: see `lookedUntil`. */
  readonly complete: boolean;
  /** ISO 8601 UTC of the first instant that was not looked at for every question; `null` where there is none. */
  readonly lookedUntil: string | null;
  readonly questions: number;
  readonly evaluations: number;
  readonly markings: readonly string[];
  /** Keys of the holds in force at `at`: what they stop is dark already, and so no outage to come. */
  readonly stopped: readonly string[];
  /** Soonest first. */
  readonly outages: readonly Outage[];
}
