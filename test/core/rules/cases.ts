/** For each rule: a world it permits, and worlds in which only that rule is broken. */
import type { RawFact } from '../../../functions/core/facts/view.ts';
import type { RuleCode } from '../../../functions/core/rules/finding.ts';
import type { Rule, RuleName } from '../../../functions/core/rules/vocabulary.ts';
import { FOREVER } from '../decision/facts.ts';
import {
  assessment,
  CRITERIA,
  deployment,
  designation,
  frameOf,
  item,
  network,
  PROTECTION,
  type Question,
  set,
  standard,
  vendor,
  withFact,
} from './world.ts';

const ADOPT = {
  instrument: 'RISKY',
  authority: 'office',
  classes: ['listed'],
  affiliates: [{ entries: 'stated', share: 5000, counting: 'aggregate', valid: FOREVER }],
} as const;
const adopt = [{ ...ADOPT, classes: [...ADOPT.classes], affiliates: [...ADOPT.affiliates] }] as Extract<
  Rule,
  { rule: 'share-cap' }
>['adopt'];
const cites = ['text'];

/** The worst of the vendors is `maker-r`; `maker-o` is owned by it, `maker-a` and `maker-b` by nobody. */
const VENDORS = [
  vendor('maker-a'),
  vendor('maker-b'),
  vendor('maker-r'),
  vendor('maker-o', [['maker-r', 5000]]),
  vendor('operator-a'),
];

type Devices = Parameters<typeof network>[1];

function worldOf(rules: readonly Rule[], devices: Devices, ...more: readonly RawFact[]): readonly RawFact[] {
  return [standard(rules), network('net-a', devices), ...VENDORS, ...frameOf(['net-a']), ...more];
}

export interface Broken {
  readonly name: string;
  readonly facts: readonly RawFact[];
  readonly question?: Question;
  readonly code: RuleCode | 'OBLIGATION_UNSUPPORTED';
  readonly outcome?: 'deny' | 'indeterminate';
}

export interface RuleCase {
  readonly rule: Rule;
  readonly permitted: readonly RawFact[];
  readonly question?: Question;
  readonly broken: readonly Broken[];
}

const device = (facts: readonly RawFact[], index: number, member: string, value: unknown) =>
  withFact(facts, 'network/net-a', (n) => set(n, ['inventory', 'deployments', index, member], value));
const change = (facts: readonly RawFact[], key: string, path: (string | number)[], value: unknown) =>
  withFact(facts, key, (f) => set(f, path, value));

function adoptedDesignationAbsent(): RuleCase {
  const rule: Rule = {
    rule: 'adopted-designation-absent',
    id: 'absent',
    cites,
    adopt,
    where: { segments: ['core'] },
    except: { connections: ['roaming'], functions: ['ANTENNA'] },
  };
  const facts = worldOf(
    [rule],
    [deployment('AMF', 'maker-a'), deployment('gNB-DU', 'maker-r')],
    designation('r'),
  );
  return {
    rule,
    permitted: facts,
    broken: [
      {
        name: 'a designated vendor',
        facts: device(facts, 0, 'vendor', 'maker-r'),
        code: 'DESIGNATED_VENDOR_PRESENT',
      },
      {
        name: 'an affiliate',
        facts: device(facts, 0, 'vendor', 'maker-o'),
        code: 'DESIGNATED_VENDOR_PRESENT',
      },
      {
        name: 'a connection that is not excepted',
        facts: change(
          device(facts, 0, 'vendor', 'maker-r'),
          'network/net-a',
          ['connectedBy'],
          ['roaming', 'backhaul'],
        ),
        code: 'DESIGNATED_VENDOR_PRESENT',
      },
    ],
  };
}

