/**
 * What a stop hides of a change is told when the change is approved. Whatever set of stops is lifted later, what the change
 * permits then was shown, and as soon as it is so: the same change simulated without them finds nothing more.
 */
import { expect, it } from 'vitest';
import type { Operation } from '../../../functions/core/administration/change.ts';
import { hasEnded } from '../../../functions/core/administration/ending.ts';
import type { SimulationReport } from '../../../functions/core/administration/simulation.ts';
import type { RawFact } from '../../../functions/core/facts/view.ts';
import { changed, simulate, simulationOf } from './simulated.ts';
import * as small from './small-registry.ts';

const { add, end, hold, NOW, replace, SOURCES, UNVERIFIED, valid, withFacts } = small;

const EVERYTHING = { everything: true };
const OURS = hold('ours', { owner: 'USA' });
const theirs = (id: string, more: object = {}) => hold(id, EVERYTHING, { authority: 'uk-gov', ...more });
const exempt = (of: string, more: object = {}) =>
  small.exemption(`from-${of}`, { hold: of, owner: 'USA', authority: 'us-other', ...more });
const until = (to: string) => ({ valid: valid('2019-01-01', to), ending: SOURCES as never });
const over = (ending: unknown) =>
  hold('old', EVERYTHING, { ...until('2020-01-01'), ending: ending as never });
const THREE = [
  small.network('net-three', {}, [small.deployment('maker-one')]),
  small.accreditation('three', { network: 'net-three' }),
  small.assessment('net-three', { network: 'net-three' }),
];
const ofTheirs = (id: string, vendor: string) =>
  small.network(id, { jurisdiction: 'GBR', physicalCountries: ['GBR'] }, [small.deployment(vendor)]);
const strict = small.mandate('usa', { acceptUnverified: false });
const lax = small.mandate('usa', { acceptUnverified: true });
const trusted = small.assessment('maker-two', { vendor: 'maker-two' });
const UNTRUSTED = { remove: 'assessment/maker-two' } as const;

type Change = (facts: small.Facts) => readonly Operation[];

/** What is so once lifted, by what is asked and whether it is so at once. */
function gainedIn({ flips }: SimulationReport): ReadonlySet<string> {
  return new Set(
    flips
      .filter(({ direction }) => direction === 'to-permit')
      .flatMap(({ subject, cases, from, sooner }) =>
        cases.map(({ lifted: _any, ...asked }) =>
          JSON.stringify([subject, asked, from === null || sooner === null ? 'now' : 'later']),
        ),
      ),
  );
}

/** Every set of what stands after a change. */
function setsOf(keys: readonly string[]): readonly (readonly string[])[] {
  return Array.from({ length: 2 ** keys.length }, (_, set) => keys.filter((_key, i) => (set >> i) % 2 === 1));
}

/** @returns cases that are gained once some of the stops are lifted, over all sets of them */
function gainedOnceLifted(facts: small.Facts, changes: readonly Operation[]): ReadonlySet<string> {
  const { facts: after, touched } = changed(facts, changes);
  const standing = [...after.keys()].filter((key) => {
    const fact = after.get(key);
    return key.startsWith('hold/') && fact !== undefined && !hasEnded(fact, NOW);
  });
  const gained = setsOf(standing).flatMap((lifted) => {
    const without = (side: small.Facts) => new Map([...side].filter(([key]) => !lifted.includes(key)));
    return [...gainedIn(simulate({ before: without(facts), after: without(after), touched, at: NOW }))];
  });
  return new Set(gained);
}

