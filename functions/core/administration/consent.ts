/**
 * Whose consent it takes to destroy what was said of a change: every authority's whose facts the change is about, in the
 * version that made it. A nation that spoke then is asked also where its authority has lapsed or was replaced since: then
 * whoever speaks for it now consents in its place, and while nobody does, nobody can.
 */
import { type Authority, nameOfKey } from '../facts/authority.ts';
import { kindOf, member } from '../facts/fact.ts';
import { readingOf } from '../facts/reading.ts';
import type { RawFact } from '../facts/view.ts';
import type { Facts } from './change.ts';
import { authoritiesInForce, authorityInForce, REGISTRAR } from './speakers.ts';
import { type FactChange, twoSpeak } from './two-people.ts';

/** An authority as it was when it spoke. */
export interface Voice {
  readonly id: string;
  /** What it spoke for then; empty where that cannot be read. */
  readonly nations: readonly string[];
}

/** @param facts the registry that the change was made to, or made: where the authorities of then stand */
export function voicesIn(changes: readonly FactChange[], facts: Facts): readonly Voice[] {
  const sides = changes.flatMap(({ before, after }) => [before, after].filter((side) => side !== undefined));
  return [...new Set(sides.map(voiceOf))].sort().map((id) => voiceNamed(id, facts));
}

function voiceOf(fact: RawFact): string {
  const said = kindOf(fact) === 'authority' ? member(fact, 'id') : member(fact, 'authority');
  return typeof said === 'string' ? said : REGISTRAR;
}

/** All who had people at an instant (epoch ms). */
export function everybodyIn(authorities: Facts, at: number): readonly Voice[] {
  return authoritiesInForce(authorities, at)
    .filter(({ people = [] }) => people.length > 0)
    .map(({ id }) => voiceNamed(id, authorities));
}

export function voiceNamed(id: string, facts: Facts): Voice {
  const reading = readingOf(facts.get(`authority/${id}`));
  return {
    id,
    nations: reading.sound && reading.fact.kind === 'authority' ? reading.fact.speaksFor : [],
  };
}

/** Who can consent for a voice at an instant (epoch ms): itself while it still speaks for the same, or its successors. */
export function consenting({ id, nations }: Voice, facts: Facts, at: number): readonly Authority[] {
  const speaksForAll = ({ speaksFor }: Authority) => nations.every((nation) => speaksFor.includes(nation));
  const own = authorityInForce(id, facts, at);
  if (own !== undefined && speaksForAll(own)) return [own];
  return nations.length === 0 ? [] : authoritiesInForce(facts, at).filter(speaksForAll);
}

/** True where two people of somebody who can consent for this voice have signed with these keys. */
export function haveConsented(keys: readonly string[], voice: Voice, facts: Facts, at: number): boolean {
  return consenting(voice, facts, at).some(({ id }) => twoSpeak(keys, id, facts, at));
}

/** How many more people have to sign for each of these voices that two of somebody who can consent for it have not signed for. */
export function stillNeeded(
  keys: readonly string[],
  voices: readonly Voice[],
  facts: Facts,
  at: number,
): Readonly<Record<string, number>> {
  const hasSigned = (authority: Authority) => keys.some((key) => nameOfKey(authority, key) !== undefined);
  const needed = new Map<string, number>();
  for (const voice of voices) {
    if (haveConsented(keys, voice, facts, at)) continue;
    const more = consenting(voice, facts, at).some(hasSigned) ? 1 : 2;
    needed.set(voice.id, Math.max(more, needed.get(voice.id) ?? 0));
  }
  return Object.fromEntries(needed);
}
