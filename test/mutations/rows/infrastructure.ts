/** Faults in alarms, grants, networks, retention and deployment. */
import { mutationsOf } from '../mutation.ts';

export const INFRASTRUCTURE = mutationsOf('infrastructure', []);
