/** T6, T7, T8 and T10 over the vocabulary, on small scopes that are enumerated; each with a build it catches. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { RawFact } from '../../../functions/core/facts/view.ts';
import { codesOf } from '../decision/ask.ts';
import { AT } from '../decision/facts.ts';
import { ALL_CASES } from './cases.ts';
import { ask, type Question, withFact } from './world.ts';

type Permits = (facts: readonly RawFact[], q: Question | undefined, at?: number) => boolean;
const permits: Permits = (facts, q, at = AT) => ask(facts, q, at).outcome === 'permit';

/** Every world of every rule, with whether it permits. */
const WORLDS = ALL_CASES.flatMap(([name, c]) => [
  { name: `${name}, permitted`, facts: c.permitted, question: c.question },
  ...c.broken.map((b) => ({
    name: `${name}, ${b.name}`,
    facts: b.facts,
    question: b.question ?? c.question,
  })),
]);

/** The same registry twice over: the second network, `net-b`, is as the permitted world has it. */
function withSecondNetwork(facts: readonly RawFact[], permitted: readonly RawFact[]): readonly RawFact[] {
  const other = (f: RawFact) =>
    JSON.parse(
      JSON.stringify(f).replaceAll('net-a', 'net-b').replaceAll('operator-a', 'operator-b'),
    ) as RawFact;
  const copied = permitted.filter((f) => JSON.stringify(f).includes('"net-a"')).map(other);
  const renamed = copied.map((f) => ({
    ...f,
    id: f['kind'] === 'network' ? 'net-b' : `${String(f['id'])}-b`,
  }));
  const operator = permitted.filter((f) => f['id'] === 'operator-a').map(other);
  const designated = permitted
    .filter((f) => f['kind'] === 'designation' && JSON.stringify(f).includes('operator-a'))
    .map((f) => ({ ...other(f), id: `${String(f['id'])}-b` }));
  return [...facts, ...renamed, ...operator, ...designated];
}

describe('paths', () => {
  const PATHS = [
    ['net-a'],
    ['net-b'],
    ['net-a', 'net-b'],
    ['net-b', 'net-a'],
    ['net-b', 'net-b', 'net-a'],
    ['net-b', 'nowhere'],
  ];

  test('T6 and T7: a path permits where every hop alone does, whatever their order', () => {
    let asked = 0;
    let permitted = 0;
    for (const [name, c] of ALL_CASES) {
      for (const b of [{ facts: c.permitted, question: c.question }, ...c.broken]) {
        const facts = withSecondNetwork(b.facts, c.permitted);
        const question = b.question ?? c.question;
        const alone = (hop: string) => permits(facts, { ...question, hops: [hop] });
        for (const hops of PATHS) {
          asked += 1;
          const together = permits(facts, { ...question, hops });
          if (together) permitted += 1;
          expect(together, `${name} over ${hops.join(' ')}`).toBe(hops.every(alone));
        }
      }
    }
    console.log(`T6, T7: ${asked} paths asked, ${permitted} permitted`);
    expect(permitted / asked).toBeGreaterThan(0.1);
    expect(permitted / asked).toBeLessThan(0.9);
  });

  test('a build that judges only the last hop is caught', () => {
    const caught = ALL_CASES.some(([, c]) =>
      c.broken.some((b) => {
        const facts = withSecondNetwork(b.facts, c.permitted);
        const question = b.question ?? c.question;
        const lastOnly = permits(facts, { ...question, hops: ['net-b'] });
        return lastOnly !== ['net-a', 'net-b'].every((h) => permits(facts, { ...question, hops: [h] }));
      }),
    );
    expect(caught).toBe(true);
  });
});

