/**
 * A change to the registry: a list of operations, each on one fact.
 *
 * - `add` records a fact that was not there.
 * - `replace` corrects a recorded error. It names the digest of what it corrects.
 * - `end` records that the world changed: the fact holds until `on`, inclusive where that is a day in the fact's own
 *   time zone, and no longer. It never prolongs. A fact that would end before it begins leaves the registry; history
 *   keeps it.
 */
import * as z from 'zod/mini';
import { type Digest, factDigest } from '../facts/canonical.ts';
import { kindOf, member } from '../facts/fact.ts';
import { keyOfFact } from '../facts/fact-key.ts';
import { day, instant } from '../facts/moment.ts';
import { digest } from '../facts/primitives.ts';
import { problemsOf } from '../facts/problem-words.ts';
import { sources } from '../facts/provenance.ts';
import type { RawFact } from '../facts/view.ts';
import { endFact, type FactEnd } from './ending.ts';
import { unfitForStorage } from './plain-json.ts';

/** Most operations in one change. */
export const MAX_OPERATIONS = 100_000;

/** Judged as a fact by validation, which names every problem in it at once. */
const rawFact = z.custom<RawFact>(
  (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
  'a fact: an object',
);

/** One operation, as it is sent. */
export const operation = z.discriminatedUnion('op', [
  z.strictObject({ op: z.literal('add'), fact: rawFact }),
  z.strictObject({ op: z.literal('replace'), fact: rawFact, was: digest }),
  z.strictObject({
    op: z.literal('end'),
    key: keyOfFact,
    on: z.union([day, instant]),
    ending: sources,
    was: digest,
  }),
]);

const changeSet = z
  .array(operation)
  .check(
    z.minLength(1, 'a change has at least one operation'),
    z.maxLength(MAX_OPERATIONS, `a change has at most ${MAX_OPERATIONS} operations`),
  );

interface AddOperation {
  readonly op: 'add';
  readonly fact: RawFact;
}
interface ReplaceOperation {
  readonly op: 'replace';
  readonly fact: RawFact;
  readonly was: Digest;
}
/** Ends a fact that is there, on a day and by a source: history keeps it. */
export interface EndOperation extends FactEnd {
  readonly op: 'end';
  readonly key: string;
  readonly was: Digest;
}
/** One thing a change does to one fact; what it is written against is named by its digest. */
export type Operation = AddOperation | ReplaceOperation | EndOperation;

/** Facts as registered, by key. */
export type Facts = ReadonlyMap<string, RawFact>;

/** What is wrong, where. `path` is a JSON Pointer into the list of operations (`/3/fact/hostedOn`). */
export interface ChangeProblem {
  readonly path: string;
  readonly message: string;
  /** Key of the fact, where there is one. */
  readonly key?: string;
}

/** Operations that were read, or everything that is wrong with what was given for them. */
export type ChangesReading =
  | { readonly ok: true; readonly changes: readonly Operation[] }
  | { readonly ok: false; readonly problems: readonly ChangeProblem[] };

/** An operation written against another state of its fact than the one that is there; `null` for no fact. */
interface Conflict {
  readonly index: number;
  readonly key: string;
  readonly was: Digest | null;
  readonly is: Digest | null;
}

/** The facts that a change leaves, or what keeps it from being made. */
export type ApplyResult =
  | { readonly ok: true; readonly facts: Facts; readonly touched: readonly string[] }
  | {
      readonly ok: false;
      readonly problems: readonly ChangeProblem[];
      readonly conflicts: readonly Conflict[];
    };

/** The key a value claims to be registered under, whether or not it is sound; `undefined` where it claims none. */
export function claimedKey(value: unknown): string | undefined {
  const kind = kindOf(value);
  const id = member(value, 'id');
  return kind !== undefined && typeof id === 'string' && /^[A-Za-z0-9._-]{1,64}$/.test(id)
    ? `${kind}/${id}`
    : undefined;
}

/** The key of the fact an operation is about. */
export function keyOf(operation: Operation): string | undefined {
  return operation.op === 'end' ? operation.key : claimedKey(operation.fact);
}

/** Reads a list of operations from parsed JSON or YAML. Facts in it are only bounded here; see `validate.ts`. */
export function readChanges(value: unknown): ChangesReading {
  if (Array.isArray(value) && value.length > MAX_OPERATIONS) {
    return {
      ok: false,
      problems: [{ path: '', message: `a change has at most ${MAX_OPERATIONS} operations` }],
    };
  }
  const unfit = (Array.isArray(value) ? value : []).flatMap((each: unknown, i): readonly ChangeProblem[] => {
    const message = unfitForStorage(each);
    return message === undefined ? [] : [{ path: `/${i}`, message }];
  });
  if (unfit.length > 0) return { ok: false, problems: unfit };
  const parsed = changeSet.safeParse(value);
  if (!parsed.success) return { ok: false, problems: problemsOf(parsed.error.issues) };
  return { ok: true, changes: parsed.data as readonly Operation[] };
}

function digestAt(facts: Facts, key: string): Digest | null {
  const fact = facts.get(key);
  return fact === undefined ? null : factDigest(fact);
}

/**
 * Applies a change to a set of facts, all of it or nothing. Operations are independent: each fact at most once, and
 * each is judged against the facts as they are before.
 */
export function applyChanges(facts: Facts, changes: readonly Operation[]): ApplyResult {
  const problems: ChangeProblem[] = [];
  const conflicts: Conflict[] = [];
  const result = new Map(facts);
  const first = new Map<string, number>();
  for (const [index, each] of changes.entries()) {
    const key = keyOf(each);
    if (key === undefined) {
      problems.push({ path: `/${index}/fact`, message: 'a fact has a known kind and an id' });
      continue;
    }
    const earlier = first.get(key);
    if (earlier !== undefined) {
      problems.push({ path: `/${index}`, message: `operation ${earlier} is about the same fact`, key });
      continue;
    }
    first.set(key, index);
    const was = each.op === 'add' ? null : each.was;
    const is = digestAt(facts, key);
    const current = facts.get(key);
    if (was !== is) {
      conflicts.push({ index, key, was, is });
      continue;
    }
    switch (each.op) {
      case 'add':
        result.set(key, each.fact);
        break;
      case 'replace':
        if (factDigest(each.fact) === is)
          problems.push({ path: `/${index}`, message: 'it replaces the fact by itself', key });
        result.set(key, each.fact);
        break;
      case 'end': {
        const ended = current === undefined ? undefined : endFact(current, each);
        if (ended === undefined || !ended.ok)
          problems.push({ path: `/${index}/on`, message: ended?.message ?? 'there is no such fact', key });
        else if (ended.fact === null) result.delete(key);
        else result.set(key, ended.fact);
        break;
      }
      default:
        unknownOperation(each);
    }
  }
  if (problems.length > 0 || conflicts.length > 0) return { ok: false, problems, conflicts };
  return { ok: true, facts: result, touched: [...first.keys()] };
}

function unknownOperation(operation: never): never {
  throw new Error(`no such operation: ${String((operation as { op: unknown }).op)}`);
}
