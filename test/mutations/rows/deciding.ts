/** Faults in what decides and in what people are told of it, as an outsider seeded them and no test saw. */
import { mutationsOf } from '../mutation.ts';

export const DECIDING = mutationsOf('deciding', []);
