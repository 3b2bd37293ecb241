/** What stands on the first screen of a review: the danger, its cause and the worst marking, whatever else is proposed beside it. */

import { describe, expect, it } from 'vitest';
import type { RegistryClient } from '../../cli/registry/connection.ts';
import { showsEveryGroup, simulationInWords } from '../../cli/registry/flip-lines.ts';
import { flipsInShort } from '../../cli/registry/in-short.ts';
import { reviewOf } from '../../cli/registry/review.ts';
import { wrapped } from '../../cli/terminal.ts';
import type { Operation } from '../../functions/core/administration/change.ts';
import { flipGroups } from '../../functions/core/administration/flip-groups.ts';
import type { Flip } from '../../functions/core/administration/simulation.ts';
import {
  accreditation,
  add,
  assessment,
  base,
  deployment,
  designation,
  type Facts,
  mandate,
  network,
  RULES,
  replace,
  route,
  standard,
  valid,
  vendor,
  withFacts,
} from '../core/administration/small-registry.ts';
import { BASE, proposing, READER } from './proposing.ts';

const HARMLESS = Array.from({ length: 500 }, (_, i) => add(vendor(`harmless-${i}`)));
const LESS = (to: string) => [{ frame: 'US', level: to, compartments: [], controls: [] }];
const capped = (max: number) =>
  standard('TEST-TRUST', { rules: [...RULES.slice(0, 2), { ...(RULES[3] as object), max }] as never });

/** What is proposed, and what its first forty lines must say. */
const DANGERS: Readonly<
  Record<string, readonly [Facts, (facts: Facts) => readonly Operation[], readonly RegExp[]]>
> = {
  'a trusted assessment of another vendor than its id and its reason speak of': [
    withFacts({ remove: 'assessment/maker-two' }),
    () => [add(assessment('nokia-renewal', { vendor: 'maker-two' }))],
    [
      /PERMITS GAINED, up to US SECRET/,
      /US SECRET: .*VENDOR_NOT_ASSESSED \(maker-two\), by assessment\/nokia-renewal/,
    ],
  ],
  'the same among five hundred harmless changes': [
    withFacts({ remove: 'assessment/maker-two' }),
    () => [
      ...HARMLESS.slice(0, 300),
      add(assessment('nokia-renewal', { vendor: 'maker-two' })),
      ...HARMLESS.slice(300),
    ],
    [/PERMITS GAINED, up to US SECRET/, /VENDOR_NOT_ASSESSED \(maker-two\), by assessment\/nokia-renewal/],
  ],
  'a cap that is raised': [
    withFacts(
      designation('capped', 'maker-two', { class: 'capped' }),
      capped(3_500),
      network('net-two', {}, [deployment('maker-two', { shares: { sites: 6_000 } })]),
    ),
    (facts) => [...HARMLESS.slice(0, 50), replace(facts, capped(9_000))],
    [/PERMITS GAINED, up to US SECRET/, /SHARE_OVER_CAP, by standard\/TEST-TRUST/],
  ],
  'a widened audience': [
    base(),
    (facts) => [
      ...HARMLESS.slice(0, 50),
      replace(facts, accreditation('one', { network: 'net-one' }, { audience: ['GBR', 'USA'] })),
    ],
    [/permits lost, up to US SECRET/, /AUDIENCE_NOT_RELEASABLE, by accreditation\/one/],
  ],
  'a level that is raised': [
    base(),
    (facts) => [
      replace(facts, accreditation('one', { network: 'net-one' }, { carries: LESS('TOP SECRET') })),
      ...HARMLESS.slice(0, 100),
    ],
    [/PERMIT GAINED, up to US TOP SECRET/, /LEVEL_NOT_ACCREDITED, by accreditation\/one/],
  ],
  'a moved end date': [
    base(),
    (facts) => [
      replace(
        facts,
        accreditation('two', { network: 'net-two' }, { valid: valid('2019-01-01', '2026-07-31') }),
      ),
      ...HARMLESS.slice(0, 100),
    ],
    [/permits that end sooner, up to US SECRET/, /ACCREDITATION_EXPIRED, by accreditation\/two/],
  ],
  'a high marking among many low ones': [
    withFacts({ remove: 'accreditation/one' }, { remove: 'accreditation/two' }),
    () => [
      add(accreditation('low', { network: 'net-one' }, { carries: LESS('CONFIDENTIAL') })),
      add(accreditation('high', { network: 'net-two' }, { carries: LESS('TOP SECRET') })),
    ],
    [/up to US TOP SECRET/, /US TOP SECRET: 1 answer, NOT_ACCREDITED, by accreditation\/high/],
  ],
  'a route that is called pinned among many new ones that gain more': [
    withFacts(route('assumed', ['net-one'], { assurance: 'assumed' })),
    (facts) => [
      ...Array.from({ length: 60 }, (_, i) => add(route(`office-${i}`, ['net-one', 'net-two']))),
      replace(facts, route('assumed', ['net-one'], { assurance: 'pinned' })),
      ...Array.from({ length: 60 }, (_, i) => add(route(`office-${i + 60}`, ['net-two']))),
    ],
    [
      /They rest on: route\/assumed \(operation 60\), about [^:]+: changes assurance from assumed to pinned, on which what is refused rests; 1 answer, up to US SECRET/,
      /route\/office-0 \(operation 0\), route\/office-1 .* and 117 more, about [^:]+: is new; 120 answers, up to US SECRET/,
    ],
  ],
  'an assessment that is another vendor’s from now on': [
    withFacts(
      { remove: 'assessment/maker-two' },
      assessment('maker-one-2020', { vendor: 'maker-one' }, { valid: valid('2020-01-01', '2021-12-31') }),
    ),
    (facts) => [replace(facts, assessment('maker-one', { vendor: 'maker-two' }))],
    [
      /^! operation 0: moved from vendor maker-one to vendor maker-two$/m,
      /permit lost, up to US SECRET: .*ASSESSMENT_EXPIRED \(maker-one\), by assessment\/maker-one, no longer about vendor maker-one/,
    ],
  ],
  'an owner who accepts a path nobody registered': [
    base(),
    (facts) => [replace(facts, mandate('usa', { assurances: ['assumed', 'observed', 'pinned'] }))],
    [/PATH_ASSURANCE_INSUFFICIENT, by mandate\/usa/],
  ],
};

