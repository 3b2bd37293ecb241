/**
 * Every way in which a marking can be refused. The set is closed and each code has one fixed sentence, so that
 * nothing a caller wrote can reach a log or an answer through an error (XEP-0258 forbids echoing labels).
 */
export const MARKING_ERRORS = {
  // What arrived
  NOT_A_MARKING: 'The value is neither text nor an object in a known shape.',
  EMPTY: 'The marking is empty.',
  TOO_LONG: 'The marking is longer than its format allows.',
  FORBIDDEN_CHARACTER: 'A character outside the set this format allows.',
  STRAY_SPACE: 'A leading, trailing, doubled or misplaced space.',
  UNKNOWN_FORMAT: 'The named format is not one this guard reads.',
  UNRECOGNISED: 'No grammar accepts this text; name its format for the exact reason.',
  AMBIGUOUS: 'More than one grammar accepts this text; name the format or the originator.',
  UNKNOWN_ORIGINATOR: 'The originator is not a nation or organisation known on this date.',
  ORIGINATOR_CONTRADICTS: 'The originator is not the nation or organisation this format belongs to.',
  INVALID_DATE: 'The effective date is not a calendar date written YYYY-MM-DD.',
  INVALID_JSON: 'Not one JSON value as this guard reads it: duplicate members, depth, size or syntax.',
  MALFORMED_XML: 'Not well-formed XML.',
  FORBIDDEN_XML:
    'A document type, entity, processing instruction, comment or CDATA section, too many elements, or not UTF-8.',
  UNEXPECTED_XML: 'An element, attribute or text this label does not have.',
  // Attributes and members of structured labels
  MALFORMED_ATTRIBUTE: 'An attribute that is empty or not of its type.',
  UNKNOWN_ATTRIBUTE: 'An attribute or member this format does not have.',
  MISSING_ATTRIBUTE: 'A required attribute or member is missing.',
  MISSING_PARENT: 'A compartment or subset without the marking it belongs to.',
  NEEDS_RELEASE_DECISION: 'This information needs NOFORN, REL, RELIDO or DISPLAY ONLY.',
  CUI_NOT_ALLOWED: 'CUI attributes outside a CUI document.',
  CUI_ONLY: 'A CUI-only label has CUI, and neither a classification nor an owner.',
  APPROXIMATE: 'The label says of itself that its markings are an estimate.',
  UNKNOWN_POLICY: 'The label names a policy that is not pinned here.',
  CATEGORY_TYPE: 'A category has another type than its policy gives it.',
  DISPLAY_MISMATCH: 'The display marking does not say what the label says.',
  SECOND_LABEL: 'More than one label.',
  MALFORMED_LABEL: 'The encoded label cannot be read.',
  AUDIENCE_NOT_EXPLICIT:
    'Exactly one of releasableTo, noforn, ownerOnly and unrestricted says who may receive it.',
  // Structure of a line
  MALFORMED_PORTION: 'A portion mark is one marking in one pair of parentheses.',
  UNKNOWN_LEVEL: 'The classification is not a level of this system, spelled out as this form requires.',
  EMPTY_CATEGORY: 'Nothing between two separators, or a separator with nothing after it.',
  UNKNOWN_MARKING: 'A word that is not in the register for this form.',
  RETIRED_MARKING: 'A marking the register no longer allows.',
  WRONG_CATEGORY: 'A marking that belongs to another category.',
  CATEGORY_ORDER: 'Categories are out of order, or one category is split in two.',
  ITEM_ORDER: 'Entries are not in the order of the register.',
  DUPLICATE: 'The same entry twice.',
  RESERVED_WORD: 'A word of the register stands where a name is expected.',
  MALFORMED_NAME: 'A programme, compartment or sub-compartment is not spelled as the register prescribes.',
  MISSING_COMPARTMENT: 'This control system is never used without a compartment.',
  MISSING_PROGRAM: 'A special access marking without its programme, or with programmes left undetermined.',
  REPEATED_INDICATOR: 'The category indicator is written once, before the first entry.',
  // Code lists
  MALFORMED_LIST: 'A list of codes with the wrong separators.',
  MISSING_LIST: 'This marking needs its list of codes.',
  UNKNOWN_CODE: 'A code that is not a registered nation or organisation on this date.',
  CODE_ORDER: 'Nations come in alphabetical order, then organisations in alphabetical order.',
  USA_NOT_FIRST: 'A release list starts with USA and names at least one other.',
  USA_NOT_ALLOWED: 'USA does not belong in this list.',
  LIST_FROM_BANNER: 'The list is left to the banner; alone this portion is undetermined.',
  // Combinations
  NOFORN_WITH_RELEASE: 'NOFORN with REL TO, RELIDO or DISPLAY ONLY.',
  RELIDO_EXCLUDED: 'RELIDO with ORCON, ORCON-USGOV or DISPLAY ONLY.',
  ORCON_EXCLUDED: 'ORCON together with ORCON-USGOV.',
  ORCON_USGOV_EXCLUDED: 'ORCON-USGOV with SI-G, HCS-O or an HCS-P sub-compartment.',
  DISPLAY_OVERLAPS_RELEASE: 'The same code under REL TO and under DISPLAY ONLY.',
  LEVEL_TOO_LOW: 'The level is below the lowest this marking may be used with.',
  UNCLASSIFIED_ONLY: 'This marking is used with unclassified information only.',
  NEEDS_NOFORN: 'This marking requires NOFORN.',
  NEEDS_ORCON: 'This marking requires ORCON.',
  NEEDS_TOP_SECRET: 'This marking requires TOP SECRET.',
  SUPERSEDED: 'A marking that another one present absorbs.',
  ATOMIC_EXCLUDED: 'RD, FRD and TFNI exclude one another.',
  DISTRIBUTION_EXCLUDED: 'EXDIS together with NODIS.',
  JOINT_WITHOUT_USA: 'A JOINT marking names USA and at least one other owner.',
  JOINT_NEEDS_RELEASE: 'A JOINT marking needs REL TO covering every owner.',
  JOINT_EXCLUDED: 'JOINT with NOFORN, HCS or a level it does not have.',
  NATO_EXCLUDED: 'A marking that is not used with NATO information.',
  NATO_SOURCE_MISSING: 'A NATO marking under a US classification without NATO among the sources.',
  FOREIGN_WITH_FGI: 'A foreign-owned marking does not carry the FGI category.',
  BANNER_BELOW_LEVEL: 'The banner is below the level of a portion.',
  BANNER_LACKS_CONTROL: 'The banner leaves out a compartment or control of a portion.',
  BANNER_LACKS_SOURCE: 'The banner does not show the owners or sources of a portion as it must.',
  BANNER_WIDENS_RELEASE: 'The banner releases more than a portion does.',
  CAVEAT_NEEDS_LEVEL: 'This caveat is not used with this level.',
  CAVEAT_NEEDS_PREFIX: 'This caveat needs the national prefix.',
  CAVEAT_EXCLUDED: 'Two caveats that exclude each other.',
  CAVEAT_NEEDS_OWNER: 'The list of this caveat does not include the marking nation.',
} as const satisfies Readonly<Record<string, string>>;

/** One of the closed set of reasons why a marking is not read. */
export type MarkingErrorCode = keyof typeof MARKING_ERRORS;

/** Why a marking was refused. `at` is an index into the text (or the item of a list); 0 where it has no position. */
export interface MarkingError {
  readonly code: MarkingErrorCode;
  readonly at: number;
  readonly message: string;
}

export function markingError(code: MarkingErrorCode, at: number): MarkingError {
  return { code, at, message: MARKING_ERRORS[code] };
}

/** Collects refusals. Returns `undefined`, so that a reader can write `return report('EMPTY', 0)`. */
export type Report = (code: MarkingErrorCode, at: number) => undefined;

/** Collects what is wrong with a marking while it is read on. */
export class Refusals {
  readonly errors: MarkingError[] = [];
  readonly report: Report = (code, at) => {
    this.errors.push(markingError(code, at));
    return undefined;
  };
}
