/**
 * Attempts to keep an excluded maker, operator or provider out of a standard's scope by describing it in other words
 * than the instrument's: other ways of writing a band, slips of the pen, names of every object.
 */
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { FactOf } from '../../functions/core/facts/fact.ts';
import type { Rule } from '../../functions/core/rules/vocabulary.ts';
import { asStored } from '../core/decision/ask.ts';
import * as make from '../core/decision/facts.ts';
import { type Door, type Doors, startDoors } from '../doors/doors-rig.ts';
import { NOW } from '../doors/expected.ts';

type Network = FactOf<'network'>;
type Deployment = Network['inventory']['deployments'][number];
interface Described {
  readonly band?: string | null;
  readonly uses?: string[] | undefined;
  readonly services?: string[] | undefined;
  readonly providerSets?: string[];
}

/** What is in nobody's scope, in words the guard knows. */
const ELSEWHERE = {
  band: '2.3 GHz',
  uses: ['sanctions-affected'],
  services: ['domestic-214'],
  providerSets: [],
} satisfies Described;

type Row = readonly [what: string, described: Described, outcome: 'deny' | 'indeterminate' | 'permit'];
// biome-ignore format: one row a line
const ROWS: readonly Row[] = [
  ['out of every scope', {}, 'permit'],
  ['out of scope, in frequencies', { band: '3800-4200 MHz' }, 'permit'],
  ['without any use', { uses: [] }, 'permit'],
  ['without any service', { services: [] }, 'permit'],
  ['bound by another instrument', { providerSets: ['de-5g-2024-07'] }, 'permit'],
  ...['3.5 GHz', '3500 MHz', '3400-3720 MHz', '3.4-3.72 GHz', '3.4–3.8 GHz', 'n78', 'n77', 'n48'].map(
    (band): Row => [`the band as ${band}`, { band }, 'deny'],
  ),
  ...['3,5 GHz', '3,4-3,8 GHz', '3.6 GHz', '3.500 MHz', '3.400-3.720 MHz', 'C-band', 'N78', 'band 78', 'n78/n77', '3500', 'constructor'].map(
    (band): Row => [`the band as ${band}`, { band }, 'indeterminate'],
  ),
  ['no band', { band: null }, 'indeterminate'],
  ['the use', { uses: ['sanctions-affected', 'public-safety'] }, 'deny'],
  ...['public-safty', 'publicsafety', 'public-safety.', 'constructor', 'to-string'].map(
    (use): Row => [`the use as ${use}`, { uses: [use.replace(/\.$/, '2'), 'sanctions-affected'] }, 'indeterminate'],
  ),
  ['no uses', { uses: undefined }, 'indeterminate'],
  ['the service', { services: ['international-214'] }, 'deny'],
  ['the service among others', { services: ['domestic-214', 'international-214'] }, 'deny'],
  ['all it is a part of', { services: ['section-214'] }, 'indeterminate'],
  ...['intl-214', 'international214', 'international-2l4', 'has-own-property', 'constructor'].map(
    (service): Row => [`the service as ${service}`, { services: [service] }, 'indeterminate'],
  ),
  ['no services', { services: undefined }, 'indeterminate'],
  ['a provider that is bound', { providerSets: ['uk-dvd-2022-10'] }, 'deny'],
  ...['uk-dvd-2022-1o', 'uk-dvd', 'uk-dvd-2022-10-b', 'constructor'].map(
    // Whether it is bound is not known; bound, it would be refused.
    (set): Row => [`a provider bound as ${set}`, { providerSets: [set] }, 'deny'],
  ),
];

const cites = ['text'];
const adopt = [
  { instrument: 'RISKY', authority: 'gb-office', classes: ['excluded' as const], affiliates: [] },
];
const absent = (id: string, where: object): Rule => ({
  rule: 'adopted-designation-absent',
  id,
  cites,
  adopt: [...adopt],
  where,
});
const scope = { levels: make.EVERYWHERE, flows: null, providers: null };
const STANDARDS = [
  make.standard({
    id: 'SCOPED',
    rules: [
      absent('bands', { bands: ['3.5 GHz'] }),
      absent('uses', { uses: ['public-safety'] }),
      { rule: 'operator-designation-absent', id: 'services', cites, adopt: [...adopt] },
    ],
  }),
  make.standard({
    id: 'PROVIDERS',
    scope: { ...scope, providers: { sets: ['uk-dvd-2022-10'], others: 'satisfied' } },
    rules: [absent('any', {})],
  }),
];

function networkOf(id: string, described: Described): Network {
  const { band, uses, services, providerSets } = { ...ELSEWHERE, ...described };
  const radio: Partial<Deployment> = { band, ...(uses !== undefined && { uses }) };
  return make.network({ id, providerSets, ...(services !== undefined && { services }) }, [
    make.deployment('AMF', 'maker-a'),
    make.deployment('gNB-DU', 'maker-b', radio),
  ]);
}

const idOf = (i: number) => `described-${i}`;
const FACTS = asStored([
  make.authority({ id: 'us-office' }),
  make.authority({ id: 'gb-office', speaksFor: ['GBR'] }),
  make.mandate({ id: 'us', standards: ['SCOPED', 'PROVIDERS'] }),
  ...STANDARDS,
  ...['maker-a', 'maker-b', 'operator'].map((id) => make.vendor({ id })),
  make.designation({ id: 'maker', class: 'excluded' }),
  make.designation({
    id: 'operator',
    class: 'excluded',
    subject: { vendor: 'operator' },
    scope: { services: ['international-214'] },
  }),
  ...ROWS.flatMap(([, described], i) => [
    networkOf(idOf(i), described),
    make.accreditation({ id: idOf(i), subject: { network: idOf(i) } }),
    make.route({ id: idOf(i), hops: [idOf(i)] }),
  ]),
]);

let doors: Doors;
let decide: Door;
beforeAll(async () => {
  vi.useFakeTimers({ toFake: ['Date'], now: Date.parse(NOW) });
  doors = await startDoors(['decide'], undefined, new Map(FACTS.map((f) => [make.keyOf(f), f])));
  decide = await doors.fresh('decide');
});
afterAll(async () => {
  await doors.stop();
  vi.useRealTimers();
});

describe('an excluded maker, operator or provider', () => {
  it.each(ROWS.map(([what, , outcome], i) => [what, outcome, idOf(i)] as const))(
    '%s: %s',
    async (_what, outcome, route) => {
      const message = { id: 'm', marking: 'SECRET//REL TO USA, GBR', markingFormat: 'us-banner' };
      const said = await decide({ request: JSON.stringify({ message, path: { route } }) });
      expect(said).toMatchObject({ decision: outcome === 'permit', outcome });
    },
  );
});
