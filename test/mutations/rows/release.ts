/** Faults in the probe, the release hook and the watch. */
import { mutationsOf } from '../mutation.ts';

export const RELEASE = mutationsOf('release', []);