describe('the first forty lines name', () => {
  it.each(Object.entries(DANGERS))('%s', async (_, [facts, changes, says]) => {
    const registry = proposing(facts, changes(facts));
    const { words } = await reviewOf(registry, 'p', { tables: undefined, reader: READER, all: false });
    const screen = wrapped(words, 100);
    for (const line of screen) expect(line.length, line).toBeLessThanOrEqual(100);
    const first = screen.slice(0, 40).join('\n').replace(/\n\s+/g, ' ');
    for (const each of says) expect(first).toMatch(each);
  });
});

it('neither a long reason nor many contradictions push what flips off them', async () => {
  const facts = withFacts(
    designation('capped', 'maker-two', { class: 'capped' }),
    capped(3_500),
    network('net-two', {}, [deployment('maker-two', { shares: { sites: 6_000 } })]),
    vendor('nokia'),
  );
  const lies = Array.from({ length: 60 }, (_, i) => add(assessment(`nokia-${i}`, { vendor: 'maker-one' })));
  const reason = `Nokia ${'and so on '.repeat(400)}`;
  const registry = proposing(facts, [...lies, replace(facts, capped(9_000))], reason);
  const { words } = await reviewOf(registry, 'p', { tables: undefined, reader: READER, all: false });
  const first = wrapped(words, 100).slice(0, 40).join('\n').replace(/\n\s+/g, ' ');
  expect(first).toMatch(/^! the reason speaks of/);
  expect(first).toMatch(/^! 60 operations have an id that speaks of .*; nokia-9 .*; and \d+ more$/m);
  expect(first).toMatch(/SHARE_OVER_CAP, by standard\/TEST-TRUST/);
});

