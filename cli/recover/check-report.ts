/** What is known of a registry whose tables came back: whether it is sound, what it has lost, and who has to sign. */
import { loadRoot } from '../../functions/store/ancestry.ts';
import type { StoreTables } from '../../functions/store/dynamodb.ts';
import { readingWithin } from '../../functions/store/object-items.ts';
import { triesOf } from '../../functions/store/registry-tries.ts';
import { StoreError } from '../../functions/store/store-error.ts';
import { lookup } from '../../functions/store/trie-lookup.ts';
import { EXIT } from '../exit.ts';
import { progress } from '../registry/run.ts';
import type { Tables } from '../registry/tables.ts';
import { openFloorLeft } from './closing.ts';
import { type Confirmable, confirmable } from './confirmable.ts';
import { eitherTable } from './either-table.ts';
import { type Lost, lostSince } from './lost.ts';
import type { LostVersion } from './lost-version.ts';
import { demandUnmoved, type Proof, proven } from './proof.ts';
import { changedKeys, undone } from './undone.ts';
import { againCommand, confirmLine, proofInWords } from './words.ts';
import { confirmableInWords, leftOpenInWords, lostInWords, undoneInWords } from './words-of-loss.ts';

/** Every so many versions a line says how far it has come. */
const SAID_EVERY = 100;
const BUDGET_MS = 600_000;

/** What the tables of before were called. */
export interface Before {
  /** The objects table that may hold what the new one does not; null where it was gone before anything was looked at. */
  readonly damaged: string | null;
  /** The state table that HEAD was made for. */
  readonly madeFor: string;
  /** Where it is noted how far the audit has come. */
  readonly file?: string | undefined;
}

/**
 * @param tables as the guard would have them
 * @throws RegistryRefusedError NO_HEAD, FOREIGN_REGISTRY, NEWER_BUILD, OBJECTS_MISSING, NOT_SOUND
 * @throws StoreError CONFLICT where HEAD moved while it was looked at
 */
export async function provenReport(guard: Tables, tables: StoreTables, { damaged, madeFor, file }: Before) {
  const registry = { ...guard, tables };
  let looked = 0;
  const proof = await proven(registry, madeFor, {
    file,
    looked: (version) => {
      looked += 1;
      if (looked % SAID_EVERY === 0) progress(`check: ${looked} versions, down to version ${version}`);
    },
  });
  // While what was opened may still be read.
  const asked = proof.held === null ? null : await askedOf(registry, proof);
  const lost = await lostSince(registry, proof.head, damaged);
  const gone = [...lost.versions, ...lost.written];
  const context = readingWithin(AbortSignal.timeout(BUDGET_MS));
  const source = eitherTable(guard, [tables.objects, damaged ?? tables.objects], context);
  const { facts } = triesOf(await loadRoot(source, proof.head.commit.root));
  const missed = undone(gone, await lookup(source, facts, changedKeys(gone)), Date.now());
  const leftOpen = await openFloorLeft(guard, tables.floor);
  const confirm = asked?.ok === true && leftOpen === null ? confirmLine(proof) : null;
  const { version, epoch, recordedAt } = proof.head.commit;
  // What an earlier epoch gave up is said as long as there is one, and was confirmed away by people whom this code had told so.
  const isOpen = ({ givenUp }: LostVersion) => givenUp === null || givenUp.epoch === epoch;
  const isTold =
    lost.told === 'complete' &&
    !missed.unread.some(isOpen) &&
    lost.unnamed.length === 0 &&
    lost.damaged.length === 0;
  // Last of all: whatever was published since stands in the floor and in the objects, and not on the way of the HEAD that was audited.
  await demandUnmoved(registry, proof.head);
  return {
    words: [
      ...proofInWords(proof),
      ...lostInWords(lost),
      ...undoneInWords(missed),
      ...(asked === null ? [] : confirmableInWords(asked, tables, lost)),
      ...leftOpenInWords(leftOpen),
    ],
    confirm,
    ...((!isTold || asked?.ok === false || leftOpen !== null) && { exit: EXIT.untold }),
    json: {
      head: { version, epoch, digest: proof.head.digest, recordedAt },
      held: proof.held,
      audited: { versions: proof.report.commits, objects: proof.report.objects },
      purged: proof.report.purged,
      told: lost.told,
      acknowledged: lost.acknowledged,
      lost: versionsAsData(lost.versions),
      earlier: lost.earlier,
      written: versionsAsData(lost.written),
      revived: lost.revived,
      unsigned: lost.unsigned,
      raced: lost.raced,
      unnamed: lost.unnamed,
      damaged: lost.damaged,
      again: missed.again.map((each) => ({ ...each, command: againCommand(each) })),
      otherwise: missed.otherwise,
      unread: missed.unread.length,
      leftOpen,
      sign: asked === null ? [] : asked.ok ? asked.sign : null,
      refused: asked?.ok === false ? { code: asked.code, digest: asked.digest } : null,
      confirm,
    },
  };
}

/** Where the database does not answer for that, what is lost is told all the same. */
async function askedOf(registry: Tables, { opened }: Proof): Promise<Confirmable> {
  if (opened === null) return { ok: false, code: 'FLOOR_MALFORMED', digest: null };
  try {
    return await confirmable(registry, opened);
  } catch (error) {
    if (error instanceof StoreError) return { ok: false, code: error.code, digest: null };
    throw error;
  }
}

function versionsAsData(versions: Lost['written']) {
  const changesOf = (said: NonNullable<LostVersion['said']>) =>
    said.changes?.map(({ key, change }) => ({ key, change })) ?? null;
  return versions.map(({ said, ...version }) => ({
    ...version,
    said: said && { ...said, changes: changesOf(said) },
  }));
}
