/** Faults in purges, as an outsider seeded them and no test saw. */
import { mutationsOf } from '../mutation.ts';

export const ERASING = mutationsOf('erasing', []);
