/**
 * The contract of the commands that ask a guard: what each says and with which exit code it ends, whatever stands where
 * the guard should. 0 is a permit and nothing else; 2 is usage, before anything was asked; 3 where somebody said no, or a
 * permit may not be acted on; 4 where nobody decided.
 */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { PROCESS_SURROUNDINGS } from '../../client/surroundings.ts';
import { NONCE } from '../../functions/core/request.ts';
import type { Heard } from '../client/loopback-server.ts';
import { BOUND, boundText } from '../client/vectors.ts';
import { routeguard } from './command.ts';
import {
  fair,
  type Guard,
  NO_ANSWER,
  REFUSING,
  UNAVAILABLE,
  type Weather,
  watchWaits,
  weatheredGuard,
  withStatus,
} from './weather.ts';

let guard: Guard;
beforeAll(async () => {
  guard = await weatheredGuard();
});
afterAll(() => guard.close());
beforeEach(() => {
  vi.spyOn(PROCESS_SURROUNDINGS, 'now').mockReturnValue(Date.parse(AT));
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
  guard.heard.length = 0;
  guard.weather = fair;
});

const AT = '2026-03-01T12:00:00.000Z';
const PERMIT = {
  decision: true,
  question: BOUND,
  outcome: 'permit',
  enforceable: true,
  retry: 'never',
  evaluationId: 'e-1',
  evaluatedAt: AT,
  at: AT,
  registry: { version: 12, digest: 'sha256:00' },
  build: 'sha256:11',
  dominance: 'satisfied',
  standards: [
    { id: 'US-STATE-TRUST', by: 'mandate', outcome: 'permit' },
    { id: 'UK-HRV-2020-01', by: 'request', outcome: 'permit' },
  ],
  reasons: [],
  notes: [
    { code: 'SHARE_WITHIN_CAP', text: 'Within.', segment: 'access-mobile', share: 3500, basis: 'sites' },
  ],
  obligations: [{ type: 'use-tunnel', id: 'use-tunnel/gb-t1' }],
  waivers: ['gb-w'],
  basis: 'trusted-transport',
  mandates: ['usa'],
  validUntil: '2026-06-01T00:00:00.000Z',
  useBy: '2026-03-01T12:00:05.000Z',
};
const { useBy: _lease, ...UNLEASED } = PERMIT;
const DENY = {
  ...UNLEASED,
  decision: false,
  outcome: 'deny',
  reasons: [
    {
      code: 'HOP_UNKNOWN',
      text: 'No.',
      standard: 'S',
      rule: 'r',
      owner: 'USA',
      hop: 0,
      function: 'AMF',
      vendor: 'v',
      fact: 'f/1',
    },
  ],
};
const NOT_NOW = { decision: false, outcome: 'indeterminate', enforceable: false, obligations: [] };
const resultOf = ({ decision, outcome, obligations }: Readonly<Record<keyof typeof RESULT, unknown>>) => ({
  ...{ decision, outcome, obligations },
});
const RESULT = { decision: true, outcome: 'permit', obligations: PERMIT.obligations };
const OWN_STANDARD = UNLEASED.standards.slice(0, 1);
const HYPOTHETICAL = { ...UNLEASED, ...NOT_NOW, hypothetical: RESULT };
const NOT_APPLICABLE = { ...DENY, outcome: 'not-applicable' };
/** What the guard says where it could not decide: nothing of a registry. */
const UNDECIDED = {
  decision: false,
  question: BOUND,
  outcome: 'indeterminate',
  enforceable: true,
  retry: 'after',
  evaluationId: 'e-2',
  evaluatedAt: AT,
  build: 'sha256:11',
  dominance: 'not-evaluated',
  standards: [],
  reasons: [
    { code: 'MARKING_INVALID', text: 'Not read.', marking: 'PART', position: 3, field: '/message/marking' },
    { code: 'REQUEST_INVALID', text: 'No.', field: '' },
  ],
  obligations: [],
};

/** Lies that answer another question, or none: nobody decided. Every other is a no, or a permit that may not be acted on. */
const NO_ANSWER_TO_IT: ReadonlySet<string> = new Set([
  'a permit that names no question',
  'a permit of another question',
  'a permit of another text',
  'decision as text',
  'decision as one',
  'no decision',
  'an end before the beginning',
  'an end at the beginning',
  'an end that is no date',
]);

