/**
 * No answer about any label flips unless one of the markings asked about flips on the same subject: else people who
 * approve a change are told that nothing becomes permit, and nobody is told that a route goes dark.
 */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { labelClasses, permittableClasses } from '../../../functions/core/administration/label-classes.ts';
import {
  type MarkingProfile,
  markingProfiles,
} from '../../../functions/core/administration/marking-profiles.ts';
import { questionsAbout } from '../../../functions/core/administration/questions.ts';
import { indexOf } from '../../../functions/core/administration/registry-index.ts';
import type { RawFact } from '../../../functions/core/facts/view.ts';
import { ownerOfFrame } from '../../../functions/core/marking/frame-owners.ts';
import { labelFrom } from '../../../functions/core/marking/label.ts';
import { approach } from '../../../functions/core/registry/input.ts';
import { registryFrom } from '../../../functions/core/registry/registry.ts';
import { ask } from '../decision/ask.ts';
import * as make from './small-registry.ts';

const SEED = 20_261_128;
const RUNS = 50;

const ACCREDITORS = ['us-office', 'us-other'] as const;
const COMPARTMENTS = ['SI', 'SI-G', 'NATO'] as const;
const CONTROLS = ['ORCON'] as const;
const OTHERS = ['CAN', 'GBR', 'JPN'] as const;
const LEVELS: Readonly<Record<string, readonly string[]>> = {
  US: ['SECRET', 'TOP SECRET'],
  UK: ['SECRET'],
  NATO: ['NATO SECRET'],
};

const entry = (frame: string, level: string) =>
  fc.record({
    frame: fc.constant(frame),
    level: fc.constant(level),
    compartments: fc.subarray([...COMPARTMENTS]),
    controls: fc.subarray([...CONTROLS]),
  });

const accreditation = fc
  .record({
    id: fc.constantFrom('a', 'b', 'c', 'd', 'e'),
    subject: fc.constantFrom<RawFact>(
      { network: 'net-one' },
      { network: 'net-two' },
      { network: 'host' },
      { protection: 'tunnel' },
    ),
    authority: fc.constantFrom(...ACCREDITORS),
    carries: fc.oneof(
      { weight: 3, arbitrary: fc.tuple(entry('US', 'SECRET')) },
      { weight: 1, arbitrary: fc.tuple(entry('US', 'TOP SECRET'), entry('UK', 'SECRET')) },
    ),
    audience: fc.subarray([...OTHERS, 'USA']),
  })
  .map(({ id, subject, audience, ...more }) => {
    const reach = subject['network'] === 'net-one' || subject['network'] === 'host' ? 'GBR' : 'USA';
    return make.accreditation(id, subject, {
      ...(more as object),
      audience: [...new Set([...audience, reach])].sort(),
    });
  });

const EQUIVALENT = {
  UK: make.equivalence('uk', {
    authority: 'uk-gov',
    from: { frame: 'UK', level: 'SECRET' },
    to: { frame: 'US', level: 'SECRET' },
  }),
  NATO: make.equivalence('nato', {
    authority: 'nato',
    from: { frame: 'NATO', level: 'NATO SECRET' },
    to: { frame: 'US', level: 'SECRET' },
  }),
} as const;

const EVERY = [
  { frame: 'US', level: 'UNCLASSIFIED' },
  { frame: 'UK', level: 'OFFICIAL' },
  { frame: 'NATO', level: 'NATO UNCLASSIFIED' },
];

const mandateOf = (owner: string, basis: string, accreditors: readonly string[]) =>
  make.mandate(`${owner.toLowerCase()}-${basis}`, {
    owner,
    basis,
    accreditors: [...accreditors],
    from: EVERY,
    standards: ['ANY'],
    assurances: ['pinned', 'observed', 'assumed'],
    authority: owner === 'USA' ? 'us-office' : owner === 'GBR' ? 'uk-gov' : 'nato',
  });

/** Nobody of the nation that marks can reach what these carry: an accreditation may leave it out. */
const BRITISH = { jurisdiction: 'GBR', physicalCountries: ['GBR'] };

const recognised = fc.subarray([...ACCREDITORS], { minLength: 1 });

const world = fc
  .record({
    accreditations: fc.array(accreditation, { minLength: 2, maxLength: 6 }),
    usa: recognised,
    gbr: recognised,
    nato: recognised,
    equivalent: fc.oneof(
      fc.subarray([EQUIVALENT.UK, EQUIVALENT.NATO]),
      fc.constant([EQUIVALENT.UK, EQUIVALENT.NATO]),
    ),
  })
  .map(({ accreditations, usa, gbr, nato, equivalent }) => {
    const facts = new Map(
      make.withFacts(
        { remove: 'accreditation/one' },
        { remove: 'accreditation/two' },
        { remove: 'mandate/usa' },
        make.authority('nato', 'NATO'),
        make.network('host', BRITISH),
        make.network('net-one', { hostedOn: 'host', ...BRITISH }),
        make.protection('tunnel'),
        make.standard('ANY', {
          scope: { levels: [...EVERY], flows: null, providers: null },
          rules: [make.RULES[0] as never],
        }),
        ...(['trusted-transport', 'encrypted-transport'] as const).flatMap((basis) => [
          mandateOf('USA', basis, usa),
          mandateOf('GBR', basis, gbr),
          mandateOf('NATO', basis, nato),
        ]),
        ...equivalent,
      ),
    );
    for (const a of accreditations) facts.set(`accreditation/${String(a['id'])}`, a);
    return facts;
  });

