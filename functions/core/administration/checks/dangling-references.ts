/** Whatever a fact names is registered. */
import { referencesOf } from '../references.ts';
import type { Check } from './check.ts';

export const danglingReferences: Check = ({ index, scope }) =>
  scope.flatMap((key) => {
    const raw = index.facts.get(key);
    return (raw === undefined ? [] : referencesOf(raw))
      .filter((reference) => !index.facts.has(reference.key))
      .map((reference) => ({ key, path: reference.path, message: `${reference.key} is not registered` }));
  });
