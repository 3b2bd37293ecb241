import { applyChanges, type Facts, keyOf, type Operation } from '../core/administration/change.ts';
import type { Person } from '../core/administration/person.ts';
import { NOBODY, type Undo, type UndoPart, undoOf, type WayBack } from '../core/administration/undo.ts';
import { type RegistryProblem, registryProblems } from '../core/administration/validate.ts';
import { factKeyFault } from '../core/facts/fact-key.ts';
import type { RawFact } from '../core/facts/view.ts';
import { diff } from '../store/history.ts';
import type { OpenSnapshot } from '../store/open-snapshot.ts';
import type { ReplyTo } from './answers.ts';
import { readBody, rollbackBody } from './bodies.ts';
import { nameOf } from './caller.ts';
import { factsAt } from './change-staging.ts';
import { baseOf, type Call, type RegistryContext } from './context.ts';
import { fileProposal } from './propose.ts';
import { Refusal } from './refusal.ts';
import { revokedSince } from './revoked-since.ts';

/** Keys and problems shown of one part; how many there are is said beside them. */
const MOST_SHOWN = 200;

/**
 * Proposes one part of the facts of an earlier version again, as a change against HEAD: history only grows, and every fact
 * that comes back or goes is authorised, simulated and approved like any other.
 */
export async function rollback(context: RegistryContext, call: Call): Promise<ReplyTo<'rollback'>> {
  const { version, by, also, reason, salt, signed } = readBody(rollbackBody, call.body());
  const head = await context.reader.open({}, call.signal);
  const { parts } = await undoTo(
    context,
    { from: head, head },
    { version, also, author: call.caller },
    call.signal,
  );
  if (parts.length === 0)
    throw new Refusal('PROPOSAL_INVALID', 'that version has the facts there are now, but for what stays', {
      path: '/version',
    });
  const part = parts.find((each) => each.by === by);
  if (part === undefined)
    throw new Refusal('PROPOSAL_INVALID', 'nothing of it is for these people to take back', {
      path: '/by',
      details: { parts: parts.map((each) => each.by) },
    });
  const asked = { kind: 'rollback', reason, salt, version, by, also } as const;
  return fileProposal(context, call, {
    ...{ kind: 'rollback', reason, salt, signed, asked, head, changes: part.changes },
  });
}

/** `GET rollback/{v}?also=`: what is left of the way back, for whom, and what must come before it. */
export async function showRollback(context: RegistryContext, call: Call): Promise<ReplyTo<'undo'>> {
  const also = alsoIn(call.query.get('also'));
  const version = Number(call.variables['v']);
  const head = await context.reader.open({}, call.signal);
  const { parts, stays } = await undoTo(
    context,
    { from: head, head },
    { version, also, author: call.caller },
    call.signal,
  );
  const facts = await factsAt(context, head);
  const ordered = inOrder(parts, facts, { sample: context.sample, at: context.clock() });
  return {
    status: 200,
    body: {
      to: version,
      head: baseOf(head),
      also,
      // Gone already, or misspelt: whoever types it is told.
      absent: also.filter((key) => !facts.has(key)),
      parts: ordered.map(({ part: { by, changes }, after, problems }) => ({
        by,
        operations: changes.length,
        changes: changes.slice(0, MOST_SHOWN).map(gistOf),
        after,
        problems: problems.slice(0, MOST_SHOWN).map(({ key, path, message }) => ({ key, path, message })),
      })),
      stays: stays.slice(0, MOST_SHOWN),
      staying: stays.length,
    },
  };
}

/** To which version, with what besides, asked by whom. */
export interface AskedBack {
  readonly version: number;
  readonly also: readonly string[];
  readonly author: Person;
}

/** From where a way back is written, and the registry as it stands: what was revoked after a proposal was filed counts as well. */
export interface Ways {
  readonly from: OpenSnapshot;
  readonly head: OpenSnapshot;
}

