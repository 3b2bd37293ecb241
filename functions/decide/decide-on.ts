/** One decision on one open version of the registry: reads what the request needs, then folds. */
import { type CoreDecision, type DecisionInput, decide } from '../core/decision/decide.ts';
import { lawOf, type VendorReading, vendorOf } from '../core/decision/evidence.ts';
import type { RegistryEvidence } from '../core/decision/input.ts';
import { claimedProtection, keysOf, pathOf, vendorIdsOf } from '../core/decision/path.ts';
import type { DecisionRequest } from '../core/decision/request.ts';
import type { LawDoc, VendorDoc } from '../core/facts/view.ts';
import type { ReadLabel } from '../core/marking/label.ts';
import type { OpenRegistry } from '../store/open-snapshot.ts';

type Registry = Pick<OpenRegistry, 'read' | 'vendors' | 'approved'>;

/**
 * What a decision is made from.
 *
 * @param at the instant the answer is for, epoch ms
 * @throws StoreError where the registry cannot be read whole
 */
export async function inputOn(
  registry: Registry,
  request: DecisionRequest,
  read: ReadLabel,
  at: number,
): Promise<DecisionInput> {
  const evidence = await evidenceOn(registry, request, at);
  const signed = await registry.approved();
  return {
    request,
    label: read.label,
    labelUntil: read.until,
    at,
    ...evidence,
    ...(signed !== undefined && { signed: await evidenceOn(signed, request, at) }),
  };
}

async function evidenceOn(
  registry: Pick<OpenRegistry, 'read' | 'vendors'>,
  request: DecisionRequest,
  at: number,
): Promise<RegistryEvidence> {
  const { law, entries } = await registry.read(keysOf(request));
  const path = pathOf(request, entries, at);
  const protection = claimedProtection(request, entries, at);
  const vendors = new Map<string, VendorReading>();
  for (const [id, doc] of await registry.vendors(vendorIdsOf(path, protection))) {
    const vendor = vendorOf(doc as unknown as VendorDoc);
    if (vendor !== undefined) vendors.set(id, vendor);
  }
  return {
    law: lawOf(law as unknown as LawDoc),
    path,
    vendors,
    protection,
  };
}

/** The decision from it; parameters and errors as for `inputOn`. */
export async function decideOn(
  registry: Registry,
  request: DecisionRequest,
  read: ReadLabel,
  at: number,
): Promise<CoreDecision> {
  return decide(await inputOn(registry, request, read, at));
}