/** A permit broken in each member that a command relies on, and one that says two things at once. */
const LIES: Readonly<Record<string, unknown>> = {
  'a permit that names no question': { ...PERMIT, question: undefined },
  'a permit of another question': { ...PERMIT, question: { ...BOUND, nonce: 'A'.repeat(24) } },
  'a permit of another text': { ...PERMIT, question: { ...BOUND, digest: 'sha256:00' } },
  'no lease': { ...PERMIT, useBy: undefined },
  'a lease that is over': { ...PERMIT, useBy: AT },
  'a lease of a year': { ...PERMIT, useBy: '2027-03-01T12:00:05.000Z' },
  'a permit to be asked for again': { ...PERMIT, retry: 'after' },
  'a permit of an hour ago': { ...PERMIT, evaluatedAt: '2026-03-01T11:00:00.000Z' },
  'a permit of no evaluation': { ...PERMIT, evaluationId: undefined },
  'an obligation nobody can discharge': { ...PERMIT, obligations: [{ type: 'log-hops', id: 'log-hops' }] },
  'decision as text': { ...PERMIT, decision: 'true' },
  'decision as one': { ...PERMIT, decision: 1 },
  'no decision': { ...PERMIT, decision: undefined },
  'a permit whose outcome is deny': { ...PERMIT, outcome: 'deny' },
  'a permit whose outcome is indeterminate': { ...PERMIT, outcome: 'indeterminate' },
  'a permit nobody may act on': { ...PERMIT, enforceable: false },
  'a permit with a hypothetical result': { ...PERMIT, hypothetical: RESULT },
  'a hypothetical permit on top': { ...PERMIT, enforceable: false, hypothetical: RESULT },
  'nothing to act on, and no result': { ...UNLEASED, ...NOT_NOW },
  'enforceable as text': { ...PERMIT, enforceable: 'true' },
  'an outcome nobody knows': { ...PERMIT, outcome: 'allow' },
  'no reasons': { ...PERMIT, reasons: undefined },
  'reasons that are none': { ...PERMIT, reasons: [null] },
  'no obligations': { ...PERMIT, obligations: undefined },
  'an obligation without a name': { ...PERMIT, obligations: [{}] },
  'no standards': { ...PERMIT, standards: null },
};

const SAID = `PERMIT
  note SHARE_WITHIN_CAP: Within. (access-mobile, 35 % of sites)
  US-STATE-TRUST (mandated): permit
  UK-HRV-2020-01 (requested): permit
  dominance: satisfied, basis: trusted-transport
  obligation: use-tunnel/gb-t1
  waivers used: gb-w
  registry version 12, sha256:00
  for ${AT}; facts next change at 2026-06-01T00:00:00.000Z
  act before 2026-03-01T12:00:05.000Z
`;
const UNLEASED_SAID = SAID.replace(/ {2}act before .*\n/, '');
const DENY_SAID = UNLEASED_SAID.replace(
  'PERMIT\n',
  'DENY\n  HOP_UNKNOWN: No. (S rule r, owner USA, hop 0, AMF, vendor v, f/1)\n',
);
const UNDECIDED_SAID = `DENY (indeterminate)
  MARKING_INVALID: Not read. (PART at position 3, at /message/marking)
  REQUEST_INVALID: No. (at the top)
  dominance: not-evaluated
`;

const ANSWERS: readonly (readonly [string, object, number, string])[] = [
  ['a permit', PERMIT, 0, SAID],
  ['a deny', DENY, 3, DENY_SAID],
  ['a deny that is not applicable', NOT_APPLICABLE, 3, DENY_SAID.replace('DENY', 'DENY (not-applicable)')],
  [
    'a hypothetical permit',
    HYPOTHETICAL,
    3,
    UNLEASED_SAID.replace('PERMIT', 'HYPOTHETICAL, not to be acted on: permit'),
  ],
  ['no decision', UNDECIDED, 3, UNDECIDED_SAID],
  ['a permit of a newer guard', { ...PERMIT, colour: 'red' }, 0, SAID],
];

