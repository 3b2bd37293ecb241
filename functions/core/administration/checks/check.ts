/** What a check of the registry may look at, and what it says. */
import type { Fact, FactKind, FactOf } from '../../facts/fact.ts';
import type { Interval } from '../../facts/moment.ts';
import { readingOf } from '../../facts/reading.ts';
import type { RawFact } from '../../facts/view.ts';
import type { Facts } from '../change.ts';
import type { RegistryIndex } from '../registry-index.ts';

/** A sound fact that a check looks at, with its key and when it is valid. */
export interface JudgedFact<F extends Fact = Fact> {
  readonly key: string;
  readonly fact: F;
  readonly interval: Interval;
}

/** What every check is given: the facts, and which of them to judge. */
export interface CheckContext {
  readonly index: RegistryIndex;
  /** True for the sample registry, which may hold invented networks. */
  readonly sample: boolean;
  /** Keys of the facts to judge, sorted. */
  readonly scope: readonly string[];
  /** The registry that was changed, where it is known. */
  readonly before: Facts | undefined;
  /** Keys of what changed, where what depends on it is judged too. */
  readonly changed: readonly string[];
  /** Epoch ms from which on the registry is judged: what is over is history. */
  readonly at: number;
  /** A registered fact, where it is sound. */
  sound(key: string): JudgedFact | undefined;
  /** A registered fact of one kind, where it is sound. */
  soundOf<K extends FactKind>(kind: K, id: string): JudgedFact<FactOf<K>> | undefined;
  /** The sound facts to judge of one kind. */
  judged<K extends FactKind>(kind: K): readonly JudgedFact<FactOf<K>>[];
}

/** One thing that is wrong with one fact. */
export interface CheckFlaw {
  /** Key of the fact at fault. */
  readonly key: string;
  /** JSON Pointer into that fact. */
  readonly path: string;
  readonly message: string;
}

/** One thing that must be true of a registry. Total: it names everything it finds, and never throws. */
export type Check = (context: CheckContext) => readonly CheckFlaw[];

/** Filed under a key that is not its own, a fact would be found as something it is not. */
function soundUnder(key: string, raw: RawFact): JudgedFact | undefined {
  const reading = readingOf(raw);
  return reading.sound && reading.key === key ? reading : undefined;
}

function isKind<K extends FactKind>(kind: K, judged: JudgedFact): judged is JudgedFact<FactOf<K>> {
  return judged.fact.kind === kind;
}

export function checkContext(
  index: RegistryIndex,
  options: Pick<CheckContext, 'sample' | 'scope' | 'before' | 'changed' | 'at'>,
): CheckContext {
  const sound = (key: string) => {
    const raw = index.facts.get(key);
    return raw === undefined ? undefined : soundUnder(key, raw);
  };
  return {
    index,
    ...options,
    sound,
    soundOf(kind, id) {
      const found = sound(`${kind}/${id}`);
      return found !== undefined && isKind(kind, found) ? found : undefined;
    },
    judged(kind) {
      return options.scope.flatMap((key) => {
        const found = key.startsWith(`${kind}/`) ? sound(key) : undefined;
        return found !== undefined && isKind(kind, found) ? [found] : [];
      });
    },
  };
}
