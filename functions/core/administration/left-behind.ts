/** Judgements that a change leaves behind: they bind what they judged, and after the change something else stands there. */
import { factDigest } from '../facts/canonical.ts';
import { readingOf } from '../facts/reading.ts';
import { subjectKey } from '../facts/view.ts';
import { hasEnded } from './ending.ts';
import type { RegistryIndex } from './registry-index.ts';

/** True where a fact that has not ended says what it judged, and that is not what is registered. */
function isLeft(index: RegistryIndex, key: string, at: number): boolean {
  const raw = /^(?:accreditation|assessment)\//.test(key) ? index.facts.get(key) : undefined;
  const reading = readingOf(raw);
  if (raw === undefined || !reading.sound || hasEnded(raw, at)) return false;
  const { fact } = reading;
  if (!(fact.kind === 'accreditation' || fact.kind === 'assessment') || fact.judged === undefined)
    return false;
  const subject = index.facts.get(subjectKey(raw) ?? '');
  return subject === undefined || factDigest(subject) !== fact.judged;
}

/** Keys, in order, of the judgements among what changed or about it that bind something else than what is registered. */
export function leftBehind(index: RegistryIndex, touched: Iterable<string>, at: number): readonly string[] {
  const about = [...touched].flatMap((key) => [key, ...index.referrers(key)]);
  return [...new Set(about)].filter((key) => isLeft(index, key, at)).sort();
}
