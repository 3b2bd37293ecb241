/** Faults in rules, standards, and the reading and dating of facts, and in who may change them. */
import { mutationsOf } from '../mutation.ts';

const SEEN = 'test/core/visible-text.test.ts';

const PRODUCTS = 'test/core/rules/products.test.ts';

export const RULES = mutationsOf('rules', [
  {
    file: 'functions/core/rules/share-cap.ts',
    caughtBy: 'test/core/rules/tables.test.ts > share-cap',
    faults: [
      [
        'a cap that is reached counts as passed over',
        'if (largest.share <= p.max)',
        'if (largest.share < p.max)',
      ],
      [
        'what may be of a category has a share',
        ".filter((x) => x.certainty === 'yes' || !isOfCategory(x))",
        '',
        PRODUCTS,
      ],
      ['a category has no share', "x.certainty === 'yes' || !isOfCategory(x)", '!isOfCategory(x)', PRODUCTS],
      [
        'what may be of a vendor has no share',
        "x.certainty === 'yes' || !isOfCategory(x)",
        "x.certainty === 'yes'",
        'test/core/rules/tables.test.ts',
      ],
      [
        'one function of a vendor counts by its last deployment',
        '(byFunction.get(d.function) ?? 0) + share',
        'share',
      ],
      [
        'functions of a vendor add up',
        'Math.max(...byFunction.values())',
        '[...byFunction.values()].reduce((a, b) => a + b, 0)',
      ],
      [
        'the largest vendor stands for all',
        'if (share !== undefined) sum += share;',
        'if (share !== undefined) sum = Math.max(sum, share);',
      ],
      ['the smallest basis counts', 'sum > largest.share', 'sum < largest.share'],
      [
        'a share not stated is none',
        'if (share === undefined) return undefined;',
        'if (share === undefined) continue;',
      ],
      [
        'a deployment of a segment nobody knows is left out before the cap',
        'deadline.passed ? designated.filter',
        '!deadline.passed ? designated.filter',
      ],
    ],
  },
  {
    file: 'functions/core/rules/deadline.ts',
    caughtBy: 'test/core/rules/tables.test.ts > days, in the zone',
    faults: [
      ['a day ends where it begins', 'endOfDay(by, ctx.zone)', 'Date.parse(by)'],
      ['a deadline binds a millisecond late', '!(ctx.at < end)', 'ctx.at > end'],
      ['a deadline in the zone of nobody', 'endOfDay(by, ctx.zone)', "endOfDay(by, 'UTC')"],
      [
        'no deadline never binds',
        'return { passed: true, boundaries: [] }',
        'return { passed: false, boundaries: [] }',
        'test/core/rules/tables.test.ts > share-cap',
      ],
    ],
  },
  {
    file: 'functions/core/facts/band.ts',
    caughtBy: 'test/core/facts/band.test.ts',
    faults: [
      [
        'a band nobody knows is another',
        'if (a === undefined || b === undefined) return undefined;',
        'if (a === undefined || b === undefined) return false;',
      ],
      ['bands that touch meet', 'from < end && start < to', 'from <= end && start <= to'],
      [
        'one half of a paired band is enough',
        'return a.some(([from, to]) =>',
        'return a.slice(0, 1).some(([from, to]) =>',
      ],
      [
        'any single frequency is as wide as itself',
        'named === undefined ? undefined : [named]',
        'named === undefined ? [[from, from + 1]] : [named]',
      ],
      ['thousands are decimals', 'LOWEST <= from && from < to', 'from < to'],
      ['a range may run backwards', 'from < to && to <= HIGHEST', 'to <= HIGHEST'],
      ['any number is a frequency', ' && to <= HIGHEST', ''],
      ['a band alike in every letter may be another', '  if (one === other) return true;\n', ''],
      ['a band called by one frequency is its lower half', 'Math.max(...edges)', 'edges[1] ?? 0'],
      ['megahertz are gigahertz', "['MHz', 1000],", "['MHz', 1_000_000],"],
    ],
  },
  {
    file: 'functions/core/facts/scope-words.ts',
    caughtBy: 'test/core/rules/tables.test.ts > the operator',
    faults: [
      [
        'a word nobody knows means another thing',
        'vocabulary.has(given) && vocabulary.has(asked) ? false : undefined',
        'false',
      ],
      [
        'a word given that nobody knows means another thing',
        'vocabulary.has(given) && vocabulary.has(asked)',
        'vocabulary.has(asked)',
      ],
      [
        'a word asked for that nobody knows means another thing',
        'vocabulary.has(given) && vocabulary.has(asked)',
        'vocabulary.has(given)',
      ],
      [
        'a part is not of the whole',
        'given === asked || isPart(vocabulary, given, asked)',
        'given === asked',
      ],
      ['the whole is not the part', '  if (isPart(vocabulary, asked, given)) return undefined;\n', ''],
      [
        'one that is not decides for all',
        'answers.includes(undefined) ? undefined : false',
        'answers.includes(false) ? false : undefined',
      ],
    ],
  },
  {
    file: 'functions/core/administration/checks/scope-words.ts',
    caughtBy: 'test/core/administration/checks.test.ts > words of scopes',
    faults: [
      ['words of equipment are not checked', "          ...all('use', key, `${at}/uses`, uses),\n", ''],
      ['bands of equipment are not checked', "          ...one('band', key, `${at}/band`, band),\n", ''],
      [
        'services of networks are not checked',
        "      ...all('service', key, '/services', fact.services),\n",
        '',
      ],
      [
        'flows of standards are not checked',
        "      ...all('flow', key, '/scope/flows', fact.scope.flows ?? []),\n",
        '',
      ],
      [
        'sets of providers are not checked',
        "      ...all('provider-set', key, '/providerSets', fact.providerSets),\n",
        '',
      ],
      ['uses of designations are not checked', "      ...all('use', key, '/scope/uses', scope.uses),\n", ''],
      [
        'services of designations are not checked',
        "      ...all('service', key, '/scope/services', scope.services),\n",
        '',
      ],
      [
        'whom standards bind is not checked',
        "      ...all('provider-set', key, '/scope/providers/sets', fact.scope.providers?.sets),\n",
        '',
      ],
      [
        'bands of rules are not checked',
        "          ...all('band', key, `${at}/bands`, rule.where.bands),\n",
        '',
      ],
      ['uses of rules are not checked', "          ...all('use', key, `${at}/uses`, rule.where.uses),\n", ''],
    ],
  },
  {
    file: 'functions/core/rules/selection.ts',
    caughtBy: 'test/core/rules/tables.test.ts > which deployments',
    faults: [
      ['a band nobody knows is out of scope', 'answers.includes(undefined) ? undefined : false', 'false'],
      ['every band of a rule must meet', 'answers.includes(true) ||', 'answers.every((a) => a === true) ||'],
      [
        'what cannot be told is out of scope',
        "answer === undefined ? 'unknown' :",
        "answer === undefined ? 'no' :",
      ],
      [
        'service begins a day early',
        'startOfDay(d.installed, zone) <= at',
        'startOfDay(d.installed, zone) - 86_400_000 <= at',
      ],
      ['equipment counts from the day after', 'd.installed >= from', 'd.installed > from'],
      [
        'removed equipment stays for its last instant',
        'at < startOfDay(d.removed, zone)',
        'at <= startOfDay(d.removed, zone)',
      ],
      [
        'a use nobody stated is none',
        "if (uses === undefined) return 'unknown';",
        "if (uses === undefined) return 'no';",
      ],
      [
        'a radio without a band is in none',
        "d.segment === 'access-mobile' ? 'unknown' : 'yes'",
        "d.segment === 'access-mobile' ? 'no' : 'yes'",
      ],
      [
        'a site of no known class is ordinary',
        "if (d.siteClass === 'unknown') return 'unknown';",
        "if (d.siteClass === 'unknown') return 'no';",
      ],
      [
        'what is not known outweighs what is wrong',
        "if (answers.includes('no')) return 'no';",
        "if (answers.includes('no') && !answers.includes('unknown')) return 'no';",
      ],
      [
        'shared equipment serves no generation',
        "wanted === undefined || d.generation === 'shared'",
        'wanted === undefined',
        'test/core/rules/closed-sets.test.ts',
      ],
      [
        'a class of functions read backwards',
        "c.deCritical === 'management'",
        "c.deCritical !== 'management'",
        'test/core/rules/closed-sets.test.ts > every function stands',
      ],
    ],
  },
  {
    file: 'functions/core/rules/adoption.ts',
    caughtBy: 'test/core/rules/tables.test.ts > adoption',
    faults: [
      [
        'a category is of nobody’s equipment',
        'const categories = adoptedCategories(adopt, ctx);',
        'const categories: readonly Sound<Designation>[] = [];',
        'test/adversary/categories.test.ts',
      ],
      [
        'a category is of everybody’s equipment',
        "(category, d.function) ? 'unknown' : 'no'",
        "(category, d.function) ? 'unknown' : 'yes'",
        PRODUCTS,
      ],
      [
        'what a category refuses lasts for ever',
        'v.designations), ...ctx.categories]',
        'v.designations)]',
        'test/adversary/categories.test.ts',
      ],
      ['a list is adopted whoever keeps it', 'd.authority === a.authority &&\n    a.classes', 'a.classes'],
      [
        'a proposal binds',
        "d.effect !== 'proposed' &&",
        '',
        'test/core/rules/closed-sets.test.ts > every effect',
      ],
      ['every class of a list is adopted', 'a.classes.includes(d.class) &&', ''],
      [
        'an entry binds whatever its dates',
        "d.effect !== 'proposed' &&\n    holdsAt(interval, at)",
        "d.effect !== 'proposed'",
      ],
      [
        'entries reach affiliates nobody named',
        "w.entries === 'every' || d.fact.reach === 'affiliates'",
        "w.entries === 'every' || d.fact.reach !== 'affiliates'",
      ],
      [
        'reach over ownership without its dates',
        'a.affiliates.filter((w) => holdsAt(intervalOf(w.valid), at))',
        'a.affiliates.filter(() => true)',
      ],
      [
        'generations not all known leave equipment out',
        "if (generations?.includes('unknown')) return 'unknown';",
        "if (generations?.includes('unknown')) return 'no';",
      ],
      [
        'scope that is not known counts as certain',
        "scope === 'yes' && within === 'yes'",
        "scope === 'yes' || within === 'yes'",
      ],
      ['dates of the reach are forgotten', '...a.affiliates.flatMap((w) => edges(intervalOf(w.valid))),', ''],
    ],
  },
  {
    file: 'functions/core/rules/ownership.ts',
    caughtBy: 'test/core/rules/tables.test.ts > ownership',
    faults: [
      [
        'owners together where each counts alone',
        "terms.counting === 'aggregate'",
        "terms.counting !== 'aggregate'",
      ],
      ['a share at the bound does not reach', 'held >= terms.share', 'held > terms.share'],
      ['ownership outlives its dates', ' && holdsAt(intervalOf(link.valid), at)', ''],
      ['nothing owned is owned enough', 'held > 0 && held >= terms.share', 'held >= terms.share'],
      ['ownership reaches one link deep', 'grew = true;', 'grew = false;'],
    ],
  },
  {
    file: 'functions/core/rules/assessed.ts',
    caughtBy: 'test/core/rules/tables.test.ts > assessed',
    faults: [
      ['criteria of anybody weigh', ' && fact.authority === p.criteriaAuthority', ''],
      [
        'criteria of anybody weigh, in some world',
        ' && fact.authority === p.criteriaAuthority',
        ' && fact.authority.length > 0',
        'test/theorems/t21-whose-word.test.ts',
      ],
      ['criteria of any name weigh', 'fact.id === p.criteriaSet && fact.auth', 'fact.auth'],
      [
        'nobody needs to say whose criteria weigh',
        "(p.results === 'weighed') === (p.criteriaAuthority !== undefined)",
        "p.results === 'weighed' || p.criteriaAuthority === undefined",
        'test/core/facts/soundness.test.ts',
      ],
      [
        'the first judgement in force decides',
        "inForce.find(({ fact }) => fact.outcome === 'not-trusted')",
        "inForce.slice(0, 1).find(({ fact }) => fact.outcome === 'not-trusted')",
      ],
      [
        'conditions are trust',
        "counted.filter(({ fact }) => fact.outcome === 'trusted')",
        "counted.filter(({ fact }) => fact.outcome !== 'not-trusted')",
      ],
      ['anybody assesses', ' && p.authorities.includes(fact.authority)', ''],
      ['any criteria do', 'fact.criteriaSet === p.criteriaSet && p.auth', 'p.auth'],
      ['criteria that have run out weigh on', 'weighs(p, c) && holdsAt(c.interval, ctx.at)', 'weighs(p, c)'],
      [
        'a weighing that was not made passes',
        "return { code: 'ASSESSMENT_NOT_ITEMISED', fact: a.key };",
        'return undefined;',
      ],
      [
        'all must pass where one suffices',
        'answers.includes(undefined)',
        'answers.length > 0 && answers.every((a) => a === undefined)',
      ],
    ],
  },
  {
    file: 'functions/core/rules/weighing.ts',
    caughtBy: 'test/core/rules/tables.test.ts > weighed',
    faults: [
      [
        'one good result of two suffices',
        "results.length > 0 && results.every((i) => i.result === 'met')",
        "results.some((i) => i.result === 'met')",
      ],
      ['what lacks evidence is met', "(i) => i.result === 'met'", "(i) => i.result !== 'not-met'"],
      ['weight at the bound is too little', '>= by.passAt', '> by.passAt'],
      ['a mandatory criterion can be outweighed', 'mandatoryMet && enough', 'enough'],
      [
        'results of other criteria are overlooked',
        "if (!items.every((i) => by.criteria.some((c) => c.id === i.criterion))) return 'not-met';",
        '',
      ],
    ],
  },
  {
    file: 'functions/core/administration/flip-causes.ts',
    caughtBy: 'test/core/administration/flip-causes.test.ts',
    faults: [
      [
        'what the change never touched is its cause',
        'touched.has(key) && isAbout(interval, from.at) ? [key]',
        'isAbout(interval, from.at) ? [key]',
      ],
      [
        'every hold is a cause',
        'return answer.reasons.some((reason) => reason.fact === key);',
        'return true;',
      ],
      ['every waiver is a cause', 'return answer.waivers.includes(key);', 'return true;'],
      ['every mandate is a cause', 'return answer.mandates.includes(key);', 'return true;'],
      ['a cause names no standard', '...(standard !== undefined && { standard }),', ''],
      ['a cause names no vendor', '...(vendor !== undefined && { vendor }),', ''],
      ['a cause is nowhere', '    ...place,\n', ''],
    ],
  },
  {
    file: 'functions/core/administration/inquiry.ts',
    caughtBy: 'test/core/administration/flip-causes.test.ts',
    faults: [
      [
        'what refuses the tunnel is a cause',
        "if (basis !== 'trusted-transport' || protection === undefined)",
        'if (basis !== undefined)',
      ],
    ],
  },
  {
    file: 'functions/core/administration/marking-order.ts',
    caughtBy: 'test/core/administration/flip-groups.test.ts',
    faults: [
      ['the lowest level is the highest', '- 1 - rank', '- (ladderOf(frame)?.length ?? 0) + rank'],
      ['what nobody can place is shown last', 'below: -1 }', 'below: 99 }'],
      ['the lowest of each ladder', 'height.below < known.below', 'height.below > known.below'],
    ],
  },
  {
    file: 'functions/core/administration/flip-groups.ts',
    caughtBy: 'test/core/administration/flip-groups.test.ts',
    faults: [
      ['groups in any order', '        byHeight(worstOf(a.first), worstOf(b.first)) ||\n', ''],
      ['a high marking stands among low ones', ', worstOf(each).name]', ']'],
      ['vendors are one cause', '    ...(vendor !== undefined && { vendor }),\n', ''],
      ['facts of every kind are one cause', ' kindsOf(flip.restsOn),', ''],
      ['what lasts longer needs no word', "effect === 'gained' || effect === 'later'", "effect === 'gained'"],
      ['one group too many at once', '> MOST_AT_ONCE.groups', '> MOST_AT_ONCE.groups + 1'],
      ['one answer too many at once', '> MOST_AT_ONCE.flips', '> MOST_AT_ONCE.flips + 1'],
      [
        'other answers have the same name',
        'number: _number, ...rest',
        'number: _number, until: _until, ...rest',
      ],
      [
        'a name moves with the numbers',
        'flip: { number: _number, ...rest } }) => rest',
        'flip: rest }) => rest',
      ],
    ],
  },
  {
    file: 'functions/core/administration/flip-words.ts',
    caughtBy: 'test/core/administration/flip-groups.test.ts',
    faults: [
      ['a tunnel is no condition', 'protection !== undefined && `through', 'false && `through'],
      ['a flow is no condition', 'flow !== undefined && `when', 'false && `when'],
      [
        'a tunnel that nobody needs is one',
        '!less.some((each) => texts.has(textOf(each)))',
        'less.length >= 0',
      ],
      [
        'sooner is longer',
        "direction === 'to-deny' ? 'ends sooner'",
        "direction !== 'to-deny' ? 'ends sooner'",
      ],
    ],
  },
  {
    file: 'functions/core/rules/trusted-source.ts',
    caughtBy: 'test/core/rules/tables.test.ts > trusted-source',
    faults: [
      [
        'a listing outweighs a judgement against it',
        "inForce.every((l) => l.fact.outcome !== 'not-trusted')",
        'true',
      ],
      ['listed now is listed then', 'listedAt(listings, installed) && listedAt', 'listedAt'],
      ['listed then is listed now', ' && listedAt(listings, ctx.at)', ''],
      ['the first day of the list is before it', 'd.installed < p.newFrom', 'd.installed <= p.newFrom'],
      [
        'a device of no known day is denied outright',
        "d.installed === null || there !== 'yes'",
        "there !== 'yes'",
      ],
    ],
  },
  {
    file: 'functions/core/rules/protection-required.ts',
    caughtBy: 'test/core/rules/tables.test.ts > protection',
    faults: [
      [
        'terms of another scheme are taken',
        '(a) => a.scheme === protection.scheme',
        '(a) => a.scheme !== undefined',
      ],
      [
        'one layer fewer suffices',
        'protection.layers.length < terms.leastLayers',
        'protection.layers.length + 1 < terms.leastLayers',
      ],
      [
        'independence in one respect suffices',
        'terms.independentIn.every(',
        'terms.independentIn.length === 0 || terms.independentIn.some(',
      ],
    ],
  },
  {
    file: 'functions/core/rules/obligations.ts',
    caughtBy: 'test/core/rules/tables.test.ts > obliges',
    faults: [
      [
        'a tunnel nobody names',
        "type === 'use-tunnel' && ctx.tunnel !== undefined",
        "type === 'use-tunnel' && ctx.tunnel === undefined",
      ],
      [
        'asking again is forgotten',
        "return [...listed, { type: 're-evaluate-by', withinHours: p.reEvaluateWithinHours }];",
        'return listed;',
      ],
    ],
  },
  {
    file: 'functions/core/rules/inventory-complete.ts',
    caughtBy: 'test/core/rules/tables.test.ts > inventory-complete',
    faults: [
      ['an inventory is fresh a day longer', '(p.maxAgeDays + 1)', '(p.maxAgeDays + 2)'],
      ['an inventory of a day to come is fresh', 'stated <= ctx.at && ctx.at < stale', 'ctx.at < stale'],
      ['an inventory is fresh from the day after', 'stated <= ctx.at', 'stated < ctx.at'],
      ['the day of an inventory is no bound', 'boundaries: [stated, stale]', 'boundaries: [stale]'],
      [
        'an empty inventory is complete',
        'inventory.complete !== true || empty',
        'inventory.complete !== true',
      ],
      ['a hosted network must list something', 'hostedOn === null &&', 'hostedOn !== undefined &&'],
    ],
  },
  {
    file: 'functions/core/rules/jurisdiction.ts',
    caughtBy: 'test/core/rules/tables.test.ts > jurisdiction',
    faults: [
      [
        'a tunnel is under no law',
        'placeFindings(p, { under: ends, runsIn: ends })',
        'placeFindings(p, { under: [], runsIn: ends })',
      ],
      [
        'a tunnel runs nowhere',
        'placeFindings(p, { under: ends, runsIn: ends })',
        'placeFindings(p, { under: ends, runsIn: [] })',
      ],
      ['a tunnel is reached from nowhere', 'runsIn: ends }), ...reachFindings(p, ctx)]', 'runsIn: ends })]'],
      ['the ends of a tunnel are judged before their day', 'findings: passed ? findings : []', 'findings'],
      [
        'one country on the list suffices',
        'found.every((c) => accepted.includes(c))',
        'found.some((c) => accepted.includes(c))',
      ],
      [
        'a device perhaps out of scope may be reached from anywhere',
        "matches(p.where, d) !== 'no' &&",
        "matches(p.where, d) === 'yes' &&",
      ],
    ],
  },
  {
    file: 'functions/core/rules/no-new-equipment.ts',
    caughtBy: 'test/core/rules/tables.test.ts > equipment',
    faults: [
      ['bought on the last day is bought after it', 'happened <= p.lastDay', 'happened < p.lastDay'],
      [
        'a purchase nobody states is before the ban',
        'd.purchased ?? d.installed',
        "d.purchased ?? '1970-01-01'",
      ],
    ],
  },
  {
    file: 'functions/core/rules/operator-ownership.ts',
    caughtBy: 'test/core/rules/tables.test.ts > the operator',
    faults: [
      ['an operator owns itself', 'owners.delete(operator);', ''],
      [
        'a category is of nobody who owns',
        'return { findings: unknown, boundaries };',
        'return { findings: [], boundaries };',
      ],
    ],
  },
  {
    file: 'functions/core/rules/operator-designation-absent.ts',
    caughtBy: 'test/core/rules/tables.test.ts > the operator',
    faults: [
      [
        'a category is of no operator',
        'reachingOperator(evidence, p.adopt, ctx).flatMap',
        'reachingOperator(evidence, p.adopt, ctx).filter((r) => !isOfCategory(r)).flatMap',
      ],
      ['a category is of every operator', ' && !isOfCategory(reached)', ''],
      [
        'an operator that states no services gives none',
        "if (services === undefined) return 'unknown';",
        "if (services === undefined) return 'no';",
      ],
      [
        'services are compared the wrong way round',
        'anyMeans(SERVICES, services, covered)',
        'anyMeans(SERVICES, covered, services)',
      ],
    ],
  },
  {
    file: 'functions/core/rules/supplier-diversity.ts',
    caughtBy: 'test/core/rules/tables.test.ts > suppliers',
    faults: [
      ['devices count as suppliers', 'familiesAmong(makers, ctx.vendors, ctx.at)', 'makers.length'],
      ['one supplier fewer suffices', 'ctx.at) >= p.least', 'ctx.at) + 1 >= p.least'],
    ],
  },
  {
    file: 'functions/core/rules/path-assurance.ts',
    caughtBy: 'test/core/rules/tables.test.ts > the path',
    faults: [
      [
        'an observed path is pinned',
        '!p.accept.includes(ctx.assurance)',
        "ctx.assurance === 'assumed' && !p.accept.includes(ctx.assurance)",
      ],
    ],
  },
  {
    file: 'functions/core/rules/adopted-designation-absent.ts',
    caughtBy: 'test/core/rules/tables.test.ts > adoption',
    faults: [
      [
        'one excepted connection excepts the others',
        'connectedBy.every((c) => excepted.includes(c))',
        'connectedBy.some((c) => excepted.includes(c))',
      ],
      [
        'no way of connecting is an excepted way',
        'connectedBy.length > 0 &&',
        '',
        'test/core/rules/tables.test.ts > what the fold never',
      ],
    ],
  },
  {
    file: 'functions/core/facts/moment.ts',
    caughtBy: 'test/core/facts/moment.test.ts',
    faults: [
      ['an interval holds in its last instant', 'at < interval.to', 'at <= interval.to'],
      ['an interval begins a moment late', 'interval.from <= at', 'interval.from < at'],
      [
        'a day is where the server is',
        'if (written + offsetAt(written, zone) === midnight) return written;',
        'return midnight;',
      ],
      [
        'a day that does not exist is one',
        'return Number.isFinite(ms) && new Date(ms).toISOString().startsWith(text);',
        'return Number.isFinite(ms);',
      ],
      ['an end on a day is its beginning', 'endOfDay(v.to, v.zone)', 'startOfDay(v.to, v.zone)'],
      [
        'an end before its beginning',
        'intervalOf(v).from < intervalOf(v).to',
        'intervalOf(v).from <= intervalOf(v).to',
        'test/core/facts/soundness.test.ts',
      ],
    ],
  },
  {
    file: 'functions/core/facts/fact.ts',
    caughtBy: 'test/core/facts/soundness.test.ts > polarity',
    faults: [
      ['a hold that cannot be read is none', 'hold: false', 'hold: true'],
      [
        'an assessment of any outcome is favourable',
        "return outcome === 'trusted' || outcome === 'conditional' ? 'favourable' : 'adverse';",
        "return outcome !== 'not-trusted' ? 'favourable' : 'adverse';",
      ],
      [
        'a fact of no kind is favourable',
        "if (kind === undefined) return 'adverse';",
        "if (kind === undefined) return 'favourable';",
      ],
      ['members of a prototype are read', 'Object.hasOwn(value, name)', 'name in value'],
    ],
  },
  {
    file: 'functions/core/facts/accreditation.ts',
    caughtBy: 'test/core/facts/soundness.test.ts',
    faults: [
      ['an audience of nobody', 'audience: set(country, 1)', 'audience: set(country)'],
      ['an accreditation for ever', '(a) => a.valid.to !== null', '() => true'],
      ['two entries for one frame', '.size === a.carries.length', '.size <= a.carries.length'],
    ],
  },
  {
    file: 'functions/core/facts/assessment.ts',
    caughtBy: 'test/core/facts/soundness.test.ts',
    faults: [
      ['an assessor approves', '(a) => a.assessor !== a.approver', '() => true'],
      [
        'an adverse judgement ends by itself',
        "a.outcome !== 'not-trusted' || a.valid.to === null || a.ending !== undefined",
        'true',
      ],
    ],
  },
  {
    file: 'functions/core/facts/network.ts',
    caughtBy: 'test/core/facts/soundness.test.ts',
    faults: [
      ['a function in a segment it is not of', 'classOf(d.function).segment === d.segment', 'true'],
      ['equipment bought after it was installed', 'd.purchased <= d.installed', 'd.purchased >= d.installed'],
      [
        'members of a deployment nobody knows are passed over',
        'const deployment = z\n  .strictObject',
        'const deployment = z\n  .object',
      ],
    ],
  },
  {
    file: 'functions/core/facts/standard.ts',
    caughtBy: 'test/core/facts/soundness.test.ts',
    faults: [
      [
        'a rule cites nothing that is listed',
        'sources.some((source) => source.key === key)',
        'sources.some((source) => source.key !== undefined)',
      ],
    ],
  },
  {
    file: 'functions/core/facts/network-identifier.ts',
    caughtBy: 'test/core/facts/soundness.test.ts > identifiers',
    faults: [
      ['an identifier of no check digits', "if (scheme === 'lei') return leiCheckDigitsHold(value);", ''],
      ['an AS number of more than 32 bits', '<= 4_294_967_295', '<= 9_294_967_295'],
    ],
  },
  {
    file: 'functions/core/facts/primitives.ts',
    caughtBy: 'test/core/facts/soundness.test.ts',
    faults: [
      ['text that nobody reads as it is', 'refine(isVisible, {', 'refine((t) => t.length > 0, {'],
      ['an entry stands twice', '.size === list.length', '.size <= list.length'],
      [
        'a digest with something before it',
        "['sha256:', z.string()",
        "[z.string(), 'sha256:', z.string()",
        'test/core/administration/change.test.ts',
      ],
      [
        'a digest with something behind it',
        '/^[0-9a-f]{64}$/',
        '/^[0-9a-f]{64}.*$/',
        'test/registry/bodies.test.ts',
      ],
    ],
  },
  {
    file: 'functions/core/visible-text.ts',
    caughtBy: 'test/core/facts/soundness.test.ts',
    faults: [
      ['text over several lines', '\\p{Cc}', ''],
      ['text that turns its direction', '\\p{Cf}', ''],
      ['half a character', '\\p{Cs}', ''],
      ['a sign of one’s own', '\\p{Co}', ''],
      ['a line by another name', '\\p{Zl}', ''],
      ['what is drawn as nothing', '\\p{Default_Ignorable_Code_Point}', ''],
      ['a blank that is no space', '\\u2800', ''],
      ['a blank by another name', '|(?! )\\p{Zs}/u', '/u', SEEN],
      ['a non-character', '\\p{Noncharacter_Code_Point}', '', SEEN],
      ['a note without a head', '\\u{1D159}', '', SEEN],
      ['a filler of another script', '\\u{16FE4}', '', SEEN],
      ['marks that enclose', '\\p{Me}', '\\p{Cc}', SEEN],
      ['marks that strike through', '[\\u0334-\\u0338\\u20D0-\\u20F0]|', '', SEEN],
      ['marks upon marks', '(?<=\\p{M}{4})\\p{M}|', '', SEEN],
      ['marks on nothing', '|(?<![\\p{L}\\p{N}\\p{M}])\\p{M}/u', '/u', SEEN],
      ['two spaces are taken', '[UNSEEN, STRAY_MARKS, SPACES]', '[UNSEEN, STRAY_MARKS]', SEEN],
      ['spaces paint a line', '    .replace(PAINTING_SPACES, (run) => `[${run.length} spaces]`)\n', '', SEEN],
      ['an indentation as wide as a screen', '|^ {13,}/gu', '/gu', SEEN],
      ['words turn what is beside them', '`\\u2067${words}\\u2069`', 'words', SEEN],
    ],
  },
  {
    file: 'functions/core/facts/canonical.ts',
    caughtBy: 'test/core/facts/canonical.test.ts',
    faults: [
      ['members in the order they came', '\n    .sort()', ''],
      ['fractions have a canonical form', '!Number.isSafeInteger(value) ||', '!Number.isFinite(value) ||'],
    ],
  },
  {
    file: 'functions/core/facts/view.ts',
    caughtBy: 'test/core/facts/view.test.ts',
    faults: [
      [
        'the first of two facts of one identity is believed',
        'if (named && groups.get(identity(raw))?.length === 1) return true;',
        'if (named && groups.get(identity(raw))?.[0] === raw) return true;',
      ],
      [
        'what is adverse and nameless is dropped',
        "if (named || polarityOf(raw) === 'adverse') unplaced.push(raw);",
        'if (named) unplaced.push(raw);',
      ],
      [
        'a subject that cannot be told is none',
        "if (polarityOf(raw) === 'adverse') law.unplaced.push(raw);\n    } else",
        '} else',
      ],
      [
        'a designation of two subjects is about the first',
        'keys.length === 1 ? keys[0] : undefined',
        'keys[0]',
      ],
      ['an identifier claimed twice names the last', 'if (claims === 1) entries', 'if (claims > 0) entries'],
      ['alternates of a route are left out', ", ...textList(member(raw, 'alternates'))", ''],
      ['owners one link deep', 'waiting.push(owner);', ''],
      ['an unsound subject is somebody', 'wellFormedId.safeParse(id).success ?', 'id.length > 0 ?'],
      ['an adverse designation of a network is dropped', " || kindOf(f) === 'designation'", ''],
      ['hosts without end', 'depth > MAX_HOSTS', 'depth > MAX_HOSTS + 1'],
      ['nine hosts', 'MAX_HOSTS = 8', 'MAX_HOSTS = 9', 'test/core/administration/validate.test.ts'],
    ],
  },
  {
    file: 'functions/core/strict-json.ts',
    caughtBy: 'test/core/strict-json.test.ts',
    faults: [
      [
        'the last of two members counts',
        "if (Object.hasOwn(object, name)) throw new Problem('DUPLICATE_KEY', at);",
        '',
      ],
      ['one level more', 'if (this.#depth > this.#maxDepth)', 'if (this.#depth > this.#maxDepth + 1)'],
      [
        'what is too deep is only malformed',
        'if (depth > maxDepth) return at;',
        'if (depth > maxDepth + 1) return at;',
      ],
      ['half a letter', "if (!value.isWellFormed()) throw new Problem('LONE_SURROGATE', at);", ''],
      ['more than one value', "if (this.#at < this.#text.length) throw new Problem('SYNTAX', this.#at);", ''],
      [
        'letters that steer',
        "if (!(unit >= SPACE)) throw new Problem('SYNTAX', start);",
        "if (Number.isNaN(unit)) throw new Problem('SYNTAX', start);",
      ],
      ['words that begin well', ' || !ENDS_WORD.has(this.#text.charAt(end))', ''],
      [
        'a list that ends as an object',
        'if (unit !== COMMA && unit !== end)',
        'if (unit !== COMMA && unit !== CLOSE && unit !== END_BRACE)',
      ],
      [
        'numbers without an end',
        "if (!Number.isFinite(value)) throw new Problem('NUMBER_OUT_OF_RANGE', start);",
        '',
      ],
      ['a level that is never left', 'else this.#depth -= 1;', ''],
      [
        'a prototype by its constructor',
        "['__proto__', 'constructor', 'prototype']",
        "['__proto__', 'prototype']",
      ],
    ],
  },
  {
    file: 'functions/core/safe-html.ts',
    caughtBy: 'test/core/safe-html.test.ts',
    faults: [
      ['an attribute can be left', '/[&<>"\']/g', '/[&<>]/g'],
      [
        'texts of others are markup',
        "if (typeof value === 'string' || typeof value === 'number') return escapeHtml(String(value));",
        "if (typeof value === 'string' || typeof value === 'number') return String(value);",
      ],
    ],
  },
  {
    file: 'functions/core/administration/polarity.ts',
    caughtBy: 'test/core/administration/polarity.test.ts > by what an operation is',
    faults: [
      ['one person ends a mandate', "mandate: 'never'", "mandate: 'always'"],
      ['one person lifts a hold', "hold: 'never'", "hold: 'always'"],
      ['one person lets a network go', 'return !leaves;', 'return true;'],
      [
        'one person ends a judgement against',
        "f.kind === 'assessment' && f.outcome !== 'not-trusted'",
        "f.kind === 'assessment'",
      ],
      [
        'one person corrects',
        "case 'replace':\n      return false;",
        "case 'replace':\n      return current !== undefined;",
      ],
      [
        'one person adds any judgement',
        "(f.kind === 'assessment' && f.outcome === 'not-trusted')",
        "f.kind === 'assessment'",
      ],
    ],
  },
  {
    file: 'functions/core/administration/authority.ts',
    caughtBy: 'test/core/administration/authority.test.ts',
    faults: [
      ['one person twice', 'if (!areTwoPeople(person, author))', 'if (false)'],
      ['a proposer who was dismissed', 'if (!proposed.ok) return proposed;', ''],
      [
        'a second person of another authority',
        '(author === undefined || a.proposers.includes(author.roleName))',
        'true',
      ],
      [
        'nobody speaks, so anybody may',
        "if (speakers.length === 0) refuse(refusal('NO_AUTHORITY', { path }));",
        '',
      ],
      ['one person loosens', 'if (loosening.length > 0)', 'if (loosening.length > 1)'],
    ],
  },
  {
    file: 'functions/core/administration/speakers.ts',
    caughtBy: 'test/core/administration/authority.test.ts',
    faults: [
      [
        'an authority speaks after its end',
        'holdsAt(reading.interval, at) ? reading.fact : undefined',
        'reading.fact',
      ],
      [
        'a nation is taken over',
        '[...nations].every((n) => a.speaksFor.includes(n))',
        '[...nations].some((n) => a.speaksFor.includes(n))',
      ],
      [
        'only the new owner of a fact speaks',
        'const sides = [before, after]',
        'const sides = [after ?? before]',
      ],
      [
        'nations that cannot be read are none',
        'if (was === undefined || becomes === undefined) return [];',
        'if (was === undefined || becomes === undefined) return [REGISTRAR];',
      ],
    ],
  },
  {
    file: 'functions/core/administration/change.ts',
    caughtBy: 'test/core/administration/change.test.ts',
    faults: [
      ['a change over another state', 'if (was !== is) {', "if (is !== null && each.op === 'add') {"],
      [
        'one fact changed twice',
        'if (earlier !== undefined) {',
        'if (earlier !== undefined && earlier < 0) {',
      ],
      [
        'half a change is made',
        'if (problems.length > 0 || conflicts.length > 0)',
        'if (problems.length > 0)',
      ],
    ],
  },
  {
    file: 'functions/core/facts/fact-key.ts',
    caughtBy: 'test/registry/door.test.ts',
    faults: [
      [
        'any word is a kind',
        'return undefined;\n  const kinds',
        'return undefined;\n  return undefined;\n  const kinds',
      ],
      ['a plural in -ies is unlike its kind', "word.replace(/ies$/, 'y')", 'word'],
      ['an id of any length', '{0,62}', '{0,63}'],
    ],
  },
  {
    file: 'functions/core/nearest.ts',
    caughtBy: 'test/registry/door.test.ts',
    faults: [
      ['any word is near', 'best.d <= Math.max(1, Math.floor(word.length / 4))', 'best.d >= 0'],
      [
        'a word that begins so is far',
        'word.length >= 3 &&',
        'word.length < 0 &&',
        'test/cli/options.test.ts',
      ],
      ['a word of which two begin so', ' && begun.length === 1', '', 'test/cli/options.test.ts'],
      [
        'a swap is far',
        '(before[j - 2] ?? Number.POSITIVE_INFINITY) + 1',
        '(before[j - 2] ?? Number.POSITIVE_INFINITY) + 2',
      ],
      ['a word in capitals is far', 'slipsBetween(word.toLowerCase()', 'slipsBetween(word'],
    ],
  },
  {
    file: 'functions/core/administration/ending.ts',
    caughtBy: 'test/core/administration/change.test.ts',
    faults: [
      ['an end prolongs', 'if (!(to < interval.to))', 'if (!(to < interval.to || to > interval.from))'],
      [
        'the source of an end is lost',
        'if (HAS_ENDING[kind]) return { ...raw, ending };',
        'if (HAS_ENDING[kind]) return raw;',
      ],
    ],
  },
  {
    file: 'functions/core/administration/person.ts',
    caughtBy: 'test/core/administration/authority.test.ts > a person',
    faults: [
      ['a role of another account', 'inAccount !== account || ', ''],
      ['one session under two roles', ' && a.session !== b.session', ''],
    ],
  },
  {
    file: 'functions/core/administration/checks/overlaps.ts',
    caughtBy: 'test/core/administration/validate.test.ts',
    faults: [
      [
        'facts that follow each other contradict',
        'a.from < b.to && b.from < a.to',
        'a.from <= b.to && b.from <= a.to',
      ],
      [
        'two statements of which one is the same',
        '.some((s) => own.has(canonicalText(s)))',
        '.every((s) => own.has(canonicalText(s)))',
        'test/core/administration/checks.test.ts',
      ],
    ],
  },
  {
    file: 'functions/core/administration/checks/grants.ts',
    caughtBy: 'test/core/administration/validate.test.ts',
    faults: [
      [
        'a role that approves here and proposes there',
        'const other = proposing.get(role);',
        'const other = proposing.get(key);',
      ],
    ],
  },
  {
    file: 'functions/core/administration/checks/spoken-for.ts',
    caughtBy: 'test/core/administration/validate.test.ts',
    faults: [
      [
        'anybody mandates',
        'speaker === undefined || speaker.fact.speaksFor.includes(owner)',
        'speaker === undefined || speaker.fact.speaksFor.length > 0',
      ],
      [
        'a translation is whose levels it leads to',
        'ownerOfFrame(fact.from.frame)',
        'ownerOfFrame(fact.to.frame)',
        'test/core/administration/checks.test.ts > who speaks',
      ],
    ],
  },
  {
    file: 'functions/core/administration/checks/document-sizes.ts',
    caughtBy: 'test/core/administration/limits.test.ts',
    faults: [['a document a byte too large', 'if (length <= most)', 'if (length <= most + 1)']],
  },
  {
    file: 'functions/core/administration/plain-json.ts',
    caughtBy: 'test/core/administration/limits.test.ts',
    faults: [
      ['a level too deep', 'depth > MAX_FACT_DEPTH', 'depth > MAX_FACT_DEPTH + 1'],
      ['a prototype is stored', " || Object.hasOwn(v, '__proto__')", ''],
    ],
  },
  {
    file: 'functions/core/administration/forecast.ts',
    caughtBy: 'test/core/administration/forecast.test.ts',
    faults: [
      [
        'a forecast past its limit is begun',
        'if (questions > limit) throw',
        'if (questions > limit + 1) throw',
      ],
      [
        'an unfinished forecast is whole',
        'if (state.plan !== plan.digest || state.done !== plan.subjects)',
        'if (state.plan !== plan.digest)',
      ],
      [
        'the state of another forecast is finished',
        'if (state.plan !== plan.digest || state.done !== plan.subjects)',
        'if (state.done !== plan.subjects)',
      ],
      [
        'a state past the end is continued',
        '(state.plan !== plan.digest || state.done > plan.subjects)',
        '(state.plan !== plan.digest)',
      ],
      ['what nobody looked at is complete', 'complete: unlooked.length === 0', 'complete: true'],
      ['how far it looked is not said', 'lookedUntil: unlooked.sort()[0] ?? null', 'lookedUntil: null'],
      [
        'a stop since is not forecast',
        '{ ...registryFrom(facts.values()), signed:',
        '{ ...registryFrom(facts.values()), other:',
      ],
      [
        'what is stopped already is unsaid',
        '[facts, signed ?? new Map()].flatMap',
        '[signed ?? new Map()].flatMap',
      ],
    ],
  },
  {
    file: 'functions/core/administration/lifted.ts',
    caughtBy: 'test/core/administration/lifted.test.ts',
    faults: [
      [
        'what flips anyway is told once more',
        'if (isFlip(stopped)) return { ...stopped, after: before };',
        '',
        'test/core/administration/simulate.test.ts > while something is stopped',
      ],
      [
        'a stop that stops no more hides',
        '...[...stopsIn(before.reasons), ...unreadable.before],',
        '...unreadable.before,',
      ],
      ['a stop that nobody can read hides what it stopped', ', ...unreadable.before]', ']'],
      ['what is exempt before alone hides', '...setAsideIn(before.notes), ', ''],
      ['the end of a stop that is accepted hides', ', ...endUnproven]', ']'],
      ['what is lost hides what is gained', "if (alone.after.outcome === 'permit') return alone;", ''],
      ['that it is so sooner is unsaid', '{ ...change, sooner: first.from }', 'change'],
      [
        'what is sooner is lost',
        'first === undefined ? change : { ...change, sooner: first.from }',
        'change',
      ],
    ],
  },
  {
    file: 'functions/core/administration/simulate.ts',
    caughtBy: 'test/core/administration/simulate.test.ts > while something is stopped',
    faults: [
      [
        'what is stopped is asked about as it is alone',
        'stops.length === 0\n        ? undefined',
        'stops.length >= 0\n        ? undefined',
      ],
      [
        'a stop that is over is set aside',
        "kindOf(fact) === 'hold' && !hasEnded(fact, at)",
        "kindOf(fact) === 'hold'",
      ],
      ['that it takes the end of a stop is unsaid', ', lifted: true });', ' });'],
      [
        'a stop is lifted on one side',
        'after: registryFrom(after.filter(isAsked)) };',
        'after: registryFrom(after) };',
      ],
      [
        'a stop makes a change too large',
        'questions > limit * times',
        'questions > limit',
        'test/core/administration/simulate.test.ts > complete, or an error',
      ],
    ],
  },
  {
    file: 'functions/core/administration/flip-words.ts',
    caughtBy: 'test/core/administration/simulate.test.ts > while something is stopped',
    faults: [['the end of a stop is no condition', 'lifted === true &&', 'false &&']],
  },
  {
    file: 'functions/core/administration/simulate.ts',
    caughtBy: 'test/core/administration/simulate.test.ts > complete, or an error',
    faults: [
      [
        'a simulation past its limit is begun',
        'if (questions > limit * times) throw',
        'if (questions > limit * times + 1) throw',
      ],
      [
        'an unfinished simulation is whole',
        'if (state.plan !== plan.digest || state.done !== plan.tasks.length)',
        'if (state.plan !== plan.digest)',
      ],
      [
        'the state of another simulation is finished',
        'if (state.plan !== plan.digest || state.done !== plan.tasks.length)',
        'if (state.done !== plan.tasks.length)',
      ],
      [
        'a state past the end is continued into a report',
        '(state.plan !== plan.digest || state.done > plan.tasks.length)',
        '(state.plan !== plan.digest)',
      ],
    ],
  },
  {
    file: 'functions/core/administration/outages.ts',
    caughtBy: 'test/core/administration/forecast.test.ts',
    faults: [
      ['a window ends a day early', 'horizon: at + days * DAY_MS', 'horizon: at + (days - 1) * DAY_MS'],
      ['the last instant is outside', 'all.at, all.horizon + 1,', 'all.at, all.horizon,'],
      ['a walk looks past its horizon', 'all.at, all.horizon + 1,', 'all.at, all.horizon + 2,'],
      [
        'an outage that does not end is none',
        'return open === undefined ? dark : [...dark, open];',
        'return dark;',
      ],
      [
        'what there was no time to look at is fine',
        'dark.push({ from: iso(from), until: null, because: [], why: [], unlooked: true });',
        '',
        'test/watch/dark-routes.test.ts',
      ],
      [
        'what ends a tunnel ends a permit without',
        'inquiry(registry, asPermitted(question, permit))',
        'inquiry(registry, question)',
        'test/core/administration/flip-causes.test.ts',
      ],
    ],
  },
  {
    file: 'functions/core/registry/in-sight.ts',
    caughtBy: 'test/watch/dark-routes.test.ts',
    faults: [
      [
        'a stop of the very network is out of sight',
        "!('network' in scope) || networks.has(scope.network)",
        "!('network' in scope)",
      ],
      [
        'hosts are out of sight',
        'registry.networks(key) ?? []',
        'registry.networks(key)?.slice(0, 1) ?? []',
        'test/core/administration/asked.test.ts',
      ],
      [
        'the first network of a route is in sight',
        '.networks.values() ?? [])].flat()',
        '.networks.values() ?? [])].slice(0, 1).flat()',
        'test/core/administration/asked.test.ts',
      ],
    ],
  },
  {
    file: 'functions/core/request.ts',
    caughtBy: 'test/core/decision/request.test.ts',
    faults: [
      [
        'a version may be 0',
        "Number.isSafeInteger(n) && n >= 1, 'a version",
        "Number.isSafeInteger(n) && n >= 0, 'a version",
      ],
    ],
  },
  {
    file: 'functions/core/decision/read-request.ts',
    caughtBy: 'test/core/decision/request.test.ts',
    faults: [['sixteen reasons', 'issues.slice(0, 16)', 'issues']],
  },
  {
    file: 'functions/core/decision/answer.ts',
    caughtBy: 'test/core/decision/answer.test.ts',
    faults: [
      [
        'asking again helps only where nothing else is wrong',
        "classes.includes('unavailable') ?",
        "classes.every((c) => c === 'unavailable') ?",
      ],
    ],
  },
  {
    file: 'functions/core/decision/standards.ts',
    caughtBy: 'test/core/decision/gates.test.ts',
    faults: [
      ['a set of providers nobody knows is another', 'if (bound === false) {', 'if (bound !== true) {'],
      [
        'a set of providers nobody knows is bound, and said to be',
        'if (bound === undefined)\n',
        'if (bound === null)\n',
      ],
    ],
  },
  {
    file: 'functions/core/decision/standards.ts',
    caughtBy: 'test/core/decision/until.test.ts',
    faults: [
      [
        'a level nobody knows in the scope is overlooked',
        'starts.length === 0 || starts.includes(undefined)',
        'starts.length === 0',
        'test/core/decision/levels.test.ts',
      ],
      [
        'one unbound provider ends the reading of the standard',
        "if (providers.others === 'satisfied') continue;",
        "if (providers.others === 'satisfied') break;",
        'test/core/decision/gates.test.ts',
      ],
    ],
  },
  {
    file: 'functions/core/administration/authority.ts',
    caughtBy: 'test/core/administration/authority.test.ts',
    faults: [
      [
        'the first of several speaks',
        'inForce.filter((a) => isGranted',
        'inForce.slice(0, 1).filter((a) => isGranted',
      ],
      [
        'a genesis grants from all operations',
        "c.op === 'add' ? [[keyOf(c) ?? '', c.fact] as const] : []",
        "c.op !== 'end' ? [[keyOf(c) ?? '', c.fact] as const] : []",
      ],
    ],
  },
  {
    file: 'functions/core/administration/speakers.ts',
    caughtBy: 'test/adversary/nations.test.ts',
    faults: [
      [
        'successors of any',
        'others.every((ids) => ids.includes(id))',
        'others.some((ids) => ids.includes(id)) || others.length === 0',
      ],
    ],
  },
  {
    file: 'functions/core/administration/change.ts',
    caughtBy: 'test/core/administration/change.test.ts',
    faults: [
      [
        'two operations on one fact',
        'if (earlier !== undefined) {',
        "if (earlier !== undefined && each.op === 'add') {",
      ],
    ],
  },
  {
    file: 'functions/core/administration/ending.ts',
    caughtBy: 'test/core/administration/change.test.ts',
    faults: [['a standard reuses a key', '    keys.add(`ending-${n}`);\n', '']],
  },
  {
    file: 'functions/core/administration/polarity.ts',
    caughtBy: 'test/core/administration/polarity.test.ts > on conditions',
    faults: [
      [
        'a conditional judgement is adverse',
        "f.kind === 'assessment' && f.outcome === 'not-trusted')\n",
        "f.kind === 'assessment' && f.outcome !== 'trusted')\n",
      ],
    ],
  },
  {
    file: 'functions/core/administration/undo.ts',
    caughtBy: 'test/core/administration/undo.test.ts',
    faults: [
      ['a stop goes by the way', '(speaksAgainst(now) || hasEnded(now, at));', 'hasEnded(now, at);'],
      ['what one person took away comes back', 'if (revoked.has(key)) return true;', ''],
      [
        'what one person took away comes back in some history',
        'if (revoked.has(key)) return true;',
        'if (revoked.has(key) && now !== undefined) return true;',
        'test/core/administration/undo-model.test.ts',
      ],
      [
        'a key that was taken off comes back',
        "kindOf(each) === 'authority')) return true;",
        "kindOf(each) === 'authority')) return false;",
      ],
      ['a revocation is undone by the way', ' || hasEnded(now, at)', ''],
      ['a stop that is named stays', ' && !named.has(each.key)', ''],
      ['one speaks for two', ".join('+')", '[0] as string'],
      ['nobody’s is somebody’s', 'speakers.some((anyOf) => anyOf.length === 0)', 'speakers.length < 0'],
    ],
  },
  {
    file: 'functions/core/administration/polarity.ts',
    caughtBy: 'test/core/administration/undo.test.ts',
    faults: [
      [
        'a judgement against goes by the way',
        "kind === 'designation' || isJudgement",
        "kind === 'designation'",
      ],
      [
        'what nobody can read goes by the way',
        "return kind === undefined || kind === 'hold'",
        "return kind === 'hold'",
      ],
    ],
  },
  {
    file: 'functions/core/administration/flips.ts',
    caughtBy: 'test/core/administration/flips.test.ts',
    faults: [
      [
        'a flip goes on though its reasons change',
        '({ from: _from, until: _until, ...rest }: AnswerChange)',
        '({ from: _from, until: _until, why: _why, ...rest }: AnswerChange)',
      ],
      [
        'gaps are bridged',
        'if (last === undefined || !isSame(last, next)) all.push(next);',
        "if (next === 'refuses') continue;\n    if (last === undefined || !isSame(last, next)) all.push(next);",
      ],
      [
        'a break in a permit moves its end',
        "said[first - 1] !== 'permits' || said[last + 1] === 'permits'",
        "said[first - 1] !== 'permits'",
      ],
      [
        'a permit that is new moves an end',
        "said[first - 1] !== 'permits' || said[last + 1] === 'permits'",
        "said[last + 1] === 'permits'",
      ],
      ['an end for each reason', '  while (direction(last + 1) === direction(at)) last += 1;\n', ''],
      [
        'ends are turned around',
        '{ was: end.until, becomes: begin.from }',
        '{ was: begin.from, becomes: end.until }',
      ],
      [
        'what becomes refused comes first',
        "direction === 'to-permit' ? 0 : 1",
        "direction === 'to-permit' ? 1 : 0",
      ],
    ],
  },
  {
    file: 'functions/core/rules/trusted-source.ts',
    caughtBy: 'test/core/rules/tables.test.ts',
    faults: [
      [
        'the day of installation in UTC',
        'd.installed ?? p.newFrom, ctx.zone',
        "d.installed ?? p.newFrom, 'UTC'",
      ],
    ],
  },
  {
    file: 'functions/core/administration/checks/overlaps.ts',
    caughtBy: 'test/core/administration/validate.test.ts',
    faults: [
      ['waivers of any rule', 'f.owner, f.standard, f.rule, f.network', 'f.owner, f.standard, f.network'],
    ],
  },
  {
    file: 'functions/core/administration/checks/spoken-for.ts',
    caughtBy: 'test/core/administration/validate.test.ts',
    faults: [
      [
        'waivers by anybody',
        "(['exemption', 'mandate', 'standard', 'waiver'] as const)",
        "(['exemption', 'mandate', 'standard'] as const)",
      ],
      [
        'exemptions by anybody',
        "(['exemption', 'mandate', 'standard', 'waiver'] as const)",
        "(['mandate', 'standard', 'waiver'] as const)",
      ],
      [
        'registrar and another nation',
        'fact.speaksFor.length === 1 && fact.speaksFor[0] === NO_NATION',
        'fact.speaksFor[0] === NO_NATION',
      ],
    ],
  },
  {
    file: 'functions/core/administration/checks/codes.ts',
    caughtBy: 'test/core/administration/validate.test.ts',
    faults: [
      [
        'ends of tunnels are anywhere',
        "    ...ctx\n      .judged('protection')\n      .flatMap(({ key, fact }) => list(key, '/endpointCountries', fact.endpointCountries)),\n",
        '',
        'test/core/administration/checks.test.ts',
      ],
    ],
  },
  {
    file: 'functions/core/administration/checks/audience.ts',
    caughtBy: 'test/core/administration/validate.test.ts',
    faults: [
      [
        'one country of many',
        'reach(ctx, accreditation).filter(',
        'reach(ctx, accreditation).slice(0, 1).filter(',
      ],
    ],
  },
  {
    file: 'functions/core/strict-json.ts',
    caughtBy: 'test/core/strict-json.test.ts',
    faults: [['prototype as a name', "'constructor', 'prototype'", "'constructor'"]],
  },
  {
    file: 'functions/core/safe-html.ts',
    caughtBy: 'test/core/safe-html.test.ts',
    faults: [['directions stay', 'return visible(text.replace', 'return (text.replace']],
  },
  {
    file: 'functions/core/decision/holds.ts',
    caughtBy: 'test/core/decision/gates.test.ts',
    faults: [['only the first owner is held', 'owners.includes(scope.owner)', 'owners[0] === scope.owner']],
  },
  {
    file: 'functions/core/decision/repair.ts',
    caughtBy: 'test/core/decision/repair.test.ts > name a vendor',
    faults: [
      ['moot whatever the hop', 'r.hop === reason.hop && r.vendor', 'r.vendor'],
      [
        'the longer list',
        'plain.groups.length < asked.groups.length',
        'plain.groups.length > asked.groups.length',
        'test/core/decision/repair.test.ts > basis that asks',
      ],
    ],
  },
  {
    file: 'functions/core/facts/moment.ts',
    caughtBy: 'test/core/facts/moment.test.ts',
    faults: [
      [
        'zones by another name',
        '/^(?:UTC|[A-Za-z_]+(?:\\/[A-Za-z0-9_+-]+){1,2})$/',
        '/^(?:[A-Za-z_]+(?:\\/[A-Za-z0-9_+-]+){0,2})$/',
      ],
    ],
  },
]);
