import { describe, expect, it } from 'vitest';
import { highestLabels } from '../../../functions/core/decision/highest.ts';
import { membersOf } from '../../../functions/core/marking/codes/codes.ts';
import { labelFrom } from '../../../functions/core/marking/label.ts';
import { ladderOf } from '../../../functions/core/marking/ladders.ts';
import type { DecisionInput } from '../../../functions/core/registry/input.ts';
import { approachTo, ask, labelFor } from './ask.ts';
import { accreditation, authority, FACTS, hold, mandate, standard } from './facts.ts';

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
      'with an American mandate that is over',
      [
        ...without('us-trusted'),
        mandate({ id: 'us-trusted', valid: { from: '2019-01-01', to: '2020-12-31', zone: 'UTC' } }),
      ],
      ['GBR/UK SECRET', 'GBR/US nothing'],
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

  it('is for its owner alone where only those can reach it: of the Alliance, its members', () => {
    const levels = [{ frame: 'NATO', level: 'NATO SECRET' }];
    const facts = [
      ...FACTS,
      authority({ id: 'nato-office', speaksFor: ['NATO'] }),
      mandate({
        ...{ id: 'nato', owner: 'NATO', authority: 'nato-office', accreditors: ['nato-office'] },
        ...{ from: levels, standards: ['KNOWN'] },
      }),
      standard({
        ...{ id: 'KNOWN', owner: 'NATO', authority: 'nato-office' },
        scope: { levels, flows: null, providers: null },
        rules: [{ rule: 'path-assurance', id: 'path', cites: ['text'], accept: ['pinned'] }],
      }),
      accreditation({
        ...{ id: 'nato', authority: 'nato-office', audience: ['GBR', 'USA'] },
        carries: [{ frame: 'NATO', level: 'NATO SECRET', compartments: [], controls: [] }],
      }),
    ];
    const found = highestLabels(inputOver(facts)).find((h) => h.owner === 'NATO');
    expect([found?.level, found?.audience]).toEqual(['NATO SECRET', membersOf('NATO', '2024-06-15')]);
  });

  it('of what is accredited without the compartment it stands in carries neither', () => {
    const carries = [{ frame: 'US', level: 'TOP SECRET', compartments: ['SI-G', 'TK'], controls: [] }];
    const facts = [...without('net-a-accredited'), accreditation({ id: 'more', carries })];
    const usa = highestLabels(inputOver(facts)).find((h) => h.owner === 'USA');
    expect([usa?.level, usa?.compartments]).toEqual(['TOP SECRET', ['TK']]);
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
        const label = (at: string) =>
          labelFrom({ frame, level: at, compartments, controls, audience, markedBy: owner });
        const { label: _asked, labelUntil: _until, ...from } = input;
        if (level !== null) expect(ask(from, label(level)).outcome).toBe('permit');
        for (const above of ladder.slice(level === null ? 0 : ladder.indexOf(level) + 1))
          expect([above, ask(from, label(above)).outcome]).not.toEqual([above, 'permit']);
      }
    }
  });
});
