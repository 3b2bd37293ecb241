/** Faults in the readers of markings and in the order of labels. */
import type { FaultsOfFile } from '../mutation.ts';

export const MARKING_FAULTS: readonly FaultsOfFile[] = [];