const terms = { tables: undefined, reader: READER, all: false } as const;

describe('a review', () => {
  const facts = withFacts({ remove: 'assessment/maker-two' }, vendor('nokia'));
  const [CHANGE] = [[add(assessment('nokia-renewal', { vendor: 'maker-two' }))]];

  it('is one person’s, and says whose another is', async () => {
    const people = { name: 'uma', keys: ['KEY-OF-UMA'] };
    const shown = proposing(facts, CHANGE);
    const registry: RegistryClient = async (ask) =>
      ask.path === 'facts/authority'
        ? { keys: ['authority/us-office'] }
        : ask.path === 'facts/authority/us-office'
          ? { fact: { kind: 'authority', id: 'us-office', people: [people] } }
          : shown(ask);
    const [mine, hers, nobodys] = await Promise.all(
      [READER, 'KEY-OF-UMA', undefined].map((reader) => reviewOf(registry, 'p', { ...terms, reader })),
    );
    expect(mine?.digest).toMatch(/^sha256:/);
    expect(hers?.digest).not.toBe(mine?.digest);
    expect(nobodys?.digest).toBeNull();
    expect(nobodys?.words.at(-1)).toBe(
      'Not reviewed: --key says who reads it, and a review is that person’s alone',
    );
    expect(await mine?.whose(String(hers?.digest))).toBe('uma (us-office)');
    expect(await mine?.whose(`sha256:${'0'.repeat(64)}`)).toBeUndefined();
  });

  it.each<[string, object, RegExp]>([
    [
      'in force',
      { status: 'published', published: { version: 8, digest: BASE.digest } },
      /^It is in force as version 8: nothing/,
    ],
    [
      'rejected',
      { status: 'rejected', rejection: { by: { role: 'r', session: 's' }, at: 'T', reason: 'no' } },
      /^It was rejected by r\/s/,
    ],
    ['expired', { status: 'expired' }, /^It has expired/],
  ])('of what is %s asks nobody for anything', async (_, more, says) => {
    const shown = proposing(facts, CHANGE);
    const registry: RegistryClient = async (ask) =>
      ask.path.startsWith('proposals/') ? { ...((await shown(ask)) as object), ...more } : shown(ask);
    const { words, json } = await reviewOf(registry, 'p', terms);
    expect(words.at(-1)).toMatch(says);
    expect(words.join('\n')).not.toMatch(/To acknowledge|To be approved|Reviewed|Read with/);
    expect(json).toMatchObject({ reviewed: null });
  });

  it('says what became of a fact beside the cause that an answer gives', async () => {
    const old = assessment(
      'maker-one-2020',
      { vendor: 'maker-one' },
      { valid: valid('2020-01-01', '2021-12-31') },
    );
    const before = withFacts(old);
    const moved = replace(before, assessment('maker-one', { vendor: 'maker-two' }));
    const { words } = await reviewOf(proposing(before, [moved]), 'p', terms);
    const told = words.join('\n');
    expect(told).toMatch(/now ASSESSMENT_EXPIRED: .*assessment\/maker-one-2020\)/);
    expect(told).toContain('    assessment/maker-one is no longer about vendor maker-one');
  });

  it('goes from what contradicts it to who proposed it, to the operations, to what is gained, lost and moved, to who decides, to the digest', async () => {
    const { words } = await reviewOf(proposing(facts, CHANGE), 'p', terms);
    const order = [
      /^! the reason speaks of/,
      /^In short/,
      /^ {2}proposed by/,
      /^ {2}reason: /,
      /^It is made on version 7/,
      /^ {2}as the registry says, it comes to root/,
      /^1 operation,/,
      /PERMITS GAINED/,
      /Nothing becomes deny/,
      /^To acknowledge/,
      /^Simulated by/,
      /^To be approved by a second person of us-office/,
      /^Read with the key/,
      /^Reviewed sha256:/,
    ];
    const at = order.map((each) => words.findLastIndex((line) => each.test(line)));
    expect(at).toEqual(at.toSorted((a, b) => a - b));
    expect(at).not.toContain(-1);
    expect(words.join('\n')).toContain('nobody but the author has asked; approving asks again');
  });
});

