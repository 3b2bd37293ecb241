import { DEFAULT_THRESHOLDS, type Thresholds } from 'routeguard/construct';

export const thresholds: Thresholds = { ...DEFAULT_THRESHOLDS, silenceMinutes: 60 };
