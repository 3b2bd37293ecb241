import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type BoardEvent, createBoard } from '../../functions/board/board.ts';
import { evaluate, evaluateRequest } from '../../functions/board/evaluate.ts';
import { grouped, matrixOf } from '../../functions/board/matrix.ts';
import { darkWithin, endingWithin, routesOf } from '../../functions/board/outlook.ts';
import { isSecret, MAX_PROFILES, profilesOf } from '../../functions/board/profiles.ts';
import { questionOf } from '../../functions/board/question.ts';
import { type WholeRegistry, wholeRegistry } from '../../functions/board/whole-registry.ts';
import type { RawFact } from '../../functions/core/facts/view.ts';
import { readMarking } from '../../functions/core/marking/read.ts';
import { html, SafeHtml } from '../../functions/core/safe-html.ts';
import { readSampleRegistry } from '../../infra/local/sample-registry.ts';
import { stateOf } from '../decide/rig.ts';
import { openRig, type StoreRig } from '../store/store-rig.ts';
import { largeRegistry, sampleWithCliff } from './large-registry.ts';

const AT = Date.parse('2026-11-23T12:00:00Z');
const NAMED = { version: 7, digest: 'sha256:0', recordedAt: '2026-11-23T11:00:00.000Z' };

function registryOf(facts: ReadonlyMap<string, RawFact>): WholeRegistry {
  return wholeRegistry(NAMED, [...facts.values()]);
}

const sample = registryOf(readSampleRegistry());
const profiles = profilesOf(sample, AT);
const usSecret = profiles.find((p) => p.name === 'USA · SECRET, shared');
if (usSecret === undefined) throw new Error('the sample has no mandate for US SECRET');

describe('profiles come from the mandates', () => {
  it('every owner has its SECRET', () => {
    const owners = new Set(sample.law.mandates.map((m) => m.fact.owner));
    for (const owner of owners)
      expect(
        profiles.some((p) => p.label.markedBy === owner && isSecret(p)),
        owner,
      ).toBe(true);
    expect(profiles.length).toBeLessThanOrEqual(MAX_PROFILES);
  });

  it('are what the marking reader makes of them, so that a build can be asked', () => {
    for (const profile of profiles) {
      const { message } = evaluateRequest({ network: 'us-a' }, profile);
      const reading = readMarking(message.marking, { on: '2026-11-23', format: 'label' });
      expect(reading.ok && reading.label, profile.name).toEqual(profile.label);
    }
  });

  it('without a mandate there is nothing to draw', () => {
    expect(profilesOf(registryOf(new Map()), AT)).toEqual([]);
  });
});

describe('the matrix', () => {
  const matrix = matrixOf(sample, profiles, AT);

  it('has every network and route, and permits and refuses', () => {
    expect(matrix.networks.length).toBe(17);
    expect(matrix.routes.length).toBeGreaterThan(3);
    const outcomes = new Set(matrix.networks.flatMap((r) => r.cells.map((c) => c.outcome)));
    expect(outcomes).toContain('permit');
    expect(outcomes).toContain('deny');
  });

  it('gives a reason for every cell that is no permit', () => {
    for (const row of [...matrix.networks, ...matrix.routes])
      for (const cell of row.cells)
        if (cell.outcome !== 'permit') expect(cell.reasons.length, row.id).toBeGreaterThan(0);
  });

  it('draws two thousand networks as a few kinds, losing none', () => {
    const large = registryOf(largeRegistry(300, AT));
    const rows = matrixOf(large, profiles.slice(0, 4), AT).networks;
    const groups = grouped(rows, AT);
    expect(groups.length).toBeLessThan(40);
    expect(groups.flatMap((g) => g.rows.map((r) => r.id)).sort()).toEqual(rows.map((r) => r.id).sort());
    for (const group of groups)
      for (const row of group.rows)
        expect(row.cells.map((c) => c.outcome)).toEqual(group.cells.map((c) => c.outcome));
  });
});

