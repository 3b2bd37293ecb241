/** A change in words for a terminal: where its words contradict it first, then what could permit. */
import { keyOf } from '../../functions/core/administration/change.ts';
import { looseningOf } from '../../functions/core/administration/loosening.ts';
import { operationInWords } from '../../functions/core/administration/operation-words.ts';
import { isRestrictOnly } from '../../functions/core/administration/polarity.ts';
import { type FactKind, kindOfKey } from '../../functions/core/facts/fact.ts';
import type { ChangeToShow } from './shown-change.ts';

/** Operations shown at once: more are shown where somebody asks for all of them. */
export const MOST_OPERATIONS = 200;
/** Contradictions told on top; each stands under its operation too. */
const MOST_ON_TOP = 20;

const NOTHING: ReadonlySet<string> = new Set();

/** Kinds by which everything else is judged: what they change may show in no answer yet. */
const JUDGING: ReadonlySet<FactKind | undefined> = new Set(['criteria-set', 'mandate', 'standard']);

/**
 * What nobody should overlook, of what decides first.
 *
 * @param decisive keys of the facts that what is gained rests on
 */
export function contradictionsInWords(
  { contradictions, changes }: ChangeToShow,
  decisive: ReadonlySet<string> = NOTHING,
): readonly string[] {
  const more = contradictions.length - MOST_ON_TOP;
  const decides = (operation: number | null) => {
    const about = operation === null ? undefined : changes[operation];
    return about === undefined || decisive.has(keyOf(about) ?? '');
  };
  return [
    ...contradictions
      .toSorted((a, b) => Number(decides(b.operation)) - Number(decides(a.operation)))
      .slice(0, MOST_ON_TOP)
      .map(
        ({ operation, sentence }) => `! ${operation === null ? '' : `operation ${operation}: `}${sentence}`,
      ),
    ...(more > 0 ? [`! … and ${more} more, each under its operation`] : []),
  ];
}

/**
 * The operations with everything they say, the worst first: those that a gained permit rests on, who may speak, those that
 * contradict themselves, how everything is judged and what plainly loosens. Each keeps the number it has in the proposal.
 */
export function operationsInWords(
  change: ChangeToShow,
  most = Number.POSITIVE_INFINITY,
  decisive: ReadonlySet<string> = NOTHING,
): readonly string[] {
  const { changes, facts, names } = change;
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
    if (flags.length > 0) return 2;
    if (restricts) return 5;
    return JUDGING.has(kind) || looseningOf(operation, current) !== undefined ? 3 : 4;
  };
  const ordered = numbered.toSorted((a, b) => rank(a) - rank(b));
  const loosening = numbered.filter(({ restricts }) => !restricts);
  const more = ordered.length - most;
  return [
    `${changes.length} operations, of which ${loosening.length} could permit:`,
    ...ordered.slice(0, most).flatMap(({ operation, index, current, restricts, flags }) => {
      const { headline, details } = operationInWords(operation, current, names);
      const effect = restricts ? 'only restricts' : 'could permit';
      return [
        `  ${String(index).padStart(4)}  ${headline}  (${effect})`,
        ...flags.map(({ sentence }) => `        ! ${sentence}`),
        ...details.map((line) => `          ${line}`),
        `          ${operation.op} ${keyOf(operation) ?? 'a fact without a key'}`,
      ];
    }),
    ...(more > 0 ? [`  … and ${more} more operations, which are not shown: --all shows them`] : []),
  ];
}
