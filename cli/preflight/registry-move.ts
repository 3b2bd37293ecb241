/** What a deployment that takes functions from some tables to others does to decisions: whether it goes on with one history. */
import { ancestorAt, loadCommit } from '../../functions/store/ancestry.ts';
import { saidBy } from '../../functions/store/approval.ts';
import { parseCommitKeys } from '../../functions/store/commit-signature.ts';
import type { StoreTables } from '../../functions/store/dynamodb.ts';
import type { OpenSnapshot } from '../../functions/store/open-snapshot.ts';
import { parseFounderKeys } from '../../functions/store/person-signature.ts';
import { StoreError } from '../../functions/store/store-error.ts';
import { wordOf } from '../../functions/store/word.ts';
import { epochsBegun } from '../recover/heads-way.ts';
import type { Tables } from '../registry/tables.ts';
import { AwsCallError } from './aws-caller.ts';
import { type CheckedAnswer, couldNotAsk, mustFix, ok } from './finding.ts';
import type { LiveFunctions } from './live-functions.ts';
import { openingOf, type RegistryOpening } from './opening.ts';

const LOOK =
  'look by hand what each holds: `routeguard recover check --tables OBJECTS,STATE,FLOOR …` (docs/recovery.md)';
const ADOPT =
  'adopt the tables that serve now, or have what was published since made again where this goes (docs/recovery.md, “A table”)';

/** For each set of three tables that functions have now, and would not have any more. */
export async function movedFrom(
  next: Tables,
  opening: RegistryOpening,
  live: LiveFunctions,
): Promise<readonly CheckedAnswer[]> {
  const answers: CheckedAnswer[] = [];
  for (const tables of tablesLeft(next.tables, live))
    answers.push(...(await moved(next, opening, live, tables)));
  return answers;
}

function tablesLeft(next: StoreTables, { served }: LiveFunctions): readonly StoreTables[] {
  const left = new Map<string, StoreTables>();
  for (const { objects, state, floor } of served.values()) {
    if (objects === undefined || state === undefined || floor === undefined) continue;
    const key = [objects, state, floor].join();
    if (key !== [next.objects, next.state, next.floor].join()) left.set(key, { objects, state, floor });
  }
  return [...left.values()];
}

async function moved(
  next: Tables,
  opening: RegistryOpening,
  { founders, commitKeys }: LiveFunctions,
  tables: StoreTables,
): Promise<readonly CheckedAnswer[]> {
  const way = `${tables.state} to ${next.tables.state}`;
  try {
    const keys = {
      founders: parseFounderKeys([...founders].join()),
      publicKeys: parseCommitKeys([...commitKeys].join()),
    };
    const now = await openingOf({ client: next.client, tables, ...keys });
    return await compared(opening, now, way, tables.floor === next.tables.floor);
  } catch (error) {
    const isTold = error instanceof AwsCallError;
    if (!isTold && !(error instanceof TypeError || error instanceof StoreError)) throw error;
    return [notCompared(way, error.message, isTold ? error.todo : undefined)];
  }
}

function notCompared(way: string, why: string, todo = LOOK): CheckedAnswer {
  return couldNotAsk(
    `the deployment goes from ${way}, and whether that is one history could not be compared: ${why}`,
    todo,
  );
}

/** @param isOneFloor whether both are judged by one floor: what opens beside it goes on with what it acknowledged */
async function compared(
  next: RegistryOpening,
  now: RegistryOpening,
  way: string,
  isOneFloor: boolean,
): Promise<readonly CheckedAnswer[]> {
  // Where nothing was published, nothing is left; what would be denied anyway is told already.
  if (now.comes === 'empty' || next.comes === 'shut' || next.comes === 'gone') return [];
  if (now.comes === 'gone' || now.comes === 'shut') {
    const isDecided = next.comes === 'opens' && !isOneFloor;
    return isDecided ? [notCompared(way, 'what serves now is not there, or does not open')] : [];
  }
  const decided = now.comes === 'opens' ? `decisions are made now, on version ${now.at.version}` : null;
  if (next.comes === 'empty')
    return [
      mustFix(
        `the deployment goes from ${way}, in which nothing was published: ${decided ?? 'a registry is there now'}, and everything would be denied`,
        ADOPT,
      ),
    ];
  return related(next, now.at, decided, way);
}

