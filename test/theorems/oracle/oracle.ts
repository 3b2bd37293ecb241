/**
 * A second opinion on decisions, written from the design and not from the code: slow, flat, one question after the
 * other over the plain list of facts. It shares nothing with the core but how one fact is read (`readFact`). It
 * answers only whether a message may go.
 *
 * Days in the facts it is asked about are days in UTC.
 */
import { createHash } from 'node:crypto';
import {
  type Fact,
  type FactOf,
  type Reading,
  readFact as readAgain,
} from '../../../functions/core/facts/fact.ts';
import { NETWORK_FUNCTIONS } from '../../../functions/core/facts/taxonomy.ts';
import type { RawFact } from '../../../functions/core/facts/view.ts';
import type { Label } from '../../../functions/core/marking/label.ts';
import type { Question } from '../../core/decision/ask.ts';
import { AT } from '../../core/decision/facts.ts';

type Dated = { readonly valid: { readonly from: string; readonly to: string | null } };
type Network = FactOf<'network'>;
type Deployment = Network['inventory']['deployments'][number];
type Rule = FactOf<'standard'>['rules'][number];

const DAY = 86_400_000;
const LADDERS: Readonly<Record<string, readonly string[]>> = {
  US: ['UNCLASSIFIED', 'RESTRICTED', 'CONFIDENTIAL', 'SECRET', 'TOP SECRET'],
  UK: ['OFFICIAL', 'SECRET', 'TOP SECRET'],
  NATO: ['NATO UNCLASSIFIED', 'NATO RESTRICTED', 'NATO CONFIDENTIAL', 'NATO SECRET', 'COSMIC TOP SECRET'],
};
const NATION: Readonly<Record<string, string>> = { US: 'USA', UK: 'GBR', NATO: 'NATO' };
const DUTIES = ['use-tunnel', 'no-plaintext-fallback', 'hide-label', 're-evaluate-by'];

const readings = new WeakMap<RawFact, Reading>();

function readFact(raw: RawFact): Reading {
  const reading = readings.get(raw) ?? readAgain(raw);
  readings.set(raw, reading);
  return reading;
}

function begins(moment: string): number {
  return Date.parse(moment.length === 10 ? `${moment}T00:00:00Z` : moment);
}

function ends(moment: string | null): number {
  if (moment === null) return Number.POSITIVE_INFINITY;
  return moment.length === 10 ? begins(moment) + DAY : begins(moment);
}

/** Negative where the level is lower; not a number where the two cannot be compared. */
function compare(frame: string, level: string, other: string): number {
  const ladder = LADDERS[frame] ?? [];
  if (!ladder.includes(level) || !ladder.includes(other)) return Number.NaN;
  return ladder.indexOf(level) - ladder.indexOf(other);
}

function subsetOf(part: readonly string[], whole: readonly string[]): boolean {
  for (const x of part) if (!whole.includes(x)) return false;
  return true;
}

/** What an unreadable fact still says, as text. */
function said(raw: RawFact, ...names: readonly string[]): string | undefined {
  let value: unknown = raw;
  for (const name of names)
    value =
      typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined;
  return typeof value === 'string' ? value : undefined;
}

const ID = /^[a-z0-9]([a-z0-9._-]{0,62}[a-z0-9])?$/;

class World {
  readonly sound: Fact[] = [];
  readonly unreadable: RawFact[] = [];
  readonly at: number;
  contradictory = false;

  constructor(facts: readonly RawFact[], at: number) {
    this.at = at;
    const names = new Map<string, number>();
    const nameOf = (raw: RawFact) => `${said(raw, 'kind')}/${said(raw, 'id')}`;
    for (const raw of facts) names.set(nameOf(raw), (names.get(nameOf(raw)) ?? 0) + 1);
    for (const raw of facts) {
      const reading = readFact(raw);
      const twice =
        (names.get(nameOf(raw)) ?? 0) > 1 && said(raw, 'kind') !== undefined && said(raw, 'id') !== undefined;
      // Of two facts of one name neither is believed; only of the law that is asked for by name is the rest still good.
      if (twice && !['mandate', 'standard'].includes(said(raw, 'kind') ?? '')) this.contradictory = true;
      if (reading.sound && !twice) this.sound.push(reading.fact);
      else this.unreadable.push(raw);
    }
  }

  all<K extends Fact['kind']>(kind: K): FactOf<K>[] {
    return this.sound.filter((f): f is FactOf<K> => f.kind === kind);
  }

  holds(f: Dated): boolean {
    return begins(f.valid.from) <= this.at && this.at < ends(f.valid.to);
  }

