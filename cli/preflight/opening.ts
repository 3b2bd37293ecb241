/** What a registry comes to for whoever would decide on it: opened as `decide` and `recover check` open it, and only read. */
import { createRegistryReader, type OpenSnapshot } from '../../functions/store/registry-reader.ts';
import { StoreError, type StoreErrorCode } from '../../functions/store/store-error.ts';
import { confirmable } from '../recover/confirmable.ts';
import type { Tables } from '../registry/tables.ts';
import { AwsCallError } from './aws-caller.ts';

/**
 * `opens`: decisions are made on it. `held`: none, until people confirm it, which these founders let them. `empty`: nothing was
 * published. `gone`: a table is not there. `shut`: whoever asks is denied, whatever anybody signs.
 */
export type RegistryOpening =
  | { readonly comes: 'opens'; readonly at: OpenSnapshot }
  | { readonly comes: 'held'; readonly at: OpenSnapshot; readonly code: StoreErrorCode }
  | { readonly comes: 'empty' }
  | { readonly comes: 'gone' }
  | { readonly comes: 'shut'; readonly code: StoreErrorCode };

/** For one look at HEAD and at whose word it is. */
const BUDGET_MS = 120_000;

/** @throws AwsCallError where nobody could read it */
export async function openingOf(registry: Tables): Promise<RegistryOpening> {
  try {
    const reader = createRegistryReader({ ...registry, acceptUnconfirmed: true, budgetMs: BUDGET_MS });
    const at = await reader.open();
    if (at.held === null) {
      await at.read([]);
      return { comes: 'opens', at };
    }
    const asked = await confirmable(registry, at);
    return asked.ok ? { comes: 'held', at, code: at.held } : { comes: 'shut', code: asked.code };
  } catch (error) {
    if (!(error instanceof StoreError)) throw error;
    if (error.code === 'HEAD_MISSING') return { comes: 'empty' };
    if (!/^STORE_/.test(error.code)) return { comes: 'shut', code: error.code };
    const why = error.cause instanceof Error ? error.cause.name : '';
    if (why === 'ResourceNotFoundException') return { comes: 'gone' };
    throw unread(Object.values(registry.tables), error.code === 'STORE_REFUSED', why);
  }
}

function unread(tables: readonly string[], isRefused: boolean, why: string): AwsCallError {
  const told = why === '' ? '' : ` (${why})`;
  return new AwsCallError(
    `what is in the tables ${tables.join(', ')} could not be read: ${isRefused ? 'these credentials may not' : 'DynamoDB did not answer'}${told}`,
    why,
    'run it again with credentials that may read them (dynamodb:GetItem, BatchGetItem, Query, and their key) from where DynamoDB answers; or let somebody who may run `routeguard recover check` before the deployment',
  );
}