/**
 * The way from one version's facts to an earlier one's. What has ended is told by the registry's clock: its author's may be
 * minutes off, and they may have written it long ago.
 *
 * @throws StoreError VERSION_UNKNOWN; VERSION_PURGED where the facts of it are not all there any more
 */
export async function undoTo(
  context: RegistryContext,
  { from, head }: Ways,
  { version, also, author }: AskedBack,
  signal: AbortSignal,
): Promise<Undo> {
  const target = await context.anyReader.open({ exact: version }, signal);
  const differences: WayBack[] = [];
  for await (const { key, before, after } of diff(from, target, 'facts'))
    differences.push({ key, now: before as RawFact | undefined, was: after as RawFact | undefined });
  differences.sort((a, b) => (a.key < b.key ? -1 : 1));
  const keys = differences.map(({ key }) => key);
  return undoOf(differences, {
    ...{ facts: await factsAt(context, from), at: context.clock(), also },
    revoked: await revokedSince(head, version, keys),
    citation: `Rolled back to version ${version}, proposed by ${nameOf(author)}`,
  });
}

interface OrderedPart {
  readonly part: UndoPart;
  /** Whose parts must be in before this one is sound; null where nothing that the others do makes it so. */
  readonly after: readonly string[] | null;
  /** What is wrong with it by itself, on the registry as it stands. */
  readonly problems: readonly RegistryProblem[];
}

/** Parts that are sound by themselves first, then those that are once these are in, and last what nothing makes sound. */
function inOrder(
  parts: readonly UndoPart[],
  facts: Facts,
  options: { readonly sample: boolean; readonly at: number },
): readonly OrderedPart[] {
  const judged = parts.map((part) => ({ part, problems: problemsOf(part, facts, options) }));
  const isSound = (part: UndoPart, before: readonly UndoPart[]) =>
    problemsOf(part, before.reduce(appliedTo, facts), options).length === 0;
  const ordered: OrderedPart[] = [];
  let waiting = judged;
  while (waiting.length > 0) {
    const before = ordered.map(({ part }) => part);
    const ready = waiting.filter(({ part }) => isSound(part, before));
    if (ready.length === 0) break;
    for (const each of ready) ordered.push({ ...each, after: neededBy(each.part, before, isSound) });
    waiting = waiting.filter((each) => !ready.includes(each));
  }
  return [...ordered, ...waiting.map((each) => ({ ...each, after: null }))];
}

/** Those of the parts before one without which it is not sound. */
function neededBy(
  part: UndoPart,
  before: readonly UndoPart[],
  isSound: (part: UndoPart, before: readonly UndoPart[]) => boolean,
): readonly string[] {
  let needed = before;
  for (const each of before) {
    const without = needed.filter((other) => other !== each);
    if (isSound(part, without)) needed = without;
  }
  return needed.map(({ by }) => by);
}

function problemsOf(
  { by, changes }: UndoPart,
  before: Facts,
  { sample, at }: { readonly sample: boolean; readonly at: number },
): readonly RegistryProblem[] {
  if (by === NOBODY)
    return [{ check: 'spoken-for', key: '', path: '', message: 'nobody may speak for this any more' }];
  const applied = applyChanges(before, changes);
  if (!applied.ok) return [];
  return registryProblems(applied.facts, { sample, touched: applied.touched, before, at });
}

function appliedTo(facts: Facts, { changes }: UndoPart): Facts {
  const applied = applyChanges(facts, changes);
  return applied.ok ? applied.facts : facts;
}

function gistOf(operation: Operation): { readonly op: Operation['op']; readonly key: string } {
  return { op: operation.op, key: keyOf(operation) ?? '' };
}

function alsoIn(given: string | undefined): readonly string[] {
  const keys = given === undefined || given === '' ? [] : given.split(',');
  for (const key of keys) {
    const fault = factKeyFault(key);
    if (fault !== undefined) throw new Refusal('REQUEST_INVALID', fault, { path: '/also' });
  }
  return [...new Set(keys)].sort();
}
