/** Faults in the library: a wrong law that the dated scenarios must notice, and a value that only its page pins. */
// biome-ignore-all lint/suspicious/noTemplateCurlyInString: faults in code that has templates
import { type FaultsOfFile, mutationsOf } from '../mutation.ts';

const SCENARIOS = 'test/scenarios/scenarios.test.ts > dated scenarios';
const PAGE = 'test/scenarios/add-a-standard.test.ts > as it would';

const law = (
  id: string,
  faults: FaultsOfFile['faults'],
  caughtBy: FaultsOfFile['caughtBy'] = SCENARIOS,
): FaultsOfFile => ({ file: `standards/${id}.json`, caughtBy, faults });

export const STANDARDS = mutationsOf('standards', [
  law('UK-HRV-2020-01', [
    [
      'a cap a hundredth lower',
      '"bases": ["sites", "traffic"],\n      "max": 3500',
      '"bases": ["sites", "traffic"],\n      "max": 3499',
    ],
    [
      'a cap a hundredth higher',
      '"bases": ["sites", "traffic"],\n      "max": 3500',
      '"bases": ["sites", "traffic"],\n      "max": 3501',
    ],
    ['the excluded vendor is one under the cap', '"classes": ["excluded"]', '"classes": ["listed"]'],
  ]),
  law('UK-DVD-2022-10', [
    ['a deadline a day late', '"by": "2027-12-31"', '"by": "2028-01-01"'],
    ['everybody is bound', '"others": "not-applicable"', '"others": "satisfied"'],
  ]),
  law('CA-2022-05', [['a deadline a day early', '"by": "2024-06-28"', '"by": "2024-06-27"']]),
  law('US-BIS-EL', [
    ['no end to the rule on affiliates', '"to": "2025-11-09"', '"to": null'],
    ['an export list applied to carriage', '"about": "export-licence"', '"about": "carriage"'],
  ]),
  law('EU-CSA2-PROPOSED', [['a proposal is taken for law', '"status": "proposed"', '"status": "statute"']]),
  law('US-NDAA-889A', [['roaming is no exception', '"backhaul", "roaming",', '"backhaul",']]),
  law('US-STATE-TRUST', [
    ['vendors are not asked about', '"subjects": ["vendors"]', '"subjects": ["network"]'],
    ['assumed paths are accepted', '"pinned", "observed"', '"pinned", "observed", "assumed"'],
  ]),
  law('US-ENCRYPTED-OVER-UNTRUSTED', [
    ['one layer is enough', '"leastLayers": 2', '"leastLayers": 1'],
    ['layers may share a vendor', '"vendor", "codeBase", "keyDomain"', ''],
  ]),
  law('IN-NSDTS-2021-06', [
    ['a white list a day late', '"newFrom": "2021-06-15"', '"newFrom": "2021-06-16"'],
  ]),
  law(
    'SE-PTS-2020-10',
    [
      ['a condition is advice', '"status": "licence"', '"status": "advice"'],
      ['equipment of the day before', '"lastDay": "2021-01-19"', '"lastDay": "2021-01-20"'],
    ],
    PAGE,
  ),
  law(
    'US-FCC-COVERED',
    [['owners count one by one', '"counting": "aggregate"', '"counting": "each-link"']],
    PAGE,
  ),
  law(
    'JP-GOV-2018-12',
    [['a ban on buying is one on carrying', '"about": "procurement-ban"', '"about": "carriage"']],
    PAGE,
  ),
  law('EU-TOOLBOX', [['one supplier is diverse', '"least": 2', '"least": 1']], PAGE),
  law('DE-5G-2024-07', [['a year more', '"by": "2026-12-31"', '"by": "2027-12-31"']], PAGE),
  law(
    'AU-5G-2018-08',
    [['in force elsewhere', '"announced": "2018-08-23"', '"announced": "2018-08-24"']],
    PAGE,
  ),
  law('US-5G-CLEAN-PATH', [['every flow', '"flows": ["us-diplomatic-facility-5g"]', '"flows": null']], PAGE),
  law('US-NDAA-889B', [['contracts alone', '"federal-contract-service", ', '']], PAGE),
  law(
    'criteria/STATE-TRUST-2019-12',
    [['a bound of seven tenths of a percent', '"passAt": 7000', '"passAt": 70']],
    PAGE,
  ),
  {
    file: 'functions/core/rules/assessed.ts',
    caughtBy: 'test/scenarios/add-a-standard.test.ts > no value',
    faults: [
      [
        'whose criteria weigh is not said',
        "p.criteriaAuthority === undefined ? '' : ` of ${p.criteriaAuthority}`",
        "''",
      ],
      [
        'whose word counts is not said',
        ' as ${p.results} by ${authoritiesInWords(p.authorities)}',
        ' as ${p.results}',
      ],
    ],
  },
  {
    file: 'docs/build/standards.ts',
    caughtBy: 'test/scenarios/add-a-standard.test.ts > no value',
    faults: [
      ['how affiliates count is not said', ', ${COUNTED_IN_WORDS[a.counting]}, ${span', ', ${span'],
      ['what a rule adopts is not said', "...[adoptionTexts(r).map(letter).join(', '), r", "...['', r"],
    ],
  },
]);
