/** Attempts to send through a tunnel whose makers nobody would accept: its layers are equipment, and meet every rule. */
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { RawFact } from '../../functions/core/facts/view.ts';
import type { Adoption } from '../../functions/core/rules/adoption.ts';
import type { Rule } from '../../functions/core/rules/vocabulary.ts';
import { readSampleRegistry } from '../../infra/local/sample-registry.ts';
import { simulate, simulationOf } from '../core/administration/simulated.ts';
import { asStored } from '../core/decision/ask.ts';
import {
  accreditation,
  assessment,
  designation,
  FOREVER,
  protection,
  standard,
  UNREAD,
  vendor,
  YEARS,
} from '../core/decision/facts.ts';
import { type Door, type Doors, startDoors } from '../doors/doors-rig.ts';
import { NOW, NOW_MS } from '../doors/expected.ts';
import { restEvent } from '../doors/rest-event.ts';

const LIST: Adoption = {
  instrument: 'TEST-LIST',
  authority: 'us-state',
  classes: ['excluded'],
  affiliates: [],
};
const adopt = [LIST];
const carried: Adoption[] = [
  { ...LIST, affiliates: [{ entries: 'every', share: 5000, counting: 'each-link', valid: FOREVER }] },
];
const cites = ['text'];
const about = { id: 'r', cites };

/** One standard for each rule that is about equipment; a request adds it, and a request can only add. */
const RULES: Readonly<Record<string, Rule>> = {
  ABSENT: { rule: 'adopted-designation-absent', ...about, adopt: [...carried], where: {} },
  'ABSENT-BUT-CONNECTED': {
    rule: 'adopted-designation-absent',
    ...about,
    adopt: [...carried],
    where: {},
    except: { connections: ['roaming'] },
  },
  'ABSENT-HERE': {
    rule: 'adopted-designation-absent',
    ...about,
    adopt: [...adopt],
    where: { functions: ['TUNNEL-ENCRYPTOR'] },
  },
  TRUSTED: {
    rule: 'assessed',
    ...about,
    subjects: ['layers'],
    criteriaSet: 'TEST',
    authorities: ['us-state'],
    results: 'stated',
  },
  REACH: {
    rule: 'jurisdiction',
    ...about,
    legal: null,
    physical: null,
    remoteAccess: ['GBR', 'USA'],
    where: { functions: ['TUNNEL-ENCRYPTOR'] },
    by: null,
  },
  'NOTHING-NEW': {
    rule: 'no-new-equipment',
    ...about,
    adopt: [...adopt],
    where: {},
    event: 'purchase',
    lastDay: '2020-12-31',
  },
  GONE: { rule: 'removal-deadline', ...about, adopt: [...adopt], where: {}, by: '2024-12-31' },
  SITES: { rule: 'sensitive-site', ...about, adopt: [...adopt], siteClasses: ['sensitive'] },
  CAP: {
    rule: 'share-cap',
    ...about,
    adopt: [...adopt],
    where: { segments: ['security'] },
    bases: ['traffic'],
    max: 3500,
    by: null,
  },
  SEVERAL: { rule: 'supplier-diversity', ...about, segments: ['security'], least: 2, beside: [...adopt] },
  LISTED: {
    rule: 'trusted-source',
    ...about,
    where: { functions: ['TUNNEL-ENCRYPTOR'] },
    list: 'TEST',
    authorities: ['us-state'],
    newFrom: '2021-01-01',
  },
};

const link = (owner: string, share = 10_000, valid: object = FOREVER) => ({ owner, share, valid });
const MAKERS: Readonly<Record<string, readonly object[]>> = {
  'maker-good': [],
  'maker-inner': [],
  'maker-excluded': [],
  'maker-owned': [link('maker-excluded')],
  'maker-twice-owned': [link('maker-owned')],
  'maker-not-trusted': [],
  'maker-unassessed': [],
  'maker-tainted': [],
  'maker-unread': [],
  'maker-ending': [],
  'maker-ending-soon': [],
  'maker-of-house-1': [link('house', 10)],
  'maker-of-house-2': [link('house-2')],
  'house-2': [link('house')],
  house: [],
  'maker-formerly-of-house': [link('house', 10_000, { ...YEARS, to: '2025-12-31' })],
};

