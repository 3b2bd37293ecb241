/** A small registry in which something is permitted, from which tests break one thing at a time. */
import type { Operation } from '../../../functions/core/administration/change.ts';
import type { Signatory } from '../../../functions/core/administration/person.ts';
import { factDigest } from '../../../functions/core/facts/canonical.ts';
import type { RawFact } from '../../../functions/core/facts/view.ts';
import { publicKeyOf } from '../../../functions/store/person-signature.ts';
import { localKey } from '../../../infra/local/identities.ts';
import * as make from '../decision/facts.ts';

const { stored, keyOf } = make;
type Members = make.Members;

export const NOW = Date.parse('2026-06-01T12:00:00Z');
export const NOW_TEXT = '2026-06-01T12:00:00Z';
export const SOURCES = [make.READ] as const;
export const UNVERIFIED = [make.UNREAD] as const;
export const valid = (from: string = make.FOREVER.from, to: string | null = null) => ({
  from,
  to,
  zone: 'UTC',
});

/** All of these facts are of one authority, the United States'. */
const US_SECRET = { frame: 'US', level: 'SECRET', compartments: [], controls: [] } as const;
const EVERY_US = [{ frame: 'US', level: 'UNCLASSIFIED' }] as const;

/** Here it is roles that tell who may; whose keys count has tests of its own. */
export const ROSTER = [
  'uma',
  'ulysses',
  'gwen',
  'george',
  'pat',
  'alex',
  'vic',
  'c',
  'carol',
  'other',
] as const;
export const keyOfPerson = (name: string) => publicKeyOf(localKey(name));
const EVERYBODY = ROSTER.map((name) => ({ name, keys: [keyOfPerson(name)] }));

export function authority(id: string, nation: string, more: Members = {}): RawFact {
  const [proposer, approver] = ['proposer', 'approver'].map((w) => `${nation.toLowerCase()}-${w}`);
  const roles = { proposers: [proposer], approvers: [approver], holders: [proposer, approver] } as Members;
  return stored(make.authority({ id, speaksFor: [nation] }), { ...roles, people: EVERYBODY, ...more });
}

export const vendor = (id: string, more: Members = {}) => stored(make.vendor({ id }), more);

export const deployment = (by: string, more: Members = {}) => stored(make.deployment('AMF', by), more);

export function network(
  id: string,
  more: Members = {},
  deployments: readonly RawFact[] = [deployment('maker-one')],
): RawFact {
  const home = { jurisdiction: 'USA', physicalCountries: ['USA'], operator: 'operator-one' };
  const inventory = { complete: true, asOf: '2026-01-01', deployments };
  return stored(make.network({ id, ...home }, []), { inventory, ...more });
}

export const route = (id: string, hops: readonly string[], more: Members = {}) =>
  stored(make.route({ id, hops: [...hops] }), more);

export const accreditation = (id: string, subject: RawFact, more: Members = {}) =>
  stored(make.accreditation({ id, carries: [{ ...US_SECRET, compartments: [], controls: [] }] }), {
    subject,
    audience: ['USA'],
    ...more,
  });

export const assessment = (id: string, subject: RawFact, more: Members = {}) =>
  stored(make.assessment({ id }), { subject, valid: valid('2020-01-01', '2028-12-31'), ...more });

export const designation = (id: string, of: string, more: Members = {}) =>
  stored(make.designation({ id, authority: 'us-office', instrument: 'LIST', subject: { vendor: of } }), {
    class: 'excluded',
    effect: 'network-removal',
    ...more,
  });

export const mandate = (id: string, more: Members = {}) =>
  stored(make.mandate({ id, from: [...EVERY_US], standards: ['TEST-TRUST'] }), more);

const ADOPT = [
  {
    instrument: 'LIST',
    authority: 'us-office',
    classes: ['excluded', 'capped'],
    affiliates: [{ entries: 'stated', share: 5000, counting: 'each-link', valid: valid() }],
  },
];