const UNTOLD = { changes: [], facts: new Map(), names: new Map(), contradictions: [] };

describe('ten thousand', () => {
  const LEVELS = ['US UNCLASSIFIED', 'US CONFIDENTIAL', 'US SECRET'] as const;
  const answers = (vendors: number): readonly Flip[] =>
    Array.from({ length: 10_000 }, (_, i) => ({
      number: i + 1,
      direction: 'to-permit',
      subject: { network: `n-${i}` },
      cases: [{ marking: i === 9_999 ? 'US TOP SECRET' : (LEVELS[i % 3] ?? '') }],
      from: null,
      until: null,
      before: 'deny',
      after: 'permit',
      why: [{ code: 'VENDOR_NOT_ASSESSED', vendor: `v-${i % vendors}` }],
      restsOn: [`assessment/v-${i % vendors}`],
      obliges: [],
    }));
  const shown = (flips: readonly Flip[], all = false) => {
    const report = {
      at: '',
      complete: true,
      questions: 0,
      evaluations: 0,
      markings: [],
      unreadable: [],
    } as const;
    const figures = {
      toPermit: flips.length,
      toDeny: 0,
      changedSinceJudged: [],
      stops: [],
      flipsDigest: BASE.digest,
    };
    const groups = flipGroups(flips);
    const words = simulationInWords({ ...report, ...figures, flips } as never, groups, { all });
    return { words, isWhole: showsEveryGroup(groups, all), short: flipsInShort(groups, UNTOLD) };
  };

  it('answers of one cause: the highest first, and of the others how many and how high', () => {
    const { words, isWhole, short } = shown(answers(1));
    expect(isWhole).toBe(true);
    expect(short.slice(1, 4)).toEqual([
      '  10000 PERMITS GAINED, up to US TOP SECRET:',
      '    US TOP SECRET: 1 answer, VENDOR_NOT_ASSESSED (v-0), by assessment/v-0',
      expect.stringMatching(/^ {4}US SECRET: 3333 answers, /),
    ]);
    expect(words.filter((line) => /^ {10}… and/.test(line))).toEqual([
      expect.stringMatching(
        /^ {10}… and 3313 more of this group \(.*\), none above US SECRET: --all shows them$/,
      ),
      expect.stringMatching(/^ {10}… and 3313 more of this group \(.*\), none above US CONFIDENTIAL/),
      expect.stringMatching(/^ {10}… and 3313 more of this group \(.*\), none above US UNCLASSIFIED/),
    ]);
    expect(words.join('\n')).toContain(
      'To acknowledge: 4 groups, each by its name, because they are so many',
    );
  });

  it('answers of a hundred causes: groups that are not shown are counted, and nobody has reviewed them', () => {
    const { words, isWhole, short } = shown(answers(100));
    expect(isWhole).toBe(false);
    expect(short.at(-1)).toBe('    … and 298 groups more, none above US SECRET: see below');
    expect(words.filter((line) => /which are not shown/.test(line))).toEqual([
      expect.stringMatching(
        /^… and 251 groups more \(\d+ answers\), none above US SECRET, which are not shown: --all/,
      ),
    ]);
    expect(
      shown(answers(100), true).words.filter((line) => /^ {2,7}\d+ {2}network n-/.test(line)),
    ).toHaveLength(10_000);
  });

  it('operations: cut where it is said, what could permit first, and no digest of what was not shown', async () => {
    const many = Array.from({ length: 10_000 }, (_, i) => add(vendor(`v-${i}`)));
    const { words, digest } = await reviewOf(proposing(base(), many), 'p', terms);
    expect(digest).toBeNull();
    expect(words.at(-1)).toBe('Not reviewed: some of it is not shown (--all shows it)');
    const whole = await reviewOf(proposing(base(), many), 'p', { ...terms, all: true });
    expect(whole.digest).not.toBeNull();
    expect(whole.words.filter((line) => /add vendor\/v-/.test(line))).toHaveLength(10_000);
  });
});
