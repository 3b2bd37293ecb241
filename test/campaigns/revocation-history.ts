/** Times are nanoseconds of the machine's monotonic clock, which all its processes share. */
type Nanoseconds = bigint;

/** A decision: when it was asked, when it was answered, and what. */
export interface Decided {
  readonly started: Nanoseconds;
  readonly ended: Nanoseconds;
  readonly permit: boolean;
}

/** While a fact was revoked: from the acknowledgement until somebody began to restore it. */
export interface Window {
  readonly acknowledged: Nanoseconds;
  /** Null while the campaign ended in it. */
  readonly restoring: Nanoseconds | null;
}

export interface HistoryCount {
  readonly decisions: number;
  readonly permits: number;
  /** Decisions that lie within a window, whole. */
  readonly inWindows: number;
  /** Those of them that permit. There must be none. */
  readonly violations: number;
}

/** Counts a history. A decision answered after the restoration began may rest on either, and counts in no window. */
export function countHistory(decisions: readonly Decided[], windows: readonly Window[]): HistoryCount {
  const count = { decisions: 0, permits: 0, inWindows: 0, violations: 0 };
  for (const { started, ended, permit } of decisions) {
    count.decisions += 1;
    if (permit) count.permits += 1;
    const held = windows.some(
      ({ acknowledged, restoring }) => acknowledged < started && (restoring === null || ended < restoring),
    );
    if (!held) continue;
    count.inWindows += 1;
    if (permit) count.violations += 1;
  }
  return count;
}

/** Ways of being broken that a campaign must catch, and what it says where it does not. */
const BROKEN = {
  caches: 'the build that caches HEAD was not caught',
  early: 'the build that tells before every copy of HEAD has moved was not caught',
} as const;

export type Broken = keyof typeof BROKEN;

/** Why a campaign proves nothing, or that something is wrong: empty for one that is passed. */
export function failuresOf(
  sound: readonly HistoryCount[],
  broken: Readonly<Record<Broken, HistoryCount>>,
): readonly string[] {
  const failures: string[] = [];
  if (sound.some(({ violations }) => violations > 0))
    failures.push('a revocation was not in force at its acknowledgement');
  if (sound.some(({ permits }) => permits === 0)) failures.push('nothing was permitted');
  if (sound.some(({ inWindows }) => inWindows === 0))
    failures.push('nothing was decided while something was revoked');
  for (const how of ['caches', 'early'] as const)
    if (broken[how].violations === 0) failures.push(BROKEN[how]);
  return failures;
}
