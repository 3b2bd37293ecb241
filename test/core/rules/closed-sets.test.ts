/**
 * Nothing slips between the tables: every function, segment, class, generation, site class, effect and share basis is
 * put before every rule, and every answer is one that was meant.
 */
import { describe, expect, test } from 'vitest';
import { DESIGNATION_CLASSES, DESIGNATION_EFFECTS } from '../../../functions/core/facts/designation.ts';
import type { Deployment } from '../../../functions/core/facts/network.ts';
import {
  classOf,
  GENERATIONS,
  NETWORK_FUNCTIONS,
  SEGMENTS,
  SHARE_BASES,
  SITE_CLASSES,
} from '../../../functions/core/facts/taxonomy.ts';
import type { RuleContext } from '../../../functions/core/rules/context.ts';
import { RULE_CODES } from '../../../functions/core/rules/finding.ts';
import { matches, where } from '../../../functions/core/rules/selection.ts';
import { evaluateRule, type Rule } from '../../../functions/core/rules/vocabulary.ts';
import type { Members } from '../decision/facts.ts';
import { ALL_CASES, CASES } from './cases.ts';
import { contextOf as contextFor } from './context.ts';
import { deployment, designation } from './world.ts';

const contextOf = (d: Deployment, part: Members = {}) => contextFor([d], { facts: [designation('r', part)] });

/** What a rule says of a device: `refuses`, `notes` or `nothing`. Every code must be one that has a sentence. */
function saying(rule: Rule, ctx: RuleContext): 'refuses' | 'notes' | 'nothing' {
  const { findings, boundaries = [] } = evaluateRule(rule, ctx);
  for (const f of findings) expect(Object.hasOwn(RULE_CODES, f.code)).toBe(true);
  expect(boundaries.every((b) => !Number.isNaN(b))).toBe(true);
  if (findings.some((f) => f.effect !== 'note')) return 'refuses';
  return findings.length > 0 ? 'notes' : 'nothing';
}

const DEVICES: readonly Deployment[] = NETWORK_FUNCTIONS.flatMap((fn) =>
  GENERATIONS.flatMap((generation) =>
    SITE_CLASSES.map((siteClass) => deployment(fn, 'maker-r', { generation, siteClass })),
  ),
);

describe('every function, generation and site class against every rule', () => {
  /** Rules that judge by designation, asked about everything: a designated vendor must be seen wherever it is. */
  const anywhere = (rule: Rule): Rule => ('where' in rule ? { ...rule, where: {} } : rule);

  test.each(ALL_CASES)('%s', (name, c) => {
    const said = DEVICES.map((d) => saying(anywhere(c.rule), contextOf(d)));
    expect(said).toHaveLength(NETWORK_FUNCTIONS.length * GENERATIONS.length * SITE_CLASSES.length);
    const seen = said.filter((s) => s !== 'nothing').length;
    switch (name) {
      case 'adopted-designation-absent':
      case 'removal-deadline':
      case 'share-cap':
      case 'no-new-equipment':
        expect(seen).toBe(DEVICES.length);
        break;
      case 'assessed':
      case 'protection-required':
        expect(said.every((s) => s === 'refuses')).toBe(true);
        break;
      case 'trusted-source':
        expect(new Set(said)).toEqual(new Set(['notes']));
        break;
      case 'sensitive-site':
        expect(said).toEqual(
          DEVICES.map((d) => (['sensitive', 'unknown'].includes(d.siteClass) ? 'refuses' : 'nothing')),
        );
        break;
      case 'supplier-diversity':
        expect(said).toEqual(DEVICES.map((d) => (d.segment === 'access-mobile' ? 'refuses' : 'nothing')));
        break;
      default:
        // About the network, its path or its operator, which are as they must be whatever the device is.
        expect(new Set(said)).toEqual(new Set(['nothing']));
    }
  });

  test('a generation not known, and one that serves several, is never out of scope', () => {
    for (const d of DEVICES) {
      for (const generation of ['2G', '3G', '4G', '5G', 'fixed'] as const) {
        const answer = matches({ generations: [generation] }, d);
        const expected =
          d.generation === 'unknown'
            ? 'unknown'
            : d.generation === generation || d.generation === 'shared'
              ? 'yes'
              : 'no';
        expect(answer).toBe(expected);
      }
    }
  });
});

