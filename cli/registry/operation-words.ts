/** A change in words for a terminal, a page and a program: where its words contradict it first, then what could permit. */
import { keyOf } from '../../functions/core/administration/change.ts';
import type { Contradiction } from '../../functions/core/administration/contradictions.ts';
import { looseningOf } from '../../functions/core/administration/loosening.ts';
import { operationInWords } from '../../functions/core/administration/operation-words.ts';
import { isRestrictOnly } from '../../functions/core/administration/polarity.ts';
import { type FactKind, kindOfKey } from '../../functions/core/facts/fact.ts';
import type { ChangeToShow } from './shown-change.ts';
import { operationsCounted } from './words.ts';

/** Operations shown at once: more are shown where somebody asks for all of them. */
export const MOST_OPERATIONS = 200;
/** Contradictions told on top, so that what flips stays on the first screen; each stands under its operation too. */
const MOST_ON_TOP = 10;

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
 * judged and what plainly loosens, what could permit; of each, first what contradicts itself. Each keeps its number in the proposal.
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
    ...ordered.slice(0, most).flatMap(({ operation, index, current, restricts, flags }) => {
      const { headline, details } = operationInWords(operation, current, change.names);
      return [
        `  ${String(index).padStart(4)}  ${headline}  (${effectOf(restricts)})`,
        ...flags.map(({ sentence }) => `        ! ${sentence}`),
        ...details.map((line) => `          ${line}`),
        `          ${operation.op} ${keyOf(operation) ?? 'a fact without a key'}`,
      ];
    }),
    ...(more > 0 ? [`  … and ${more} more operations, which are not shown: --all shows them`] : []),
  ];
}

/** The same for a program, cut nowhere: what contradicts first, then each operation's sentences, in the order of the lines. */
export function changeAsData(change: ChangeToShow, decisive: ReadonlySet<string>) {
  return {
    contradictions: worstContradictions(change, decisive),
    operations: worstOperations(change, decisive).map(({ operation, index, current, restricts }) => {
      const { headline, details } = operationInWords(operation, current, change.names);
      return { operation: index, effect: effectOf(restricts), sentences: [headline, ...details] };
    }),
  };
}

function effectOf(restricts: boolean): string {
  return restricts ? 'only restricts' : 'could permit';
}

function worstOperations(change: ChangeToShow, decisive: ReadonlySet<string>) {
  const { changes, facts } = change;
  const flagged = Map.groupBy(change.contradictions, ({ operation }) => operation);
  const numbered = changes.map((operation, index) => {
    const current = facts.get(keyOf(operation) ?? '');
    return {
      operation,
      index,
      current,
      restricts: isRestrictOnly(operation, current),
      flags: flagged.get(index) ?? [],
      decides: decisive.has(keyOf(operation) ?? ''),
    };
  });
  const rank = ({ operation, current, restricts, flags, decides }: (typeof numbered)[number]) => {
    if (decides) return 0;
    const kind = kindOfKey(keyOf(operation) ?? '');
    if (!restricts && kind === 'authority') return 1;
    // A contradiction is no rank of its own among what plainly loosens: a careless reason would put all else behind it.
    const flagged = flags.length > 0 ? 0 : 1;
    if (!restricts && (JUDGING.has(kind) || looseningOf(operation, current) !== undefined))
      return 2 + flagged;
    return (restricts ? 6 : 4) + flagged;
  };
  return numbered.toSorted((a, b) => rank(a) - rank(b));
}