  now<K extends Fact['kind']>(kind: K): FactOf<K>[] {
    return this.all(kind).filter((f) => this.holds(f));
  }

  inService(n: Network): Deployment[] {
    return n.inventory.deployments.filter(
      (d) =>
        !(d.installed !== null && begins(d.installed) > this.at) &&
        !(d.removed !== null && begins(d.removed) <= this.at),
    );
  }

  /** Everybody above an organisation, itself included. */
  family(id: string): Set<string> {
    const found = new Set([id]);
    for (let before = 0; before !== found.size; ) {
      before = found.size;
      for (const v of this.all('vendor'))
        if (found.has(v.id)) for (const link of v.ownedBy) found.add(link.owner);
    }
    return found;
  }

  /** Everybody who owns part of an organisation at that instant, at any remove, itself included. */
  owners(id: string): Set<string> {
    const found = new Set([id]);
    for (let before = 0; before !== found.size; ) {
      before = found.size;
      for (const v of this.all('vendor'))
        if (found.has(v.id)) for (const l of v.ownedBy) if (this.holds(l)) found.add(l.owner);
    }
    return found;
  }

  /** Organisations that named ones own far enough, link by link. */
  ownedFrom(named: readonly string[], share: number, aggregate: boolean): Set<string> {
    const found = new Set(named);
    for (let before = -1; before !== found.size; ) {
      before = found.size;
      for (const v of this.all('vendor')) {
        const links = v.ownedBy.filter((l) => found.has(l.owner) && this.holds(l)).map((l) => l.share);
        const held = aggregate ? links.reduce((a, b) => a + b, 0) : Math.max(0, ...links);
        if (held > 0 && held >= share) found.add(v.id);
      }
    }
    return found;
  }
}

type Adoption = Extract<Rule, { rule: 'sensitive-site' }>['adopt'][number];

function adopted(w: World, adopt: readonly Adoption[]) {
  return adopt.flatMap((a) =>
    w
      .now('designation')
      .filter((d) => d.instrument === a.instrument && d.authority === a.authority)
      .filter((d) => a.classes.includes(d.class) && d.effect !== 'proposed')
      .map((designation) => ({ a, designation })),
  );
}

type Surely = 'yes' | 'maybe' | 'no';
type Device = Pick<Deployment, 'function' | 'vendor' | 'product' | 'producedIn'>;

/** What equipment may be sold as, and the functions a thing sold so may do in a network. */
const PRODUCTS: Readonly<Record<string, readonly string[]>> = {
  // Whatever does a function of a network is equipment of networks.
  'network-equipment': NETWORK_FUNCTIONS,
  'consumer-router': ['CPE', 'ONT'],
  drone: [],
  'drone-component': [],
  'power-inverter': [],
  'advanced-robot': [],
};

/** Whether equipment is of a category of products, by what it is sold as; where that is not said, by what it does. */
function isSoldAs(d: Device, category: string): Surely {
  const known = Object.hasOwn(PRODUCTS, category);
  if (d.product === category) return 'yes';
  if (d.product !== undefined) return known && Object.hasOwn(PRODUCTS, d.product) ? 'no' : 'maybe';
  return known && !(PRODUCTS[category] ?? []).includes(d.function) ? 'no' : 'maybe';
}

/** Whether any of it was produced in another country than these. */
function isFromElsewhere(d: Device, home: readonly string[] | undefined): Surely {
  if (home === undefined) return 'yes';
  if (d.producedIn === undefined || d.producedIn.length === 0) return 'maybe';
  return subsetOf(d.producedIn, home) ? 'no' : 'yes';
}

function both(a: Surely, b: Surely): Surely {
  if (a === 'no' || b === 'no') return 'no';
  return a === 'yes' && b === 'yes' ? 'yes' : 'maybe';
}

/** Whether equipment is under an adopted designation: by its maker, or by what it is. */
function listed(w: World, adopt: readonly Adoption[], d: Device): Surely[] {
  return adopt.flatMap((a) =>
    adopted(w, [a]).map(({ designation }): Surely => {
      if (designation.scope.services !== undefined) return 'no';
      const { subject, scope } = designation;
      const meant =
        'category' in subject
          ? isSoldAs(d, subject.category)
          : designated(w, [a], d.vendor, designation.id)
            ? 'yes'
            : 'no';
      return both(meant, isFromElsewhere(d, scope.producedOutside));
    }),
  );
}

function mayBeListed(w: World, adopt: readonly Adoption[], d: Device): boolean {
  return listed(w, adopt, d).some((x) => x !== 'no');
}

