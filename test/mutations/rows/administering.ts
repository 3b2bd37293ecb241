/** Faults between a request to the registry and its store, as an outsider seeded them and no test saw. */
import { mutationsOf } from '../mutation.ts';

export const ADMINISTERING = mutationsOf('administering', []);
