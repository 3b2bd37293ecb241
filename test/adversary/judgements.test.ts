/** Attempts to go on under a judgement of something else: what was judged has changed, or nobody says what it was. */
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { factDigest } from '../../functions/core/facts/canonical.ts';
import { kindOf, readFact } from '../../functions/core/facts/fact.ts';
import { type RawFact, subjectKey } from '../../functions/core/facts/view.ts';
import { readSampleRegistry } from '../../infra/local/sample-registry.ts';
import { routeguard } from '../cli/command.ts';
import { simulate, simulationOf } from '../core/administration/simulated.ts';
import { codesOf, decideOver } from '../core/decision/ask.ts';
import { FACTS } from '../core/decision/facts.ts';
import { type Door, type Doors, startDoors } from '../doors/doors-rig.ts';
import { NOW, NOW_MS } from '../doors/expected.ts';

type Facts = ReadonlyMap<string, RawFact>;

/** Every judgement bound to what stands there, and every mandate asking for it. */
function bound(facts: Facts, acceptUnbound = false): Facts {
  return new Map(
    [...facts].map(([key, fact]): [string, RawFact] => {
      if (kindOf(fact) === 'mandate') return [key, { ...fact, acceptUnbound }];
      const judges = kindOf(fact) === 'accreditation' || kindOf(fact) === 'assessment';
      const subject = facts.get(subjectKey(fact) ?? '');
      return [key, judges && subject !== undefined ? { ...fact, judged: factDigest(subject) } : fact];
    }),
  );
}

function changed(facts: Facts, key: string, part: object): Facts {
  const fact = facts.get(key) ?? expect.fail(`no ${key}`);
  // Through JSON, so that a member set to undefined is gone.
  return new Map(facts).set(key, JSON.parse(JSON.stringify({ ...fact, ...part })) as RawFact);
}

const SAMPLE = readSampleRegistry();
const OTHER = `sha256:${'0'.repeat(64)}`;

it('every judgement of the sample that says what it judged is of what stands there', () => {
  const judgements = [...SAMPLE.values()].filter((f) => f['judged'] !== undefined);
  expect(judgements.length).toBeGreaterThan(0);
  for (const f of judgements)
    expect([f['id'], f['judged']]).toEqual([f['id'], factDigest(SAMPLE.get(subjectKey(f) ?? '') ?? {})]);
});

it('a digest is of the fact as it is registered, whatever order its members have', () => {
  for (const fact of SAMPLE.values()) {
    const reading = readFact(fact);
    if (!reading.sound) throw new Error('the sample is sound');
    expect(factDigest(JSON.parse(JSON.stringify(reading.fact)) as RawFact)).toBe(factDigest(fact));
  }
});

describe('over the real doors', () => {
  let doors: Doors;
  let decide: Door;
  beforeAll(async () => {
    vi.useFakeTimers({ toFake: ['Date'], now: Date.parse(NOW) });
    let facts = bound(SAMPLE);
    facts = changed(facts, 'network/us-b', { name: 'The same under another name' });
    facts = changed(facts, 'accreditation/us-on-us-a', { judged: undefined });
    doors = await startDoors(['decide'], undefined, facts);
    decide = await doors.fresh('decide');
  });
  afterAll(async () => {
    await doors.stop();
    vi.useRealTimers();
  });

  it.each<[string, string, boolean, readonly string[]]>([
    ['what was judged', 'gb-b-alone', true, []],
    ['what has changed', 'us-b-alone', false, ['JUDGEMENT_NOT_BOUND']],
    ['what has changed, on one hop', 'sms-gb-primary', false, ['JUDGEMENT_NOT_BOUND']],
    ['what an accreditation does not name', 'us-domestic', false, ['JUDGEMENT_NOT_BOUND']],
  ])('%s', async (_, route, decision, codes) => {
    const request = { message: { id: 'm', marking: 'SECRET//REL TO USA, GBR' }, path: { route } };
    const said = (await decide({ request: JSON.stringify(request) })) as {
      readonly decision: boolean;
      readonly reasons: readonly { readonly code: string }[];
      readonly notes: readonly { readonly code: string }[];
    };
    expect([said.decision, said.reasons.map((r) => r.code)]).toEqual([decision, codes]);
    const isTold = route === 'us-b-alone' || route === 'sms-gb-primary';
    expect(said.notes.some((n) => n.code === 'CHANGED_SINCE_JUDGED')).toBe(isTold);
  });
});

const WORLD = bound(
  new Map(FACTS.map((f) => [`${f.kind}/${f.id}`, JSON.parse(JSON.stringify(f)) as RawFact])),
);
const ACCEPTING = bound(WORLD, true);
const told = (facts: Facts) => {
  const { outcome, reasons, notes } = decideOver([...facts.values()]);
  const told = notes.filter((n) => n.code === 'CHANGED_SINCE_JUDGED').map((n) => n.fact);
  return [outcome, codesOf({ reasons } as never), [...told].sort()];
};