const EXPLANATION = {
  repairs: [
    {
      repair: 'assess-vendor',
      text: 'Assess.',
      hops: [1],
      codes: ['VENDOR_NOT_ASSESSED'],
      vendor: 'v',
      network: 'n',
    },
    { repair: 'other', text: 'Else.', hops: [], codes: ['HELD', 'HOP_UNKNOWN'] },
  ],
  repairsComplete: false,
  highest: [
    {
      owner: 'USA',
      frame: 'US',
      level: 'SECRET',
      compartments: ['SI'],
      controls: ['ORCON'],
      audience: ['USA', 'GBR'],
    },
    { owner: 'GBR', frame: 'UK', level: 'OFFICIAL', compartments: [], controls: [], audience: null },
    { owner: 'DEU', frame: 'DEU', level: null, compartments: [], controls: [], audience: null },
  ],
  nextChange: { at: AT, outcome: 'deny' },
  nextFlip: null,
  lookedUntil: '2030-01-01T00:00:00.000Z',
  unverified: ['designation/d'],
  missing: [
    { standard: 'S', paragraph: '3', says: 'A schedule.', missing: 'Not read.' },
    { standard: 'T', missing: 'Nobody has listed it.' },
  ],
};
const EXPLAINED = `  to permit it (there may be more behind them):
    assess-vendor: Assess. (n, v, hop 1) [VENDOR_NOT_ASSESSED]
    other: Else. [HELD, HOP_UNKNOWN]
  the most this path may carry:
    USA, frame US: SECRET with SI, ORCON, released to USA, GBR
    GBR, frame UK: OFFICIAL, whoever it is released to
    DEU, frame DEU: nothing
  the answer next changes: ${AT}, then deny
  permit and refusal next change places: by no date that is known
  looked until 2030-01-01T00:00:00.000Z
  unverified citation: designation/d
  not asked by S: 3; A schedule.; Not read.
  not asked by T: Nobody has listed it.
`;

const found = (...ids: readonly string[]) => ({ results: ids.map((id) => ({ type: 'network', id })) });
const repairs = [{ repair: 'r', text: 'Mend.', hops: [0, 2], codes: ['HELD', 'HOP_UNKNOWN'] }];
const compared = (path: object, outcome: string, more: object = {}) => ({
  ...{ path, outcome, permitted: outcome === 'permit', obligations: [], repairs, repairsComplete: true },
  ...more,
});
const paths = (...all: readonly object[]) => ({
  ...{
    evaluatedAt: AT,
    at: AT,
    current: true,
    registry: { version: 12, digest: 'sha256:00' },
    build: 'b',
    paths: all,
  },
});

const ASK = ['--marking', 'SECRET//REL TO USA, GBR'];
const HOP = [...ASK, '--network', 'gb-a', '--supports', 'use-tunnel'];
const SPAN = ['--from', '2026-01-01', '--to', '2027-01-01'];

interface Asking {
  /** The command and its arguments. */
  readonly args: readonly string[];
  /** Asked by the name of its function, and not over HTTP. */
  readonly invoked?: true;
  readonly answers: readonly (readonly [string, object, number, string, string?])[];
  /** Answers that are none. */
  readonly lies: Readonly<Record<string, unknown>>;
  /** What `--json` prints where there is no answer. */
  readonly jsonOfNone: RegExp;
}

const DENIED = /^\{"decision":false,"outcome":"indeterminate","retry":"(never|after)"\}\n$/;
const DECIDE: Asking = {
  args: ['decide', ...HOP],
  answers: ANSWERS,
  lies: LIES,
  jsonOfNone: DENIED,
};

const TIMELINE: Asking = {
  args: ['timeline', ...HOP, ...SPAN],
  answers: [],
  lies: {
    ...LIES,
    'no registry': UNDECIDED,
    'an end before the beginning': {
      ...HYPOTHETICAL,
      standards: OWN_STANDARD,
      validUntil: '2025-12-31T00:00:00.000Z',
    },
    'an end at the beginning': {
      ...HYPOTHETICAL,
      standards: OWN_STANDARD,
      validUntil: '2026-01-01T00:00:00.000Z',
    },
    'an end that is no date': { ...HYPOTHETICAL, standards: OWN_STANDARD, validUntil: 'soon' },
  },
  jsonOfNone: /^$/,
};

