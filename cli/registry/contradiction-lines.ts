/** Where the words of a change contradict it, for the first screen: many of one kind are one line that names them all. */
import { keyOf } from '../../functions/core/administration/change.ts';
import { MOVED } from '../../functions/core/administration/contradictions.ts';
import type { Contradiction } from '../../functions/core/administration/told.ts';
import type { ChangeToShow } from './shown-change.ts';
import { operationsCounted } from './words.ts';

/** Kinds told on top, so that what flips stays on the first screen; each contradiction stands under its operation too. */
const MOST_KINDS = 10;
/** Of each kind, whom or what it is about. */
const MOST_NAMED = 12;

const NOTHING: ReadonlySet<string> = new Set();

/** Contradictions of one kind, those first that what is gained rests on, and about whom more is said besides. */
type Alike = readonly Contradiction[];

/**
 * A line for each kind, the rarest first: a lie among thirty careless words is not the eleventh of them.
 *
 * @param decisive keys of the facts that what is gained rests on
 */
export function contradictionsInWords(
  change: ChangeToShow,
  decisive: ReadonlySet<string> = NOTHING,
): readonly string[] {
  const kinds = contradictionKinds(change, decisive);
  // What is said of the reason stands nowhere else.
  const onTop = kinds.filter(([first], i) => i < MOST_KINDS || first?.operation === null);
  const left = kinds.filter((alike) => !onTop.includes(alike));
  return [
    ...onTop.map((alike) => `! ${kindInWords(alike, MOST_NAMED)}`),
    ...(left.length > 0
      ? [`! … and ${left.flat().length} more of ${left.length} other kinds, each under its operation`]
      : []),
  ];
}

/** The same for a program, cut nowhere. */
export function contradictionsAsData(change: ChangeToShow, decisive: ReadonlySet<string>) {
  return contradictionKinds(change, decisive).map((alike) => ({
    sentence: kindInWords(alike, Number.POSITIVE_INFINITY),
    operations: alike.flatMap(({ operation }) => operation ?? []),
  }));
}

function contradictionKinds(
  { contradictions, changes }: ChangeToShow,
  decisive: ReadonlySet<string>,
): readonly Alike[] {
  const flags = Map.groupBy(contradictions, ({ operation }) => operation);
  const weight = ({ operation }: Contradiction) => {
    const about = operation === null ? undefined : changes[operation];
    const decides = about !== undefined && decisive.has(keyOf(about) ?? '');
    return (decides ? contradictions.length : 0) + (flags.get(operation)?.length ?? 0);
  };
  const kinds = [...Map.groupBy(contradictions, ({ all }) => all).values()];
  return kinds
    .map((alike) => alike.toSorted((a, b) => weight(b) - weight(a)))
    .toSorted((a, b) => Number(isMove(b)) - Number(isMove(a)) || a.length - b.length);
}

/** What is somebody else's from now on stands before every careless word, and is never cut. */
function isMove([first]: Alike): boolean {
  return first?.all === MOVED;
}

function kindInWords(alike: Alike, most: number): string {
  const [first] = alike;
  if (first === undefined) return '';
  const { operation, sentence, all } = first;
  if (alike.length === 1) return operation === null ? sentence : `operation ${operation}: ${sentence}`;
  const names = [...new Set(alike.map(({ one }) => one))];
  const more = names.length > most ? `; and ${names.length - most} more` : '';
  const counted = operation === null ? all : `${operationsCounted(alike.length)} ${all}`;
  return `${counted}: ${names.slice(0, most).join('; ')}${more}`;
}
