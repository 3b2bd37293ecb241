/** Where the registry is and whose word counts in it: what every function that reads it is told. */
import { type Environment, required, whole } from '../environment.ts';
import { type CommitKeys, parseCommitKeys } from './commit-signature.ts';
import type { StoreTables } from './dynamodb.ts';
import { MOST_HEAD_COPIES } from './head.ts';
import { type FounderKeys, parseFounderKeys } from './person-signature.ts';

export interface StoreSettings {
  readonly tables: StoreTables;
  /** A commit is signed with one of them. */
  readonly publicKeys: CommitKeys;
  /** Everybody else's keys are believed from theirs. */
  readonly founders: FounderKeys;
}

/** @throws Error that names the variable at fault; TypeError for what is no key */
export function readStoreSettings(env: Environment): StoreSettings {
  return {
    tables: {
      objects: required(env, 'OBJECTS_TABLE'),
      state: required(env, 'STATE_TABLE'),
      floor: required(env, 'FLOOR_TABLE'),
    },
    publicKeys: parseCommitKeys(required(env, 'COMMIT_PUBLIC_KEYS')),
    founders: parseFounderKeys(required(env, 'FOUNDER_KEYS')),
  };
}

/** How many copies HEAD has, for those who choose among them and those who move them. @throws Error that names the variable */
export function headCopies(env: Environment): number {
  return whole(env, 'HEAD_COPIES', 1, MOST_HEAD_COPIES);
}