/** Whether somebody who runs a network may be of an adopted category: of products nobody is. */
function mayBeOperatorOf(w: World, adopt: readonly Adoption[]): boolean {
  return adopted(w, adopt).some(
    ({ designation: { subject } }) => 'category' in subject && !Object.hasOwn(PRODUCTS, subject.category),
  );
}

/** Whether a vendor is named by one adopted designation, or owned far enough by somebody who is. */
function designated(w: World, adopt: readonly Adoption[], vendor: string, id: string): boolean {
  return adopted(w, adopt).some(({ a, designation: d }) => {
    if (d.id !== id || !('vendor' in d.subject)) return false;
    if (d.subject.vendor === vendor) return true;
    const named = d.subject.vendor;
    return a.affiliates.some((window) => {
      if (!w.holds(window) || !(window.entries === 'every' || d.reach === 'affiliates')) return false;
      const carrying = adopted(w, [a])
        .filter((x) => window.entries === 'every' || x.designation.reach === 'affiliates')
        .flatMap((x) => ('vendor' in x.designation.subject ? [x.designation.subject.vendor] : []))
        .filter((v) => v !== vendor && w.family(vendor).has(v));
      const reached = w.ownedFrom(carrying, window.share, window.counting === 'aggregate');
      return carrying.includes(named) && reached.has(vendor);
    });
  });
}

function inSegments(rule: { where: { segments?: readonly string[] | undefined } }, d: Deployment): boolean {
  return rule.where.segments === undefined || rule.where.segments.includes(d.segment);
}

interface Asked {
  readonly w: World;
  readonly n: Network;
  readonly assurance: string;
  readonly tunnel: FactOf<'protection'> | undefined;
}

function trusted(
  { w }: Pick<Asked, 'w'>,
  rule: Extract<Rule, { rule: 'assessed' }>,
  subject: { vendor?: string; network?: string },
): boolean {
  const about = w
    .now('assessment')
    .filter((a) => JSON.stringify(a.subject) === JSON.stringify(subject))
    .filter((a) => a.criteriaSet === rule.criteriaSet && rule.authorities.includes(a.authority));
  if (about.some((a) => a.outcome === 'not-trusted')) return false;
  return about.some((a) => a.outcome === 'trusted');
}

function withinCap({ w, n }: Asked, rule: Extract<Rule, { rule: 'share-cap' }>): boolean {
  const within = w.inService(n).filter((d) => inSegments(rule, d));
  if (within.some((d) => listed(w, rule.adopt, d).includes('maybe'))) return false;
  const capped = within.filter((d) => listed(w, rule.adopt, d).includes('yes'));
  for (const segment of new Set(capped.map((d) => d.segment))) {
    const here = capped.filter((d) => d.segment === segment);
    for (const basis of rule.bases) {
      if (here.some((d) => d.shares?.[basis] === undefined)) return false;
      let total = 0;
      for (const vendor of new Set(here.map((d) => d.vendor))) {
        const sums = new Map<string, number>();
        for (const d of here.filter((x) => x.vendor === vendor))
          sums.set(d.function, (sums.get(d.function) ?? 0) + (d.shares?.[basis] ?? 0));
        total += Math.max(...sums.values());
      }
      if (total > rule.max) return false;
    }
  }
  return true;
}

