/** The gate: what must hold before any standard is asked. Holds, the path itself, and adverse facts nobody can read. */
import { responsibleOwners } from '../marking/label.ts';
import type { Law } from '../registry/evidence.ts';
import type { DecisionInput } from '../registry/input.ts';
import { inService } from '../rules/selection.ts';
import { heldMessage } from './held-message.ts';
import { type Stops, stopsOf } from './holds.ts';
import { knownVendors } from './known-vendors.ts';
import type { Outcome } from './outcome.ts';
import type { Reason } from './reasons.ts';
import type { JudgedHop } from './standard-terms.ts';

/** What must hold before any standard is asked, and the hops that standards can speak about. */
export interface Gate extends Stops {
  readonly outcome: Outcome;
  /** Hops whose networks and vendors are all known: the ones standards can speak about. */
  readonly judged: readonly JudgedHop[];
}

/** Sorts known hops from unknown ones: a hop whose network, host or vendor is not known is not trusted. */
function judgeHops(input: DecisionInput): {
  readonly judged: readonly JudgedHop[];
  readonly reasons: readonly Reason[];
} {
  const judged: JudgedHop[] = [];
  const reasons: Reason[] = [];
  for (const hop of input.path.known ? input.path.hops : []) {
    if (hop.networks === undefined || hop.networks.length === 0) {
      reasons.push({ code: 'HOP_UNKNOWN', hop: hop.index });
      continue;
    }
    const needed = hop.networks.flatMap(({ network: { fact } }) => [
      fact.operator,
      ...inService(fact, input.at).map((d) => d.vendor),
    ]);
    const { vendors, complete, unsound } = knownVendors(needed, input);
    if (!complete) reasons.push({ code: 'VENDOR_UNKNOWN', hop: hop.index });
    for (const vendor of unsound) reasons.push({ code: 'FACT_UNSOUND', hop: hop.index, vendor });
    if (hop.networks.some((n) => n.taints.length > 0)) reasons.push({ code: 'FACT_UNSOUND', hop: hop.index });
    if (complete) judged.push({ index: hop.index, networks: hop.networks, vendors });
  }
  return { judged, reasons };
}

/** An unsound hold, category or fact of unknown kind may be about anything; mandates and standards are asked by name. */
function lawIsTainted(law: Law): boolean {
  return law.taints.some((t) => !(t.kind === 'mandate' || (t.kind === 'standard' && t.id !== undefined)));
}

/** What the gate says of a request. */
export function gateOf(input: DecisionInput): Gate {
  const { law, path, at, label } = input;
  const { judged, reasons: hopReasons } = judgeHops(input);
  const { notes, exemptions, authorities, ...stops } = stopsOf(
    law,
    heldMessage(responsibleOwners(label), path),
    at,
  );
  const reasons: Reason[] = [
    ...stops.reasons,
    ...(path.known ? [] : [{ code: 'ROUTE_UNKNOWN' as const }]),
    ...(path.known && path.hops.length === 0 ? [{ code: 'PATH_EMPTY' as const }] : []),
    ...hopReasons,
    ...(lawIsTainted(law) ? [{ code: 'FACT_UNSOUND' as const }] : []),
  ];
  const outcome =
    reasons.length === 0
      ? 'permit'
      : reasons.every((r) => r.code === 'FACT_UNSOUND')
        ? 'indeterminate'
        : 'deny';
  return { outcome, reasons, notes, exemptions, authorities, judged };
}
