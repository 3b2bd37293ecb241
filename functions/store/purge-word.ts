/**
 * Whose word it was that an object went. It lies in the tombstone itself, so that an audit needs no record that somebody could
 * have lost or rewritten: without it, a tombstone in the place of facts is a hole that somebody made.
 */
import * as z from 'zod/mini';
import type { Facts } from '../core/administration/change.ts';
import { everybodyIn, haveConsented, type Voice, voiceNamed } from '../core/administration/consent.ts';
import { JOB_PATTERN, PROPOSAL_PATTERN } from '../core/administration/record-ids.ts';
import {
  CLOCK_TOLERANCE_MS,
  contentOf,
  isSignedAs,
  PROPOSAL_MS,
  type SignedAs,
  type SignedContent,
  salt,
  signed,
} from '../core/administration/statement.ts';
import { canonicalBytes, type Digest } from '../core/facts/canonical.ts';
import { digest, id, text } from '../core/facts/primitives.ts';
import { saidBy } from './approval.ts';
import { compress, decompress } from './compression.ts';
import type { Item } from './head.ts';
import { authoritiesAfter, type Keyring } from './keyring.ts';
import { isSignedByItsKey } from './person-signature.ts';
import { StoreError } from './store-error.ts';

export type PurgeAsked = Extract<SignedContent, { readonly kind: 'purge' }>;

/** What was asked for, and everybody's signature under it. */
export interface PurgeWord {
  readonly asked: PurgeAsked;
  readonly signed: readonly SignedAs<'purge'>[];
}

/** The most bytes that a word may have: two people of some dozens of authorities, over some hundreds of objects. */
const MOST_WORD_BYTES = 300 * 1024;

/** Objects and jobs in one request: what everybody signs lies in every tombstone. */
export const MOST_NAMED = 500;
/** Reasons and proposals in one request. */
export const MOST_REASONS = 100;

const named = (pattern: RegExp) => z.string().check(z.regex(pattern));

/** What a registry takes, and no more: but for one bounded reason nobody can write into a tombstone what people would read. */
const word = z.strictObject({
  asked: z.strictObject({
    ...{ kind: z.literal('purge'), authority: id, reason: text, salt },
    notes: z.array(z.int()).check(z.maxLength(MOST_REASONS)),
    proposals: z.array(named(PROPOSAL_PATTERN)).check(z.maxLength(MOST_REASONS)),
    objects: z.array(digest).check(z.maxLength(MOST_NAMED)),
    jobs: z.array(named(JOB_PATTERN)).check(z.maxLength(MOST_NAMED)),
  }),
  signed: z.array(signed),
});

/** What stands in the place of what was purged, and nothing besides: whatever lies beside it in another table is nobody's word. */
export function tombstoneOf(digest: Digest, of: PurgeWord | undefined): Item {
  return { digest: { S: digest }, purged: { BOOL: true }, ...(of && encodeWord(of)) };
}

/** The members of a tombstone's item. */
export function encodeWord(of: PurgeWord): Item {
  const bytes = canonicalBytes(of);
  if (bytes.length > MOST_WORD_BYTES) throw new StoreError('TOO_LARGE');
  return { word: { B: compress(bytes) }, wordBytes: { N: String(bytes.length) } };
}

/** Undefined for a tombstone that bears none, or none that anybody can read. */
export function decodeWord(item: Item): PurgeWord | undefined {
  const [packed, length] = [item['word']?.B, item['wordBytes']?.N];
  if (packed === undefined || length === undefined) return undefined;
  try {
    const bytes = decompress(packed, Number(length), MOST_WORD_BYTES);
    const read = z.safeParse(word, JSON.parse(Buffer.from(bytes).toString('utf8')));
    if (!read.success) return undefined;
    // So it is written: no bytes of anybody's own, and whoever writes it again writes the same.
    if (Buffer.compare(canonicalBytes(read.data), bytes) !== 0) return undefined;
    const { asked, signed: given } = read.data;
    const said = given.filter((each) => isSignedAs(each, 'purge'));
    return said.length === given.length ? { asked: asked as PurgeAsked, signed: said } : undefined;
  } catch {
    return undefined;
  }
}

/** Where a registry was, of the versions that are asked about. */
export type Homes = Pick<ReadonlySet<string>, 'has'>;

export interface PurgeJudges {
  /** Of HEAD, judged: who spoke when it was signed is told from it. */
  readonly keyring: Keyring;
  /** The registries that this one is or was. */
  readonly homes: Homes;
}

export interface PurgeGroundOfAudit extends PurgeJudges {
  /** The authorities of the version that the object stood in, and when that was recorded (epoch ms). */
  readonly speaking: Facts;
  readonly recordedAt: number;
}

/**
 * True where two people of whoever asked, and two of everybody who spoke in the version that the object stood in, signed for
 * this very object to go.
 */
export function isConsented(
  of: PurgeWord,
  object: Digest,
  { speaking, recordedAt, ...by }: PurgeGroundOfAudit,
): boolean {
  return of.asked.objects.includes(object) && isSaidBy(of, everybodyIn(speaking, recordedAt), by);
}

/** True where two people of whoever asked, and two of each of these, signed what was asked. */
export function isSaidBy(of: PurgeWord, others: readonly Voice[], { keyring, homes }: PurgeJudges): boolean {
  const content = contentOf(of.asked);
  const times = of.signed.map(({ statement }) => Date.parse(statement.at));
  const [first, last] = [Math.min(...times), Math.max(...times)];
  const isSaid = of.signed.every(
    (each) =>
      each.statement.content === content && homes.has(each.statement.registry) && isSignedByItsKey(each),
  );
  if (!isSaid || !(last - first <= PROPOSAL_MS)) return false;
  const keys = of.signed.map(({ key }) => key);
  return peopleAround(keyring, last).some((people) => {
    const voices = [voiceNamed(of.asked.authority, people), ...others];
    return voices.every((voice) => haveConsented(keys, voice, people, last));
  });
}

/** Whoever spoke at an instant (epoch ms), by any of the clocks that may differ. */
function peopleAround({ links }: Keyring, at: number): readonly Facts[] {
  const times = links.map(({ approval }) => saidBy(approval).to);
  return links.flatMap((_link, index) => {
    const [begins = 0, ends = Number.POSITIVE_INFINITY] = [times[index], times[index + 1]];
    const isThen = begins <= at + CLOCK_TOLERANCE_MS && at - CLOCK_TOLERANCE_MS < ends;
    return isThen ? [authoritiesAfter(links.slice(0, index + 1))] : [];
  });
}