// biome-ignore format: one row a line
it.each<readonly [what: string, facts: readonly (RawFact | { readonly remove: string })[], change: Change]>([
  ['a judgement, behind one', [UNTRUSTED, OURS], () => [add(trusted)]],
  ['a judgement, behind one that ends', [UNTRUSTED, hold('o', { owner: 'USA' }, until('2027-01-01'))], () => [add(trusted)]],
  ['a judgement, behind one to come', [UNTRUSTED, hold('o', EVERYTHING, { valid: valid('2026-07-01') })], () => [add(trusted)]],
  ['a judgement to come', [UNTRUSTED, OURS], () => [add({ ...trusted, valid: valid('2027-01-01', '2028-01-01') })]],
  ['a judgement, and the stop itself', [UNTRUSTED], () => [add(trusted), add(OURS)]],
  ['a way round a network that is stopped', [...THREE, hold('net', { network: 'net-two' }), OURS], (facts) => [replace(facts, small.route('main', ['net-one', 'net-three']))]],
  ['a network leaves a host that is stopped', [...THREE, small.network('net-two', { hostedOn: 'net-three' }, [small.deployment('maker-two')]), hold('net', { network: 'net-three' }), OURS], (facts) => [replace(facts, small.network('net-two', {}, [small.deployment('maker-two')]))]],
  ['one stop is lifted behind another', [hold('all', EVERYTHING), OURS], (facts) => [end(facts, 'hold/all')]],
  ['one stop ends sooner behind another', [hold('all', EVERYTHING, until('2028-12-31')), OURS], (facts) => [replace(facts, hold('all', EVERYTHING, until('2026-07-01')))]],
  ['one nobody can read is repaired behind another', [hold('all', EVERYTHING, { cause: 7 }), OURS], (facts) => [replace(facts, hold('all', { network: 'net-three' }))]],
  ['an exemption from one of two', [theirs('a'), OURS], () => [add(exempt('a'))]],
  ['exemptions from two of three', [theirs('a'), theirs('b'), OURS], () => [add(exempt('a')), add(exempt('b'))]],
  ['the stopper speaks for us no more', [small.authority('both', 'GBR', { speaksFor: ['GBR', 'USA'] }), hold('a', EVERYTHING, { authority: 'both' }), exempt('a'), OURS], (facts) => [replace(facts, small.authority('both', 'GBR'))]],
  ['a network is under the stopper’s law no more', [ofTheirs('net-two', 'maker-two'), small.accreditation('two', { network: 'net-two' }, { audience: ['GBR', 'USA'] }), theirs('a'), exempt('a'), OURS], (facts) => [replace(facts, small.network('net-two', {}, [small.deployment('maker-two')]))]],
  ['what an exemption rests on is accepted', [small.authority('us-other', 'USA', { sources: UNVERIFIED as never }), strict, theirs('a'), exempt('a'), OURS], (facts) => [replace(facts, lax)]],
  ['a way round what an exemption not accepted set aside', [...THREE, small.authority('us-other', 'USA', { sources: UNVERIFIED as never }), strict, small.route('main', ['net-one', 'net-three']), hold('net', { network: 'net-three' }, { authority: 'uk-gov' }), exempt('net'), OURS], (facts) => [replace(facts, small.route('main', ['net-one', 'net-two']))]],
  ['the end of a stop that is over is accepted', [strict, over(UNVERIFIED), OURS], (facts) => [replace(facts, lax)]],
  ['the end of a stop that is over is sourced', [strict, over(UNVERIFIED), OURS], (facts) => [replace(facts, over(SOURCES))]],
  ...(['a', 'c'] as const).map((gained): [string, readonly (RawFact | { readonly remove: string })[], Change] => {
    const lost = gained === 'a' ? 'c' : 'a';
    const speaking = (id: string, sources: object) => small.authority(id, 'USA', { sources: sources as never });
    const [bad, third] = [speaking('us-bad', UNVERIFIED), speaking('us-third', UNVERIFIED)];
    return [`an exemption counts beside one that does no more: ${gained}`, [strict, theirs('a'), theirs('c'), bad, third, exempt(lost), exempt(gained, { authority: 'us-third' })], (facts) => [replace(facts, exempt(lost, { authority: 'us-bad' })), replace(facts, speaking('us-third', SOURCES))]];
  }),
  ...(['a', 'c'] as const).map((gained): [string, readonly (RawFact | { readonly remove: string })[], Change] => {
    const lost = gained === 'a' ? 'c' : 'a';
    const third = (sources: object) => small.authority('us-third', 'USA', { sources: sources as never });
    return [`an exemption counts behind one that ends: ${gained}`, [strict, theirs('a'), theirs('c'), third(UNVERIFIED), exempt(lost), exempt(gained, { authority: 'us-third' })], (facts) => [end(facts, `exemption/from-${lost}`), replace(facts, third(SOURCES))]];
  }),
  ['the end of a stop to come is accepted', [strict, hold('all', EVERYTHING, { ...until('2026-07-05'), ending: UNVERIFIED as never }), OURS], (facts) => [replace(facts, lax)]],
  ['the end of a stop to come is sourced', [strict, hold('all', EVERYTHING, { ...until('2026-07-05'), ending: UNVERIFIED as never }), OURS], (facts) => [replace(facts, hold('all', EVERYTHING, until('2026-07-05')))]],
  ['the end of a stop to come is sourced, before another ends', [strict, hold('all', EVERYTHING, { ...until('2026-07-05'), ending: UNVERIFIED as never }), hold('o', { owner: 'USA' }, until('2026-08-01'))], (facts) => [replace(facts, hold('all', EVERYTHING, until('2026-07-05')))]],
  ['an exemption that is not accepted gives nothing, and a judgement does', [UNTRUSTED, strict, small.authority('us-other', 'USA', { sources: UNVERIFIED as never }), theirs('a'), OURS], () => [add(exempt('a')), add(trusted)]],
  ['a mandate', [{ remove: 'mandate/usa' }, OURS], () => [add(small.mandate('usa'))]],
])('%s', (_what, with_, change) => {
  const facts = withFacts(...with_);
  const changes = change(facts);
  const shown = gainedIn(simulate(simulationOf(facts, changes, NOW)));
  const gained = gainedOnceLifted(facts, changes);
  expect(gained.size).toBeGreaterThan(0);
  expect([...gained].filter((each) => !shown.has(each))).toEqual([]);
  expect([...shown].filter((each) => !gained.has(each))).toEqual([]);
});

it('names what stops no more, and not what stops it still', () => {
  const facts = withFacts(hold('all', EVERYTHING), OURS);
  const { flips } = simulate(simulationOf(facts, [end(facts, 'hold/all')], NOW));
  const named = flips.filter(({ cases }) => cases.every((each) => each.lifted));
  expect(named.length).toBeGreaterThan(0);
  expect(new Set(named.flatMap(({ why }) => why.map(({ fact }) => fact)))).toEqual(new Set(['hold/all']));
});
