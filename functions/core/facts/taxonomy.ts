/**
 * What equipment does, and in which part of a network. One closed table: a function that is not listed is refused
 * where a network is described, so that no rule ever meets one it has no opinion on.
 *
 * Function names are those of 3GPP TS 29.510 (NFType) and TS 38.401 where 3GPP has one. The regimes cut across the
 * table differently, so each function carries one tag per regime instead of a tier:
 *
 * - `ukCritical`: excluded functions of the NCSC advice on high risk vendors, 28 January 2020, and the definition
 *   of a security critical function in the Electronic Communications (Security Measures) Regulations 2022, reg. 2.
 *   Which function falls under the advice's headings is our reading: unverified.
 * - `euSensitivity`: EU coordinated risk assessment of 5G networks, 9 October 2019: unverified.
 * - `seCentral`: "central functions" of the Swedish licence condition of 20 October 2020 (radio access,
 *   transmission, core, service and maintenance): unverified at function level.
 * - `deCritical`: German contracts of 11 July 2024 (5G core; network management of access and transport).
 * - `cleanPath`: the four kinds of equipment the US 5G Clean Path names (29 April 2020).
 */

export const SEGMENTS = [
  'core',
  'transport',
  'access-mobile',
  'access-fixed',
  'management',
  'virtualisation',
  'security',
  'lawful-intercept',
  'interconnect',
  'messaging',
  'voice',
  'subsea',
  'satellite',
  'cpe',
  'hosting',
] as const;
/** A part of a network: core, access, transport, management and others. */
export type Segment = (typeof SEGMENTS)[number];

type CleanPathClass = 'transmission' | 'control' | 'computing' | 'storage';

/** What the published lists of nations say of a network function. */
export interface FunctionClass {
  readonly segment: Segment;
  readonly ukCritical: boolean;
  readonly euSensitivity: 'critical' | 'high' | 'moderate';
  readonly seCentral: boolean;
  readonly deCritical: 'core' | 'management' | 'no';
  readonly cleanPath: CleanPathClass;
}

type Row = readonly [
  Segment,
  FunctionClass['ukCritical'],
  FunctionClass['euSensitivity'],
  FunctionClass['seCentral'],
  FunctionClass['deCritical'],
  CleanPathClass,
];

const CORE: Row = ['core', true, 'critical', true, 'core', 'control'];
const CORE_STORE: Row = ['core', true, 'critical', true, 'core', 'storage'];
const CORE_USER_PLANE: Row = ['core', true, 'critical', true, 'core', 'transmission'];
const RADIO: Row = ['access-mobile', false, 'high', true, 'no', 'transmission'];
const RADIO_CONTROL: Row = ['access-mobile', false, 'high', true, 'no', 'control'];
const FIXED: Row = ['access-fixed', false, 'high', false, 'no', 'transmission'];
const TRANSPORT: Row = ['transport', false, 'moderate', true, 'no', 'transmission'];
const TRANSPORT_CORE: Row = ['transport', true, 'high', true, 'no', 'transmission'];
const MANAGEMENT: Row = ['management', true, 'high', true, 'management', 'control'];
const VIRTUAL: Row = ['virtualisation', true, 'critical', true, 'core', 'computing'];
const SECURITY: Row = ['security', true, 'high', true, 'no', 'control'];
const INTERCEPT: Row = ['lawful-intercept', true, 'critical', true, 'core', 'control'];
const INTERCONNECT: Row = ['interconnect', true, 'high', true, 'no', 'transmission'];
const MESSAGING: Row = ['messaging', true, 'high', false, 'no', 'control'];
const VOICE: Row = ['voice', true, 'high', true, 'core', 'control'];

