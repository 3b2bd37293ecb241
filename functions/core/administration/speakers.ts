/**
 * Whose word a fact is: the authority named in it, and for the kinds that name none, a closed rule.
 *
 * - A fact with `authority` is that authority's word.
 * - Vendors, networks and routes are nobody's judgement. They are kept by the registrar: the authority registered as
 *   `registrar`, which speaks for no nation (`ZZZ`, a code ISO 3166-1 leaves to users) and so can mandate nothing.
 * - An authority's own fact is changed by people of an authority that already speaks for every nation in it, as it
 *   was and as it becomes. Nations nobody has ever spoken for are given their first authority by the registrar.
 * - Nobody inherits a nation: where every authority that spoke for it has lapsed, or cannot be read, only those speak
 *   that it named as its succession while it still did.
 */
import type { Authority } from '../facts/authority.ts';
import { type FactOf, idOfKey, member } from '../facts/fact.ts';
import { holdsAt } from '../facts/moment.ts';
import { readingOf } from '../facts/reading.ts';
import type { RawFact } from '../facts/view.ts';
import type { Facts } from './change.ts';

export const REGISTRAR = 'registrar';
/** The registrar's only "nation". User-assigned in ISO 3166-1, so no marking can name it as an owner. */
export const NO_NATION = 'ZZZ';

/** The authority registered under an id, where it is sound and in force. */
export function authorityInForce(id: string, facts: Facts, at: number): Authority | undefined {
  const reading = readingOf(facts.get(`authority/${id}`));
  if (!reading.sound || reading.fact.kind !== 'authority') return undefined;
  return holdsAt(reading.interval, at) ? reading.fact : undefined;
}

/** Every authority in force. Scans the registry: for the few changes that are about authorities themselves. */
export function authoritiesInForce(facts: Facts, at: number): readonly Authority[] {
  return [...facts.keys()]
    .filter((key) => key.startsWith('authority/'))
    .flatMap((key) => authorityInForce(idOfKey(key), facts, at) ?? []);
}

/** The nations an authority claims or claimed; `undefined` where that cannot be read. */
export function nationsOf(raw: RawFact | undefined): readonly string[] | undefined {
  if (raw === undefined) return [];
  const list = member(raw, 'speaksFor');
  return Array.isArray(list) && list.every((x): x is string => typeof x === 'string') ? list : undefined;
}

/** Every registered authority that claims or claimed one of the nations; one that cannot be read may have. */
function everSpokeFor(nations: ReadonlySet<string>, facts: Facts): readonly RawFact[] {
  return [...facts]
    .filter(([key]) => key.startsWith('authority/'))
    .map(([, raw]) => raw)
    .filter((raw) => nationsOf(raw)?.some((n) => nations.has(n)) !== false);
}

/** Ids that each of these, lapsed by now, named to come after it. */
function successorsOf(lapsed: readonly RawFact[]): readonly string[] {
  const [first = [], ...others] = lapsed.map((raw) => {
    const reading = readingOf(raw);
    return reading.sound && reading.fact.kind === 'authority' ? (reading.fact.succession ?? []) : [];
  });
  return first.filter((id) => others.every((ids) => ids.includes(id)));
}

/**
 * The ids of authorities any one of which may change this authority's fact; empty where nobody may.
 *
 * @param before the fact as registered, @param after the fact as proposed; either may be absent
 */
function speakersForAuthority(
  before: RawFact | undefined,
  after: RawFact | undefined,
  facts: Facts,
  at: number,
): readonly string[] {
  const was = nationsOf(before);
  const becomes = nationsOf(after);
  if (was === undefined || becomes === undefined) return [];
  const nations = new Set([...was, ...becomes]);
  const ever = everSpokeFor(nations, facts);
  if (ever.length === 0) return [REGISTRAR];
  const speaking = authoritiesInForce(facts, at).filter((a) => a.speaksFor.some((n) => nations.has(n)));
  if (speaking.length === 0) return successorsOf(ever);
  // A nation that its own people drop must still be somebody's, or the next registrar could give it away.
  const left = ever.filter((raw) => raw !== before).flatMap((raw) => nationsOf(raw) ?? []);
  if (!was.every((n) => becomes.includes(n) || after === undefined || left.includes(n))) return [];
  return speaking.filter((a) => [...nations].every((n) => a.speaksFor.includes(n))).map((a) => a.id);
}

/** One or more ids of which any one suffices; a fact that two authorities speak in needs one of each list. */
export type Speakers = readonly (readonly string[])[];

type Voice = FactOf<'accreditation'>['authority'];

function voiceOf(raw: RawFact): Voice | undefined {
  const authority = member(raw, 'authority');
  return typeof authority === 'string' ? authority : undefined;
}

const KEPT_BY_REGISTRAR: ReadonlySet<string> = new Set(['vendor', 'network', 'route']);

/**
 * Who must speak for a change of one fact: of what it says now and of what it said before, so that nobody takes over
 * another's fact. An empty list inside means that nobody can.
 */
export function speakersOf(
  change: { readonly before: RawFact | undefined; readonly after: RawFact | undefined },
  facts: Facts,
  at: number,
): Speakers {
  const { before, after } = change;
  const sides = [before, after].filter((side) => side !== undefined);
  if (sides.some((side) => member(side, 'kind') === 'authority'))
    return [speakersForAuthority(before, after, facts, at)];
  return sides.map((side) => {
    const kind = member(side, 'kind');
    if (typeof kind === 'string' && KEPT_BY_REGISTRAR.has(kind)) return [REGISTRAR];
    const voice = voiceOf(side);
    return voice === undefined ? [] : [voice];
  });
}
