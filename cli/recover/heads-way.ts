/**
 * How HEAD came to be what it is, epoch by epoch: what each went on from, and who confirmed that. By the longer links of commits, which
 * the audit has held against the way itself before anything is told of it.
 */
import { ancestorAt, firstOfEpoch, loadCommit, type NamedCommit } from '../../functions/store/ancestry.ts';
import { createProvenPast, type ProvenPast } from '../../functions/store/proven-past.ts';
import type { ObjectSource } from '../../functions/store/stored-object.ts';

/** What began an epoch on HEAD's way, and gave up whatever else had been acknowledged until then. */
export interface EpochBegun {
  readonly epoch: number;
  /** The version before its first. */
  readonly below: NamedCommit;
  /** What came back: the last version that people had confirmed by then. */
  readonly from: NamedCommit;
  /** Null where nobody has finished it. */
  readonly confirmation: NamedCommit | null;
}

export interface HeadsWay {
  readonly head: NamedCommit;
  /** Every version that it comes from, each as the one after it names it. */
  readonly past: Pick<ProvenPast, 'digestAt'>;
  /** Newest first; none where HEAD is of the first epoch. */
  readonly begun: readonly EpochBegun[];
}

export async function wayOf(head: NamedCommit, source: ObjectSource): Promise<HeadsWay> {
  return { head, past: await createProvenPast()(head, source), begun: await epochsBegun(head, source) };
}

/** Newest first; none for a version of the first epoch. */
export async function epochsBegun(head: NamedCommit, source: ObjectSource): Promise<readonly EpochBegun[]> {
  const begun: EpochBegun[] = [];
  for (let at = head; ; ) {
    const first = await firstOfEpoch(at, source);
    const [digest] = first.commit.ancestors;
    if (digest === undefined) return begun;
    const below = { digest, commit: await loadCommit(source, digest) };
    let from: NamedCommit = below;
    while (!from.commit.confirmed) from = await ancestorAt(source, from, from.commit.version - 1);
    const confirmation = await confirmationIn(first, at, source);
    begun.push({ epoch: first.commit.epoch, below, from, confirmation });
    at = from;
  }
}

/** The first version that is confirmed, of those from one to another of its epoch. */
async function confirmationIn(
  first: NamedCommit,
  last: NamedCommit,
  source: ObjectSource,
): Promise<NamedCommit | null> {
  for (let { version } = first.commit; version <= last.commit.version; version += 1) {
    const at = await ancestorAt(source, last, version);
    if (at.commit.confirmed) return at;
  }
  return null;
}
