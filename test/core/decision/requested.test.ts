/**
 * What a caller learns of equipment through a standard it adds itself: the outcome, and nothing else. Worlds that differ
 * in what their networks are built of are grouped by everything an answer may depend on; within a group, the answers
 * in codes are one.
 */
import { describe, expect, it } from 'vitest';
import { type Answer, answerOf } from '../../../functions/core/decision/answer.ts';
import type { CoreDecision } from '../../../functions/core/decision/decide.ts';
import type { Explain } from '../../../functions/core/request.ts';
import { type Choices, choicesFrom } from '../../theorems/random.ts';
import { DATED, PLACED, PURCHASES } from '../../theorems/standards.ts';
import { decideOver, labelFor } from './ask.ts';
import {
  AT,
  CAPPED,
  deployment,
  designation,
  FACTS,
  mandate,
  network,
  READ,
  standard,
  TRUSTED,
  UNREAD,
  vendor,
  waiver,
} from './facts.ts';

/** What the owner mandates, and what no equipment changes. */
const OPEN = standard({
  id: 'OPEN',
  rules: [{ rule: 'path-assurance', id: 'path', cites: ['text'], accept: ['pinned'] }],
});
const LIBRARY = [TRUSTED, CAPPED, PLACED, DATED, PURCHASES];
const ASKED = [...LIBRARY.map(({ id }) => id), 'CAPPED', 'NOWHERE'];
const MAKERS = ['maker-a', 'maker-b', 'maker-c'];
const KEPT = FACTS.filter(
  (f) => !['network', 'mandate', 'standard', 'designation', 'vendor'].includes(f.kind),
);

function equipment({ oneOf, below, chance }: Choices) {
  return Array.from({ length: 1 + below(4) }, () =>
    deployment(oneOf(['AMF', 'gNB-DU', 'OLT'] as const), oneOf(MAKERS), {
      ...(chance(0.8) && { shares: { sites: below(4) * 2500, traffic: below(4) * 2500 } }),
      siteClass: oneOf(['ordinary', 'sensitive'] as const),
      installed: oneOf(['2019-06-01', '2024-03-01']),
      remoteAccessFrom: oneOf([[], ['USA']]),
    }),
  );
}

/** A registry whose networks are built of anything, of vendors about whom anything may have been said. */
function worldOf(choices: Choices): readonly object[] {
  const { oneOf, chance } = choices;
  return [
    ...KEPT.filter((f) => f.kind !== 'assessment' || !MAKERS.includes(f.id.slice(0, 7)) || chance(0.8)),
    ...LIBRARY,
    OPEN,
    mandate({ id: 'us-trusted', standards: ['OPEN'] }),
    ...MAKERS.map((id) => vendor({ id, sources: [oneOf([READ, UNREAD])] })),
    vendor({ id: 'operator' }),
    ...MAKERS.filter(() => chance(0.4)).map((maker) =>
      designation({
        id: `risky-${maker}`,
        subject: { vendor: maker },
        class: oneOf(['capped', 'excluded'] as const),
        valid: { from: '2019-01-01', to: oneOf([null, '2024-12-31', '2027-12-31']), zone: 'UTC' },
        sources: [oneOf([READ, UNREAD])],
      }),
    ),
    ...(chance(0.5) ? [waiver({ id: 'us-w', owner: 'USA', authority: 'us-office' })] : []),
    network({ id: 'net-a' }, equipment(choices)),
    network({ id: 'net-b' }, equipment(choices)),
  ];
}

function told(decision: CoreDecision, explain: Explain): Answer {
  return answerOf(
    { question: {}, evaluationId: 'e', evaluatedAt: AT, build: 'b', explain, hypothetical: false },
    {
      decision,
      label: labelFor({}),
      at: AT,
      registry: { version: 1, digest: 'sha256:0' },
      leaseEnds: AT + 1000,
    },
  );
}

