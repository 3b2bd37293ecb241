/** Faults in labels, levels, dominance, mandates, waivers, holds and the fold. */
import { mutationsOf } from '../mutation.ts';

export const DOMINANCE = mutationsOf('dominance', []);
