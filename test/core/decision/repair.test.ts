import { describe, expect, it } from 'vitest';
import { REASON_CODES } from '../../../functions/core/decision/reasons.ts';
import { type Repair, repairsOf } from '../../../functions/core/decision/repair.ts';
import { REMEDIES, REPAIRS } from '../../../functions/core/decision/repair-table.ts';
import type { DecisionInput } from '../../../functions/core/registry/input.ts';
import { approachTo, ask, labelFor } from './ask.ts';
import { assessment, FACTS, hold, UNREAD, waiver } from './facts.ts';
import { repaired, type Situation } from './repairing.ts';

// biome-ignore lint/suspicious/noExplicitAny: facts of every kind are edited here, as JSON
type Loose = any;
type Break = (facts: readonly Loose[]) => readonly Loose[];

const change =
  (id: string, edit: (fact: Loose) => Loose): Break =>
  (facts) =>
    facts.map((f) => (f.id === id ? { ...f, ...edit(f) } : f));
const drop =
  (...ids: string[]): Break =>
  (facts) =>
    facts.filter((f) => !ids.includes(f.id));
const add =
  (fact: Loose): Break =>
  (facts) => [...facts, fact];
const equip = (id: string, index: number, part: Loose): Break =>
  change(id, ({ inventory }) => ({
    inventory: {
      ...inventory,
      deployments: inventory.deployments.map((d: Loose, i: number) => (i === index ? { ...d, ...part } : d)),
    },
  }));

/** Each breaks the permit by itself; several may break the same thing, or hide behind one another. */
const FAULTS: Readonly<Record<string, Break>> = {
  'a hold on everything': add(hold({ id: 'stop-all' })),
  'a hold on one network': add(hold({ id: 'stop-a', scope: { network: 'net-a' } })),
  'a network nobody accredited': drop('net-a-accredited', 'net-a-british'),
  'a network accredited too low': change('net-b-accredited', ({ carries }) => ({
    carries: carries.map((c: Loose) => ({ ...c, level: c.frame === 'US' ? 'CONFIDENTIAL' : 'OFFICIAL' })),
  })),
  'an audience that is not released to': change('net-b-accredited', () => ({
    audience: ['FRA', 'GBR', 'USA'],
  })),
  'a network reached from elsewhere': change('net-b', () => ({ remoteAccessCountries: ['FRA'] })),
  'a network nobody assessed': drop('net-a-assessed'),
  'a vendor of both networks found untrusted': add(
    assessment({
      id: 'maker-a-adverse',
      subject: { vendor: 'maker-a' },
      outcome: 'not-trusted',
      valid: { from: '2019-01-01', to: null, zone: 'UTC' },
    }),
  ),
  'a risky vendor in the core': equip('net-a', 0, { vendor: 'maker-b' }),
  'the risky vendor not assessed': drop('maker-b-assessed'),
  'the risky vendor over its cap': equip('net-a', 2, { shares: { sites: 3600, traffic: 100 } }),
  'an inventory nobody vouches for': change('net-b', ({ inventory }) => ({
    inventory: { ...inventory, complete: false },
  })),
  'citations nobody verified': (facts) =>
    change('us-trusted', () => ({ acceptUnverified: false }))(
      change('net-b-assessed', () => ({ sources: [UNREAD] }))(facts),
    ),
};
const NAMES = Object.keys(FAULTS);
const UNVERIFIED = 'citations nobody verified';

const label = labelFor({});

function inputOf(s: Situation, hops: readonly string[]): DecisionInput {
  const question = { hops, assurance: s.assurance, standards: ['CAPPED'] };
  return { ...approachTo(s.facts, question), label: s.label, labelUntil: null };
}

function permits(s: Situation, hops: readonly string[]): boolean {
  const { label: l, labelUntil: _until, ...rest } = inputOf(s, hops);
  return ask(rest, l).outcome === 'permit';
}

