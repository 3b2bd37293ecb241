/** Flips as people read them: in which groups, in which order, under which names, on which conditions. */
import { describe, expect, it } from 'vitest';
import {
  flipGroups,
  groupsToAcknowledge,
  mustBeNamed,
} from '../../../functions/core/administration/flip-groups.ts';
import {
  causeInWords,
  conditionsOf,
  subjectInWords,
  timeInWords,
} from '../../../functions/core/administration/flip-words.ts';
import { byHeight, heightOf, highestOf } from '../../../functions/core/administration/marking-order.ts';
import type { Case, Flip, RefusalCause } from '../../../functions/core/administration/simulation.ts';

const UNTRUSTED: RefusalCause = {
  code: 'VENDOR_NOT_ASSESSED',
  standard: 'TEST',
  rule: 'assessed',
  vendor: 'maker-one',
};
const marked = (...markings: readonly string[]): readonly Case[] => markings.map((marking) => ({ marking }));

let last = 0;
function flip(more: Partial<Flip> = {}): Flip {
  last += 1;
  return {
    number: last,
    direction: 'to-permit',
    subject: { network: `net-${last}` },
    cases: marked('US SECRET'),
    from: null,
    until: null,
    before: 'deny',
    after: 'permit',
    why: [UNTRUSTED],
    restsOn: ['assessment/one'],
    obliges: [],
    ...more,
  };
}
const DENIED: Partial<Flip> = { direction: 'to-deny', before: 'permit', after: 'deny' };
const MOVED = { from: 'T1', until: 'T2', ends: { was: 'T1', becomes: 'T2' } } as const;

describe('how high markings stand', () => {
  it.each<[string, string, number]>([
    ['US TOP SECRET//SI//NOFORN', 'US', 0],
    ['US SECRET', 'US', 1],
    ['NATO COSMIC TOP SECRET', 'NATO', 0],
    ['UK OFFICIAL//REL TO GBR', 'UK', 2],
    ['US SECRET//as requested', 'US', 1],
    ['as requested', 'as requested', -1],
    ['US UNHEARD OF', 'US UNHEARD OF', -1],
    ['', '', -1],
  ])('%j', (marking, frame, below) => {
    expect(heightOf(marking)).toMatchObject({ frame, below });
  });

  it('the highest of each ladder, by its distance from the top, and what nobody can place before all', () => {
    const all = ['US SECRET', 'UK SECRET', 'US TOP SECRET', 'UK OFFICIAL', 'nonsense'].map(heightOf);
    expect(highestOf(all).map(({ name }) => name)).toEqual(['nonsense', 'US TOP SECRET', 'UK SECRET']);
    expect([...all].sort(byHeight).map(({ name }) => name)).toEqual([
      'nonsense',
      'US TOP SECRET',
      'UK SECRET',
      'US SECRET',
      'UK OFFICIAL',
    ]);
  });
});

