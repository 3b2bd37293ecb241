/** Reasons: a closed set of codes, each with one fixed sentence. Nothing a caller wrote can enter one. */
import { FLOWS, scopeWordsOf } from '../facts/scope-words.ts';
import type { NetworkFunction, Segment, ShareBasis } from '../facts/taxonomy.ts';
import { RULE_CODES } from '../rules/finding.ts';

/** What kind of failure a reason is: for metrics, and to tell a caller whether asking again can help. */
export type ReasonClass = 'policy' | 'invalid' | 'unavailable' | 'integrity' | 'hold';

const GATE_CODES = {
  // The request
  REQUEST_NOT_TEXT: [
    'invalid',
    'A direct invocation carries {"request": "<the request as JSON text>"} and nothing beside it.',
  ],
  REQUEST_UNPARSABLE: ['invalid', 'The request is not JSON.'],
  REQUEST_DUPLICATE_KEY: ['invalid', 'The request names a member twice.'],
  REQUEST_TOO_LARGE: ['invalid', 'The request is larger than the guard reads.'],
  REQUEST_TOO_DEEP: ['invalid', 'The request is nested deeper than the guard reads.'],
  REQUEST_TOO_MUCH: [
    'invalid',
    'The paths and standards of the request are more work than one request may ask for.',
  ],
  REQUEST_UNKNOWN_FIELD: ['invalid', 'The request has a member the guard does not know.'],
  REQUEST_INVALID: ['invalid', 'A member of the request is missing or has the wrong form.'],
  PATH_ASSURANCE_STATED: [
    'invalid',
    'How well a path is known is not for a request to say: leave "assurance" out, or name a registered route.',
  ],
  PATH_EMPTY: ['invalid', 'The path has no hops.'],
  PATH_TOO_LONG: ['invalid', 'The path has more than 64 hops.'],
  INSTANT_INVALID: ['invalid', 'The date is not an instant the guard reads.'],
  EXPLAIN_NOT_GRANTED: ['invalid', 'A full explanation has its own door and grant.'],
  // The label
  MARKING_INVALID: ['invalid', 'The marking cannot be read with certainty.'],
  MARKING_FORMAT_UNKNOWN: ['invalid', 'The marking format named is not one the guard reads.'],
  MARKING_AMBIGUOUS: [
    'invalid',
    'More than one marking system reads this marking: name the format or the originator.',
  ],
  // Holds
  HOLD_EVERYTHING: ['hold', 'An emergency hold stops everything.'],
  HOLD_OWNER: ['hold', 'An emergency hold stops the information of one of its owners.'],
  HOLD_NETWORK: ['hold', 'An emergency hold stops this network.'],
  HOLD_SET_ASIDE: [
    'hold',
    'An emergency hold of somebody else would stop this; every owner has two people who exempt its information from it.',
  ],
  REGISTRY_HELD: [
    'hold',
    'The registry is not the newest that was acknowledged: it came back, and is held until two people confirm it.',
  ],
  // The path
  HOP_UNKNOWN: ['policy', 'A hop is not a network the registry knows.'],
  VENDOR_UNKNOWN: ['policy', 'A vendor or operator of a hop is not known to the registry.'],
  ROUTE_UNKNOWN: ['policy', 'The route is not registered or not in force.'],
  PATH_ASSURANCE_INSUFFICIENT: ['policy', 'The owner does not accept a path that is known only so well.'],
  // Owners
  OWNER_WITHOUT_MANDATE: ['policy', 'An owner of this information has no mandate in force for it.'],
  MANDATE_UNSOUND: ['integrity', 'A mandate of an owner cannot be relied on.'],
  STANDARD_NOT_SATISFIED: [
    'policy',
    'A standard that the request adds does not permit; why is for a full explanation.',
  ],
  STANDARD_UNKNOWN: ['policy', 'A standard that must permit is not in the registry.'],
  FOUNDATION_UNKNOWN: [
    'policy',
    'A standard that must permit builds on another that is not in the registry, lacks the rule, or is too much to ask.',
  ],
  STANDARD_NOT_IN_FORCE: ['policy', 'A standard that must permit is not in force.'],
  STANDARD_NOT_APPLICABLE: ['policy', 'A standard that must permit does not speak about this message.'],
  STANDARD_NOT_ABOUT_CARRIAGE: [
    'policy',
    'A standard that must permit is about something other than carrying traffic.',
  ],
  STANDARD_INCOMPLETE: [
    'policy',
    'A standard that was asked lacks requirements of its instrument, or nobody has listed them.',
  ],
  INCOMPLETE_NOT_ACCEPTED: [
    'policy',
    'A standard lacks requirements of its instrument, and the owner has not accepted it by name.',
  ],
  STANDARD_REPLACED: [
    'policy',
    'A standard that was asked has been replaced: the one that replaced it was asked too.',
  ],
  FLOW_INVALID: ['invalid', `The flow is none that the guard knows: ${scopeWordsOf(FLOWS)}.`],
  FLOW_UNKNOWN: [
    'policy',
    'The standard depends on what the message is part of, and the request does not say, or not which part.',
  ],
  CITATION_UNVERIFIED: ['policy', 'The owner does not accept facts whose source nobody verified.'],
  CITATION_NOT_PRIMARY: ['policy', 'The owner accepts only facts whose source was read in its own text.'],
  JUDGEMENT_NOT_BOUND: [
    'policy',
    'The owner accepts an accreditation or assessment only of the very fact it judged; one is of another or names none.',
  ],
  CHANGED_SINCE_JUDGED: [
    'policy',
    'What an accreditation or assessment in force judged has changed since: it is to be judged anew.',
  ],
  // Dominance
  NOT_ACCREDITED: ['policy', 'No recognised accreditor has accredited this network.'],
  ACCREDITATION_EXPIRED: [
    'policy',
    'The accreditation of this network has ended: it expired, or was revoked.',
  ],
  FRAME_NOT_ACCREDITED: ['policy', 'The network is not accredited for this marking system.'],
  LEVEL_NOT_ACCREDITED: ['policy', 'The network is not accredited for this level.'],
  COMPARTMENT_NOT_ACCREDITED: ['policy', 'The network is not accredited for every compartment.'],
  CONTROL_NOT_HONOURED: ['policy', 'The network does not honour every control.'],
  AUDIENCE_NOT_RELEASABLE: ['policy', 'Nations that can reach the network are not on the release list.'],
  AUDIENCE_INCOMPLETE: ['policy', 'The accreditation leaves out a country that can reach the network.'],
  // Protection
  PROTECTION_UNKNOWN: ['policy', 'The protection is not registered, not of that scheme, or not in force.'],
  OBLIGATION_UNSUPPORTED: ['policy', 'The caller did not declare that it can discharge an obligation.'],
  // Integrity of the registry
  FACT_UNSOUND: ['integrity', 'An adverse fact that may matter cannot be read.'],
  REGISTRY_INTEGRITY: ['integrity', 'The registry failed its integrity check.'],
  REGISTRY_FORMAT: ['integrity', 'The registry says what this build cannot read: it needs a newer one.'],
  REGISTRY_EMPTY: ['integrity', 'The registry has no published version.'],
  // Availability
  REGISTRY_UNAVAILABLE: ['unavailable', 'The registry could not be read in time.'],
  REGISTRY_BEHIND: ['unavailable', 'The registry has not reached the version asked for.'],
  REGISTRY_VERSION_UNKNOWN: ['invalid', 'The registry has no such version.'],
  REGISTRY_VERSION_PURGED: ['invalid', 'Part of this version was purged for good: it cannot be replayed.'],
  BUDGET_EXHAUSTED: ['unavailable', 'The time for this decision ran out.'],
  INTERNAL_FAULT: ['integrity', 'The guard failed; nothing was permitted.'],
} as const satisfies Record<string, readonly [ReasonClass, string]>;