describe('one thing about what was judged', () => {
  it('nothing: it permits, and tells nothing', () => {
    expect(told(WORLD)).toEqual(['permit', [], []]);
  });

  const network = WORLD.get('network/net-a') as RawFact;
  const { deployments, ...inventory } = network['inventory'] as unknown as {
    readonly deployments: readonly RawFact[];
  };
  const ABOUT_NET_A = [
    'accreditation/net-a-accredited',
    'accreditation/net-a-british',
    'assessment/net-a-assessed',
  ];
  it.each<[string, string, object, readonly string[]]>([
    ['its name', 'network/net-a', { name: 'x' }, ABOUT_NET_A],
    ['its sources', 'network/net-a', { sources: [{ citation: 'another', verified: true }] }, ABOUT_NET_A],
    ['an identifier', 'network/net-a', { identifiers: [{ scheme: 'plmn', value: '999-77' }] }, ABOUT_NET_A],
    [
      'its equipment',
      'network/net-a',
      { inventory: { ...inventory, deployments: deployments.slice(0, -1) } },
      ABOUT_NET_A,
    ],
    ['a vendor', 'vendor/maker-a', { name: 'x' }, ['assessment/maker-a-assessed']],
    [
      'the name of an accreditor’s word',
      'accreditation/net-a-accredited',
      { judged: OTHER },
      ABOUT_NET_A.slice(0, 1),
    ],
    ['an assessor’s word', 'assessment/net-a-assessed', { judged: OTHER }, ABOUT_NET_A.slice(2)],
  ])('%s', (_, key, part, keys) => {
    expect(told(changed(WORLD, key, part))).toEqual(['deny', ['JUDGEMENT_NOT_BOUND'], keys]);
    expect(told(changed(ACCEPTING, key, part))).toEqual(['permit', [], keys]);
  });

  it.each([
    ['an accreditation that names nothing', 'accreditation/net-a-accredited'],
    ['an assessment of the network that names nothing', 'assessment/net-a-assessed'],
    ['an assessment of a maker that names nothing', 'assessment/maker-a-assessed'],
  ])('%s', (_, key) => {
    expect(told(changed(WORLD, key, { judged: undefined }))).toEqual(['deny', ['JUDGEMENT_NOT_BOUND'], []]);
    expect(told(changed(ACCEPTING, key, { judged: undefined }))).toEqual(['permit', [], []]);
  });

  it.each([
    ['of another kind', 'sha384:00'],
    ['in capitals', String(WORLD.get('accreditation/net-a-accredited')?.['judged']).toUpperCase()],
    ['with a blank', `${String(WORLD.get('accreditation/net-a-accredited')?.['judged'])} `],
    ['that is a list', [OTHER]],
    ['that is nothing', null],
    ['that is empty', ''],
  ])('a digest %s makes the judgement none', (_, judged) => {
    for (const facts of [WORLD, ACCEPTING])
      expect(told(changed(facts, 'accreditation/net-a-accredited', { judged }))[0]).toBe('deny');
  });

  it('one owner of two who asks is enough, and a mandate that does not say is none', () => {
    const one = changed(changed(ACCEPTING, 'network/net-a', { name: 'x' }), 'mandate/us-trusted', {
      acceptUnbound: false,
    });
    expect(told(one)[1]).toEqual(['JUDGEMENT_NOT_BOUND']);
    expect(told(changed(WORLD, 'mandate/us-trusted', { acceptUnbound: undefined }))[1]).toContain(
      'MANDATE_UNSOUND',
    );
  });

  it('what speaks against something counts whatever it judged', () => {
    const adverse = {
      ...(WORLD.get('assessment/maker-a-assessed') as RawFact),
      id: 'adverse',
      outcome: 'not-trusted',
      valid: { from: '2019-01-01', to: null, zone: 'UTC' },
    };
    for (const judged of [OTHER, undefined]) {
      const facts = changed(new Map(WORLD).set('assessment/adverse', adverse), 'assessment/adverse', {
        judged,
      });
      expect(told(facts)[1]).toContain('VENDOR_NOT_TRUSTED');
    }
  });
});

it('a simulation lists what a change leaves behind', () => {
  const fact = { ...(WORLD.get('network/net-a') as RawFact), name: 'x' };
  const was = factDigest(WORLD.get('network/net-a') as RawFact);
  const report = simulate(simulationOf(WORLD, [{ op: 'replace', fact, was }], NOW_MS));
  expect(report.changedSinceJudged).toEqual(
    ['accreditation/net-a-accredited', 'accreditation/net-a-british', 'assessment/net-a-assessed'].filter(
      (key) => {
        const reading = readFact(WORLD.get(key));
        return reading.sound && reading.interval.to > NOW_MS;
      },
    ),
  );
  expect(report.changedSinceJudged.length).toBeGreaterThan(0);
});

it('the command line says what to write', async () => {
  const { code, out } = await routeguard('digest', 'samples/registry/networks.json', '--of', 'network/gb-b');
  expect([code, out.trim()]).toEqual([0, factDigest(SAMPLE.get('network/gb-b') as RawFact)]);
  expect((await routeguard('digest', 'samples/registry')).out.split('\n')).toContain(
    `${factDigest(SAMPLE.get('vendor/cisco') as RawFact)}  vendor/cisco`,
  );
  expect((await routeguard('digest', 'samples/registry', '--of', 'network/none')).code).toBe(2);
});
