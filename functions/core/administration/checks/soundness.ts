/** Every fact is sound by itself: complete, sourced, dated, in the closed vocabularies, under its own key. */
import { factKey } from '../../facts/fact.ts';
import { readingOf } from '../../facts/reading.ts';
import { unfitForStorage } from '../plain-json.ts';
import type { Check } from './check.ts';

export const soundness: Check = ({ index, scope }) =>
  scope.flatMap((key) => {
    const raw = index.facts.get(key);
    if (raw === undefined) return [];
    const unfit = unfitForStorage(raw);
    if (unfit !== undefined) return [{ key, path: '', message: unfit }];
    const reading = readingOf(raw);
    if (!reading.sound) return reading.problems.map((p) => ({ key, ...p }));
    if (factKey(reading.fact) === key) return [];
    return [{ key, path: '/id', message: 'the fact is filed under another key than its own' }];
  });
