/** What no longer stops anything once the registry is as it was: what one person may do again, and what has to be proposed. */
import { hasEnded } from '../../functions/core/administration/ending.ts';
import { onlyRestricts } from '../../functions/core/administration/polarity.ts';
import { canonicalText, type Json } from '../../functions/core/facts/canonical.ts';
import { polarityOf } from '../../functions/core/facts/fact.ts';
import { readingOf } from '../../functions/core/facts/reading.ts';
import type { RawFact } from '../../functions/core/facts/view.ts';
import type { GivenUp, LostChange, LostVersion } from './lost-version.ts';

interface UndoneFact {
  readonly key: string;
  readonly reason: string | null;
  /** As of the version that said it last. */
  readonly givenUp: GivenUp | null;
}

/** A hold that was in force when the registry was lost, or a favourable fact that was ended: neither stops anything now. */
export type Undone = UndoneFact &
  ({ readonly kind: 'hold'; readonly fact: Json } | { readonly kind: 'revoke' });

/** A fact that is otherwise than it was when the registry was lost, and that no command of one person brings back. */
export interface ChangedOtherwise {
  readonly key: string;
  readonly change: LostChange['change'];
  /** True where it could only stop something: what it stopped may pass again. */
  readonly restricts: boolean;
  readonly givenUp: GivenUp | null;
}

export interface UndoneFacts {
  readonly again: readonly Undone[];
  /** What restricts first. */
  readonly otherwise: readonly ChangedOtherwise[];
  /** Of which nobody can say what they changed: what they stopped is in neither list. */
  readonly unread: readonly LostVersion[];
}

export function changedKeys(versions: readonly LostVersion[]): readonly string[] {
  return [...new Set(versions.flatMap(({ said }) => (said?.changes ?? []).map(({ key }) => key)))];
}

/**
 * @param versions newest first
 * @param facts HEAD's, under every changed key
 * @param now epoch milliseconds
 */
export function undone(
  versions: readonly LostVersion[],
  facts: ReadonlyMap<string, Json>,
  now: number,
): UndoneFacts {
  const again = new Map<string, Undone>();
  // By what was said of it last: a hold that was lifted again stops nothing, and need not.
  const last = new Map<string, { readonly was: Json | null; readonly givenUp: GivenUp | null }>();
  for (const { said, givenUp } of versions)
    for (const change of said?.changes ?? []) {
      const { key, after } = change;
      const is = facts.get(key) ?? null;
      const reason = said?.reason ?? null;
      const isFirst = !last.has(key);
      if (isFirst) last.set(key, { was: after, givenUp });
      if (key.startsWith('hold/')) {
        // A hold of this id that came back is another one, and cannot be set again.
        if (isFirst && is === null && isStanding(after, now))
          again.set(key, { kind: 'hold', key, fact: after, reason, givenUp });
      } else if (isStanding(is, now) && isEnding(change, now) && !again.has(key))
        again.set(key, { kind: 'revoke', key, reason, givenUp });
    }
  const otherwise = [...last].flatMap(([key, { was, givenUp }]) => {
    const is = facts.get(key) ?? null;
    if (again.has(key) || isDealtWith(is, was, now)) return [];
    const change = is === null ? 'added' : was === null ? 'removed' : 'replaced';
    const restricts = onlyRestricts({ before: raw(is), after: raw(was) });
    return [{ key, change, restricts, givenUp } as const];
  });
  const order = (each: ChangedOtherwise) => `${each.restricts ? 0 : 1}${each.key}`;
  return {
    again: [...again.values()],
    otherwise: otherwise.sort((a, b) => (order(a) < order(b) ? -1 : 1)),
    unread: versions.filter(({ said }) => (said?.changes ?? null) === null),
  };
}

/** Whether a fact does in HEAD what it did when the registry was lost: as it was, ended as it was, or stopping as much. */
function isDealtWith(is: Json | null, was: Json | null, now: number): boolean {
  if (canonicalText(is) === canonicalText(was)) return true;
  // Whoever ended it anew did so at another instant: the words differ, and what they do does not.
  if (!isStanding(was, now)) return !isStanding(is, now);
  return isHeldAsMuch(is, was, now);
}

/** A hold that was set anew, by the same authority: of the same or of everything, from now on, and until no earlier. */
function isHeldAsMuch(is: Json | null, was: Json | null, now: number): boolean {
  const [held, lost] = [readingOf(is), readingOf(was)];
  if (!held.sound || !lost.sound || held.fact.kind !== 'hold' || lost.fact.kind !== 'hold') return false;
  const { authority, scope } = held.fact;
  return (
    authority === lost.fact.authority &&
    ('everything' in scope || canonicalText(scope) === canonicalText(lost.fact.scope)) &&
    held.interval.from <= Math.max(now, lost.interval.from) &&
    held.interval.to >= lost.interval.to
  );
}

function raw(fact: Json | null): RawFact | undefined {
  return fact === null ? undefined : (fact as RawFact);
}

function isStanding(fact: Json | null, now: number): boolean {
  return fact !== null && !hasEnded(fact as RawFact, now);
}

/** Of a favourable fact, whether this version took it away. Renewed since or not, whoever ended it had a reason. */
function isEnding({ before, after }: LostChange, now: number): boolean {
  if (before === null || polarityOf(before) !== 'favourable') return false;
  return isStanding(before, now) && !isStanding(after, now);
}
