/**
 * An authority in force can be changed and ended by two people of one that speaks for all it speaks for: itself, or
 * another. Otherwise its nations would be spoken for by somebody whom nobody could ever replace, for nobody inherits a
 * nation that is spoken for. What was so before a change is no fault of that change. Nor does anybody list people who
 * could never act.
 */
import type { Authority } from '../../facts/authority.ts';
import { iso } from '../../facts/moment.ts';
import { readingOf } from '../../facts/reading.ts';
import type { RawFact } from '../../facts/view.ts';
import type { Facts } from '../change.ts';
import { authoritiesInForce, authorityInForce, nationsOf, speakersOf } from '../speakers.ts';
import type { Check, CheckFlaw } from './check.ts';

/** Two people who can sign, a role in which one proposes, and one in which the other approves. */
function hasTwo({ people = [], proposers, approvers }: Authority): boolean {
  return people.length >= 2 && proposers.length > 0 && approvers.length > 0;
}

function isChangeable(fact: RawFact, authorities: Facts, at: number): boolean {
  const speakers = speakersOf({ before: fact, after: fact }, authorities, at);
  return speakers.every((anyOf) =>
    anyOf.some((id) => {
      const authority = authorityInForce(id, authorities, at);
      return authority !== undefined && hasTwo(authority);
    }),
  );
}

function isSpokenFor(nations: readonly string[], authorities: Facts, at: number): boolean {
  return authoritiesInForce(authorities, at).some(({ speaksFor }) =>
    speaksFor.some((n) => nations.includes(n)),
  );
}

/** Authorities of these nations that from some instant on (epoch ms, not before `at`) nobody could change, by key. */
function lockedIn(facts: Facts, nations: ReadonlySet<string>, at: number): ReadonlyMap<string, number> {
  const authorities = new Map([...facts].filter(([key]) => key.startsWith('authority/')));
  const sound = [...authorities].flatMap(([key, raw]) => {
    const reading = readingOf(raw);
    return reading.sound ? [{ key, raw, ...reading.interval }] : [];
  });
  const instants = [at, ...sound.flatMap(({ from, to }) => [from, to])].sort((a, b) => a - b);
  const locked = new Map<string, number>();
  for (const { key, raw, from, to } of sound) {
    const own = nationsOf(raw) ?? [];
    if (!own.some((nation) => nations.has(nation))) continue;
    // Once it has lapsed and nobody speaks, those whom it named may register another.
    const falls = Number.isFinite(to) && !isSpokenFor(own, authorities, to);
    if (falls && isChangeable(raw, authorities, to)) continue;
    const since = instants.find(
      (t) => t >= Math.max(at, from) && t < to && !isChangeable(raw, authorities, t),
    );
    if (since !== undefined) locked.set(key, since);
  }
  return locked;
}

/** Two of everybody who has people are waited for when a registry comes back: for such as these, for ever. */
function cannotAct(raw: RawFact | undefined): boolean {
  const reading = readingOf(raw);
  if (!reading.sound || reading.fact.kind !== 'authority') return false;
  return (reading.fact.people ?? []).length > 0 && !hasTwo(reading.fact);
}

export const lockedOut: Check = ({ index: { facts }, before, changed, at }) => {
  const authorities = changed.filter((key) => key.startsWith('authority/'));
  if (authorities.length === 0) return [];
  const sides = authorities.flatMap((key) => [before?.get(key), facts.get(key)]);
  const nations = new Set(sides.flatMap((side) => nationsOf(side) ?? []));
  const was = before === undefined ? new Map() : lockedIn(before, nations, at);
  const locked = [...lockedIn(facts, nations, at)].filter(
    ([key]) => !was.has(key) || authorities.includes(key),
  );
  const isTold = new Set(locked.map(([key]) => key));
  const mute = authorities.filter(
    (key) => !isTold.has(key) && cannotAct(facts.get(key)) && !cannotAct(before?.get(key)),
  );
  return [
    ...mute.map((key): CheckFlaw => {
      const message =
        'people act in twos: list two of them, a role that proposes and one that approves, or leave people out';
      return { key, path: '/people', message };
    }),
    ...locked.map(([key, since]): CheckFlaw => {
      const spokenFor = (nationsOf(facts.get(key)) ?? []).join(', ');
      const message = `from ${iso(since)} on nobody could change or end this authority any more, nor register another for ${spokenFor}: none in force that speaks for ${spokenFor} lists two people with their keys, a role that proposes and one that approves`;
      return { key, path: '/people', message };
    }),
  ];
};
