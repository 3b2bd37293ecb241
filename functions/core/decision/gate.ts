/** The gate: what must hold before any standard is asked. Holds, the path itself, and adverse facts nobody can read. */
import { holdsAt } from '../facts/moment.ts';
import { responsibleOwners } from '../marking/label.ts';
import { inService } from '../rules/selection.ts';
import type { Law } from './evidence.ts';
import { holdReasons } from './holds.ts';
import type { DecisionInput } from './input.ts';
import type { Outcome } from './outcome.ts';
import { heldHops } from './path.ts';
import type { Reason } from './reasons.ts';
import type { JudgedHop } from './standards.ts';

export interface Gate {
  readonly outcome: Outcome;
  readonly reasons: readonly Reason[];
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
    const vendors = new Map<string, JudgedHop['vendors'] extends ReadonlyMap<string, infer V> ? V : never>();
    let known = true;
    for (const { network } of hop.networks) {
      const needed = new Set([
        network.fact.operator,
        ...inService(network.fact, input.at).map((d) => d.vendor),
      ]);
      for (const id of needed) {
        const reading = input.vendors.get(id);
        const vendor = reading?.evidence.vendor;
        if (reading !== undefined && vendor?.fact.id === id && holdsAt(vendor.interval, input.at))
          vendors.set(id, reading.evidence);
        else if (known) {
          known = false;
          reasons.push({ code: 'VENDOR_UNKNOWN', hop: hop.index });
        }
        if (reading !== undefined && reading.taints.length > 0)
          reasons.push({ code: 'FACT_UNSOUND', hop: hop.index, vendor: id });
      }
    }
    if (hop.networks.some((n) => n.taints.length > 0)) reasons.push({ code: 'FACT_UNSOUND', hop: hop.index });
    if (known) judged.push({ index: hop.index, networks: hop.networks, vendors });
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
  const reasons: Reason[] = [
    ...holdReasons(law.holds, responsibleOwners(label), heldHops(path), at),
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
  return { outcome, reasons, judged };
}