function removalDeadline(): RuleCase {
  const rule: Rule = {
    rule: 'removal-deadline',
    id: 'removal',
    cites,
    adopt,
    where: { generations: ['5G'], siteClasses: ['sensitive'], bands: ['3.5 GHz'], uses: ['safety'] },
    by: '2024-06-14',
  };
  const there = { siteClass: 'sensitive', uses: ['safety'] } as const;
  const facts = worldOf(
    [rule],
    [
      deployment('gNB-DU', 'maker-r', { ...there, uses: ['safety'], generation: '4G' }),
      deployment('AMF', 'maker-a'),
    ],
    designation('r'),
  );
  const gone = device(facts, 0, 'generation', '5G');
  return {
    rule,
    permitted: facts,
    broken: [
      { name: 'still there', facts: gone, code: 'DESIGNATED_VENDOR_AFTER_DEADLINE' },
      {
        name: 'serving several generations',
        facts: device(facts, 0, 'generation', 'shared'),
        code: 'DESIGNATED_VENDOR_AFTER_DEADLINE',
      },
      {
        name: 'of a generation not known',
        facts: device(facts, 0, 'generation', 'unknown'),
        code: 'SCOPE_UNKNOWN',
        outcome: 'indeterminate',
      },
      {
        name: 'at a site not known',
        facts: device(gone, 0, 'siteClass', 'unknown'),
        code: 'SCOPE_UNKNOWN',
        outcome: 'indeterminate',
      },
      {
        name: 'in a band not known',
        facts: device(gone, 0, 'band', null),
        code: 'SCOPE_UNKNOWN',
        outcome: 'indeterminate',
      },
      {
        name: 'of a use not known',
        facts: device(gone, 0, 'uses', undefined),
        code: 'SCOPE_UNKNOWN',
        outcome: 'indeterminate',
      },
    ],
  };
}

function noNewEquipment(): RuleCase {
  const rule: Rule = {
    rule: 'no-new-equipment',
    id: 'new',
    cites,
    adopt,
    where: {},
    event: 'purchase',
    lastDay: '2020-12-31',
  };
  const facts = worldOf(
    [rule],
    [deployment('gNB-DU', 'maker-r', { installed: '2020-12-31' })],
    designation('r'),
  );
  return {
    rule,
    permitted: facts,
    broken: [
      {
        name: 'installed the day after',
        facts: device(facts, 0, 'installed', '2021-01-01'),
        code: 'NEW_EQUIPMENT_FROM_DESIGNATED_VENDOR',
      },
      {
        name: 'bought after, installed later',
        facts: device(device(facts, 0, 'installed', '2022-01-01'), 0, 'purchased', '2021-01-01'),
        code: 'NEW_EQUIPMENT_FROM_DESIGNATED_VENDOR',
      },
      {
        name: 'installed nobody knows when',
        facts: device(facts, 0, 'installed', null),
        code: 'SCOPE_UNKNOWN',
        outcome: 'indeterminate',
      },
    ],
  };
}

function sensitiveSite(): RuleCase {
  const rule: Rule = { rule: 'sensitive-site', id: 'site', cites, adopt, siteClasses: ['sensitive'] };
  const facts = worldOf([rule], [deployment('gNB-DU', 'maker-r')], designation('r'));
  return {
    rule,
    permitted: facts,
    broken: [
      {
        name: 'at a sensitive site',
        facts: device(facts, 0, 'siteClass', 'sensitive'),
        code: 'DESIGNATED_VENDOR_AT_SENSITIVE_SITE',
      },
      {
        name: 'at a site not known',
        facts: device(facts, 0, 'siteClass', 'unknown'),
        code: 'SCOPE_UNKNOWN',
        outcome: 'indeterminate',
      },
    ],
  };
}

function shareCap(): RuleCase {
  const rule: Rule = {
    rule: 'share-cap',
    id: 'cap',
    cites,
    adopt,
    where: { segments: ['access-mobile'] },
    bases: ['sites', 'traffic'],
    max: 3500,
    by: null,
  };
  const facts = worldOf(
    [rule],
    [
      deployment('gNB-DU', 'maker-r', { shares: { sites: 3500, traffic: 1000 } }),
      deployment('gNB-DU', 'maker-a'),
    ],
    designation('r'),
  );
  return {
    rule,
    permitted: facts,
    broken: [
      {
        name: 'a hundredth over, on one basis',
        facts: device(facts, 0, 'shares', { sites: 3501, traffic: 1000 }),
        code: 'SHARE_OVER_CAP',
      },
      {
        name: 'together with an affiliate',
        facts: device(facts, 1, 'vendor', 'maker-o'),
        code: 'SHARE_OVER_CAP',
      },
      {
        name: 'a basis not stated',
        facts: device(facts, 0, 'shares', { sites: 100 }),
        code: 'SHARE_UNKNOWN',
        outcome: 'indeterminate',
      },
      {
        name: 'no share stated',
        facts: device(facts, 0, 'shares', undefined),
        code: 'SHARE_UNKNOWN',
        outcome: 'indeterminate',
      },
    ],
  };
}