describe('groups', () => {
  const shape = (flips: readonly Flip[]) =>
    flipGroups(flips).map(({ effect, highest, flips: members }) => [
      effect,
      highest[0],
      members.map(({ subject }) => Object.values(subject)[0]).join(),
    ]);
  const on = (network: string, ...markings: readonly string[]): Partial<Flip> => ({
    subject: { network },
    cases: marked(...markings),
  });

  it.each<[string, readonly Partial<Flip>[], readonly (readonly string[])[]]>([
    ['nothing', [], []],
    [
      'what is gained, lost, ends sooner, lasts longer',
      [
        { ...on('a', 'US SECRET'), ...MOVED },
        { ...on('b', 'US SECRET'), ...DENIED, ...MOVED },
        { ...on('c', 'US SECRET'), ...DENIED },
        on('d', 'US SECRET'),
      ],
      [
        ['gained', 'US SECRET', 'd'],
        ['lost', 'US SECRET', 'c'],
        ['sooner', 'US SECRET', 'b'],
        ['later', 'US SECRET', 'a'],
      ],
    ],
    [
      'the worst marking first, and nothing of it among what is lower',
      [on('a', 'US CONFIDENTIAL'), on('b', 'US CONFIDENTIAL', 'US TOP SECRET'), on('c', 'US CONFIDENTIAL')],
      [
        ['gained', 'US TOP SECRET', 'b'],
        ['gained', 'US CONFIDENTIAL', 'a,c'],
      ],
    ],
    [
      'what is high in one frame is not among what is low in another',
      [on('a', 'UK OFFICIAL', 'US TOP SECRET'), on('b', 'UK OFFICIAL')],
      [
        ['gained', 'US TOP SECRET', 'a'],
        ['gained', 'UK OFFICIAL', 'b'],
      ],
    ],
    [
      'another vendor is another group, whatever else is alike',
      [
        on('a', 'US SECRET'),
        { ...on('b', 'US SECRET'), why: [{ ...UNTRUSTED, vendor: 'maker-two' }] },
        on('c', 'US SECRET'),
      ],
      [
        ['gained', 'US SECRET', 'a,c'],
        ['gained', 'US SECRET', 'b'],
      ],
    ],
    ...[{ standard: 'OTHER' }, { rule: 'other' }, { statedIn: 'OTHER' }].map(
      (more): [string, readonly Partial<Flip>[], readonly (readonly string[])[]] => [
        `another ${Object.keys(more)} is another group`,
        [
          on('a', 'US SECRET'),
          { ...on('b', 'US SECRET'), why: [{ ...UNTRUSTED, ...more }] },
          on('c', 'US SECRET'),
        ],
        [
          ['gained', 'US SECRET', 'a,c'],
          ['gained', 'US SECRET', 'b'],
        ],
      ],
    ),
    [
      'one cause at many places is one group',
      [
        { ...on('a', 'US SECRET'), why: [{ ...UNTRUSTED, network: 'a', segment: 'core' }] },
        {
          ...on('b', 'US SECRET'),
          why: [
            { ...UNTRUSTED, network: 'b' },
            { ...UNTRUSTED, hop: 3 },
          ],
        },
      ],
      [['gained', 'US SECRET', 'a,b']],
    ],
    [
      'the same cause by another kind of fact is another group',
      [on('a', 'US SECRET'), { ...on('b', 'US SECRET'), restsOn: ['standard/TEST'] }],
      [
        ['gained', 'US SECRET', 'a'],
        ['gained', 'US SECRET', 'b'],
      ],
    ],
  ])('%s', (_, flips, expected) => {
    last = 0;
    expect(shape(flips.map(flip)).toSorted()).toEqual([...expected].toSorted());
    expect(shape(flips.map(flip)).map(([effect]) => effect)).toEqual(expected.map(([effect]) => effect));
  });

  it('a group tells of every flip in it what it rests on and how high it goes', () => {
    last = 0;
    const flips = [
      flip({ restsOn: ['assessment/two'] }),
      flip({ cases: marked('UK OFFICIAL', 'US SECRET'), restsOn: ['assessment/one', 'assessment/two'] }),
      flip({ cases: marked('US SECRET', 'NATO NATO RESTRICTED'), restsOn: ['assessment/three'] }),
    ];
    expect(flipGroups(flips)).toMatchObject([
      {
        restsOn: ['assessment/one', 'assessment/three', 'assessment/two'],
        highest: ['US SECRET', 'UK OFFICIAL', 'NATO NATO RESTRICTED'],
        flips,
      },
    ]);
  });

  it('the highest marking first, in each of what comes of it', () => {
    last = 0;
    const levels = ['US CONFIDENTIAL', 'US TOP SECRET', 'US UNCLASSIFIED', 'UK TOP SECRET', 'US SECRET'];
    const flips = [{}, DENIED].flatMap((more) =>
      levels.map((level) => flip({ ...more, cases: marked(level) })),
    );
    const order = ['UK TOP SECRET', 'US TOP SECRET', 'US SECRET', 'US CONFIDENTIAL', 'US UNCLASSIFIED'];
    expect(flipGroups(flips).map((g) => g.highest[0])).toEqual([...order, ...order]);
  });

  it('every flip is in one group, and the name of a group is that of its flips alone', () => {
    last = 0;
    const flips = [
      flip(),
      flip(DENIED),
      flip(MOVED),
      flip({ why: [] }),
      flip({ cases: marked('US TOP SECRET') }),
    ];
    const groups = flipGroups(flips);
    expect(groups.flatMap((g) => g.flips.map((f) => f.number)).toSorted()).toEqual([1, 2, 3, 4, 5]);
    expect(new Set(groups.map((g) => g.name)).size).toBe(groups.length);
    for (const { name } of groups) expect(name).toMatch(/^[a-z][a-z-]*-[0-9a-f]{4}$/);
    const [first] = flipGroups([{ ...(flips[0] as Flip), number: 9 }]);
    expect(groups.map((g) => g.name)).toContain(first?.name);
    const [other] = flipGroups([{ ...(flips[0] as Flip), until: 'T9' }]);
    expect(groups.map((g) => g.name)).not.toContain(other?.name);
  });

  it('names are as long as it takes to tell them apart', () => {
    last = 0;
    const many = Array.from({ length: 600 }, (_, i) => flip({ why: [{ ...UNTRUSTED, vendor: `v-${i}` }] }));
    expect(new Set(flipGroups(many).map((g) => g.name)).size).toBe(600);
  });

  it.each<[string, readonly Partial<Flip>[], number, boolean]>([
    ['none', [], 0, false],
    ['what is lost is not acknowledged', [DENIED, { ...DENIED, ...MOVED }], 0, false],
    ['what lasts longer is', [MOVED, {}], 2, false],
    ['as many answers as are taken at once', Array(1_000).fill({}), 1, false],
    ['one answer more', Array(1_001).fill({}), 1, true],
    ['as many answers in several groups', [...vendors(2), ...Array(998).fill({})], 3, false],
    ['one answer more in several groups', [...vendors(2), ...Array(999).fill({})], 3, true],
    ['as many groups', vendors(25), 25, false],
    ['one group more', vendors(26), 26, true],
  ])('acknowledged: %s', (_, flips, count, named) => {
    const asked = groupsToAcknowledge(flipGroups(flips.map(flip)));
    expect([asked.length, mustBeNamed(asked)]).toEqual([count, named]);
  });

  function vendors(count: number): readonly Partial<Flip>[] {
    return Array.from({ length: count }, (_, i) => ({ why: [{ ...UNTRUSTED, vendor: `v-${i}` }] }));
  }
});

