/** Faults in what is kept of decisions and of evidence, so that an answer is another than one made anew. */
import { mutationsOf } from '../mutation.ts';

const REMEMBERED = 'test/theorems/remembered.test.ts';
const WORKED_OUT = 'test/core/decision/worked-out.test.ts';
const FAIL_OPEN = 'test/core/decision/fail-open.test.ts';
const FAVOURS = 'test/core/decision/favours.test.ts';
const MEMORY = 'test/decide/answer-memory.test.ts';

export const REMEMBERING = mutationsOf('remembering', [
  {
    file: 'functions/core/strict-json.ts',
    caughtBy: MEMORY,
    faults: [['a name keeps the request it is cut out of', 'return ` ${part}`.slice(1);', 'return part;']],
  },
  {
    file: 'functions/core/marking/xml.ts',
    caughtBy: 'test/core/marking/xml.test.ts',
    faults: [
      [
        'a namespace begins and ends where its letters do',
        "const [declared, uri] = [prefix === '' ? '' : local, value];",
        "const [declared, uri] = [prefix === '' ? '' : local, value.trim()];",
      ],
    ],
  },
  {
    file: 'functions/core/decision/boundaries.ts',
    caughtBy: 'test/core/decision/until.test.ts',
    faults: [
      ['a date of the law ends nothing', 'firstAfter(datesOfLaw(side.law), at)', 'Number.POSITIVE_INFINITY'],
      [
        'what people signed has no dates',
        '...(signed === undefined ? [] : [{ ...signed, label }])',
        '...(signed === undefined ? [] : [input])',
      ],
    ],
  },
  {
    file: 'functions/core/decision/decides.ts',
    caughtBy: MEMORY,
    faults: [
      ['what a caller can do is not asked', 'supportedObligations: true', 'supportedObligations: false'],
      ['standards that a caller adds are not asked', 'standards: true', 'standards: false'],
      ['the path is not asked', 'path: true', 'path: false'],
      ['the marking is not asked', 'marking: true', 'marking: false'],
      ['the format is not asked', 'markingFormat: true', 'markingFormat: false'],
      ['the originator is not asked', 'originator: true', 'originator: false'],
      ['what it travels in is not asked', 'protection: true', 'protection: false'],
      ['what it is part of is not asked', 'flow: true', 'flow: false'],
    ],
  },
  {
    file: 'functions/decide/answer-memory.ts',
    caughtBy: REMEMBERED,
    faults: [
      ['a decision holds at the instant at which another is due', 'at < found.until', 'at <= found.until'],
      ['a decision holds for ever', ' && at < found.until', ''],
      ['a decision holds before it was made', 'found.from <= at && ', '', MEMORY],
      ['a decision holds for every version', '  if (version.digest !== registry.digest) return false;\n', ''],
      [
        'what people signed is not asked',
        '(await versionName(registry)).signed === version.signed',
        '(await versionName(registry)).digest === version.digest',
      ],
      ['nothing is too much to keep', 'if (bytes > MOST_BYTES.one) return;', '', MEMORY],
      ['more than there is room for is kept', 'if (total <= most * LEFT_WHEN_FULL) break;', 'break;', MEMORY],
      ['what is replaced is counted twice', '      drop(question);\n      const', '      const', MEMORY],
    ],
  },
  {
    file: 'functions/decide/guard.ts',
    caughtBy: REMEMBERED,
    faults: [
      [
        'a decision is kept as long as it is valid',
        'Math.min(decision.validUntil ?? Number.POSITIVE_INFINITY, nextDateAnywhere(input))',
        'decision.validUntil ?? Number.POSITIVE_INFINITY',
      ],
      [
        'a decision is kept for ever',
        'Math.min(decision.validUntil ?? Number.POSITIVE_INFINITY, nextDateAnywhere(input))',
        'Number.POSITIVE_INFINITY',
      ],
    ],
  },
  {
    file: 'functions/core/decision/rules-on-network.ts',
    caughtBy: WORKED_OUT,
    faults: [
      ['findings hold for ever', '!(kept.from <= at && at < kept.until)', '!(kept.from <= at)'],
      ['findings hold before they were made', '!(kept.from <= at && at < kept.until)', '!(at < kept.until)'],
      ['findings hold a moment too long', 'at < kept.until', 'at <= kept.until'],
      ['how a path is known is not asked', ' || kept.assurance !== assurance', ''],
      ['the law is not asked', 'kept.law !== law || ', ''],
      [
        'vendors are not asked',
        'if (kept.vendors[next++] !== vendor) return false',
        'if (vendor === null) return false',
      ],
      ['dates of vendors do not end them', "    ...vendors.map((v) => nextDateIn('vendor', v, at)),\n", ''],
      ['dates of the network do not end them', "    nextDateIn('network', n, at),\n", ''],
      ['rules’ own dates do not end them', '    ...findings.boundaries.filter((t) => t > at),\n', ''],
      [
        'the last rule is skipped',
        'const results = rules.map(',
        'const results = rules.slice(0, -1).map(',
        'test/theorems/t13-necessity.test.ts',
      ],
      [
        'the first rule is skipped',
        'const results = rules.map(',
        'const results = rules.slice(rules.length > 1 ? 1 : 0).map(',
        'test/theorems/oracle.test.ts',
      ],
      [
        'days of a standard in the zone of the network',
        'zone: stated.statedIn.valid.zone',
        'zone: n.network.fact.valid.zone',
        'test/core/decision/until.test.ts',
      ],
      [
        'days of the standard that is asked',
        'zone: stated.statedIn.valid.zone',
        "zone: rules[0]?.statedIn.valid.zone ?? ''",
        'test/core/decision/succession.test.ts',
      ],
      [
        'assessments of the first network stand for its hosts',
        'assessments: n.assessments,',
        'assessments: hop.networks[0]?.assessments ?? [],',
        'test/core/decision/gates.test.ts',
      ],
      [
        'a tunnel is looked at once',
        '  if (terms.tunnel !== undefined) return evaluated(founded, n, hop, terms);\n',
        '',
        `${WORKED_OUT} > one decision`,
      ],
    ],
  },
  {
    file: 'functions/core/decision/relied-on.ts',
    caughtBy: WORKED_OUT,
    faults: [
      ['all frames have one law', "`${label.frame} ${owners.join(' ')}`", "`${owners.join(' ')}`"],
      ['all owners have one law', "`${label.frame} ${owners.join(' ')}`", '`${label.frame}`'],
    ],
  },
  {
    file: 'functions/core/decision/citations.ts',
    caughtBy: FAIL_OPEN,
    faults: [
      [
        'what counts for one grade counts for all',
        '`${demands.grade} ${demands.bound}`',
        '`${demands.bound}`',
        WORKED_OUT,
      ],
      [
        'what counts bound counts unbound',
        '`${demands.grade} ${demands.bound}`',
        '`${demands.grade}`',
        'test/core/decision/grades.test.ts',
      ],
      ['a law counts whole', 'countingLaw(law, demands) === law &&', '', FAVOURS],
      [
        'networks count whole',
        'networks.every((n) => countingNetwork(n, demands) === n) &&',
        'networks.length > 0 &&',
      ],
      [
        'vendors count whole',
        '[...vendors.values()].every((v) => countingVendor(v, demands) === v)',
        'vendors !== undefined',
      ],
      [
        'tunnels count whole',
        '(protection === undefined || countingTunnel(protection, demands) === protection) &&',
        '',
        'test/core/decision/gates.test.ts',
      ],
    ],
  },
  {
    file: 'functions/core/decision/binding.ts',
    caughtBy: 'test/core/decision/changed.test.ts',
    faults: [
      [
        'networks do not change',
        '(n) => anyChanged([...n.accreditations, ...n.assessments], n.network.fact)',
        '() => false',
      ],
      ['vendors do not change', '(v) => anyChanged(v.assessments, v.vendor.fact)', '() => false'],
      ['tunnels do not change', '(p) => anyChanged(p.accreditations, p.protection.fact)', '() => false'],
    ],
  },
]);
