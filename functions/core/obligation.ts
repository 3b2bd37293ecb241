/** What a permit obliges whoever enforces it to. */
/** Something the enforcement point must do for a permit to hold. */
export interface Obligation {
  readonly type: ObligationType;
  /** Registered id the obligation refers to (a protection), where it has one. */
  readonly ref?: string;
  /** Hours after the instant of the answer within which the obligation asks for something, where it has them. */
  readonly withinHours?: number;
}

/** The closed vocabulary of obligations; an enforcement point that cannot discharge one denies. */
export const OBLIGATION_TYPES = {
  'use-tunnel': 'Send only inside the registered tunnel named by "ref".',
  'no-plaintext-fallback': 'If the tunnel is not up, do not send.',
  'hide-label': 'Keep the marking inside the tunnel; reveal none of it in headers.',
  'pin-path': 'Send only over the hops that were evaluated.',
  'no-roaming': 'Do not fail over to another network.',
  'no-sms': 'Do not fall back to short messages.',
  'log-hops': 'Record the hops used and the evaluation id with the message.',
  'check-recipient-release': 'Check that every recipient is on the release list before delivery.',
  'two-person-release': 'Have a second person release the message before it is sent.',
  're-evaluate-by':
    'Ask again before "useBy", and "withinHours" after the answer where it is given, for anything sent later.',
} as const satisfies Record<string, string>;

/** What a PEP may have to do for a permit to hold. */
export type ObligationType = keyof typeof OBLIGATION_TYPES;