/** Whether one rule lets one network pass. A rule the oracle has not learnt is an error, never a pass. */
function passes(asked: Asked, rule: Rule): boolean {
  const { w, n, assurance, tunnel } = asked;
  const running = w.inService(n);
  switch (rule.rule) {
    case 'inventory-complete':
      if (!n.inventory.complete || (running.length === 0 && n.hostedOn === null)) return false;
      if (rule.maxAgeDays === null) return true;
      return (
        begins(n.inventory.asOf) <= w.at && w.at < begins(n.inventory.asOf) + (rule.maxAgeDays + 1) * DAY
      );
    case 'assessed':
      if (rule.results !== 'stated') throw new Error('not learnt');
      if (rule.subjects.includes('network') && !trusted(asked, rule, { network: n.id })) return false;
      return (
        !rule.subjects.includes('vendors') || running.every((d) => trusted(asked, rule, { vendor: d.vendor }))
      );
    case 'path-assurance':
      return (rule.accept as readonly string[]).includes(assurance);
    case 'adopted-designation-absent':
      return !running.some((d) => inSegments(rule, d) && mayBeListed(w, rule.adopt, d));
    case 'sensitive-site':
      return !running.some(
        (d) =>
          (d.siteClass === 'unknown' || (rule.siteClasses as readonly string[]).includes(d.siteClass)) &&
          mayBeListed(w, rule.adopt, d),
      );
    case 'share-cap':
      return withinCap(asked, rule);
    case 'removal-deadline':
      if (w.at < ends(rule.by)) return true;
      return !running.some((d) => inSegments(rule, d) && mayBeListed(w, rule.adopt, d));
    case 'jurisdiction': {
      const within = (list: readonly string[] | null, found: readonly string[]) =>
        list === null || subsetOf(found, list);
      const remote = [...n.remoteAccessCountries, ...running.flatMap((d) => d.remoteAccessFrom)];
      return (
        within(rule.legal, [n.jurisdiction]) &&
        within(rule.physical, n.physicalCountries) &&
        within(rule.remoteAccess, remote)
      );
    }
    case 'operator-ownership': {
      if (mayBeOperatorOf(w, rule.adopt)) return false;
      const named = adopted(w, rule.adopt)
        .flatMap((x) => ('vendor' in x.designation.subject ? [x.designation.subject.vendor] : []))
        .filter((v) => v !== n.operator && w.family(n.operator).has(v));
      return !w.ownedFrom(named, rule.share, rule.counting === 'aggregate').has(n.operator);
    }
    case 'protection-required': {
      const terms = rule.accept.find((a) => a.scheme === tunnel?.scheme);
      if (tunnel === undefined || terms === undefined || tunnel.layers.length < terms.leastLayers)
        return false;
      return terms.independentIn.every((r) => {
        const values = tunnel.layers.map((l) => l[r]);
        return values.every((a, i) =>
          values.slice(i + 1).every((b) => (r === 'vendor' ? apart(w.owners(a), w.owners(b)) : a !== b)),
        );
      });
    }
    default:
      throw new Error(`the oracle has not learnt ${rule.rule}`);
  }
}

function apart(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  for (const x of a) if (b.has(x)) return false;
  return true;
}

/** Whether one rule lets the makers of a tunnel pass: each layer carries everything, in the segment of security. */
function layersPass({ w, tunnel }: Pick<Asked, 'w' | 'tunnel'>, rule: Rule): boolean {
  if (tunnel === undefined) return true;
  const makers = tunnel.layers.map(({ vendor }): Device => ({ vendor, function: 'TUNNEL-ENCRYPTOR' }));
  const meant = (where: { segments?: readonly string[] | undefined }) =>
    where.segments === undefined || where.segments.includes('security');
  switch (rule.rule) {
    case 'assessed':
      if (!rule.subjects.includes('vendors') && !rule.subjects.includes('layers')) return true;
      return makers.every(({ vendor }) => trusted({ w }, rule, { vendor }));
    case 'removal-deadline':
      if (w.at < ends(rule.by)) return true;
      return !makers.some((m) => meant(rule.where) && mayBeListed(w, rule.adopt, m));
    case 'adopted-designation-absent':
      return !makers.some((m) => meant(rule.where) && mayBeListed(w, rule.adopt, m));
    case 'sensitive-site':
      return !makers.some((m) => mayBeListed(w, rule.adopt, m));
    case 'share-cap':
      if (meant(rule.where) && makers.some((m) => listed(w, rule.adopt, m).includes('maybe'))) return false;
      return rule.max >= 10_000 || !makers.some((m) => meant(rule.where) && mayBeListed(w, rule.adopt, m));
    case 'jurisdiction':
      return [rule.legal, rule.physical, meant(rule.where) ? rule.remoteAccess : null].every(
        (list) => list === null || subsetOf(tunnel.endpointCountries, list),
      );
    case 'inventory-complete':
    case 'path-assurance':
    case 'operator-ownership':
    case 'protection-required':
      return true;
    default:
      throw new Error(`the oracle has not learnt ${rule.rule}`);
  }
}

const WAIVABLE = ['share-cap', 'inventory-complete'];

type Verdict = 'yes' | 'no' | 'silent';
type Standard = FactOf<'standard'>;

interface Terms extends Omit<Asked, 'n'> {
  readonly label: Label;
  readonly owners: readonly string[];
  readonly networks: readonly Network[];
}

/** Its rules and those it builds on, each with who states it; `undefined` among them where one is not there. */
function allRules(w: World, s: Standard, above: readonly string[] = []) {
  const rules: ([rule: Rule, statedIn: string] | undefined)[] = s.rules.map((r) => [r, s.id]);
  const asked = [s];
  for (const { standard, rules: named } of s.buildsOn ?? []) {
    const base = w.all('standard').find((x) => x.id === standard);
    if (base === undefined || [...above, s.id].includes(standard)) {
      rules.push(undefined);
      continue;
    }
    const below = allRules(w, base, [...above, s.id]);
    asked.push(...below.asked);
    for (const r of below.rules)
      if (r === undefined || named === null || named.includes(r[0].id)) rules.push(r);
    for (const id of named ?? []) if (!below.rules.some((r) => r?.[0].id === id)) rules.push(undefined);
  }
  return { rules, asked };
}

