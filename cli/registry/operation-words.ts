/** A change in words for a terminal, a page and a program: where its words contradict it first, then what could permit. */
import { keyOf, type Operation } from '../../functions/core/administration/change.ts';
import type { Contradiction } from '../../functions/core/administration/contradictions.ts';
import { looseningOf } from '../../functions/core/administration/loosening.ts';
import { operationInWords } from '../../functions/core/administration/operation-words.ts';
import { isRestrictOnly } from '../../functions/core/administration/polarity.ts';
import { type FactKind, kindOfKey } from '../../functions/core/facts/fact.ts';
import type { RawFact } from '../../functions/core/facts/view.ts';
import type { ChangeToShow } from './shown-change.ts';
import { operationsCounted } from './words.ts';

/** Operations shown at once: more are shown where somebody asks for all of them. */
export const MOST_OPERATIONS = 200;
/** Contradictions told on top, so that what flips stays on the first screen; each stands under its operation too. */
const MOST_ON_TOP = 10;
/** Ways in which it lets more pass, told on the first screen. */
const MOST_WAYS = 8;

const NOTHING: ReadonlySet<string> = new Set();

/** Kinds by which everything else is judged: what they change may show in no answer yet. */
const JUDGING: ReadonlySet<FactKind | undefined> = new Set(['criteria-set', 'mandate', 'standard']);

/**
 * What nobody should overlook, of what decides first.
 *
 * @param decisive keys of the facts that what is gained rests on
 */
export function contradictionsInWords(
  change: ChangeToShow,
  decisive: ReadonlySet<string> = NOTHING,
): readonly string[] {
  const contradictions = worstContradictions(change, decisive);
  // What is said of the reason stands nowhere else.
  const onTop = contradictions.filter(({ operation }, i) => i < MOST_ON_TOP || operation === null);
  const more = contradictions.length - onTop.length;
  return [
    ...onTop.map(
      ({ operation, sentence }) => `! ${operation === null ? '' : `operation ${operation}: `}${sentence}`,
    ),
    ...(more > 0 ? [`! … and ${more} more, each under its operation`] : []),
  ];
}

function worstContradictions(
  { contradictions, changes }: ChangeToShow,
  decisive: ReadonlySet<string>,
): readonly Contradiction[] {
  const decides = (operation: number | null) => {
    const about = operation === null ? undefined : changes[operation];
    return about === undefined || decisive.has(keyOf(about) ?? '');
  };
  return contradictions.toSorted((a, b) => Number(decides(b.operation)) - Number(decides(a.operation)));
}

/**
 * The operations with everything they say, the worst first: those that a gained permit rests on, who may speak, how everything is
 * judged and what loosens, what could permit; of each, first what few of them do, then what contradicts itself. Each keeps its number
 * in the proposal.
 */
export function operationsInWords(
  change: ChangeToShow,
  most = Number.POSITIVE_INFINITY,
  decisive: ReadonlySet<string> = NOTHING,
): readonly string[] {
  const ordered = worstOperations(change, decisive);
  const loosening = ordered.filter(({ restricts }) => !restricts);
  const more = ordered.length - most;
  return [
    `${operationsCounted(ordered.length)}, of which ${loosening.length} could permit:`,
    ...ordered.slice(0, most).flatMap((each) => {
      const { operation, index, current, flags } = each;
      const { headline, details } = operationInWords(operation, current, change.names);
      return [
        `  ${String(index).padStart(4)}  ${headline}  (${effectInWords(each)})`,
        ...flags.map(({ sentence }) => `        ! ${sentence}`),
        ...details.map((line) => `          ${line}`),
        `          ${operation.op} ${keyOf(operation) ?? 'a fact without a key'}`,
      ];
    }),
    ...(more > 0 ? [`  … and ${more} more operations, which are not shown: --all shows them`] : []),
  ];
}