type GateCode = keyof typeof GATE_CODES;
/** One of the closed set of codes that an answer may give as a reason. */
export type ReasonCode = GateCode | keyof typeof RULE_CODES;

function isGateCode(code: ReasonCode): code is GateCode {
  return Object.hasOwn(GATE_CODES, code);
}

/** The fixed sentence of a code. */
export function sentenceOf(code: ReasonCode): string {
  return isGateCode(code) ? GATE_CODES[code][1] : RULE_CODES[code];
}

export function classOfReason(code: ReasonCode): ReasonClass {
  return isGateCode(code) ? GATE_CODES[code][0] : 'policy';
}

export const REASON_CODES: readonly ReasonCode[] = [
  ...(Object.keys(GATE_CODES) as GateCode[]),
  ...(Object.keys(RULE_CODES) as (keyof typeof RULE_CODES)[]),
];

/** One reason. Every member is a registry id, a closed code or a number; a hop is its index, never its name. */
export interface Reason {
  readonly code: ReasonCode;
  readonly owner?: string;
  readonly standard?: string;
  readonly rule?: string;
  /** The standard that states the rule, where the one asked only builds on it or was replaced by it. */
  readonly statedIn?: string;
  readonly hop?: number;
  readonly segment?: Segment;
  readonly function?: NetworkFunction;
  readonly vendor?: string;
  readonly basis?: ShareBasis;
  /** Hundredths of a percent. */
  readonly share?: number;
  /** Hundredths of a percent of a vendor or operator owned by designated organisations. */
  readonly ownedShare?: number;
  readonly fact?: string;
  /** A marking error's own code and its position in the marking. */
  readonly marking?: string;
  readonly position?: number;
}

/** Each reason once, in the order they came; the same reason must have its members in the same order. */
export function once(reasons: readonly Reason[]): readonly Reason[] {
  if (reasons.length < 2) return reasons;
  return [...new Map(reasons.map((r) => [JSON.stringify(r), r])).values()];
}
