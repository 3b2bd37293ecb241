/** T10: renaming every vendor consistently changes no decision. */
import { kindOf, member } from '../../functions/core/facts/fact.ts';
import type { RawFact } from '../../functions/core/facts/view.ts';
import { stored } from './case.ts';
import { choicesFrom } from './random.ts';
import { theorem } from './theorem.ts';

const NAMES = [
  ...[
    'a',
    'zz-maker',
    'maker-a',
    'maker-b',
    'net-a',
    'us-office',
    '0',
    'operator',
    'x.y_z',
    'trusted',
    'none',
  ],
  ...Array.from({ length: 20 }, (_, i) => `vendor-${i}`),
];

/** Another name for every vendor, none twice, and not in the order of the old ones. */
function renaming(facts: readonly RawFact[], seed: number): ReadonlyMap<string, string> {
  const pick = choicesFrom(seed);
  const free = [...NAMES];
  const vendors = [
    ...facts.filter((f) => kindOf(f) === 'vendor').map((f) => String(member(f, 'id'))),
    // Also those that are only named: nobody may come to be named like them.
    ...[...JSON.stringify(facts).matchAll(/"(?:vendor|operator|owner)":"([^"]*)"/g)].map((m) => m[1] ?? ''),
  ].filter((id) => !['USA', 'GBR', 'FRA'].includes(id));
  return new Map([...new Set(vendors)].map((id) => [id, free.splice(pick.below(free.length), 1)[0] ?? id]));
}

const HOLDERS = new Set(['vendor', 'operator', 'owner']);

function renamed(value: unknown, names: ReadonlyMap<string, string>): unknown {
  if (Array.isArray(value)) return value.map((x) => renamed(x, names));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [
      key,
      typeof inner === 'string' && HOLDERS.has(key) ? (names.get(inner) ?? inner) : renamed(inner, names),
    ]),
  );
}

function renamedFact(fact: RawFact, names: ReadonlyMap<string, string>): object {
  const inside = renamed(fact, names) as RawFact;
  const id = member(fact, 'id');
  return kindOf(fact) === 'vendor' && typeof id === 'string'
    ? { ...inside, id: names.get(id) ?? id }
    : inside;
}

theorem({
  name: 'T10',
  cases: 300,
  *violations(decide, { facts, question, permits, seed }) {
    const names = renaming(facts, seed);
    const others = stored(facts.map((f) => renamedFact(f, names)));
    if (decide(others, question) !== permits) yield JSON.stringify([...names]);
  },
});
