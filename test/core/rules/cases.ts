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
  readonly outcome: 'deny' | 'indeterminate';
}

/** A broken world; where what is not known decides, the answer is not a plain no. */
function bad(name: string, facts: readonly RawFact[], code: Broken['code'], question?: Question): Broken {
  const outcome = code === 'SCOPE_UNKNOWN' || code === 'SHARE_UNKNOWN' ? 'indeterminate' : 'deny';
  return { name, facts, code, outcome, ...(question && { question }) };
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

const FROM_ELSEWHERE = { producedOutside: ['GBR'] };

/** Equipment at somebody’s home beside the first, where routers are designated and nobody is. */
const withRouter = (
  facts: readonly RawFact[],
  part: Partial<ReturnType<typeof deployment>>,
  scope: RawFact = {},
) => [
  ...withFact(facts, 'network/net-a', (n) =>
    set(n, ['inventory', 'deployments', 1], deployment('CPE', 'maker-a', part)),
  ),
  designation('routers', { subject: { category: 'consumer-router' }, scope }),
];

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
      bad('a designated vendor', device(facts, 0, 'vendor', 'maker-r'), 'DESIGNATED_VENDOR_PRESENT'),
      bad('an affiliate', device(facts, 0, 'vendor', 'maker-o'), 'DESIGNATED_VENDOR_PRESENT'),
      bad(
        'a connection that is not excepted',
        change(
          device(facts, 0, 'vendor', 'maker-r'),
          'network/net-a',
          ['connectedBy'],
          ['roaming', 'backhaul'],
        ),
        'DESIGNATED_VENDOR_PRESENT',
      ),
    ],
  };
}

