/** Faults in rules, standards, and the reading and dating of facts. */
import { mutationsOf } from '../mutation.ts';

export const RULES = mutationsOf('rules', []);
