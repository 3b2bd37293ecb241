/** The alias only the probe may invoke; the door sees it in the ARN that was invoked, where no caller can write. */
export const PROBE_ALIAS = 'probe';