async function related(
  next: Extract<RegistryOpening, { readonly at: OpenSnapshot }>,
  now: OpenSnapshot,
  decided: string | null,
  way: string,
): Promise<readonly CheckedAnswer[]> {
  const is = await relationOf(next.at, now);
  const what = `the deployment goes from ${way}, ${IN_WORDS[is]} (version ${next.at.version}; now version ${now.version})`;
  if (next.comes === 'held') {
    if (decided === null) return heldFromHeld(is, what);
    return [mustFix(`${what}, held: ${decided}, and everything would be denied until people confirm`, ADOPT)];
  }
  switch (is) {
    case 'the same':
    case 'newer':
      return [];
    case 'confirmed':
      return [ok(`${what}: what the tables of now have above that is given up, as people confirmed there`)];
    case 'apart':
      if (decided === null)
        return [ok(`${what}: what the tables of now have is given up, and nothing decides on it`)];
      return [
        mustFix(
          `${what}: ${decided}, and what was revoked or held there and not shown to them would be permitted again`,
          ADOPT,
        ),
      ];
    case 'older':
      return [mustFix(`${what}: what was revoked or held since would be permitted again`, ADOPT)];
    case 'another':
      return [mustFix(`${what}: decisions would be made on other facts`, ADOPT)];
    default:
      return unknownRelation(is);
  }
}

/** Nobody decides on either: what is told is what people would confirm where it goes, and what they would not. */
function heldFromHeld(is: Relation, what: string): readonly CheckedAnswer[] {
  const held = `${what}, held as what is there now is`;
  switch (is) {
    case 'the same':
    case 'newer':
      return [];
    case 'older':
    case 'confirmed':
    case 'apart':
      return [
        ok(
          `${held}: what was revoked or held since is not in what people would confirm there; \`routeguard recover check\` lists it`,
        ),
      ];
    case 'another':
      return [mustFix(`${held}: people would confirm other facts`, ADOPT)];
    default:
      return unknownRelation(is);
  }
}

/** `confirmed`: by people who were shown all that serves now; `apart`: by people who were not, or of whom nobody can tell. */
type Relation = 'the same' | 'newer' | 'older' | 'confirmed' | 'apart' | 'another';

const IN_WORDS: Readonly<Record<Relation, string>> = {
  'the same': 'which holds the same version',
  newer: 'which goes on from it',
  older: 'which holds an older version of it',
  confirmed: 'which people confirmed after it had come back',
  apart: 'which people confirmed without what serves now',
  another: 'which holds another history',
};

/** By links that whoever holds a signing key made: no more than that is asked before a deployment. */
async function relationOf(next: OpenSnapshot, now: OpenSnapshot): Promise<Relation> {
  if (next.digest === now.digest) return 'the same';
  const has = async (whole: OpenSnapshot, part: OpenSnapshot) =>
    part.version < whole.version &&
    (await ancestorAt(whole.objects, whole, part.version)).digest === part.digest;
  if (await has(next, now)) return 'newer';
  if (await has(now, next)) return 'older';
  const first = async (of: OpenSnapshot) => (await ancestorAt(of.objects, of, 1)).digest;
  const isLater = next.commit.epoch > now.commit.epoch && next.commit.confirmed;
  if (!isLater || (await first(next)) !== (await first(now))) return 'another';
  return (await isGivenUp(now, next)) ? 'confirmed' : 'apart';
}

/** Whether a confirmation that the next one comes from was signed over what serves now, as acknowledged last or before that. */
async function isGivenUp(now: OpenSnapshot, next: OpenSnapshot): Promise<boolean> {
  for (const { confirmation } of await epochsBegun(next, next.objects)) {
    if (confirmation === null) continue;
    const floor = saidBy((await wordOf(confirmation, next.objects)).approval).begins?.floor ?? null;
    if (floor?.digest === now.digest) return true;
    // What is lost may be in no table but that of now: of what has a lower number nobody has to read it.
    if (floor === null || floor.version <= now.version) continue;
    const last = { digest: floor.digest, commit: await loadCommit(next.objects, floor.digest) };
    if ((await ancestorAt(next.objects, last, now.version)).digest === now.digest) return true;
  }
  return false;
}

function unknownRelation(relation: never): never {
  throw new Error(`no words for ${String(relation)}`);
}
