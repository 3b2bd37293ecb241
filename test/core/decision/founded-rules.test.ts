/** However standards stand on each other, each is asked once, so deep and so much; what is lost on the way is said. */
import { describe, expect, it } from 'vitest';
import { foundedRules, MOST_FOUNDED } from '../../../functions/core/decision/founded-rules.ts';
import { readFact } from '../../../functions/core/facts/fact.ts';
import type { Sound } from '../../../functions/core/facts/sound.ts';
import type { Standard } from '../../../functions/core/facts/standard.ts';
import * as make from './facts.ts';

const rule = (id: string) => ({
  rule: 'path-assurance' as const,
  id,
  cites: ['text'],
  accept: ['pinned' as const],
});

function sound(
  id: string,
  bases: readonly string[],
  rules = [rule(`rule-${id.toLowerCase()}`)],
): Sound<Standard> {
  const buildsOn = bases.map((standard) => ({ standard, rules: null }));
  const reading = readFact(make.standard({ id, rules, ...(bases.length > 0 && { buildsOn }) }));
  if (!reading.sound || reading.fact.kind !== 'standard') throw new Error(JSON.stringify(reading));
  return { fact: reading.fact, key: reading.key, interval: reading.interval };
}

/** A library that counts how often somebody looks something up. */
class Counted extends Map<string, Sound<Standard>> {
  looks = 0;
  override get(id: string): Sound<Standard> | undefined {
    this.looks += 1;
    return super.get(id);
  }
}

function asked(first: string, standards: readonly Sound<Standard>[]) {
  const library = new Counted(standards.map((s) => [s.fact.id, s]));
  const start = standards.find((s) => s.fact.id === first);
  if (start === undefined) throw new Error(first);
  const { rules, asked: sources, lost } = foundedRules(start, library);
  return { rules: rules.length, asked: sources.length, lost, looks: library.looks };
}

const chain = (n: number) =>
  Array.from({ length: n }, (_, i) => sound(`S${i}`, i === n - 1 ? [] : [`S${i + 1}`]));

describe('a standard that builds on others', () => {
  it('is as deep as it may be, and no deeper', () => {
    const { depth } = MOST_FOUNDED;
    expect(asked('S0', chain(depth))).toMatchObject({ rules: depth, lost: [] });
    expect(asked('S0', chain(depth + 1))).toMatchObject({ rules: depth, lost: [`S${depth}`] });
    expect(asked('S0', chain(2000)).lost).toEqual([`S${depth}`]);
  });

  it('brings as many rules as it may, and no more', () => {
    const many = (n: number, from: number) => Array.from({ length: n }, (_, i) => rule(`r${from + i}`));
    const half = MOST_FOUNDED.rules / 2;
    const whole = [sound('A', ['B'], many(half, 0)), sound('B', [], many(half, half))];
    expect(asked('A', whole)).toMatchObject({ rules: MOST_FOUNDED.rules, lost: [] });
    const more = [sound('A', ['B', 'C'], many(half, 0)), ...whole.slice(1), sound('C', [])];
    expect(asked('A', more).lost).toEqual(['A']);
  });

  it('asks each base once, however many ways lead to it', () => {
    // Each of eight floors of five stands on all of the floor below: 390,625 ways down.
    const floors = MOST_FOUNDED.depth;
    const id = (floor: number, i: number) => `F${floor}-${i}`;
    const house = Array.from({ length: floors }, (_, floor) =>
      Array.from({ length: floor === 0 ? 1 : 5 }, (_unused, i) =>
        sound(
          id(floor, i),
          floor === floors - 1 ? [] : Array.from({ length: 5 }, (_none, k) => id(floor + 1, k)),
        ),
      ),
    ).flat();
    expect(asked('F0-0', house)).toEqual({ rules: house.length, asked: house.length, lost: [], looks: 155 });
  });

  it('counts a requirement as missing that no rule encodes any more, here or below', () => {
    const listed = (encoded: readonly string[]) => {
      const a = sound('A', ['B']);
      const requirements = [{ paragraph: '1', says: 'x', encoded: [...encoded] }];
      return { ...a, fact: { ...a.fact, requirements } };
    };
    const incomplete = (encoded: readonly string[]) => {
      const [own] = foundedRules(listed(encoded), new Map([['B', sound('B', [])]])).asked;
      return own?.incomplete;
    };
    expect(['rule-a', 'rule-b', 'rule-c'].map((id) => incomplete([id]))).toEqual([false, false, true]);
    expect(incomplete(['rule-a', 'rule-c'])).toBe(true);
  });
});
