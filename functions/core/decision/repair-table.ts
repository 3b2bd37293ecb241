/** What repairs each reason. A closed table: a new code does not compile until somebody says what would help. */
import type { ReasonCode } from './reasons.ts';

export const REPAIRS = {
  'correct-request': 'Correct the request or the marking.',
  'ask-later': 'Ask again: something was not available.',
  'restore-registry': 'Have the registry checked: an integrity check or the guard itself failed.',
  'confirm-registry': 'Two people confirm the restored registry.',
  'correct-fact': 'Correct an adverse fact that cannot be read.',
  'lift-hold':
    'Two people lift the hold; from a wide one, two people of each owner may exempt its information.',
  'register-network': 'Register the network, or the one that hosts it.',
  'register-vendor': 'Register the vendors and the operator of the network.',
  'register-route': 'Register the route, or wait until it is in force.',
  'assure-path': 'Register a route over these hops that is pinned or observed, and name it.',
  'support-obligations': 'Discharge the obligations, and say so in the request.',
  'set-mandate': 'The owner sets a mandate for this information.',
  'adopt-standard': 'Put a standard in force that speaks about this message.',
  'complete-standard':
    'Encode what the standard leaves out of its instrument, or have the owner accept it by name as it is.',
  'satisfy-standard': 'Satisfy the standard that the request adds, or leave it out.',
  'verify-citations': 'Verify the sources that the answer relies on.',
  'judge-anew': 'An authority judges what has changed anew, and says by its digest what it judged.',
  'protect-message': 'Carry the message in a registered protection that is accepted.',
  accredit: 'A recognised accreditor accredits the network or tunnel for this label.',
  'restrict-reach': 'Keep countries that the label or the standard excludes from reaching the network.',
  'assess-network': 'An accepted authority assesses the network as trusted.',
  'assess-vendor': 'An accepted authority assesses the vendor as trusted.',
  'publish-criteria': 'Register the criteria set that assessments are weighed by.',
  'state-inventory': 'The operator states the inventory completely and afresh.',
  'change-equipment': 'Replace equipment, or reduce its share.',
  'change-operator': 'Another operator runs the network.',
} as const satisfies Readonly<Record<string, string>>;

/** What kind of thing somebody would have to do about a reason. */
export type RepairKind = keyof typeof REPAIRS;

interface Remedy {
  readonly repair: RepairKind;
  /** True where the reason kept something from being judged: repairing it may bring new reasons. */
  readonly hides?: true;
  /** True where the repair takes the vendor out of the network, and with it every other reason about it there. */
  readonly removes?: true;
}

const REQUEST = { repair: 'correct-request', hides: true } as const;
const REGISTRY = { repair: 'restore-registry', hides: true } as const;
const LATER = { repair: 'ask-later', hides: true } as const;
const HOLD = { repair: 'lift-hold' } as const;
const MANDATE = { repair: 'set-mandate', hides: true } as const;
const STANDARD = { repair: 'adopt-standard', hides: true } as const;
const ACCREDIT = { repair: 'accredit' } as const;
const REACH = { repair: 'restrict-reach' } as const;
const INVENTORY = { repair: 'state-inventory' } as const;
const UNKNOWN = { repair: 'state-inventory', hides: true } as const;
const EQUIPMENT = { repair: 'change-equipment' } as const;
const REMOVE = { repair: 'change-equipment', removes: true } as const;
const NETWORK = { repair: 'assess-network' } as const;
const VENDOR = { repair: 'assess-vendor' } as const;
const PROTECT = { repair: 'protect-message' } as const;
const OPERATOR = { repair: 'change-operator' } as const;
/** Codes of notes: they refuse nothing. If one ever did, only the registry could help. */
const NOTE = REGISTRY;