/** By tunnel: the makers of its layers, from the outside in. */
const TUNNELS: Readonly<Record<string, readonly [string, string]>> = {
  good: ['maker-good', 'maker-inner'],
  'outer-excluded': ['maker-excluded', 'maker-inner'],
  'inner-excluded': ['maker-good', 'maker-excluded'],
  owned: ['maker-owned', 'maker-inner'],
  'twice-owned': ['maker-twice-owned', 'maker-inner'],
  'not-trusted': ['maker-not-trusted', 'maker-inner'],
  unassessed: ['maker-unassessed', 'maker-inner'],
  unregistered: ['maker-nobody-registered', 'maker-inner'],
  'over-by-now': ['maker-over', 'maker-inner'],
  tainted: ['maker-tainted', 'maker-inner'],
  family: ['maker-of-house-1', 'maker-of-house-2'],
  'and-its-owner': ['maker-of-house-1', 'house'],
  'family-before': ['maker-formerly-of-house', 'maker-of-house-2'],
  abroad: ['maker-good', 'maker-inner'],
  unread: ['maker-unread', 'maker-inner'],
  ending: ['maker-ending', 'maker-inner'],
  'ending-soon': ['maker-ending-soon', 'maker-inner'],
  'alike-but-excluded': ['maker-excluded', 'maker-owned'],
};

const office = { authority: 'us-state' } as const;
const ASSESSED = [...Object.keys(MAKERS), 'maker-over', 'maker-nobody-registered'].filter(
  (id) => id !== 'maker-unassessed' && id !== 'maker-not-trusted',
);
const trusted = (id: string, criteriaSet: string) => {
  const fact = assessment({
    id: `${id}-${criteriaSet.toLowerCase()}`,
    ...office,
    subject: { vendor: id },
    criteriaSet,
  });
  return { ...fact, valid: { from: '2019-01-01', to: '2035-12-31', zone: 'UTC' } };
};

const FACTS = asStored([
  ...Object.entries(MAKERS).map(([id, ownedBy]) => vendor({ id, ownedBy: ownedBy as [] })),
  vendor({ id: 'maker-over', valid: { ...YEARS, to: '2025-12-31' } }),
  ...ASSESSED.flatMap((id) => [trusted(id, 'TEST'), trusted(id, 'STATE-TRUST-2019-12')]),
  trusted('maker-unassessed', 'STATE-TRUST-2019-12'),
  trusted('maker-not-trusted', 'TEST'),
  trusted('maker-not-trusted', 'STATE-TRUST-2019-12'),
  {
    ...assessment({
      id: 'adverse',
      ...office,
      subject: { vendor: 'maker-not-trusted' },
      criteriaSet: 'TEST',
    }),
    outcome: 'not-trusted',
    valid: FOREVER,
  },
  designation({
    id: 'excluded',
    ...office,
    instrument: 'TEST-LIST',
    subject: { vendor: 'maker-excluded' },
    class: 'excluded',
  }),
  {
    ...designation({
      id: 'unreadable',
      ...office,
      instrument: 'TEST-LIST',
      subject: { vendor: 'maker-tainted' },
    }),
    class: 'what',
  },
  ...Object.entries(RULES).map(([id, rule]) =>
    standard({ id, ...office, owner: 'USA', belowScope: 'satisfied', rules: [rule] }),
  ),
  ...Object.entries(TUNNELS).flatMap(([id, [outer, inner]]) => [
    protection({
      id,
      authority: 'us-accreditor',
      riskAcceptedBy: 'us-accreditor',
      layers: [
        { vendor: outer, codeBase: 'one', keyDomain: 'one', suite: 'CNSA' },
        { vendor: inner, codeBase: 'two', keyDomain: 'two', suite: 'CNSA' },
      ],
      endpointCountries: id === 'abroad' ? ['USA', 'FRA'] : ['USA'],
      valid: { from: '2019-01-01', to: '2035-12-31', zone: 'UTC' },
    }),
    {
      ...accreditation({
        id: `on-${id}`,
        authority: 'us-accreditor',
        subject: { protection: id },
        audience: ['USA'],
      }),
      valid: { from: '2019-01-01', to: '2035-12-31', zone: 'UTC' },
    },
  ]),
]);

