/** What is kept between requests is never older than the registry: a hold is in force in the very next answer. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RawFact } from '../../functions/core/facts/view.ts';
import type { SnapshotReader } from '../../functions/store/registry-reader.ts';
import { OPEN_SAMPLE, stateOf } from '../decide/rig.ts';
import { type AccessRig, type Reply, startAccessRig } from './access-rig.ts';

let rig: AccessRig;
beforeAll(async () => {
  rig = await startAccessRig();
});
afterAll(() => rig.stop());

const HOLD: RawFact = {
  kind: 'hold',
  id: 'stop-everything',
  authority: 'us-state',
  scope: { everything: true },
  reason: 'Synthetic: an exercise.',
  valid: { from: '2026-01-01', to: null, zone: 'UTC' },
  sources: [{ citation: 'Synthetic: an exercise.', verified: true }],
};

function publish(facts: ReadonlyMap<string, RawFact>) {
  return rig.guard.store.change({ law: stateOf(facts).law });
}

const question = {
  subject: { type: 'message', id: 'm', properties: { marking: 'SECRET//REL TO USA, GBR' } },
  action: { name: 'route' },
};

type Door = ReturnType<AccessRig['door']>;

async function permitted(door: Door): Promise<readonly number[]> {
  const resource = { type: 'network', id: 'gb-b' };
  const asked = { ...question, resource };
  const replies: readonly Reply[] = [
    await door('/access/v1/search/resource', { body: asked }),
    await door('/access/v1/search/subject', { body: { ...asked, subject: { type: 'message' } } }),
    await door('/access/v1/search/action', { body: asked }),
  ];
  const best = await door('/v1/best-path', {
    body: { message: { id: 'm', marking: 'SECRET//REL TO USA, GBR' } },
  });
  const one = await door('/access/v1/evaluation', { body: asked });
  return [
    ...replies.map((r) => r.body.results.length),
    best.body.paths.filter((p: { permitted: boolean }) => p.permitted).length,
    Number(one.body.decision),
  ];
}

/** Keeps the first version it opened: what a cache by time would do. */
function stale(reader: SnapshotReader): SnapshotReader {
  let first: ReturnType<SnapshotReader['open']> | undefined;
  return {
    open: (...wanted) => {
      first ??= reader.open(...wanted);
      return first;
    },
  };
}

describe('a hold', () => {
  it('stops every answer from the next request on, and its end is seen as soon', async () => {
    const sample = OPEN_SAMPLE;
    const door = rig.door();
    const old = stale(rig.guard.store.reader());
    const late = rig.door({ reader: old, guard: rig.guard.guard({ reader: old }) });
    const before = await permitted(door);
    expect(before.every((n) => n > 0)).toBe(true);
    expect(await permitted(late)).toEqual(before);
    await publish(new Map([...sample, ['hold/stop-everything', HOLD]]));
    expect(await permitted(door)).toEqual([0, 0, 0, 0, 0]);
    expect(await permitted(late)).not.toEqual([0, 0, 0, 0, 0]);
    await publish(sample);
    expect(await permitted(door)).toEqual(before);
  });
});
