import type { MarkingError } from './errors.ts';
import type { MarkingFormat } from './formats.ts';
import type { Label } from './label.ts';

/**
 * The marking by category, as an officer would name its parts: what the label was made from. Lists keep the
 * order of the marking; a category that does not occur is absent.
 */
export interface MarkingParts {
  /** The level as the marking writes it, where that differs from the label's: `COSMIC TOP SECRET`, `S`. */
  readonly nativeLevel?: string;
  /** Control systems closed upwards: `SI`, `SI-G`, `SI-G ABCD`. */
  readonly sci?: readonly string[];
  /** Special access programmes without the indicator: `BP`, `BP-J12`. */
  readonly sap?: readonly string[];
  /** `RD`, `RD-CNWDI`, `RD-SIGMA 20`, `DOE UCNI`, `ATOMAL` … */
  readonly aea?: readonly string[];
  /** `BOHEMIA`, `BALK` and other qualifiers of an alliance. */
  readonly nato?: readonly string[];
  /** Foreign sources; `FGI` for a concealed one. */
  readonly fgi?: readonly string[];
  /** Dissemination controls without their lists, NOFORN and RELIDO included. */
  readonly dissem?: readonly string[];
  readonly nonIc?: readonly string[];
  /** Release list as written: `USA`, `FVEY`. */
  readonly rel?: readonly string[];
  readonly displayOnly?: readonly string[];
  /** CUI categories: `SP-CTI`. */
  readonly cui?: readonly string[];
  /** Caveats, descriptors and handling instructions of a national scheme, as written. */
  readonly caveats?: readonly string[];
  /** The text marking a machine label stands for, rendered by its policy. */
  readonly marking?: string;
  /** Identifier of the policy a machine label names. */
  readonly policy?: string;
  /** Numeric classification of an ESS label (RFC 2634). */
  readonly ess?: number;
}

/** A marking that was read: the label, and how this guard would spell it. */
export interface ReadMarking {
  readonly label: Label;
  /** The one spelling this guard would write: reading it again gives the same label. */
  readonly canonical: string;
  readonly parts: MarkingParts;
}

/** A marking that was read, or everything that is wrong with it. */
export type ReadResult =
  | ({ readonly ok: true; readonly format: MarkingFormat } & ReadMarking)
  | {
      readonly ok: false;
      readonly format?: MarkingFormat;
      readonly errors: readonly [MarkingError, ...MarkingError[]];
    };

/** What is known of a marking beside its text. */
export interface MarkingContext {
  /** A format id. Without it the format is detected, and only where exactly one grammar accepts. */
  readonly format?: string;
  /** The marking nation (ISO 3166-1 alpha-3) or organisation, where the format does not say. */
  readonly originator?: string;
  /** YYYY-MM-DD: the effective date for code tables. */
  readonly on: string;
}