const NEXT_YEAR = '2027-01-01T00:00:00.000Z';
const ENDS = { from: '2019-01-01', to: '2026-12-31', zone: 'UTC' };
const OTHERWISE: Readonly<Record<string, object>> = {
  'vendor/maker-unread': { sources: [UNREAD] },
  'vendor/maker-ending': { valid: ENDS },
  'assessment/maker-ending-soon-state-trust-2019-12': { valid: ENDS },
};

const REGISTRY: ReadonlyMap<string, RawFact> = new Map([
  ...readSampleRegistry(),
  ...FACTS.map((f): [string, RawFact] => {
    const key = `${f['kind']}/${f['id']}`;
    return [key, { ...f, ...OTHERWISE[key] }];
  }),
]);

const DUTIES = ['use-tunnel', 'no-plaintext-fallback', 'hide-label', 're-evaluate-by', 'log-hops'];

/** Over a network that is not trusted, so that only the tunnel can carry it. */
function request(tunnel: string, standards: readonly string[] = []) {
  return {
    message: {
      id: 'm',
      marking: 'SECRET//REL TO USA, GBR',
      protection: { scheme: 'csfc', registration: tunnel },
    },
    path: { route: 'gb-a-alone' },
    ...(standards.length > 0 && { standards }),
    supportedObligations: DUTIES,
  };
}

interface Said {
  readonly decision: boolean;
  readonly reasons: readonly { readonly code: string; readonly hop?: number; readonly vendor?: string }[];
  readonly unverifiedCitations?: number;
  readonly validUntil?: string;
}

let doors: Doors;
let decide: Door;
let audit: Door;
beforeAll(async () => {
  vi.useFakeTimers({ toFake: ['Date'], now: Date.parse(NOW) });
  doors = await startDoors(['decide', 'explain'], undefined, REGISTRY);
  decide = await doors.fresh('decide');
  audit = await doors.fresh('explain');
});
afterAll(async () => {
  await doors.stop();
  vi.useRealTimers();
});

/** A standard that the request adds is explained to auditors alone, who get the same decision. */
async function ask(tunnel: string, standards: readonly string[] = []): Promise<Said> {
  const asked = request(tunnel, standards);
  const said = (await decide({ request: JSON.stringify(asked) })) as Said;
  if (standards.length === 0) return said;
  const body = JSON.stringify({ ...asked, explain: 'full' });
  const { body: text } = (await audit(restEvent('/v1/audit/explain', { body }))) as { readonly body: string };
  const explained = JSON.parse(text) as Said;
  expect(explained.decision).toBe(said.decision);
  return explained;
}

const codesOf = ({ reasons }: Said) => [...new Set(reasons.map((r) => r.code))].sort();

it('a tunnel of makers nothing speaks against carries it, under every rule', async () => {
  for (const standards of [[], ...Object.keys(RULES).map((id) => [id])])
    expect([standards, await ask('good', standards)]).toMatchObject([standards, { decision: true }]);
  expect(await ask('family-before')).toMatchObject({ decision: true });
});

describe('an excluded maker', () => {
  it.each<[string, string, string]>([
    ['ABSENT', 'outer-excluded', 'DESIGNATED_VENDOR_PRESENT'],
    ['ABSENT', 'inner-excluded', 'DESIGNATED_VENDOR_PRESENT'],
    ['ABSENT', 'owned', 'DESIGNATED_VENDOR_PRESENT'],
    ['ABSENT', 'twice-owned', 'DESIGNATED_VENDOR_PRESENT'],
    ['ABSENT-BUT-CONNECTED', 'outer-excluded', 'DESIGNATED_VENDOR_PRESENT'],
    ['ABSENT-BUT-CONNECTED', 'inner-excluded', 'DESIGNATED_VENDOR_PRESENT'],
    ['ABSENT-HERE', 'outer-excluded', 'DESIGNATED_VENDOR_PRESENT'],
    ['ABSENT-HERE', 'inner-excluded', 'DESIGNATED_VENDOR_PRESENT'],
    ['NOTHING-NEW', 'outer-excluded', 'SCOPE_UNKNOWN'],
    ['GONE', 'inner-excluded', 'DESIGNATED_VENDOR_AFTER_DEADLINE'],
    ['SITES', 'outer-excluded', 'SCOPE_UNKNOWN'],
    ['CAP', 'outer-excluded', 'SHARE_OVER_CAP'],
    ['TRUSTED', 'not-trusted', 'VENDOR_NOT_TRUSTED'],
    ['TRUSTED', 'unassessed', 'VENDOR_NOT_ASSESSED'],
    ['LISTED', 'not-trusted', 'SCOPE_UNKNOWN'],
    ['LISTED', 'unassessed', 'SCOPE_UNKNOWN'],
    ['SEVERAL', 'alike-but-excluded', 'TOO_FEW_SUPPLIERS'],
  ])('%s, %s', async (id, tunnel, code) => {
    const said = await ask(tunnel, [id]);
    expect(said).toMatchObject({ decision: false });
    expect(codesOf(said)).toContain(code);
    for (const reason of said.reasons.filter((r) => r.code === code)) expect(reason.hop).toBeUndefined();
  });
});

