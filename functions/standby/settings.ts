/** Which registry the standby is a copy of: the tables of another Region, which it only reads. */
import { type Environment, required } from '../environment.ts';
import type { StoreTables } from '../store/dynamodb.ts';

export interface FirstRegion {
  readonly region: string;
  readonly tables: StoreTables;
}

/** @throws Error that names the variable at fault */
export function readFirstRegion(env: Environment): FirstRegion {
  return {
    region: required(env, 'FIRST_REGION'),
    tables: {
      objects: required(env, 'FIRST_OBJECTS_TABLE'),
      state: required(env, 'FIRST_STATE_TABLE'),
      floor: required(env, 'FIRST_FLOOR_TABLE'),
    },
  };
}
