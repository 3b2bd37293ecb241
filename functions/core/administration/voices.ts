/** Whose facts stand in a document, however deep: the law and a network's document hold those of many authorities. */
import type { Json } from '../facts/canonical.ts';
import { kindOf, member } from '../facts/fact.ts';
import { REGISTRAR } from './speakers.ts';

/** Ids of authorities: each fact's own, the registrar for what it keeps, and an authority itself for its own fact. */
export function voicesIn(document: Json): readonly string[] {
  const found = new Set<string>();
  const waiting: Json[] = [document];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (typeof next !== 'object' || next === null) continue;
    const kind = kindOf(next);
    if (kind !== undefined) found.add(voiceOf(kind, next));
    waiting.push(...Object.values<Json>(next));
  }
  return [...found].sort();
}

function voiceOf(kind: string, fact: Json): string {
  const named = member(fact, kind === 'authority' ? 'id' : 'authority');
  return typeof named === 'string' ? named : REGISTRAR;
}
