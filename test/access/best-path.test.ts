import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  bestPathResponse,
  type ComparedPath,
  reasonsResponse,
} from '../../functions/access/best-path-request.ts';
import { acceptingAssumed } from '../accepting-assumed.ts';
import { sampleWithCliff } from '../board/large-registry.ts';
import { CALLER, type Call } from '../doors/rest-event.ts';
import { type AccessRig, type Reply, startAccessRig } from './access-rig.ts';

let rig: AccessRig;
let ask: (path: string, call?: Call) => Promise<Reply>;
beforeAll(async () => {
  rig = await startAccessRig();
  ask = rig.door();
});
afterAll(() => rig.stop());

const message = { id: 'm', marking: 'SECRET//REL TO USA, GBR' };
const hops = (...networks: string[]) => ({
  hops: networks.map((network) => ({ network })),
});

async function compare(over: Record<string, unknown> = {}): Promise<Reply> {
  return ask('/v1/best-path', { body: { message, ...over } });
}

describe('the best path', () => {
  it('an owner without a mandate is no permit, and no deny either', async () => {
    const { body } = await compare({
      message: { id: 'm', marking: 'NATO SECRET', markingFormat: 'nato-text' },
    });
    const said = new Set(body.paths.map((p: ComparedPath) => `${p.permitted} ${p.outcome}`));
    expect([...said]).toContain('false not-applicable');
    expect([...said].some((s) => String(s).startsWith('true'))).toBe(false);
  });

  it('of every registered route: all of them, permitted ones first, on one read of HEAD', async () => {
    const before = rig.headReads();
    const { status, body } = await compare();
    expect(status).toBe(200);
    expect(rig.headReads() - before).toBe(1);
    expect(bestPathResponse.safeParse(body).success).toBe(true);
    const names = body.paths.map((p: ComparedPath) => ('route' in p.path ? p.path.route : ''));
    expect([...names].sort()).toEqual([
      'gb-a-alone',
      'gb-b-alone',
      'pacific',
      'sms-gb-aggregator',
      'sms-gb-primary',
      'sms-gb-secondary',
      'us-b-alone',
      'us-domestic',
      'us-domestic-failover',
    ]);
    const permitted = body.paths.map((p: ComparedPath) => p.permitted);
    expect(permitted).toEqual([...permitted].sort((a, b) => Number(b) - Number(a)));
    const counts = body.paths
      .filter((p: ComparedPath) => !p.permitted)
      .map((p: ComparedPath) => p.repairs.length);
    expect(counts).toEqual([...counts].sort((a: number, b: number) => a - b));
  });

  it('agrees with single decisions', async () => {
    const paths = [hops('gb-a'), hops('gb-b'), hops('gb-b', 'us-b'), { route: 'pacific' }, hops('nowhere')];
    const { body } = await compare({ paths });
    for (const [index, path] of paths.entries()) {
      const found = body.paths.find((p: { path: { index: number } }) => p.path.index === index);
      const one = await rig.guard.guard().decideValue({ message, path });
      expect([found.permitted, found.outcome]).toEqual([one.decision, one.outcome]);
      if (!one.decision) expect(found.repairs.length).toBeGreaterThan(0);
    }
  });

  it('puts what is all there is to repair before what may not be', async () => {
    const { body } = await compare({ paths: [hops('nowhere'), hops('us-c', 'gb-d'), hops('gb-b')] });
    const found = body.paths.map((p: ComparedPath) => [p.path, p.repairsComplete, p.repairs.length > 1]);
    expect(found).toEqual([
      [{ index: 2 }, true, false],
      [{ index: 1 }, true, true],
      [{ index: 0 }, false, false],
    ]);
  });

  it('names codes, and no vendor, network, owner or fact', async () => {
    const { body } = await compare({ paths: [hops('us-c', 'sg-a', 'gb-d')] });
    for (const repair of body.paths[0].repairs)
      expect(Object.keys(repair).sort()).toEqual(['codes', 'hops', 'repair', 'text']);
  });

  it.each([
    ['another time', { at: '2020-02-15T00:00:00Z' }],
    ['an exact version', { registry: { exact: 1 } }],
  ])('about %s says that it is not about now, and permits nothing', async (_what, over) => {
    const { body } = await compare({ ...over, paths: [hops('gb-a'), hops('gb-b')] });
    expect(body.current).toBe(false);
    const nothing = { permitted: false, outcome: 'indeterminate', obligations: [] };
    const permit = { permitted: true, outcome: 'permit', obligations: [] };
    expect(body.paths).toMatchObject([
      { ...nothing, path: { index: 1 }, hypothetical: permit, repairs: [] },
      { ...nothing, path: { index: 0 }, hypothetical: { ...permit, permitted: false, outcome: 'deny' } },
    ]);
  });

  it('names every duty of a permitted path', async () => {
    const duties = ['use-tunnel', 'no-plaintext-fallback', 'hide-label', 're-evaluate-by', 'log-hops'];
    const protection = { scheme: 'csfc', registration: 'synthetic-reg-1' };
    const { body } = await compare({
      message: { ...message, protection },
      paths: [hops('sg-a')],
      supportedObligations: duties,
    });
    expect(body.paths).toMatchObject([{ permitted: true, obligations: duties }]);
  });

  it.each([
    ['the first', ['us-a', 'gb-b']],
    ['the last', ['gb-b', 'us-a']],
  ])('of which %s is over before the answer is there is no answer', async (_which, networks) => {
    const at = Date.parse('2026-11-23T12:00:00Z');
    const cliff = await startAccessRig(acceptingAssumed(sampleWithCliff(at)));
    try {
      const DAYS = 6 * 86_400_000;
      const asked = (left: number) => {
        let now = at + DAYS - left;
        const clock = () => {
          now += 1;
          return now;
        };
        const body = { message, paths: networks.map((network) => hops(network)) };
        return cliff.door({ clock })('/v1/best-path', { body });
      };
      const { body } = await asked(1000);
      expect(body.paths.map((p: ComparedPath) => p.permitted)).toEqual([true, true]);
      expect(await asked(5)).toMatchObject({
        status: 503,
        body: { reasons: [{ code: 'BUDGET_EXHAUSTED' }] },
      });
    } finally {
      await cliff.stop();
    }
  });

  it('carries nothing that could be taken for a permit', async () => {
    const { text } = await compare();
    for (const member of ['"decision"', '"enforceable"', '"useBy"', '"use_by"'])
      expect(text).not.toContain(member);
  });

  it('writes one line', async () => {
    const before = rig.lines.length;
    await compare();
    expect(rig.lines.slice(before)).toMatchObject([
      { event: 'search', searched: 'best-path', results: 9, complete: true, caller: CALLER },
    ]);
  });
});