/** One accreditation of a world with another audience, or a mandate with other accreditors, or none. */
type Narrowing = (before: ReadonlyMap<string, RawFact>) => ReadonlyMap<string, RawFact>;

const put: fc.Arbitrary<Narrowing> = fc
  .record({ fact: accreditation, out: fc.boolean() })
  .map(({ fact, out }) => (before) => {
    const after = new Map(before);
    const key = `accreditation/${String(fact['id'])}`;
    if (out) after.delete(key);
    else after.set(key, fact);
    return after;
  });

/** Every member of the audience of one accreditation but one, and one that was none. */
const readdressed: fc.Arbitrary<Narrowing> = fc
  .record({ nth: fc.nat(5), nation: fc.constantFrom(...OTHERS, 'USA') })
  .map(({ nth, nation }) => (before) => {
    const keys = [...before.keys()].filter((key) => key.startsWith('accreditation/'));
    const key = keys[nth % keys.length] ?? '';
    const fact = before.get(key);
    const was = (fact?.['audience'] ?? []) as readonly string[];
    const rest = was.filter((one) => one !== nation);
    const audience = rest.length === was.length ? [...was, nation].sort() : rest;
    return new Map(before).set(key, { ...fact, audience: audience.length === 0 ? ['GBR'] : audience });
  });

const recognising: fc.Arbitrary<Narrowing> = fc
  .record({ owner: fc.constantFrom('usa', 'gbr', 'nato'), accreditors: recognised })
  .map(({ owner, accreditors }) => (before) => {
    const key = `mandate/${owner}-trusted-transport`;
    return new Map(before).set(key, { ...before.get(key), accreditors });
  });

/** A world, and the same with one fact put in place of another, or left out. */
const change = fc
  .record({
    before: world,
    how: fc.oneof(
      { weight: 2, arbitrary: put },
      { weight: 2, arbitrary: readdressed },
      { weight: 1, arbitrary: recognising },
    ),
  })
  .map(({ before, how }) => ({ before, after: how(before) }));

function subsets<T>(items: readonly T[]): readonly (readonly T[])[] {
  return Array.from({ length: 2 ** items.length }, (_, bits) => items.filter((_item, i) => bits & (1 << i)));
}

const LABELS: readonly MarkingProfile[] = Object.entries(LEVELS).flatMap(([frame, levels]) => {
  const markedBy = ownerOfFrame(frame);
  // A release list may leave out whoever marked, or members of the organisation: a label says so, and NATO's ONLY.
  const audiences = [null, ...subsets(['CAN', 'GBR', 'JPN', 'USA']).filter((a) => a.length > 0)];
  return levels.flatMap((level) =>
    subsets(COMPARTMENTS.filter((c) => frame !== 'NATO' || c !== 'NATO')).flatMap((compartments) =>
      subsets(CONTROLS).flatMap((controls) =>
        audiences.flatMap((audience) =>
          [[], ...(frame === 'US' ? [['GBR'], ['NATO']] : [['USA']])].map((owners) => ({
            id: '',
            label: labelFrom({ frame, level, compartments, controls, owners, markedBy, audience }),
          })),
        ),
      ),
    ),
  );
});

const TUNNELS = [undefined, { id: 'tunnel', scheme: 'csfc' as const }];
const QUESTIONS = [{ network: 'net-one' }, { network: 'net-two' }, { route: 'main' }].flatMap((subject) =>
  questionsAbout(subject, { protections: TUNNELS, flows: [undefined] }).filter(
    ({ asked: { assurance } }) => assurance === undefined || assurance === 'pinned',
  ),
);

it(`what flips for some label flips for a marking asked about (seed ${SEED})`, () => {
  let permits = 0;
  const flips = new Map<string, number>();
  fc.assert(
    fc.property(change, ({ before, after }) => {
      const profiles = markingProfiles(make.NOW, indexOf(before), indexOf(after));
      const worlds = [registryFrom(before.values()), registryFrom(after.values())];
      for (const question of QUESTIONS) {
        const { request, asked } = question;
        const sides = worlds.map((w) => approach(w, request, make.NOW, asked.assurance));
        // Whose information flips, at what level and which way: what an approver is told.
        // One of each class is enough to ask, and what is a permit on neither side flips nothing.
        const flipping = (markings: readonly MarkingProfile[]) => {
          const alike = labelClasses(markings, worlds, request).flatMap((each) => each.slice(0, 1));
          return new Set(
            permittableClasses(alike, worlds, question).flatMap(([first]) => {
              if (first === undefined) return [];
              const { label } = first;
              const [was, is] = sides.map((side) => ask(side, label).outcome === 'permit');
              if (was || is) permits += 1;
              return was === is ? [] : [JSON.stringify([is, label.frame, label.level, label.owners])];
            }),
          );
        };
        const any = [...flipping(LABELS)];
        if (any.length === 0) continue;
        const told = flipping(profiles);
        for (const flip of any) {
          const frame = String(JSON.parse(flip)[1]);
          flips.set(frame, (flips.get(frame) ?? 0) + 1);
        }
        expect(any.filter((flip) => !told.has(flip))).toEqual([]);
      }
    }),
    { seed: SEED, numRuns: RUNS },
  );
  console.info(`seed ${SEED}: ${permits} permits; flips by frame ${JSON.stringify([...flips])}`);
  expect(permits).toBeGreaterThan(250);
  for (const frame of ['NATO', 'UK', 'US']) expect(flips.get(frame) ?? 0, frame).toBeGreaterThan(4);
});
