/**
 * What the peers are told of the sample: the facts that the United States' own law looks at for a message of one owner, laid
 * out as each of them likes it best. They are asked less than the guard is (no dates but those of trust in a network, no
 * provenance, no reasons), so that what they are measured at is a bound from below.
 */
import { readFact } from '../../../functions/core/facts/fact.ts';
import { holdsAt, intervalOf } from '../../../functions/core/facts/moment.ts';
import { reachOf } from '../../../functions/core/facts/network.ts';
import type { RawFact } from '../../../functions/core/facts/view.ts';
import type { Label } from '../../../functions/core/marking/label.ts';

const LEVELS = ['UNCLASSIFIED', 'CONFIDENTIAL', 'SECRET', 'TOP SECRET'];

export interface PeerNetwork {
  readonly id: string;
  /** Of the level in {@link LEVELS}; -1 where nobody has accredited the network. */
  readonly highest: number;
  readonly compartments: readonly string[];
  readonly honoured: readonly string[];
  readonly audience: readonly string[];
  readonly reach: readonly string[];
  /** When the network is trusted, epoch ms. */
  readonly trustedFrom: number;
  readonly trustedUntil: number;
  readonly vendors: readonly string[];
}

export interface PeerFacts {
  readonly networks: readonly PeerNetwork[];
  /** Vendors that are trusted now. */
  readonly vendors: readonly string[];
}

/** A label and a time, as a peer is asked. */
export interface PeerQuestion {
  readonly level: number;
  readonly compartments: readonly string[];
  readonly controls: readonly string[];
  readonly unrestricted: boolean;
  readonly releasedTo: readonly string[];
  readonly now: number;
}

export interface Peer {
  /** Whether every hop may carry it. */
  permits(hops: readonly string[], question: PeerQuestion): boolean | Promise<boolean>;
}

export function peerQuestion({ level, compartments, controls, audience }: Label, now: number): PeerQuestion {
  return {
    level: LEVELS.indexOf(level),
    compartments: [...compartments],
    controls: [...controls],
    unrestricted: audience === null,
    releasedTo: [...(audience ?? [])],
    now,
  };
}

export function peerFacts(registry: ReadonlyMap<string, RawFact>, at: number): PeerFacts {
  const facts = [...registry.values()].flatMap((raw) => {
    const reading = readFact(raw);
    return reading.sound ? [reading.fact] : [];
  });
  const accreditations = facts.filter(
    (f) => f.kind === 'accreditation' && f.authority === 'us-accreditor' && holdsAt(intervalOf(f.valid), at),
  );
  const trusted = facts.filter((f) => f.kind === 'assessment' && f.outcome === 'trusted');
  const trustIn = (subject: object) =>
    trusted.flatMap((f) =>
      f.kind === 'assessment' && JSON.stringify(f.subject) === JSON.stringify(subject)
        ? [intervalOf(f.valid)]
        : [],
    );
  const vendors = facts.flatMap((f) =>
    f.kind === 'vendor' && trustIn({ vendor: f.id }).some((i) => holdsAt(i, at)) ? [f.id] : [],
  );
  const networks = facts.flatMap((network): PeerNetwork[] => {
    if (network.kind !== 'network') return [];
    const own = accreditations.find(
      (f) =>
        f.kind === 'accreditation' && JSON.stringify(f.subject) === JSON.stringify({ network: network.id }),
    );
    const carries = own?.kind === 'accreditation' ? own.carries.find((c) => c.frame === 'US') : undefined;
    const last = trustIn({ network: network.id }).toSorted((a, b) => b.from - a.from)[0];
    return [
      {
        id: network.id,
        highest: carries === undefined ? -1 : LEVELS.indexOf(carries.level),
        compartments: carries?.compartments ?? [],
        honoured: carries?.controls ?? [],
        audience: own?.kind === 'accreditation' ? own.audience : [],
        reach: reachOf(network),
        trustedFrom: last?.from ?? 0,
        trustedUntil: last?.to ?? 0,
        vendors: [...new Set(network.inventory.deployments.map((d) => d.vendor))],
      },
    ];
  });
  return { networks, vendors };
}
