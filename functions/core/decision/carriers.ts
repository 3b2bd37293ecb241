/** What must dominate a label on a basis, and what the mandates' accreditors say of it. */
import type { Basis, Mandate } from '../facts/mandate.ts';
import { holdsAt } from '../facts/moment.ts';
import { reachOf } from '../facts/network.ts';
import { ownerOfFrame } from '../marking/frame-owners.ts';
import type { Law, NetworkEvidence, ProtectionEvidence } from '../registry/evidence.ts';
import type { DecisionInput } from '../registry/input.ts';
import { type Carrier, dominanceShortfall } from './dominance.ts';
import type { OwnerMandates } from './mandates.ts';
import { once, type Reason } from './reasons.ts';
import type { JudgedHop } from './standard-terms.ts';

function carrierOf(n: NetworkEvidence): Carrier {
  return { accreditations: n.accreditations, reach: reachOf(n.network.fact) };
}

function tunnelOf(p: ProtectionEvidence): Carrier {
  return { accreditations: p.accreditations, reach: p.protection.fact.endpointCountries };
}

/** What carries the message at one place of a path; without a place, the tunnel. */
export interface PlacedHop {
  readonly hop?: number;
  readonly carrier: Carrier;
}

/** What must dominate: every network of every hop, or the tunnel instead. */
export function carriersOn(
  basis: Basis,
  input: DecisionInput,
  hops: readonly JudgedHop[],
): readonly PlacedHop[] {
  switch (basis) {
    case 'trusted-transport':
      return hops.flatMap((h) => h.networks.map((n) => ({ hop: h.index, carrier: carrierOf(n) })));
    case 'encrypted-transport':
      return input.protection === undefined ? [] : [{ carrier: tunnelOf(input.protection) }];
    default:
      return basis satisfies never;
  }
}

/**
 * The translations that count where a mandate is asked: by an authority in force that speaks for the marking system's
 * nation, and for the owner too, or is one of the accreditors this mandate recognises, who could have accepted the level
 * itself. INVARIANT: what one nation says of its own levels loosens nothing for an owner who never said it may.
 */
export function translationsFor(
  { owner, accreditors }: Pick<Mandate, 'owner' | 'accreditors'>,
  { equivalences, authorities }: Pick<Law, 'equivalences' | 'authorities'>,
  at: number,
): Law['equivalences'] {
  return equivalences.filter(({ fact: e }) =>
    authorities.some(
      ({ fact: a, interval }) =>
        a.id === e.authority &&
        holdsAt(interval, at) &&
        a.speaksFor.includes(ownerOfFrame(e.from.frame)) &&
        (a.speaksFor.includes(owner) || accreditors.includes(a.id)),
    ),
  );
}

/** Dominance for every mandate of every owner. */
export function dominanceReasons(
  input: DecisionInput,
  owners: readonly OwnerMandates[],
  carriers: readonly PlacedHop[],
): readonly Reason[] {
  const { label, law, at } = input;
  const reasons = owners.flatMap(({ owner, mandates }) =>
    mandates.flatMap(({ fact: m }) => {
      const terms = { label, at, accreditors: m.accreditors, equivalences: translationsFor(m, law, at) };
      return carriers.flatMap(({ hop, carrier }) => {
        const shortfall = dominanceShortfall(carrier, terms);
        if (shortfall === undefined) return [];
        const { codes, fact } = shortfall;
        return codes.map(
          (code): Reason => ({
            code,
            owner,
            ...(hop !== undefined && { hop }),
            ...(fact !== undefined && { fact }),
          }),
        );
      });
    }),
  );
  return once(reasons);
}