function assessed(): RuleCase {
  const rule: Rule = {
    rule: 'assessed',
    id: 'assessed',
    cites,
    subjects: ['network', 'vendors'],
    criteriaSet: 'TRUST',
    authorities: ['office'],
    results: 'weighed',
  };
  const facts = worldOf(
    [rule],
    [deployment('AMF', 'maker-a')],
    CRITERIA,
    assessment('of-maker-a'),
    assessment('of-net-a', { subject: { network: 'net-a' } }),
  );
  const of = (path: (string | number)[], value: unknown) =>
    change(facts, 'assessment/of-maker-a', path, value);
  return {
    rule,
    permitted: facts,
    broken: [
      { name: 'another vendor', facts: device(facts, 0, 'vendor', 'maker-b'), code: 'VENDOR_NOT_ASSESSED' },
      {
        name: 'a network never assessed',
        facts: withFact(facts, 'assessment/of-net-a', () => undefined),
        code: 'NETWORK_NOT_ASSESSED',
      },
      { name: 'run out', facts: of(['valid', 'to'], '2024-06-14'), code: 'ASSESSMENT_EXPIRED' },
      { name: 'by somebody else', facts: of(['authority'], 'elsewhere'), code: 'VENDOR_NOT_ASSESSED' },
      { name: 'conditional', facts: of(['outcome'], 'conditional'), code: 'VENDOR_NOT_ASSESSED' },
      {
        name: 'an adverse one beside it',
        facts: [...facts, assessment('adverse', { outcome: 'not-trusted', valid: FOREVER })],
        code: 'VENDOR_NOT_TRUSTED',
      },
      {
        name: 'a mandatory criterion missed',
        facts: of(['items', 0], item('C1', 'not-met')),
        code: 'CRITERIA_NOT_MET',
      },
      {
        name: 'a mandatory criterion without evidence',
        facts: of(['items', 0], item('C1', 'not-evidenced')),
        code: 'CRITERIA_NOT_MET',
      },
      {
        name: 'too little of the weight',
        facts: of(['items'], [item('C1', 'met')]),
        code: 'CRITERIA_NOT_MET',
      },
      { name: 'no results', facts: of(['items'], undefined), code: 'ASSESSMENT_NOT_ITEMISED' },
      {
        name: 'no criteria set',
        facts: withFact(facts, 'criteria-set/TRUST', () => undefined),
        code: 'CRITERIA_SET_UNKNOWN',
      },
    ],
  };
}

function inventoryComplete(): RuleCase {
  const rule: Rule = { rule: 'inventory-complete', id: 'fresh', cites, maxAgeDays: 30 };
  const facts = worldOf([rule], [deployment('AMF', 'maker-a')]);
  const inventory = (member: string, value: unknown) =>
    change(facts, 'network/net-a', ['inventory', member], value);
  return {
    rule,
    permitted: facts,
    broken: [{ name: 'too old', facts: inventory('asOf', '2024-05-01'), code: 'INVENTORY_STALE' }],
  };
}

function pathAssurance(): RuleCase {
  const rule: Rule = { rule: 'path-assurance', id: 'path', cites, accept: ['pinned'] };
  const facts = worldOf([rule], [deployment('AMF', 'maker-a')]);
  return {
    rule,
    permitted: facts,
    broken: (['observed', 'assumed'] as const).map((assurance) => ({
      name: assurance,
      facts,
      question: { assurance },
      code: 'PATH_NOT_ASSURED',
    })),
  };
}

function supplierDiversity(): RuleCase {
  const rule: Rule = {
    rule: 'supplier-diversity',
    id: 'several',
    cites,
    segments: ['access-mobile'],
    least: 2,
    beside: adopt,
  };
  const facts = worldOf(
    [rule],
    [deployment('gNB-DU', 'maker-r'), deployment('gNB-CU', 'maker-a'), deployment('AMF', 'maker-b')],
    designation('r'),
  );
  return {
    rule,
    permitted: facts,
    broken: [
      { name: 'one supplier', facts: device(facts, 1, 'vendor', 'maker-r'), code: 'TOO_FEW_SUPPLIERS' },
    ],
  };
}

