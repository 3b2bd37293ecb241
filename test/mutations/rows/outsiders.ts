/** Faults that outsiders seeded and no test saw, at the time. */
import { mutationsOf } from '../mutation.ts';

const DECISION = 'test/core/decision';

export const OUTSIDERS = mutationsOf('outsiders', [
  {
    file: 'functions/core/decision/citations.ts',
    caughtBy: `${DECISION}/grades.test.ts > weighed by`,
    faults: [['criteria of any grade', '    criteriaSets: counting(law.criteriaSets, demands),\n', '']],
  },
  {
    file: 'functions/core/rules/adopted-designation-absent.ts',
    caughtBy: 'test/adversary/tunnels.test.ts > an excluded maker',
    faults: [
      [
        'layers are excepted like connections',
        'return judge(p, ctx, false);',
        'return judge(p, ctx, p.except?.connections !== undefined);',
      ],
    ],
  },
  {
    file: 'functions/core/administration/polarity.ts',
    caughtBy: 'test/core/administration/polarity.test.ts > became of a fact',
    faults: [
      [
        'whoever ends a fact may rewrite it',
        'return ended.ok && canonicalText(ended.fact) === canonicalText(after ?? null);',
        'return ended.ok;',
      ],
    ],
  },
  {
    file: 'functions/core/decision/answer.ts',
    caughtBy: `${DECISION}/answer.test.ts > of a share`,
    faults: [['shares are told to everybody', 'share: _share, ', '']],
  },
  {
    file: 'functions/core/decision/requested.ts',
    caughtBy: `${DECISION}/requested.test.ts`,
    faults: [['vendors are law', '  vendor: true,', '  vendor: false,']],
  },
  {
    file: 'functions/core/registry/evidence.ts',
    caughtBy: 'test/core/registry/documents.test.ts > its own subject',
    faults: [
      [
        'another tunnel’s accreditation counts',
        "names(f.subject, 'protection', [protection.fact.id]),",
        'true,',
      ],
    ],
  },
  {
    file: 'functions/core/decision/judge-standard.ts',
    caughtBy: `${DECISION}/until.test.ts > through a tunnel`,
    faults: [
      [
        'a tunnel of unknown makers is no matter',
        "(tunnelled?.refused ?? []).length > 0 ? 'deny' : 'permit',",
        "'permit',",
      ],
    ],
  },
  {
    file: 'functions/core/decision/judge-basis.ts',
    caughtBy: `${DECISION}/exemptions.test.ts > no better than`,
    faults: [
      [
        'an exemption by authorities of any grade',
        'return permits && !(stopsIn(counting.input) > stopsIn(all));',
        'return permits;',
      ],
    ],
  },
  {
    file: 'functions/core/decision/decide.ts',
    caughtBy: `${DECISION}/exemptions.test.ts > no better than`,
    faults: [['whose exemption it is is not told', ', ...gate.authorities].filter(', '].filter(']],
  },
  {
    file: 'functions/core/administration/wide-stops.ts',
    caughtBy: 'test/core/administration/wide-stops.test.ts > again',
    faults: [
      [
        'another hat stops everything again',
        'isTheirs(fact.authority) &&',
        'fact.authority === authority &&',
      ],
      ['a small stop disarms the great one', '      !isFurther(scope, fact.scope) &&\n', ''],
    ],
  },
  {
    file: 'functions/registry/purge-request.ts',
    caughtBy: 'test/registry/spill.test.ts',
    faults: [
      ['facts go while somebody publishes', 'record.objects.length > 0 && !context.isClosed', 'false'],
    ],
  },
  {
    file: 'functions/store/purge-consent.ts',
    caughtBy: 'test/registry/purged-in-force.test.ts',
    faults: [
      [
        'a hole in what is in force is a purge',
        'word === undefined || commit.version === head.commit.version',
        'word === undefined',
      ],
    ],
  },
  {
    file: 'functions/registry/publication.ts',
    caughtBy: 'test/registry/publication.test.ts > thawed',
    faults: [
      [
        'objects thaw under any name',
        "    if (!isDigest(digest)) throw new StoreError('OBJECT_MALFORMED');\n    stored.set(digest,",
        '    stored.set(digest as Digest,',
      ],
    ],
  },
  {
    file: 'test/theorems/theorem.ts',
    caughtBy: 'test/theorems/theorem.test.ts',
    faults: [
      ['a counterexample is fine', '      expect(found).toEqual([]);\n', ''],
      ['asking nothing is fine', '      expect(asked()).toBeGreaterThan(0);\n', ''],
    ],
  },
  {
    file: 'test/campaigns/exit.ts',
    caughtBy: 'test/campaigns/exit.test.ts',
    faults: [
      ['whatever failed, it passed', 'failures.length === 0 ? 0 : 1', '0'],
      ['whoever was killed has passed', 'status ?? 1', 'status ?? 0'],
    ],
  },
  {
    file: 'test/mutations/helpers.ts',
    caughtBy: 'test/mutations/rows.test.ts > is helped by',
    faults: [
      [
        'only what a test imports itself',
        'for (const path of reached) for',
        'for (const path of [test]) for',
      ],
      ['sources are helpers', ".filter((each) => each.startsWith('test/'))", ''],
    ],
  },
]);