describe('T8: time', () => {
  const YEAR = 365 * 86_400_000;

  /** Every instant worth asking about: the boundaries an answer names, one after the other. */
  function boundaries(facts: readonly RawFact[], q: Question | undefined, from: number): readonly number[] {
    const found: number[] = [];
    for (let at: number | null = from; at !== null && found.length < 64; ) {
      found.push(at);
      at = ask(facts, q, at).validUntil;
    }
    return found;
  }

  const saying = (facts: readonly RawFact[], q: Question | undefined, at: number) => {
    const { validUntil: _until, ...rest } = ask(facts, q, at);
    return JSON.stringify(rest);
  };

  test.each(WORLDS.map((w) => [w.name, w] as const))(
    'no instant before validUntil gives another answer: %s',
    (_n, w) => {
      const instants = boundaries(w.facts, w.question, AT - 8 * YEAR);
      expect(instants.length).toBeGreaterThan(1);
      instants.forEach((from, i) => {
        const until = instants[i + 1] ?? from + 20 * YEAR;
        const first = saying(w.facts, w.question, from);
        for (const at of [
          from + 1,
          from + Math.floor((until - from) / 3),
          from + Math.floor((until - from) / 2),
          until - 1,
        ])
          expect(saying(w.facts, w.question, at)).toBe(first);
      });
    },
  );

  test('a build that forgets the dates of its rules is caught', () => {
    const [, c] = ALL_CASES.find(([name]) => name === 'removal-deadline') ?? [];
    const world = c?.broken[0];
    if (world === undefined) throw new Error('no case');
    const deadline = Date.parse('2024-06-15T00:00:00Z');
    const before = ask(world.facts, undefined, deadline - 1);
    expect(before.outcome).toBe('permit');
    expect(before.validUntil).toBe(deadline);
    // The next date of any fact is years later: without the rule's own date the permit would outlive the law.
    const dateless = withFact(
      world.facts,
      'standard/LAW',
      (s) => JSON.parse(JSON.stringify(s).replace('2024-06-14', '2030-01-01')) as RawFact,
    );
    expect(ask(dateless, undefined, deadline - 1).validUntil).toBeGreaterThan(deadline + YEAR);
  });
});

describe('T10: the answer does not depend on names or order', () => {
  const MAKERS = ['maker-a', 'maker-b', 'maker-c', 'maker-r', 'maker-o', 'operator-a'];
  const SEED = 20_240_615;

  function renamed(facts: readonly RawFact[], names: readonly string[]): readonly RawFact[] {
    const text = MAKERS.reduce((t, m, i) => t.replaceAll(`"${m}"`, `"\u0000${i}"`), JSON.stringify(facts));
    return JSON.parse(names.reduce((t, n, i) => t.replaceAll(`"\u0000${i}"`, `"${n}"`), text)) as RawFact[];
  }

  /** Lists whose order is an order: the layers of a tunnel, the hops of a route. Everything else is a set. */
  function shuffled(value: unknown, rank: (n: number) => readonly number[], member = ''): unknown {
    if (Array.isArray(value)) {
      const items = value.map((v) => shuffled(v, rank));
      if (member === 'layers' || member === 'hops') return items;
      return rank(items.length).map((i) => items[i]);
    }
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([k, v]) => [k, shuffled(v, rank, k)]));
  }

  const answer = (facts: readonly RawFact[], q: Question | undefined) => {
    const { outcome, standards, reasons, notes, validUntil } = ask(facts, q);
    return { outcome, standards, codes: [...reasons, ...notes].map((r) => r.code).sort(), validUntil };
  };

  const idOf = fc
    .tuple(fc.constantFrom('', 'a', 'z', '0', 'maker-', 'state-'), fc.stringMatching(/^[a-z0-9]{1,12}$/))
    .map((parts) => parts.join(''));
  const names = fc.uniqueArray(idOf, { minLength: MAKERS.length, maxLength: MAKERS.length });

  test('renaming vendors and permuting lists changes nothing', () => {
    let permitted = 0;
    let runs = 0;
    fc.assert(
      fc.property(fc.constantFrom(...WORLDS), names, fc.infiniteStream(fc.nat()), (w, to, numbers) => {
        const rank = (n: number) =>
          Array.from({ length: n }, (_, i) => [numbers.next().value ?? 0, i] as const)
            .sort((a, b) => a[0] - b[0] || a[1] - b[1])
            .map(([, i]) => i);
        const expected = answer(w.facts, w.question);
        runs += 1;
        if (expected.outcome === 'permit') permitted += 1;
        const other = shuffled(renamed(w.facts, to), rank) as RawFact[];
        expect(answer(other, w.question)).toEqual(expected);
      }),
      { seed: SEED, numRuns: 400 },
    );
    console.log(`T10: seed ${SEED}, ${runs} worlds, ${permitted} permitted`);
    expect(permitted).toBeGreaterThan(20);
  });

  test('a build that knows a name is caught', () => {
    const [, c] = ALL_CASES.find(([name]) => name === 'sensitive-site') ?? [];
    const [b] = c?.broken ?? [];
    if (b === undefined) throw new Error('no case');
    const partial = (facts: readonly RawFact[]) =>
      JSON.stringify(facts).includes('"maker-r"') ? codesOf(ask(facts)) : [];
    expect(partial(renamed(b.facts, ['u', 'v', 'w', 'x', 'y', 'z']))).not.toEqual(partial(b.facts));
  });
});
