/**
 * T9: taking any member away from any fact, or giving it a value of the wrong type, never turns a refusal into a
 * permit. Every member of every fact, in every broken world of every rule, in a decision with everything around it.
 *
 * `null` counts as a wrong type only where the member does not allow it: there it says "none" or "not known".
 */
import { describe, expect, test } from 'vitest';
import { readFact } from '../../../functions/core/facts/fact.ts';
import type { RawFact } from '../../../functions/core/facts/view.ts';
import { ALL_CASES, type Broken } from './cases.ts';
import { ask, designation, type Question, set } from './world.ts';

type Path = readonly (string | number)[];

/** Every place in a value, members and list entries alike. */
function places(value: unknown, at: Path = []): readonly Path[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) => {
    const path = [...at, Array.isArray(value) ? Number(name) : name];
    return [path, ...places(inner, path)];
  });
}

function valueAt(fact: RawFact, path: Path): unknown {
  return path.reduce<unknown>((v, step) => (v as Record<string | number, unknown>)[step], fact);
}

function typeOf(value: unknown): string {
  return Array.isArray(value) ? 'list' : value === null ? 'null' : typeof value;
}

const WRONG: readonly unknown[] = [42, 'not this', true, {}, []];

/** Worlds share most of their facts, and so most of the ways to damage them. */
const known = new Map<string, readonly RawFact[]>();

function damaged(fact: RawFact): readonly RawFact[] {
  const text = JSON.stringify(fact);
  const found = known.get(text) ?? everyDamage(fact);
  known.set(text, found);
  return found;
}

/** The fact with one member missing, or of a type it never has. Entries of lists are replaced, never removed. */
function everyDamage(fact: RawFact): readonly RawFact[] {
  return places(fact).flatMap((path) => {
    const member = typeof path.at(-1) === 'string';
    const original = valueAt(fact, path);
    const wrong = WRONG.filter((w) => typeOf(w) !== typeOf(original)).map((w) => set(fact, path, w));
    const nulled = set(fact, path, null);
    return [
      ...(member ? [set(fact, path, undefined)] : []),
      ...(original === null ? [] : readFact(nulled).sound ? [] : [nulled]),
      // What reads as sound after all has another meaning, not a wrong type (`true` for `false` cannot occur here).
      ...wrong.filter((w) => !readFact(w).sound),
    ];
  });
}

type Ask = (facts: readonly RawFact[], question: Question | undefined) => string;
const real: Ask = (facts, question) => {
  try {
    return ask(facts, question).outcome;
  } catch {
    return 'fault';
  }
};

/** Damages every fact of a refused world in every way; returns how many there were, and which of them permit. */
function permitsAfterDamage(
  facts: readonly RawFact[],
  question: Question | undefined,
  asking: Ask,
  counts: (fact: RawFact) => boolean = () => true,
) {
  let damages = 0;
  const permits: string[] = [];
  facts.forEach((fact, i) => {
    if (!counts(fact)) return;
    for (const bad of damaged(fact)) {
      damages += 1;
      if (asking(facts.with(i, bad), question) === 'permit')
        permits.push(`${String(fact['kind'])}/${String(fact['id'])} as ${JSON.stringify(bad)}`);
    }
  });
  return { damages, permits };
}

/** Worlds that differ only in what the caller asked are damaged once. */
function distinctWorlds(broken: readonly Broken[]): readonly Broken[] {
  return [...new Map(broken.map((b) => [JSON.stringify([b.facts, b.question]), b])).values()].slice(0, 2);
}

describe('a fact that lost a member permits nothing new', () => {
  /** What every rule's world has alike is damaged in the first of them. */
  const SHARED = ['authority', 'mandate', 'accreditation'];

  test.each(ALL_CASES)('%s', (name, c) => {
    const first = name === ALL_CASES[0]?.[0];
    let damages = 0;
    for (const b of distinctWorlds(c.broken)) {
      const question = b.question ?? c.question;
      expect(real(b.facts, question)).not.toBe('permit');
      const result = permitsAfterDamage(
        b.facts,
        question,
        real,
        (f) => first || !SHARED.includes(String(f['kind'])),
      );
      expect(result.permits).toEqual([]);
      damages += result.damages;
    }
    expect(damages).toBeGreaterThan(300);
  });

  test('T4: taking a favourable fact away permits nothing new', () => {
    const favourable = ['accreditation', 'authority', 'criteria-set', 'network', 'protection'];
    const taken = ALL_CASES.flatMap(([, c]) =>
      c.broken.flatMap((b) =>
        b.facts.flatMap((f, i) => {
          const counts = favourable.includes(String(f['kind'])) || f['outcome'] === 'trusted';
          return counts ? [real(b.facts.toSpliced(i, 1), b.question ?? c.question)] : [];
        }),
      ),
    );
    expect(taken.length).toBeGreaterThan(200);
    expect(taken).not.toContain('permit');
  });

  test('a build that takes an unsound designation for none is caught', () => {
    const [, c] = ALL_CASES.find(([name]) => name === 'sensitive-site') ?? [];
    const [b] = c?.broken ?? [];
    if (b === undefined) throw new Error('no case');
    const forgiving: Ask = (facts, question) =>
      real(
        facts.filter((f) => f['kind'] !== 'designation' || readFact(f).sound),
        question,
      );
    expect(permitsAfterDamage(b.facts, undefined, forgiving).permits.length).toBeGreaterThan(10);
  });

  test('a designation about services keeps its reach when it loses what limits it', () => {
    const [, c] = ALL_CASES.find(([name]) => name === 'operator-designation-absent') ?? [];
    if (c === undefined) throw new Error('no case');
    const wider = c.permitted.map((f) =>
      f['id'] === 'service' ? designation('service', { subject: { vendor: 'operator-a' } }) : f,
    );
    expect(real(wider, undefined)).toBe('deny');
  });
});