describe('bad questions get reasons, and no paths', () => {
  it.each([
    ['no JSON', '{', 400, 'REQUEST_UNPARSABLE'],
    ['nothing', undefined, 400, 'REQUEST_UNPARSABLE'],
    ['a member twice', '{"message":{},"message":{}}', 400, 'REQUEST_DUPLICATE_KEY'],
    ['an unknown member', { message, note: 1 }, 400, 'REQUEST_UNKNOWN_FIELD'],
    ['a path beside the paths', { message, path: { route: 'pacific' } }, 400, 'REQUEST_UNKNOWN_FIELD'],
    ['an explanation', { message, explain: 'full' }, 400, 'REQUEST_UNKNOWN_FIELD'],
    ['no message', { paths: [hops('gb-b')] }, 400, 'REQUEST_INVALID'],
    ['no path among the paths', { message, paths: [] }, 400, 'REQUEST_INVALID'],
    ['too many paths', { message, paths: Array(65).fill(hops('gb-b')) }, 400, 'REQUEST_INVALID'],
    ['a marking nobody reads', { message: { id: 'm', marking: 'VERY SECRET' } }, 400, 'MARKING_INVALID'],
    ['a version not reached', { message, registry: { atLeast: 99 } }, 503, 'REGISTRY_BEHIND'],
    ['a version that is none', { message, registry: { exact: 99 } }, 400, 'REGISTRY_VERSION_UNKNOWN'],
  ])('%s', async (_what, body, status, code) => {
    const reply = await ask('/v1/best-path', { body });
    expect(reply.status).toBe(status);
    expect(reasonsResponse.safeParse(reply.body).success).toBe(true);
    expect(reply.body.reasons.map((r: { code: string }) => r.code)).toContain(code);
    expect(reply.body).not.toHaveProperty('paths');
  });

  it('a question that takes too long is an error, and never a shorter answer', async () => {
    let looks = 0;
    const hasty = rig.door({
      clock: () => {
        looks += 1;
        return Date.now() + looks * 1000;
      },
      searchMs: 1,
    });
    const reply = await hasty('/v1/best-path', { body: { message } });
    expect(reply).toMatchObject({ status: 503, body: { reasons: [{ code: 'BUDGET_EXHAUSTED' }] } });
  });

  it.each([
    ['another method', { method: 'GET' }, 405],
    ['nobody', { caller: null }, 401],
  ])('%s', async (_what, call, status) => {
    expect((await ask('/v1/best-path', { body: { message }, ...call })).status).toBe(status);
  });
});