function broken(faults: readonly string[], assurance: Situation['assurance'] = 'pinned'): Situation {
  const facts = faults.reduce<readonly Loose[]>(
    (all, name) => (FAULTS[name] as Break)(all),
    structuredClone(FACTS) as unknown as Loose[],
  );
  return { facts, label, assurance };
}

function* subsetsOf<T>(all: readonly T[], least = 0, most = all.length): Generator<readonly T[]> {
  for (let bits = 0; bits < 2 ** all.length; bits += 1) {
    const chosen = all.filter((_, i) => (bits >> i) & 1);
    if (chosen.length >= least && chosen.length <= most) yield chosen;
  }
}

const HOPS = ['net-a', 'net-b', 'net-a'];
const doAll = (s: Situation, repairs: readonly Repair[]) => repairs.reduce(repaired, s);

describe('T12: the groups of repairs are what it takes', () => {
  it('begins from a permit', () => {
    expect(permits(broken([]), HOPS)).toBe(true);
    expect(repairsOf(inputOf(broken([]), HOPS))).toEqual({ groups: [], complete: true });
  });

  it.each(NAMES.filter((n) => n !== 'the risky vendor not assessed'))('%s refuses by itself', (name) => {
    expect(permits(broken([name]), HOPS)).toBe(false);
  });

  it('every two faults: doing every group permits, and any other subset of them does not', () => {
    const wrong: string[] = [];
    let cases = 0;
    let decisions = 0;
    for (const faults of subsetsOf(NAMES, 1, 2)) {
      for (const assurance of ['pinned', 'assumed'] as const) {
        const s = broken(faults, assurance);
        const { groups, complete } = repairsOf(inputOf(s, HOPS));
        cases += 1;
        // What else is behind a refusal to judge is not said; T12 is about inputs that were judged in full.
        if (!complete && faults.includes(UNVERIFIED)) continue;
        if (!complete || groups.length === 0) wrong.push(`${faults.join(' + ')}: not complete`);
        for (const done of subsetsOf(groups)) {
          decisions += 1;
          if (permits(doAll(s, done), HOPS) !== (done.length === groups.length))
            wrong.push(
              `${faults.join(' + ')} (${assurance}): ${done.map((g) => g.repair).join()} of ${groups.map((g) => g.repair).join()}`,
            );
        }
      }
    }
    console.log(`${cases} broken registries, ${decisions} subsets of repairs`);
    expect(wrong).toEqual([]);
  });

  it('every three faults and more, in steps: all of them, and all but one', () => {
    const wrong: string[] = [];
    let cases = 0;
    for (const faults of subsetsOf(NAMES, 3)) {
      // Every 61st of 8,100: a prime, so that no fault is left out by the stride.
      cases += 1;
      if (cases % 61 !== 0) continue;
      const s = broken(faults);
      const { groups, complete } = repairsOf(inputOf(s, HOPS));
      if (!complete && faults.includes(UNVERIFIED)) continue;
      if (!permits(doAll(s, groups), HOPS)) wrong.push(`${faults.join(' + ')}: all`);
      for (const left of groups) {
        if (
          permits(
            doAll(
              s,
              groups.filter((g) => g !== left),
            ),
            HOPS,
          )
        )
          wrong.push(
            `${faults.join(' + ')}: without ${left.repair} ${left.network ?? left.vendor ?? left.fact ?? ''}`,
          );
      }
    }
    expect(wrong).toEqual([]);
  });

  it('and a grouping that forgets one, or names one too many, is seen', () => {
    const s = broken(['a network nobody assessed', 'a hold on everything']);
    const { groups } = repairsOf(inputOf(s, HOPS));
    expect(permits(doAll(s, groups.slice(1)), HOPS)).toBe(false);
    const idle: Repair = { repair: 'assess-vendor', vendor: 'maker-c', hops: [], codes: [] };
    expect(permits(doAll(s, groups), HOPS)).toBe(true);
    expect(
      [...groups, idle].every(
        (left) =>
          !permits(
            doAll(
              s,
              [...groups, idle].filter((g) => g !== left),
            ),
            HOPS,
          ),
      ),
    ).toBe(false);
  });
});

