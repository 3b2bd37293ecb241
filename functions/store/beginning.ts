/**
 * Whether a confirmation is of what came back, in place of what was acknowledged last. Two founders and everybody whom its
 * keyring names have signed it: if that keyring could be any, or its facts name others, two founders could begin again
 * without anybody; if what has come since did not count, words that nobody used would wait for ever.
 */
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { peopleDigest } from '../core/administration/statement.ts';
import { canonicalText, type Digest } from '../core/facts/canonical.ts';
import { isLawDoc } from '../core/registry/documents.ts';
import type { NamedCommit } from './ancestry.ts';
import { saidBy } from './approval.ts';
import { type Floor, floorBefore, keyringsBefore } from './floor.ts';
import { type AcknowledgedLinks, beginsWith, type Keyring } from './keyring.ts';
import type { ReadContext } from './object-items.ts';
import { StoreError } from './store-error.ts';
import type { ObjectSource } from './stored-object.ts';
import type { Word } from './word.ts';

/** What the floor says of the time before an epoch. */
export interface BeforeEpoch {
  /** The newest version that was acknowledged. */
  before(epoch: number, context: ReadContext): Promise<Omit<Floor, 'table'> | null>;
  /** What was acknowledged of keyrings, in the order of epochs and links. */
  keyringsBefore(
    epoch: number,
    context: ReadContext,
  ): Promise<readonly (AcknowledgedLinks & Pick<Floor, 'epoch'>)[]>;
}

/** The same, of a floor's table. */
export function epochsIn(client: DynamoDBClient, table: string): BeforeEpoch {
  return {
    before: (epoch, context) => floorBefore(client, table, context, epoch),
    keyringsBefore: (epoch, context) => keyringsBefore(client, table, context, epoch),
  };
}

/** @throws StoreError APPROVAL_INVALID, or what reading throws */
export async function demandBeginning(
  { digest, commit }: NamedCommit,
  { approval, keyring }: Word,
  floor: BeforeEpoch,
  objects: ObjectSource,
  context: ReadContext,
): Promise<void> {
  const { begins, people } = saidBy(approval);
  const [before, known, named] = await Promise.all([
    floor.before(commit.epoch, context),
    floor.keyringsBefore(commit.epoch, context),
    peopleIn(objects, commit.root),
  ]);
  const isInPlace = begins !== null && canonicalText(begins.floor) === canonicalText(before);
  // Where a table was lost nothing is known, and everybody has signed that too.
  const isKnown = known.length === 0 ? before === null : isContinued(keyring, known);
  if (!isInPlace || !isKnown || named !== people) throw new StoreError('APPROVAL_INVALID', { digest });
}

/**
 * True for a keyring that some epoch acknowledged as far as it knew of so many links, and whose own first keyring an
 * earlier epoch did: epochs can be made up, but for the first of all.
 */
function isContinued(
  keyring: Keyring,
  known: readonly (AcknowledgedLinks & Pick<Floor, 'epoch'>)[],
): boolean {
  const [first] = known;
  return [...Map.groupBy(known, ({ epoch }) => epoch)].some(([epoch, rows]) => {
    const upTo = rows.filter(({ version }) => version <= keyring.links.length);
    const [began] = upTo;
    if (began === undefined || !beginsWith(keyring, upTo)) return false;
    const earlier = known.filter((row) => row.epoch < epoch);
    return epoch === first?.epoch || isContinued({ links: keyring.links.slice(0, began.version) }, earlier);
  });
}

/** Who may speak, as the facts of a version say: what decisions read names all of them. */
async function peopleIn(objects: ObjectSource, digest: Digest): Promise<Digest> {
  const root = (await objects.load([digest], ['root'])).get(digest)?.root;
  const law = root && (await objects.load([root.law], ['law'])).get(root.law)?.document;
  if (!isLawDoc(law)) throw new StoreError('OBJECT_MALFORMED', { digest });
  return peopleDigest(new Map(law.authorities.map((fact) => [`authority/${String(fact['id'])}`, fact])));
}
