import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Answer } from '../../functions/core/decision/answer.ts';
import type { RawFact } from '../../functions/core/facts/view.ts';
import type { Guard } from '../../functions/decide/guard.ts';
import { newTrace } from '../../functions/decide/trace.ts';
import { acceptingAssumed } from '../accepting-assumed.ts';
import { AT, deployment, FACTS, FOREVER, network, waiver } from '../core/decision/facts.ts';
import { type GuardRig, startGuardRig } from './rig.ts';

let rig: GuardRig;
let guard: Guard;

beforeAll(async () => {
  rig = await startGuardRig();
  guard = rig.guard();
});
afterAll(() => rig.stop());

const REL = 'SECRET//REL TO USA, GBR';

function request(
  over: Record<string, unknown> = {},
  message: Record<string, unknown> = {},
): Record<string, unknown> {
  return {
    message: { id: 'm-1', marking: REL, ...message },
    path: { hops: [{ network: 'gb-b' }] },
    ...over,
  };
}

function codes(a: Answer): readonly string[] {
  return [...new Set(a.reasons.map((r) => r.code))];
}

function hops(...networks: string[]) {
  return { path: { hops: networks.map((network) => ({ network })) } };
}

it('a permit that rests on a waiver is traced as one', async () => {
  const mandates = FACTS.map((f) =>
    f.kind === 'mandate' && f.owner === 'USA' ? { ...f, standards: ['CAPPED'] } : f,
  );
  const facts = [
    ...mandates.filter((f) => f.id !== 'net-a'),
    network({ id: 'net-a' }, [deployment('gNB-DU', 'maker-b', { shares: { sites: 9000, traffic: 9000 } })]),
    waiver({ id: 'us-w', owner: 'USA', authority: 'us-office' }),
  ].map((f) => [`${f.kind}/${f.id}`, f as unknown as RawFact] as const);
  const waived = await startGuardRig(acceptingAssumed(new Map(facts)));
  try {
    const trace = newTrace();
    const text = JSON.stringify(request({ path: { hops: [{ network: 'net-a' }] } }));
    const answer = await waived.guard({ clock: () => AT }).decideText(text, trace);
    expect(answer).toMatchObject({ decision: true, waivers: ['waiver/us-w'] });
    expect(trace.waivers).toEqual(['waiver/us-w']);
  } finally {
    await waived.stop();
  }
});

it('a question about another time reads the makers of that time', async () => {
  const ended = network({ id: 'net-a', valid: { ...FOREVER, to: '2025-01-01' } }, [
    deployment('gNB-DU', 'maker-a'),
  ]);
  const facts = [...FACTS.filter((f) => f.id !== 'net-a'), ended].map(
    (f) => [`${f.kind}/${f.id}`, f as unknown as RawFact] as const,
  );
  const past = await startGuardRig(acceptingAssumed(new Map(facts)));
  try {
    const asked = request(hops('net-a'));
    expect(await past.guard().decideValue({ ...asked, at: '2024-06-15T12:00:00Z' })).toMatchObject({
      hypothetical: { decision: true, outcome: 'permit' },
    });
    expect(await past.guard().decideValue(asked)).toMatchObject({ decision: false });
  } finally {
    await past.stop();
  }
});

it.each([
  ['of now', {}, true],
  ['of another time', { at: '2020-02-15T00:00:00Z' }, false],
  ['of another version', { registry: { exact: 1 } }, false],
])('more than this door explains, asked %s, is refused', async (_, more, enforceable) => {
  const answer = await guard.decideValue(request({ explain: 'full', ...more }));
  expect(answer).toMatchObject({ decision: false, enforceable, reasons: [{ code: 'EXPLAIN_NOT_GRANTED' }] });
});

describe('the founding example: one network, two nations, two standards', () => {
  it.each([
    ['gb-a', 'deny', 'permit', false],
    ['gb-b', 'permit', 'permit', true],
    ['gb-c', 'deny', 'deny', false],
    ['gb-d', 'deny', 'deny', false],
  ])('%s on 2020-02-15: US %s, UK %s, decision %s', async (network, us, uk, decision) => {
    const answer = await guard.decideValue(
      request({ ...hops(network), at: '2020-02-15T00:00:00Z', standards: ['UK-HRV-2020-01'] }),
    );
    expect(answer.standards).toEqual([
      { id: 'US-STATE-TRUST', by: 'mandate', outcome: us },
      { id: 'UK-HRV-2020-01', by: 'request', outcome: uk },
    ]);
    expect(answer).toMatchObject({ decision: false, enforceable: false, hypothetical: { decision } });
    expect(answer).not.toHaveProperty('useBy');
  });

  it('permits information owned by GBR alone under the GBR mandate', async () => {
    const answer = await guard.decideValue(
      request({ ...hops('gb-a'), at: '2020-02-15T00:00:00Z' }, { marking: 'SECRET', originator: 'GBR' }),
    );
    expect(answer).toMatchObject({
      ...{ decision: false, outcome: 'indeterminate', dominance: 'satisfied' },
      hypothetical: { decision: true, outcome: 'permit' },
    });
  });
});