function trustedSource(): RuleCase {
  const rule: Rule = {
    rule: 'trusted-source',
    id: 'listed',
    cites,
    where: {},
    list: 'TRUST',
    authorities: ['office'],
    newFrom: '2021-06-15',
  };
  const facts = worldOf(
    [rule],
    [
      deployment('AMF', 'maker-a', { installed: '2022-01-01' }),
      deployment('SMF', 'maker-b', { installed: '2021-06-14' }),
    ],
    assessment('of-maker-a'),
  );
  return {
    rule,
    permitted: facts,
    broken: [
      {
        name: 'a new device of a vendor that is not listed',
        facts: device(facts, 0, 'vendor', 'maker-b'),
        code: 'NEW_DEVICE_NOT_FROM_TRUSTED_SOURCE',
      },
      {
        name: 'installed on the first day',
        facts: device(facts, 1, 'installed', '2021-06-15'),
        code: 'NEW_DEVICE_NOT_FROM_TRUSTED_SOURCE',
      },
      {
        name: 'installed nobody knows when',
        facts: device(facts, 1, 'installed', null),
        code: 'SCOPE_UNKNOWN',
        outcome: 'indeterminate',
      },
      {
        name: 'listed only after it was installed',
        facts: change(facts, 'assessment/of-maker-a', ['valid', 'from'], '2022-01-02'),
        code: 'NEW_DEVICE_NOT_FROM_TRUSTED_SOURCE',
      },
      {
        name: 'no longer listed',
        facts: change(facts, 'assessment/of-maker-a', ['valid', 'to'], '2024-06-14'),
        code: 'NEW_DEVICE_NOT_FROM_TRUSTED_SOURCE',
      },
    ],
  };
}

function jurisdiction(): RuleCase {
  const rule: Rule = {
    rule: 'jurisdiction',
    id: 'home',
    cites,
    legal: ['GBR'],
    physical: ['GBR'],
    remoteAccess: ['GBR'],
    where: { segments: ['core'] },
    by: null,
  };
  const facts = worldOf(
    [rule],
    [deployment('AMF', 'maker-a'), deployment('gNB-DU', 'maker-a', { remoteAccessFrom: ['IND'] })],
  );
  const of = (member: string, value: unknown) => change(facts, 'network/net-a', [member], value);
  return {
    rule,
    permitted: facts,
    broken: [
      { name: 'under other law', facts: of('jurisdiction', 'USA'), code: 'JURISDICTION_NOT_ACCEPTED' },
      {
        name: 'running elsewhere too',
        facts: of('physicalCountries', ['GBR', 'USA']),
        code: 'COUNTRY_NOT_ACCEPTED',
      },
      {
        name: 'reached from elsewhere',
        facts: of('remoteAccessCountries', ['IND']),
        code: 'REMOTE_ACCESS_NOT_ACCEPTED',
      },
      {
        name: 'one device reached from elsewhere',
        facts: device(facts, 0, 'remoteAccessFrom', ['IND']),
        code: 'REMOTE_ACCESS_NOT_ACCEPTED',
      },
    ],
  };
}

function operatorDesignationAbsent(): RuleCase {
  const rule: Rule = { rule: 'operator-designation-absent', id: 'operator', cites, adopt };
  const facts = worldOf(
    [rule],
    [deployment('AMF', 'maker-r')],
    designation('r'),
    designation('service', {
      subject: { vendor: 'operator-a' },
      scope: { services: ['international'] },
    }),
  );
  const of = (member: string, value: unknown) => change(facts, 'network/net-a', [member], value);
  return {
    rule,
    permitted: facts,
    broken: [
      {
        name: 'the covered service',
        facts: of('services', ['voice', 'international']),
        code: 'DESIGNATED_OPERATOR',
      },
      {
        name: 'services not stated',
        facts: of('services', undefined),
        code: 'SCOPE_UNKNOWN',
        outcome: 'indeterminate',
      },
      { name: 'a designated operator', facts: of('operator', 'maker-r'), code: 'DESIGNATED_OPERATOR' },
    ],
  };
}

