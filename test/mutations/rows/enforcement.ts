/** Faults in what obeys the answer: the client and the command line. */
import { mutationsOf } from '../mutation.ts';

export const ENFORCEMENT = mutationsOf('enforcement', []);