export const REMEDIES = {
  REQUEST_NOT_TEXT: REQUEST,
  REQUEST_UNPARSABLE: REQUEST,
  REQUEST_DUPLICATE_KEY: REQUEST,
  REQUEST_TOO_LARGE: REQUEST,
  REQUEST_TOO_DEEP: REQUEST,
  REQUEST_TOO_MUCH: REQUEST,
  REQUEST_UNKNOWN_FIELD: REQUEST,
  REQUEST_INVALID: REQUEST,
  PATH_ASSURANCE_STATED: REQUEST,
  PATH_EMPTY: REQUEST,
  PATH_TOO_LONG: REQUEST,
  INSTANT_INVALID: REQUEST,
  EXPLAIN_NOT_GRANTED: REQUEST,
  MARKING_INVALID: REQUEST,
  MARKING_FORMAT_UNKNOWN: REQUEST,
  MARKING_AMBIGUOUS: REQUEST,
  FLOW_INVALID: REQUEST,
  FLOW_UNKNOWN: REQUEST,
  REGISTRY_VERSION_UNKNOWN: REQUEST,
  REGISTRY_VERSION_PURGED: REQUEST,
  HOLD_EVERYTHING: HOLD,
  HOLD_OWNER: HOLD,
  HOLD_NETWORK: HOLD,
  HOLD_SET_ASIDE: NOTE,
  REGISTRY_HELD: { repair: 'confirm-registry', hides: true },
  HOP_UNKNOWN: { repair: 'register-network', hides: true },
  VENDOR_UNKNOWN: { repair: 'register-vendor', hides: true },
  ROUTE_UNKNOWN: { repair: 'register-route', hides: true },
  PATH_ASSURANCE_INSUFFICIENT: { repair: 'assure-path' },
  PATH_NOT_ASSURED: { repair: 'assure-path' },
  OWNER_WITHOUT_MANDATE: MANDATE,
  MANDATE_UNSOUND: MANDATE,
  STANDARD_NOT_SATISFIED: { repair: 'satisfy-standard', hides: true },
  STANDARD_UNKNOWN: STANDARD,
  FOUNDATION_UNKNOWN: STANDARD,
  STANDARD_NOT_IN_FORCE: STANDARD,
  STANDARD_NOT_APPLICABLE: STANDARD,
  STANDARD_NOT_ABOUT_CARRIAGE: STANDARD,
  STANDARD_INCOMPLETE: NOTE,
  INCOMPLETE_NOT_ACCEPTED: { repair: 'complete-standard' },
  STANDARD_REPLACED: NOTE,
  CITATION_UNVERIFIED: { repair: 'verify-citations' },
  CITATION_NOT_PRIMARY: { repair: 'verify-citations' },
  JUDGEMENT_NOT_BOUND: { repair: 'judge-anew' },
  CHANGED_SINCE_JUDGED: NOTE,
  NOT_ACCREDITED: ACCREDIT,
  ACCREDITATION_EXPIRED: ACCREDIT,
  FRAME_NOT_ACCREDITED: ACCREDIT,
  LEVEL_NOT_ACCREDITED: ACCREDIT,
  COMPARTMENT_NOT_ACCREDITED: ACCREDIT,
  CONTROL_NOT_HONOURED: ACCREDIT,
  AUDIENCE_NOT_RELEASABLE: ACCREDIT,
  AUDIENCE_INCOMPLETE: ACCREDIT,
  PROTECTION_UNKNOWN: { ...PROTECT, hides: true },
  PROTECTION_REQUIRED: PROTECT,
  PROTECTION_NOT_ACCEPTED: PROTECT,
  PROTECTION_LAYERS_INSUFFICIENT: PROTECT,
  PROTECTION_LAYERS_NOT_INDEPENDENT: PROTECT,
  PROTECTION_SUFFICIENT: NOTE,
  OBLIGATION_UNSUPPORTED: { repair: 'support-obligations' },
  FACT_UNSOUND: { repair: 'correct-fact', hides: true },
  REGISTRY_INTEGRITY: REGISTRY,
  REGISTRY_FORMAT: REGISTRY,
  REGISTRY_EMPTY: REGISTRY,
  INTERNAL_FAULT: REGISTRY,
  REGISTRY_UNAVAILABLE: LATER,
  REGISTRY_BEHIND: LATER,
  BUDGET_EXHAUSTED: LATER,
  INVENTORY_INCOMPLETE: INVENTORY,
  INVENTORY_STALE: INVENTORY,
  SHARE_UNKNOWN: UNKNOWN,
  SCOPE_UNKNOWN: UNKNOWN,
  NETWORK_NOT_ASSESSED: NETWORK,
  NETWORK_NOT_TRUSTED: NETWORK,
  VENDOR_NOT_ASSESSED: VENDOR,
  VENDOR_NOT_TRUSTED: VENDOR,
  // Of a vendor where the reason names one; see `kindOf`.
  ASSESSMENT_EXPIRED: NETWORK,
  ASSESSMENT_NOT_ITEMISED: NETWORK,
  CRITERIA_NOT_MET: NETWORK,
  CRITERIA_SET_UNKNOWN: { repair: 'publish-criteria', hides: true },
  DESIGNATED_VENDOR_PRESENT: REMOVE,
  DESIGNATED_VENDOR_AT_SENSITIVE_SITE: REMOVE,
  DESIGNATED_VENDOR_AFTER_DEADLINE: REMOVE,
  DESIGNATED_VENDOR_BEFORE_DEADLINE: NOTE,
  NEW_EQUIPMENT_FROM_DESIGNATED_VENDOR: REMOVE,
  EXISTING_EQUIPMENT_BEFORE_BAN: NOTE,
  THIRD_PARTY_CONNECTION_EXCEPTED: NOTE,
  FUNCTION_EXCEPTED: NOTE,
  SHARE_OVER_CAP: EQUIPMENT,
  SHARE_OVER_CAP_BEFORE_DEADLINE: NOTE,
  SHARE_WITHIN_CAP: NOTE,
  TOO_FEW_SUPPLIERS: EQUIPMENT,
  NEW_DEVICE_NOT_FROM_TRUSTED_SOURCE: REMOVE,
  INSTALLED_BASE_EXEMPT: NOTE,
  JURISDICTION_NOT_ACCEPTED: REACH,
  COUNTRY_NOT_ACCEPTED: REACH,
  REMOTE_ACCESS_NOT_ACCEPTED: REACH,
  DESIGNATED_OPERATOR: OPERATOR,
  OPERATOR_OWNED_BY_DESIGNATED: OPERATOR,
} as const satisfies Readonly<Record<ReasonCode, Remedy>>;

export function remedyOf(code: ReasonCode): Remedy {
  return REMEDIES[code];
}
