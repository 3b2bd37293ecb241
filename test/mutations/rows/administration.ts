/** Faults in what people may change, and how it is approved and published. */
import { mutationsOf } from '../mutation.ts';

export const ADMINISTRATION = mutationsOf('administration', []);
