import type { Operation } from '../../functions/core/administration/change.ts';
import { proposal as proposalShape } from '../../functions/registry/answers.ts';
import { UsageError } from '../usage-error.ts';
import type { RegistryClient } from './connection.ts';
import { textInParts } from './jobs.ts';
import { readAs } from './read-answer.ts';

/** Where a proposal is: one part of the path, whatever stands in what was given for an id. */
export function proposalPath(id: string): string {
  return `proposals/${encodeURIComponent(id)}`;
}

/** A proposal with all of its operations, however many; null where it has none (yet, or any more). */
export async function wholeProposal(registry: RegistryClient, id: string) {
  const path = proposalPath(id);
  const shown = readAs(proposalShape, await registry({ method: 'GET', path }));
  const isLarge = shown.changes === null && typeof shown.bytes === 'number';
  const changes: unknown = isLarge ? await textInParts(registry, path) : (shown.changes ?? null);
  if (changes !== null && !Array.isArray(changes))
    throw new UsageError('the registry shows something else than operations: do not sign it');
  return { ...shown, changes: changes as readonly Operation[] | null };
}

export type WholeProposal = Awaited<ReturnType<typeof wholeProposal>>;