it.each<[string, string]>([
  ['unregistered', 'VENDOR_UNKNOWN'],
  ['over-by-now', 'VENDOR_UNKNOWN'],
  ['tainted', 'FACT_UNSOUND'],
  ['family', 'PROTECTION_LAYERS_NOT_INDEPENDENT'],
  ['and-its-owner', 'PROTECTION_LAYERS_NOT_INDEPENDENT'],
  ['alike-but-excluded', 'PROTECTION_LAYERS_NOT_INDEPENDENT'],
])('makers whatever the standard: %s', async (tunnel, code) => {
  const said = await ask(tunnel);
  expect(said).toMatchObject({ decision: false });
  expect(codesOf(said)).toEqual([code]);
});

it('ends that stand where the standard accepts no maintenance', async () => {
  expect(codesOf(await ask('abroad', ['REACH']))).toContain('REMOTE_ACCESS_NOT_ACCEPTED');
});

it('a trusted network needs no tunnel, and its makers then change nothing', async () => {
  const over = { ...request('outer-excluded', ['ABSENT']), path: { route: 'gb-b-alone' } };
  expect(await decide({ request: JSON.stringify(over) })).toMatchObject({
    decision: true,
    basis: 'trusted-transport',
  });
});

it('what to do about a layer is told of the tunnel', async () => {
  const body = JSON.stringify(request('outer-excluded', ['ABSENT']));
  const reply = (await audit(restEvent('/v1/audit/explain', { body }))) as { readonly body: string };
  const { explanation } = JSON.parse(reply.body) as {
    readonly explanation: { readonly repairs: readonly object[] };
  };
  expect(explanation.repairs).toContainEqual(
    expect.objectContaining({ repair: 'change-equipment', protection: 'outer-excluded' }),
  );
});

it.each(['ending', 'ending-soon'])('an answer ends when something about a maker does: %s', async (tunnel) => {
  expect(await ask(tunnel)).toMatchObject({ decision: true, validUntil: NEXT_YEAR });
});

it('what nobody verified about a maker is counted, for auditors', async () => {
  const { unverifiedCitations = 0 } = await ask('good', ['ABSENT']);
  expect(await ask('unread', ['ABSENT'])).toMatchObject({
    decision: true,
    unverifiedCitations: unverifiedCitations + 1,
  });
});

it('a change about a maker reaches the tunnels it is in', () => {
  const kept = [...REGISTRY].filter(
    ([key]) => !key.startsWith('network/') || key === 'network/gb-a' || key === 'network/us-b',
  );
  const before = new Map(
    kept.filter(
      ([key]) => !/^(?:route|waiver)\//.test(key) && !/^accreditation\/.*(?:gb-[b-e]|us-[ac])/.test(key),
    ),
  );
  const adverse = {
    ...(REGISTRY.get('assessment/adverse') as RawFact),
    id: 'adverse-2',
    subject: { vendor: 'maker-good' },
    criteriaSet: 'STATE-TRUST-2019-12',
  };
  const report = simulate(simulationOf(before, [{ op: 'add', fact: adverse }], NOW_MS));
  const cases = report.flips.flatMap((f) => f.cases.map((c) => c.protection));
  expect(report.toDeny).toBeGreaterThan(0);
  expect([...new Set(cases)]).toEqual(expect.arrayContaining(['good', 'inner-excluded']));
});
