/** Faults in what builds, checks and packages the project. */
import { mutationsOf } from '../mutation.ts';

export const BUILD = mutationsOf('build', []);
