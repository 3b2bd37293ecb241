import * as z from 'zod/mini';
import {
  isSignedAs,
  type SignedAs,
  type StatementOf,
  signed,
  whatIsSaid,
} from '../core/administration/statement.ts';
import { canonicalBytes, type Digest } from '../core/facts/canonical.ts';
import { parseStored } from './document.ts';
import { framed } from './object-bytes.ts';
import { StoreError } from './store-error.ts';

/**
 * Whose signatures a version rests on: two people's over the same statement; for a registry that came back from a backup,
 * everybody's who confirmed it.
 */
export type Approval = readonly (SignedAs<'approve'> | SignedAs<'confirm'>)[];

/** Two of each authority and two founders, and more who wished to be heard: with what an object holds of them. */
const MOST_SIGNATURES = 256;

const approval = z.array(signed).check(z.minLength(2), z.maxLength(MOST_SIGNATURES));

export function encodeApproval(of: Approval): Uint8Array {
  return framed('approval', canonicalBytes(of));
}

/** Reads an approval's body; whether anything in it is true is for `judge-approval.ts`. */
export function decodeApproval(body: Buffer): Approval {
  return readApproval(parseStored(body.toString('utf8')));
}

/** All of one operation and saying the same. @throws StoreError OBJECT_MALFORMED */
export function readApproval(value: unknown): Approval {
  const parsed = z.safeParse(approval, value);
  if (!parsed.success) throw new StoreError('OBJECT_MALFORMED');
  const said = new Set(parsed.data.map(({ statement }) => whatIsSaid(statement)));
  const found = parsed.data.flatMap((each) =>
    isSignedAs(each, 'approve') || isSignedAs(each, 'confirm') ? [each] : [],
  );
  if (said.size !== 1 || found.length !== parsed.data.length) throw new StoreError('OBJECT_MALFORMED');
  return found;
}

/** What the signatures of an approval agree on. */
export interface SaidVersion {
  readonly operation: 'approve' | 'confirm';
  readonly registry: string;
  readonly base: { readonly version: number; readonly digest: Digest } | null;
  /** What a confirmation makes, and after what; null for an approval, which makes no epoch. */
  readonly begins: Pick<StatementOf<'confirm'>, 'epoch' | 'floor'> | null;
  readonly root: Digest;
  readonly people: Digest;
  /** When the first and the last of them were signed, milliseconds since the epoch. */
  readonly from: number;
  readonly to: number;
  readonly keys: readonly string[];
}

export function saidBy(of: Approval): SaidVersion {
  const [first] = of;
  if (first === undefined) throw new StoreError('OBJECT_MALFORMED');
  const { statement } = first;
  const { operation, registry, base, root, people } = statement;
  const times = of.map(({ statement }) => Date.parse(statement.at));
  return {
    ...{ operation, registry, base, root, people },
    begins: statement.operation === 'confirm' ? { epoch: statement.epoch, floor: statement.floor } : null,
    ...{ from: Math.min(...times), to: Math.max(...times), keys: of.map(({ key }) => key) },
  };
}
