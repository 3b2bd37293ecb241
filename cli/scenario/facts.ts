/** The set of facts one scenario is judged on: its own first, then what its notation describes, then the world's. */
import { claimedKey } from '../../functions/core/administration/change.ts';
import type { Json } from '../../functions/core/facts/canonical.ts';
import { entries, type Fact, kindOf, member, readFact } from '../../functions/core/facts/fact.ts';
import type { Standard } from '../../functions/core/facts/standard.ts';
import type { RawFact } from '../../functions/core/facts/view.ts';
import { alpha3 } from './countries.ts';
import type { CompactHop, CompactNetwork, Scenario } from './format.ts';
import { isRegistered, LEFT_OPEN, networkFact, networkIdOf } from './networks.ts';
import { ScenarioError } from './scenario-error.ts';
import { askedBy, assessmentFact, type CriteriaAsked, vendorAssessments, vendorFact } from './vendors.ts';
import { DEFAULT_USE, sampleFacts, type World } from './world.ts';

type Described = { readonly said: CompactHop | CompactNetwork; readonly path: string };

/** The networks a scenario describes in the compact notation: one, or one for each hop. */
function describedNetworks(s: Scenario): readonly Described[] {
  if (s.network === undefined) return [];
  const { hops, ...network } = s.network;
  if (hops === undefined) return [{ said: network, path: '/network' }];
  return hops.filter(isRegistered).map((said, i) => ({ said, path: `/network/hops/${i}` }));
}

export function standardOf(s: Scenario, facts: readonly RawFact[]): Standard | undefined {
  const raw = facts.find((f) => kindOf(f) === 'standard' && member(f, 'id') === s.standard);
  const reading = raw === undefined ? undefined : readFact(raw);
  return reading?.sound && reading.fact.kind === 'standard' ? reading.fact : undefined;
}

/** What the compact notation says of a network's own assessment; left out, it is trusted. */
function networkAssessments({ said }: Described, asked: readonly CriteriaAsked[]): readonly Fact[] {
  if (said.assessment === null || said.assessed === false) return [];
  const stated = said.assessment ?? {
    status: said.trusted === false ? ('not-trusted' as const) : ('trusted' as const),
  };
  return asked
    .filter((a) => a.subjects.includes('network'))
    .map((a, index) => assessmentFact({ network: networkIdOf(said) }, stated, a, index));
}

function texts(value: unknown, name: string): readonly string[] {
  const found = member(value, name);
  return typeof found === 'string' ? [found] : [];
}

/** Every organisation some facts name: vendors, operators, owners. */
function named(facts: readonly RawFact[]): readonly string[] {
  return facts.flatMap((raw) => {
    switch (kindOf(raw)) {
      case 'network':
        return [
          ...texts(raw, 'operator'),
          ...entries(member(member(raw, 'inventory'), 'deployments')).flatMap((d) => texts(d, 'vendor')),
        ];
      case 'vendor':
        return entries(member(raw, 'ownedBy')).flatMap((o) => texts(o, 'owner'));
      default:
        return [];
    }
  });
}

/** What an earlier layer says of a fact takes the place of what a later one says; what claims no key is nobody's place. */
function withoutRepeats(...layers: readonly (readonly RawFact[])[]): RawFact[] {
  const facts: RawFact[] = [];
  const seen = new Set<string | undefined>();
  for (const layer of layers) {
    const fresh = layer.map((raw) => ({ raw, key: claimedKey(raw) })).filter(({ key }) => !seen.has(key));
    facts.push(...fresh.map(({ raw }) => raw));
    for (const { key } of fresh) if (key !== undefined) seen.add(key);
  }
  return facts;
}

/** @throws ScenarioError */
export function scenarioFacts(
  s: Scenario,
  world: World,
  at: number,
  extra: readonly Fact[],
): readonly RawFact[] {
  const own = (s.facts ?? []) as readonly RawFact[];
  const standard = standardOf(s, [...own, ...world.standards]);
  if (![...own, ...world.standards].some((f) => kindOf(f) === 'standard' && member(f, 'id') === s.standard))
    throw new ScenarioError('/standard', 'no such standard in standards/ or among the facts of the scenario');
  const asked = askedBy(standard);
  const statements = Object.entries(s.vendors ?? {});
  const silenced = new Set(statements.map(([id]) => id));
  // What a scenario says of a vendor's assessment takes the place of what the world says of it.
  const samples = sampleFacts(world, s.use ?? DEFAULT_USE).filter((raw) => {
    const about = texts(member(raw, 'subject'), 'vendor')[0];
    if (kindOf(raw) === 'vendor' && unregistered(s, texts(raw, 'id')[0])) return false;
    return !(kindOf(raw) === 'assessment' && about !== undefined && silenced.has(about));
  });
  const described = describedNetworks(s);
  const home = alpha3(s.network?.jurisdiction ?? standard?.owner ?? 'USA') ?? 'USA';
  const networks = described.map(({ said, path }) =>
    networkFact(said, { standard, jurisdiction: home.length === 3 ? home : 'BEL', path, at }),
  );
  const told: readonly Fact[] = [
    ...extra,
    ...networks,
    ...described.flatMap((d) => networkAssessments(d, asked)),
    ...vendorAssessments(LEFT_OPEN, 'trusted', asked),
    ...statements.flatMap(([id, said]) => vendorAssessments(id, said, asked)),
  ];
  const ownership = s.network?.ownership ?? [];
  const ownedVendors = [...new Set(ownership.map((o) => o.asset))].map((id) => vendorFact(id, ownership));
  const facts = withoutRepeats(own, [...told, ...ownedVendors].map(asRaw), samples, world.standards);
  const known = new Set(facts.filter((f) => kindOf(f) === 'vendor').flatMap((f) => texts(f, 'id')));
  const missing = new Set(named(facts).filter((id) => !known.has(id) && !unregistered(s, id)));
  for (const id of missing) {
    const fact = vendorFact(id, []);
    if (!readFact(fact).sound) continue;
    facts.push(asRaw(fact));
  }
  return facts;
}

function unregistered(s: Scenario, id: string | undefined): boolean {
  return (
    id !== undefined &&
    s.vendors !== undefined &&
    Object.hasOwn(s.vendors, id) &&
    s.vendors[id] === 'unregistered'
  );
}

function asRaw(f: Fact): RawFact {
  const reading = readFact(f);
  if (!reading.sound) {
    const [first] = reading.problems;
    throw new ScenarioError(
      '/network',
      `${f.kind} ${f.id}${first?.path ?? ''}: ${first?.message ?? 'unsound'}`,
    );
  }
  return f as unknown as { readonly [key: string]: Json };
}
