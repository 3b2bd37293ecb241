import { type KnownAnswer, UNIVERSAL_ANSWERS } from 'routeguard/construct';

/** Everything that the probe asks. */
export function askedBeside(own: readonly KnownAnswer[]): readonly KnownAnswer[] {
  return [...UNIVERSAL_ANSWERS, ...own];
}