describe('in words', () => {
  const said = (cases: readonly Case[]) =>
    conditionsOf(cases).map(({ ways, markings }) => `${ways.join(' | ')}: ${markings.join(', ')}`);

  it.each<[string, readonly Case[], readonly string[]]>([
    ['no condition, worst first', marked('US SECRET', 'US TOP SECRET'), [': US TOP SECRET, US SECRET']],
    [
      'through a tunnel alone',
      [{ marking: 'US SECRET', protection: 'csfc-1' }],
      ['through the tunnel csfc-1: US SECRET'],
    ],
    [
      'with and without a tunnel, a flow or both, which is without',
      [
        { marking: 'US SECRET' },
        { marking: 'US SECRET', protection: 't' },
        { marking: 'US SECRET', flow: 'private' },
        { marking: 'US SECRET', flow: 'private', protection: 't' },
      ],
      [': US SECRET'],
    ],
    [
      'each marking on its own conditions',
      [
        { marking: 'US SECRET' },
        { marking: 'US TOP SECRET', protection: 't', flow: 'private' },
        { marking: 'US CONFIDENTIAL' },
      ],
      [
        'through the tunnel t, when the message declares private: US TOP SECRET',
        ': US SECRET, US CONFIDENTIAL',
      ],
    ],
    [
      'over a path that is known so well',
      [
        { marking: 'US SECRET', assurance: 'pinned' },
        { marking: 'US SECRET', assurance: 'observed' },
      ],
      ['over a path that is pinned or observed: US SECRET'],
    ],
    [
      'however well it is known',
      (['pinned', 'observed', 'assumed'] as const).map((assurance) => ({ marking: 'US SECRET', assurance })),
      [': US SECRET'],
    ],
    [
      'a tunnel only where the path is known less well',
      [
        { marking: 'US SECRET', assurance: 'pinned' },
        { marking: 'US SECRET', assurance: 'pinned', protection: 't' },
        { marking: 'US SECRET', assurance: 'assumed', protection: 't' },
      ],
      ['over a path that is assumed, through the tunnel t | over a path that is pinned: US SECRET'],
    ],
    [
      'what a recent request asked for',
      [{ marking: 'as requested', standards: ['A', 'B'], supports: ['use-tunnel'] }],
      ['when A, B must permit too, by who can discharge use-tunnel: as requested'],
    ],
    [
      'nothing it can discharge',
      [{ marking: 'as requested', supports: [] }],
      ['by who can discharge nothing: as requested'],
    ],
  ])('%s', (_, cases, expected) => {
    expect(said(cases)).toEqual(expected);
  });

  it.each<[string, Partial<Flip>, string]>([
    ['now', {}, 'from now until no known end'],
    ['between', { from: 'T1', until: 'T2' }, 'from T1 until T2'],
    ['longer', MOVED, 'lasts longer: until T2 instead of T1'],
    [
      'sooner',
      { ...DENIED, from: 'T1', ends: { was: null, becomes: 'T1' } },
      'ends sooner: until T1 instead of no known end',
    ],
    [
      'for ever',
      { from: 'T1', ends: { was: 'T1', becomes: null } },
      'lasts longer: until no known end instead of T1',
    ],
  ])('when: %s', (_, more, expected) => {
    expect(timeInWords(flip(more))).toBe(expected);
  });

  it('a cause names everything it is about, and a code of another release itself', () => {
    const about = { owner: 'USA', statedIn: 'OTHER', network: 'n', segment: 'core', fact: 'hold/h' } as const;
    expect(causeInWords({ ...UNTRUSTED, ...about })).toBe(
      'VENDOR_NOT_ASSESSED: A vendor in this network has no valid assessment by an accepted authority. (vendor maker-one, network n, segment core, owner USA, standard TEST, as OTHER states it, rule assessed, hold/h)',
    );
    expect(causeInWords({ code: 'HOP_UNKNOWN', hop: 2 })).toContain('(hop 2)');
    expect(causeInWords({ code: 'OF_THE_FUTURE' as never })).toBe('OF_THE_FUTURE');
    expect([{ recent: 3 }, { route: 'r' }].map(subjectInWords)).toEqual(['recent request 3', 'route r']);
  });
});