describe('of a standard that the request adds', () => {
  it('an answer in codes depends on the outcome, and on nothing that a network is built of', () => {
    const seed = 1511;
    const choices = choicesFrom(seed);
    const groups = new Map<
      string,
      { codes: Set<string>; full: Set<string>; cases: number; permit: boolean }
    >();
    for (let i = 0; i < 300; i += 1) {
      const first = choices.oneOf(ASKED);
      const standards = [...new Set(choices.chance(0.3) ? [first, choices.oneOf(ASKED)] : [first])];
      const facts = worldOf(choices);
      const hops = choices.oneOf([['net-a'], ['net-a', 'net-b']]);
      const decision = decideOver(facts, { hops, standards });
      const plain = decideOver(facts, { hops });
      const { outcome, standards: verdicts } = decision;
      // How many citations nobody verified must not move with equipment either, so no group is made by it.
      const { unverifiedCitations: _count, ...rest } = told(plain, 'codes');
      const key = JSON.stringify([hops, rest, outcome, verdicts]);
      const group = groups.get(key) ?? {
        codes: new Set(),
        full: new Set(),
        cases: 0,
        permit: outcome === 'permit',
      };
      group.cases += 1;
      group.codes.add(JSON.stringify(told(decision, 'codes')));
      group.full.add(JSON.stringify(told(decision, 'full')));
      groups.set(key, group);
    }
    const several = [...groups.values()].filter((g) => g.full.size > 1);
    console.log(
      `seed ${seed}: ${groups.size} groups, ${several.length} with equipment that differs, ${several.filter((g) => g.permit).length} of them permits`,
    );
    expect(several.length).toBeGreaterThan(15);
    expect(several.filter((g) => g.permit).length).toBeGreaterThan(5);
    expect(several.filter((g) => g.codes.size > 1).map((g) => [...g.codes])).toEqual([]);
  });

  const RISKY = [
    ...FACTS.filter((f) => f.kind !== 'mandate' && f.id !== 'net-a'),
    OPEN,
    PURCHASES,
    mandate({ id: 'us-trusted', standards: ['OPEN'] }),
    network({ id: 'net-a' }, [deployment('AMF', 'maker-b'), deployment('AMF', 'maker-a')]),
  ];
  const shares = (sites: number) =>
    network({ id: 'net-a' }, [deployment('gNB-DU', 'maker-b', { shares: { sites, traffic: 0 } })]);
  const withShare = (sites: number, ...more: object[]) => [
    ...RISKY.filter((f) => f.id !== 'net-a'),
    shares(sites),
    ...more,
  ];
  const W = waiver({ id: 'us-w', owner: 'USA', authority: 'us-office' });
  it.each<[string, readonly object[], string, readonly object[], readonly object[]]>([
    ['refuses, one code', RISKY, 'CAPPED', [{ code: 'STANDARD_NOT_SATISFIED', standard: 'CAPPED' }], []],
    ['permits, none: a share within a cap is no note', withShare(3000), 'CAPPED', [], []],
    ['permits by a waiver, none', withShare(9000, W), 'CAPPED', [], []],
    ['nobody knows, that', RISKY, 'NOWHERE', [{ code: 'STANDARD_UNKNOWN', standard: 'NOWHERE' }], []],
    [
      'is about something else, a note of that and none of what it found',
      RISKY,
      'PURCHASES',
      [],
      [{ code: 'STANDARD_NOT_ABOUT_CARRIAGE', standard: 'PURCHASES' }],
    ],
  ])('one that %s', (_what, facts, id, reasons, notes) => {
    const plain = (list: Answer['reasons'] = []) => list.map(({ text: _text, ...r }) => r);
    const answer = told(decideOver(facts, { standards: [id] }), 'codes');
    expect([plain(answer.reasons), plain(answer.notes)]).toEqual([reasons, notes]);
    expect(answer.waivers).toEqual([]);
    expect(answer).not.toHaveProperty('validUntil');
    const full = told(decideOver(facts, { standards: [id] }), 'full');
    expect(full.waivers).toEqual(facts.includes(W) ? ['waiver/us-w'] : []);
    expect(full).toHaveProperty('validUntil');
  });

  it('one that is mandated anyway is explained as its owner mandated it', () => {
    const { reasons, standards } = told(
      decideOver(FACTS, { hops: ['net-a'], standards: ['TRUSTED'] }),
      'codes',
    );
    expect([reasons, standards]).toEqual([[], [{ id: 'TRUSTED', by: 'mandate', outcome: 'permit' }]]);
    const unassessed = FACTS.filter((f) => f.id !== 'maker-b-assessed');
    expect(told(decideOver(unassessed, { standards: ['TRUSTED'] }), 'codes').reasons).toMatchObject([
      { code: 'VENDOR_NOT_ASSESSED', standard: 'TRUSTED', hop: 0, segment: 'access-mobile' },
    ]);
  });
});