const COMMANDS: Readonly<Record<string, Asking>> = {
  decide: DECIDE,
  'decide --function': { ...DECIDE, invoked: true },
  explain: {
    args: ['explain', ...HOP],
    answers: [
      ...ANSWERS,
      ['an explained deny', { ...DENY, explanation: EXPLANATION }, 3, DENY_SAID + EXPLAINED],
    ],
    lies: {
      ...LIES,
      'half an explanation': { ...PERMIT, explanation: { ...EXPLANATION, highest: undefined } },
    },
    jsonOfNone: /^$/,
  },
  search: {
    args: ['search', ...ASK, '--type', 'network'],
    answers: [
      ['two', found('gb-a', 'gb-b'), 0, 'gb-a\ngb-b\n', '2 networks may carry it\n'],
      ['one', found('gb-a'), 0, 'gb-a\n', '1 network may carry it\n'],
      [
        'none',
        found(),
        3,
        '',
        'no networks may carry it\n`routeguard explain` says why one of them may not; `routeguard registry holds`, whether anything is stopped\n',
      ],
    ],
    lies: {
      'no results': { page: { next_token: '' } },
      'results as an object': { results: { type: 'network', id: 'gb-a' } },
      'a result without an id': { results: [{ type: 'network' }] },
      'routes instead of networks': { results: [{ type: 'route', id: 'gb-a' }] },
      'a page without end': { ...found('gb-a'), page: { next_token: 7 } },
      'a refusal': { reasons: [{ code: 'BUDGET_EXHAUSTED', text: 'No.' }] },
    },
    jsonOfNone: /^$/,
  },
  'best-path': {
    args: ['best-path', ...ASK, '--path', 'gb-a,us-b', '--route', 'pacific'],
    answers: [
      [
        'one permitted',
        paths(
          compared({ index: 1 }, 'permit', { obligations: ['use-tunnel'], repairs: [] }),
          compared({ index: 0 }, 'deny'),
          compared({ route: 'r' }, 'indeterminate', { repairsComplete: false }),
          compared({ index: 7 }, 'deny', { repairs: [{ ...repairs[0], hops: [] }] }),
        ),
        0,
        `PERMITTED  pacific
    obligation: use-tunnel
DENIED  gb-a → us-b: 1 to repair
    r at hop 0, 2: Mend. (HELD, HOP_UNKNOWN)
DENIED (indeterminate)  r: 1 to repair, and perhaps more
    r at hop 0, 2: Mend. (HELD, HOP_UNKNOWN)
DENIED  path 7: 1 to repair
    r: Mend. (HELD, HOP_UNKNOWN)
registry version 12, at ${AT}; to act on it, ask decide
`,
      ],
      [
        'none permitted, at another time',
        {
          ...paths(
            compared({ index: 0 }, 'indeterminate', {
              hypothetical: { permitted: true, outcome: 'permit', obligations: ['use-tunnel'] },
              repairs: [],
            }),
            compared({ index: 1 }, 'indeterminate', {
              hypothetical: { permitted: false, outcome: 'deny', obligations: [] },
              repairs: [],
            }),
          ),
          current: false,
        },
        3,
        `permitted  gb-a → us-b\n    obligation: use-tunnel\ndenied  pacific: 0 to repair\nregistry version 12, hypothetical, for ${AT}; to act on it, ask decide\n`,
      ],
      ['no path', paths(), 3, `registry version 12, at ${AT}; to act on it, ask decide\n`],
    ],
    lies: {
      'no paths': { ...paths(), paths: undefined },
      'permitted as text': paths(compared({ index: 0 }, 'deny', { permitted: 'true' })),
      'a path without an outcome': paths(compared({ index: 0 }, 'deny', { outcome: undefined })),
      'a bare permit': PERMIT,
    },
    jsonOfNone: /^$/,
  },
  timeline: TIMELINE,
  'timeline --function': { ...TIMELINE, invoked: true },
};
/** What a lenient reader takes for the answer in it. */
const NOT_STRICT: Readonly<Record<string, Weather>> = {
  'a member twice': (response, good) => void response.end(`${good.slice(0, -1)},"again":1,"again":1}`),
  'all of it twice, denied first': (response, good) =>
    void response.end(`{${good.replace('true', 'false').slice(1, -1)},${good.slice(1)}`),
  'a byte-order mark': (response, good) => void response.end(`\ufeff${good}`),
  'text that is not UTF-8': (response, good) =>
    void response.end(Buffer.from(`${good.slice(0, -1)},"more":"\xff"}`, 'latin1')),
};

type Usage = readonly [string, readonly string[], RegExp];

