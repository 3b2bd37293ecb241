import { describe, expect, it } from 'vitest';
import { ask } from '../../../functions/core/decision/ask.ts';
import { highestLabels } from '../../../functions/core/decision/highest.ts';
import type { Label } from '../../../functions/core/marking/label.ts';
import { ladderOf } from '../../../functions/core/marking/order.ts';
import type { DecisionInput } from '../../../functions/core/registry/input.ts';
import { approachTo, labelFor } from './ask.ts';
import { accreditation, FACTS, hold } from './facts.ts';

function inputOver(facts: readonly unknown[], hops: readonly string[] = ['net-a']): DecisionInput {
  return {
    ...approachTo(facts, { hops }),
    label: labelFor({}),
    labelUntil: null,
  };
}

function without(...ids: string[]): readonly unknown[] {
  return FACTS.filter((f) => !ids.includes(f.id));
}

/** `USA/US SECRET` for each owner and frame. */
function found(facts: readonly unknown[], hops?: readonly string[]): readonly string[] {
  return highestLabels(inputOver(facts, hops)).map((h) => `${h.owner}/${h.frame} ${h.level ?? 'nothing'}`);
}

describe('the highest label a path may carry', () => {
  it.each([
    ['as it is', FACTS, ['GBR/UK SECRET', 'GBR/US SECRET', 'USA/US SECRET']],
    [
      'under a hold',
      [...FACTS, hold({ id: 'stop' })],
      ['GBR/UK nothing', 'GBR/US nothing', 'USA/US nothing'],
    ],
    [
      'with no American accreditation',
      without('net-a-accredited'),
      ['GBR/UK SECRET', 'GBR/US nothing', 'USA/US nothing'],
    ],
    [
      'accredited for more',
      [
        ...FACTS,
        accreditation({
          id: 'more',
          carries: [{ frame: 'US', level: 'TOP SECRET', compartments: ['SI', 'TK'], controls: ['ORCON'] }],
        }),
      ],
      ['GBR/UK SECRET', 'GBR/US TOP SECRET', 'USA/US TOP SECRET'],
    ],
    [
      'with a network nobody assessed behind it',
      without('net-b-assessed'),
      // British information in American markings answers to both.
      ['GBR/UK SECRET', 'GBR/US nothing', 'USA/US nothing'],
      ['net-a', 'net-b'],
    ],
  ] as const)('%s', (_what, facts, expected, hops: readonly string[] | undefined = undefined) => {
    expect(found(facts, hops)).toEqual(expected);
  });

  it('carries the compartments and controls every hop is accredited for', () => {
    const usa = highestLabels(inputOver(FACTS)).find((h) => h.owner === 'USA');
    expect(usa).toMatchObject({ level: 'SECRET', compartments: ['SI'], controls: ['ORCON'] });
  });

  it('is permitted, and the next level of the same is not', () => {
    for (const hops of [['net-a'], ['net-b'], ['net-a', 'net-b']]) {
      const input = inputOver(FACTS, hops);
      for (const { owner, frame, level, compartments, controls, audience } of highestLabels(input)) {
        const ladder = ladderOf(frame) ?? [];
        const label = (at: string): Label => ({
          frame,
          level: at,
          compartments,
          controls,
          audience,
          owners: [owner],
          markedBy: owner,
          fgi: [],
          displayOnly: [],
        });
        const { label: _asked, labelUntil: _until, ...from } = input;
        if (level !== null) expect(ask(from, label(level)).outcome).toBe('permit');
        for (const above of ladder.slice(level === null ? 0 : ladder.indexOf(level) + 1))
          expect([above, ask(from, label(above)).outcome]).not.toEqual([above, 'permit']);
      }
    }
  });
});
