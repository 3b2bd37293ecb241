/** Faults between a caller's bytes and the answer, and in the line that records it. */
import { mutationsOf } from '../mutation.ts';

export const DOORS = mutationsOf('doors', []);