function removalDeadline(): RuleCase {
  const rule: Rule = {
    rule: 'removal-deadline',
    id: 'removal',
    cites,
    adopt,
    where: { generations: ['5G'], siteClasses: ['sensitive'], bands: ['3.5 GHz'], uses: ['public-safety'] },
    by: '2024-06-14',
  };
  const there = { siteClass: 'sensitive', uses: ['public-safety'] } as const;
  const facts = worldOf(
    [rule],
    [
      deployment('gNB-DU', 'maker-r', { ...there, uses: ['public-safety'], generation: '4G' }),
      deployment('AMF', 'maker-a'),
    ],
    designation('r'),
  );
  const gone = device(facts, 0, 'generation', '5G');
  return {
    rule,
    permitted: facts,
    broken: [
      bad('still there', gone, 'DESIGNATED_VENDOR_AFTER_DEADLINE'),
      bad(
        'serving several generations',
        device(facts, 0, 'generation', 'shared'),
        'DESIGNATED_VENDOR_AFTER_DEADLINE',
      ),
      bad('of a generation not known', device(facts, 0, 'generation', 'unknown'), 'SCOPE_UNKNOWN'),
      bad('at a site not known', device(gone, 0, 'siteClass', 'unknown'), 'SCOPE_UNKNOWN'),
      bad('in a band not known', device(gone, 0, 'band', null), 'SCOPE_UNKNOWN'),
      bad('of a use not known', device(gone, 0, 'uses', undefined), 'SCOPE_UNKNOWN'),
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
      bad(
        'installed the day after',
        device(facts, 0, 'installed', '2021-01-01'),
        'NEW_EQUIPMENT_FROM_DESIGNATED_VENDOR',
      ),
      bad(
        'bought after, installed later',
        device(device(facts, 0, 'installed', '2022-01-01'), 0, 'purchased', '2021-01-01'),
        'NEW_EQUIPMENT_FROM_DESIGNATED_VENDOR',
      ),
      bad('installed nobody knows when', device(facts, 0, 'installed', null), 'SCOPE_UNKNOWN'),
      bad(
        'a product of a category',
        withRouter(facts, { product: 'consumer-router', installed: '2021-01-01' }),
        'NEW_EQUIPMENT_FROM_DESIGNATED_VENDOR',
      ),
      bad('what may be a product', withRouter(facts, { installed: '2021-01-01' }), 'SCOPE_UNKNOWN'),
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
      bad(
        'at a sensitive site',
        device(facts, 0, 'siteClass', 'sensitive'),
        'DESIGNATED_VENDOR_AT_SENSITIVE_SITE',
      ),
      bad('at a site not known', device(facts, 0, 'siteClass', 'unknown'), 'SCOPE_UNKNOWN'),
      bad(
        'a product of a category',
        withRouter(
          facts,
          { product: 'consumer-router', producedIn: ['VNM'], siteClass: 'sensitive' },
          FROM_ELSEWHERE,
        ),
        'DESIGNATED_VENDOR_AT_SENSITIVE_SITE',
      ),
      bad(
        'a product nobody says where produced',
        withRouter(facts, { product: 'consumer-router', siteClass: 'sensitive' }, FROM_ELSEWHERE),
        'SCOPE_UNKNOWN',
      ),
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
      bad(
        'a hundredth over, on one basis',
        device(facts, 0, 'shares', { sites: 3501, traffic: 1000 }),
        'SHARE_OVER_CAP',
      ),
      bad('together with an affiliate', device(facts, 1, 'vendor', 'maker-o'), 'SHARE_OVER_CAP'),
      bad('a basis not stated', device(facts, 0, 'shares', { sites: 100 }), 'SHARE_UNKNOWN'),
      bad('no share stated', device(facts, 0, 'shares', undefined), 'SHARE_UNKNOWN'),
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
    criteriaAuthority: 'office',
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
      bad('another vendor', device(facts, 0, 'vendor', 'maker-b'), 'VENDOR_NOT_ASSESSED'),
      bad(
        'a network never assessed',
        withFact(facts, 'assessment/of-net-a', () => undefined),
        'NETWORK_NOT_ASSESSED',
      ),
      bad('run out', of(['valid', 'to'], '2024-06-14'), 'ASSESSMENT_EXPIRED'),
      bad('by somebody else', of(['authority'], 'elsewhere'), 'VENDOR_NOT_ASSESSED'),
      bad('conditional', of(['outcome'], 'conditional'), 'VENDOR_NOT_ASSESSED'),
      bad(
        'an adverse one beside it',
        [...facts, assessment('adverse', { outcome: 'not-trusted', valid: FOREVER })],
        'VENDOR_NOT_TRUSTED',
      ),
      bad('a mandatory criterion missed', of(['items', 0], item('C1', 'not-met')), 'CRITERIA_NOT_MET'),
      bad(
        'a mandatory criterion without evidence',
        of(['items', 0], item('C1', 'not-evidenced')),
        'CRITERIA_NOT_MET',
      ),
      bad('too little of the weight', of(['items'], [item('C1', 'met')]), 'CRITERIA_NOT_MET'),
      bad('no results', of(['items'], undefined), 'ASSESSMENT_NOT_ITEMISED'),
      bad(
        'no criteria set',
        withFact(facts, 'criteria-set/TRUST', () => undefined),
        'CRITERIA_SET_UNKNOWN',
      ),
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
    broken: [bad('too old', inventory('asOf', '2024-05-01'), 'INVENTORY_STALE')],
  };
}

function pathAssurance(): RuleCase {
  const rule: Rule = { rule: 'path-assurance', id: 'path', cites, accept: ['pinned'] };
  const facts = worldOf([rule], [deployment('AMF', 'maker-a')]);
  return {
    rule,
    permitted: facts,
    broken: (['observed', 'assumed'] as const).map((assurance) =>
      bad(assurance, facts, 'PATH_NOT_ASSURED', { assurance }),
    ),
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
      bad('one supplier', device(facts, 1, 'vendor', 'maker-r'), 'TOO_FEW_SUPPLIERS'),
      bad('a supplier and what it owns', device(facts, 1, 'vendor', 'maker-o'), 'TOO_FEW_SUPPLIERS'),
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
      bad(
        'a new device of a vendor that is not listed',
        device(facts, 0, 'vendor', 'maker-b'),
        'NEW_DEVICE_NOT_FROM_TRUSTED_SOURCE',
      ),
      bad(
        'installed on the first day',
        device(facts, 1, 'installed', '2021-06-15'),
        'NEW_DEVICE_NOT_FROM_TRUSTED_SOURCE',
      ),
      bad('installed nobody knows when', device(facts, 1, 'installed', null), 'SCOPE_UNKNOWN'),
      bad(
        'listed only after it was installed',
        change(facts, 'assessment/of-maker-a', ['valid', 'from'], '2022-01-02'),
        'NEW_DEVICE_NOT_FROM_TRUSTED_SOURCE',
      ),
      bad(
        'no longer listed',
        change(facts, 'assessment/of-maker-a', ['valid', 'to'], '2024-06-14'),
        'NEW_DEVICE_NOT_FROM_TRUSTED_SOURCE',
      ),
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
      bad('under other law', of('jurisdiction', 'USA'), 'JURISDICTION_NOT_ACCEPTED'),
      bad('running elsewhere too', of('physicalCountries', ['GBR', 'USA']), 'COUNTRY_NOT_ACCEPTED'),
      bad('reached from elsewhere', of('remoteAccessCountries', ['IND']), 'REMOTE_ACCESS_NOT_ACCEPTED'),
      bad(
        'one device reached from elsewhere',
        device(facts, 0, 'remoteAccessFrom', ['IND']),
        'REMOTE_ACCESS_NOT_ACCEPTED',
      ),
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
      scope: { services: ['international-214'] },
    }),
  );
  const of = (member: string, value: unknown) => change(facts, 'network/net-a', [member], value);
  return {
    rule,
    permitted: facts,
    broken: [
      bad(
        'the covered service',
        of('services', ['domestic-214', 'international-214']),
        'DESIGNATED_OPERATOR',
      ),
      bad('a service nobody knows', of('services', ['domestic-214', 'intl-214']), 'SCOPE_UNKNOWN'),
      bad('services not stated', of('services', undefined), 'SCOPE_UNKNOWN'),
      bad('a designated operator', of('operator', 'maker-r'), 'DESIGNATED_OPERATOR'),
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
      bad('a tenth', owned(['maker-r', 1000]), 'OPERATOR_OWNED_BY_DESIGNATED'),
      bad('a tenth, through another', owned(['maker-o', 1000]), 'OPERATOR_OWNED_BY_DESIGNATED'),
      bad('a tenth, together', owned(['maker-o', 500], ['maker-r', 500]), 'OPERATOR_OWNED_BY_DESIGNATED'),
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
  const facts = worldOf([rule], [deployment('AMF', 'maker-r')], PROTECTION, vendor('maker-c'));
  const owned = (id: string, ...by: (readonly [string, number])[]) =>
    withFact(facts, `vendor/${id}`, () => vendor(id, by));
  const layer = (index: number, member: string, value: string) =>
    change(facts, 'protection/tunnel-a', ['layers', index, member], value);
  return {
    rule,
    permitted: facts,
    question: { protection: 'tunnel-a' },
    broken: [
      bad('none', facts, 'PROTECTION_REQUIRED', {}),
      bad('the same maker twice', layer(1, 'vendor', 'maker-a'), 'PROTECTION_LAYERS_NOT_INDEPENDENT'),
      bad('a maker and its owner', owned('maker-a', ['maker-c', 1]), 'PROTECTION_LAYERS_NOT_INDEPENDENT'),
      bad(
        'makers of one owner',
        withFact(owned('maker-a', ['maker-o', 100]), 'vendor/maker-c', () =>
          vendor('maker-c', [['maker-r', 100]]),
        ),
        'PROTECTION_LAYERS_NOT_INDEPENDENT',
      ),
      bad('the same code twice', layer(1, 'codeBase', 'one'), 'PROTECTION_LAYERS_NOT_INDEPENDENT'),
      bad('the same keys twice', layer(1, 'keyDomain', 'one'), 'PROTECTION_LAYERS_NOT_INDEPENDENT'),
      bad(
        'one layer',
        withFact(facts, 'protection/tunnel-a', (p) =>
          set(p, ['layers'], (p['layers'] as unknown[]).slice(0, 1)),
        ),
        'PROTECTION_LAYERS_INSUFFICIENT',
      ),
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
      bad('a caller that cannot', facts, 'OBLIGATION_UNSUPPORTED', { supports: ['re-evaluate-by'] }),
      bad('a caller that cannot ask again', facts, 'OBLIGATION_UNSUPPORTED', { supports: ['no-roaming'] }),
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