export const RULES: readonly RawFact[] = [
  { rule: 'inventory-complete', id: 'inventory', cites: ['text'], maxAgeDays: null },
  {
    rule: 'assessed',
    id: 'network-assessed',
    cites: ['text'],
    subjects: ['network', 'vendors'],
    criteriaSet: 'TRUST',
    authorities: ['us-office'],
    results: 'stated',
  },
  {
    rule: 'adopted-designation-absent',
    id: 'none-listed',
    cites: ['text'],
    adopt: ADOPT,
    where: { segments: ['core'] },
  },
  {
    rule: 'share-cap',
    id: 'cap',
    cites: ['text'],
    adopt: ADOPT,
    where: {},
    bases: ['sites'],
    max: 3500,
    by: null,
  },
];

export function standard(id: string, more: Members = {}): RawFact {
  const scope = { levels: [...EVERY_US], flows: null, providers: null };
  const rules = more['rules'] ?? RULES.slice(0, 3);
  return stored(make.standard({ id, belowScope: 'satisfied', scope, rules: [] }), {
    rules,
    requirements: make.encodedBy(Array.isArray(rules) ? rules : []),
    ...more,
  });
}

export const criteriaSet = (more: Members = {}) => stored(make.criteriaSet({ id: 'TRUST' }), more);

export const protection = (id: string, more: Members = {}) =>
  stored(make.protection({ id, layers: make.layers('maker-one', 'maker-two') }), more);

export const waiver = (id: string, of: string, more: Members = {}) =>
  stored(make.waiver({ id, network: of, authority: 'us-office', owner: 'USA' }), {
    standard: 'TEST-TRUST',
    rule: 'inventory',
    ...more,
  });

export const exemption = (id: string, more: Members = {}) => stored(make.exemption({ id }), more);

export const hold = (id: string, scope: RawFact, more: Members = {}) =>
  stored(make.hold({ id }), { scope, ...more });

export const equivalence = (id: string, more: Members = {}) => stored(make.equivalence({ id }), more);

export type Facts = ReadonlyMap<string, RawFact>;

export function registry(facts: readonly RawFact[]): Facts {
  return new Map(facts.map((f) => [keyOf(f), f]));
}

/** One network, one route, two makers, one standard, one mandate: US SECRET is permitted. */
export const BASE: readonly RawFact[] = [
  authority('registrar', 'ZZZ'),
  authority('us-office', 'USA'),
  authority('us-other', 'USA'),
  authority('uk-gov', 'GBR'),
  vendor('operator-one'),
  vendor('maker-one'),
  vendor('maker-two'),
  vendor('holding', {}),
  network('net-one', { identifiers: [{ scheme: 'plmn', value: '999-01' }] }),
  network('net-two', { operator: 'operator-one' }, [deployment('maker-two')]),
  route('main', ['net-one', 'net-two']),
  criteriaSet(),
  standard('TEST-TRUST'),
  mandate('usa'),
  accreditation('one', { network: 'net-one' }),
  accreditation('two', { network: 'net-two' }),
  assessment('net-one', { network: 'net-one' }),
  assessment('net-two', { network: 'net-two' }),
  assessment('maker-one', { vendor: 'maker-one' }),
  assessment('maker-two', { vendor: 'maker-two' }),
];

export const base = (): Facts => registry(BASE);

type Removal = { readonly remove: string };

function isRemoval(f: RawFact | Removal): f is Removal {
  return Object.hasOwn(f, 'remove');
}

/** The base with facts added, or put in place of those of the same key, or removed. */
export function withFacts(...changed: readonly (RawFact | Removal)[]): Facts {
  const facts = new Map(base());
  for (const f of changed) {
    if (isRemoval(f)) facts.delete(f.remove);
    else facts.set(keyOf(f), f);
  }
  return facts;
}

export function person(roleName: string, session = `${roleName}-session`): Signatory {
  const role = `AROA${roleName.toUpperCase().replaceAll('-', '')}`;
  const arn = `arn:aws:sts::000000000000:assumed-role/${roleName}/${session}`;
  return { role, roleName, session, arn, key: keyOfPerson(session) };
}

export const add = (fact: RawFact): Operation => ({ op: 'add', fact });

export function replace(facts: Facts, fact: RawFact): Operation {
  const current = facts.get(keyOf(fact));
  if (current === undefined) throw new Error('nothing to replace');
  return { op: 'replace', fact, was: factDigest(current) };
}

export function end(facts: Facts, key: string, on = NOW_TEXT): Operation {
  const current = facts.get(key);
  if (current === undefined) throw new Error(`nothing to end: ${key}`);
  return { op: 'end', key, on, ending: SOURCES, was: factDigest(current) };
}