const USAGE: readonly Usage[] = [
  ['an unknown option', ['--colour', 'red'], /unknown option '--colour'/],
  ['an argument too many', ['gb-a'], /too many arguments/],
  ['no value', ['--owner'], /argument missing/],
  ['a structured marking that is not JSON', ['--marking', '{'], /^routeguard: --marking /],
  ['a protection without a registration', ['--protection', 'csfc'], /^routeguard: --protection /],
  ['a protection without a scheme', ['--protection', ':reg-1'], /^routeguard: --protection /],
  ['how well the path is known', ['--path-assurance', 'pinned'], /unknown option '--path-assurance'/],
];
const DOOR_USAGE: readonly Usage[] = [
  ['a URL that is none', ['--url', 'guard'], /^routeguard: --url is not a URL, such as http:/],
  [
    'a URL without TLS',
    ['--url', 'http://guard.example'],
    /^routeguard: --url must be https, or http on this machine/,
  ],
  ['a URL of nobody', ['--url', 'localhost:8931'], /^routeguard: --url must be https, /],
  ['a URL without a scheme', ['--url', '127.0.0.1:8931'], /^routeguard: --url is not a URL, /],
  ['a URL that is empty', ['--url', ''], /^routeguard: --url is empty: /],
  [
    'what it was called',
    ['--endpoint', 'http://127.0.0.1:9'],
    /^routeguard: option '--endpoint' is --url now, /,
  ],
  ['a URL of another scheme', ['--url', 'ftp://127.0.0.1'], /^routeguard: --url must be https, /],
  ['no region for a deployed guard', ['--url', 'https://guard.example'], /^routeguard: --region /],
];
const FUNCTION_USAGE: readonly Usage[] = [
  [
    'both a URL and a function',
    ['--url', 'https://guard.example'],
    /^routeguard: give either --url or --function\n$/,
  ],
  ['a function without a name', ['--function', ''], /^routeguard: --function is empty: /],
];
const NO_FUNCTION: readonly Usage[] = [
  [
    'a function',
    ['--function', 'decide'],
    /^routeguard: --function names a function, and this command asks the guard's HTTP door: /,
  ],
];
const LEASE_USAGE: readonly Usage[] = ['0', '301', '-1', '1.5', 'an hour', ''].map((seconds) => [
  `a lease of ${seconds}`,
  [`--max-lease=${seconds}`],
  /^routeguard: --max-lease takes seconds, from 1 to 300\n$/,
]);
const SPAN_USAGE: readonly Usage[] = [
  ['an empty span', ['--to', '2026-01-01'], /^routeguard: --from must come before --to\n$/],
  ['a span backwards', ['--to', '2025-12-31'], /^routeguard: --from must come before --to\n$/],
  ['a day that is none', ['--from', '2026-02-29'], /^routeguard: --from takes a day/],
  ['facts that are not there', ['--facts', '/nowhere'], /^routeguard: \/nowhere: no such file or folder\n$/],
];
const least = (version: string) => ['--registry-at-least', version];
const VERSION_USAGE: readonly Usage[] = [
  ['two versions', [...least('1'), '--registry-exact', '1'], /exclude each other|unknown option/],
  ['a version of nought', least('0'), /^routeguard: --registry-at-least takes a version/],
  ['a version with a fraction', least('1.5'), /^routeguard: --registry-at-least takes a version/],
  ['a version beyond counting', least('1000000000'), /^routeguard: --registry-at-least takes a version/],
];

/** Arguments without the options that others say anew: an option of one value is not written twice. */
function without(args: readonly string[], more: readonly string[]): readonly string[] {
  const anew = new Set(more.filter((word) => word.startsWith('--') && word !== '--supports'));
  return args.filter((word, at) => !anew.has(word) && !anew.has(args[at - 1] ?? ''));
}

/** A deployed function, as the SDK is told that it is on this machine. */
function invokedAt(url: string): readonly string[] {
  vi.stubEnv('AWS_ENDPOINT_URL_LAMBDA', url);
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'A').stubEnv('AWS_SECRET_ACCESS_KEY', 'B');
  return ['--function', 'decide', '--region', 'us-east-1'];
}

