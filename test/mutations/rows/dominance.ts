/** Faults in labels, levels, dominance, mandates, waivers, holds and the fold. */
import { mutationsOf } from '../mutation.ts';
import { MARKING_FAULTS } from './marking.ts';

const EXEMPTIONS = 'test/core/decision/exemptions.test.ts';
const GATES = 'test/core/decision/gates.test.ts';
const FAVOURS = 'test/core/decision/favours.test.ts';
const LEVELS = 'test/core/decision/levels.test.ts';
const UNTIL = 'test/core/decision/until.test.ts';
const RELIED = 'test/core/decision/relied.test.ts';
const FAIL_OPEN = 'test/core/decision/fail-open.test.ts';
const ANSWER = 'test/core/decision/answer.test.ts';
const ORACLE = 'test/theorems/oracle.test.ts';

export const DOMINANCE = mutationsOf('dominance', [
  {
    file: 'functions/core/decision/dominance.ts',
    caughtBy: FAVOURS,
    faults: [
      ['one level too high is carried', 'rank <= limit;', 'rank <= limit + 1;', LEVELS],
      ['levels compared the wrong way round', 'rank <= limit;', 'limit <= rank;', LEVELS],
      ['levels compared only where they differ', 'rank <= limit;', 'rank < limit;', LEVELS],
      [
        'a level off the ladder is carried',
        'rank !== undefined && limit !== undefined && rank <= limit',
        '(rank ?? 0) <= (limit ?? 99)',
        LEVELS,
      ],
      [
        'the level is not compared',
        "if (!levelWithin(entry.frame, level, entry.level)) codes.push('LEVEL_NOT_ACCREDITED');",
        '',
        LEVELS,
      ],
      [
        'the first entry serves, whatever its frame',
        'a.carries.find((c) => c.frame === label.frame)',
        'a.carries.find((c) => c.frame !== undefined)',
        LEVELS,
      ],
      [
        'a translation outweighs the own word',
        'if (own !== undefined) return [{ entry: own, level: label.level }];',
        'if (own !== undefined && equivalences.length === 0) return [{ entry: own, level: label.level }];',
      ],
      [
        'a translation never ends',
        '.filter((e) => holdsAt(e.interval, at) && e.fact.from.frame',
        '.filter((e) => e.interval.from <= at && e.fact.from.frame',
      ],
      [
        'a translation counts before it begins',
        '.filter((e) => holdsAt(e.interval, at) && e.fact.from.frame',
        '.filter((e) => at < e.interval.to && e.fact.from.frame',
      ],
      [
        'a translation serves either way',
        '.filter((e) => e.fact.from.level === label.level)',
        '.filter((e) => e.fact.from.level === label.level || e.fact.to.level === label.level)',
      ],
      ['a translation of any level serves', '    .filter((e) => e.fact.from.level === label.level)\n', ''],
      ['a translation keeps the level of the label', 'level: e.to.level }))', 'level: entry.level }))'],
      [
        'compartments are not compared',
        "codes.push('COMPARTMENT_NOT_ACCREDITED');",
        '',
        'test/theorems/cedar.test.ts',
      ],
      [
        'one compartment of several is enough',
        'within(compartmentsIn(label, entry.frame), entry.compartments)',
        '(label.compartments.length === 0 || label.compartments.some((c) => entry.compartments.includes(c)))',
        FAVOURS,
      ],
      [
        'controls are not compared',
        "if (!within(label.controls, entry.controls)) codes.push('CONTROL_NOT_HONOURED');",
        '',
        FAVOURS,
      ],
      [
        'an accreditation never ends',
        "if (!holdsAt(a.interval, at)) codes.push('ACCREDITATION_EXPIRED');",
        '',
        RELIED,
      ],
      ['an accreditation counts before it begins', '|| terms.at < a.interval.from', ''],
      ['anybody may accredit', '!terms.accreditors.includes(a.fact.authority) || ', ''],
      ['the farthest translation decides', '(x, y) => x.length - y.length', '(x, y) => y.length - x.length'],
      [
        'nobody in the audience is inside everything',
        'audience.length > 0 && carrier.reach.length > 0 && within',
        'within',
        'test/theorems/cedar.test.ts',
      ],
      [
        'a reach of nobody is inside everything',
        ' && carrier.reach.length > 0',
        '',
        'test/theorems/cedar.test.ts',
      ],
      [
        'the reach is not compared',
        'within(carrier.reach, audience)',
        'carrier.reach.some((c) => audience.includes(c))',
      ],
      [
        'the release list is not compared',
        'label.audience === null || within(audience, label.audience)',
        'label.audience === null || audience.length > 0',
      ],
      [
        'an empty release list is none',
        'label.audience === null || within',
        '(label.audience ?? []).length === 0 || within',
        'test/theorems/cedar.test.ts',
      ],
      [
        'every is some',
        'return part.every((x) => whole.includes(x));',
        'return part.length === 0 || part.some((x) => whole.includes(x));',
        'test/theorems/cedar.test.ts',
      ],
      [
        'an accreditation short of one thing serves',
        'if (codes.length === 0) return undefined;',
        'if (codes.length <= 1) return undefined;',
      ],
    ],
  },
  {
    file: 'functions/core/decision/carriers.ts',
    caughtBy: FAVOURS,
    faults: [
      ['anybody may translate', 'a.speaksFor.includes(ownerOfFrame(e.from.frame)) &&', ''],
      [
        'a translation loosens what anybody owns',
        '(a.speaksFor.includes(owner) || accreditors.includes(a.id))',
        'a.id.length > 0',
      ],
      [
        'whoever speaks for the owner is not enough',
        '(a.speaksFor.includes(owner) || accreditors.includes(a.id))',
        'accreditors.includes(a.id)',
      ],
      [
        'whom the mandate recognises is not enough',
        '(a.speaksFor.includes(owner) || accreditors.includes(a.id))',
        'a.speaksFor.includes(owner)',
      ],
      [
        'one nation’s translation loosens another’s information, in some world',
        '(a.speaksFor.includes(owner) || accreditors.includes(a.id))',
        "(a.speaksFor.includes(owner) || owner === 'GBR' || accreditors.includes(a.id))",
        'test/theorems/t21-whose-word.test.ts',
      ],
      ['who owns the other frame may translate', 'ownerOfFrame(e.from.frame)', 'ownerOfFrame(e.to.frame)'],
      ['who may translate may do so for ever', 'holdsAt(interval, at) &&', 'interval.from <= at &&'],
      ['who may translate need not be the one who did', 'a.id === e.authority &&', ''],
      [
        'only the named network must dominate',
        'hops.flatMap((h) => h.networks.map((n)',
        'hops.flatMap((h) => h.networks.slice(0, 1).map((n)',
        ORACLE,
      ],
      [
        'only the first hop must dominate',
        'return hops.flatMap((h) =>',
        'return hops.slice(0, 1).flatMap((h) =>',
        'test/theorems/t07-composition.test.ts',
      ],
      [
        'only the first mandate names accreditors',
        'mandates.flatMap(({ fact: m }) =>',
        'mandates.slice(0, 1).flatMap(({ fact: m }) =>',
        GATES,
      ],
      [
        'only the first owner names accreditors',
        'const reasons = owners.flatMap(',
        'const reasons = owners.slice(0, 1).flatMap(',
        GATES,
      ],
      [
        'the ends of a tunnel are nobody’s reach',
        'reach: p.protection.fact.endpointCountries',
        'reach: p.accreditations.flatMap((a) => a.fact.audience)',
        GATES,
      ],
    ],
  },
  {
    file: 'functions/core/decision/mandates.ts',
    caughtBy: GATES,
    faults: [
      [
        'a mandate reaches a level down',
        'least !== undefined && rank >= least',
        'least !== undefined && rank >= least - 1',
        LEVELS,
      ],
      [
        'a mandate begins one level up',
        'least !== undefined && rank >= least',
        'least !== undefined && rank > least',
        LEVELS,
      ],
      [
        'a mandate of any frame covers',
        'f.frame === label.frame ? levelRank(f.frame, f.level) : undefined',
        'levelRank(f.frame, f.level)',
        RELIED,
      ],
      [
        'a mandate with an unknown level is left out',
        'inForce.some(({ fact }) => coverageUnknown(fact, label)) ||',
        '',
        LEVELS,
      ],
      [
        'a mandate nobody can read is left out',
        "law.taints.some((t) => t.kind === 'mandate' && (t.owner === ownerCode || !isOwner(t.owner)))",
        'false',
      ],
      ['a mandate whose owner nobody can read is left out', ' || !isOwner(t.owner)', '', FAIL_OPEN],
      ['anybody may set a mandate', 'a.fact.speaksFor.includes(m.owner)', 'a.fact.speaksFor.length > 0'],
      [
        'who set a mandate may be over',
        'holdsAt(a.interval, at) && a.fact.speaksFor',
        'a.interval.from <= at && a.fact.speaksFor',
      ],
      [
        'one mandate of several must be set by its owner',
        '!mandates.every(({ fact }) => isSetByOwner',
        '!mandates.some(({ fact }) => isSetByOwner',
      ],
      [
        'a mandate never ends',
        'm.basis === basis && holdsAt(interval, at)',
        'm.basis === basis && interval.from <= at',
      ],
      ['a mandate of one basis serves the other', 'm.basis === basis && ', '', ORACLE],
      [
        'a mandate of another owner serves',
        'm.owner === ownerCode && ',
        '',
        'test/theorems/t17-owners.test.ts',
      ],
      [
        'an owner without a mandate has nothing to say',
        "if (mandates.length === 0) reasons.push({ code: 'OWNER_WITHOUT_MANDATE', owner: ownerCode });",
        '',
      ],
    ],
  },
  {
    file: 'functions/core/decision/standards.ts',
    caughtBy: FAVOURS,
    faults: [
      ['a waiver of any owner serves', 'w.owner === owner &&', ''],
      ['a waiver of any standard serves', 'w.standard === statedIn.id &&', ''],
      ['a waiver of any rule serves', 'w.rule === rule.id &&', ''],
      ['a waiver never ends', 'holdsAt(interval, terms.at) &&', 'interval.from <= terms.at &&'],
      ['a waiver serves before it begins', 'holdsAt(interval, terms.at) &&', 'terms.at < interval.to &&'],
      [
        'who waives may be over',
        'holdsAt(a.interval, terms.at) && a.fact.speaksFor',
        'a.interval.from <= terms.at && a.fact.speaksFor',
      ],
      ['anybody may waive', 'a.fact.speaksFor.includes(owner)', 'a.fact.speaksFor.length > 0'],
      ['who may waive need not be the one who did', 'a.fact.id === w.authority && ', ''],
      [
        'one owner waives for all',
        'if (waiver === undefined) return undefined;',
        'if (waiver === undefined) continue;',
      ],
      [
        'every rule may be waived',
        'isWaivable(stated.rule.rule) && result.findings.some(refuses)',
        'result.findings.some(refuses)',
      ],
      ['waivers are not told', 'for (const key of waived ?? []) waivers.add(key);', ''],
      [
        'what is waived is not told',
        "if (effect === 'note' || waived) notes.push(reason);",
        "if (waived) return;\n    if (effect === 'note') notes.push(reason);",
      ],
      [
        'only the first hop is judged',
        'for (const hop of terms.hops) {',
        'for (const hop of terms.hops.slice(0, 1)) {',
        'test/theorems/t06-hop.test.ts',
      ],
      [
        'hosts are not judged',
        'for (const n of hop.networks) {',
        'for (const n of hop.networks.slice(0, 1)) {',
        ORACLE,
      ],
      ['a proposal is law', "s.fact.status !== 'proposed' && ", '', GATES],
      [
        'a standard is law for ever',
        "'proposed' && holdsAt(s.interval, at)",
        "'proposed' && s.interval.from <= at",
        GATES,
      ],
      ['a standard begins one level up', 'rank >= least)', 'rank > least)', LEVELS],
      [
        'a standard applies where all of its levels are reached',
        'return starts.some((least)',
        'return starts.every((least)',
        FAIL_OPEN,
      ],
      [
        'below its scope every standard is satisfied',
        "s.belowScope === 'satisfied' ? bare('permit', []) : notApplicable",
        "bare('permit', [])",
        LEVELS,
      ],
      [
        'a flow in words nobody knows is another',
        'anyMeans(FLOWS, [terms.flow], s.scope.flows)',
        's.scope.flows.includes(terms.flow)',
        GATES,
      ],
      [
        'a flow nobody named is within scope',
        "if (meant === undefined) return bare('indeterminate', [{ code: 'FLOW_UNKNOWN', standard: s.id }]);",
        '',
        GATES,
      ],
      [
        'a standard about purchases permits',
        "if (s.about === 'carriage') return result;",
        'return result;',
        GATES,
      ],
      [
        'providers out of scope are satisfied',
        "if (providers.others === 'satisfied') continue;",
        'continue;',
        GATES,
      ],
    ],
  },
  {
    file: 'functions/core/decision/known-vendors.ts',
    caughtBy: GATES,
    faults: [
      ['a vendor need not be in force', ' && holdsAt(vendor.interval, input.at))', ')'],
      ['a vendor may be another', 'vendor?.fact.id === id &&', 'vendor !== undefined &&', FAIL_OPEN],
    ],
  },
  {
    file: 'functions/core/decision/gate.ts',
    caughtBy: GATES,
    faults: [
      ['holds are not asked', '    ...stops.reasons,\n', '', 'test/theorems/t02-deny-overrides.test.ts'],
      [
        'holds hear the marking nation alone',
        'heldMessage(responsibleOwners(label), path)',
        'heldMessage([label.markedBy], path)',
      ],
      ['a hop nobody knows is passed over', "reasons.push({ code: 'HOP_UNKNOWN', hop: hop.index });", ''],
      ['the operator is nobody', 'fact.operator,\n      ...inService', '...inService'],
      [
        'what nobody can read about a vendor is left out',
        'for (const vendor of unsound) reasons',
        'for (const vendor of unsound.slice(99)) reasons',
      ],
      [
        'what nobody can read about a network is left out',
        'if (hop.networks.some((n) => n.taints.length > 0))',
        'if (hop.networks.length === 0)',
      ],
      [
        'what nobody can read about a host is left out',
        'hop.networks.some((n) => n.taints.length > 0)',
        '(hop.networks[0]?.taints.length ?? 0) > 0',
        GATES,
      ],
      [
        'a law nobody can read is law',
        "...(lawIsTainted(law) ? [{ code: 'FACT_UNSOUND' as const }] : []),",
        '',
      ],
      [
        'a hold nobody can read is left out',
        "t.kind === 'mandate' ||",
        "t.kind === 'mandate' || t.kind === 'hold' ||",
      ],
      [
        'a route nobody knows is passed over',
        "...(path.known ? [] : [{ code: 'ROUTE_UNKNOWN' as const }]),",
        '',
      ],
      [
        'what is unsound refuses nothing',
        "? 'indeterminate'\n        : 'deny';",
        "? 'permit'\n        : 'deny';",
      ],
    ],
  },
  {
    file: 'functions/core/decision/holds.ts',
    caughtBy: GATES,
    faults: [
      [
        'a hold holds before it begins',
        '.filter((h) => holdsAt(h.interval, at))',
        '.filter((h) => at < h.interval.to)',
      ],
      [
        'a hold holds after it was lifted',
        '.filter((h) => holdsAt(h.interval, at))',
        '.filter((h) => h.interval.from <= at)',
      ],
      ['a hold on an owner holds everybody', 'owners.includes(scope.owner) ?', 'owners.length > 0 ?'],
      [
        'a hold on a network knows no hosts',
        'h.networks.some((n) => n.id === scope.network)',
        'h.networks[0]?.id === scope.network',
      ],
      [
        'a hold on everything holds nothing without hops',
        "if ('everything' in scope) return",
        "if ('everything' in scope && hops.length > 9) return",
      ],
      [
        'a hold is set aside and nobody is told',
        "notes.push({ code: 'HOLD_SET_ASIDE', owner: fact.owner, fact: hold.key });",
        '',
        EXEMPTIONS,
      ],
      ['an exemption is not named', 'exemptions.add(key);', '', EXEMPTIONS],
    ],
  },
  {
    file: 'functions/core/decision/held-message.ts',
    caughtBy: GATES,
    faults: [
      [
        'a hop that is held has one network',
        'networks: (h.networks ?? []).map',
        'networks: (h.networks ?? []).slice(0, 1).map',
      ],
    ],
  },
  {
    file: 'functions/core/decision/exemptions.ts',
    caughtBy: EXEMPTIONS,
    faults: [
      ['an exemption is from any hold', 'e.fact.hold === hold.fact.id &&', ''],
      ['an exemption is for any owner', 'e.fact.owner === owner &&', ''],
      ['an exemption that ended goes on', 'holdsAt(e.interval, at) &&', ''],
      ['anybody exempts for an owner', 'speaksFor(e.fact.authority, owner, law, at),', 'true,'],
      [
        'an authority that lapsed exempts',
        'a.fact.speaksFor.includes(owner) && holdsAt(a.interval, at)',
        'a.fact.speaksFor.includes(owner)',
      ],
      [
        'an authority of somebody else exempts',
        'a.fact.id === id && a.fact.speaksFor.includes(owner) &&',
        'a.fact.id === id &&',
      ],
      [
        'one owner suffices',
        'return found.every((e) => e !== undefined) ? found : [];',
        'return found.filter((e) => e !== undefined);',
      ],
      [
        'what is the stop’s own is exempt',
        'if (stopsItsOwn(hold.fact, { owners, hops }, law)) return [];',
        '',
      ],
      ['its own information is exempt', 'owners.some((o) => nations.includes(o))', 'false'],
      [
        'a stop by nobody who is known is anybody’s',
        'nations === undefined ||',
        'nations === undefined) return false; if (',
      ],
      ['its own networks are exempt', 'nations.includes(jurisdiction) &&', 'false &&'],
      ['a stop of one network has all of its own', "(!('network' in scope) || scope.network === id)", 'true'],
      ['a hop nobody knows is somebody else’s', 'networks.length === 0 ||', ''],
    ],
  },
  {
    file: 'functions/core/registry/path.ts',
    caughtBy: GATES,
    faults: [
      [
        'an identifier of another scheme names the network',
        'key === `identifier/${identifierKey(x)}`',
        'key.endsWith(`:${x.value}`)',
      ],
      [
        'alternates are not on the path',
        '[...route.fact.hops, ...route.fact.alternates].map',
        'route.fact.hops.map',
      ],
      [
        'a route never ends',
        'if (!holdsAt(route.interval, at)) return',
        'if (at < route.interval.from) return',
      ],
      [
        'a route may be another',
        'registered?.route.fact.id !== path.route',
        'registered === undefined',
        FAIL_OPEN,
      ],
      [
        'a route says its own assurance is pinned',
        'assurance: route.fact.assurance,',
        "assurance: 'pinned',",
      ],
      ['a caller’s path is pinned', "assurance: 'assumed',", "assurance: 'pinned',", GATES],
      [
        'a network found is the network named',
        'named !== undefined && isNamed(named.network.fact) ? networks : undefined',
        'networks',
        FAIL_OPEN,
      ],
      [
        'a host need not be in force',
        'networks?.every((n) => holdsAt(n.network.interval, at)) ? networks',
        'networks?.slice(0, 1).every((n) => holdsAt(n.network.interval, at)) ? networks',
      ],
      ['a network in part in force is', 'networks?.every((n)', 'networks?.some((n)'],
      ['a protection of another scheme serves', 'registered.protection.fact.scheme === claim.scheme &&', ''],
      [
        'a protection never ends',
        'holdsAt(registered.protection.interval, at);',
        'registered.protection.interval.from <= at;',
      ],
      ['a protection may be another', 'registered.protection.fact.id === claim.registration &&', '', GATES],
      ['the operator is no vendor', '    fact.operator,\n', '', 'test/theorems/oracle.test.ts'],
      [
        'a path’s dates are those in force',
        'boundaries: [...protection, ...edges(networksIn(chains))],',
        'boundaries: [...protection],',
        UNTIL,
      ],
      ['a route’s date ahead is forgotten', '[...protection, ...edges([route])]', 'protection', UNTIL],
      [
        'a protection’s date ahead is forgotten',
        'registered === undefined ? [] : edges([registered.protection])',
        '[]',
        UNTIL,
      ],
    ],
  },
  {
    file: 'functions/core/decision/judge-basis.ts',
    caughtBy: GATES,
    faults: [
      [
        'one mandate of several accepts the path',
        '!o.mandates.every((m) => m.fact.assurances.includes(assurance))',
        '!o.mandates.some((m) => m.fact.assurances.includes(assurance))',
      ],
      ['the assurance is not asked', 'unassured.map((o) =>', 'unassured.slice(9).map((o) =>'],
      ['a mandate that is unsound counts', "reasons.filter((r) => r.code !== 'OWNER_WITHOUT_MANDATE')", '[]'],
      [
        'a standard nobody wrote is satisfied',
        "const said = refusal('indeterminate', [{ code: 'STANDARD_UNKNOWN', standard: id }]);",
        "const said = refusal('indeterminate', []);",
      ],
      [
        'a mandated standard may be silent',
        "by === 'request' && outcome === 'not-applicable'",
        "outcome === 'not-applicable'",
      ],
      [
        'standards asked for are not asked',
        'standardIds(owners, request.standards ?? [])',
        'standardIds(owners, [])',
      ],
      [
        'only the first mandate names standards',
        'o.mandates.flatMap((m) => m.fact.standards)',
        'o.mandates.slice(0, 1).flatMap((m) => m.fact.standards)',
        ORACLE,
      ],
      ['obligations of standards are not told', '...asked.flatMap((a) => a.result?.obligations ?? []),', ''],
      [
        'one obligation supported is enough',
        'obligations.every((o) => supported.includes(o.type))',
        'obligations.length === 0 || obligations.some((o) => supported.includes(o.type))',
      ],
      [
        'a caller who declares nothing can do all',
        'input.request.supportedObligations ?? []',
        'input.request.supportedObligations ?? obligations.map((o) => o.type)',
      ],
      ['dominance is not asked', "refusal('deny', dominance),", '', LEVELS],
      ['a protection nobody registered is none', "refusal('deny', tunnelled?.refused ?? []),", ''],
      [
        'a protection of which something is unread serves',
        "refusal('indeterminate', tunnelled?.unread ?? []),",
        '',
        FAIL_OPEN,
      ],
      [
        'what was not evaluated permits',
        "outcome === 'permit' && !evaluated ? 'deny' : outcome",
        'outcome',
        GATES,
      ],
      [
        'what nobody verified is never refused',
        'if (reasons.length === 0) return judged;',
        'return judged;',
        FAIL_OPEN,
      ],
      [
        'what cannot be left out may be unverified',
        'irreducible(grade, input, judged.relied).length > 0 ||',
        '',
        FAIL_OPEN,
      ],
      [
        'what can be left out is counted',
        'judgeOn(basis, counting.input, counting.hops)',
        'judgeOn(basis, input, counting.hops)',
        FAVOURS,
      ],
    ],
  },
  {
    file: 'functions/core/decision/citations.ts',
    caughtBy: FAIL_OPEN,
    faults: [
      [
        'one source read is enough',
        '[...fact.sources, ...evidence].every(',
        '[...fact.sources, ...evidence].some(',
        GATES,
      ],
      [
        'the evidence of results need not be read',
        '[...fact.sources, ...evidence].every(',
        '[...fact.sources].every(',
        GATES,
      ],
      [
        'a translation nobody read counts',
        'equivalences: counting(law.equivalences, demands),',
        'equivalences: law.equivalences,',
        FAVOURS,
      ],
      [
        'an authority nobody read counts',
        'authorities: counting(law.authorities, demands),',
        'authorities: law.authorities,',
      ],
      [
        'a waiver nobody read counts',
        'waivers: counting(n.waivers, demands),',
        'waivers: n.waivers,',
        FAVOURS,
      ],
      [
        'an accreditation nobody read counts',
        'accreditations: countingJudgements(n.accreditations, n.network.fact, demands),',
        'accreditations: n.accreditations,',
      ],
      [
        'an assessment of a vendor nobody read counts',
        'assessments: countingJudgements(v.assessments, v.vendor.fact, demands)',
        'assessments: v.assessments',
      ],
      [
        'an assessment of a network nobody read counts',
        'assessments: countingJudgements(n.assessments, n.network.fact, demands),',
        'assessments: n.assessments,',
      ],
      [
        'a tunnel’s accreditation nobody read counts',
        'accreditations: countingJudgements(p.accreditations, p.protection.fact, demands)',
        'accreditations: p.accreditations',
        GATES,
      ],
      [
        'the end of a hold on something else is told',
        "fact.kind !== 'hold' || holdReasons([{ ...f, fact }], message, f.interval.from).length > 0",
        'fact !== undefined',
        GATES,
      ],
      ['a network need not be read', 'network: true', 'network: false'],
      ['a route need not be read', 'route: true', 'route: false'],
      ['a vendor need not be read', 'vendor: true', 'vendor: false'],
    ],
  },
  {
    file: 'functions/core/facts/sourced-end.ts',
    caughtBy: FAIL_OPEN,
    faults: [
      [
        'the end of a designation need not be read',
        'designation: true,\n  equivalence: false,\n  exemption',
        'designation: false,\n  equivalence: false,\n  exemption',
      ],
      ['the end of a hold need not be read', 'hold: true', 'hold: false', GATES],
    ],
  },
  {
    file: 'functions/core/decision/boundaries.ts',
    caughtBy: UNTIL,
    faults: [
      [
        'ownership does not bound it',
        'flatMap(({ fact }) => ownershipBoundaries(fact))',
        'flatMap(() => [])',
      ],
      [
        'ownership bounds it by its end alone',
        'return [from, to];',
        'return [to].concat(from === to ? [from] : []);',
      ],
      ['equipment does not bound it', '(n) => serviceBoundaries(n.network.fact)', '() => []'],
      ['mandates do not bound it', "mandate: 'decision'", "mandate: 'reported'"],
      ['accreditations do not bound it', "accreditation: 'decision'", "accreditation: 'reported'"],
      ['waivers do not bound it', "waiver: 'standard'", "waiver: 'reported'"],
      ['holds do not bound it', "hold: 'standard'", "hold: 'reported'"],
      ['the path does not bound it', '  for (const t of path.boundaries) meet(t);\n', ''],
      [
        'beginnings do not bound it',
        '...facts.flatMap((f) => [f.interval.from, f.interval.to]),',
        '...facts.map((f) => f.interval.to),',
      ],
      [
        'the last date bounds it',
        't > at && t < next',
        't > at && t < Infinity && !(t < next && next < Infinity)',
      ],
      ['the instant itself bounds it', 't > at && t < next', 't >= at && t < next'],
    ],
  },
  {
    file: 'functions/core/decision/judge-standard.ts',
    caughtBy: UNTIL,
    faults: [
      ['who waives does not bound a standard', '      ...speakerBoundaries(input),\n', ''],
      ['hours do not bound a standard', 'o.withinHours === undefined ? []', "o.type !== 'no-sms' ? []"],
      ['the gate is not asked of a standard', '      gate.outcome,\n      said', '      said', GATES],
    ],
  },
  {
    file: 'functions/core/decision/decide.ts',
    caughtBy: UNTIL,
    faults: [
      ['rules’ dates do not bound it', 'results.flatMap((r) => r.boundaries)', '[]'],
      ['what is refused unread does not bound it', "refuses ? 'examined' : 'decision'", "'decision'"],
      ['the gate is not asked', 'worst([gate.outcome, chosen.outcome])', 'chosen.outcome', GATES],
      [
        'the gate’s reasons are not told',
        'reasons: [...gate.reasons, ...chosen.reasons]',
        'reasons: chosen.reasons',
        GATES,
      ],
      ['what ended unread is not listed', "    ...restsOnTheEndOf('secondary', input),\n", '', GATES],
      [
        'what is not in force is listed',
        "(f) => holdsAt(f.interval, at) && !isCitedAs('secondary', f),",
        "(f) => !isCitedAs('secondary', f),",
        GATES,
      ],
      [
        'the first basis decides',
        "results.find((r) => r.outcome === 'permit') ?? results.at(-1)",
        'results[0]',
        GATES,
      ],
    ],
  },
  {
    file: 'functions/core/decision/outcome.ts',
    caughtBy: GATES,
    faults: [
      ['nothing shown is a permit', "return result ?? 'deny';", "return result ?? 'permit';"],
      [
        'indeterminate is less than not applicable',
        "'not-applicable': 1, indeterminate: 2",
        "'not-applicable': 2, indeterminate: 1",
      ],
      [
        'the best of outcomes wins',
        'SEVERITY[outcome] > SEVERITY[result]',
        'SEVERITY[outcome] < SEVERITY[result]',
      ],
    ],
  },
  {
    file: 'functions/core/decision/obligations.ts',
    caughtBy: GATES,
    faults: [
      ['the loosest obligation wins', 'hours(o) < hours(before)', 'hours(o) > hours(before)'],
      [
        'an obligation without hours is the strictest',
        'o.withinHours ?? Number.POSITIVE_INFINITY',
        'o.withinHours ?? 0',
      ],
      [
        'obligations about two things are one',
        "const key = `${o.type} ${o.ref ?? ''}`;",
        'const key = o.type;',
      ],
      [
        'a tunnel does not hide the label',
        "'no-plaintext-fallback', 'hide-label', 're-evaluate-by'",
        "'no-plaintext-fallback', 're-evaluate-by'",
      ],
    ],
  },
  {
    file: 'functions/core/registry/documents.ts',
    caughtBy: 'test/core/registry/documents.test.ts',
    faults: [
      ['a document may be a list', '&& value !== null && !Array.isArray(value);', '&& value !== null;'],
      ['a list may hold anything', 'Array.isArray(value) && value.every(isObject)', 'Array.isArray(value)'],
      [
        'a list that is not there is empty',
        'return Array.isArray(value) && value.every(isObject)',
        'return value === undefined || (Array.isArray(value) && value.every(isObject))',
      ],
      ['holds may be missing', '  holds: true,', "  holds: 'sparse',"],
      ['a host may be anything', 'return host === null || isNetworkDoc(host);', 'return true;'],
      ['a network may be missing', '(one === null || isObject(member(doc, one))) &&', ''],
      ['a route’s networks may be anything', '.every(isNetworkDoc)', '.every(() => true)'],
      ['what nobody could place may be missing', '  unplaced: true,\n', ''],
    ],
  },
  {
    file: 'functions/core/registry/evidence.ts',
    caughtBy: FAIL_OPEN,
    faults: [
      [
        'an adverse fact nobody can read is left out',
        "reading.polarity === 'adverse' || reading.sound",
        'reading.sound',
        GATES,
      ],
      [
        'what is unknown among authorities, equivalences, criteria or exemptions is passed over',
        '...Object.values(lists).flatMap(({ taints }) => taints)',
        '...[lists.standards, lists.mandates, lists.holds, lists.categories].flatMap(({ taints }) => taints)',
        'test/core/registry/documents.test.ts > has nothing passed over',
      ],
      [
        'favourable facts of another network count',
        'sound: sound.filter((f) => isSubject(f.fact)),',
        'sound,',
      ],
      [
        'adverse facts of another network are left out',
        'taints: [...taints, ...adverse.map(taintOf)]',
        'taints',
      ],
      ['a host may be another', '!(named === undefined || network.fact.id === named)', 'false'],
      [
        'a host that is missing is none',
        'if ((hostedOn === null) !== (next.host === null)) return undefined;',
        '',
        RELIED,
      ],
    ],
  },
  {
    file: 'functions/core/decision/answer.ts',
    caughtBy: ANSWER,
    faults: [
      [
        'a lease outlasts the facts',
        'Math.min(leaseEnds, decision.validUntil ?? Number.POSITIVE_INFINITY)',
        'leaseEnds',
      ],
      [
        'a permit that is over is told',
        'if (isOver(envelope, decided)) return refusingAnswer(envelope, [OUT_OF_TIME], decided.label);',
        '',
        'test/theorems/t08-over.test.ts',
      ],
      [
        'a permit is not over at its very end',
        'evaluatedAt < useByOf',
        'evaluatedAt <= useByOf',
        'test/theorems/t08-over.test.ts',
      ],
      [
        'a hypothetical permit has a lease',
        '...(permit && !hypothetical && { useBy',
        '...(permit && { useBy',
      ],
      ['a refusal has a lease', '...(permit && !hypothetical && { useBy', '...(!hypothetical && { useBy'],
      ['a hypothetical answer is enforceable', 'enforceable: !hypothetical,', 'enforceable: permit,'],
      [
        'anything but a deny is a permit',
        "const permit = core.outcome === 'permit';",
        "const permit = core.outcome !== 'deny';",
      ],
      ['codes name vendors', "explain === 'full' ? reason : rest", 'reason'],
      ['none is all', "if (explain === 'none') return [];", ''],
      [
        'a refusal for no reason permits',
        "outcome: outcome === 'permit' ? 'deny' : outcome,",
        "outcome: classes.length === 0 ? 'permit' : outcome,",
        GATES,
      ],
      ['asking again never helps', "classes.includes('unavailable') ? 'after' : 'never'", "'never'", GATES],
    ],
  },
  {
    file: 'functions/core/decision/next-change.ts',
    caughtBy: 'test/core/decision/next-change.test.ts',
    faults: [
      ['giving up is not told', 'flips: null, lookedUntil: at }', 'flips: null, lookedUntil: null }'],
      ['it gives up a step later', '{ limit: 256 }', '{ limit: 257 }'],
      ['the last change is the next', 'if (changes === null && coreAnswer', 'if (coreAnswer'],
      [
        'any change is a flip',
        "(decision.outcome === 'permit') !== (first.outcome === 'permit')",
        'decision.outcome !== first.outcome || changes !== null',
      ],
      [
        'reasons are no part of an answer',
        'unverified: _unverified, ...core',
        'unverified: _unverified, reasons: _reasons, ...core',
      ],
    ],
  },
  {
    file: 'functions/core/time/spans.ts',
    caughtBy: 'test/core/decision/timeline.test.ts',
    faults: [
      [
        'an answer may end before it begins',
        "if (validUntil !== null && !(validUntil > at)) throw new SpanError('an answer ended before it began');",
        'if (validUntil !== null && !(validUntil > at)) return undefined;',
      ],
      ['the end of the span is in it', 'at !== null && at < until', 'at !== null && at <= until'],
      [
        'a walk that is cut short says that nothing comes',
        'if (asked === limit || !keepGoing())\n',
        'if (asked === limit) return undefined;\n    if (asked > limit)\n',
      ],
      [
        'twenty dates are all there are',
        'if (asked === limit || !keepGoing())\n',
        'if (asked === 20) return undefined;\n    if (asked === limit)\n',
        'test/watch/dark-routes.test.ts',
      ],
      [
        'twenty dates are all that is looked at',
        'const MOST_SPANS = 10_000;',
        'const MOST_SPANS = 20;',
        'test/watch/dark-routes.test.ts',
      ],
    ],
  },
  {
    file: 'functions/core/decision/timeline.ts',
    caughtBy: 'test/core/decision/timeline.test.ts',
    faults: [
      ['a timeline that is cut is whole', 'return { entries, lookedUntil: at };', 'break;'],
      ['mandates are no part of what is said', 'mandates: [...a.mandates].sort(),', 'mandates: [],'],
      [
        'reasons that went are not told',
        'reasonsRemoved: added(after.reasons, before?.reasons ?? []),',
        'reasonsRemoved: [],',
      ],
    ],
  },
  {
    file: 'functions/core/decision/highest.ts',
    caughtBy: 'test/core/decision/highest.test.ts',
    faults: [
      ['the lowest level first', '[...(ladderOf(frame) ?? [])].reverse()', '[...(ladderOf(frame) ?? [])]'],
      [
        'what is not denied is carried',
        "decide({ ...input, label: each }).outcome === 'permit'",
        "decide({ ...input, label: each }).outcome !== 'deny'",
      ],
      [
        'mandates that are over are covered',
        '.filter((m) => holdsAt(m.interval, at))',
        '.filter(() => at > 0)',
        'test/core/decision/highest.test.ts',
      ],
    ],
  },
  {
    file: 'functions/core/decision/repair.ts',
    caughtBy: 'test/core/decision/repair.test.ts',
    faults: [
      ['what hides others is said to be all', '!reasons.some((r) => remedyOf(r.code).hides === true) &&', ''],
      [
        'what cannot be reached is accredited',
        "return reason.code === 'AUDIENCE_INCOMPLETE' ? ['restrict-reach'] : ['accredit', 'restrict-reach'];",
        "return ['accredit'];",
      ],
      ['what another repair settles is repaired', 'if (isMoot(reason, reasons)) continue;', ''],
      ['unread citations are said to be all', '!citationsUnjudged(input, decision)', 'true', GATES],
      ['a permit needs repairs', "if (outcome === 'permit') return { groups: [], complete: true };", ''],
    ],
  },
  {
    file: 'functions/core/request.ts',
    caughtBy: 'test/theorems/t06-hop.test.ts',
    faults: [['a path may be empty', 'z.array(hop).check(z.minLength(1), ', 'z.array(hop).check(']],
  },
  ...MARKING_FAULTS,
  {
    file: 'functions/core/decision/decide.ts',
    caughtBy: GATES,
    faults: [
      [
        'the basis that was not chosen ends no answer',
        'results.flatMap((r) => r.boundaries)',
        'chosen.boundaries',
      ],
      [
        'dominance over some of the hops is dominance',
        'judged.length < (path.known ? path.hops.length : 1)',
        'judged.length < 1',
      ],
    ],
  },
  {
    file: 'functions/core/decision/gate.ts',
    caughtBy: GATES,
    faults: [
      [
        'a standard nobody can name is harmless',
        "(t.kind === 'standard' && t.id !== undefined)",
        "t.kind === 'standard'",
      ],
      [
        'one unreadable fact makes a stop indeterminate',
        "reasons.every((r) => r.code === 'FACT_UNSOUND')",
        "reasons.some((r) => r.code === 'FACT_UNSOUND')",
      ],
    ],
  },
  {
    file: 'functions/core/decision/carriers.ts',
    caughtBy: GATES,
    faults: [
      [
        'one end of a tunnel counts',
        'reach: p.protection.fact.endpointCountries',
        'reach: p.protection.fact.endpointCountries.slice(0, 1)',
      ],
    ],
  },
  {
    file: 'functions/core/decision/dominance.ts',
    caughtBy: GATES,
    faults: [
      [
        'an accreditation begins an instant late',
        'terms.at < a.interval.from',
        'terms.at <= a.interval.from',
      ],
    ],
  },
]);
