/** What a person types of what they have seen, against the groups that there are. */
import { describe, expect, it } from 'vitest';
import { acknowledged, acknowledgementOf, askedToAcknowledge } from '../../cli/registry/acknowledge.ts';
import { RegistryRefusedError } from '../../cli/registry/errors.ts';
import { flipGroups } from '../../functions/core/administration/flip-groups.ts';
import type { Flip } from '../../functions/core/administration/simulation.ts';
import { permitsFor } from '../core/administration/many-flips.ts';

describe('what is acknowledged', () => {
  const names = (all: readonly Flip[]) => flipGroups(all).map(({ name }) => name);
  const ends = (all: readonly Flip[], text: string): unknown => {
    try {
      return acknowledgementOf(acknowledged(text), flipGroups(all)).permits.length;
    } catch (error) {
      return error instanceof RegistryRefusedError ? error.error.code : String(error);
    }
  };

  it.each<[string, readonly Flip[], (names: readonly string[]) => string, unknown]>([
    ['all numbers', permitsFor(4, 2), () => '1-4', 4],
    ['all names', permitsFor(4, 2), (all) => `all-of:${all.join()}`, 4],
    ['one name of two', permitsFor(4, 2), ([first]) => `all-of:${first}`, 'ACKNOWLEDGEMENT_MISSING'],
    ['one number too few', permitsFor(4, 2), () => '1-3', 'ACKNOWLEDGEMENT_MISSING'],
    ['many groups by number', permitsFor(26, 26), () => '1-26', 'ACKNOWLEDGEMENT_MISSING'],
    [
      'many groups, one of them by number',
      permitsFor(26, 26),
      (all) => `1-26,${all[0]}`,
      expect.stringMatching(/by its number and by its group/),
    ],
    ['many groups by name', permitsFor(26, 26), (all) => all.join(), 26],
    ['many answers by number', permitsFor(1_001, 1), () => '1-1001', 'ACKNOWLEDGEMENT_MISSING'],
    ['many answers by name', permitsFor(1_001, 1), (all) => all.join(), 1_001],
  ])('%s', (_, all, text, expected) => {
    expect(ends(all, text(names(all)))).toEqual(expected);
  });

  it('at a terminal is asked for, group by group, by name; and nothing is where nothing is gained', async () => {
    const groups = flipGroups(permitsFor(3, 3));
    const [first] = groups;
    const seen: (readonly string[])[] = [];
    const asker = {
      isThere: true,
      ask: async (lines: readonly string[]) => {
        seen.push(lines);
        return groups.map(({ name }) => name).join(', ');
      },
    };
    const said = await askedToAcknowledge(groups, asker);
    expect(acknowledgementOf(said, groups).permits).toEqual([1, 2, 3]);
    expect(seen).toEqual([groups.map(({ name }) => `  ${name} (1, up to US SECRET)`)]);
    await expect(askedToAcknowledge(groups, { ...asker, isThere: false })).rejects.toThrow(
      String(first?.name),
    );
    expect(await askedToAcknowledge([], asker)).toEqual({ numbers: [], groups: [] });
  });
});