describe.each(Object.entries(COMMANDS))(
  'routeguard %s',
  (_name, { args, invoked = false, answers, lies, jsonOfNone }) => {
    const at = (url: string) => (invoked ? invokedAt(url) : ['--url', url]);
    const good = answers[0]?.[1] ?? HYPOTHETICAL;
    /** A list of what may be is no decision: one that cannot be read says nothing. */
    const lists = args[0] === 'search' || args[0] === 'best-path';
    const withLease = args[0] === 'decide' || args[0] === 'explain';
    const ask = (...more: readonly string[]) =>
      routeguard(...without([...args, ...at(guard.url)], more), ...more);

    /** No answer, however it came about: 3 or 4, one sentence for a person, nothing that a program could take for a permit. */
    async function refuses(code: 3 | 4, sentence = /^routeguard: [^\n{}<>]+\n$/): Promise<void> {
      const inWords = await ask();
      expect({ ...inWords, err: '' }).toEqual({ code, out: '', err: '' });
      expect(inWords.err).toMatch(sentence);
      const json = await ask('--json');
      expect(json).toEqual({ ...inWords, out: expect.stringMatching(jsonOfNone) });
    }

    for (const [what, answer, code, out, err = ''] of answers)
      it(what, async () => {
        guard.answer = () => answer;
        expect(await ask()).toEqual({ code, out, err });
        const json = await ask('--json');
        expect([json.code, json.err, json.out.split('\n').length]).toEqual([code, '', 2]);
        const listed = { type: 'network', results: out.split('\n').slice(0, -1) };
        const told = boundText(guard.heard.at(-1)?.body ?? '', JSON.stringify(answer));
        expect(JSON.parse(json.out)).toEqual(args[0] === 'search' ? listed : JSON.parse(told));
      });

    it.each(Object.entries(lies))('a lie: %s', async (what, answer) => {
      guard.answer = () => answer;
      await refuses(lists || NO_ANSWER_TO_IT.has(what) ? 4 : 3);
    });

    it.each(Object.entries(NO_ANSWER))('no answer: %s', async (_what, weather) => {
      Object.assign(guard, { weather, answer: () => good });
      const waits = watchWaits(weather);
      await refuses(4).finally(waits.restore);
      expect([...new Set(waits.asked)]).toEqual([35_000]);
      expect(guard.heard.map((h) => h.path)).not.toContain('/elsewhere');
    });

    it.each(Object.entries(NOT_STRICT))('no answer: %s', async (_what, weather) => {
      Object.assign(guard, { weather, answer: () => good });
      await refuses(4);
    });

    it.each([
      ...REFUSING.map((status) => [status, 3] as const),
      ...[201, 202, 408, ...UNAVAILABLE].map((status) => [status, 4] as const),
    ])('status %i, whatever its body permits: %i', async (status, code) => {
      Object.assign(guard, { weather: withStatus(status), answer: () => good });
      await refuses(code);
      // Once each time: whoever is told that nobody answered gives the command again.
      expect(guard.heard).toHaveLength(2);
    });

    it('a guard that is not there', async () => {
      const { code, out, err } = await routeguard(...args, ...at('http://127.0.0.1:9'));
      expect([code, out]).toEqual([4, '']);
      expect(err).toMatch(
        invoked
          ? /^routeguard: no answer from the guard at decide \(Error\)\. The guard could not be reached\.\n$/
          : /^routeguard: no answer from the guard at http:\/\/127\.0\.0\.1:9\. Is it running\? `npm start` starts it\.\n$/,
      );
    });

    const more = args[0] === 'timeline' ? SPAN_USAGE : VERSION_USAGE;
    it.each([
      ...USAGE,
      ...more,
      ...(invoked ? FUNCTION_USAGE : DOOR_USAGE),
      ...(['decide', 'timeline'].includes(args[0] ?? '') ? [] : NO_FUNCTION),
      ...(withLease ? LEASE_USAGE : []),
    ])('usage: %s', async (_what, wrong, sentence) => {
      const { code, out, err } = await ask('--json', ...wrong);
      expect([code, out, guard.heard]).toEqual([2, '', []]);
      expect(err).toMatch(sentence);
    });

    it('usage: no marking', async () => {
      const { code, out, err } = await routeguard(args[0] ?? '', '--owner', 'GBR');
      expect([code, out, guard.heard]).toEqual([2, '', []]);
      expect(err).toContain("required option '--marking <marking>' not specified");
    });
  },
);