const TABLE = {
  // 5G core, TS 23.501
  AMF: CORE,
  SMF: CORE,
  UPF: CORE_USER_PLANE,
  AUSF: CORE,
  UDM: CORE_STORE,
  UDR: CORE_STORE,
  UDSF: CORE_STORE,
  NRF: CORE,
  NEF: CORE,
  NSSF: CORE,
  PCF: CORE,
  SCP: CORE,
  SEPP: CORE,
  NWDAF: CORE,
  SMSF: CORE,
  LMF: CORE,
  GMLC: CORE,
  '5G-EIR': CORE,
  N3IWF: CORE,
  BSF: CORE,
  CHF: CORE,
  AF: CORE,
  CBCF: CORE,
  UCMF: CORE,
  NSSAAF: CORE,
  NSACF: CORE,
  // 4G and earlier cores, signalling
  HSS: CORE_STORE,
  MME: CORE,
  SGW: CORE_USER_PLANE,
  PGW: CORE_USER_PLANE,
  DRA: CORE,
  HLR: CORE_STORE,
  MSC: CORE,
  // Radio access, TS 38.401 and TS 36.300; O-RAN controllers
  'gNB-CU': RADIO,
  'gNB-DU': RADIO,
  'gNB-RU': RADIO,
  eNB: RADIO,
  NodeB: RADIO,
  BTS: RADIO,
  ANTENNA: RADIO,
  'Near-RT-RIC': RADIO_CONTROL,
  'Non-RT-RIC': RADIO_CONTROL,
  // Fixed access
  OLT: FIXED,
  ONT: ['cpe', false, 'moderate', false, 'no', 'transmission'],
  DSLAM: FIXED,
  BNG: FIXED,
  // Transport
  'IP-CORE': TRANSPORT_CORE,
  'INTERNET-GW': TRANSPORT_CORE,
  OPTICAL: TRANSPORT,
  MICROWAVE: TRANSPORT,
  'CELL-SITE-ROUTER': TRANSPORT,
  // Virtualisation and management
  MANO: VIRTUAL,
  HYPERVISOR: VIRTUAL,
  'SDN-CTRL': VIRTUAL,
  OSS: MANAGEMENT,
  'EMS-RAN': MANAGEMENT,
  'EMS-TRANSPORT': MANAGEMENT,
  AUDIT: MANAGEMENT,
  PROBE: ['security', true, 'high', true, 'management', 'control'],
  // Security and lawful intercept
  PKI: SECURITY,
  FIREWALL: SECURITY,
  'TUNNEL-ENCRYPTOR': ['security', true, 'high', true, 'no', 'transmission'],
  'LI-ADMF': INTERCEPT,
  'LI-MDF': INTERCEPT,
  // Interconnect, messaging, voice
  IPX: INTERCONNECT,
  STP: INTERCONNECT,
  'ROAMING-GW': INTERCONNECT,
  'SMS-AGG': MESSAGING,
  'A2P-HUB': MESSAGING,
  // PTS gives the production of services as an example of the core.
  SMSC: ['messaging', true, 'high', true, 'no', 'control'],
  IMS: VOICE,
  'SIP-TRUNK': VOICE,
  SBC: VOICE,
  // Subsea, satellite, premises, hosting
  'CABLE-LANDING': ['subsea', false, 'high', false, 'no', 'transmission'],
  'WET-PLANT': ['subsea', false, 'moderate', false, 'no', 'transmission'],
  'GROUND-STATION': ['satellite', false, 'high', false, 'no', 'transmission'],
  SPACECRAFT: ['satellite', false, 'high', false, 'no', 'transmission'],
  CPE: ['cpe', false, 'moderate', false, 'no', 'transmission'],
  'DATA-CENTRE': ['hosting', false, 'high', false, 'no', 'computing'],
  STORAGE: ['hosting', false, 'high', false, 'no', 'storage'],
} as const satisfies Record<string, Row>;

/** What a deployment does in a network: `amf`, `gnb-du`, `olt` and others. */
export type NetworkFunction = keyof typeof TABLE;

export const NETWORK_FUNCTIONS = Object.keys(TABLE) as readonly NetworkFunction[];

/** How each regime sees a function. Total: every function in the closed list has a row. */
export function classOf(fn: NetworkFunction): FunctionClass {
  const [segment, ukCritical, euSensitivity, seCentral, deCritical, cleanPath] = TABLE[fn];
  return { segment, ukCritical, euSensitivity, seCentral, deCritical, cleanPath };
}

export const GENERATIONS = ['2G', '3G', '4G', '5G', 'fixed', 'shared', 'unknown'] as const;
/** Which generation of a network something is part of. `shared` serves several generations and falls under a rule about any of them; `unknown` is never out of scope. */
export type Generation = (typeof GENERATIONS)[number];

export const SITE_CLASSES = ['ordinary', 'sensitive', 'cni-safety', 'unknown'] as const;
/** What kind of place equipment stands in. `sensitive`: nuclear and military sites and the like; `cni-safety`: safety networks of critical infrastructure. */
export type SiteClass = (typeof SITE_CLASSES)[number];

export const SHARE_BASES = ['sites', 'traffic', 'premises', 'capacity'] as const;
/** What a share is a share of: sites, traffic, premises or capacity. */
export type ShareBasis = (typeof SHARE_BASES)[number];