const PROVIDER_SETS = ['uk-dvd-2022-10', 'de-5g-2024-07'];

/** Whether a standard binds a network, by the sets of providers that one is in. */
function binds({ scope: { providers } }: Standard, n: Network): Surely {
  if (providers === null || n.providerSets.some((x) => providers.sets.includes(x))) return 'yes';
  const known = [...n.providerSets, ...providers.sets].every((x) => PROVIDER_SETS.includes(x));
  return known || n.providerSets.length === 0 ? 'no' : 'maybe';
}

const isLaw = (w: World, s: Standard) => w.holds(s) && s.status !== 'proposed';

/** What one standard says by itself, and whose rules it asked of anybody. */
function oneSays(s: Standard, t: Terms): { readonly verdict: Verdict; readonly asked: readonly Standard[] } {
  const { w, label, owners, networks } = t;
  const unasked = (verdict: Verdict) => ({ verdict, asked: [] });
  if (!isLaw(w, s)) return unasked('silent');
  if (s.scope.flows !== null) throw new Error('the oracle has not learnt flows');
  const starts = s.scope.levels.filter((l) => l.frame === label.frame);
  if (starts.length === 0) return unasked('silent');
  if (!starts.some((l) => compare(label.frame, label.level, l.level) >= 0))
    return unasked(s.belowScope === 'satisfied' ? 'yes' : 'silent');
  const waived = ([rule, statedIn]: [Rule, string], n: Network) =>
    WAIVABLE.includes(rule.rule) &&
    owners.every((owner) =>
      w
        .now('waiver')
        .some(
          (x) =>
            x.owner === owner &&
            x.standard === statedIn &&
            x.rule === rule.id &&
            x.network === n.id &&
            w.now('authority').some((a) => a.id === x.authority && a.speaksFor.includes(owner)),
        ),
    );
  const { rules, asked } = allRules(w, s);
  const bound = networks.filter((n) => binds(s, n) !== 'no');
  if (s.about !== 'carriage') return { verdict: 'silent', asked: bound.length === 0 ? [] : asked };
  const satisfied =
    bound.every((n) => binds(s, n) === 'yes') &&
    (bound.length === 0 || rules.every((r) => r !== undefined && layersPass(t, r[0]))) &&
    bound.every((n) => rules.every((r) => r !== undefined && (passes({ ...t, n }, r[0]) || waived(r, n))));
  const silent = bound.length < networks.length && s.scope.providers?.others === 'not-applicable';
  return { verdict: !satisfied ? 'no' : silent ? 'silent' : 'yes', asked: bound.length === 0 ? [] : asked };
}

/** What came in the place of a standard, link by link, whenever that is in force; one only proposed comes in no place. */
function line(w: World, s: Standard): Standard[] {
  const found = [s];
  for (const older of found)
    for (const x of w.all('standard'))
      if (
        x.owner === s.owner &&
        x.status !== 'proposed' &&
        (x.replaces ?? []).includes(older.id) &&
        !found.some((y) => y.id === x.id)
      )
        found.push(x);
  return found;
}

/** True where one of that owner, or of nobody, cannot be read: it may have come in the place of any. */
function mayBeReplaced(w: World, s: Standard): boolean {
  return w.unreadable.some((raw) => {
    if (said(raw, 'kind') !== 'standard') return false;
    const owner = said(raw, 'owner') ?? '';
    return !/^[A-Z]{2,5}$/.test(owner) || owner === s.owner;
  });
}

/** What nobody listed, what is missing, and what is encoded by a rule that is not asked. */
function lacks(w: World, s: Standard): boolean {
  const asked = allRules(w, s).rules.map((r) => r?.[0].id);
  return (
    s.requirements === undefined ||
    s.requirements.some(
      (r) => 'missing' in r || ('encoded' in r && !(r.encoded ?? []).every((id) => asked.includes(id))),
    )
  );
}

