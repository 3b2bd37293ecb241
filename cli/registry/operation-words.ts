/** The operations of a change in words, for a terminal, a page and a program: what decides first. */
import { keyOf } from '../../functions/core/administration/change.ts';
import { operationInWords } from '../../functions/core/administration/operation-words.ts';
import { type FactKind, kindOfKey } from '../../functions/core/facts/fact.ts';
import { type PlacedOperation, placedOperations } from './placed-operations.ts';
import type { ChangeToShow } from './shown-change.ts';
import { operationsCounted } from './words.ts';

/** Operations shown at once: more are shown where somebody asks for all of them. */
export const MOST_OPERATIONS = 200;
const NOTHING: ReadonlySet<string> = new Set();

/** Kinds by which everything else is judged: what they change may show in no answer yet. */
const JUDGING: ReadonlySet<FactKind | undefined> = new Set(['criteria-set', 'mandate', 'standard']);

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

/** The same for a program, cut nowhere: each operation's sentences, in the order of the lines. */
export function operationsAsData(change: ChangeToShow, decisive: ReadonlySet<string>) {
  return worstOperations(change, decisive).map(({ operation, index, current, restricts, loosens }) => {
    const { headline, details } = operationInWords(operation, current, change.names);
    return {
      operation: index,
      effect: effectOf(restricts),
      ...(loosens !== undefined && { loosens: loosens.phrase }),
      sentences: [headline, ...details],
    };
  });
}

function effectOf(restricts: boolean): string {
  return restricts ? 'only restricts' : 'could permit';
}

function effectInWords({ restricts, loosens }: PlacedOperation): string {
  return [effectOf(restricts), ...(loosens === undefined ? [] : [loosens.phrase])].join(': ');
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
    `${operation.op} ${kindOfKey(keyOf(operation) ?? '')} ${loosens?.way}`;
  const ways = Map.groupBy(placed, wayOf);
  const alike = (each: PlacedOperation) => ways.get(wayOf(each))?.length ?? 0;
  return placed.toSorted(
    (a, b) =>
      rank(a) - rank(b) || alike(a) - alike(b) || b.flags.length - a.flags.length || a.index - b.index,
  );
}
