/** Everything that must be true of a registry before it is published, every problem at once. */
import type { ChangeProblem, Facts, Operation } from './change.ts';
import { keyOf } from './change.ts';
import { audience } from './checks/audience.ts';
import { type Check, type CheckFlaw, checkContext } from './checks/check.ts';
import { codes } from './checks/codes.ts';
import { cycles } from './checks/cycles.ts';
import { danglingReferences } from './checks/dangling-references.ts';
import { documentSizes } from './checks/document-sizes.ts';
import { grants } from './checks/grants.ts';
import { identifiers } from './checks/identifiers.ts';
import { instruments } from './checks/instruments.ts';
import { levels } from './checks/levels.ts';
import { lockedOut } from './checks/locked-out.ts';
import { neutrality } from './checks/neutrality.ts';
import { overlaps } from './checks/overlaps.ts';
import { scopeWords } from './checks/scope-words.ts';
import { shares } from './checks/shares.ts';
import { soundness } from './checks/soundness.ts';
import { spokenFor } from './checks/spoken-for.ts';
import { stops } from './checks/stops.ts';
import { succession } from './checks/succession.ts';
import { synthetic } from './checks/synthetic.ts';
import { waivedRule } from './checks/waived-rule.ts';
import { identifiersOf, indexAfter, indexOf, type RegistryIndex } from './registry-index.ts';

/** Every check, in the order its findings are told. */
const CHECKS = {
  soundness,
  'dangling-references': danglingReferences,
  'waived-rule': waivedRule,
  succession,
  shares,
  overlaps,
  cycles,
  identifiers,
  codes,
  levels,
  'scope-words': scopeWords,
  instruments,
  neutrality,
  audience,
  'spoken-for': spokenFor,
  stops,
  'locked-out': lockedOut,
  grants,
  synthetic,
  'document-sizes': documentSizes,
} as const satisfies Record<string, Check>;

/** The name of a check that a change must pass. */
export type CheckName = keyof typeof CHECKS;
export const CHECK_NAMES = Object.keys(CHECKS) as readonly CheckName[];

/** A flaw, and the check that found it. */
export interface RegistryProblem extends CheckFlaw {
  readonly check: CheckName;
}

/** Which facts are judged, and against what they were before. */
export interface ValidationOptions {
  /** True for a sample registry, which may hold invented networks. */
  readonly sample: boolean;
  /** Keys of what changed; left out, the whole registry is judged. */
  readonly touched?: readonly string[];
  /** The registry that was changed; given with `touched`, its index is reused instead of made anew. */
  readonly before?: Facts;
  /** Judge only what changed and not what depends on it: for a change that only restricts and must not wait. */
  readonly dependants?: boolean;
  /** Epoch ms of now; left out, the past is judged too. */
  readonly at?: number;
}

const NEUTRAL_KINDS = ['standard', 'mandate', 'criteria-set'] as const;

/** What changed, and the facts whose soundness rests on it: those that name it, or claim the same identifier. */
function scopeOf(index: RegistryIndex, options: ValidationOptions): readonly string[] {
  if (options.touched === undefined) return [...index.facts.keys()].sort();
  const scope = new Set(options.touched);
  if (options.dependants !== false) {
    for (const key of options.touched) {
      for (const referrer of index.referrers(key)) scope.add(referrer);
      if (key.startsWith('network/')) {
        for (const identifier of identifiersOf(index.facts.get(key)))
          for (const id of index.claimants(identifier)) scope.add(`network/${id}`);
      }
      // A new vendor may be one that a standard already names.
      if (key.startsWith('vendor/'))
        for (const kind of NEUTRAL_KINDS) for (const neutral of index.keysOfKind(kind)) scope.add(neutral);
      // One that builds on another may do so through a third.
      if (key.startsWith('standard/')) for (const other of index.keysOfKind('standard')) scope.add(other);
      if (key.startsWith('authority/')) for (const other of index.keysOfKind('authority')) scope.add(other);
    }
  }
  return [...scope].sort();
}

/** Every problem of a registry, sorted by fact; none for one that may be published. Never throws. */
export function registryProblems(facts: Facts, options: ValidationOptions): readonly RegistryProblem[] {
  const { before, touched } = options;
  const index =
    before === undefined || touched === undefined ? indexOf(facts) : indexAfter(before, facts, touched);
  const { sample, dependants = true, at = Number.NEGATIVE_INFINITY } = options;
  const changed = dependants ? (touched ?? [...facts.keys()]) : [];
  const context = checkContext(index, { sample, scope: scopeOf(index, options), before, changed, at });
  const order = new Map(context.scope.map((key, i) => [key, i]));
  return CHECK_NAMES.flatMap((check) => CHECKS[check](context).map((found) => ({ ...found, check }))).sort(
    (a, b) => (order.get(a.key) ?? 0) - (order.get(b.key) ?? 0),
  );
}

/** The same problems with paths into the list of operations, for facts that are in it (`/3/fact/hostedOn`). */
export function locateProblems(
  problems: readonly RegistryProblem[],
  changes: readonly Operation[],
): readonly ChangeProblem[] {
  const positions = new Map(changes.map((c, i) => [keyOf(c), { i, inFact: c.op !== 'end' }]));
  return problems.map(({ key, path, message }) => {
    const place = positions.get(key);
    if (place === undefined) return { key, path: '', message: `${key}${path}: ${message}` };
    return { key, path: `/${place.i}${place.inFact ? `/fact${path}` : ''}`, message };
  });
}