/** What a standard says that somebody names: with what replaced it, of the networks that binds. */
function standardSays(
  id: string,
  t: Terms,
): { readonly verdict: Verdict; readonly asked: readonly Standard[]; readonly lacking: readonly string[] } {
  const s = t.w.all('standard').find((x) => x.id === id);
  if (s === undefined) return { verdict: 'no', asked: [], lacking: [] };
  const own = oneSays(s, t);
  const later = !isLaw(t.w, s)
    ? []
    : line(t.w, s)
        .slice(1)
        .filter((x) => x.about === 'carriage')
        .map((x) => oneSays(x, t));
  const refused = [own, ...later].some((x) => x.verdict === 'no') || (t.w.holds(s) && mayBeReplaced(t.w, s));
  const asked = [own, ...later].flatMap((x) => x.asked);
  return {
    verdict: refused ? 'no' : own.verdict,
    asked: [...asked, ...(t.w.holds(s) ? [s] : [])],
    lacking: asked.filter((x) => lacks(t.w, x)).map((x) => x.id),
  };
}

function dominates(
  w: World,
  label: Label,
  { owner, accreditors }: Pick<FactOf<'mandate'>, 'owner' | 'accreditors'>,
  of: { network?: string; protection?: string },
  reach: readonly string[],
): boolean {
  const frames = [{ frame: label.frame, level: label.level }];
  for (const e of w.now('equivalence')) {
    const spoken = w
      .now('authority')
      .filter((a) => a.id === e.authority && a.speaksFor.includes(NATION[e.from.frame] ?? ''))
      .some((a) => a.speaksFor.includes(owner) || accreditors.includes(a.id));
    if (spoken && e.from.frame === label.frame && e.from.level === label.level) frames.push(e.to);
  }
  return w.now('accreditation').some((a) => {
    if (JSON.stringify(a.subject) !== JSON.stringify(of) || !accreditors.includes(a.authority)) return false;
    if (a.audience.length === 0 || reach.length === 0 || !subsetOf(reach, a.audience)) return false;
    if (label.audience !== null && !subsetOf(a.audience, label.audience)) return false;
    const own = a.carries.some((c) => c.frame === label.frame);
    return (own ? frames.slice(0, 1) : frames).some(({ frame, level }) =>
      a.carries.some(
        (c) =>
          c.frame === frame &&
          compare(frame, level, c.level) <= 0 &&
          subsetOf(label.compartments, c.compartments) &&
          subsetOf(label.controls, c.controls),
      ),
    );
  });
}

/** Whether the law or anything the path touches may hold something adverse that nobody can read. */
function tainted(
  w: World,
  networks: readonly Network[],
  vendors: readonly string[],
  tunnel: string | undefined,
): boolean {
  return w.unreadable.some((raw) => {
    const kind = said(raw, 'kind');
    switch (kind) {
      case 'accreditation':
      case 'authority':
      case 'criteria-set':
      case 'equivalence':
      case 'network':
      case 'protection':
      case 'route':
      case 'waiver':
      case 'mandate':
        return false;
      case 'vendor':
      case 'standard':
        return said(raw, 'id') === undefined;
      case 'assessment':
        if (['trusted', 'conditional'].includes(said(raw, 'outcome') ?? '')) return false;
        break;
      case 'designation':
        break;
      default:
        return true;
    }
    if (said(raw, 'id') === undefined) return true;
    const named = (['vendor', 'network', 'protection', 'category'] as const).filter(
      (k) => said(raw, 'subject', k) !== undefined,
    );
    const [only] = named;
    if (only === undefined || named.length !== 1 || !ID.test(said(raw, 'subject', only) ?? '')) return true;
    const id = said(raw, 'subject', only) ?? '';
    if (only === 'vendor')
      return vendors.some((v) => (kind === 'designation' ? w.family(v).has(id) : v === id));
    if (only === 'network') return networks.some((n) => n.id === id);
    if (only === 'protection') return tunnel === id;
    return kind === 'designation' || kind === 'assessment';
  });
}

/** True where the message may go. */
export function mayGo(facts: readonly RawFact[], q: Question & { readonly label: Label }): boolean {
  const bases =
    q.protection === undefined ? ['trusted-transport'] : ['trusted-transport', 'encrypted-transport'];
  return bases.some((basis) => {
    const open = new World(facts, q.at ?? AT);
    const asked = mandatesFor(open, q.label, basis);
    const strict = asked.some((m) => m.acceptSecondary === false)
      ? readInItsOwnText
      : asked.some((m) => !m.acceptUnverified)
        ? read
        : () => true;
    const bound = asked.some((m) => !m.acceptUnbound);
    if (!mayGoOn(open, q, basis)) return false;
    const counting = facts.filter(
      (raw) => citedOrAdverse(strict, raw) && (!bound || boundOrAdverse(raw, facts)),
    );
    return mayGoOn(new World(counting, q.at ?? AT), q, basis) && !restsOnLess(strict, open, q, basis);
  });
}

