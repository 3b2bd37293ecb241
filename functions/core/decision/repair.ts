/**
 * What would have to be done for a permit: the reasons of a refusal, grouped by what repairs them (T12). For an input
 * that was evaluated in full, doing everything permits, and leaving anything out does not.
 *
 * A group is one thing somebody does about one subject: accrediting a network settles every owner and every hop that
 * asks for it, so they are one group; two networks are two.
 */
import { reachOf } from '../facts/network.ts';
import type { DecisionInput } from '../registry/input.ts';
import type { PathHop } from '../registry/path.ts';
import { anyUnbound } from './binding.ts';
import { CITATION_CODES, gradeAsked } from './citations.ts';
import { type CoreDecision, decide } from './decide.ts';
import type { Reason, ReasonCode } from './reasons.ts';
import { type RepairKind, remedyOf } from './repair-table.ts';

/** One thing that would have to be done. Every member but `repair`, `hops` and `codes` is a registry id, and there where the repair is about one thing. */
export interface Repair {
  readonly repair: RepairKind;
  readonly owner?: string;
  readonly standard?: string;
  readonly network?: string;
  readonly protection?: string;
  readonly vendor?: string;
  /** Key of the hold to lift. */
  readonly fact?: string;
  /** Positions in the path that it is about; empty where it is about none. */
  readonly hops: readonly number[];
  readonly codes: readonly ReasonCode[];
}

/** What would have to be done for a permit, by whom; it is advice and no promise. */
export interface Repairs {
  /** Empty for a permit. */
  readonly groups: readonly Repair[];
  /** False where a reason kept something from being judged, so that repairing these may bring others. */
  readonly complete: boolean;
}

/** One network of the path, and where it stands; a network that is not known stands for itself. */
interface Place {
  readonly network: string | undefined;
  readonly hops: readonly number[];
}

/** The path with each network once, as a hop of its own: then a reason's hop names one network. */
function apart(input: DecisionInput): { readonly input: DecisionInput; readonly places: readonly Place[] } {
  if (!input.path.known) return { input, places: [] };
  const places: { network: string | undefined; hops: number[] }[] = [];
  const hops: PathHop[] = [];
  const place = (network: string | undefined, hop: number, networks: PathHop['networks']) => {
    const known = network === undefined ? undefined : places.find((p) => p.network === network);
    if (known !== undefined) {
      if (!known.hops.includes(hop)) known.hops.push(hop);
      return;
    }
    places.push({ network, hops: [hop] });
    hops.push({ index: hops.length, networks });
  };
  for (const hop of input.path.hops) {
    if (hop.networks === undefined || hop.networks.length === 0) place(undefined, hop.index, undefined);
    else for (const n of hop.networks) place(n.network.fact.id, hop.index, [n]);
  }
  return { input: { ...input, path: { ...input.path, hops } }, places };
}

function within(part: readonly string[], whole: readonly string[] | null): boolean {
  return whole === null || part.every((x) => whole.includes(x));
}

const AUDIENCE_CODES: ReadonlySet<ReasonCode> = new Set(['AUDIENCE_INCOMPLETE', 'AUDIENCE_NOT_RELEASABLE']);

/** Where countries that may not read the label can reach the network, no accreditation can help. */
function unreachable(input: DecisionInput, network: string | undefined): boolean {
  if (network === undefined || !input.path.known) return false;
  const found = input.path.hops.flatMap((h) => h.networks ?? []).find((n) => n.network.fact.id === network);
  return found !== undefined && !within(reachOf(found.network.fact), input.label.audience);
}

function kindsOf(reason: Reason, input: DecisionInput, network: string | undefined): readonly RepairKind[] {
  const { repair } = remedyOf(reason.code);
  if (repair === 'assess-network' && reason.vendor !== undefined) return ['assess-vendor'];
  if (repair !== 'accredit' || !AUDIENCE_CODES.has(reason.code) || !unreachable(input, network))
    return [repair];
  return reason.code === 'AUDIENCE_INCOMPLETE' ? ['restrict-reach'] : ['accredit', 'restrict-reach'];
}

type Subject = Pick<Repair, 'owner' | 'standard' | 'network' | 'protection' | 'vendor' | 'fact'>;

/** Of reasons about equipment, those without a hop are about a layer of the tunnel. */
function tunnelOf(reason: Reason, input: DecisionInput): Subject {
  const layer = reason.hop === undefined && (reason.vendor !== undefined || reason.code === 'VENDOR_UNKNOWN');
  const protection = input.protection?.protection.fact.id;
  return layer && protection !== undefined ? { protection } : {};
}

