/**
 * Every kind of fact, how one is read, and what follows when it cannot be: polarity.
 *
 * An unsound favourable fact counts as absent. An unsound adverse fact, or one whose polarity cannot be told, makes
 * whatever it might be about indeterminate.
 */
import * as z from 'zod/mini';
import { accreditation } from './accreditation.ts';
import { assessment } from './assessment.ts';
import { authority } from './authority.ts';
import { criteriaSet } from './criteria-set.ts';
import { designation } from './designation.ts';
import { equivalence } from './equivalence.ts';
import { exemption } from './exemption.ts';
import { hold } from './hold.ts';
import { mandate } from './mandate.ts';
import { intervalOf } from './moment.ts';
import { network } from './network.ts';
import { type Problem, problemsOf } from './problem-words.ts';
import { protection } from './protection.ts';
import { route } from './route.ts';
import type { Sound } from './sound.ts';
import { standard } from './standard.ts';
import { vendor } from './vendor.ts';
import { waiver } from './waiver.ts';

export const fact = z.discriminatedUnion('kind', [
  accreditation,
  assessment,
  authority,
  criteriaSet,
  designation,
  equivalence,
  exemption,
  hold,
  mandate,
  network,
  protection,
  route,
  standard,
  vendor,
  waiver,
]);

/** A sound fact of any kind. */
export type Fact = z.infer<typeof fact>;
/** The kind of a fact, as its key begins. */
export type FactKind = Fact['kind'];
/** The facts of one kind. */
export type FactOf<K extends FactKind> = Extract<Fact, { kind: K }>;

/** Whether a fact can help towards a permit or only against it: decides what its absence means. */
export type Polarity = 'favourable' | 'adverse';

/**
 * Kinds whose loss can only turn a permit into something else. A standard and a mandate restrict as well as enable,
 * and a vendor carries its ownership: losing one of those must not go unnoticed.
 */
const FAVOURABLE_KINDS = {
  accreditation: true,
  assessment: false,
  authority: true,
  'criteria-set': true,
  designation: false,
  equivalence: true,
  exemption: true,
  hold: false,
  mandate: false,
  network: true,
  protection: true,
  route: true,
  standard: false,
  vendor: false,
  waiver: true,
} as const satisfies Record<FactKind, boolean>;

export const FACT_KINDS = Object.keys(FAVOURABLE_KINDS) as readonly FactKind[];

/** A fact that is sound, or what is wrong with it; its polarity is known either way. */
export type Reading<F extends Fact = Fact> =
  | ({ readonly sound: true; readonly polarity: Polarity } & Sound<F>)
  | {
      readonly sound: false;
      readonly polarity: Polarity;
      readonly kind: FactKind | undefined;
      readonly problems: readonly Problem[];
    };

/** A member of an unknown value, without trusting prototypes. */
export function member(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? (value as Readonly<Record<string, unknown>>)[name]
    : undefined;
}

/** The texts of an unknown list; none where it is no list. */
export function texts(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((x): x is string => typeof x === 'string') : [];
}

/** The items of an unknown list; none where it is no list. */
export function entries(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** The kind a value claims, if it is one of ours. */
export function kindOf(value: unknown): FactKind | undefined {
  const kind = member(value, 'kind');
  return FACT_KINDS.find((k) => k === kind);
}

/** Polarity, also of a fact that cannot be read in full. An assessment is favourable only where it plainly says so. */
export function polarityOf(value: unknown): Polarity {
  const kind = kindOf(value);
  if (kind === undefined) return 'adverse';
  if (kind === 'assessment') {
    const outcome = member(value, 'outcome');
    return outcome === 'trusted' || outcome === 'conditional' ? 'favourable' : 'adverse';
  }
  return FAVOURABLE_KINDS[kind] ? 'favourable' : 'adverse';
}

/** The key a fact is registered under: `network/gb-a`. */
export function factKey(f: { readonly kind: FactKind; readonly id: string }): string {
  return `${f.kind}/${f.id}`;
}

/** The kind in a key; undefined for a word that is none. */
export function kindOfKey(key: string): FactKind | undefined {
  const kind = key.slice(0, key.indexOf('/'));
  return FACT_KINDS.find((k) => k === kind);
}

/** The id in a key: `gb-a`. */
export function idOfKey(key: string): string {
  return key.slice(key.indexOf('/') + 1);
}

/** Reads one fact. Never throws; problems name every member at fault at once. */
export function readFact(value: unknown): Reading {
  const polarity = polarityOf(value);
  const parsed = fact.safeParse(value);
  if (!parsed.success) {
    return { sound: false, polarity, kind: kindOf(value), problems: problemsOf(parsed.error.issues) };
  }
  return {
    sound: true,
    polarity,
    fact: parsed.data,
    key: factKey(parsed.data),
    interval: intervalOf(parsed.data.valid),
  };
}

/** What is wrong with a value as a fact; empty for a sound one. */
export function factProblems(value: unknown): readonly Problem[] {
  const reading = readFact(value);
  return reading.sound ? [] : reading.problems;
}