function operatorOwnership(): RuleCase {
  const rule: Rule = {
    rule: 'operator-ownership',
    id: 'owner',
    cites,
    adopt,
    share: 1000,
    counting: 'aggregate',
  };
  const facts = worldOf([rule], [deployment('AMF', 'maker-r')], designation('r'));
  const owned = (...owners: readonly (readonly [string, number])[]) =>
    withFact(facts, 'vendor/operator-a', () => vendor('operator-a', owners));
  return {
    rule,
    permitted: owned(['maker-r', 999], ['maker-b', 9001]),
    broken: [
      { name: 'a tenth', facts: owned(['maker-r', 1000]), code: 'OPERATOR_OWNED_BY_DESIGNATED' },
      {
        name: 'a tenth, through another',
        facts: owned(['maker-o', 1000]),
        code: 'OPERATOR_OWNED_BY_DESIGNATED',
      },
      {
        name: 'a tenth, together',
        facts: owned(['maker-o', 500], ['maker-r', 500]),
        code: 'OPERATOR_OWNED_BY_DESIGNATED',
      },
    ],
  };
}

function protectionRequired(): RuleCase {
  const rule: Rule = {
    rule: 'protection-required',
    id: 'tunnel',
    cites,
    accept: [{ scheme: 'csfc', leastLayers: 2, independentIn: ['vendor', 'codeBase', 'keyDomain'] }],
    obligations: ['use-tunnel', 'log-hops'],
    reEvaluateWithinHours: 24,
  };
  const facts = worldOf([rule], [deployment('AMF', 'maker-r')], PROTECTION);
  const layer = (index: number, member: string, value: string) =>
    change(facts, 'protection/tunnel-a', ['layers', index, member], value);
  return {
    rule,
    permitted: facts,
    question: { protection: 'tunnel-a' },
    broken: [
      { name: 'none', facts, question: {}, code: 'PROTECTION_REQUIRED' },
      {
        name: 'the same maker twice',
        facts: layer(1, 'vendor', 'maker-a'),
        code: 'PROTECTION_LAYERS_NOT_INDEPENDENT',
      },
      {
        name: 'the same code twice',
        facts: layer(1, 'codeBase', 'one'),
        code: 'PROTECTION_LAYERS_NOT_INDEPENDENT',
      },
      {
        name: 'the same keys twice',
        facts: layer(1, 'keyDomain', 'one'),
        code: 'PROTECTION_LAYERS_NOT_INDEPENDENT',
      },
      {
        name: 'one layer',
        facts: withFact(facts, 'protection/tunnel-a', (p) =>
          set(p, ['layers'], (p['layers'] as unknown[]).slice(0, 1)),
        ),
        code: 'PROTECTION_LAYERS_INSUFFICIENT',
      },
    ],
  };
}

function obligationsRequired(): RuleCase {
  const rule: Rule = {
    rule: 'obligations-required',
    id: 'care',
    cites,
    obligations: ['no-roaming'],
    reEvaluateWithinHours: 1,
  };
  const facts = worldOf([rule], [deployment('AMF', 'maker-a')]);
  return {
    rule,
    permitted: facts,
    broken: [
      {
        name: 'a caller that cannot',
        facts,
        question: { supports: ['re-evaluate-by'] },
        code: 'OBLIGATION_UNSUPPORTED',
      },
      {
        name: 'a caller that cannot ask again',
        facts,
        question: { supports: ['no-roaming'] },
        code: 'OBLIGATION_UNSUPPORTED',
      },
    ],
  };
}

/** One for every rule of the vocabulary: a rule without a case does not compile. */
export const CASES = {
  'adopted-designation-absent': adoptedDesignationAbsent(),
  assessed: assessed(),
  'inventory-complete': inventoryComplete(),
  jurisdiction: jurisdiction(),
  'no-new-equipment': noNewEquipment(),
  'obligations-required': obligationsRequired(),
  'operator-designation-absent': operatorDesignationAbsent(),
  'operator-ownership': operatorOwnership(),
  'path-assurance': pathAssurance(),
  'protection-required': protectionRequired(),
  'removal-deadline': removalDeadline(),
  'sensitive-site': sensitiveSite(),
  'share-cap': shareCap(),
  'supplier-diversity': supplierDiversity(),
  'trusted-source': trustedSource(),
} as const satisfies Record<RuleName, RuleCase>;

export const ALL_CASES: readonly (readonly [RuleName, RuleCase])[] = Object.entries(CASES) as [
  RuleName,
  RuleCase,
][];