describe('what is asked', () => {
  const BOTH = ['--route', 'r', '--network', 'gb-a'];
  it.each([
    ['neither path nor route', ['decide', ...ASK], /^routeguard: give either --route or --network\n$/],
    ['both path and route', ['decide', ...ASK, ...BOTH], /^routeguard: give either --route or --network\n$/],
    ['a type nobody knows', ['search', ...ASK, '--type', 'vendor'], /Allowed choices are network, route/],
    [
      'a flow nobody knows',
      ['search', ...ASK, '--flow', 'federal-contract-servise'],
      /Allowed choices are us-diplomatic-facility, .*, other\./,
    ],
    [
      'an explanation nobody gives',
      ['decide', ...HOP, '--explain', 'all'],
      /Allowed choices are none, codes, full/,
    ],
    ['no command', [], /Usage: routeguard/],
    ['an unknown command', ['permit'], /unknown command 'permit'/],
  ])('usage: %s', async (_what, args, sentence) => {
    const { code, out, err } = await routeguard(...args);
    expect([code, out]).toEqual([2, '']);
    expect(err).toMatch(sentence);
  });

  it.each([['--help'], ['--version'], ['decide', '--help']])('%s %s is no mistake', async (...args) => {
    expect(await routeguard(...args)).toMatchObject({ code: 0, err: '' });
  });

  const FULL = [
    ...['--marking', '{"frame":"US"}', '--format', 'us-banner', '--owner', 'USA', '--flow', 'private'],
    ...['--protection', 'csfc:reg-1', '--supports', 'use-tunnel,notify-owner', '--supports', 'third'],
    ...['--standard', 'S-1,S-2', '--registry-at-least', '12', '--message-id', 'm-1'],
  ];
  const MESSAGE = {
    id: 'm-1',
    marking: { frame: 'US' },
    markingFormat: 'us-banner',
    originator: 'USA',
    protection: { scheme: 'csfc', registration: 'reg-1' },
    flow: 'private',
  };
  const AROUND = { registry: { atLeast: 12 }, standards: ['S-1', 'S-2'] };
  const SUPPORTS = ['use-tunnel', 'notify-owner', 'third'];
  const PATH = { hops: [{ network: 'gb-a' }, { plmn: '234-15' }] };
  const OVER = ['--network', 'gb-a,plmn:234-15'];

  async function heard(...args: readonly string[]): Promise<readonly Heard[]> {
    await routeguard(...args);
    return guard.heard;
  }

  it('decide invokes the function with the request as text, or asks the door, once', async () => {
    guard.answer = () => PERMIT;
    const args = ['decide', ...FULL, ...OVER, '--explain', 'codes'];
    const asked = {
      ...{ message: MESSAGE, path: PATH, ...AROUND, supportedObligations: SUPPORTS, explain: 'codes' },
      nonce: expect.stringMatching(NONCE),
    };
    const [one, ...more] = await heard(...args, ...invokedAt(guard.url));
    expect([one?.path, more]).toEqual(['/2015-03-31/functions/decide/invocations', []]);
    const { request } = JSON.parse(one?.body ?? '') as { request: string };
    expect(JSON.parse(request)).toEqual(asked);
    const [, other, ...others] = await heard(...args, '--url', guard.url);
    expect([other?.path, others]).toEqual(['/v1/decide', []]);
    expect(other?.headers.authorization).toContain('Credential=LOCALCALLER/');
    expect(JSON.parse(other?.body ?? '')).toEqual(asked);
  });

  it('explain asks as the auditor, about a time and a version', async () => {
    guard.answer = () => HYPOTHETICAL;
    const at = [
      '--at',
      '2026-03-01',
      '--registry-exact',
      '3',
      '--protection',
      'none',
      '--url',
      `${guard.url}/prod/`,
    ];
    const [one] = await heard('explain', ...ASK, '--route', 'pacific', ...at);
    expect(one).toMatchObject({ method: 'POST', path: '/prod/v1/audit/explain' });
    expect(one?.headers.authorization).toContain('Credential=LOCALAUDITOR/');
    expect(JSON.parse(one?.body ?? '')).toEqual({
      message: { id: 'cli', marking: 'SECRET//REL TO USA, GBR', protection: { scheme: 'none' } },
      path: { route: 'pacific' },
      at: '2026-03-01T00:00:00Z',
      registry: { exact: 3 },
      nonce: expect.stringMatching(NONCE),
    });
  });

  it('search asks as the caller for page after page', async () => {
    const pages = [
      { ...found('gb-a'), page: { next_token: 't-1' } },
      { ...found('gb-b'), page: { next_token: '' } },
    ];
    guard.answer = () => pages[guard.heard.length - 1];
    const result = await routeguard('search', ...FULL, '--type', 'network', '--url', guard.url, '--json');
    expect(result.out).toBe('{"type":"network","results":["gb-a","gb-b"]}\n');
    const { id, ...properties } = MESSAGE;
    const body = {
      subject: { type: 'message', id, properties },
      action: { name: 'route' },
      resource: { type: 'network' },
      context: { ...AROUND, supported_obligations: SUPPORTS },
    };
    expect(guard.heard.map((h) => JSON.parse(h.body))).toEqual([body, { ...body, page: { token: 't-1' } }]);
    expect(guard.heard.map((h) => h.path)).toEqual(Array(2).fill('/access/v1/search/resource'));
    expect(guard.heard[0]?.headers.authorization).toContain('Credential=LOCALCALLER/');
  });

  it('a search that breaks off prints nothing of what it found', async () => {
    guard.answer = () => ({ ...found('gb-a'), page: { next_token: 't-1' } });
    guard.weather = (response, good) => (guard.heard.length === 1 ? fair : withStatus(500))(response, good);
    expect(await routeguard('search', ...ASK, '--type', 'network', '--url', guard.url)).toEqual({
      ...{ code: 4, out: '', err: 'routeguard: the guard refused (500): no reason given\n' },
    });
  });

  it('a search is for routes unless it says otherwise', async () => {
    guard.answer = () => ({ results: [{ type: 'route', id: 'pacific' }] });
    const [one] = await heard('search', ...ASK, '--url', guard.url);
    expect(JSON.parse(one?.body ?? '')).toMatchObject({ resource: { type: 'route' }, context: {} });
  });

  it('best-path sends the paths it was given, or none', async () => {
    guard.answer = () => paths();
    const given = ['--path', 'gb-a,plmn:234-15', '--path', 'us-b', '--route', 'pacific'];
    await heard('best-path', ...ASK, ...given, '--url', guard.url);
    await heard('best-path', ...ASK, '--url', guard.url);
    const [one, other] = guard.heard.map((h) => JSON.parse(h.body) as { paths?: unknown });
    expect(guard.heard[0]).toMatchObject({ method: 'POST', path: '/v1/best-path' });
    expect(one?.paths).toEqual([{ hops: PATH.hops }, { hops: [{ network: 'us-b' }] }, { route: 'pacific' }]);
    expect(other).not.toHaveProperty('paths');
  });

  it.each([
    [{ message: 'Forbidden' }, 'Forbidden'],
    ['gone', 'gone'],
    [
      {
        reasons: [
          { code: 'A', text: 'One.' },
          { code: 'B', text: 'Two.' },
        ],
      },
      'A: One. B: Two.',
    ],
    [{}, 'no reason given'],
  ])('a door that refuses is quoted: %j', async (body, said) => {
    Object.assign(guard, { weather: withStatus(403), answer: () => body });
    const { err } = await routeguard('best-path', ...ASK, '--url', guard.url);
    expect(err).toBe(`routeguard: the guard refused (403): ${said}\n`);
  });

  it('a crash with a permit as payload is no permit', async () => {
    Object.assign(guard, {
      weather: withStatus(200, { 'x-amz-function-error': 'Unhandled' }),
      answer: () => PERMIT,
    });
    expect(await routeguard(...DECIDE.args, ...invokedAt(guard.url))).toEqual({
      ...{ code: 4, out: '', err: 'routeguard: The guard failed while it was deciding.\n' },
    });
  });

  it.each([
    ['5', 0],
    ['4', 0],
    ['3', 3],
  ])(
    'decide accepts a lease of %s seconds, and the skew: exit code %i for one of five',
    async (seconds, code) => {
      guard.answer = () => PERMIT;
      expect((await routeguard(...DECIDE.args, '--url', guard.url, '--max-lease', seconds)).code).toBe(code);
    },
  );

  it('timeline asks for each date in turn, and prints what changes', async () => {
    const turn = '2026-06-01T00:00:00.000Z';
    const times: unknown[] = [];
    guard.answer = ({ body }) => {
      const { at } = JSON.parse(body) as { at: string };
      times.push(at);
      const standards = OWN_STANDARD;
      if (at < turn) return { ...HYPOTHETICAL, standards, validUntil: turn };
      return {
        ...{ ...DENY, ...NOT_NOW, standards, validUntil: undefined },
        hypothetical: resultOf(DENY),
      };
    };
    const { code, out } = await routeguard('timeline', ...HOP, ...SPAN, '--url', guard.url, '--json');
    expect([code, times]).toEqual([0, ['2026-01-01T00:00:00.000Z', turn]]);
    expect(
      (JSON.parse(out) as { day: string; outcome: string; to: unknown }[]).map((e) => [
        e.day,
        e.outcome,
        e.to,
      ]),
    ).toEqual([
      ['2026-01-01', 'permit', turn],
      ['2026-06-01', 'deny', null],
    ]);
    const words = await routeguard('timeline', ...HOP, ...SPAN, '--url', guard.url);
    expect(words.out).toMatch(/^2026-06-01 {2}DENY$/m);
    // The span ends at --to, itself not included.
    times.length = 0;
    await routeguard('timeline', ...HOP, '--from', '2026-01-01', '--to', '2026-06-01', '--url', guard.url);
    expect(times).toHaveLength(1);
  });

  it.each<[string, object, number, RegExp]>([
    ['about now', { ...PERMIT, standards: OWN_STANDARD }, 4, /answered about now/],
    ['of no registry', UNDECIDED, 3, /the guard refused: MARKING_INVALID: .+; REQUEST_INVALID: .+$/m],
    ['by a standard that was added', HYPOTHETICAL, 2, /give the facts with --facts/],
  ])('timeline makes nothing of an answer %s', async (_what, answer, code, said) => {
    guard.answer = () => answer;
    const result = await routeguard('timeline', ...HOP, ...SPAN, '--url', guard.url);
    expect([result.code, result.out]).toEqual([code, '']);
    expect(result.err).toMatch(said);
  });
});
