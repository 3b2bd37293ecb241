/** Faults in the store, in history and in what verifies it. */
import { mutationsOf } from '../mutation.ts';

export const RECORD = mutationsOf('record', []);
