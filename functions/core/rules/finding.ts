/** What a rule may say. Codes are a closed set: a new one is a line here, and the compiler finds every reader of it. */
import type { NetworkFunction, Segment, ShareBasis } from '../facts/taxonomy.ts';

/** Each code with one sentence for people. Sentences are fixed: nothing a caller wrote can enter them. */
export const RULE_CODES = {
  INVENTORY_INCOMPLETE: 'The operator has not stated that the inventory of this network is complete.',
  INVENTORY_STALE: 'The inventory of this network is older than the standard accepts.',
  NETWORK_NOT_ASSESSED: 'No valid assessment by an accepted authority covers this network.',
  NETWORK_NOT_TRUSTED: 'This network was assessed and is not trusted.',
  VENDOR_NOT_ASSESSED: 'A vendor in this network has no valid assessment by an accepted authority.',
  VENDOR_NOT_TRUSTED: 'A vendor in this network was assessed and is not trusted.',
  ASSESSMENT_EXPIRED: 'The assessment this needs has expired.',
  DESIGNATED_VENDOR_PRESENT:
    'A vendor under an adopted designation is present where the standard allows none.',
  DESIGNATED_VENDOR_AT_SENSITIVE_SITE:
    'A vendor under an adopted designation is present at a sensitive site.',
  SHARE_OVER_CAP: 'Vendors under an adopted designation hold more of this segment than the cap allows.',
  SHARE_WITHIN_CAP: 'Vendors under an adopted designation are present within the cap.',
  SHARE_UNKNOWN: 'The share of a vendor under an adopted designation is not stated.',
  SCOPE_UNKNOWN: 'A fact that decides whether the rule applies is not known.',
  PATH_NOT_ASSURED: 'The path is not assured in a way the standard accepts.',
} as const satisfies Record<string, string>;

export type RuleCode = keyof typeof RULE_CODES;

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
  /** Key of the fact that decided (`designation/…`). */
  readonly fact?: string;
}

/** Something the enforcement point must do for a permit to hold. */
export interface Obligation {
  readonly type: ObligationType;
  /** Registered id the obligation refers to (a protection), where it has one. */
  readonly ref?: string;
}

/** The closed vocabulary of obligations; an enforcement point that cannot discharge one denies. */
export const OBLIGATION_TYPES = {
  'use-tunnel': 'Send only inside the registered tunnel named by "ref".',
  'no-plaintext-fallback': 'If the tunnel is not up, do not send.',
  'hide-label': 'Keep the marking inside the tunnel; reveal none of it in headers.',
  'pin-path': 'Send only over the hops that were evaluated.',
  'no-roaming': 'Do not fail over to another network.',
  're-evaluate-by': 'Ask again before "useBy" for anything sent later.',
} as const satisfies Record<string, string>;

export type ObligationType = keyof typeof OBLIGATION_TYPES;

/** What one rule says about one hop. No findings means satisfied. */
export interface RuleResult {
  readonly findings: readonly Finding[];
  readonly obligations?: readonly Obligation[];
  /** Instants (epoch ms) at which this rule's own dates would change what it says. */
  readonly boundaries?: readonly number[];
}

export const SATISFIED: RuleResult = { findings: [] };
