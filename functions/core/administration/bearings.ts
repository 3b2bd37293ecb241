/**
 * Which way every member of every kind of fact bears on what may pass. The compiler names a kind or a member that is missing;
 * what stands deeper is as its list is said to be, and where nothing is said, either way.
 */
import type { Fact, FactKind, FactOf } from '../facts/fact.ts';

/**
 * `more`: a longer list, a higher figure, a later end lets more pass; `less`: a shorter, lower, earlier one does; `either`: what is
 * refused rests on it, whichever way it moves; `nothing`: no answer rests on it.
 */
export type Bearing = 'more' | 'less' | 'either' | 'nothing';

/** Said of every kind alike: the key never changes, and of sources it is told by their grade. */
type Common = 'kind' | 'id' | '$schema' | 'sources' | 'ending' | 'valid';

type BearingsOf<F extends Fact> = {
  readonly [M in Exclude<keyof F, Common> & string]-?: Bearing;
} & {
  readonly valid: 'more' | 'less' | 'either';
} & { readonly [deeper: `${string}/${string}`]: Bearing };

const BEARINGS: { readonly [K in FactKind]: BearingsOf<FactOf<K>> } = {
  accreditation: {
    authority: 'either',
    subject: 'either',
    carries: 'more',
    'carries/level': 'more',
    'carries/compartments': 'more',
    'carries/controls': 'more',
    // A shorter one fits into more release lists, a longer one holds the countries without which it counts for nothing.
    audience: 'either',
    judged: 'either',
    valid: 'more',
  },
  assessment: {
    authority: 'either',
    subject: 'either',
    criteriaSet: 'either',
    outcome: 'either',
    items: 'either',
    'items/rationale': 'nothing',
    conditions: 'either',
    assessor: 'either',
    approver: 'either',
    assessedOn: 'either',
    judged: 'either',
    valid: 'more',
  },
  authority: {
    name: 'nothing',
    speaksFor: 'more',
    proposers: 'more',
    approvers: 'more',
    people: 'more',
    'people/keys': 'more',
    holders: 'more',
    succession: 'more',
    valid: 'more',
  },
  'criteria-set': {
    authority: 'either',
    name: 'nothing',
    criteria: 'either',
    passAt: 'less',
    valid: 'either',
  },
  designation: {
    authority: 'either',
    instrument: 'either',
    subject: 'either',
    class: 'either',
    effect: 'either',
    reach: 'either',
    scope: 'either',
    note: 'nothing',
    valid: 'less',
  },
  equivalence: {
    authority: 'either',
    from: 'either',
    to: 'either',
    agreement: 'either',
    valid: 'more',
  },
  exemption: { authority: 'either', hold: 'either', owner: 'either', valid: 'more' },
  hold: { authority: 'either', scope: 'either', cause: 'nothing', reason: 'nothing', valid: 'less' },
  mandate: {
    authority: 'either',
    owner: 'either',
    from: 'more',
    'from/level': 'less',
    basis: 'either',
    standards: 'less',
    accreditors: 'more',
    assurances: 'more',
    acceptUnverified: 'more',
    acceptSecondary: 'more',
    acceptIncomplete: 'more',
    acceptUnbound: 'more',
    valid: 'either',
  },
  network: {
    name: 'nothing',
    synthetic: 'either',
    operator: 'either',
    hostedOn: 'either',
    identifiers: 'either',
    jurisdiction: 'either',
    physicalCountries: 'less',
    remoteAccessCountries: 'less',
    services: 'either',
    connectedBy: 'either',
    providerSets: 'either',
    inventory: 'either',
    'inventory/complete': 'more',
    'inventory/asOf': 'more',
    'inventory/deployments': 'less',
    'inventory/deployments/remoteAccessFrom': 'less',
    'inventory/deployments/removed': 'either',
    valid: 'more',
  },
  protection: {
    name: 'nothing',
    synthetic: 'either',
    authority: 'either',
    scheme: 'either',
    layers: 'either',
    endpointCountries: 'either',
    riskAcceptedBy: 'either',
    valid: 'more',
  },
  route: {
    name: 'nothing',
    synthetic: 'either',
    hops: 'either',
    alternates: 'either',
    assurance: 'either',
    valid: 'more',
  },
  standard: {
    authority: 'either',
    owner: 'either',
    title: 'nothing',
    status: 'either',
    about: 'either',
    announced: 'either',
    complyBy: 'either',
    scope: 'either',
    belowScope: 'either',
    rules: 'less',
    requirements: 'either',
    'requirements/says': 'nothing',
    buildsOn: 'either',
    replaces: 'either',
    endedBy: 'either',
    'endedBy/says': 'nothing',
    valid: 'either',
  },
  vendor: { name: 'nothing', synthetic: 'either', ownedBy: 'less', valid: 'either' },
  waiver: {
    authority: 'either',
    owner: 'either',
    standard: 'either',
    rule: 'either',
    network: 'either',
    reason: 'nothing',
    valid: 'more',
  },
};

/**
 * How a member bears.
 *
 * @param path the member from the top, entries of lists without their names: `carries/level`
 */
export function bearingOf(kind: FactKind, path: string): Bearing {
  const ofKind: Readonly<Record<string, Bearing>> = BEARINGS[kind];
  if (Object.hasOwn(ofKind, path)) return ofKind[path] ?? 'either';
  const [top = ''] = path.split('/', 1);
  return Object.hasOwn(ofKind, top) && ofKind[top] === 'nothing' ? 'nothing' : 'either';
}
