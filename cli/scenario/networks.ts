/** From the compact notation of a network to full facts. What a scenario leaves open is given as satisfied. */
import { startOfDay } from '../../functions/core/facts/moment.ts';
import type { Deployment, Network } from '../../functions/core/facts/network.ts';
import type { Standard } from '../../functions/core/facts/standard.ts';
import {
  type Generation,
  type NetworkFunction,
  type Segment,
  SHARE_BASES,
  type SiteClass,
} from '../../functions/core/facts/taxonomy.ts';
import { alpha3 } from './countries.ts';
import {
  type CompactHop,
  type CompactNetwork,
  type CompactSegment,
  identifierOf,
  segmentOf,
} from './format.ts';
import { hundredthsOf } from './percent.ts';
import { INVENTED } from './provenance.ts';
import { ScenarioError } from './scenario-error.ts';

type Described = CompactHop | CompactNetwork;

/** The invented maker of what a scenario does not describe. A network has equipment; it is given as satisfying. */
export const LEFT_OPEN = 'scenario-maker';

/** Long before any instrument: equipment whose installation a scenario does not date is old. */
const OLD = '2015-01-01';

const FUNCTION_OF: Readonly<Record<Segment, NetworkFunction>> = {
  core: 'AMF',
  transport: 'OPTICAL',
  'access-mobile': 'gNB-DU',
  'access-fixed': 'OLT',
  management: 'OSS',
  virtualisation: 'MANO',
  security: 'FIREWALL',
  'lawful-intercept': 'LI-ADMF',
  interconnect: 'IPX',
  messaging: 'SMSC',
  voice: 'IMS',
  subsea: 'CABLE-LANDING',
  satellite: 'GROUND-STATION',
  cpe: 'CPE',
  hosting: 'DATA-CENTRE',
};

const RADIO_OF: Partial<Record<Generation, { readonly function: NetworkFunction; readonly band: string }>> = {
  '5G': { function: 'gNB-DU', band: '3.5 GHz' },
  '4G': { function: 'eNB', band: '800 MHz' },
  '3G': { function: 'NodeB', band: '2.1 GHz' },
  '2G': { function: 'BTS', band: '900 MHz' },
};

function functionOf(s: CompactSegment, generation: Generation): NetworkFunction {
  const segment = segmentOf(s.segment);
  if (s.function !== undefined) return s.function;
  if (segment === 'access-mobile') return RADIO_OF[generation]?.function ?? 'gNB-DU';
  if (segment === 'core' && (generation === '4G' || generation === '3G')) return 'MME';
  return FUNCTION_OF[segment];
}

function siteClassOf(d: Pick<Described, 'sensitiveSite' | 'siteKind'>): SiteClass | undefined {
  if (d.siteKind === 'cni-safety' || d.siteKind === 'unknown' || d.siteKind === 'ordinary') return d.siteKind;
  if (d.sensitiveSite === true || d.siteKind !== undefined) return 'sensitive';
  return d.sensitiveSite === false ? 'ordinary' : undefined;
}

function countryOf(code: string, path: string): string {
  const country = alpha3(code);
  if (country === undefined)
    throw new ScenarioError(path, `unknown country ${code}: write its three-letter code`);
  return country;
}

function dayBefore(day: string): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) - 86_400_000).toISOString().slice(0, 10);
}

function installedOf(s: CompactSegment): string | null {
  if (s.installedOn !== undefined) return s.installedOn;
  return s.installedBefore === undefined ? OLD : dayBefore(s.installedBefore);
}

type Percent = number | string;

function sharesOf(share: CompactSegment['shares'][string]): Deployment['shares'] {
  const hundredths = (p: Percent) => hundredthsOf(p) ?? 0;
  if (typeof share !== 'object') return Object.fromEntries(SHARE_BASES.map((b) => [b, hundredths(share)]));
  return Object.fromEntries(
    Object.entries(share).flatMap(([basis, p]) => (p === undefined ? [] : [[basis, hundredths(p)]])),
  );
}

/** Fixed access has no radio generation, whatever the network's is; a generation not named serves them all. */
function generationOf(s: CompactSegment, n: Described): Generation {
  return s.generation ?? (segmentOf(s.segment) === 'access-fixed' ? 'fixed' : (n.generation ?? 'shared'));
}

