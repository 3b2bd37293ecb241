/** Ways to break one thing. Some break nothing that the question depends on: a case may still permit. */
import { kindOf, member } from '../../functions/core/facts/fact.ts';
import type { RawFact } from '../../functions/core/facts/view.ts';
import type { Label } from '../../functions/core/marking/label.ts';
import * as make from '../core/decision/facts.ts';
import { type Case, stored } from './case.ts';
import { deletions, wrongTypes } from './fields.ts';
import type { Choices } from './random.ts';
import { SET } from './standards.ts';

type Whole = Omit<Case, 'broke'>;
type Break = (c: Whole, pick: Choices) => Whole;

const adding =
  (...facts: readonly object[]): Break =>
  (c) => ({ ...c, facts: [...c.facts, ...stored(facts)] });

const asking =
  (change: (c: Whole, pick: Choices) => Partial<Whole['question']>): Break =>
  (c, pick) => ({ ...c, question: { ...c.question, ...change(c, pick) } });

const relabelled = (change: (l: Label, pick: Choices) => Partial<Label>): Break =>
  asking(({ question: { label } }, pick) => ({ label: { ...label, ...change(label, pick) } }));

function some(c: Whole, kind: string, pick: Choices): number {
  const places = c.facts.flatMap((f, i) => (kind === '' || kindOf(f) === kind ? [i] : []));
  return places.length === 0 ? -1 : pick.oneOf(places);
}

const without =
  (kind: string): Break =>
  (c, pick) => {
    const at = some(c, kind, pick);
    return { ...c, facts: c.facts.filter((_, i) => i !== at) };
  };

const changing =
  (kind: string, change: (f: RawFact, pick: Choices) => object): Break =>
  (c, pick) => {
    const at = some(c, kind, pick);
    return {
      ...c,
      facts: c.facts.flatMap((f, i) => (i === at ? stored([{ ...f, ...change(f, pick) }]) : [f])),
    };
  };

const inventory = (change: (d: RawFact, pick: Choices) => object) =>
  changing('network', (f, pick) => {
    const was = member(f, 'inventory') as { deployments: readonly RawFact[] };
    const at = pick.below(was.deployments.length);
    return {
      inventory: {
        ...was,
        deployments: was.deployments.map((d, i) => (i === at ? { ...d, ...change(d, pick) } : d)),
      },
    };
  });

const PAST = { from: '2019-01-01', to: '2024-06-14', zone: 'UTC' };
const LATER = { from: '2024-06-16', to: '2030-12-31', zone: 'UTC' };

/** One network over its cap, and waivers: of that one or another, of every owner or not. */
function waivedIn(c: Whole, pick: Choices): Whole {
  const id = pick.oneOf(['net-a', 'net-b']);
  const over = [make.deployment('gNB-DU', 'maker-b', { shares: { sites: 5000, traffic: 1 } })];
  const facts = c.facts.map((f) =>
    kindOf(f) === 'network' && member(f, 'id') === id
      ? { ...f, hostedOn: null, inventory: { ...(member(f, 'inventory') as object), deployments: over } }
      : f,
  );
  const network = pick.chance(0.7) ? id : 'net-c';
  const waivers = [
    make.waiver({ id: 'gb-waiver', network }),
    make.waiver({ id: 'us-waiver', network, owner: 'USA', authority: 'us-office' }),
  ];
  const standards = ['CAPPED'];
  const about = { hops: [id], standards, route: undefined };
  const { route: _route, ...question } = { ...c.question, ...about };
  return { facts: stored([...facts, ...(pick.chance(0.8) ? waivers : waivers.slice(0, 1))]), question };
}

const REPLACED = ['TRUSTED', 'CAPPED', 'PLACED', 'DATED', 'BUILT', 'NEWER', 'NARROW'] as const;

function passing(pick: Choices) {
  const accept = pick.oneOf([['pinned' as const], ['assumed' as const]]);
  const path = { rule: 'path-assurance' as const, id: 'path', cites: ['text'], accept };
  return { rules: [path], owner: pick.oneOf(['USA', 'GBR']) };
}