/** What a repair of this kind is about: two reasons of one subject are repaired by one act. */
function subjectOf(
  repair: RepairKind,
  reason: Reason,
  network: string | undefined,
  input: DecisionInput,
): Subject {
  switch (repair) {
    case 'lift-hold':
      return reason.fact === undefined ? {} : { fact: reason.fact };
    case 'set-mandate':
      return reason.owner === undefined ? {} : { owner: reason.owner };
    case 'complete-standard':
      return { standard: reason.statedIn ?? reason.standard ?? '' };
    case 'adopt-standard':
    case 'publish-criteria':
    case 'satisfy-standard': {
      // What is lacking is lacking where it is stated, whoever asks for it.
      const standard = reason.statedIn ?? reason.standard;
      return standard === undefined ? {} : { standard };
    }
    case 'assess-vendor':
      return reason.vendor === undefined ? {} : { vendor: reason.vendor };
    case 'accredit': {
      const tunnel = input.protection?.protection.fact.id;
      if (network !== undefined) return { network };
      return tunnel === undefined ? {} : { protection: tunnel };
    }
    case 'assess-network':
    case 'change-equipment':
    case 'change-operator':
    case 'correct-fact':
    case 'register-network':
    case 'register-vendor':
    case 'restrict-reach':
    case 'state-inventory':
      return network === undefined ? tunnelOf(reason, input) : { network };
    case 'ask-later':
    case 'assure-path':
    case 'confirm-registry':
    case 'correct-request':
    case 'protect-message':
    case 'register-route':
    case 'restore-registry':
    case 'support-obligations':
    case 'judge-anew':
    case 'verify-citations':
      return {};
    default:
      return repair satisfies never;
  }
}

/** True for a reason about a vendor that other reasons take out of that network anyway. */
function isMoot(reason: Reason, all: readonly Reason[]): boolean {
  if (reason.vendor === undefined || remedyOf(reason.code).removes) return false;
  return all.some(
    (r) => r.hop === reason.hop && r.vendor === reason.vendor && remedyOf(r.code).removes === true,
  );
}

function groupsOf(
  reasons: readonly Reason[],
  places: readonly Place[],
  input: DecisionInput,
): readonly Repair[] {
  const groups = new Map<string, Repair>();
  for (const reason of reasons) {
    if (isMoot(reason, reasons)) continue;
    const place = reason.hop === undefined ? undefined : places[reason.hop];
    const network = place?.network;
    for (const repair of kindsOf(reason, input, network)) {
      const subject = subjectOf(repair, reason, network, input);
      // A hop nobody knows has no name but its position.
      const nameless = repair === 'register-network' && network === undefined ? place?.hops : undefined;
      const key = JSON.stringify([repair, subject, nameless ?? null]);
      const before = groups.get(key);
      groups.set(key, {
        repair,
        ...subject,
        hops: [...new Set([...(before?.hops ?? []), ...(place?.hops ?? [])])].sort((a, b) => a - b),
        codes: [...new Set([...(before?.codes ?? []), reason.code])],
      });
    }
  }
  return [...groups.values()];
}

/** Whether a permit would do without citations of a lower grade is asked only where there would be one. */
function citationsUnjudged({ law }: DecisionInput, decision: CoreDecision): boolean {
  const asked = law.mandates.filter((m) => decision.mandates.includes(m.key)).map((m) => m.fact);
  const grade = gradeAsked(asked);
  const codes = new Set(decision.reasons.map((r) => r.code));
  switch (grade) {
    case 'unverified':
      return false;
    case 'secondary':
      return decision.unverified.length > 0 && !codes.has(CITATION_CODES[grade]);
    // Which citations are reports is not told with a decision.
    case 'primary':
      return !codes.has(CITATION_CODES[grade]);
    default:
      return grade satisfies never;
  }
}

/** Nor whether it would do without judgements of what has changed. */
function bindingsUnjudged(input: DecisionInput, decision: CoreDecision): boolean {
  const refused = input.law.mandates.some((m) => decision.mandates.includes(m.key) && !m.fact.acceptUnbound);
  return refused && anyUnbound(input) && !decision.reasons.some((r) => r.code === 'JUDGEMENT_NOT_BOUND');
}

/** Which reasons of a decision a repair may be drawn from. */
export type ReasonsOf = (decision: CoreDecision) => readonly Reason[];

const EVERY_REASON: ReasonsOf = (decision) => decision.reasons;

function repairsOn(input: DecisionInput, reasonsOf: ReasonsOf): Repairs {
  const { input: single, places } = apart(input);
  const decision = decide(single);
  const { outcome } = decision;
  const reasons = reasonsOf(decision);
  if (outcome === 'permit') return { groups: [], complete: true };
  return {
    groups: groupsOf(reasons, places, input),
    complete:
      reasons.length > 0 &&
      !reasons.some((r) => remedyOf(r.code).hides === true) &&
      !citationsUnjudged(input, decision) &&
      !bindingsUnjudged(input, decision),
  };
}

/** The shortest list of repairs, on whichever basis it is shortest. */
export function repairsOf({ signed, ...own }: DecisionInput, reasonsOf: ReasonsOf = EVERY_REASON): Repairs {
  const repairs = shortest(own, reasonsOf);
  if (signed === undefined || repairs.groups.length > 0) return repairs;
  return shortest({ ...own, ...signed }, reasonsOf);
}

function shortest(input: DecisionInput, reasonsOf: ReasonsOf): Repairs {
  const asked = repairsOn(input, reasonsOf);
  if (input.request.message.protection === undefined) return asked;
  const { protection: _protection, ...message } = input.request.message;
  const plain = repairsOn(
    { ...input, request: { ...input.request, message }, protection: undefined },
    reasonsOf,
  );
  return plain.groups.length < asked.groups.length ? plain : asked;
}
