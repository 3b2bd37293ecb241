import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RawFact } from '../../functions/core/facts/view.ts';
import { proposalsWaiting } from '../../functions/watch/proposals.ts';
import { createWatch } from '../../functions/watch/watch.ts';
import { readSampleRegistry } from '../../infra/local/sample-registry.ts';
import { stateOf } from '../decide/rig.ts';
import { openRig, type StoreRig } from '../store/store-rig.ts';

const NOW = Date.parse('2026-11-23T12:01:00Z');
const sample = readSampleRegistry();

let rig: StoreRig;
beforeAll(async () => {
  rig = await openRig();
});
afterAll(() => rig?.stop());

async function look(at = NOW, over: Partial<Parameters<typeof createWatch>[0]> = {}) {
  const lines: string[] = [];
  const watch = createWatch({
    reader: rig.reader(),
    proposalsWaiting: () => proposalsWaiting(rig.client, rig.tables.state, AbortSignal.timeout(5000), NOW),
    service: 'test',
    clock: () => at,
    write: (line) => lines.push(line),
    ...over,
  });
  const { ok } = await watch();
  expect(lines).toHaveLength(1);
  return { ok, line: JSON.parse(lines[0] ?? '') };
}

/** The sample with something ending in the given number of days. */
function endingSoon(days: number): ReadonlyMap<string, RawFact> {
  const to = new Date(NOW + days * 86_400_000).toISOString();
  const facts = new Map(sample);
  for (const [key, fact] of facts) {
    const subject = fact['subject'] as { network?: string } | undefined;
    if (fact['kind'] === 'accreditation' && subject?.network === 'us-a')
      facts.set(key, { ...fact, valid: { ...(fact['valid'] as RawFact), to } });
  }
  return facts;
}

describe('the watch, from an empty table on', () => {
  it('has nothing to say before the first publication, and raises nothing', async () => {
    const { ok, line } = await look();
    expect(ok).toBe(true);
    expect(line).toMatchObject({
      event: 'watch',
      RegistryVersion: 0,
      WatchFailures: 0,
      code: 'HEAD_MISSING',
    });
  });

  it('sees a publication, its age, and that HEAD moved', async () => {
    await rig.genesis(stateOf(sample));
    const { line } = await look();
    expect(line).toMatchObject({
      RegistryVersion: 1,
      HeadMoved: 1,
      RegistryAge: 60,
      HoldsInForce: 0,
      ProposalsWaiting: 0,
    });
    expect((await look(NOW + 3_600_000)).line).toMatchObject({ HeadMoved: 0, RegistryAge: 3660 });
  });

  it('counts a hold', async () => {
    const hold: RawFact = {
      kind: 'hold',
      id: 'stop-gb-b',
      authority: 'uk-dsit',
      scope: { network: 'gb-b' },
      reason: 'Synthetic: a test.',
      valid: { from: '2026-01-01', to: null, zone: 'UTC' },
      sources: [{ citation: 'Synthetic: a test.', verified: true }],
    };
    const state = stateOf(new Map([...sample, ['hold/stop-gb-b', hold]]));
    await rig.change({ facts: new Map([['hold/stop-gb-b', hold]]), law: state.law });
    const { line } = await look();
    expect(line).toMatchObject({ RegistryVersion: 2, HoldsInForce: 1, holds: ['hold/stop-gb-b'] });
  });

  it.each([
    [0.5, [true, true, true]],
    [6, [false, true, true]],
    [29, [false, false, true]],
    [40, [false, false, false]],
  ])('names the routes that go dark in %d days', async (days, windows) => {
    const soon = await openRig(rig.engine);
    await soon.genesis(stateOf(endingSoon(days)));
    const { line } = await look(NOW, { reader: soon.reader(), proposalsWaiting: async () => 3 });
    const { RoutesDarkIn1Day, RoutesDarkIn7Days, RoutesDarkIn30Days } = line;
    expect([RoutesDarkIn1Day, RoutesDarkIn7Days, RoutesDarkIn30Days].map((n) => n > 0)).toEqual(windows);
    expect(line.dark.some((d: { route: string }) => d.route === 'us-domestic')).toBe(days < 30);
    expect(line.ProposalsWaiting).toBe(3);
  });

  it('says so where it cannot look', async () => {
    const { ok, line } = await look(NOW, {
      reader: { open: () => Promise.reject(new Error('secret text')) },
    });
    expect(ok).toBe(false);
    expect(line).toMatchObject({ WatchFailures: 1, code: 'FAULT' });
    expect(JSON.stringify(line)).not.toContain('secret text');
  });
});
