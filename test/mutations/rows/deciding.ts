/** Faults in what decides and in what people are told of it, as an outsider seeded them and no test saw. */
import { mutationsOf } from '../mutation.ts';

const DECISION = 'test/core/decision';

export const DECIDING = mutationsOf('deciding', [
  {
    file: 'functions/core/decision/judge-basis.ts',
    caughtBy: `${DECISION}/grades.test.ts > together with what asks that a judgement binds`,
    faults: [
      [
        'each demand has a judgement of its own to stand on',
        'demands.bound && !stands(demands))',
        'demands.bound && stands(demands))',
      ],
      [
        'what binds nothing is told only where it is read as well',
        "!stands({ grade: 'unverified', bound: true })",
        '!stands({ grade: demands.grade, bound: true })',
      ],
      [
        'without a tunnel, its makers’ citations count',
        'return { ...input, vendors, protection: undefined };',
        'return { ...input, protection: undefined };',
        `${DECISION}/grades.test.ts > who makes a tunnel that the caller claims`,
      ],
      [
        'without a tunnel, its citations count',
        'return { ...input, vendors, protection: undefined };',
        'return { ...input, vendors };',
        `${DECISION}/grades.test.ts > a tunnel that the caller claims`,
      ],
    ],
  },
  {
    file: 'functions/core/decision/holds.ts',
    caughtBy: `${DECISION}/exemptions.test.ts`,
    faults: [
      [
        'a stop of something else ends the search for stops',
        'if (said.length === 0) continue;',
        'if (said.length === 0) break;',
      ],
      [
        'a stop of a network is told of one hop',
        ".map((h) => ({ code: 'HOLD_NETWORK'",
        ".slice(0, 1)\n        .map((h) => ({ code: 'HOLD_NETWORK'",
      ],
    ],
  },
  {
    file: 'functions/core/decision/exemptions.ts',
    caughtBy: `${DECISION}/exemptions.test.ts > exempt: no longer by one exemption`,
    faults: [
      [
        'only the first exemption of an owner is looked at',
        '    law.exemptions.find(\n      (e) =>\n        e.fact.hold === hold.fact.id &&\n        e.fact.owner === owner &&\n',
        '    law.exemptions.filter((e) => e.fact.hold === hold.fact.id && e.fact.owner === owner).slice(0, 1).find(\n      (e) =>\n',
      ],
    ],
  },
  {
    file: 'functions/core/decision/decide.ts',
    caughtBy: `${DECISION}/until.test.ts > a judgement by other criteria`,
    faults: [
      [
        'only the last basis says whether citations are refused',
        'const refuses = results.some(',
        'const refuses = results.slice(-1).some(',
      ],
      [
        'an answer outlasts a judgement that will bind',
        "r.demands.grade !== 'unverified' || r.demands.bound",
        "r.demands.grade !== 'unverified'",
      ],
      [
        'a scheme without a tunnel asks for one',
        "input.request.message.protection !== undefined && 'registration' in input.request.message.protection",
        'input.request.message.protection !== undefined',
        `${DECISION}/request.test.ts > a scheme that names no tunnel`,
      ],
      [
        'mandates and standards need not be read',
        '...chosen.relied, ',
        '',
        `${DECISION}/succession.test.ts > what is relied on`,
      ],
    ],
  },
  {
    file: 'functions/core/decision/gate.ts',
    caughtBy: `${DECISION}/fail-open.test.ts > a hop of which one vendor is unknown`,
    faults: [
      [
        'a hop of which something cannot be read is judged without a vendor',
        'if (complete) judged',
        'if (complete || unsound.length > 0) judged',
      ],
    ],
  },
  {
    file: 'functions/core/decision/asked-standard.ts',
    caughtBy: `${DECISION}/succession.test.ts`,
    faults: [
      [
        'the seventeenth successor is not looked for',
        'found.size > MOST_SUCCESSORS',
        'found.size >= MOST_SUCCESSORS',
      ],
      ['thirty-two successors are asked', 'MOST_SUCCESSORS = 16', 'MOST_SUCCESSORS = 32'],
      ['a standard that is over may be replaced', 'holdsAt(interval, terms.at) &&\n    (mayBe', '(mayBe'],
    ],
  },
  {
    file: 'functions/core/decision/standards.ts',
    caughtBy: `${DECISION}/until.test.ts > a deadline bounds it`,
    faults: [
      [
        'a note of a list about purchases outlasts its day',
        'boundaries: result.boundaries,',
        'boundaries: [],',
      ],
    ],
  },
  {
    file: 'functions/core/decision/mandates.ts',
    caughtBy: `${DECISION}/fail-open.test.ts > a mandate from two levels`,
    faults: [
      [
        'a mandate is read where one of its levels is',
        'm.from.some((f) => f.frame === label.frame && levelRank(f.frame, f.level) === undefined)',
        'm.from.every((f) => f.frame === label.frame && levelRank(f.frame, f.level) === undefined)',
      ],
    ],
  },
]);
