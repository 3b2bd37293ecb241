/** Faults in what ties standards together, in what they lack, in grades of citations, and in categories of products. */
// biome-ignore-all lint/suspicious/noTemplateCurlyInString: faults in code that has templates
import { mutationsOf } from '../mutation.ts';

const SAID = 'test/core/decision/succession.test.ts';
const CHECKED = 'test/core/administration/succession.test.ts';
const GRADES = 'test/core/decision/grades.test.ts';
const PRODUCTS = 'test/core/rules/products.test.ts';
const ORACLE = 'test/theorems/oracle.test.ts';
const SCOPES = 'test/core/administration/checks.test.ts';
const BOUNDS = 'test/core/decision/founded-rules.test.ts';
const NAMES = 'test/core/administration/instruments.test.ts';

export const SUCCESSION = mutationsOf('succession', [
  {
    file: 'functions/core/decision/asked-standard.ts',
    caughtBy: SAID,
    faults: [
      ['another owner replaces', 's.fact.owner !== owner || ', ''],
      ['a proposal replaces', "status === 'proposed' || ", ''],
      ['only the first successor is found', '      replaced.push(by);\n', ''],
      ['nothing replaces', '!replaces.includes(id)) continue;', 'true) continue;'],
      ['everything replaces', ' || !replaces.includes(id)) continue;', ') continue;'],
      ['what nobody can read replaces nothing', "t.kind === 'standard' &&", "t.kind === 'mandate' &&"],
      [
        'successors of what is over are asked',
        'const said = isInForce(standard, terms.at)',
        'const said = terms.at > 0',
      ],
      [
        'the older one is not asked',
        'const all = [own, ...said.map(({ result }) => result)];',
        'const all = said.length > 0 ? said.map(({ result }) => result) : [own];',
      ],
      [
        'the successor is not asked',
        'const all = [own, ...said.map(({ result }) => result)];',
        'const all = [own];',
      ],
      [
        'one that may have replaced it does not count',
        "...(unread ? ['indeterminate' as const] : [])",
        '',
        ORACLE,
      ],
      [
        'one that may have replaced it is not told',
        "...(unread ? [{ code: 'FACT_UNSOUND', standard: fact.id } as const] : [])",
        '',
      ],
      ['that it was replaced is not told', "code: 'STANDARD_REPLACED'", "code: 'STANDARD_UNKNOWN'"],
      [
        'that it was replaced is told where that binds nobody',
        '.filter(({ result }) => result.asked.length > 0)',
        '',
      ],
      [
        'what the successor obliges to is forgotten',
        'obligations: all.flatMap((r) => r.obligations)',
        'obligations: own.obligations',
      ],
      ['waivers of the successor are forgotten', 'all.flatMap((r) => r.waivers)', 'own.waivers'],
      [
        'what the successor says lasts for ever',
        '...all.flatMap((r) => r.boundaries),',
        '...own.boundaries,',
      ],
      ['a standard does not bound itself', '...[standard, ...successors].flatMap', '...successors.flatMap'],
      [
        'successors do not bound the older one',
        '...[standard, ...successors].flatMap',
        '...[standard].flatMap',
      ],
      ['a successor bounds it by its end alone', '[s.interval.from, s.interval.to]', '[s.interval.to]'],
      [
        'a successor bounds it by its beginning alone',
        '[s.interval.from, s.interval.to]',
        '[s.interval.from]',
      ],
      [
        'what the successor lacks is not asked',
        'const asked = all.flatMap((r) => r.asked);',
        'const asked = own.asked;',
      ],
      [
        'the successor’s reason names nobody',
        'statedIn: reason.statedIn ?? standard',
        'statedIn: reason.statedIn',
      ],
      [
        'the successor’s reason forgets whose rule it is',
        'statedIn: reason.statedIn ?? standard',
        'statedIn: standard',
      ],
      ['what lacks something is not named', '...(id !== asked && { statedIn: id })', ''],
    ],
  },
  {
    file: 'functions/core/decision/founded-rules.ts',
    caughtBy: SAID,
    faults: [
      ['what it builds on is not asked', '...parts.flatMap((p) => p.rules)', ''],
      ['its own rules are not asked', '...fact.rules.map((rule) => ({ rule, statedIn: fact })), ', ''],
      ['what it builds on is over when it is', '{ ...base, interval }', 'base'],
      [
        'a rule that is not there is not missed',
        'const isLost = !rules.every(',
        'const isLost = !rules.some(',
      ],
      ['by rule is whole', 'rules.includes(rule.id));\n', 'rules.length > 0);\n'],
      [
        'whole is by rule',
        'if (rules === null) return base;',
        'if (rules === null) return { ...base, rules: [] };',
      ],
      ['by rule forgets what was lost', 'lost: [...base.lost, ', 'lost: ['],
      ['as deep as anybody writes', ' || above.length >= MOST_FOUNDED.depth', '', BOUNDS],
      ['one deeper', 'above.length >= MOST_FOUNDED.depth', 'above.length > MOST_FOUNDED.depth', BOUNDS],
      ['as much as anybody writes', 'rules.length > MOST_FOUNDED.rules ?', 'false ?', BOUNDS],
      ['one rule less', 'rules.length > MOST_FOUNDED.rules', 'rules.length >= MOST_FOUNDED.rules', BOUNDS],
      ['a base is asked as often as it is named', '    known.set(id, all);\n', '', BOUNDS],
      [
        'a rule counts as often as it is brought',
        '`${statedIn.id} ${rule.id}`',
        '`${above.length} ${Math.random()}`',
        BOUNDS,
      ],
      [
        'a requirement nobody encodes is encoded',
        'isIncomplete(fact, asks)',
        'isIncomplete(fact, new Set((fact.requirements ?? []).flatMap((r) => r.encoded ?? [])))',
        BOUNDS,
      ],
    ],
  },
  {
    file: 'functions/core/decision/standards.ts',
    caughtBy: SAID,
    faults: [
      ['a waiver of what builds on it', 'w.standard === statedIn.id &&', 'w.standard !== "" &&'],
      [
        'rules of the tunnel are its own alone',
        'const result = evaluateLayers(stated.rule',
        'const result = stated.statedIn.id !== s.id ? { findings: [] } : evaluateLayers(stated.rule',
      ],
      [
        'what it builds on is missing for nobody',
        'for (const id of binds ? lost : [])',
        'for (const id of [])',
      ],
      [
        'what it builds on is missing for everybody',
        'for (const id of binds ? lost : [])',
        'for (const id of lost)',
      ],
      [
        'what is missing is a note',
        "statedIn: id }, 'indeterminate', false);",
        "statedIn: id }, 'note', false);",
      ],
      ['what it lacks is lacking for everybody', 'asked: binds ? asked : [],', 'asked,'],
      ['nobody is told whose rule it is', '...(statedIn.id !== s.id && { statedIn: statedIn.id }),', ''],
      [
        'a proposal is a law to replace',
        "return s.fact.status !== 'proposed' && holdsAt(s.interval, at);",
        'return holdsAt(s.interval, at);',
        'test/core/decision/gates.test.ts',
      ],
    ],
  },
  {
    file: 'functions/core/decision/judge-basis.ts',
    caughtBy: SAID,
    faults: [
      ['what is incomplete is accepted', "    refusal('deny', unaccepted(owners, asked)),\n", ''],
      [
        'whoever accepts something accepts everything',
        '.filter((id) => !acceptIncomplete.includes(id))',
        '.filter(() => acceptIncomplete.length === 0)',
      ],
      [
        'one mandate accepts for another',
        '.filter(({ verdict }) => standards.includes(verdict.id))',
        '.filter(({ verdict }) => standards[0] === verdict.id && acceptIncomplete.length === 0)',
      ],
      [
        'who names nothing incomplete is asked to accept',
        '.filter(({ verdict }) => standards.includes(verdict.id))',
        '',
        SAID,
      ],
      [
        'any grade will do',
        "const code = grade === 'unverified' ? undefined : CITATION_CODES[grade];",
        "const code = grade !== 'secondary' ? undefined : CITATION_CODES[grade];",
        GRADES,
      ],
      [
        'the grade of what may be left out is not asked',
        '(permits && !stands({ grade, bound: false }))',
        'false',
        GRADES,
      ],
    ],
  },
  {
    file: 'functions/core/decision/citations.ts',
    caughtBy: GRADES,
    faults: [
      [
        'every mandate must refuse what nobody verified',
        'mandates.every((m) => m.acceptUnverified)',
        'mandates.some((m) => m.acceptUnverified)',
      ],
      [
        'every mandate must ask for the text itself',
        'mandates.some((m) => m.acceptSecondary === false)',
        'mandates.length > 0 && mandates.every((m) => m.acceptSecondary === false)',
      ],
      ['who says nothing of reports takes none', 'm.acceptSecondary === false', 'm.acceptSecondary !== true'],
      ['evidence is not cited', '[...fact.sources, ...evidence].every', 'fact.sources.every'],
      [
        'one good citation is enough',
        '[...fact.sources, ...evidence].every',
        '[...fact.sources, ...evidence].some',
        'test/core/decision/grades.test.ts',
      ],
      [
        'an end is read in any way',
        '!ending.every((s) => isOfGrade(s, least))',
        '(least === "" as never || ending.some((s) => !s.verified))',
      ],
      [
        'a report is refused in the words for what nobody read',
        "primary: 'CITATION_NOT_PRIMARY'",
        "primary: 'CITATION_UNVERIFIED'",
      ],
      [
        'what may be left out is of any grade',
        'return some(facts, (f) => isCitedAs(grade, f));',
        'return facts;',
      ],
      ['judgements are of any grade', '(isCitedAs(grade, a) && ', '('],
    ],
  },
  {
    file: 'functions/core/facts/provenance.ts',
    caughtBy: GRADES,
    faults: [
      [
        'nobody need have read it',
        "if (!verified) return 'unverified';",
        "if (!verified && primary !== true) return 'unverified';",
      ],
      ['what is not said is its own text', "primary === true ? 'primary'", "primary !== false ? 'primary'"],
      [
        'grades are the wrong way round',
        'GRADES.indexOf(gradeOf(source)) <= GRADES.indexOf(least)',
        'GRADES.indexOf(gradeOf(source)) >= GRADES.indexOf(least)',
      ],
      ['what nobody read is its own text', '(s) => s.primary !== true || s.verified,', '() => true,'],
    ],
  },
  {
    file: 'functions/core/decision/repair.ts',
    caughtBy: SAID,
    faults: [
      [
        'the repair is of what was asked',
        'const standard = reason.statedIn ?? reason.standard;',
        'const standard = reason.standard;',
      ],
      [
        'grades of what may be left out are judged',
        '      return !codes.has(CITATION_CODES[grade]);\n    default',
        '      return false;\n    default',
        GRADES,
      ],
    ],
  },
  {
    file: 'functions/core/decision/requested.ts',
    caughtBy: SAID,
    faults: [
      [
        'that it was replaced is not told to who adds it',
        "['STANDARD_INCOMPLETE', 'STANDARD_REPLACED']",
        "['STANDARD_INCOMPLETE']",
      ],
      [
        'that it lacks something is not told to who adds it',
        "['STANDARD_INCOMPLETE', 'STANDARD_REPLACED']",
        "['STANDARD_REPLACED']",
      ],
    ],
  },
  {
    file: 'functions/core/facts/standard.ts',
    caughtBy: SAID,
    faults: [
      [
        'an empty list is a list',
        'requirements: z.optional(set(requirement, 1))',
        'requirements: z.optional(set(requirement))',
      ],
      ['a standard replaces itself', '!(s.replaces ?? []).includes(s.id)', 'true'],
    ],
  },
  {
    file: 'functions/core/facts/mandate.ts',
    caughtBy: GRADES,
    faults: [
      ['no report, and what nobody read', 'm.acceptSecondary !== false || !m.acceptUnverified', 'true'],
    ],
  },
  {
    file: 'functions/core/facts/designation.ts',
    caughtBy: SCOPES,
    faults: [
      [
        'a product gives a service',
        "scope.services === undefined || !('category' in subject && PRODUCTS.has(subject.category))",
        'true',
      ],
    ],
  },
  {
    file: 'functions/core/facts/products.ts',
    caughtBy: PRODUCTS,
    faults: [
      [
        'what nobody knows is no product',
        'functions === undefined || functions.includes(does)',
        'functions?.includes(does) === true',
      ],
      ['every product may do everything', 'functions === undefined || functions.includes(does)', 'true'],
      ['a router is no optical terminal', "['CPE', 'ONT']", "['CPE']"],
    ],
  },
  {
    file: 'functions/core/rules/adoption.ts',
    caughtBy: PRODUCTS,
    faults: [
      [
        'an entry that names somebody is of nobody’s product',
        "if (!('category' in subject)) return 'yes';",
        "if (!('category' in subject)) return 'unknown';",
      ],
      [
        'what it is sold as is not asked',
        'if (d.product !== undefined) return triOf(anyMeans(PRODUCTS, [d.product], [category]));',
        '',
      ],
      ['what may be a product is none', "? 'unknown' : 'no';\n}", "? 'no' : 'no';\n}"],
      ['where it was produced is not asked', "if (home === undefined) return 'yes';", "return 'yes';"],
      [
        'produced nobody says where is here',
        "if (producedIn.length === 0) return 'unknown';",
        "if (producedIn.length === 0) return 'no';",
      ],
      [
        'produced nobody says where is elsewhere',
        "if (producedIn.length === 0) return 'unknown';",
        "if (producedIn.length === 0) return 'yes';",
      ],
      [
        'produced in part here is here',
        'producedIn.every((c) => home.includes(c))',
        'producedIn.some((c) => home.includes(c))',
      ],
      ['a product is not asked whether it is one', '    isOfSubject(d, deployment),\n', ''],
      ['a product is not asked where it was produced', '    isProducedThere(d, deployment),\n', ''],
      [
        'an operator is a product',
        ".filter(\n    ({ fact: { subject } }) => !('category' in subject && PRODUCTS.has(subject.category)),\n  )",
        '',
      ],
      [
        'a category is of no operator at all',
        "!('category' in subject && PRODUCTS.has(subject.category))",
        "!('category' in subject)",
      ],
    ],
  },
  {
    file: 'functions/core/rules/selection.ts',
    caughtBy: PRODUCTS,
    faults: [
      [
        'one that may not be outweighs one that is not',
        "if (answers.includes('no')) return 'no';\n  return",
        'return',
      ],
    ],
  },
  {
    file: 'functions/core/administration/checks/scope-words.ts',
    caughtBy: SCOPES,
    faults: [
      [
        'products of equipment are not checked',
        "          ...one('product', key, `${at}/product`, product),\n",
        '',
      ],
      ['categories are not checked', "? one('product', key, '/subject/category', subject.category)", '? []'],
      [
        'categories of services are checked',
        "'category' in subject && scope.services === undefined",
        "'category' in subject",
      ],
    ],
  },
  {
    file: 'functions/core/administration/checks/succession.ts',
    caughtBy: CHECKED,
    faults: [
      [
        'rules that are not there may be named',
        '.filter((id) => !known.includes(id))',
        '.filter(() => false)',
      ],
      ['another owner’s may be replaced', 'if (old.fact.owner !== fact.owner)', 'if (old.fact.owner === "")'],
      [
        'two may replace each other',
        'if (successorsOf(fact.id, fact.owner, library).some((s) => s.fact.id === id))',
        'if (id === "")',
      ],
      ['a mandate may name what was replaced', 'if (by === undefined) return [];', 'return [];'],
      [
        'times that meet in no instant overlap',
        'Math.max(s.interval.from, interval.from, ctx.at) < Math.min',
        'Math.max(s.interval.from, interval.from, ctx.at) <= Math.min',
      ],
      [
        'history counts',
        'Math.max(s.interval.from, interval.from, ctx.at)',
        'Math.max(s.interval.from, interval.from)',
      ],
      [
        'when the successor begins is not asked',
        'Math.max(s.interval.from, interval.from, ctx.at)',
        'Math.max(interval.from, ctx.at)',
      ],
      [
        'when the mandate begins is not asked',
        'Math.max(s.interval.from, interval.from, ctx.at)',
        'Math.max(s.interval.from, ctx.at)',
      ],
      ['when the successor ends is not asked', 'Math.min(s.interval.to, interval.to)', 'interval.to'],
      ['when the mandate ends is not asked', 'Math.min(s.interval.to, interval.to)', 's.interval.to'],
      ['who named it before is told again', ' || namedBefore(before, id)) return [];', ') return [];'],
      ['beside its successor it may not be named', '!fact.standards.includes(s.fact.id) &&', 'true &&'],
      [
        'what has ended may be named',
        'if (named.interval.to <= Math.max(interval.from, ctx.at))',
        'if (named.interval.to < 0)',
      ],
      [
        'what ends today has ended',
        'named.interval.to <= Math.max(interval.from, ctx.at)',
        'named.interval.to - 86_400_000 <= Math.max(interval.from, ctx.at)',
      ],
      [
        'a requirement nobody encodes passes',
        '.filter((id) => !asks.has(id))',
        '.filter(() => false)',
        'test/core/administration/validate.test.ts',
      ],
      ['levels are not compared', 'of.scope.levels.every(reaches)', 'of.scope.levels.length > 0'],
      ['flows are not compared', '(flows === null || ', '(flows !== undefined || '],
      ['providers are not asked', 'providers === null &&', ''],
      ['what it is about is not asked', 'by.about === of.about &&', ''],
    ],
  },
  {
    file: 'functions/core/administration/checks/instruments.ts',
    caughtBy: NAMES,
    faults: [
      ['a slip is none', 'slipsBetween(name, named) <= 2', 'slipsBetween(name, named) <= 0'],
      ['two slips are none', 'slipsBetween(name, named) <= 2', 'slipsBetween(name, named) <= 1'],
      ['editions are slips', '!areParts(name, named) && ', ''],
      [
        'one that is answered is told',
        'return of.filter((x) => !answered.has(x.name));',
        'return answered.size < 0 ? [] : of;',
      ],
      ['everybody is told', 'judged.has(key) && isNew', 'judged.size >= 0 && isNew'],
      ['what was named before is told', 'judged.has(key) && isNew(key, name) ?', 'judged.has(key) ?'],
      [
        'what only restricts waits for a name',
        'ctx.before === undefined ? ctx.scope : ctx.changed',
        'ctx.changed.length === 0 ? ctx.scope : ctx.changed',
      ],
      ['a rule about nothing passes', "'where' in r && !selectsAny(r.where)", "'where' in r && r.id === ''"],
      [
        'only what standards write is told',
        "    ...flaws(unadopted, adopted, 'no standard adopts this instrument'),\n",
        '',
      ],
    ],
  },
  {
    file: 'functions/core/administration/member-changes.ts',
    caughtBy: 'test/core/administration/member-changes.test.ts',
    faults: [
      [
        'what is gone from a list is not told',
        '    ...alone(gone).map((x): MemberChange => ({ ...at, was: x, is: undefined, entry: true })),\n',
        '',
      ],
      [
        'what came to a list is not told',
        '    ...alone(come).map((x): MemberChange => ({ ...at, was: undefined, is: x, entry: true })),\n',
        '',
      ],
      ['what is there once more is not told', '      left.splice(at, 1);\n', ''],
      ['another order is no change', 'sameText(kept, keptAfter)\n', 'kept.length >= 0\n'],
      ['what became complete is not told first', '[...lessMissing(before, after), ', '['],
      ['members that are gone are not told', '...Object.keys(Object(was)), ', ''],
      ['members that came are not told', ', ...Object.keys(Object(is))', ''],
      ['an entry that has a name is told whole', 'return isOne ?', "return name === '' ?"],
      ['entries that share a name are one', ' && others.length === 0 && more.length === 0', ''],
    ],
  },
  {
    file: 'functions/core/administration/questions.ts',
    caughtBy: 'test/core/administration/simulate.test.ts',
    faults: [
      [
        'flows of a successor are not asked',
        "if (texts(member(raw, 'replaces')).some((replaced) => found.has(replaced))) found.add(id);",
        'if (raw === undefined) found.add(id);',
      ],
      [
        'flows that scopes tell apart are one',
        '[...kinds.values()].flatMap((flows) => flows.slice(0, 1))',
        '[...kinds.values()].slice(0, 1).flatMap((flows) => flows.slice(0, 1))',
        'test/core/administration/asked.test.ts',
      ],
    ],
  },
  {
    file: 'functions/explain/explanation.ts',
    caughtBy: 'test/explain/explain.test.ts',
    faults: [
      [
        'nothing is missing',
        "code === 'STANDARD_INCOMPLETE' && statedIn",
        "code === 'STANDARD_UNKNOWN' && statedIn",
      ],
    ],
  },
  {
    file: 'functions/core/administration/references.ts',
    caughtBy: CHECKED,
    faults: [
      [
        'what it builds on need not be there',
        "        ...each('standard', raw['buildsOn'], '/buildsOn', 'standard'),\n",
        '',
      ],
      [
        'what it replaces need not be there',
        "        ...each('standard', raw['replaces'], '/replaces'),\n",
        '',
      ],
    ],
  },
]);
