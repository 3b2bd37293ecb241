import { type Reading, readFact } from './fact.ts';

const readings = new WeakMap<object, Reading>();

/**
 * Reads a registered fact: once, because it never changes, and for as long as the document that holds it is kept. What
 * somebody may still change is for {@link readFact}.
 */
export function readingOf(registered: unknown): Reading {
  if (typeof registered !== 'object' || registered === null) return readFact(registered);
  let reading = readings.get(registered);
  if (reading === undefined) {
    reading = readFact(registered);
    readings.set(registered, reading);
  }
  return reading;
}
