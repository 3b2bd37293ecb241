/** What a decision is made from: everything loaded, read and settled beforehand. */
import type { PathAssurance } from '../facts/route.ts';
import type { Label, ReadLabel } from '../marking/label.ts';
import type { DecisionRequest } from '../request.ts';
import type { Law, ProtectionEvidence, VendorReading } from './evidence.ts';
import { asRoute, claimedProtection, pathOf, type ResolvedPath, vendorIdsOf } from './path.ts';
import type { Registry } from './registry.ts';

/** What the registry says about one request. */
export interface RegistryEvidence {
  readonly law: Law;
  readonly path: ResolvedPath;
  /** By vendor id; an id that is missing is a vendor nobody registered. */
  readonly vendors: ReadonlyMap<string, VendorReading>;
  /** The protection the message claims, registered and in force; see `claimedProtection`. */
  readonly protection: ProtectionEvidence | undefined;
}

/** Everything a decision needs but the label; made once and asked about many. */
export interface Approach extends RegistryEvidence {
  readonly request: DecisionRequest;
  /** The instant the answer is for, epoch ms. */
  readonly at: number;
  /**
   * The same of the version that two people last signed, where one person has stopped something since: a permit needs
   * both, so that what one person publishes can only refuse, whatever it says.
   */
  readonly signed?: RegistryEvidence | undefined;
}

/** All that a decision is made from; `inputFor` alone makes it. */
export interface DecisionInput extends Approach {
  readonly label: Label;
  /** When the marking reads otherwise, epoch ms; `null` where it never does, or the label was not read but made. */
  readonly labelUntil: number | null;
}

/** The vendors whose documents answer a request, once its places are there to be read. */
export function vendorsFor(registry: Registry, request: DecisionRequest, at: number): readonly string[] {
  return vendorIdsOf(pathOf(request, registry, at), claimedProtection(request, registry, at));
}

/** As much as the request needs, and no more: an answer's validity depends on every vendor it is given. */
function evidenceOf(
  registry: Registry,
  request: DecisionRequest,
  at: number,
  assurance: PathAssurance,
): RegistryEvidence {
  const path = asRoute(pathOf(request, registry, at), assurance);
  const protection = claimedProtection(request, registry, at);
  const vendors = new Map(
    vendorIdsOf(path, protection).flatMap((id) => {
      const reading = registry.vendor(id);
      return reading === undefined ? [] : [[id, reading] as const];
    }),
  );
  return { law: registry.law, path, vendors, protection };
}

/**
 * @param at the instant the answer is for, epoch ms
 * @param assurance of a route over the hops the request gives, where one is supposed; see `asRoute`
 */
export function approach(
  registry: Registry,
  request: DecisionRequest,
  at: number,
  assurance: PathAssurance = 'assumed',
): Approach {
  const { signed } = registry;
  return {
    request,
    at,
    ...evidenceOf(registry, request, at, assurance),
    ...(signed !== undefined && { signed: evidenceOf(signed, request, at, assurance) }),
  };
}

/** The input whole: whoever prepared it for many labels gives each, and until when it reads so. */
export function withLabel(from: Approach, { label, until: labelUntil }: ReadLabel): DecisionInput {
  return { ...from, label, labelUntil };
}

/** @param at the instant the answer is for, epoch ms */
export function inputFor(
  registry: Registry,
  request: DecisionRequest,
  read: ReadLabel,
  at: number,
): DecisionInput {
  return withLabel(approach(registry, request, at), read);
}
