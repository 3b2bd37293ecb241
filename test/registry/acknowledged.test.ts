/** What a second person says to have seen, as the registry demands it: every answer by number, and where they are many every group. */
import { describe, expect, it } from 'vitest';
import { flipGroups, MOST_AT_ONCE } from '../../functions/core/administration/flip-groups.ts';
import type { Flip } from '../../functions/core/administration/simulation.ts';
import { demandAcknowledged } from '../../functions/registry/acknowledged.ts';
import type { KeptBytes } from '../../functions/registry/blobs.ts';
import type { FoundSimulation } from '../../functions/registry/simulate.ts';
import { permitsFor } from '../core/administration/many-flips.ts';
import { digestOf } from './changes.ts';

const signal = () => AbortSignal.timeout(60_000);

/** How an approval of these ends, acknowledging all numbers and some groups by name. */
async function ends(
  all: readonly Flip[],
  groups: (names: readonly string[]) => readonly string[] | undefined,
) {
  const names = flipGroups(all).map(({ name }) => name);
  const kept: Pick<KeptBytes, 'get'> = { get: async () => Buffer.from(JSON.stringify({ flips: all })) };
  const blobs = { of: () => kept as KeptBytes };
  const found = {
    proposal: 'p',
    result: digestOf('r'),
    summary: { permits: all.length } as FoundSimulation['summary'],
  };
  const said = { permits: all.map(({ number }) => number), groups: groups(names) };
  return demandAcknowledged({ blobs }, found, said, signal()).then(
    () => 'taken',
    (error) => error.code,
  );
}

const NONE = () => undefined;
const ALL = (names: readonly string[]) => names;
const { groups, flips: most } = MOST_AT_ONCE;

describe('an approval', () => {
  it.each<[string, readonly Flip[], Parameters<typeof ends>[1], string]>([
    ['of nothing', [], NONE, 'taken'],
    ['of few, by numbers', permitsFor(3, 3), NONE, 'taken'],
    ['of few, by names besides', permitsFor(3, 3), ALL, 'taken'],
    ['of few, one of them by name', permitsFor(3, 3), (names) => names.slice(1, 2), 'taken'],
    [
      'of few, by a name that is none',
      permitsFor(3, 3),
      () => ['vendor-not-assessed-0000'],
      'ACKNOWLEDGEMENT_UNKNOWN',
    ],
    ['of as many groups as are taken at once', permitsFor(groups, groups), NONE, 'taken'],
    ['of one group more, by numbers', permitsFor(groups + 1, groups + 1), NONE, 'ACKNOWLEDGEMENT_MISSING'],
    [
      'of one group more, all but one by name',
      permitsFor(groups + 1, groups + 1),
      (names) => names.slice(1),
      'ACKNOWLEDGEMENT_MISSING',
    ],
    ['of one group more, by every name', permitsFor(groups + 1, groups + 1), ALL, 'taken'],
    ['of as many answers as are taken at once', permitsFor(most, 1), NONE, 'taken'],
    ['of one answer more, by numbers', permitsFor(most + 1, 1), NONE, 'ACKNOWLEDGEMENT_MISSING'],
    ['of one answer more, by the name of its group', permitsFor(most + 1, 1), ALL, 'taken'],
  ])('%s', async (_, all, named, expected) => {
    expect(await ends(all, named)).toBe(expected);
  });
});
