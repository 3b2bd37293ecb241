/**
 * Decisions already made. The fold is a pure function of a version and a question, and constant until the next date of
 * anything it rests on: so a decision holds for the very version it was made of, until then. HEAD is read for every answer
 * all the same; what is kept tells nothing about which version there is.
 *
 * INVARIANT: about no request. What is kept is what any caller who asks the same would be told.
 */
import type { CoreDecision } from '../core/decision/core-decision.ts';
import type { Digest } from '../core/facts/canonical.ts';
import type { Label } from '../core/marking/label.ts';
import type { OpenRegistry } from '../store/open-snapshot.ts';

/** A decision, with all that it holds for besides its question. */
export interface KeptDecision {
  readonly version: VersionName;
  /** The instant it was made for, and the first at which anything that is told of it may be otherwise; epoch ms. */
  readonly from: number;
  readonly until: number;
  readonly label: Label;
  readonly decision: CoreDecision;
}

/** What a decision was made of: the commit, and the root that people last signed where that is another. */
interface VersionName {
  readonly digest: Digest;
  readonly signed: Digest | undefined;
}

/** Decisions by the text of their question. */
export interface AnswerMemory {
  /** The decision kept for a question, where it may still hold at that instant. Of which version it is, `isOf` tells. */
  find(question: string, at: number): KeptDecision | undefined;
  keep(question: string, kept: KeptDecision): void;
  /** How many are kept, and what they are reckoned to take, in bytes. */
  size(): { readonly decisions: number; readonly bytes: number };
}

/** All that is kept, and one of them: a sixteenth of what a function of 512 MB has, and what a document comes to. */
const MOST_BYTES = { kept: 32 * 1024 * 1024, one: 64 * 1024 } as const;

const LEFT_WHEN_FULL = 0.9;

const LABEL_BYTES = 1024;
const REASON_BYTES = 256;
const KEY_BYTES = 128;

/** What an entry takes in V8's heap, about: characters take two bytes, a reason with its members a few hundred. */
function bytesOf(question: string, { label: l, decision: d }: KeptDecision): number {
  const keys = [
    ...[d.standards, d.obligations, d.mandates, d.exemptions, d.waivers, d.unverified],
    ...[l.compartments, l.controls, l.owners, l.fgi, l.audience ?? [], l.displayOnly],
  ];
  return (
    2 * question.length +
    LABEL_BYTES +
    REASON_BYTES * (d.reasons.length + d.notes.length) +
    KEY_BYTES * keys.reduce((sum, list) => sum + list.length, 0)
  );
}

export function createAnswerMemory(most: number = MOST_BYTES.kept): AnswerMemory {
  const kept = new Map<string, { readonly decision: KeptDecision; readonly bytes: number }>();
  let total = 0;
  const drop = (question: string) => {
    total -= kept.get(question)?.bytes ?? 0;
    kept.delete(question);
  };
  return {
    find(question, at) {
      const found = kept.get(question)?.decision;
      return found !== undefined && found.from <= at && at < found.until ? found : undefined;
    },
    keep(question, decision) {
      drop(question);
      const bytes = bytesOf(question, decision);
      if (bytes > MOST_BYTES.one) return;
      kept.set(question, { decision, bytes });
      total += bytes;
      if (total <= most) return;
      // What was kept first goes first: a question that is asked all the time is soon back. Many at once, because the first
      // of a map is the slower to find the more of those before it are gone.
      for (const oldest of kept.keys()) {
        if (total <= most * LEFT_WHEN_FULL) break;
        drop(oldest);
      }
    },
    size: () => ({ decisions: kept.size, bytes: total }),
  };
}

/** @throws StoreError where nobody signed what HEAD comes to */
export async function versionName(registry: Pick<OpenRegistry, 'digest' | 'approved'>): Promise<VersionName> {
  return { digest: registry.digest, signed: (await registry.approved())?.digest };
}

/** True where a decision was made of this version; a version is nothing but its name. */
export async function isOf(
  { version }: KeptDecision,
  registry: Pick<OpenRegistry, 'digest' | 'approved'>,
): Promise<boolean> {
  // First without a read: of another HEAD than that it was made of, nothing has been judged yet.
  if (version.digest !== registry.digest) return false;
  return (await versionName(registry)).signed === version.signed;
}
