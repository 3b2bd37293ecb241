/** Faults in the shapes of facts, in rules, and in what a simulation takes on. */
// biome-ignore-all lint/suspicious/noTemplateCurlyInString: faults in code that has templates
import { mutationsOf } from '../mutation.ts';

export const SHAPES = mutationsOf('shapes', [
  {
    file: 'functions/core/facts/mandate.ts',
    caughtBy: 'test/core/facts/soundness.test.ts',
    faults: [
      ['mandate: no standards', 'standards: set(publishedId, 1)', 'standards: set(publishedId)'],
      ['mandate: no accreditors', 'accreditors: set(id, 1)', 'accreditors: set(id)'],
      [
        'mandate: no levels',
        'set(z.strictObject({ frame, level }), 1)',
        'set(z.strictObject({ frame, level }))',
      ],
      ['mandate: no assurances', 'set(z.enum(ASSURANCES), 1)', 'set(z.enum(ASSURANCES))'],
      ['mandate: unverified', 'acceptUnverified: z.boolean()', 'acceptUnverified: z.optional(z.boolean())'],
      ['mandate: loose', 'export const mandate = z\n  .strictObject', 'export const mandate = z\n  .object'],
    ],
  },
  {
    file: 'functions/core/facts/hold.ts',
    caughtBy: 'test/core/facts/soundness.test.ts',
    faults: [
      ['hold: everything false', 'z.literal(true)', 'z.boolean()'],
      ['hold: ends unsourced', 'h.valid.to === null || h.ending !== undefined', 'true'],
      ['hold: neither cause nor words', '(h.cause === undefined) !== (h.reason === undefined)', 'true'],
      ['hold: loose scope', 'z.strictObject({ owner })', 'z.object({ owner })'],
    ],
  },
  {
    file: 'functions/core/facts/protection.ts',
    caughtBy: 'test/core/facts/soundness.test.ts',
    faults: [
      ['protection: for ever', 'p.valid.to !== null', 'p.valid.to !== undefined'],
      ['protection: no layers', 'z.minLength(1), z.maxLength(4)', 'z.maxLength(4)'],
      ['protection: many layers', 'z.minLength(1), z.maxLength(4)', 'z.minLength(1)'],
      ['protection: nowhere', 'endpointCountries: set(country, 1)', 'endpointCountries: set(country)'],
    ],
  },
  {
    file: 'functions/core/facts/route.ts',
    caughtBy: 'test/core/facts/soundness.test.ts',
    faults: [
      ['route: no hops', 'z.minLength(1), z.maxLength(MAX_HOPS)', 'z.maxLength(MAX_HOPS)'],
      ['route: hops', 'MAX_HOPS = 64', 'MAX_HOPS = 640'],
      ['route: any assurance', 'assurance: z.enum(ASSURANCES)', 'assurance: z.string() as never'],
    ],
  },
  {
    file: 'functions/core/facts/authority.ts',
    caughtBy: 'test/core/facts/soundness.test.ts',
    faults: [
      ['authority: for nobody', 'speaksFor: set(owner, 1)', 'speaksFor: set(owner)'],
      [
        'authority: loose',
        ".strictObject({\n    kind: z.literal('authority'),",
        ".object({\n    kind: z.literal('authority'),",
      ],
    ],
  },
  {
    file: 'functions/core/facts/vendor.ts',
    caughtBy: 'test/core/facts/soundness.test.ts',
    faults: [['vendor: loose', 'const ownership = z.strictObject', 'const ownership = z.object']],
  },
  {
    file: 'functions/core/facts/equivalence.ts',
    caughtBy: 'test/core/facts/soundness.test.ts',
    faults: [['equivalence: loose', "    kind: z.literal('equivalence'),", '    kind: z.string() as never,']],
  },
  {
    file: 'functions/core/facts/standard.ts',
    caughtBy: 'test/core/facts/soundness.test.ts',
    faults: [
      ['standard: two rules of one id', 'new Set(s.rules.map((r) => r.id)).size === s.rules.length', 'true'],
      ['standard: cites', 's.rules.flatMap((r) => r.cites)', 's.rules.flatMap((r) => r.cites.slice(0, 1))'],
      ['standard: many rules', 'z.minLength(1), z.maxLength(64)', 'z.minLength(1)'],
      ['standard: no rules', 'z.minLength(1), z.maxLength(64)', 'z.maxLength(64)'],
      ['standard: no flow', 'flows: z.nullable(set(id, 1))', 'flows: z.nullable(set(id))'],
      ['standard: no provider', 'sets: set(id, 1),', 'sets: set(id),'],
    ],
  },
  {
    file: 'functions/core/facts/criteria-set.ts',
    caughtBy: 'test/core/facts/soundness.test.ts',
    faults: [
      ['criteria-set: weight', 'n >= 1 && n <= 1000', 'n >= 0 && n <= 1000'],
      ['criteria-set: no criteria', 'criteria: set(criterion, 1)', 'criteria: set(criterion)'],
    ],
  },
  {
    file: 'functions/core/facts/designation.ts',
    caughtBy: 'test/core/facts/soundness.test.ts',
    faults: [
      ['designation: ends unsourced', 'd.valid.to === null || d.ending !== undefined', 'true'],
      [
        'designation: both subjects',
        'z.union([z.strictObject({ vendor: id }), z.strictObject({ category: id })])',
        'z.union([z.object({ vendor: id }), z.object({ category: id })])',
      ],
    ],
  },
  {
    file: 'functions/core/rules/removal-deadline.ts',
    caughtBy: 'test/core/rules/tables.test.ts',
    faults: [
      ['removal-deadline: unknown is certain', "d.certainty === 'yes'\n", "d.certainty !== 'no'\n"],
      [
        'removal-deadline: boundaries',
        '[...deadline.boundaries, ...adoptionBoundaries(p.adopt, ctx)]',
        'adoptionBoundaries(p.adopt, ctx)',
      ],
      ['removal-deadline: note is nothing', "effect: 'note'", "effect: 'indeterminate'"],
    ],
  },
  {
    file: 'functions/core/rules/sensitive-site.ts',
    caughtBy: 'test/core/rules/tables.test.ts',
    faults: [
      ['sensitive-site: unknown', "d.certainty === 'yes'\n", 'true\n'],
      ['sensitive-site: site classes', '{ siteClasses: p.siteClasses }', '{}'],
    ],
  },
  {
    file: 'functions/core/rules/operator-ownership.ts',
    caughtBy: 'test/core/rules/tables.test.ts',
    faults: [['operator-ownership: itself', '  owners.delete(operator);\n', '']],
  },
  {
    file: 'functions/core/rules/obligations-required.ts',
    caughtBy: 'test/core/rules/tables.test.ts',
    faults: [['obligations-required: none', 'obligations: toObligations(p, ctx)', 'obligations: []']],
  },
  {
    file: 'functions/core/rules/removal-deadline.ts',
    caughtBy: 'test/scenarios/add-a-standard.test.ts',
    faults: [['removal-deadline: waivable', 'waivable: false', 'waivable: true']],
  },
  {
    file: 'functions/core/rules/share-cap.ts',
    caughtBy: 'test/scenarios/add-a-standard.test.ts',
    faults: [['share-cap: never waivable', 'waivable: true', 'waivable: false']],
  },
  {
    file: 'functions/core/administration/simulate.ts',
    caughtBy: 'test/core/administration/simulate.test.ts',
    faults: [
      ['simulate: limit', 'if (questions > limit * times)', 'if (questions >= limit * times)'],
      [
        'simulate: identifiers',
        '.filter((i) => resolved(was, i) !== resolved(is, i))',
        '.filter((i) => resolved(was, i) === resolved(is, i))',
      ],
      ['simulate: digest forgets time', '    at,\n    touched: touched.map', '    touched: touched.map'],
      ['simulate: done beyond', ' || state.done > plan.tasks.length)', ')'],
      [
        'simulate: other plan',
        'state.plan !== plan.digest || state.done !== plan.tasks.length',
        'state.done !== plan.tasks.length',
      ],
      [
        'simulate: unfinished',
        'state.plan !== plan.digest || state.done !== plan.tasks.length',
        'state.plan !== plan.digest',
      ],
      [
        'simulate: first of alike',
        'names: alike.map(({ id }) => id)',
        'names: alike.slice(0, 1).map(({ id }) => id)',
      ],
      [
        'simulate: both sides before',
        '[inquiry(sides.before, question), inquiry(sides.after, question)]',
        '[inquiry(sides.before, question), inquiry(sides.before, question)]',
      ],
      ['simulate: flips kept', 'const flips = [...(state?.flips ?? [])];', 'const flips: Unnumbered[] = [];'],
      [
        'simulate: routes of everything',
        "    ...[...idsOfKind(sides, 'route')].map((route) => ({ route })),\n",
        '',
      ],
      ['simulate: tunnels', 'reach.law || reach.protections.size > 0', 'reach.law'],
      [
        'simulate: in that tunnel',
        'protections: all.protections.filter((p) => p !== undefined && reach.protections.has(p.id))',
        'protections: all.protections.filter((p) => p !== undefined && !reach.protections.has(p.id))',
      ],
      [
        'simulate: digest forgets facts',
        'return fact === undefined ? null : factDigest(fact);',
        'return fact === undefined ? null : key;',
      ],
    ],
  },
  {
    file: 'functions/core/facts/waiver.ts',
    caughtBy: 'test/core/facts/soundness.test.ts',
    faults: [['waiver: loose', '.strictObject({', '.object({']],
  },
]);