/** What is seen to let more pass, a line for each way, that of the fewest operations first: one hides among hundreds of another. */
export function looseningInShort(change: ChangeToShow): readonly string[] {
  const ways = Map.groupBy(placedOperations(change), ({ loosens }) => loosens);
  ways.delete(undefined);
  const rarest = [...ways].toSorted(([, a], [, b]) => a.length - b.length);
  const left = rarest.slice(MOST_WAYS).reduce((sum, [, operations]) => sum + operations.length, 0);
  return [
    ...rarest.slice(0, MOST_WAYS).map(([way, [first, ...others]]) => {
      const [key, index] = [first === undefined ? '' : keyOf(first.operation), first?.index ?? 0];
      if (others.length === 0) return `  ${String(index).padStart(4)}  ${key} ${way}`;
      return `  ${operationsCounted(others.length + 1)}, the first of them ${index} (${key}): ${way}`;
    }),
    ...(left > 0
      ? [
          `  … and ${operationsCounted(left)} in ${rarest.length - MOST_WAYS} other ways, each under What it does`,
        ]
      : []),
  ];
}

/** The same for a program, cut nowhere: what contradicts first, then each operation's sentences, in the order of the lines. */
export function changeAsData(change: ChangeToShow, decisive: ReadonlySet<string>) {
  return {
    contradictions: worstContradictions(change, decisive),
    operations: worstOperations(change, decisive).map(({ operation, index, current, restricts, loosens }) => {
      const { headline, details } = operationInWords(operation, current, change.names);
      return {
        operation: index,
        effect: effectOf(restricts),
        sentences: [headline, ...details],
        ...(loosens !== undefined && { loosens }),
      };
    }),
  };
}

function effectOf(restricts: boolean): string {
  return restricts ? 'only restricts' : 'could permit';
}

function effectInWords({ restricts, loosens }: PlacedOperation): string {
  return [effectOf(restricts), ...(loosens === undefined ? [] : [loosens])].join(': ');
}

/** An operation with all that its place among the others rests on. */
interface PlacedOperation {
  readonly operation: Operation;
  readonly index: number;
  readonly current: RawFact | undefined;
  readonly restricts: boolean;
  /** How it lets more pass; undefined where it only restricts, and where nothing is seen that does. */
  readonly loosens: string | undefined;
  readonly flags: readonly Contradiction[];
}

function placedOperations({ changes, facts, contradictions }: ChangeToShow): readonly PlacedOperation[] {
  const flagged = Map.groupBy(contradictions, ({ operation }) => operation);
  return changes.map((operation, index) => {
    const current = facts.get(keyOf(operation) ?? '');
    const restricts = isRestrictOnly(operation, current);
    const loosens = restricts ? undefined : looseningOf(operation, current);
    return { operation, index, current, restricts, loosens, flags: flagged.get(index) ?? [] };
  });
}

function worstOperations(change: ChangeToShow, decisive: ReadonlySet<string>): readonly PlacedOperation[] {
  const placed = placedOperations(change);
  const rank = ({ operation, restricts, loosens, flags }: PlacedOperation) => {
    const key = keyOf(operation) ?? '';
    if (decisive.has(key)) return 0;
    const kind = kindOfKey(key);
    if (!restricts && kind === 'authority') return 1;
    // A contradiction is no rank of its own among what loosens: a careless reason would put all else behind it.
    if (!restricts && (JUDGING.has(kind) || loosens !== undefined)) return 2;
    return (restricts ? 5 : 3) + (flags.length > 0 ? 0 : 1);
  };
  // Many of one way are one thing to read: what is done but once stands before them, and is not hidden.
  const wayOf = ({ operation, loosens }: PlacedOperation) =>
    `${operation.op} ${kindOfKey(keyOf(operation) ?? '')} ${loosens}`;
  const ways = Map.groupBy(placed, wayOf);
  const alike = (each: PlacedOperation) => ways.get(wayOf(each))?.length ?? 0;
  return placed.toSorted(
    (a, b) =>
      rank(a) - rank(b) || alike(a) - alike(b) || b.flags.length - a.flags.length || a.index - b.index,
  );
}
