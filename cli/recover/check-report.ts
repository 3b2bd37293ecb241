/** What is known of a registry whose tables came back: whether it is sound, what it has lost, and who has to sign. */
import type { StoreTables } from '../../functions/store/dynamodb.ts';
import { readingWithin } from '../../functions/store/object-items.ts';
import { progress } from '../registry/run.ts';
import type { Tables } from '../registry/tables.ts';
import { lostSince, objectsOf, undone } from './lost.ts';
import { mustSign } from './must-sign.ts';
import { proven } from './proof.ts';
import {
  againCommand,
  confirmLine,
  lostInWords,
  proofInWords,
  signersInWords,
  undoneInWords,
} from './words.ts';

/** Every so many versions a line says how far it has come. */
const SAID_EVERY = 100;
const BUDGET_MS = 600_000;

/**
 * @param tables as the guard would have them
 * @param home the state table that the registry was made for
 * @throws RegistryRefusedError NO_HEAD, FOREIGN_REGISTRY, OBJECTS_MISSING, NOT_SOUND
 */
export async function provenReport(guard: Tables, tables: StoreTables, home = guard.tables.state) {
  const registry = { ...guard, tables };
  let looked = 0;
  const proof = await proven(registry, home, (version) => {
    looked += 1;
    if (looked % SAID_EVERY === 0) progress(`check: ${looked} versions, down to version ${version}`);
  });
  const lost = await lostSince(registry, proof.head, guard.tables.objects);
  const again = undone(lost, Date.now());
  const source = objectsOf(registry, guard.tables.objects, readingWithin(AbortSignal.timeout(BUDGET_MS)));
  const newest = lost.acknowledged === null ? [] : [lost.acknowledged.digest];
  const signers = proof.held === null ? [] : await mustSign(source, [proof.head.digest, ...newest]);
  const confirm = proof.held === null ? null : confirmLine(proof);
  const { version, epoch, recordedAt } = proof.head.commit;
  return {
    words: [
      ...proofInWords(proof),
      ...lostInWords(lost),
      ...undoneInWords(again),
      ...(confirm === null ? [] : signersInWords(signers)),
    ],
    confirm,
    json: {
      head: { version, epoch, digest: proof.head.digest, recordedAt },
      held: proof.held,
      audited: { versions: proof.report.commits, objects: proof.report.objects },
      purged: proof.report.purged,
      acknowledged: lost.acknowledged,
      lost: lost.versions.map(({ said, ...version }) => ({
        ...version,
        said: said && { ...said, changes: said.changes.map(({ key, change }) => ({ key, change })) },
      })),
      again: again.map((each) => ({ ...each, command: againCommand(each) })),
      sign: signers,
      confirm,
    },
  };
}