describe('every refusal has its own reason', () => {
  const cases: readonly [string, unknown, readonly string[]][] = [
    ['an unknown network', request(hops('nobody-knows')), ['HOP_UNKNOWN']],
    ['an unknown identifier', request({ path: { hops: [{ plmn: '999-99' }] } }), ['HOP_UNKNOWN']],
    ['an unknown route', request({ path: { route: 'no-route' } }), ['ROUTE_UNKNOWN']],
    ['one unknown hop among known ones', request(hops('gb-b', 'nobody-knows')), ['HOP_UNKNOWN']],
    [
      'a network nobody assessed',
      request(hops('us-c'), { marking: 'SECRET//NOFORN' }),
      ['VENDOR_NOT_ASSESSED'],
    ],
    [
      'NOFORN over a shared network',
      request(hops('us-b'), { marking: 'SECRET//NOFORN' }),
      ['AUDIENCE_NOT_RELEASABLE'],
    ],
    [
      'a level above the accreditation',
      request({}, { marking: 'TOP SECRET//REL TO USA, GBR' }),
      ['LEVEL_NOT_ACCREDITED'],
    ],
    [
      'a compartment that is not held',
      request(hops('us-a'), { marking: 'TOP SECRET//SI-G ABCD//ORCON/NOFORN' }),
      ['COMPARTMENT_NOT_ACCREDITED'],
    ],
    [
      'an owner without a mandate',
      request({}, { marking: 'NATO SECRET', markingFormat: 'nato-text' }),
      ['OWNER_WITHOUT_MANDATE'],
    ],
    [
      'an assurance of the caller',
      request({ path: { hops: [{ network: 'gb-b' }], assurance: 'pinned' } }),
      ['PATH_ASSURANCE_STATED'],
    ],
    ['an unknown requested standard', request({ standards: ['NO-SUCH-STANDARD'] }), ['STANDARD_UNKNOWN']],
    ['a marking of two nations', request({}, { marking: 'SECRET' }), ['MARKING_AMBIGUOUS']],
    ['a marking nobody reads', request({}, { marking: 'VERY SECRET' }), ['MARKING_INVALID']],
    ['a format nobody reads', request({}, { markingFormat: 'us-banana' }), ['MARKING_FORMAT_UNKNOWN']],
    [
      'a marking that names USA second',
      request({}, { marking: 'SECRET//REL TO GBR, USA', markingFormat: 'us-banner' }),
      ['MARKING_INVALID'],
    ],
    ['no message', { path: { route: 'us-domestic' } }, ['REQUEST_INVALID']],
    ['an unknown member', { ...request(), note: 'x' }, ['REQUEST_UNKNOWN_FIELD']],
    [
      'an unknown member deep inside',
      request({ path: { hops: [{ network: 'gb-b', trust: true }] } }),
      ['REQUEST_UNKNOWN_FIELD'],
    ],
    ['an empty path', request({ path: { hops: [] } }), ['PATH_EMPTY']],
    [
      'a thousand hops',
      request({ path: { hops: Array(1000).fill({ network: 'gb-b' }) } }),
      ['PATH_TOO_LONG'],
    ],
    ['a date that is not one', request({ at: '2023-02-29T00:00:00Z' }), ['INSTANT_INVALID']],
    ['a day where an instant belongs', request({ at: '2020-02-15' }), ['INSTANT_INVALID']],
    ['a full explanation at the wrong door', request({ explain: 'full' }), ['EXPLAIN_NOT_GRANTED']],
    [
      'an unregistered protection',
      request(hops('gb-a'), { protection: { scheme: 'csfc', registration: 'nobody' } }),
      ['PROTECTION_UNKNOWN'],
    ],
    ['a version that does not exist', request({ registry: { exact: 99 } }), ['REGISTRY_VERSION_UNKNOWN']],
    ['a version not reached', request({ registry: { atLeast: 99 } }), ['REGISTRY_BEHIND']],
  ];

  it.each(cases)('%s', async (_name, value, expected) => {
    const answer = await guard.decideValue(value);
    expect(answer.decision).toBe(false);
    expect(answer.outcome).not.toBe('permit');
    expect(codes(answer)).toEqual(expect.arrayContaining([...expected]));
  });

  it('says nothing a caller wrote', async () => {
    const canary = 'canary-7f3a';
    for (const value of [
      request({ [canary]: canary }, {}),
      request({}, { marking: `SECRET//${canary}` }),
      request({ path: { hops: [{ [canary]: canary }] } }),
      request(hops(canary)),
      request({ standards: [canary.toUpperCase()] }, { id: canary }),
    ]) {
      const { standards: _requested, ...answer } = await guard.decideValue(value);
      const said = JSON.stringify({ ...answer, reasons: answer.reasons.map(({ standard: _s, ...r }) => r) });
      expect(said.toLowerCase()).not.toContain(canary);
    }
  });
});

describe('two bases, never blended', () => {
  const tunnelled = { protection: { scheme: 'csfc', registration: 'synthetic-reg-1' } };

  it('does not need the tunnel where the transport is trusted', async () => {
    expect(await guard.decideValue(request({}, tunnelled))).toMatchObject({
      decision: true,
      basis: 'trusted-transport',
    });
  });
});
