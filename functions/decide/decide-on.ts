/** One decision on one open version of the registry: reads what the request needs, then folds. */
import { type CoreDecision, type DecisionInput, decide } from '../core/decision/decide.ts';
import type { ReadLabel } from '../core/marking/label.ts';
import { inputFor, vendorsFor } from '../core/registry/input.ts';
import { keysOf } from '../core/registry/path.ts';
import type { Registry } from '../core/registry/registry.ts';
import type { DecisionRequest } from '../core/request.ts';
import type { OpenRegistry } from '../store/open-snapshot.ts';
import { storedRegistry } from '../store/stored-registry.ts';

type OpenVersion = Pick<OpenRegistry, 'read' | 'vendors' | 'approved'>;

/**
 * What a decision is made from.
 *
 * @param at the instant the answer is for, epoch ms
 * @throws StoreError where the registry cannot be read whole, or says what this build does not read
 */
export async function inputOn(
  version: OpenVersion,
  request: DecisionRequest,
  read: ReadLabel,
  at: number,
): Promise<DecisionInput> {
  const own = await registryOn(version, request, at);
  const approved = await version.approved();
  const signed = approved && (await registryOn(approved, request, at));
  return inputFor({ ...own, signed }, request, read, at);
}

async function registryOn(
  version: Pick<OpenVersion, 'read' | 'vendors'>,
  request: DecisionRequest,
  at: number,
): Promise<Registry> {
  const { law, entries } = await version.read(keysOf(request));
  const places = storedRegistry({ law, entries, vendors: new Map() });
  const vendors = await version.vendors(vendorsFor(places, request, at));
  return storedRegistry({ law, entries, vendors });
}

/** The decision from it; parameters and errors as for `inputOn`. */
export async function decideOn(
  version: OpenVersion,
  request: DecisionRequest,
  read: ReadLabel,
  at: number,
): Promise<CoreDecision> {
  return decide(await inputOn(version, request, read, at));
}