describe('T12: what a permit cites', () => {
  it('is needed: without any one of its mandates and waivers there is none', () => {
    const over = FAULTS['the risky vendor over its cap'] as Break;
    const waived = waiver({ id: 'waived', authority: 'us-office', owner: 'USA' });
    const s = { ...broken([]), facts: add(waived)(over(broken([]).facts)) };
    const { label: l, labelUntil: _until, ...rest } = inputOf(s, HOPS);
    const permit = ask(rest, l);
    expect([permit.outcome, permit.waivers]).toEqual(['permit', ['waiver/waived']]);
    const cited = [...permit.mandates, ...permit.waivers];
    expect(cited.length).toBeGreaterThan(1);
    for (const key of cited) {
      const facts = s.facts.filter((f) => `${f.kind}/${f.id}` !== key);
      expect([key, permits({ ...s, facts }, HOPS)]).toEqual([key, false]);
    }
  });
});

describe('groups', () => {
  it('are one for a network, however often the path crosses it', () => {
    expect(repairsOf(inputOf(broken(['a network nobody assessed']), HOPS)).groups).toEqual([
      { repair: 'assess-network', network: 'net-a', hops: [0, 2], codes: ['NETWORK_NOT_ASSESSED'] },
    ]);
  });

  it('are one for a vendor, however many networks have it', () => {
    expect(repairsOf(inputOf(broken(['a vendor of both networks found untrusted']), HOPS)).groups).toEqual([
      { repair: 'assess-vendor', vendor: 'maker-a', hops: [0, 1, 2], codes: ['VENDOR_NOT_TRUSTED'] },
    ]);
  });

  it('leave out what another repair settles', () => {
    const s = broken(['a risky vendor in the core', 'the risky vendor not assessed']);
    expect(repairsOf(inputOf(s, HOPS)).groups.map((g) => g.repair)).toEqual(['change-equipment']);
  });

  it('name a vendor where it may stay, though it must leave another network', () => {
    const elsewhere = equip('net-b', 1, { vendor: 'maker-b', shares: { sites: 1, traffic: 1 } });
    const s = broken(['a risky vendor in the core', 'the risky vendor not assessed']);
    const both = { ...s, facts: elsewhere(s.facts) };
    expect(repairsOf(inputOf(both, HOPS)).groups.map((g) => [g.repair, g.network ?? g.vendor])).toEqual([
      ['assess-vendor', 'maker-b'],
      ['change-equipment', 'net-a'],
    ]);
  });

  it('are those of the basis that asks for less', () => {
    const s = broken(['a network nobody assessed']);
    const question = { hops: HOPS, protection: 'nobody', standards: ['CAPPED'] };
    const input = { ...approachTo(s.facts, question), label, labelUntil: null };
    expect(repairsOf(input).groups.map((g) => g.repair)).toEqual(['assess-network']);
  });

  it.each([['an unknown hop', ['net-a', 'nowhere'], 'register-network']] as const)(
    'say that there may be more behind %s',
    (_what, hops, repair) => {
      const { groups, complete } = repairsOf(inputOf(broken([]), hops));
      expect(complete).toBe(false);
      expect(groups).toMatchObject([{ repair, hops: [1] }]);
    },
  );
});

describe('the table', () => {
  it('has a repair for every code, and a sentence for every repair', () => {
    expect(Object.keys(REMEDIES).sort()).toEqual([...REASON_CODES].sort());
    expect(new Set(Object.values(REMEDIES).map((r) => r.repair))).toEqual(
      new Set(
        Object.keys(REPAIRS)
          .filter((r) => r !== 'assess-vendor')
          .concat('assess-vendor'),
      ),
    );
  });
});