/** A standard that takes the place of another, or may, or does not for one reason. */
function successor(pick: Choices) {
  return make.standard({
    ...passing(pick),
    id: 'LATER',
    replaces: [pick.oneOf(REPLACED), pick.oneOf(REPLACED)].filter((x, i, all) => all.indexOf(x) === i),
    ...pick.oneOf([
      {},
      {},
      {},
      { status: 'proposed' as const },
      { valid: PAST },
      { valid: LATER },
      { about: 'procurement-ban' as const },
      { requirements: undefined },
      { buildsOn: [{ standard: 'ENDED', rules: null }] },
      { buildsOn: [{ standard: 'NONE', rules: null }] },
      { sources: [{ ...make.UNREAD, key: 'text' }] },
      { scope: { ...make.TRUSTED.scope, providers: { sets: [SET], others: 'satisfied' as const } } },
      { scope: { ...make.TRUSTED.scope, providers: { sets: [SET], others: 'not-applicable' as const } } },
      { scope: { ...make.TRUSTED.scope, levels: [{ frame: 'UK', level: 'SECRET' }] } },
    ]),
  });
}

export const BREAKS: Readonly<Record<string, Break>> = {
  'any fact missing': without(''),
  'an accreditation missing': without('accreditation'),
  'an assessment missing': without('assessment'),
  'a mandate missing': without('mandate'),
  'a standard missing': without('standard'),
  'an authority missing': without('authority'),
  'a vendor missing': without('vendor'),
  'a network missing': without('network'),
  'any fact over': changing('', () => ({ valid: PAST })),
  'any fact not begun': changing('', () => ({ valid: LATER })),
  'any source unverified': changing('', (f) =>
    kindOf(f) === 'standard' ? { sources: [{ ...make.UNREAD, key: 'text' }] } : { sources: [make.UNREAD] },
  ),
  'a network unverified': changing('network', () => ({ sources: [make.UNREAD] })),
  'any field missing': (c, pick) => {
    const at = some(c, '', pick);
    return { ...c, facts: c.facts.map((f, i) => (i === at ? pick.oneOf([...deletions(f)]).fact : f)) };
  },
  'any field of another type': (c, pick) => {
    const at = some(c, '', pick);
    return { ...c, facts: c.facts.map((f, i) => (i === at ? pick.oneOf([...wrongTypes(f)]).fact : f)) };
  },
  'a hold on everything': adding(make.hold({ id: 'h' })),
  'a hold on an owner': (c, pick) =>
    adding(make.hold({ id: 'h', scope: { owner: pick.oneOf(['USA', 'GBR']) } }))(c, pick),
  'a hold on a network': (c, pick) =>
    adding(make.hold({ id: 'h', scope: { network: pick.oneOf(['net-a', 'net-b', 'net-d']) } }))(c, pick),
  'a vendor excluded': (c, pick) =>
    adding(
      make.designation({
        id: 'd',
        class: 'excluded',
        subject: { vendor: pick.oneOf(['maker-a', 'maker-c', 'operator']) },
      }),
    )(c, pick),
  'a vendor capped': (c, pick) =>
    adding(make.designation({ id: 'd', subject: { vendor: pick.oneOf(['maker-a', 'maker-c']) } }))(c, pick),
  'a category designated': (c, pick) =>
    adding(
      make.designation({
        id: 'd',
        class: pick.oneOf(['capped', 'excluded']),
        subject: { category: 'radios' },
        sources: pick.oneOf([[make.READ], [make.UNREAD]]),
        instrument: pick.oneOf(['RISKY', 'RISKY', 'OTHER-LIST']),
      }),
    )(c, pick),
  'a vendor judged': (c, pick) =>
    adding(
      make.assessment({
        id: 'j',
        outcome: 'not-trusted',
        valid: make.FOREVER,
        subject: { vendor: pick.oneOf(['maker-a', 'maker-b']) },
      }),
    )(c, pick),
  'a network judged': adding(make.assessment({ id: 'j', outcome: 'not-trusted', valid: make.FOREVER })),
  'another owner of a vendor': changing('vendor', (_, pick) => ({
    ownedBy: [
      {
        owner: pick.oneOf(['maker-b', 'maker-x', 'nobody']),
        share: pick.oneOf([100, 2500, 5000]),
        valid: pick.oneOf([make.FOREVER, PAST]),
      },
    ],
  })),
  'another mandate': (c, pick) =>
    adding(
      make.mandate({
        id: 'm',
        standards: [pick.oneOf(['CAPPED', 'PURCHASES', 'NONE', 'TRUSTED'])],
        accreditors: [pick.oneOf(['us-office', 'gb-office'])],
      }),
    )(c, pick),
  'an accreditation lowered': changing('accreditation', (f, pick) => ({
    carries: (member(f, 'carries') as RawFact[]).map((x) => ({
      ...x,
      ...pick.oneOf([
        { level: 'CONFIDENTIAL' },
        { compartments: [] },
        { controls: [] },
        { frame: 'NATO', level: 'NATO SECRET' },
      ]),
    })),
  })),
  'an audience changed': changing('accreditation', (f, pick) => ({
    audience: pick.oneOf([['FRA'], ['USA'], [...(member(f, 'audience') as string[]), 'CHN']]),
  })),
  'a network reached from elsewhere': changing('network', (_, pick) =>
    pick.oneOf([
      { jurisdiction: 'FRA' },
      { physicalCountries: ['FRA'] },
      { remoteAccessCountries: ['USA', 'CHN'] },
    ]),
  ),
  'a deployment changed': inventory((_, pick) =>
    pick.oneOf([
      { vendor: 'maker-x' },
      { vendor: 'maker-unknown' },
      { vendor: 'maker-b' },
      { removed: null },
      { siteClass: 'unknown' },
      { siteClass: 'sensitive' },
      { shares: { sites: 3501, traffic: 1 } },
      { shares: { traffic: 1 } },
      { installed: null },
      { installed: '2024-06-16' },
      { remoteAccessFrom: ['CHN'] },
    ]),
  ),
  'every site sensitive': (c) => ({
    ...c,
    facts: stored(
      c.facts.map((f) => {
        const was = member(f, 'inventory') as { deployments: readonly RawFact[] } | undefined;
        if (was === undefined) return f;
        return {
          ...f,
          inventory: { ...was, deployments: was.deployments.map((d) => ({ ...d, siteClass: 'sensitive' })) },
        };
      }),
    ),
  }),
  'every operator owned': (c) => ({
    ...c,
    facts: stored(
      c.facts.map((f) =>
        String(member(f, 'id')).startsWith('operator')
          ? { ...f, ownedBy: [{ owner: 'maker-b', share: 2500, valid: make.FOREVER }] }
          : f,
      ),
    ),
  }),
  'a standard lacks something': changing('standard', () => ({
    requirements: [{ paragraph: '1', says: 'More.', missing: 'nobody read it' }],
  })),
  'a standard lists nothing': changing('standard', () => ({ requirements: undefined })),
  'a mandate accepts less': changing('mandate', (_, pick) =>
    pick.oneOf([undefined, [], ['LICENCE'], ['NARROW']].map((acceptIncomplete) => ({ acceptIncomplete }))),
  ),
  'a mandate asks for a grade': changing('mandate', (_, pick) =>
    pick.oneOf([{ acceptUnverified: false }, { acceptUnverified: false, acceptSecondary: false }]),
  ),
  'any source read in a report': changing('', (f) => {
    const was = member(f, 'sources') as readonly object[];
    return { sources: was.map((s) => ({ ...s, verified: true, primary: undefined })) };
  }),
  'another foundation': changing('standard', (_, pick) => ({
    buildsOn: [
      pick.oneOf([
        { standard: 'TRUSTED', rules: null },
        { standard: 'NARROW', rules: ['held'] },
        { standard: 'ENDED', rules: null },
        { standard: 'CAPPED', rules: ['cap'] },
        { standard: 'CAPPED', rules: ['cap', 'no-rule'] },
        { standard: 'BUILT', rules: ['cap', 'recent'] },
        { standard: 'NONE', rules: null },
      ]),
    ],
  })),
  'a successor': (c, pick) => adding(successor(pick))(c, pick),
  'a successor nobody can read': (c, pick) =>
    adding({
      ...successor(pick),
      rules: 'none',
      ...pick.oneOf([{}, { owner: 'usa' }, { owner: undefined }, { replaces: 'TRUSTED' }, { replaces: [7] }]),
    })(c, pick),
  'a successor of a successor': (c, pick) =>
    adding(
      { ...successor(pick), replaces: ['LATER-2'] },
      make.standard({ ...passing(pick), id: 'LATER-2', replaces: [pick.oneOf(REPLACED)] }),
    )(c, pick),
  'a successor of more': changing('standard', (_, pick) => ({
    replaces: [...pick.some(REPLACED, 0.5), 'CAPPED'],
  })),
  'whom networks belong to': changing('network', (_, pick) => ({
    providerSets: pick.oneOf([[], [SET], ['who-knows'], [SET, 'who-knows']]),
  })),
  'products designated': (c, pick) =>
    adding(
      make.designation({
        id: 'd',
        class: pick.oneOf(['capped', 'excluded']),
        subject: { category: pick.oneOf(['consumer-router', 'consumer-router', 'drone', 'radios']) },
        scope: pick.oneOf([
          {},
          { producedOutside: ['USA'] },
          { producedOutside: ['USA', 'GBR'] },
          { services: ['section-214'] },
        ]),
      }),
    )(c, pick),
  'what a vendor makes elsewhere designated': (c, pick) =>
    adding(
      make.designation({
        id: 'd',
        class: pick.oneOf(['capped', 'excluded']),
        subject: { vendor: pick.oneOf(['maker-a', 'maker-c']) },
        scope: { producedOutside: pick.oneOf([['USA'], ['USA', 'GBR']]) },
      }),
    )(c, pick),
  'a product designated, and there': (c, pick) =>
    adding(make.designation({ id: 'd', subject: { category: 'consumer-router' } }))(
      inventory((_, of) => ({
        function: 'ONT',
        segment: 'cpe',
        ...of.oneOf([
          { product: 'consumer-router' },
          { product: 'consumer-router' },
          { product: 'network-equipment' },
          { product: 'power-inverter' },
          { product: 'who-knows' },
        ]),
        ...of.oneOf([
          { shares: { sites: 100, traffic: 100 } },
          { shares: { sites: 3600, traffic: 1 } },
          { shares: { traffic: 1 } },
        ]),
      }))(c, pick),
      pick,
    ),
  'after a deadline': asking(() => ({ at: make.AT + 120 * 86_400_000 })),
  'an inventory incomplete': changing('network', (f) => ({
    inventory: { ...(member(f, 'inventory') as object), complete: false },
  })),
  'an inventory old': changing('network', (f) => ({
    inventory: { ...(member(f, 'inventory') as object), asOf: '2023-06-01' },
  })),
  'a network hosted': changing('network', (_, pick) => ({
    hostedOn: pick.oneOf(['net-a', 'net-b', 'net-d', 'net-z']),
  })),
  'a waiver needed': (c, pick) => waivedIn(c, pick),
  'a waiver perhaps': (c, pick) =>
    pick.oneOf([adding(make.waiver({ id: 'w' })), adding()])(
      changing('network', (f) => ({
        inventory: {
          ...(member(f, 'inventory') as object),
          deployments: [make.deployment('gNB-DU', 'maker-b', { shares: { sites: 5000, traffic: 1 } })],
        },
      }))(c, pick),
      pick,
    ),
  'a tunnel with one maker': changing('protection', (f) => ({
    layers: (member(f, 'layers') as RawFact[]).map((l) => ({ ...l, vendor: 'maker-a' })),
  })),
  'a longer path': asking(({ question: { hops, route } }, pick) =>
    route === undefined
      ? { hops: [...(hops ?? []), pick.oneOf(['net-a', 'net-d', 'net-z'])] }
      : { route: 'b-to-a' },
  ),
  'a path less well known': asking((_, pick) => ({ assurance: pick.oneOf(['observed', 'assumed']) })),
  'no obligation supported': asking(() => ({ supports: [] })),
  'a protection nobody registered': asking(() => ({ protection: 'tunnel-2' })),
  'a standard asked for': asking((_, pick) => ({
    standards: [pick.oneOf(['TRUSTED', 'NONE', 'SEALED', 'DATED'])],
  })),
  'another time': asking((_, pick) => ({
    at: make.AT + pick.oneOf([-2000, -400, 100, 200, 2500, 3000]) * 86_400_000,
  })),
  'a higher level': relabelled(() => ({ level: 'TOP SECRET' })),
  'a lower level': relabelled((l) => ({ level: l.frame === 'US' ? 'UNCLASSIFIED' : 'OFFICIAL' })),
  'one more compartment': relabelled((l, pick) => ({
    compartments: [...new Set([...l.compartments, pick.oneOf(['SI', 'HCS'])])].sort(),
  })),
  'one more control': relabelled((l, pick) => ({
    controls: [...new Set([...l.controls, pick.oneOf(['ORCON', 'PROPIN'])])].sort(),
  })),
  'a narrower audience': relabelled((_, pick) => ({ audience: pick.oneOf([['USA'], [], ['GBR']]) })),
  'one more owner': relabelled((l, pick) => ({
    owners: [...new Set([...l.owners, pick.oneOf(['GBR', 'FRA'])])].sort(),
  })),
};