function deploymentsOf(s: CompactSegment, n: Described, path: string): readonly Deployment[] {
  const segment = segmentOf(s.segment);
  const generation = generationOf(s, n);
  const band = segment === 'access-mobile' ? (RADIO_OF[generation]?.band ?? null) : null;
  const { uses } = s;
  return Object.entries(s.shares).flatMap(([vendor, share]): readonly Deployment[] => {
    const shares = sharesOf(share);
    if (Object.values(shares ?? {}).every((h) => h === 0)) return [];
    return [
      {
        function: functionOf(s, generation),
        segment,
        vendor,
        role: s.role ?? 'equipment',
        generation,
        band: s.band === undefined ? band : s.band,
        siteClass: siteClassOf(s) ?? siteClassOf(n) ?? 'ordinary',
        installed: installedOf(s),
        removed: s.removedOn ?? null,
        remoteAccessFrom: (s.remoteAccessFrom ?? []).map((c) => countryOf(c, `${path}/remoteAccessFrom`)),
        ...(shares !== undefined && Object.keys(shares).length > 0 && { shares }),
        ...(uses === undefined ? { uses: [] } : uses !== null && { uses }),
        ...(s.product !== undefined && { product: s.product }),
        ...(s.producedIn !== undefined && {
          producedIn: s.producedIn.map((c) => countryOf(c, `${path}/producedIn`)),
        }),
        ...(s.purchasedOn !== undefined && { purchased: s.purchasedOn }),
      },
    ];
  });
}

/** Equipment nobody has a rule about, for a network of which a scenario says nothing more. */
function leftOpen(): Deployment {
  return {
    function: 'SPACECRAFT',
    segment: 'satellite',
    vendor: LEFT_OPEN,
    role: 'equipment',
    generation: 'fixed',
    band: null,
    siteClass: 'ordinary',
    installed: OLD,
    removed: null,
    remoteAccessFrom: [],
    uses: [],
  };
}

function connectedByOf(n: Described): Network['connectedBy'] {
  if (n.connectedBy !== undefined) return n.connectedBy;
  if (n.role === 'roaming-partner') return ['roaming'];
  return n.role === 'backhaul' || n.role === 'interconnection' ? [n.role] : undefined;
}

function servicesOf(n: Described): Network['services'] {
  if (n.services !== undefined) return n.services ?? undefined;
  if (n.service === null) return undefined;
  return n.service === undefined ? [] : [n.service];
}

/** A network a standard binds only as one of its providers is one of them, unless the scenario says otherwise. */
function providerSetsOf(n: Described, s: Standard | undefined): readonly string[] {
  if (n.providerSets !== undefined) return n.providerSets;
  return n.designatedProvider === false ? [] : (s?.scope.providers?.sets ?? []);
}

/** The id a described hop is registered under. */
export function networkIdOf(n: Described): string {
  return n.id.replaceAll(':', '-').toLowerCase();
}

/** True where a hop is described well enough to be in the registry; a bare identifier is one nobody registered. */
export function isRegistered(n: CompactHop): boolean {
  if (n.trusted === null) return false;
  if (identifierOf(n.id) === undefined) return true;
  return n.segments !== undefined || n.operator !== undefined || n.assessed === true;
}

export function networkFact(
  n: Described,
  context: {
    readonly standard: Standard | undefined;
    readonly jurisdiction: string;
    readonly path: string;
    readonly at: number;
  },
): Network {
  const { standard, path } = context;
  const id = networkIdOf(n);
  const identifier = identifierOf(n.id);
  const jurisdiction = countryOf(n.jurisdiction ?? context.jurisdiction, `${path}/jurisdiction`);
  const countries = (list: readonly string[] | undefined, member: string) =>
    (list ?? []).map((c) => countryOf(c, `${path}/${member}`));
  const connectedBy = connectedByOf(n);
  const services = servicesOf(n);
  const physical = countries(n.physicalCountries, 'physicalCountries');
  return {
    kind: 'network',
    id,
    name: `Scenario network ${id}`,
    synthetic: true,
    operator: n.operator ?? `operator-${id}`.slice(0, 64),
    hostedOn: n.hostedOn ?? null,
    identifiers: identifier === undefined ? [] : [identifier as Network['identifiers'][number]],
    jurisdiction,
    physicalCountries: physical.length > 0 ? physical : [jurisdiction],
    remoteAccessCountries: countries(n.remoteAccessCountries, 'remoteAccessCountries'),
    ...(services !== undefined && { services: [...services] }),
    ...(connectedBy !== undefined && { connectedBy: [...connectedBy] }),
    providerSets: [...providerSetsOf(n, standard)],
    inventory: {
      complete: n.inventoryComplete ?? true,
      asOf: n.inventoryAsOf ?? inventoryDay(context.at),
      deployments: n.segments?.flatMap((s, i) => deploymentsOf(s, n, `${path}/segments/${i}`)) ?? [
        leftOpen(),
      ],
    },
    valid: { from: n.validFrom ?? OLD, to: n.validTo ?? null, zone: 'UTC' },
    sources: [INVENTED],
  };
}

/** An inventory whose age is left open was taken on the day the scenario is about. */
function inventoryDay(at: number): string {
  const day = new Date(at).toISOString().slice(0, 10);
  return startOfDay(day, 'UTC') <= at ? day : dayBefore(day);
}