/** Which regime counts which functions among its own, and where in a network they are. */
const FUNCTIONS: readonly (readonly [segment: string, classes: string, functions: string])[] = [
  [
    'core',
    'uk eu eu+ se de clean',
    'AMF SMF UPF AUSF UDM UDR UDSF NRF NEF NSSF PCF SCP SEPP NWDAF SMSF LMF GMLC',
  ],
  [
    'core',
    'uk eu eu+ se de clean',
    '5G-EIR N3IWF BSF CHF AF CBCF UCMF NSSAAF NSACF HSS MME SGW PGW DRA HLR MSC',
  ],
  ['access-mobile', 'eu+ se clean', 'gNB-CU gNB-DU gNB-RU eNB NodeB BTS ANTENNA Near-RT-RIC Non-RT-RIC'],
  ['access-fixed', 'eu+ clean', 'OLT DSLAM BNG'],
  ['cpe', 'clean', 'ONT CPE'],
  ['transport', 'uk eu+ se clean', 'IP-CORE INTERNET-GW'],
  ['transport', 'se clean', 'OPTICAL MICROWAVE CELL-SITE-ROUTER'],
  ['virtualisation', 'uk eu eu+ se de clean', 'MANO HYPERVISOR SDN-CTRL'],
  ['management', 'uk eu+ se demgmt clean', 'OSS EMS-RAN EMS-TRANSPORT AUDIT'],
  ['security', 'uk eu+ se demgmt clean', 'PROBE'],
  ['security', 'uk eu+ se clean', 'PKI FIREWALL TUNNEL-ENCRYPTOR'],
  ['lawful-intercept', 'uk eu eu+ se de clean', 'LI-ADMF LI-MDF'],
  ['interconnect', 'uk eu+ se clean', 'IPX STP ROAMING-GW'],
  ['messaging', 'uk eu+ clean', 'SMS-AGG A2P-HUB'],
  ['messaging', 'uk eu+ se clean', 'SMSC'],
  ['voice', 'uk eu+ se de clean', 'IMS SIP-TRUNK SBC'],
  ['subsea', 'eu+ clean', 'CABLE-LANDING'],
  ['subsea', 'clean', 'WET-PLANT'],
  ['satellite', 'eu+ clean', 'GROUND-STATION SPACECRAFT'],
  ['hosting', 'eu+ clean', 'DATA-CENTRE STORAGE'],
];
const CLASSES = {
  uk: 'uk-critical',
  eu: 'eu-critical',
  'eu+': 'eu-critical-or-high',
  se: 'se-central',
  de: 'de-core',
  demgmt: 'de-management',
  clean: 'clean-path',
} as const;

describe('every function stands in one segment and in the classes of its regimes', () => {
  test.each(FUNCTIONS)('%s: %s: %s', (segment, classes, functions) => {
    for (const name of functions.split(' ')) {
      const fn = NETWORK_FUNCTIONS.find((f) => f === name);
      if (fn === undefined) throw new Error(name);
      const found = Object.entries(CLASSES).filter(
        ([, c]) => matches({ class: c }, deployment(fn, 'maker-r')) === 'yes',
      );
      expect([classOf(fn).segment, found.map(([short]) => short).join(' ')]).toEqual([segment, classes]);
    }
  });
  test('there is no other function, segment or class', () => {
    const listed = FUNCTIONS.flatMap(([, , functions]) => functions.split(' '));
    expect(listed.sort()).toEqual([...NETWORK_FUNCTIONS].sort());
    expect([...new Set(FUNCTIONS.map(([segment]) => segment))].sort()).toEqual([...SEGMENTS].sort());
    expect(where.shape.class.def.innerType.options).toEqual(Object.values(CLASSES));
  });
});

describe('every effect and class of designation', () => {
  const DEVICE = deployment('AMF', 'maker-r');
  const { rule } = CASES['adopted-designation-absent'];

  test.each(DESIGNATION_EFFECTS)('effect %s', (effect) => {
    // What a designation does elsewhere is not asked: the standard adopted it. A proposal is not in force.
    expect(saying(rule, contextOf(DEVICE, { effect }))).toBe(effect === 'proposed' ? 'nothing' : 'refuses');
  });

  test.each(DESIGNATION_CLASSES)('class %s counts where it is adopted, and only there', (kind) => {
    expect(saying(rule, contextOf(DEVICE, { class: kind }))).toBe(kind === 'listed' ? 'refuses' : 'nothing');
  });
});

describe('every share basis', () => {
  const { rule } = CASES['share-cap'];
  const capOn = (basis: (typeof SHARE_BASES)[number]): Rule => ({ ...rule, bases: [basis] }) as Rule;
  const of = (shares: Deployment['shares']) =>
    contextOf(deployment('gNB-DU', 'maker-r', shares === undefined ? {} : { shares }));

  test.each(SHARE_BASES)('%s', (basis) => {
    expect(saying(capOn(basis), of({ [basis]: 3500 }))).toBe('notes');
    expect(saying(capOn(basis), of({ [basis]: 3501 }))).toBe('refuses');
    // Another basis says nothing about this one.
    const other = SHARE_BASES.find((b) => b !== basis) ?? basis;
    expect(saying(capOn(basis), of({ [other]: 1 }))).toBe('refuses');
  });
});
