/** What a rule may say. Codes are a closed set: a new one is a line here, and the compiler finds every reader of it. */

import type { NetworkFunction, Segment, ShareBasis } from '../facts/taxonomy.ts';
import type { Obligation } from '../obligation.ts';

/** Each code with one sentence for people. Sentences are fixed: nothing a caller wrote can enter them. */
export const RULE_CODES = {
  INVENTORY_INCOMPLETE: 'The operator has not stated that the inventory of this network is complete.',
  INVENTORY_STALE:
    'The inventory of this network is older than the standard accepts, or says how it stands on a day to come.',
  NETWORK_NOT_ASSESSED: 'No valid assessment by an accepted authority covers this network.',
  NETWORK_NOT_TRUSTED: 'This network was assessed and is not trusted.',
  VENDOR_NOT_ASSESSED: 'A vendor in this network has no valid assessment by an accepted authority.',
  VENDOR_NOT_TRUSTED: 'A vendor in this network was assessed and is not trusted.',
  ASSESSMENT_EXPIRED: 'The assessment this needs has ended: it expired, or was revoked.',
  ASSESSMENT_NOT_ITEMISED: 'The assessment does not show its results criterion by criterion.',
  CRITERIA_NOT_MET: 'The results of the assessment do not pass its own criteria set.',
  CRITERIA_SET_UNKNOWN:
    'The criteria set an assessment must be weighed by, of the authority the standard names, is not in the registry.',
  DESIGNATED_VENDOR_PRESENT:
    'Equipment under an adopted designation, by its maker or by what it is, is present where the standard allows none.',
  DESIGNATED_VENDOR_AT_SENSITIVE_SITE:
    'Equipment under an adopted designation is present at a sensitive site.',
  DESIGNATED_VENDOR_BEFORE_DEADLINE:
    'Equipment under an adopted designation is present; the day by which it must be gone has not passed.',
  DESIGNATED_VENDOR_AFTER_DEADLINE:
    'Equipment under an adopted designation is present after the day by which it had to be gone.',
  NEW_EQUIPMENT_FROM_DESIGNATED_VENDOR:
    'Equipment under an adopted designation was bought or installed after that was ended.',
  EXISTING_EQUIPMENT_BEFORE_BAN:
    'Equipment under an adopted designation is from before new equipment was ended.',
  THIRD_PARTY_CONNECTION_EXCEPTED:
    'The standard excepts a service that only connects to the facilities of a third party.',
  FUNCTION_EXCEPTED: 'The standard excepts equipment that can neither route traffic nor see into it.',
  SHARE_OVER_CAP: 'Vendors under an adopted designation hold more of this segment than the cap allows.',
  SHARE_OVER_CAP_BEFORE_DEADLINE:
    'Vendors under an adopted designation hold more than a cap whose day has not passed.',
  SHARE_WITHIN_CAP: 'Vendors under an adopted designation are present within the cap.',
  SHARE_UNKNOWN: 'The share of a vendor under an adopted designation is not stated.',
  TOO_FEW_SUPPLIERS: 'Fewer suppliers than the standard asks for serve a part of this network.',
  NEW_DEVICE_NOT_FROM_TRUSTED_SOURCE:
    'A device installed since the list began does not come from a listed trusted source.',
  INSTALLED_BASE_EXEMPT: 'A device is from before the list of trusted sources began.',
  JURISDICTION_NOT_ACCEPTED: 'The network is under the law of a country the standard does not accept.',
  COUNTRY_NOT_ACCEPTED: 'The network runs in a country the standard does not accept.',
  REMOTE_ACCESS_NOT_ACCEPTED: 'Equipment can be reached from a country the standard does not accept.',
  DESIGNATED_OPERATOR: 'The operator of a hop is under an adopted designation.',
  OPERATOR_OWNED_BY_DESIGNATED:
    'An owner of the operator, with the share the standard names or more, is under an adopted designation.',
  PATH_NOT_ASSURED: 'The path is not assured in a way the standard accepts.',
  PROTECTION_REQUIRED: 'The standard asks for a registered protection, and the message has none.',
  PROTECTION_NOT_ACCEPTED: 'The protection is of a scheme the standard does not accept.',
  PROTECTION_LAYERS_INSUFFICIENT: 'The protection has fewer layers than the standard asks for.',
  PROTECTION_LAYERS_NOT_INDEPENDENT: 'The layers of the protection are not independent of each other.',
  PROTECTION_SUFFICIENT: 'A registered protection carries the message; the network itself is not trusted.',
  SCOPE_UNKNOWN: 'A fact that decides whether the rule applies is not known.',
} as const satisfies Record<string, string>;

/** A code that a rule may give. */
export type RuleCode = keyof typeof RULE_CODES;

/** One thing that a rule found. */
export interface Finding {
  readonly code: RuleCode;
  /** `deny` and `indeterminate` refuse; `note` explains a permit and refuses nothing. */
  readonly effect: 'deny' | 'indeterminate' | 'note';
  readonly segment?: Segment;
  readonly function?: NetworkFunction;
  readonly vendor?: string;
  readonly basis?: ShareBasis;
  /** Hundredths of a percent. */
  readonly share?: number;
  /** Hundredths of a percent of the vendor or operator that designated organisations own, where they reach it so. */
  readonly ownedShare?: number;
  /** Key of the fact that decided (`designation/…`). */
  readonly fact?: string;
}

/** What one rule says about one hop. No findings means satisfied. */
export interface RuleResult {
  readonly findings: readonly Finding[];
  readonly obligations?: readonly Obligation[];
  /** Instants (epoch ms) at which this rule's own dates would change what it says. */
  readonly boundaries?: readonly number[];
}

export const SATISFIED: RuleResult = { findings: [] };