function mandatesFor(w: World, label: Label, basis: string): FactOf<'mandate'>[] {
  const owners = [...label.owners, label.markedBy];
  return w
    .now('mandate')
    .filter((m) => owners.includes(m.owner) && m.basis === basis)
    .filter((m) =>
      m.from.some((f) => f.frame === label.frame && compare(f.frame, label.level, f.level) >= 0),
    );
}

type Cited = { readonly verified: boolean; readonly primary?: boolean | undefined };
/** What is asked of a citation. */
type Asks = (source: Cited) => boolean;
const read: Asks = (s) => s.verified;
const readInItsOwnText: Asks = (s) => s.verified && s.primary === true;

function cites(asks: Asks, f: { readonly sources: readonly Cited[] }): boolean {
  return f.sources.every(asks);
}

const OPTIONAL = ['accreditation', 'authority', 'criteria-set', 'equivalence', 'waiver'];

function citedOrAdverse(asks: Asks, raw: RawFact): boolean {
  const reading = readFact(raw);
  if (!reading.sound || cites(asks, reading.fact)) return true;
  const { fact } = reading;
  return !(OPTIONAL.includes(fact.kind) || (fact.kind === 'assessment' && fact.outcome !== 'not-trusted'));
}

/** The bytes a digest is taken over: members in order of their names, no white space. */
function plainText(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(plainText).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const members = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${members.map(([name, inner]) => `${JSON.stringify(name)}:${plainText(inner)}`).join(',')}}`;
}

function boundOrAdverse(raw: RawFact, all: readonly RawFact[]): boolean {
  const reading = readFact(raw);
  if (!reading.sound) return true;
  const { fact } = reading;
  if (fact.kind !== 'accreditation' && (fact.kind !== 'assessment' || fact.outcome === 'not-trusted'))
    return true;
  return all.some(
    (other) =>
      said(other, 'id') === said(raw, 'subject', said(other, 'kind') ?? '') &&
      fact.judged === `sha256:${createHash('sha256').update(plainText(other)).digest('hex')}`,
  );
}

function restsOnLess(asks: Asks, w: World, q: Question & { readonly label: Label }, basis: string): boolean {
  const { networks = [], routes = [] } = pathOf(w, q);
  const tunnels =
    basis === 'encrypted-transport' ? w.now('protection').filter((p) => p.id === q.protection) : [];
  const vendors = [
    ...networks.flatMap((n) => [n.operator, ...n.inventory.deployments.map((d) => d.vendor)]),
    ...tunnels.flatMap(makersOf),
  ];
  const families = new Set(vendors.flatMap((v) => [...w.family(v)]));
  const asked = mandatesFor(w, q.label, basis);
  const names = [...asked.flatMap((m) => m.standards), ...(q.standards ?? [])];
  const terms = termsOf(w, q, basis);
  const standards = terms === undefined ? [] : names.flatMap((id) => standardSays(id, terms).asked);
  const isAbout = (f: FactOf<'assessment'> | FactOf<'designation'>) => {
    if ('network' in f.subject)
      return networks.some((n) => 'network' in f.subject && n.id === f.subject.network);
    if (!('vendor' in f.subject)) return 'category' in f.subject;
    return f.kind === 'designation' ? families.has(f.subject.vendor) : vendors.includes(f.subject.vendor);
  };
  const adverse = [
    ...w.all('designation'),
    ...w.all('assessment').filter((a) => a.outcome === 'not-trusted'),
  ].filter(isAbout);
  const rest: readonly Fact[] = [
    ...networks,
    ...routes,
    ...asked,
    ...w.all('vendor').filter((v) => families.has(v.id)),
    ...adverse,
    ...(basis === 'encrypted-transport' ? w.all('protection').filter((p) => p.id === q.protection) : []),
  ];
  if (rest.some((f) => w.holds(f) && !cites(asks, f))) return true;
  // What it builds on stands also after it ended.
  if (standards.some((s) => !cites(asks, s))) return true;
  const owners = [...q.label.owners, q.label.markedBy];
  const holds = w.all('hold').filter(({ scope }) => {
    if ('owner' in scope) return owners.includes(scope.owner);
    return !('network' in scope) || networks.some((n) => n.id === scope.network);
  });
  return [...adverse, ...holds].some((f) => ends(f.valid.to) <= w.at && !(f.ending ?? []).every(asks));
}

function pathOf(
  w: World,
  q: Question,
): { readonly networks?: Network[]; readonly assurance: string; readonly routes?: FactOf<'route'>[] } {
  const known = w.now('network');
  let assurance: string = q.assurance ?? 'pinned';
  let hops: (string | Readonly<Record<string, string>>)[] = [...(q.hops ?? ['net-a'])];
  const routes = w.now('route').filter((r) => r.id === q.route);
  if (q.route !== undefined) {
    const [route] = routes;
    if (route === undefined) return { assurance };
    assurance = route.assurance;
    hops = [...route.hops, ...route.alternates];
  }
  const networks: Network[] = [];
  for (const hop of hops) {
    const named = known.filter((n) =>
      typeof hop === 'string' ? n.id === hop : n.identifiers.some((x) => hop[x.scheme] === x.value),
    );
    const [first] = named;
    if (first === undefined || named.length !== 1) return { assurance };
    const chain: Network[] = [first];
    for (const n of chain) {
      if (n.hostedOn === null) break;
      const host = known.find((x) => x.id === n.hostedOn);
      if (host === undefined || chain.length === 9) return { assurance };
      chain.push(host);
    }
    networks.push(...chain);
  }
  return { networks, assurance, routes };
}

function makersOf(tunnel: FactOf<'protection'> | undefined): string[] {
  return (tunnel?.layers ?? []).map((l) => l.vendor);
}

function mayGoOn(w: World, q: Question & { readonly label: Label }, basis: string): boolean {
  const { label } = q;
  const owners = [...new Set([...label.owners, label.markedBy])];
  const { networks, assurance } = pathOf(w, q);
  if (w.contradictory) return false;
  if (networks === undefined || networks.length === 0) return false;

  for (const { scope } of w.now('hold')) {
    if ('everything' in scope) return false;
    if ('owner' in scope && owners.includes(scope.owner)) return false;
    if ('network' in scope && networks.some((n) => n.id === scope.network)) return false;
  }

  const tunnel = tunnelOf(w, q, basis);
  const vendors = [
    ...networks.flatMap((n) => [n.operator, ...w.inService(n).map((d) => d.vendor)]),
    ...makersOf(tunnel),
  ];
  for (const vendor of vendors) {
    if (!w.now('vendor').some((v) => v.id === vendor)) return false;
    for (const owner of w.family(vendor)) if (!w.all('vendor').some((v) => v.id === owner)) return false;
  }

  if (basis === 'encrypted-transport' && tunnel === undefined) return false;
  if (basis === 'encrypted-transport' && !DUTIES.every((d) => (q.supports ?? []).includes(d))) return false;
  if (tainted(w, networks, vendors, tunnel?.id)) return false;

  const mandates = mandatesFor(w, label, basis);
  for (const owner of owners) {
    const own = mandates.filter((m) => m.owner === owner);
    if (own.length === 0) return false;
    const doubtful = w.unreadable.filter((raw) => said(raw, 'kind') === 'mandate');
    if (
      doubtful.some(
        (raw) =>
          !/^[A-Z]{2,5}$/.test(said(raw, 'owner') ?? '') ||
          said(raw, 'owner') === owner ||
          said(raw, 'id') === undefined,
      )
    )
      return false;
    for (const m of own) {
      if (!w.now('authority').some((a) => a.id === m.authority && a.speaksFor.includes(owner))) return false;
      if (!(m.assurances as readonly string[]).includes(assurance)) return false;
      const carried =
        tunnel === undefined
          ? networks.every((n) => {
              const reach = [
                n.jurisdiction,
                ...n.physicalCountries,
                ...n.remoteAccessCountries,
                ...n.inventory.deployments.flatMap((d) => d.remoteAccessFrom),
              ];
              return dominates(w, label, m, { network: n.id }, reach);
            })
          : dominates(w, label, m, { protection: tunnel.id }, tunnel.endpointCountries);
      if (!carried) return false;
    }
  }

  const terms: Terms = { w, label, owners, networks, assurance, tunnel };
  for (const m of mandates)
    for (const id of m.standards) {
      const { verdict, lacking } = standardSays(id, terms);
      if (verdict !== 'yes' || !subsetOf(lacking, m.acceptIncomplete ?? [])) return false;
    }
  for (const id of q.standards ?? []) if (standardSays(id, terms).verdict === 'no') return false;
  return true;
}

function tunnelOf(w: World, q: Question, basis: string): FactOf<'protection'> | undefined {
  if (basis !== 'encrypted-transport') return undefined;
  return w.now('protection').find((p) => p.id === q.protection && p.scheme === 'csfc');
}

function termsOf(w: World, q: Question & { readonly label: Label }, basis: string): Terms | undefined {
  const { networks, assurance } = pathOf(w, q);
  if (networks === undefined) return undefined;
  const owners = [...new Set([...q.label.owners, q.label.markedBy])];
  return { w, label: q.label, owners, networks, assurance, tunnel: tunnelOf(w, q, basis) };
}
