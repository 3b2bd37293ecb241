/** Faults at the outermost: commands, doors, the board, the watch and CI itself, as an outsider seeded them and no test saw. */
import { mutationsOf } from '../mutation.ts';

export const EDGES = mutationsOf('edges', []);
