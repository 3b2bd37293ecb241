/** A fact in words hides nothing: whatever changes in it changes what is read, and nothing of it is said by its id. */
import { describe, expect, it } from 'vitest';
import { FACT_KINDS, readFact } from '../../../functions/core/facts/fact.ts';
import type { RawFact } from '../../../functions/core/facts/view.ts';
import { factInWords } from '../../../functions/core/facts/words/fact-words.ts';
import { NO_NAMES, namesIn } from '../../../functions/core/facts/words/names.ts';
import * as make from '../decision/facts.ts';
import { SPECIMENS } from './specimens.ts';

const read = (fact: RawFact, be: 'is' | 'becomes' = 'is') => {
  const { gist, details } = factInWords(fact, NO_NAMES, be);
  return [gist, ...details].join('\n');
};

/** Every value of a fact by where it stands; of a list also each entry, which may be left out. */
function placesIn(
  value: unknown,
  path: readonly (string | number)[] = [],
): readonly (readonly (string | number)[])[] {
  if (typeof value !== 'object' || value === null) return [path];
  const inner = Object.entries(value).flatMap(([name, each]) =>
    placesIn(each, [...path, Array.isArray(value) ? Number(name) : name]),
  );
  return path.length === 0 ? inner : [path, ...inner];
}

/** The fact without what stands there, or with another value of the same sort. */
function changedAt(
  fact: RawFact,
  path: readonly (string | number)[],
  to: (was: unknown) => unknown,
): RawFact {
  const copy = structuredClone(fact) as Record<string, unknown>;
  const holder = path.slice(0, -1).reduce<Record<string, unknown>>((at, name) => at[name] as typeof at, copy);
  const last = path.at(-1) ?? '';
  const value = to(holder[last]);
  if (value !== undefined) holder[last] = value;
  else if (Array.isArray(holder)) holder.splice(Number(last), 1);
  else delete holder[last];
  return copy as RawFact;
}

const other = (was: unknown): unknown => {
  if (typeof was === 'boolean') return !was;
  if (typeof was === 'number') return was === 1 ? 2 : was - 1;
  if (typeof was === 'string' && /^\d{4}-\d\d-\d\d$/.test(was)) return was.replace(/^2\d\d/, '201');
  return was;
};
const WAYS = [
  ['another', other],
  ['none', () => undefined],
  ['null', () => null],
] as const;

describe.each(FACT_KINDS)('of kind %s', (kind) => {
  const specimen = SPECIMENS[kind];
  const places = placesIn(specimen).filter(([first]) => first !== 'kind' && first !== 'id');

  it('the specimen is read as a sentence, and holds no JSON', () => {
    expect(readFact(specimen).sound).toBe(true);
    expect(read(specimen)).not.toMatch(/cannot be read|[{}[\]]|undefined|null/);
  });

  it.each(WAYS)('whatever is changed to %s and can still be read, reads otherwise', (_way, to) => {
    const hidden = places.filter((path) => {
      const changed = changedAt(specimen, path, to);
      const isOther = JSON.stringify(changed) !== JSON.stringify(specimen);
      return isOther && readFact(changed).sound && read(changed) === read(specimen);
    });
    expect(hidden).toEqual([]);
  });

  it('every text and number stands in it', () => {
    const missing = places.filter((path) => {
      const value = path.reduce<unknown>((at, name) => (at as Record<string, unknown>)[name], specimen);
      if (typeof value !== 'string' || value === 'is') return false;
      const shown = read(specimen).toLowerCase();
      return !shown.includes(value.toLowerCase()) && !CODED.has(value);
    });
    expect(missing).toEqual([]);
  });
});

/** Said by words of their own. */
const CODED: ReadonlySet<string> = new Set(['not-trusted', 'trusted-transport', 'affiliates']);

const names = namesIn([
  make.stored(make.vendor({ id: 'maker-b', name: 'Bad Maker Ltd' })),
  make.stored(make.authority({ id: 'us-office', name: 'The Office' })),
  make.stored(make.network({ id: 'net-a', name: 'Network A' }, [])),
]);

// biome-ignore format: one row a line
const SENTENCES: readonly (readonly [name: string, fact: object, gist: string])[] = [
  ['a judgement', make.assessment({ id: 'good-renewal', subject: { vendor: 'maker-b' } }), 'Bad Maker Ltd (vendor maker-b) becomes TRUSTED against TRUST, on the word of The Office (authority us-office), from 2019-01-01 until 2030-12-31 (UTC)'],
  ['one that refuses', make.assessment({ id: 'x', outcome: 'not-trusted', subject: { vendor: 'unheard-of' }, valid: make.FOREVER }), 'vendor unheard-of becomes NOT TRUSTED against TRUST, on the word of The Office (authority us-office), from 2019-01-01 on, with no end known (UTC)'],
  ['what may be carried', make.accreditation({ id: 'x' }), 'Network A (network net-a) may carry US up to SECRET with SI honouring ORCON; and UK up to SECRET with no compartment honouring no control, on the word of The Office (authority us-office), from 2019-01-01 until 2030-12-31 (UTC)'],
  ['a stop', make.hold({ id: 'x', authority: 'us-office', scope: { everything: true } }), 'EVERYTHING becomes STOPPED, on the word of The Office (authority us-office), from 2019-01-01 on, with no end known (UTC)'],
  ['a designation', make.designation({ id: 'x', authority: 'us-office' }), 'Bad Maker Ltd (vendor maker-b) becomes CAPPED under RISKY (advice), on the word of The Office (authority us-office), from 2019-01-01 on, with no end known (UTC)'],
  ['a vendor by the name it is given now', make.vendor({ id: 'maker-b', name: 'Good Maker' }), 'Good Maker (vendor maker-b) becomes known as a vendor, from 2019-01-01 on, with no end known (UTC)'],
];
it.each(SENTENCES)('%s is said by its content', (_name, fact, gist) => {
  expect(factInWords(fact as RawFact, names, 'becomes').gist).toBe(gist);
});

it('of what cannot be read, everything is listed', () => {
  const { gist, details } = factInWords(
    { kind: 'hold', id: 'h', scope: { x: 1 }, odd: 'a b' } as never,
    names,
  );
  expect([gist, ...details]).toEqual(['a fact that cannot be read: hold h', 'scope: (x 1)', 'odd: “a b”']);
});