describe('the cliff', () => {
  const cliff = registryOf(sampleWithCliff(AT));

  it('names what goes dark, and it is dark from then on and not before', () => {
    const dark = darkWithin(cliff, routesOf(cliff), [usSecret], AT, 30);
    expect(dark.length).toBeGreaterThan(0);
    for (const { subject, from } of dark) {
      expect(evaluate(cliff, subject, usSecret, from - 1).outcome).toBe('permit');
      expect(evaluate(cliff, subject, usSecret, from).outcome).not.toBe('permit');
    }
  });

  it('a window that is too short sees nothing', () => {
    expect(darkWithin(cliff, routesOf(cliff), [usSecret], AT, 1)).toEqual([]);
  });

  it('lists what ends, soonest first, and nothing adverse', () => {
    const endings = endingWithin(cliff.facts, AT, 30);
    expect(endings.map((e) => e.key)).toContain('accreditation/us-on-us-a');
    expect(endings.map((e) => e.at)).toEqual(endings.map((e) => e.at).sort((a, b) => a - b));
    const hold = { kind: 'designation', id: 'x' } as unknown as RawFact;
    expect(endingWithin([hold], AT, 30)).toEqual([]);
  });
});

describe('one question', () => {
  it('puts each reason at its hop', () => {
    const question = questionOf(sample, { route: 'sms-gb-secondary' }, usSecret, AT);
    expect(question.decision.outcome).toBe('deny');
    expect(question.hops.map((h) => h.id)).toEqual(['gb-a', 'us-b']);
    expect(question.hops[0]?.reasons.length).toBeGreaterThan(0);
    expect(question.hops.flatMap((h) => h.reasons).length + question.general.length).toBe(
      question.decision.reasons.length,
    );
  });

  it('shows when the answer changes, without gaps', () => {
    const { stretches } = questionOf(
      registryOf(sampleWithCliff(AT)),
      { route: 'sms-gb-primary' },
      usSecret,
      AT,
    );
    expect(stretches[0]?.outcome).toBe('permit');
    expect(stretches.some((s) => s.outcome !== 'permit')).toBe(true);
    for (const [i, s] of stretches.entries()) if (i > 0) expect(s.from).toBe(stretches[i - 1]?.to);
  });
});

describe('the page', () => {
  let rig: StoreRig;
  let empty: StoreRig;
  beforeAll(async () => {
    rig = await openRig();
    empty = await openRig(rig.engine);
    await rig.genesis(stateOf(readSampleRegistry()));
  });
  afterAll(() => rig?.stop());
  const draw = (event: BoardEvent, of = rig) => createBoard({ reader: of.reader(), clock: () => AT })(event);

  const SCRIPT = /<script|javascript:|\son\w+\s*=|<iframe|<link|https?:/i;

  it.each<[string, BoardEvent, string]>([
    ['the board', {}, 'What may be routed where'],
    ['with links', { links: true }, '?network=us-a&amp;profile=0'],
    ['a question', { route: 'sms-gb-secondary', profile: 'USA · SECRET, shared' }, 'Great Basin'],
    ['a network nobody registered', { network: '<script>alert(1)</script>', profile: 0 }, '&lt;script&gt;'],
    ['a profile there is not', { network: 'us-a', profile: '"><b>' }, 'no such marking profile'],
    ['dark', { widgetContext: { theme: 'dark' } }, '#0f1b2a'],
    ['documentation', { describe: true }, 'yaml'],
  ])('%s', async (_case, event, expected) => {
    const text = await draw(event);
    expect(text).toContain(expected);
    expect(text).not.toMatch(SCRIPT);
  });

  it('says that nothing has been published', async () => {
    expect(await draw({}, empty)).toContain('Nothing has been published yet');
  });

  it('says that it cannot read, and nothing of why', async () => {
    const failing = createBoard({
      reader: { open: () => Promise.reject(new Error('stored text')) },
      clock: () => AT,
    });
    const text = await failing({});
    expect(text).toContain('cannot be read (FAULT)');
    expect(text).not.toContain('stored text');
  });

  it('escapes names from the registry', async () => {
    const facts = new Map(readSampleRegistry());
    const network = facts.get('network/us-a') as RawFact;
    facts.set('network/us-a', { ...network, name: `<img src=x onerror=alert(1)>"'` });
    const other = await openRig(rig.engine);
    await other.genesis(stateOf(facts));
    const text = await draw({}, other);
    expect(text).not.toContain('<img');
    expect(text).toContain('&lt;img');
  });
});

describe('html', () => {
  it('escapes what is inserted and not what was made here', () => {
    expect(html`<b title="${'"<&'}">${new SafeHtml('<i>')}${'<i>'}</b>`.text).toBe(
      '<b title="&quot;&lt;&amp;"><i>&lt;i&gt;</b>',
    );
  });
});
